//! Recognizes secrets by how random they look: a secret access key is 40 random characters of base64, and tokens are
//! longer.
//!
//! It compares two explanations of a piece of text: that people wrote it (words, paths, names, numbers), and that each
//! character is a random one of base64. The model of people's text is the frequency of letters, and which kind of
//! character follows which: a lower-case letter is mostly followed by another. Both are probabilities, so that the
//! margin limits how often random text is taken for people's, independently of the text around it.

use std::borrow::Cow;
use std::ops::Range;

use super::mask::{MASK, cover};

/// The length of a secret access key, in characters.
pub(super) const LENGTH: usize = 40;

/// How much likelier a text of [`LENGTH`] characters must be people's than random, as a natural logarithm.
const MARGIN: f32 = 8.0;

/// The least number of letters and digits among [`LENGTH`] random characters of base64. Mostly there are 38 or 39.
const LEAST_LETTERS: usize = 24;

/// The shortest text that is examined as the value of an unknown key.
const SHORTEST: usize = 16;

/// The margin for shorter text, which has less evidence.
const ODD: f32 = 5.0;

/// How often each letter comes in English, in thousandths.
const LETTERS: [f32; 26] = [
    82., 15., 28., 43., 127., 22., 20., 61., 70., 2., 8., 40., 24., 67., 75., 19., 1., 60., 63., 91., 28.,
    10., 24., 2., 20., 1.,
];

/// How often one kind of character follows another in people's text. The row is the first of the two.
const FOLLOWS: [[f32; 4]; 4] =
    [[0.86, 0.04, 0.03, 0.07], [0.55, 0.32, 0.05, 0.08], [0.12, 0.05, 0.70, 0.13], [0.72, 0.15, 0.10, 0.03]];

/// How often people's text starts with each kind.
const BEGINS: [f32; 4] = [0.5, 0.25, 0.15, 0.1];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// Text as long as a secret access key, or longer.
    Usual,
    /// Shorter text too: the value of an unknown key.
    Great,
}

/// A character of base64, and its range in the text, where it may be escaped.
struct Symbol {
    span: Range<usize>,
    byte: u8,
}

/// Whether a part of `text` looks like a secret access key or a token.
pub fn looks_secret(text: &str) -> bool {
    !secrets(text, Care::Usual).is_empty()
}

/// Masks every part that looks like a secret.
pub fn without_secrets(text: &str, care: Care) -> Cow<'_, str> {
    cover(text, secrets(text, care), MASK)
}

/// The ranges of the secrets, which may overlap.
fn secrets(text: &str, care: Care) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let least = if care == Care::Great { SHORTEST } else { LENGTH };
    if text.len() < least {
        return found;
    }
    // What looks like an escape may be part of the secret.
    let readings: &[bool] = if text.contains(['%', '\\']) { &[false, true] } else { &[false] };
    for &escapes in readings {
        for run in runs(text.as_bytes(), escapes).filter(|run| run.len() >= least) {
            look(&run, care, &mut found);
        }
    }
    found
}

fn look(run: &[Symbol], care: Care, found: &mut Vec<Range<usize>>) {
    let gains: Vec<f32> = (0..run.len())
        .map(|at| gain(at.checked_sub(1).map(|before| run[before].byte), run[at].byte))
        .collect();
    let span = |first: usize, last: usize| run[first].span.start..run[last].span.end;
    if run.len() < LENGTH {
        let odd = gains.iter().fold((0f32, 0f32), |(worst, sum), gain| {
            let sum = (sum + gain).min(0.0);
            (worst.min(sum), sum)
        });
        // An access key ID is not a secret.
        let is_id = run.iter().all(|symbol| symbol.byte.is_ascii_uppercase() || symbol.byte.is_ascii_digit());
        if care == Care::Great && odd.0 < -ODD && gains.iter().sum::<f32>() < 0.0 && !is_id {
            found.push(span(0, run.len() - 1));
        }
        return;
    }
    let is_hex = |at: &usize| run[*at].byte.is_ascii_hexdigit();
    let mut next = 0;
    while next + LENGTH <= run.len() {
        let (first, last) = (next, next + LENGTH - 1);
        next += 1;
        let rest: f32 = gains[first + 1..=last].iter().sum();
        // A row of hyphens is decoration.
        let letters = run[first..=last].iter().filter(|symbol| symbol.byte.is_ascii_alphanumeric()).count();
        if letters < LEAST_LETTERS || gain(None, run[first].byte) + rest >= MARGIN {
            continue;
        }
        if (first..=last).all(|at| is_hex(&at)) {
            // Digits beside it are of the same bytes, but may look less random.
            let first = (0..first).rev().take_while(is_hex).last().unwrap_or(first);
            let last = (last + 1..run.len()).take_while(is_hex).last().unwrap_or(last);
            found.push(span(first, last));
            next = last + 1;
        } else {
            found.push(span(first, last));
        }
    }
}

/// How much likelier a character is in people's text than in random text, after the one before it, as a natural
/// logarithm.
fn gain(before: Option<u8>, byte: u8) -> f32 {
    let sort = sort(byte);
    let letter = match sort {
        0 | 1 => LETTERS[usize::from(byte.to_ascii_lowercase() - b'a')] / 1000.0,
        2 => 0.1,
        _ => 0.5,
    };
    let follows = before.map_or(BEGINS[sort], |before| FOLLOWS[self::sort(before)][sort]);
    let gain = (follows * letter * 64.0).ln();
    // A repeated character is not evidence.
    if before == Some(byte) { gain.min(0.0) } else { gain }
}

fn sort(byte: u8) -> usize {
    match byte {
        b'a'..=b'z' => 0,
        b'A'..=b'Z' => 1,
        b'0'..=b'9' => 2,
        _ => 3,
    }
}

/// Runs of characters of either base64 alphabet.
fn runs(text: &[u8], escapes: bool) -> impl Iterator<Item = Vec<Symbol>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut run = Vec::new();
        while at < text.len() {
            let (byte, length) = symbol(&text[at..], escapes);
            let start = at;
            at += length;
            match byte {
                Some(byte) => run.push(Symbol { span: start..at, byte }),
                None if run.is_empty() => {}
                None => break,
            }
        }
        Some(run).filter(|run| !run.is_empty())
    })
}

/// The character that `text` starts with, if it is one of base64's, and its length in bytes.
fn symbol(text: &[u8], escapes: bool) -> (Option<u8>, usize) {
    let decoded = match text {
        [b'\\', b'/', ..] if escapes => Some((b'/', 2)),
        [b'\\', b'u' | b'U', b'0', b'0', high, low, ..] if escapes => hex(*high, *low).map(|byte| (byte, 6)),
        [b'%', rest @ ..] if escapes => {
            // A percent sign may itself be escaped, repeatedly.
            let twice = rest.chunks(2).take_while(|chunk| chunk == b"25").count() * 2;
            match rest[twice..] {
                [high, low, ..] => hex(high, low).map(|byte| (byte, twice + 3)),
                _ => None,
            }
        }
        _ => None,
    };
    if let Some((byte, length)) = decoded.filter(|(byte, _)| is_base64(*byte)) {
        return (Some(byte), length);
    }
    (Some(text[0]).filter(|byte| is_base64(*byte)), 1)
}

fn hex(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=-_".contains(&byte)
}

#[cfg(test)]
mod tests;
