//! What looks like a secret although nothing says that it is one: a secret access key is 40 random characters of
//! base64, and tokens are longer.
//!
//! Two explanations of a piece of text are compared: that it was written by people (words, paths, names, numbers), and
//! that each character was drawn at random from base64's. People's text is explained by how often a letter comes, and
//! by what comes after what: a lower-case letter is mostly followed by another one. As that is a probability as well,
//! random text passes for people's as rarely as the margin says, whatever stands around it.

use std::borrow::Cow;
use std::ops::Range;

use super::MASK;

/// The length of a secret access key, in characters.
const LENGTH: usize = 40;

/// How much better people must explain a text of [`LENGTH`] characters than chance does, as a natural logarithm.
const MARGIN: f32 = 8.0;

/// So many of [`LENGTH`] random characters of base64 are letters and digits, or more: 38 or 39, mostly.
const LEAST_LETTERS: usize = 24;

/// The shortest text that is looked at where nothing but a key tells what it is, and nothing does.
const SHORTEST: usize = 16;

/// Of shorter texts there is less to see: a part of it has to be this much less likely to be people's.
const ODD: f32 = 5.0;

/// How often each letter comes in English, in thousandths.
const LETTERS: [f32; 26] = [
    82., 15., 28., 43., 127., 22., 20., 61., 70., 2., 8., 40., 24., 67., 75., 19., 1., 60., 63., 91., 28.,
    10., 24., 2., 20., 1.,
];

/// How often people let one sort of character follow another one: of each row the sort before.
const FOLLOWS: [[f32; 4]; 4] =
    [[0.86, 0.04, 0.03, 0.07], [0.55, 0.32, 0.05, 0.08], [0.12, 0.05, 0.70, 0.13], [0.72, 0.15, 0.10, 0.03]];

/// How often people begin with each sort.
const BEGINS: [f32; 4] = [0.5, 0.25, 0.15, 0.1];

/// Which text is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// What is as long as a secret access key, or longer.
    Usual,
    /// Shorter text as well: where nothing says what it is.
    Great,
}

/// One character of base64, in its place in the text; it may be written as an escape.
struct Symbol {
    span: Range<usize>,
    byte: u8,
}

/// Whether something in `text` looks like a secret access key or a token.
pub fn looks_secret(text: &str) -> bool {
    !secrets(text, Care::Usual).is_empty()
}

/// The same text with a mask for whatever in it looks like a secret.
pub fn without_secrets(text: &str, care: Care) -> Cow<'_, str> {
    let secrets = secrets(text, care);
    if secrets.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut shown, mut end) = (String::with_capacity(text.len()), 0);
    for secret in secrets {
        shown.push_str(&text[end..secret.start]);
        shown.push_str(MASK);
        end = secret.end;
    }
    shown.push_str(&text[end..]);
    Cow::Owned(shown)
}

/// Where the secrets are, in order, with something between them.
fn secrets(text: &str, care: Care) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let least = if care == Care::Great { SHORTEST } else { LENGTH };
    if text.len() < least {
        return found;
    }
    // An escape may be one, or a part of the secret may look like one.
    let readings: &[bool] = if text.contains(['%', '\\']) { &[false, true] } else { &[false] };
    for &escapes in readings {
        for run in runs(text.as_bytes(), escapes).filter(|run| run.len() >= least) {
            look(&run, care, &mut found);
        }
    }
    found.sort_by_key(|secret| secret.start);
    let mut apart: Vec<Range<usize>> = Vec::new();
    for secret in found {
        match apart.last_mut() {
            Some(before) if secret.start <= before.end => before.end = before.end.max(secret.end),
            _ => apart.push(secret),
        }
    }
    apart
}

/// Finds the parts of a run that look like secrets.
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
        // An access key ID is no secret.
        let is_id = run.iter().all(|symbol| symbol.byte.is_ascii_uppercase() || symbol.byte.is_ascii_digit());
        if care == Care::Great && odd.0 < -ODD && gains.iter().sum::<f32>() < 0.0 && !is_id {
            found.push(span(0, run.len() - 1));
        }
        return;
    }
    for first in 0..=run.len() - LENGTH {
        let last = first + LENGTH - 1;
        let rest: f32 = gains[first + 1..=last].iter().sum();
        // A row of hyphens is an ornament.
        let letters = run[first..=last].iter().filter(|symbol| symbol.byte.is_ascii_alphanumeric()).count();
        if letters >= LEAST_LETTERS && gain(None, run[first].byte) + rest < MARGIN {
            found.push(span(first, last));
        }
    }
}

/// How much likelier a character is from people than by chance, after the one before it: a natural logarithm.
fn gain(before: Option<u8>, byte: u8) -> f32 {
    let sort = sort(byte);
    let letter = match sort {
        0 | 1 => LETTERS[usize::from(byte.to_ascii_lowercase() - b'a')] / 1000.0,
        2 => 0.1,
        _ => 0.5,
    };
    let follows = before.map_or(BEGINS[sort], |before| FOLLOWS[self::sort(before)][sort]);
    let gain = (follows * letter * 64.0).ln();
    // The same again says nothing.
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

/// The runs of characters of base64, of both alphabets.
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

/// The character that `text` begins with, if it is one of base64's, and how many bytes it takes.
fn symbol(text: &[u8], escapes: bool) -> (Option<u8>, usize) {
    let decoded = match text {
        [b'\\', b'/', ..] if escapes => Some((b'/', 2)),
        [b'\\', b'u' | b'U', b'0', b'0', high, low, ..] if escapes => hex(*high, *low).map(|byte| (byte, 6)),
        [b'%', rest @ ..] if escapes => {
            // A percent sign may be escaped itself, and that again.
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
