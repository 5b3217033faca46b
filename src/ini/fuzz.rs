//! Fuzz targets of the reader and the editor. `cargo test` runs them on the inputs that are kept and on a thousand random
//! ones; CONTRIBUTING says how to run them for longer.

use super::dialect::{
    self, Blanks, CommentLines, Dialect, Ends, HeaderLines, Indented, KeyCase, Malformed, OddKeys,
    OnMalformed,
};
use super::span::Span;
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
            3 => document.edit(|draft| draft.copy(section, "profile new", |_| false)).map(drop),
            4 => document.edit(|draft| draft.rename(section, "profile new")),
            _ => document.edit(|draft| {
                draft.copy(section, "profile copy", |_| false)?;
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

/// Any of the dialects that two bytes can describe.
fn any_dialect(one: u8, other: u8) -> Dialect {
    let bit = |byte: u8, at: u8| byte >> at & 1 == 1;
    let blanks = [Blanks::Ascii, Blanks::UpToSpace, Blanks::Unicode, Blanks::JavaScript];
    let blanks = blanks[usize::from(one & 3)];
    let lowered = if bit(other, 0) { KeyCase::Lowered } else { KeyCase::AsciiLowered };
    Dialect {
        ends: [Ends::Lf, Ends::LfOrCrLf, Ends::LfOrCr][usize::from(one >> 2 & 3) % 3],
        blanks,
        empty_lines: if bit(other, 1) { blanks } else { Blanks::SpaceAndTab },
        indent: if bit(other, 2) { blanks } else { Blanks::SpaceAndTab },
        comment_blanks: blanks,
        comment_marks: if bit(one, 4) { b"#;" } else { b";" },
        comment_lines: [CommentLines::All, CommentLines::Unindented, CommentLines::Keys]
            [usize::from(one >> 4 & 3) % 3],
        headers: match one >> 5 & 3 {
            0 => HeaderLines::Unindented,
            1 => HeaderLines::Whole,
            _ => HeaderLines::Bracketed { blank_before_comment: bit(one, 6) },
        },
        delimiters: if bit(one, 7) { b"=" } else { b"=:" },
        key_case: lowered,
        sub_key_case: KeyCase::Kept,
        nameless_keys: bit(other, 3),
        odd_keys: [OddKeys::Kept, OddKeys::LeftOut, OddKeys::LeftOutWhole][usize::from(other >> 4 & 3) % 3],
        removes_quotes: bit(other, 6),
        indented: match other % 4 {
            0 => Indented::Key,
            1 => Indented::KeyOrContinuation,
            2 => Indented::SubKey,
            _ => Indented::Continuation { sub_keys_before_comments: bit(one, 6) },
        },
        keeps_last_blank: bit(one, 3),
        on_malformed: if bit(other, 7) { OnMalformed::Fails } else { OnMalformed::Ignored },
    }
}

/// The first bytes say which dialect, the others are the document.
#[test]
fn dialect_reader() {
    bolero::check!().for_each(|input: &[u8]| {
        let [one, other, text @ ..] = input else { return };
        let (document, dialect) = (Document::parse(text.to_vec()), any_dialect(*one, *other));
        let last = u32::try_from(document.lines().len()).unwrap();
        let reading = dialect::read(&document, &dialect);
        // Everything is below what is before it, in the document, and where its number says.
        let (mut line, mut end) = (0, 0);
        let mut check = |number: u32, spans: &[Span]| {
            assert!(number >= line && number >= 1 && number <= last, "{number} of {last} after {line}");
            let at = document.lines()[number as usize - 1].span;
            assert!(spans[0].start() >= at.start() && spans[0].start() >= end, "{number}");
            line = number;
            for span in spans {
                assert!(end <= span.end() && span.start() <= span.end() && span.end() <= text.len());
                end = span.end();
            }
        };
        for block in &reading.sections {
            check(block.line, &[block.header]);
            assert!(block.text().len() >= block.header.end() - block.header.start());
            for pair in &block.pairs {
                check(pair.first.line, &[pair.first.key, pair.first.value]);
                assert!(pair.more.is_sorted_by_key(|more| more.start()));
                assert!(
                    !pair.first.name().contains('\n') && pair.text().split('\n').count() > pair.more.len()
                );
                pair.subs.iter().for_each(|sub| check(sub.line, &[sub.key, sub.value]));
            }
        }
        let faults = reading.sections.iter().filter_map(|block| block.fault).chain(reading.fault);
        let faults: Vec<Malformed> = faults.collect();
        assert!(faults.is_empty() || dialect.on_malformed == OnMalformed::Fails);
        assert!(faults.iter().all(|fault| fault.line >= 1 && fault.line <= last));
    });
}
