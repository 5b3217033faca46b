//! How the parts of a section become one.

use std::collections::BTreeMap;

use super::section::{Part, Section, Values};
use crate::ini::Value;
use crate::origin::{Located, Origin, Place};
use crate::sdk::Merging;

const PAIR: [&str; 2] = ["aws_access_key_id", "aws_secret_access_key"];
const TOKEN: &str = "aws_session_token";

impl Section {
    /// Merges what the config and the credentials file have of it.
    pub(super) fn merged(merging: Merging, parts: [Option<Part>; 2]) -> Section {
        let [config, credentials] = &parts;
        let places = parts.iter().flatten().flat_map(|part| part.places.clone()).collect();
        let mut values: BTreeMap<Box<str>, Values> =
            config.as_ref().map_or_else(BTreeMap::new, |part| part.values.clone());
        for (key, its) in credentials.iter().flat_map(|part| &part.values) {
            let crosses = config.is_none() || crosses(merging, key, credentials.as_ref());
            match values.remove(key) {
                Some(other) => {
                    let is_first = crosses && (its.is_text() || !other.is_text());
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
            Merging::ByKey => None,
            Merging::Pairs { .. } => credentials.as_ref().or(config.as_ref()).and_then(torn),
        };
        Section { places, values, parts, torn }
    }
}

/// Whether a key of the credentials file counts where the config file has the section.
fn crosses(merging: Merging, key: &str, credentials: Option<&Part>) -> bool {
    match merging {
        Merging::ByKey => true,
        Merging::Pairs { crossing } => {
            let is_whole = || credentials.is_some_and(|part| PAIR.iter().all(|half| part.has(half)));
            crossing.contains(&key) || (PAIR.contains(&key) || key == TOKEN) && is_whole()
        }
    }
}

/// The only half that a part has of its pair.
fn torn(part: &Part) -> Option<Place> {
    let ([Some(half), None] | [None, Some(half)]) = PAIR.map(|key| part.value(key)) else { return None };
    place(half).cloned()
}

fn place(value: &Located<Value>) -> Option<&Place> {
    match &value.origin {
        Origin::File(place) => Some(place),
        _ => None,
    }
}
