//! New profiles whose names are nearly those of others: who made one most likely meant the other, and believes that it has
//! the settings now.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::Files;
use crate::text::{is_unseen, nearest};

/// A profile that is new, and the one that it was probably meant for.
#[derive(Debug, PartialEq, Eq)]
pub struct Twin {
    pub name: String,
    pub similar: String,
}

impl Files {
    /// The profiles that these files have, that `before` did not have, and that look like one that both have.
    pub fn twins(&self, before: &Files) -> Vec<Twin> {
        let sections =
            |files: &Files| files.documents.iter().map(|document| document.sections().len()).sum::<usize>();
        let is_renamed = || self.profiles().any(|name| !before.profile(&name).exists());
        // Nearly all edits make no section.
        if sections(self) < sections(before) || sections(self) == sections(before) && !is_renamed() {
            return Vec::new();
        }
        let (old, new): (Vec<_>, Vec<_>) = self.profiles().partition(|name| before.profile(name).exists());
        if new.is_empty() {
            return Vec::new();
        }
        let mut alike: FxHashMap<[String; 2], Vec<&Cow<'_, str>>> = FxHashMap::default();
        for name in &old {
            alike.entry(letters(&bare(name))).or_default().push(name);
        }
        let twin = |name: &Cow<'_, str>| {
            let text = bare(name);
            let candidates = alike.get(&letters(&text)).filter(|_| !text.is_empty())?;
            let same = candidates.iter().find(|other| bare(other) == text).copied();
            let similar = same.or_else(|| nearest(name, candidates.iter().copied()))?;
            Some(Twin { name: name.to_string(), similar: similar.to_string() })
        };
        new.iter().filter_map(twin).collect()
    }
}

/// A name without what is easily there by mistake: case, quotes, commas, white space, invisible characters and the
/// word of a header.
fn bare(name: &str) -> String {
    let seen: String = name.chars().filter(|c| !is_unseen(*c)).collect::<String>().to_lowercase();
    let is_around = |c: char| c.is_whitespace() || "\"'`,;:".contains(c);
    let text = seen.trim_matches(is_around);
    let text = text.strip_prefix("profile ").unwrap_or(text);
    text.trim_matches(is_around).to_owned()
}

/// The letters of a name in the order of the alphabet, and its digits as they are: letters change places, and teams number
/// their profiles.
fn letters(name: &str) -> [String; 2] {
    let mut letters: Vec<char> = name.chars().filter(|c| !c.is_ascii_digit()).collect();
    letters.sort_unstable();
    [letters.into_iter().collect(), name.chars().filter(char::is_ascii_digit).collect()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{KeyPath, SectionName};

    fn similar(name: &str) -> Option<String> {
        let before = Files::of_texts("[profile dev]\n[profile team-1]\n[default]\n", "[prod]\n");
        let mut files = before.clone();
        let key = KeyPath::parse("region").unwrap();
        files.set(&SectionName::Profile(name.to_owned()), &key, "eu-west-1", false).unwrap();
        let twins = files.twins(&before);
        assert!(twins.len() < 2 && twins.iter().all(|twin| twin.name == name), "{twins:?}");
        twins.into_iter().next().map(|twin| twin.similar)
    }

    #[test]
    fn a_new_profile_that_looks_like_another_one_is_its_twin() {
        for name in
            ["DEV", "dev ", " dev", "\"dev\"", "'dev'", "dev,", "\u{feff}dev", "profile dev", "dve", "edv"]
        {
            assert_eq!(similar(name).as_deref(), Some("dev"), "{name:?}");
        }
        assert_eq!(similar("Prod").as_deref(), Some("prod"));
        for name in ["dev", "dev2", "team-2", "my dev", "other", ",", "development"] {
            assert_eq!(similar(name), None, "{name:?}");
        }
    }

    #[test]
    fn a_profile_that_is_renamed_is_no_twin_of_itself() {
        let before = Files::of_texts("[profile DEV]\n", "");
        let mut files = before.clone();
        files.rename_profile("DEV", "dev").unwrap();
        assert_eq!(files.twins(&before), []);
    }
}
