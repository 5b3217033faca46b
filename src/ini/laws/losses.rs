//! The law of losses, on random texts in which headers and settings are indented: whatever was not asked about stays.

use super::super::key::same_key;
use super::super::*;
use super::lossy;
use crate::random::Random;

const LINES: &[&str] = &[
    "[a]",
    "[b]",
    "[b] # x = y",
    "  [b]",
    "\t[profile c]",
    "  b]",
    "[d",
    "[d: e",
    "\u{feff}[e]",
    "\u{a0}[e]",
    "region = 1",
    "Region: 2",
    "  region = 3",
    "\toutput=json",
    "    deep = 1",
    "s3 =",
    "    a = 1",
    "  a=2",
    "    b = 3",
    "# [c]",
    "  # x = y",
    "",
    "  word",
    "stray",
    "x : 1",
    "region = q\u{c}[f]",
    "  goes on\u{85}output = x",
    "［e］",
    "  ［e］",
    "\"[e]\"",
    "(e)",
    ">",
];

/// What a text says to a person: each piece of a line that looks like a header or a setting, with the index of its line
/// and its place there.
fn said(document: &Document) -> Vec<(usize, usize, String)> {
    let mut said = Vec::new();
    for (at, line) in document.lines().iter().enumerate() {
        let text = document.text(line.span).into_owned();
        let text = text.trim_end_matches(['\n', '\r']);
        for (nth, piece) in text.split(['\u{b}', '\u{c}', '\u{85}', '\u{2028}']).enumerate() {
            let bare = piece.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            let key = bare.split(['=', ':']).next().unwrap_or_default().trim_end();
            let is_key = !key.is_empty() && key.len() < bare.len() && key.chars().all(char::is_alphanumeric);
            if bare.starts_with('[') || bare == "b]" || is_key {
                said.push((at, nth, piece.to_owned()));
            }
        }
    }
    said
}

/// Whether all of `kept` is in `after`, in this order.
fn is_kept(kept: &[&String], after: &[(usize, usize, String)]) -> bool {
    let mut after = after.iter();
    kept.iter().all(|kept| after.any(|(_, _, piece)| piece == *kept))
}

#[test]
fn no_edit_takes_away_a_header_or_a_setting_that_was_not_asked_about() {
    let (mut made, mut refused, mut with_losses) = (0, 0, 0);
    for seed in 0..100_000 {
        let mut random = Random::new(seed);
        let newline = random.pick(&["\n", "\n", "\r\n", "\r"]);
        let lines: Vec<&str> = (0..random.below(12)).map(|_| random.pick(LINES)).collect();
        let mut document = Document::parse(lines.join(newline).into_bytes());
        if document.sections().len() == 0 {
            continue;
        }
        with_losses += usize::from(!document.lost_headers().is_empty());
        let index = random.below(document.sections().len());
        let key = Key {
            name: random.pick(&["region", "s3", "x", "output"]),
            nested: [None, None, Some("a")][random.below(3)],
        };
        let before = said(&document);
        let original = document.bytes().to_vec();
        let section = document.section(index);
        let last = section.last_line();
        let lines = &document.lines()[section.header()..section.end()];
        let is_stray = |line: &Line| matches!(line.kind, Kind::Stray(_));
        // From the first line without a meaning on, nothing changes.
        let below_stray = lines.iter().position(is_stray).map(|at| {
            let end = lines.last().map_or(0, |line| line.span.end());
            (section.header() + at, original[lines[at].span.start()..end].to_vec())
        });
        let first_lost = section.lost_headers().next().map_or(usize::MAX, |lost| lost.line as usize - 1);
        // The lines that the edit is about.
        let mut asked: Vec<(usize, usize)> = Vec::new();
        let act = random.below(4);
        let mut same = section.entries().filter(|entry| same_key(entry.key(), key.name)).peekable();
        while let Some(entry) = same.next() {
            let block = entry.is_block() && (act == 1 || key.nested.is_some());
            if key.nested.is_none() || act == 1 || same.peek().is_some() {
                asked.push((entry.at, 0));
            }
            for (at, line) in entry.tail().filter(|_| block) {
                let text = document.text(line.span);
                let is_asked = key.nested.is_none_or(|nested| text.trim_start().starts_with(nested));
                if matches!(line.kind, Kind::Continuation { .. }) && is_asked && !text.contains('[') {
                    asked.extend([(at, 0), (at, 1)]);
                }
            }
        }
        drop(same);
        asked.retain(|(at, _)| *at < first_lost);
        if act == 2 {
            // Of a section with a lost header nothing goes, of another all but what stands below its last entry.
            asked = (section.header()..=section.last_line()).map(|at| (at, 0)).collect();
            asked.extend(asked.clone().iter().map(|(at, _)| (*at, 1)));
        }
        let outcome = match act {
            0 => document.edit(|draft| draft.set(index, key, "v", false).map(drop)),
            1 => document.edit(|draft| draft.unset(index, key, false).map(drop)),
            2 => document.edit(|draft| draft.remove(index)),
            _ => document.edit(|draft| draft.copy(index, "profile copy", |_| false).map(drop)),
        };
        let context = || format!("seed {seed}: {:?} -> {:?}", lossy(&original), lossy(document.bytes()));
        if outcome.is_err() {
            assert_eq!(document.bytes(), original, "{}", context());
            refused += 1;
            continue;
        }
        made += 1;
        if act == 3 {
            assert!(document.bytes().starts_with(&original), "{}", context());
            assert!(document.lost_headers().len() <= Document::parse(original.clone()).lost_headers().len());
            continue;
        }
        if let Some((at, below)) = below_stray {
            assert!(act != 2 || at > last, "{}", context());
            let below = below.trim_ascii_end();
            assert!(memchr::memmem::find(document.bytes(), below).is_some(), "{}", context());
        }
        if act == 2 {
            assert!(!(asked[0].0..=asked[asked.len() / 2 - 1].0).contains(&first_lost), "{}", context());
        }
        let kept: Vec<&String> = before
            .iter()
            .filter(|(at, nth, _)| !asked.contains(&(*at, *nth)))
            .map(|(.., text)| text)
            .collect();
        assert!(is_kept(&kept, &said(&document)), "{}", context());
    }
    assert!(made > refused && refused > 7_000 && with_losses > 30_000, "{made} made, {refused} refused");
}
