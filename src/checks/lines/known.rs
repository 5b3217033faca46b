//! What is known of keys and values that the lines of a file repeat.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::checks::scene::Scene;
use crate::checks::values;
use crate::origin::Place;
use crate::profile::SectionName;
use crate::settings::{self, Doubt, SERVICES, Variable};

/// What a key is.
#[derive(Clone)]
pub(super) enum Known {
    Setting(&'static Variable),
    Doubtful(Doubt),
    /// Another program's, if the program is known.
    Foreign(Option<&'static str>),
}

/// The keys that the commands set which were offered for earlier lines, and the lines. The two files have one profile.
pub(super) type Offered = FxHashMap<(SectionName, String), Place>;

/// The keys that were met, by their names.
#[derive(Default)]
pub(super) struct Keys {
    known: FxHashMap<String, Known>,
    /// The paths of CA bundles that can be used: profiles share one, and it is long.
    pub(super) sound: FxHashSet<String>,
    pub(super) offered: Offered,
    /// The names of the services sections that profiles read.
    services: Option<FxHashSet<String>>,
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

    /// Whether a profile reads the section of services.
    pub(super) fn are_read(&mut self, services: &SectionName, scene: &Scene<'_>) -> bool {
        let read = self.services.get_or_insert_with(|| {
            let named = scene.files.listed().filter_map(|(name, profile)| {
                let services = profile.find(SERVICES.name)?.text()?.into_owned();
                let is_read = !scene.ignores_addresses(&SectionName::Profile(name.into_owned()));
                is_read.then_some(services)
            });
            named.collect()
        });
        read.contains(services.name())
    }
}
