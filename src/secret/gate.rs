//! All text for people and logs passes through here. Services repeat requests, programs repeat their environment, and
//! errors repeat lines of files. So every secret that this process holds is registered here and masked in all output: as
//! it is, escaped for a URL, JSON or HTML, in base64 or hexadecimal digits, split over lines, and truncated.

use std::borrow::Cow;
use std::hash::BuildHasher as _;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use zeroize::Zeroizing;

use super::embedded::without_names;
use super::escapes::Unit;
use super::mask::{MASK, cover};
use super::member::{is_name, is_within_name};
use super::{Secret, encodings, escapes, without_withheld};

/// Shorter values are not masked: they may be ordinary words and numbers.
const SHORTEST: usize = 8;

/// MFA codes are shorter. They are digits, and only masked as a whole word.
const SHORTEST_CODE: usize = 6;

static HELD: Mutex<Option<Held>> = Mutex::new(None);

type Source = Box<dyn Fn() -> Vec<Secret> + Send>;

#[derive(Default)]
struct Held {
    index: Index,
    /// Secrets that are not in the index yet: many commands print no text, and need none.
    fresh: Vec<Zeroizing<Vec<u8>>>,
    source: Option<Source>,
}

/// Where to get more secrets. It is called before the first text is printed, so that a command without output doesn't
/// pay for it.
pub fn watch(source: impl Fn() -> Vec<Secret> + Send + 'static) {
    held().get_or_insert_default().source = Some(Box::new(source));
}

/// See [`mask_by_names`]. A process sets it once.
static BY_NAMES: OnceLock<fn(&str) -> Cow<'_, str>> = OnceLock::new();

/// How to mask what only the name before it shows to be a secret, in a text for people. This module knows no names.
pub fn mask_by_names(mask: fn(&str) -> Cow<'_, str>) {
    // Only the first call has an effect: a process has one table of names.
    let _ = BY_NAMES.set(mask);
}

impl Secret {
    /// For a value that is sent to services or programs, which may repeat it: [`redacted`] masks it from now on.
    pub fn held(text: impl Into<String>) -> Secret {
        let secret = Secret::new(text);
        hold(secret.expose());
        secret
    }
}

/// Masks a value in all output from now on.
pub fn hold(value: &str) {
    if value.len() >= SHORTEST_CODE {
        held().get_or_insert_default().fresh.push(Zeroizing::new(value.into()));
    }
}

/// Wipes the registered secrets, at the end of the process.
pub fn forget() {
    *held() = None;
}

/// Masks the secrets that this process holds, the arguments that are never repeated, and what has the name of a secret.
pub fn redacted(text: &str) -> Cow<'_, str> {
    match BY_NAMES.get().map_or(Cow::Borrowed(text), |mask| mask(text)) {
        Cow::Borrowed(text) => without_known(text),
        Cow::Owned(text) => Cow::Owned(without_known(&text).into_owned()),
    }
}

fn without_known(text: &str) -> Cow<'_, str> {
    match without_withheld(text) {
        Cow::Borrowed(text) => without_held(text),
        Cow::Owned(text) => Cow::Owned(without_held(&text).into_owned()),
    }
}

/// Masks these values in a text, in all forms in which a service or a program may repeat them; one that is shorter than a secret
/// as a whole word.
pub fn without_values<'t>(text: &'t str, values: &[String]) -> Cow<'t, str> {
    let mut index = Index::default();
    for value in values {
        match value.len() {
            SHORTEST.. => index.add(value.as_bytes()),
            _ => index.codes.push(Zeroizing::new(value.clone().into())),
        }
    }
    masked(text, index.found(text))
}

fn without_held(text: &str) -> Cow<'_, str> {
    let is_short = text.len() < SHORTEST && !text.bytes().any(|byte| byte.is_ascii_digit());
    if is_short || text.len() < SHORTEST_CODE {
        return Cow::Borrowed(text);
    }
    let source = held().get_or_insert_default().source.take();
    // Called without a lock, because reading files registers secrets too.
    let more = source.map_or_else(Vec::new, |source| source());
    let mut held = held();
    let Held { index, fresh, .. } = held.get_or_insert_default();
    for secret in fresh.drain(..) {
        index.add(&secret);
    }
    for secret in more.iter().filter(|secret| secret.expose().len() >= SHORTEST) {
        index.add(secret.expose().as_bytes());
    }
    masked(text, index.found(text))
}

fn held() -> MutexGuard<'static, Option<Held>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The secrets, indexed by their first bytes and by their parts.
#[derive(Default)]
struct Index {
    whole: FxHashMap<u64, Vec<Zeroizing<Vec<u8>>>>,
    /// Hashes of parts that are long and random enough to be unique: text may start or end in the middle of a secret.
    parts: FxHashSet<u64>,
    /// Masked as whole words only.
    codes: Vec<Zeroizing<Vec<u8>>>,
    starts: Starts,
}

/// The two bytes that secrets and parts begin with. They rule out nearly all places of a text.
struct Starts([u64; 64]);

impl Starts {
    fn place(bytes: &[u8]) -> (usize, u64) {
        let pair = usize::from(bytes[0]) * 67 + usize::from(bytes[1]);
        (pair / 64 % 64, 1 << (pair % 64))
    }

    fn add(&mut self, bytes: &[u8]) {
        let (at, bit) = Starts::place(bytes);
        self.0[at] |= bit;
    }

    #[inline]
    fn may_have(&self, bytes: &[u8]) -> bool {
        let (at, bit) = Starts::place(bytes);
        self.0[at] & bit != 0
    }
}

impl Default for Starts {
    fn default() -> Starts {
        Starts([0; 64])
    }
}

/// The lengths of parts, and how many kinds of characters each must have.
const PARTS: [(usize, u32); 2] = [(8, 3), (12, 2)];

fn digest(bytes: &[u8]) -> u64 {
    FxBuildHasher.hash_one(bytes)
}

/// The number of kinds of characters: lower-case and upper-case letters, digits, others.
fn kinds(bytes: &[u8]) -> u32 {
    let kind = |byte: &u8| match byte {
        b'a'..=b'z' => 1_u32,
        b'A'..=b'Z' => 2,
        b'0'..=b'9' => 4,
        _ => 8,
    };
    bytes.iter().fold(0, |kinds, byte| kinds | kind(byte)).count_ones()
}

impl Index {
    fn add(&mut self, secret: &[u8]) {
        if is_name(secret) {
            return;
        }
        if secret.len() < SHORTEST {
            if secret.len() < SHORTEST_CODE || !secret.iter().all(u8::is_ascii_digit) {
                return;
            }
            self.codes.push(Zeroizing::new(secret.to_vec()));
            return;
        }
        let known = self.whole.entry(digest(&secret[..SHORTEST])).or_default();
        if known.iter().any(|known| known.as_slice() == secret) {
            return;
        }
        known.push(Zeroizing::new(secret.to_vec()));
        self.starts.add(secret);
        for piece in without_names(secret) {
            for (length, least) in PARTS {
                let parts = piece.windows(length).filter(|part| kinds(part) >= least);
                for part in parts.filter(|part| !is_within_name(part)) {
                    self.starts.add(part);
                    self.parts.insert(digest(part));
                }
            }
        }
    }

    /// The ranges of the text that are a secret in any of its forms.
    fn found(&self, text: &str) -> Vec<Range<usize>> {
        if self.whole.is_empty() && self.codes.is_empty() {
            return Vec::new();
        }
        let mut ranges = self.within(text.as_bytes());
        // Only parts of a line of a dump may be known, as a line may begin in the middle of a secret.
        let dumps = encodings::dumped(text).filter(|units| !self.within_units(units).is_empty());
        ranges.extend(dumps.map(|units| units[0].start..units[units.len() - 1].end));
        let (escaped, encoded) = (escapes::may_be_in(text), encodings::may_be_in(text));
        if !escaped && !encoded {
            return ranges;
        }
        let mut units = escapes::units(text);
        // Text may be escaped more than once.
        for _ in 0..4 {
            ranges.extend(encodings::decoded(&units).flat_map(|units| self.within_units(&units)));
            match escapes::unescaped(&units) {
                Some(next) if !next.is_empty() => units = next,
                _ => break,
            }
            ranges.extend(self.within_units(&units));
        }
        ranges
    }

    fn within_units(&self, units: &[Unit]) -> Vec<Range<usize>> {
        let bytes: Zeroizing<Vec<u8>> = Zeroizing::new(units.iter().map(|unit| unit.byte).collect());
        let source = |range: Range<usize>| units[range.start].start..units[range.end - 1].end;
        self.within(&bytes).into_iter().map(source).collect()
    }

    fn within(&self, bytes: &[u8]) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        let may_begin = |(_, window): &(usize, &[u8])| self.starts.may_have(window);
        for (at, start) in bytes.windows(SHORTEST).enumerate().filter(may_begin) {
            for secret in self.whole.get(&digest(start)).into_iter().flatten() {
                if bytes[at..].starts_with(secret) {
                    ranges.push(at..at + secret.len());
                }
            }
        }
        for (length, _) in PARTS {
            let parts = bytes.windows(length).enumerate().filter(may_begin);
            let parts = parts.filter(|(_, part)| self.parts.contains(&digest(part)));
            ranges.extend(parts.map(|(at, _)| at..at + length));
        }
        let ends_word = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric());
        for code in &self.codes {
            let places = bytes.windows(code.len()).enumerate().filter(|(_, part)| *part == code.as_slice());
            let words = places.map(|(at, _)| at..at + code.len()).filter(|range| {
                ends_word(range.start.checked_sub(1).map(|before| &bytes[before]))
                    && ends_word(bytes.get(range.end))
            });
            ranges.extend(words);
        }
        ranges
    }
}

/// Replaces each range, and the letters and digits next to it, by a mask: they may be the rest of the secret.
fn masked(text: &str, mut ranges: Vec<Range<usize>>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let belongs = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    for range in &mut ranges {
        while range.start > 0 && belongs(bytes[range.start - 1]) {
            range.start -= 1;
        }
        while range.end < bytes.len() && belongs(bytes[range.end]) {
            range.end += 1;
        }
        *range = text.floor_char_boundary(range.start)..text.ceil_char_boundary(range.end);
    }
    cover(text, ranges, MASK)
}

#[cfg(test)]
mod tests;
