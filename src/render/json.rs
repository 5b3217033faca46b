//! JSON documents: one envelope around all of them.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::failure::Failure;
use crate::secret::redacted;
use crate::text::{are_printable_lines, is_unseen};

/// The version of the documents' shapes.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Envelope<'d, D> {
    schema: u32,
    #[serde(flatten)]
    document: &'d D,
}

/// The text of a document: `schema`, then the document's members in their order.
///
/// # Panics
///
/// If a map of the document has keys other than text.
pub fn document(document: &impl Serialize) -> String {
    let mut text =
        serde_json::to_string_pretty(&Envelope { schema: SCHEMA, document }).expect("keys are text");
    text.push('\n');
    match harmless(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(harmless) => harmless,
    }
}

/// JSON text with control characters and invisible ones as JSON's own escapes.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let harms = |c: char| is_unseen(c) && c != '\n' && c != '\t';
    if are_printable_lines(text) || !text.contains(harms) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 64);
    for c in text.chars() {
        if harms(c) {
            shown.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// An error as a member of a document.
pub fn error(failure: &Failure) -> Json {
    json!({
        "code": failure.code().name(),
        "message": redacted(&failure.chain().collect::<Vec<_>>().join(": ")),
        "help": failure.help().map(|help| redacted(&help.to_string()).into_owned()),
        "origin": failure.origin(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Document {
        z: Option<u32>,
        a: &'static str,
    }

    #[test]
    fn the_schema_is_first_and_members_keep_their_order() {
        assert_eq!(
            document(&Document { z: None, a: "x" }),
            "{\n  \"schema\": 1,\n  \"z\": null,\n  \"a\": \"x\"\n}\n"
        );
    }

    #[test]
    fn escapes_do_not_change_the_value() {
        let value = serde_json::json!({"\u{9b}": "\u{1b}\u{202e}\n"});
        let text = value.to_string();
        let shown = harmless(&text);
        assert_eq!(shown, r#"{"\u009b":"\u001b\u202e\n"}"#);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
    }

    #[test]
    fn a_character_beyond_the_first_plane_becomes_two_escapes() {
        let value = serde_json::json!({"a": "\u{e0041}\u{2028}\u{feff}"});
        let shown = harmless(&value.to_string()).into_owned();
        assert_eq!(shown, r#"{"a":"\udb40\udc41\u2028\ufeff"}"#);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
    }
}
