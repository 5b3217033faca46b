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
        let replace = verb & 0x80 != 0;
        let plain = |document: &Document| {
            let entry = document.section(section).entry(key.name)?;
            entry.value().as_text().map(|text| text.expose().to_owned())
        };
        let edited = match verb % 6 {
            0 => document.edit(|draft| draft.set(section, key, value, replace)).map(|_| {
                assert!(document.section(section).entry(key.name).is_some(), "what was set is there");
                assert!(key.nested.is_some() || plain(&document).as_deref() == Some(value));
            }),
            1 => document.edit(|draft| draft.unset(section, key, replace)).map(|_| {
                let entry = document.section(section).entry(key.name);
                assert!(key.nested.is_some() || entry.is_none(), "what was removed is gone");
            }),
            2 => {
                let removed = document.edit(|draft| draft.remove(section));
                removed.map(|()| assert_eq!(document.sections().len(), sections - 1))
            }
            3 => document.edit(|draft| draft.copy(section, "profile new")).map(drop),
            4 => document.edit(|draft| draft.rename(section, "profile new")),
            _ => document.edit(|draft| {
                draft.copy(section, "profile copy")?;
                let added = draft.add("profile new")?;
                draft.set(added, key, value, replace)?;
                draft.remove((section + 1) % sections)?;
                if sections > 1 { draft.set(section, key, value, replace).map(drop) } else { Ok(()) }
            }),
        };
        match edited {
            Ok(()) => reread(&document),
            Err(_) => assert_eq!(document.bytes(), text, "a refusal changes nothing"),
        }
    });
}
