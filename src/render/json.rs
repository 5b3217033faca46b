//! JSON documents: one envelope around all of them.

use std::borrow::Cow;
use std::io::{self, BufWriter, IntoInnerError, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use serde_json::{Value as Json, json};

use crate::failure::{self, Code, Explain, Failure, Hint};
use crate::origin::Origin;
use crate::secret::{redacted, without_withheld};
use crate::text::{are_printable_lines, is_unseen};
use crate::ui::{OutputError, Ui};

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
    let mut text = Vec::new();
    write(document, &mut text).expect("keys are text, and memory can be written");
    match harmless_bytes(&text) {
        Cow::Borrowed(_) => String::from_utf8(text).expect("JSON is text"),
        Cow::Owned(harmless) => String::from_utf8(harmless).expect("JSON is text"),
    }
}

/// A document inside another one.
pub fn enveloped(document: &impl Serialize) -> Json {
    json!(Envelope { schema: SCHEMA, document })
}

/// Prints a document that may be long.
pub fn print(document: &impl Serialize, ui: &Ui) -> Result<(), OutputError> {
    let _writing = ui.begin_output();
    // serde_json writes a few bytes at a time.
    let mut out = BufWriter::new(ui.treated_pieces(harmless_bytes));
    write(document, &mut out)?;
    out.into_inner().map_err(IntoInnerError::into_error)?.finish()
}

fn write(document: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(&mut *out, Indented::default());
    Envelope { schema: SCHEMA, document }.serialize(&mut serializer)?;
    out.write_all(b"\n")
}

fn harmless_bytes(json: &[u8]) -> Cow<'_, [u8]> {
    match harmless(std::str::from_utf8(json).expect("JSON is text")) {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

/// The layout of serde_json's own pretty formatter, which writes each level of an indentation by itself: in a long
/// document those are most of the writes.
#[derive(Default)]
struct Indented {
    depth: usize,
    /// Whether the innermost list or object has anything.
    is_filled: bool,
}

/// The line break before a member, and its indentation.
const BREAK: &[u8] = b",\n                                ";

impl Indented {
    fn open<W: Write + ?Sized>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.is_filled = false;
        out.write_all(bracket)
    }

    fn close<W: Write + ?Sized>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.is_filled {
            self.next(out, true)?;
        }
        self.is_filled = true;
        out.write_all(bracket)
    }

    /// Begins a line, without a comma if it is the first one.
    fn next<W: Write + ?Sized>(&self, out: &mut W, is_first: bool) -> io::Result<()> {
        let start = usize::from(is_first);
        let end = 2 + 2 * self.depth;
        out.write_all(&BREAK[start..end.min(BREAK.len())])?;
        (BREAK.len()..end).try_for_each(|_| out.write_all(b" "))
    }
}

impl Formatter for Indented {
    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.next(out, is_first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_filled = true;
        Ok(())
    }

    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.next(out, is_first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_filled = true;
        Ok(())
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
    error_in_parts(failure.code(), &failure.chain().collect::<Vec<_>>(), failure.help(), failure.origin())
}

/// An error that others may still need.
pub fn problem(problem: &impl Explain) -> Json {
    let (help, origin) = (problem.help(), problem.origin());
    let causes =
        failure::chain(problem).iter().map(|text| without_withheld(text).into_owned()).collect::<Vec<_>>();
    error_in_parts(problem.code(), &causes, help.as_ref(), origin.as_ref())
}

/// An error in words that are known when the program is built: nobody's secrets have to be read to keep them out.
pub fn error_in_own_words(code: Code, message: &'static str) -> Json {
    error_as_shown(code, message, None, None)
}

fn error_in_parts(code: Code, causes: &[String], help: Option<&Hint>, origin: Option<&Origin>) -> Json {
    let help = help.map(|help| redacted(&help.to_string()).into_owned());
    error_as_shown(code, &redacted(&causes.join(": ")), help.as_deref(), origin)
}

fn error_as_shown(code: Code, message: &str, help: Option<&str>, origin: Option<&Origin>) -> Json {
    json!({"code": code.name(), "message": message, "help": help, "origin": origin})
}

/// A document that has something to show although the command fails.
pub fn with_error(mut document: Json, failure: Option<&Failure>) -> Json {
    if let Some(failure) = failure {
        document["error"] = error(failure);
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_indented_as_by_serde_json() {
        let mut deep = json!({"a": [], "b": {}, "c": [1, [2, {"d": null}], {"e": {"f": [[]]}}], "g": "é\n"});
        for _ in 0..40 {
            deep = json!({"a": [deep, {}], "b": 1});
        }
        let mut text = Vec::new();
        write(&deep, &mut text).unwrap();
        // Both write the envelope's member first.
        let expected =
            serde_json::to_string_pretty(&Envelope { schema: SCHEMA, document: &deep }).unwrap() + "\n";
        assert_eq!(String::from_utf8(text).unwrap(), expected);
    }

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
