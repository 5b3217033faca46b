//! The laws of the document, on random bytes: identity, tiling, and what an edit may do.

use super::fault::Fault;
use super::*;

mod losses;

/// A small random source; a failing case is reproduced by its seed.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

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

#[test]
fn headers_read_in_pieces_are_those_of_the_whole() {
    let (mut all, mut in_one_piece, mut in_many) = (0, 0, 0);
    for seed in 0..300_000 {
        let mut random = Random::new(seed);
        let bytes: Vec<u8> = (0..=random.below(3)).flat_map(|_| random_bytes(&mut random)).collect();
        let whole = Document::parse(bytes.clone());
        let names: Vec<_> = whole.sections().map(|section| whole.text_of(&section).into_owned()).collect();
        let in_pieces = |length| {
            let mut found = Vec::new();
            let sound = pieces::by_pieces(&mut bytes.as_slice(), length, |name| {
                found.push(name.to_owned());
                true
            });
            sound.unwrap().then_some(found)
        };
        let repeated = |fault: &Fault| matches!(fault.kind, FaultKind::RepeatedSection { .. });
        let sound = whole.lost_headers().is_empty()
            && whole.faults().iter().all(repeated)
            && !whole.sections().any(|section| section.is_inherited());
        let expected = sound.then_some(names);
        // Where the pieces can't tell, the whole has to; but what they tell is true.
        for (length, told) in [(bytes.len() + 1, &mut in_one_piece), (1 + random.below(40), &mut in_many)] {
            if let Some(found) = in_pieces(length) {
                assert_eq!(Some(found), expected, "seed {seed}: {:?}", lossy(&bytes));
                *told += 1;
            }
        }
        all += usize::from(expected.is_some());
    }
    assert!(
        in_one_piece > all * 9 / 10 && in_many > all / 3,
        "of {all} {in_one_piece} in one piece, {in_many} in many"
    );
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
        if document.set(section, key, value, true).is_err() {
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
        document.set(section, key, value, true).expect("what was set can be set again");
        assert_eq!(document.bytes(), once, "seed {seed}: setting the same again changes nothing");
        if !was_there {
            document.unset(section, key, true).expect("what was added can be removed");
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
        let Ok(added) = document.add_section("profile new") else {
            continue;
        };
        assert_eq!(entries(&document), before, "seed {seed}");
        document.set(added, Key::plain("region"), "x", false).expect("a new section takes a key");
        document.rename_section(added, "profile other").expect("a section of ours can be renamed");
        let copy = document.copy_section(added, "profile copy").expect("a section of ours can be copied");
        assert_eq!(
            document
                .section(copy)
                .entry("region")
                .map(|e| e.value().as_text().map(|t| t.expose().to_owned())),
            Some(Some("x".to_owned())),
            "seed {seed}"
        );
        document.remove_section(copy).expect("a section of ours can be removed");
        document.remove_section(added).expect("a section of ours can be removed");
        assert_eq!(entries(&document), before, "seed {seed}");
    }
}
