//! Fuzz targets of the reader and the editor. `cargo test` runs them on the inputs that are kept and on a thousand random
//! ones; CONTRIBUTING says how to run them for longer.

use super::*;

#[test]
fn ini_reader() {
    bolero::check!().for_each(|bytes: &[u8]| {
        let document = Document::parse(bytes.to_vec());
        assert_eq!(document.bytes(), bytes);
        for section in document.sections() {
            section.entries().for_each(|entry| drop(entry.value()));
        }
        let _ = document.faults();
    });
}

/// The first bytes say which edit, the others are the document.
#[test]
fn ini_editor() {
    bolero::check!().for_each(|input: &[u8]| {
        let [verb, section, key, value, text @ ..] = input else { return };
        let mut document = Document::parse(text.to_vec());
        let sections = document.sections().len();
        if sections == 0 {
            return;
        }
        let section = usize::from(*section) % sections;
        let name = ["region", "s3", "x", "new"][usize::from(*key) % 4];
        let key = Key { name, nested: (key & 0x80 != 0).then_some("a") };
        let value = ["v", "", "a = b", "# x", "[y]", "é"][usize::from(*value) % 6];
        let reread = |document: &Document| {
            let again = Document::parse(document.bytes().to_vec());
            assert_eq!(again.lines(), document.lines(), "what is in memory is what is read");
        };
        let edited = match verb % 5 {
            0 => document.set(section, key, value, verb & 0x80 != 0).map(|_| {
                let found = document.section(section);
                let set = found.entry(key.name).expect("what was set is there");
                if key.nested.is_none() {
                    assert_eq!(
                        set.value().as_text().map(|text| text.expose().to_owned()).as_deref(),
                        Some(value)
                    );
                }
            }),
            1 => document.unset(section, key, verb & 0x80 != 0).map(|_| {
                if key.nested.is_none() {
                    assert!(document.section(section).entry(key.name).is_none(), "what was removed is gone");
                }
            }),
            2 => {
                document.remove_section(section).map(|()| assert_eq!(document.sections().len(), sections - 1))
            }
            3 => document.copy_section(section, "profile new").map(drop),
            _ => document.rename_section(section, "profile new"),
        };
        match edited {
            Ok(()) => reread(&document),
            Err(_) => assert_eq!(document.bytes(), text, "a refusal changes nothing"),
        }
    });
}
