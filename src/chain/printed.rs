//! What a `credential_process` printed in place of credentials, as far as it can be told.

use serde::de::IgnoredAny;
use serde_json::{Deserializer, Map, Value};

use super::error::{NotJson, Process};
use crate::service::python_json;
use crate::settings::{AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY};

/// The members of other answers that have the credentials in them.
const WRAPPERS: [&str; 2] = ["Credentials", "roleCredentials"];

/// Why what a program printed isn't one JSON object.
pub(super) fn not_json(printed: &[u8]) -> NotJson {
    let text = printed.trim_ascii();
    let is_object = |text: &[u8]| python_json(text).is_some_and(|found| found.is_object());
    let first = text.iter().position(|found| *found == b'{');
    let mut lines = text.split(|byte| *byte == b'\n');
    if text.is_empty() {
        NotJson::Nothing
    } else if text.starts_with("\u{feff}".as_bytes()) {
        NotJson::Mark
    } else if text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff") {
        NotJson::Utf16
    } else if text.contains(&0x1b) {
        NotJson::Colors
    } else if let Some(first @ 1..) = first
        && is_object(&text[first..])
    {
        NotJson::TextBefore
    } else if first == Some(0) {
        not_one_object(text)
    } else {
        lines.find_map(of_assignment).unwrap_or(NotJson::Other)
    }
}

fn is_part_of_key(name: &str) -> bool {
    [&AWS_ACCESS_KEY_ID, &AWS_SECRET_ACCESS_KEY].iter().any(|row| row.name == name)
}

/// What a line is for that sets a part of an access key.
fn of_assignment(line: &[u8]) -> Option<NotJson> {
    let text = std::str::from_utf8(line).ok()?;
    let name = text.split_once('=')?.0.trim();
    let name = ["export ", "set ", "$env:"].iter().find_map(|start| name.strip_prefix(start)).unwrap_or(name);
    match name {
        "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some(NotJson::Variables),
        _ if is_part_of_key(name) => Some(NotJson::Section),
        _ => None,
    }
}

/// What is wrong with a text that begins with `{`.
fn not_one_object(text: &[u8]) -> NotJson {
    let mut values = Deserializer::from_slice(text).into_iter::<IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => match values.next() {
            Some(Ok(_)) if text.ends_with(b"}") => NotJson::Several,
            _ => NotJson::TextAfter,
        },
        Some(Err(error)) if error.is_eof() => NotJson::CutOff,
        _ if text.strip_suffix(b"}").is_some_and(|rest| rest.trim_ascii_end().ends_with(b",")) => {
            NotJson::Comma
        }
        _ if text[1..].trim_ascii_start().starts_with(b"'") => NotJson::SingleQuotes,
        _ => NotJson::Other,
    }
}

/// What is printed in place of a member that is missing.
pub(super) fn in_place_of(name: &'static str, members: &Map<String, Value>) -> Option<Process> {
    if let Some(printed) = members.keys().find(|key| key.eq_ignore_ascii_case(name)) {
        return Some(Process::Spelled { name, printed: printed.clone() });
    }
    let wrapper = WRAPPERS.into_iter().find(|wrapper| members.get(*wrapper).is_some_and(Value::is_object));
    wrapper.map(Process::Wrapped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_one_object_is_told_apart() {
        let keys = r#"{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s"}"#;
        for (printed, expected) in [
            (" \n", NotJson::Nothing),
            (&*format!("\u{feff}{keys}"), NotJson::Mark),
            (&format!("\u{1b}[32m{keys}\u{1b}[0m"), NotJson::Colors),
            ("{\u{1b}[1m\"Version\": 1}", NotJson::Colors),
            (&format!("Welcome!\n{keys}"), NotJson::TextBefore),
            (&format!("{keys}\nBye"), NotJson::TextAfter),
            (&format!("{keys}\nBye {{!}}"), NotJson::TextAfter),
            (&format!("{keys}{keys}"), NotJson::Several),
            (&format!("{keys}\n{keys}\n"), NotJson::Several),
            (&keys[..keys.len() - 1], NotJson::CutOff),
            ("{\"Version\":1,\"AccessKeyId\":\"A", NotJson::CutOff),
            ("{", NotJson::CutOff),
            ("{\"Version\":1,}", NotJson::Comma),
            ("{'Version': 1}", NotJson::SingleQuotes),
            ("AWS_ACCESS_KEY_ID=x\nAWS_SECRET_ACCESS_KEY=y", NotJson::Variables),
            ("export AWS_ACCESS_KEY_ID='x'", NotJson::Variables),
            ("[default]\naws_access_key_id = x", NotJson::Section),
            ("aws_access_key_id = x", NotJson::Section),
            ("$env:AWS_ACCESS_KEY_ID = 'x'", NotJson::Variables),
            ("please log in", NotJson::Other),
            ("[INFO] AWS_PROFILE = a", NotJson::Other),
            ("{Version: 1}", NotJson::Other),
        ] {
            assert_eq!(not_json(printed.as_bytes()), expected, "{printed}");
        }
        assert_eq!(not_json(b"\xff\xfe{\0}\0"), NotJson::Utf16);
    }
}
