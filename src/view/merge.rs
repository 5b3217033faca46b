//! How the parts of a section become one.

use std::collections::BTreeMap;

use super::section::{Part, Section, Values};
use crate::origin::Place;
use crate::sdk::{Group, Merging};
use crate::settings::{AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN};

const PAIR: [&str; 2] = [AWS_ACCESS_KEY_ID.name, AWS_SECRET_ACCESS_KEY.name];
const TOKEN: &str = AWS_SESSION_TOKEN.name;

impl Section {
    /// Merges what the config and the credentials file have of it.
    pub(super) fn merged(merging: Merging, parts: &[Option<Part>; 2]) -> Section {
        let [config, credentials] = parts;
        let places = parts.iter().flatten().flat_map(|part| part.places.clone()).collect();
        let mut values: BTreeMap<Box<str>, Values> =
            config.as_ref().map_or_else(BTreeMap::new, |part| part.values.clone());
        values.retain(|key, _| !is_outdone(merging, key, credentials.as_ref()));
        for (key, its) in credentials.iter().flat_map(|part| &part.values) {
            let crosses = crosses(merging, key, config.is_some(), credentials.as_ref());
            match values.remove(key) {
                Some(other) => {
                    let is_first = crosses
                        && match (its.is_text(), other.is_text()) {
                            (true, false) => true,
                            (false, true) => false,
                            _ => comes_first(merging, key),
                        };
                    let (first, then) = if is_first { (its.clone(), other) } else { (other, its.clone()) };
                    let Values { mut all, lines } = first;
                    all.extend(then.all);
                    values.insert(key.clone(), Values { all, lines });
                }
                None if crosses => _ = values.insert(key.clone(), its.clone()),
                None => {}
            }
        }
        let torn = match merging {
            Merging::ByKey | Merging::ByUse { .. } | Merging::Groups { .. } => None,
            Merging::Pairs { .. } => credentials.as_ref().or(config.as_ref()).and_then(torn),
        };
        Section { places, values, torn }
    }
}

/// Whether a key of the config file is none, because the credentials file has its group.
fn is_outdone(merging: Merging, key: &str, credentials: Option<&Part>) -> bool {
    match merging {
        Merging::Groups { groups, .. } => group(groups, key).is_some_and(|group| group.is_in(credentials)),
        _ => false,
    }
}

fn group(groups: &'static [Group], key: &str) -> Option<&'static Group> {
    groups.iter().find(|group| group.keys.contains(&key))
}

impl Group {
    fn is_in(&self, part: Option<&Part>) -> bool {
        let has = |key: &&str| part.is_some_and(|part| part.has(key));
        if self.needs_all { self.led_by.iter().all(has) } else { self.led_by.iter().any(has) }
    }
}

/// Whether the credentials file's value of a key that both files have takes precedence.
fn comes_first(merging: Merging, key: &str) -> bool {
    match merging {
        Merging::ByUse { credentials_first } => credentials_first.contains(&key),
        Merging::ByKey | Merging::Pairs { .. } | Merging::Groups { .. } => true,
    }
}

/// Whether a key of the credentials file counts.
fn crosses(merging: Merging, key: &str, is_in_config: bool, credentials: Option<&Part>) -> bool {
    match merging {
        Merging::ByKey | Merging::ByUse { .. } => true,
        Merging::Groups { config_only, .. } if config_only.contains(&key) => false,
        Merging::Groups { groups, .. } => {
            !is_in_config || group(groups, key).is_none_or(|group| group.is_in(credentials))
        }
        Merging::Pairs { .. } if !is_in_config => true,
        Merging::Pairs { crossing } => {
            let is_whole = || credentials.is_some_and(|part| PAIR.iter().all(|half| part.has(half)));
            crossing.contains(&key) || (PAIR.contains(&key) || key == TOKEN) && is_whole()
        }
    }
}

/// The only half that a part has of its pair.
fn torn(part: &Part) -> Option<Place> {
    let ([Some(half), None] | [None, Some(half)]) = PAIR.map(|key| part.value(key)) else { return None };
    half.origin.place().cloned()
}
