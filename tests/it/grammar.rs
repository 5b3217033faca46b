//! The vectors of the file grammar, `tests/cases/grammar.json`, held against botocore.
//!
//! One row is one file: its bytes are `text`, or `bytes_b64` where they are not UTF-8. `want` is either what the
//! file means, in botocore's order of members, or `{"error": {"line", "kind"}}`.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::Deserialize;
use serde_json::{Value, json};

use xcred::internals::ini::{self, Document, FaultKind, Stray};
use xcred::internals::profile::{FileKind, Heading};

use crate::peers::Botocore;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    table: String,
    file: File,
    text: Option<String>,
    bytes_b64: Option<String>,
    want: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum File {
    Config,
    Credentials,
}

impl Row {
    fn bytes(&self) -> Vec<u8> {
        match (&self.text, &self.bytes_b64) {
            (Some(text), None) => text.clone().into_bytes(),
            (None, Some(bytes)) => BASE64.decode(bytes).expect("the vectors hold valid base64"),
            _ => panic!("a row has either `text` or `bytes_b64`: {}", self.want),
        }
    }
}

fn rows() -> Vec<Row> {
    serde_json::from_str(include_str!("../cases/grammar.json")).expect("the vectors are well formed")
}

/// Our name for what Python's parser raises.
fn kind(cause: &Value) -> &'static str {
    match cause.as_str() {
        Some("MissingSectionHeaderError") => "no-section",
        Some("ParsingError") => "unparsable",
        Some("DuplicateSectionError") => "repeated-section",
        Some("DuplicateOptionError") => "repeated-key",
        Some("ValueError") => "nested-without-equals",
        Some("UnicodeDecodeError") => "not-utf8",
        _ => panic!("botocore raised what the vectors have no word for: {cause}"),
    }
}

#[test]
fn the_grammar_table_is_what_botocore_says() {
    let Some(mut botocore) = Botocore::start() else {
        return;
    };
    let mut disagreements = Vec::new();
    for row in rows() {
        let bytes = row.bytes();
        let answer = match row.file {
            File::Config => botocore.config(&bytes),
            File::Credentials => botocore.credentials(&bytes),
        };
        // As text, because two JSON objects are equal in any order, and botocore's order is part of the claim.
        let said = match answer.get("error") {
            Some(_) => json!({"error": {"line": answer["line"], "kind": kind(&answer["cause"])}}).to_string(),
            None => answer.to_string(),
        };
        let want = row.want.to_string();
        if said != want {
            let text = String::from_utf8_lossy(&bytes);
            disagreements.push(format!("{}: {text:?}\n  the table: {want}\n  botocore:  {said}", row.table));
        }
    }
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
}

#[test]
fn the_grammar_table_has_every_kind_of_row_and_none_twice() {
    let mut tables = BTreeMap::new();
    let mut kinds = BTreeMap::new();
    let mut files = BTreeSet::new();
    for row in rows() {
        *tables.entry(row.table.clone()).or_insert(0) += 1;
        if let Some(kind) = row.want.pointer("/error/kind").and_then(Value::as_str) {
            *kinds.entry(kind.to_owned()).or_insert(0) += 1;
        }
        assert!(files.insert((matches!(row.file, File::Config), row.bytes())), "{:?} twice", row.text);
    }
    assert_eq!(tables.len(), 7, "{tables:?}");
    assert_eq!(kinds.len(), 6, "{kinds:?}");
    assert!(files.len() >= 179, "rows were lost: {}", files.len());
}

/// What our reader makes of a row, in the form of `want`.
fn ours(row: &Row) -> Value {
    let file = match row.file {
        File::Config => FileKind::Config,
        File::Credentials => FileKind::Credentials,
    };
    let document = Document::parse(row.bytes());
    if let Some(fault) = document.faults().first() {
        let in_section = document.sections().next().is_some_and(|section| section.line() < fault.line);
        let mut line = fault.line;
        let kind = match &fault.kind {
            FaultKind::NotUtf8 | FaultKind::Encoding(_) => "not-utf8",
            FaultKind::ByteOrderMark | FaultKind::Stray(Stray::NoSection) => "no-section",
            FaultKind::Stray(_) => "unparsable",
            FaultKind::RepeatedSection { .. } => "repeated-section",
            FaultKind::RepeatedKey { .. } => "repeated-key",
            FaultKind::NestedWithoutEquals => "nested-without-equals",
            FaultKind::LostHeader { repeated: Some((_, repeated)), .. } => {
                line = *repeated;
                "repeated-key"
            }
            FaultKind::LostHeader { cause, .. } if cause.owner().is_some() => "nested-without-equals",
            FaultKind::LostHeader { .. } | FaultKind::NoName | FaultKind::Conflict if in_section => {
                "unparsable"
            }
            FaultKind::LostHeader { .. } | FaultKind::NoName | FaultKind::Conflict => "no-section",
        };
        return json!({"error": {"line": line, "kind": kind}});
    }
    let mut found = match file {
        FileKind::Config => json!({"profiles": {}, "sso_sessions": {}, "services": {}, "other": {}}),
        FileKind::Credentials => json!({"profiles": {}}),
    };
    for section in document.sections() {
        let header = document.text_of(&section);
        let (group, name) = match Heading::read(file, &header) {
            Heading::Profile(name) => ("profiles", name.into_owned()),
            Heading::SsoSession(name) => ("sso_sessions", name.into_owned()),
            Heading::Services(name) => ("services", name.into_owned()),
            Heading::Other(name) => ("other", name.to_owned()),
            Heading::Inherited | Heading::Ignored => continue,
        };
        let mut values = serde_json::Map::new();
        for entry in section.entries().chain(document.inherited_entries()) {
            let key = String::from_utf8_lossy(entry.key()).to_lowercase();
            values.entry(key).or_insert_with(|| json_of(&entry.value()));
        }
        found[group][name] = Value::Object(values);
    }
    found
}

/// A value as botocore gives it.
pub(crate) fn json_of(value: &ini::Value) -> Value {
    match value {
        ini::Value::Text(text) => json!(text.expose()),
        ini::Value::Block(lines) => lines
            .iter()
            .map(|line| (line.key.clone(), json!(line.value.expose())))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}

#[test]
fn our_reader_says_what_the_grammar_table_says() {
    for row in rows() {
        assert_eq!(ours(&row), row.want, "{}: {:?}", row.table, String::from_utf8_lossy(&row.bytes()));
    }
}
