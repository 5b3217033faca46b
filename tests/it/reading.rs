//! Random files, read by us and by botocore.

use serde_json::{Value, json};
use xcred::internals::ini::Document;
use xcred::internals::profile::{FileKind, Heading};

use crate::grammar::json_of;
use crate::peers::Botocore;
use crate::random::Random;

const PIECES: &[&str] = &[
    "[default]",
    "[profile a]",
    "[profile \"a b\"]",
    "[profile a b]",
    "[b]",
    "[DEFAULT]",
    "[sso-session s]",
    "[",
    "]",
    "region",
    "Region",
    "s3",
    "x",
    "=",
    " = ",
    ":",
    " ",
    "  ",
    "\t",
    "\n",
    "\n",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "# c",
    "; c",
    "\n    a = 1",
    "\n  b=2",
    "\n  a = 2",
    "é",
    "İ",
    "\u{2028}",
    "\u{85}",
    "\u{a0}",
    "\u{feff}",
    "\0",
    "\u{1f}",
    "\u{b}",
    "value",
    "\n\n",
    "\nregion = y\n",
    "\nkey = v\n",
    "'",
    "\"",
    "\\",
];

fn random_file(random: &mut Random) -> Vec<u8> {
    let mut text: String = (0..random.below(20)).map(|_| random.pick(PIECES)).collect();
    if random.below(2) == 0 {
        text.insert_str(0, "[default]\n");
    }
    let mut bytes = text.into_bytes();
    if random.below(60) == 0 {
        bytes.push(0xff);
    }
    bytes
}

/// The profiles of a file as botocore's answer lists them, or none if it can't be read.
fn profiles(bytes: &[u8], file: FileKind) -> Option<Value> {
    let document = Document::parse(bytes.to_vec());
    if !document.faults().is_empty() {
        return None;
    }
    let mut profiles = json!({});
    for section in document.sections() {
        let header = document.text_of(&section);
        let Heading::Profile(name) = Heading::read(file, &header) else { continue };
        let mut values = serde_json::Map::new();
        for entry in section.entries().chain(document.inherited_entries()) {
            let key = String::from_utf8_lossy(entry.key()).to_lowercase();
            values.entry(key).or_insert_with(|| json_of(&entry.value()));
        }
        profiles[name.as_ref()] = Value::Object(values);
    }
    Some(profiles)
}

#[test]
fn ten_thousand_random_files_mean_to_us_what_they_mean_to_botocore() {
    let Some(mut botocore) = Botocore::start() else { return };
    let mut readable = 0;
    for seed in 0..10_000 {
        let mut random = Random::new(seed);
        let bytes = random_file(&mut random);
        let text = String::from_utf8_lossy(&bytes);
        for file in [FileKind::Config, FileKind::Credentials] {
            let answer = match file {
                FileKind::Config => botocore.config(&bytes),
                FileKind::Credentials => botocore.credentials(&bytes),
            };
            let expected = answer.get("profiles");
            assert_eq!(
                profiles(&bytes, file).as_ref(),
                expected,
                "seed {seed}, {file:?}: {text:?}: {answer}"
            );
            readable += usize::from(expected.is_some());
        }
    }
    assert!(readable > 4_000, "only {readable} of the files could be read at all");
}
