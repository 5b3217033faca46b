//! The names of all profiles and nothing else, for files that nothing is wrong with. Ten thousand are listed in two
//! thirds of the time that it takes to load the files.

use std::hash::BuildHasher as _;

use hashbrown::hash_table::{Entry, HashTable};
use rustc_hash::FxBuildHasher;

use super::{FileKind, Files, Heading};
use crate::world::World;
use crate::{ini, store};

/// Texts in the order in which they came, each of them once.
#[derive(Default)]
pub struct Names {
    /// A line for each.
    lines: String,
    ends: Vec<u32>,
    /// The index of each in `ends`.
    seen: HashTable<u32>,
}

impl Names {
    /// The names of all profiles: the config file's in file order, then those that only the credentials file has.
    ///
    /// Nothing if there is more to say, or more to look at: [`Files::read`] does that.
    pub fn read(world: &World) -> Option<Names> {
        let mut names = Names::default();
        let [config, credentials] = Files::paths(world);
        if config == credentials {
            return None;
        }
        for (kind, path) in [(FileKind::Config, &config), (FileKind::Credentials, &credentials)] {
            // What is in a home that there isn't is not there.
            let Ok(path) = path else { continue };
            let read = store::open(path, |text, size| {
                let mut file = names.of_file(kind, size);
                ini::headers(text, size, |header| file.take(header))
            });
            if !matches!(read, Ok(None | Some(true))) {
                return None;
            }
        }
        Some(names)
    }

    fn of_file(&mut self, kind: FileKind, size: usize) -> OfFile<'_> {
        // Few profiles take less. Room for all at once is cheaper than growing.
        let most = size / 128;
        self.lines.reserve(size / 8);
        self.ends.reserve(most);
        self.seen.reserve(most, |at| hash(text(&self.lines, &self.ends, *at)));
        OfFile { kind, before: self.ends.len(), profiles: self, others: Names::default() }
    }

    /// The names, a line for each.
    pub fn lines(&self) -> &str {
        &self.lines
    }

    /// Adds a text; if it is there already, tells as the how manieth, counted from 0.
    ///
    /// # Panics
    /// If there are 4 GiB of them, for which no file is large enough.
    fn add(&mut self, new: &str) -> Option<usize> {
        let Names { lines, ends, seen } = self;
        let same = |at: &u32| text(lines, ends, *at) == new;
        match seen.entry(hash(new), same, |at| hash(text(lines, ends, *at))) {
            Entry::Occupied(place) => Some(*place.get() as usize),
            Entry::Vacant(place) => {
                let small = |size: usize| u32::try_from(size).expect("no larger than the files");
                place.insert(small(ends.len()));
                lines.push_str(new);
                lines.push('\n');
                ends.push(small(lines.len()));
                None
            }
        }
    }
}

fn hash(text: &str) -> u64 {
    FxBuildHasher.hash_one(text)
}

/// The line at an index, without its end.
fn text<'l>(lines: &'l str, ends: &[u32], at: u32) -> &'l str {
    let at = at as usize;
    let start = at.checked_sub(1).map_or(0, |before| ends[before]);
    &lines[start as usize..ends[at] as usize - 1]
}

/// The headers of one file on their way to the names.
struct OfFile<'n> {
    kind: FileKind,
    profiles: &'n mut Names,
    /// How many names the other file gave.
    before: usize,
    /// The headers that are not a profile's, or of a profile that the other file has.
    others: Names,
}

impl OfFile<'_> {
    /// Takes the text between the brackets of a header; false if it may stand there twice.
    fn take(&mut self, header: &str) -> bool {
        match Heading::read(self.kind, header) {
            Heading::Profile(name) => match self.profiles.add(&name) {
                None => true,
                Some(at) => at < self.before && self.others.add(header).is_none(),
            },
            // What nothing reads has to be told.
            Heading::Ignored => false,
            Heading::Other(name) if !matches!(name, "plugins" | "preview") => false,
            _ => self.others.add(header).is_none(),
        }
    }
}
