//! The search for what two headers of one file have in common.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{File, Join};
use crate::ini::{Document, Kind, lowered, setting_in};
use crate::settings;

/// Finds the keys that two headers of a file have below them.
pub struct Joins<'f> {
    file: File<'f>,
    /// Many headers may be meant for one.
    keys: FxHashMap<u32, FxHashSet<String>>,
}

impl<'f> Joins<'f> {
    pub fn new(file: File<'f>) -> Joins<'f> {
        Joins { file, keys: FxHashMap::default() }
    }

    /// The header on line `other`, with which that on line `line` is meant to be one section.
    pub fn join(&mut self, line: u32, other: u32) -> Join {
        let file = self.file;
        let there = self.keys.entry(other).or_insert_with(|| keys_below(file, other).collect());
        let key = keys_below(file, line).find(|key| there.contains(key));
        Join::new(other, key.map(|key| settings::shown_name(&key).into()))
    }
}

/// The keys below a header, also one that isn't read, up to the next one.
fn keys_below(file: File<'_>, line: u32) -> impl Iterator<Item = String> {
    let document = file.document;
    let is_lost = |line: u32| document.lost_headers().binary_search_by_key(&line, |lost| lost.line).is_ok();
    let lines = document.lines().iter().enumerate().skip(line as usize);
    let own = lines.take_while(move |(at, line)| {
        !matches!(line.kind, Kind::Header { .. }) && !is_lost(Document::number(*at))
    });
    own.filter_map(|(_, line)| match line.kind {
        Kind::Entry { key, .. } => Some(lowered(key.of(document.bytes())).into_owned()),
        // Above the first header that is read, nothing is.
        Kind::Stray(_) => Some(lowered(setting_in(line.span.of(document.bytes()))?.as_bytes()).into_owned()),
        _ => None,
    })
}
