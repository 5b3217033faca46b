//! What is known of keys and values that the lines of a file repeat.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::checks::values;
use crate::settings::{self, Doubt, Variable};

/// What a key is.
#[derive(Clone)]
pub(super) enum Known {
    Setting(&'static Variable),
    Doubtful(Doubt),
    /// Another program's, if the program is known.
    Foreign(Option<&'static str>),
}

/// The keys that were met, by their names.
#[derive(Default)]
pub(super) struct Keys {
    known: FxHashMap<String, Known>,
    /// The paths of CA bundles that can be used: profiles share one, and it is long.
    pub(super) sound: FxHashSet<String>,
}

impl Keys {
    pub(super) fn known(&mut self, key: &str) -> Known {
        if let Some(known) = self.known.get(key) {
            return known.clone();
        }
        let known = match (settings::variable(key), values::other_program(key)) {
            (Some(row), _) => Known::Setting(row),
            (None, Some(program)) => Known::Foreign(Some(program)),
            (None, None) => settings::misspelled(key).map_or(Known::Foreign(None), Known::Doubtful),
        };
        self.known.insert(key.to_owned(), known.clone());
        known
    }
}
