//! The laws of the document, on random bytes: identity, tiling, and what an edit may do.

use super::*;
use crate::random::Random;

mod losses;

const PIECES: &[&[u8]] = &[
    b"[default]",
    b"[profile a]",
    b"[profile \"a b\"]",
    b"[b]",
    b"[DEFAULT]",
    b"[",
    b"]",
    b"region",
    b"Region",
    b"s3",
    b"x",
    b"=",
    b" = ",
    b":",
    b" ",
    b"  ",
    b"\t",
    b"\n",
    b"\n",
    b"\n",
    b"\n",
    b"\r\n",
    b"\r",
    b"#",
    b"; c",
    b"\n    a = 1",
    b"\n  b=2",
    b"\xff",
    b"\xc3\xa9",
    b"\xe2\x80\xa8",
    b"\xc2\x85",
    b"\xef\xbb\xbf",
    b"\0",
    b"\x1f",
    b"value",
    b"\n\n",
    b"\nregion = y\n",
];

fn random_bytes(random: &mut Random) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..random.below(24) {
        bytes.extend_from_slice(random.pick(PIECES));
    }
    bytes
}

#[test]
fn a_million_random_documents_keep_every_byte_and_are_tiled_by_their_lines() {
    for seed in 0..1_000_000 {
        let bytes = random_bytes(&mut Random::new(seed));
        let document = Document::parse(bytes.clone());
        assert_eq!(document.bytes(), bytes, "seed {seed}");
        let mut end = 0;
        for line in document.lines() {
            assert_eq!(line.span.start(), end, "seed {seed}: the lines leave no gap");
            end = line.span.end();
            let inner = match line.kind {
                Kind::Header { name } => vec![name],
                Kind::Entry { key, value } => vec![key, value],
                Kind::Continuation { text } => vec![text],
                _ => vec![],
            };
            for span in inner {
                assert!(
                    line.span.start() <= span.start() && span.end() <= end,
                    "seed {seed}: spans stay in their line"
                );
            }
        }
        assert_eq!(end, bytes.len(), "seed {seed}");
    }
}

/// What an outsider sees: every entry with its section, apart from the guard's own account.
fn entries(document: &Document) -> Vec<(usize, String, String)> {
    let mut all = Vec::new();
    for section in document.sections() {
        for entry in section.entries() {
            let key = lowered(entry.key()).into_owned();
            match entry.value() {
                Value::Text(text) => all.push((section.index(), key, text.expose().to_owned())),
                Value::Block(lines) => all.extend(lines.into_iter().map(|line| {
                    (section.index(), format!("{key}.{}", line.key), line.value.expose().to_owned())
                })),
            }
        }
    }
    all
}

#[test]
fn an_edit_changes_what_was_asked_for_and_nothing_else() {
    let (mut made, mut refused) = (0, 0);
    for seed in 0..300_000 {
        let mut random = Random::new(seed);
        let mut document = Document::parse(random_bytes(&mut random));
        let sections = document.sections().len();
        if sections == 0 {
            continue;
        }
        let section = random.below(sections);
        let key = Key {
            name: random.pick(&["region", "s3", "x", "new"]),
            nested: [None, None, Some("a"), Some("new")][random.below(4)],
        };
        let dotted = key.nested.map_or(key.name.to_owned(), |nested| format!("{}.{nested}", key.name));
        let value = random.pick(&["v", "", "a = b", "# x", "[y]", "é\u{2003}z", "'q'"]);
        let before = entries(&document);
        let comments = comments(&document);
        let original = document.bytes().to_vec();
        let was_there = document.section(section).entry(key.name).is_some();
        if document.edit(|draft| draft.set(section, key, value, true)).is_err() {
            assert_eq!(document.bytes(), original, "seed {seed}: a refusal changes nothing");
            refused += 1;
            continue;
        }
        made += 1;
        let is_asked = |(at, name, _): &&(usize, String, String)| {
            *at == section
                && (*name == dotted
                    || (key.nested.is_none() && name.starts_with(&format!("{dotted}.")))
                    || (key.nested.is_some() && name == key.name))
        };
        let after = entries(&document);
        let asked: Vec<_> = after.iter().filter(is_asked).collect();
        assert_eq!(asked.len(), 1, "seed {seed}: {:?} -> {:?}", lossy(&original), lossy(document.bytes()));
        assert_eq!(asked[0].2, value, "seed {seed}");
        let others = |entries: &[(usize, String, String)]| {
            entries.iter().filter(|entry| !is_asked(entry)).cloned().collect::<Vec<_>>()
        };
        assert_eq!(others(&after), others(&before), "seed {seed}: {:?}", lossy(&original));
        assert_eq!(super::laws::comments(&document), comments, "seed {seed}");
        let once = document.bytes().to_vec();
        document.edit(|draft| draft.set(section, key, value, true)).expect("what was set can be set again");
        assert_eq!(document.bytes(), once, "seed {seed}: setting the same again changes nothing");
        if !was_there {
            document.edit(|draft| draft.unset(section, key, true)).expect("what was added can be removed");
            let mut restored = document.bytes().to_vec();
            if restored != original {
                restored.truncate(original.len());
                assert_eq!(restored, original, "seed {seed}: unset restores, up to a final line ending");
                assert!(
                    matches!(&document.bytes()[original.len()..], b"\n" | b"\r\n" | b"\r"),
                    "seed {seed}"
                );
            }
        }
    }
    assert!(made > 100_000 && refused < made / 10, "{made} made, {refused} refused");
}

fn comments(document: &Document) -> Vec<Vec<u8>> {
    let comments = document.lines().iter().filter(|line| line.kind == Kind::Comment);
    comments.map(|line| line.span.of(document.bytes()).trim_ascii().to_vec()).collect()
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn whole_sections_come_and_go_without_a_trace_in_the_others() {
    for seed in 0..100_000 {
        let mut random = Random::new(seed);
        let mut document = Document::parse(random_bytes(&mut random));
        let before = entries(&document);
        let Ok(added) = document.edit(|draft| draft.add("profile new")) else {
            continue;
        };
        assert_eq!(entries(&document), before, "seed {seed}");
        document
            .edit(|draft| draft.set(added, Key::plain("region"), "x", false))
            .expect("a new section takes a key");
        document
            .edit(|draft| draft.rename(added, "profile other"))
            .expect("a section of ours can be renamed");
        let copy = document
            .edit(|draft| draft.copy(added, "profile copy", |_| false))
            .expect("a section of ours can be copied");
        assert_eq!(
            document
                .section(copy)
                .entry("region")
                .map(|e| e.value().as_text().map(|t| t.expose().to_owned())),
            Some(Some("x".to_owned())),
            "seed {seed}"
        );
        document.edit(|draft| draft.remove(copy)).expect("a section of ours can be removed");
        document.edit(|draft| draft.remove(added)).expect("a section of ours can be removed");
        assert_eq!(entries(&document), before, "seed {seed}");
    }
}

/// One of several edits that are made together.
#[derive(Clone, Copy, Debug)]
enum Act {
    Set(usize, &'static str, Option<&'static str>, &'static str),
    Unset(usize, &'static str, Option<&'static str>),
    Rename(usize),
    Add,
    Copy(usize),
    Remove(usize),
}

impl Act {
    fn on(self, draft: &mut Draft<'_>) -> Result<(), Refusal> {
        match self {
            Act::Set(section, name, nested, value) => {
                draft.set(section, Key { name, nested }, value, false).map(drop)
            }
            Act::Unset(section, name, nested) => draft.unset(section, Key { name, nested }, false).map(drop),
            Act::Rename(section) => draft.rename(section, "profile renamed"),
            Act::Add => draft.add("profile added").map(drop),
            Act::Copy(section) => draft.copy(section, "profile copied", |_| false).map(drop),
            Act::Remove(section) => draft.remove(section),
        }
    }
}

/// Up to eight edits: sections that are removed are not edited, and come last.
fn random_acts(random: &mut Random, sections: usize) -> Vec<Act> {
    let removed: Vec<usize> = (0..sections).filter(|_| random.below(4) == 0).collect();
    let kept: Vec<usize> = (0..sections).filter(|section| !removed.contains(section)).collect();
    let mut acts = Vec::new();
    for _ in 0..random.below(6) {
        if kept.is_empty() {
            break;
        }
        let section = kept[random.below(kept.len())];
        let (name, nested) =
            (random.pick(&["region", "s3", "x", "new"]), [None, None, Some("a")][random.below(3)]);
        acts.push(match random.below(8) {
            0..=3 => Act::Set(section, name, nested, random.pick(&["v", "", "a = b", "[y]"])),
            4 | 5 => Act::Unset(section, name, nested),
            6 => Act::Rename(section),
            _ if random.below(2) == 0 => Act::Add,
            _ => Act::Copy(section),
        });
    }
    acts.extend(removed.into_iter().rev().map(Act::Remove));
    acts
}

#[test]
fn edits_made_together_come_to_the_same_as_one_by_one() {
    let (mut made, mut refused, mut alike) = (0, 0, 0);
    for seed in 0..60_000 {
        let mut random = Random::new(seed);
        let text = [random_bytes(&mut random), random_bytes(&mut random)].concat();
        let document = Document::parse(text.clone());
        let acts = random_acts(&mut random, document.sections().len());
        let is_read = document.faults().is_empty();
        let (mut together, mut apart) = (document.clone(), document);
        let outcome = together.edit(|draft| acts.iter().try_for_each(|act| act.on(draft)));
        let one_by_one = acts.iter().try_for_each(|act| apart.edit(|draft| act.on(draft)));
        if outcome.is_err() {
            assert_eq!(together.bytes(), text, "seed {seed}: a refusal changes nothing");
            refused += 1;
            continue;
        }
        let context =
            || format!("seed {seed}: {acts:?} of {:?} -> {:?}", lossy(&text), lossy(together.bytes()));
        made += 1;
        assert!(!is_read || together.faults().is_empty(), "{}: {:?}", context(), together.faults());
        if one_by_one.is_ok() {
            assert_eq!(entries(&together), entries(&apart), "{}", context());
            assert_eq!(comments(&together), comments(&apart), "{}", context());
            alike += usize::from(together.bytes() == apart.bytes());
        }
    }
    assert!(
        made > 30_000 && refused < made / 3 && alike > made * 95 / 100,
        "{made} made, {refused} refused, {alike} alike"
    );
}
