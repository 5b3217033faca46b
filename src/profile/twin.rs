//! New profiles whose names are nearly those of others: who made one most likely meant the other, and believes that it has
//! the settings now.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{File, Files, Heading, SectionName};
use crate::ini::Section;
use crate::text::{is_unseen, nearest};

/// A profile that is new, and the one that it was probably meant for.
#[derive(Debug, PartialEq, Eq)]
pub struct Twin {
    pub name: String,
    pub similar: String,
}

impl Files {
    /// The profiles that these files have and `before` did not have.
    pub fn new_profiles(&self, before: &Files) -> FxHashSet<Cow<'_, str>> {
        let names = self.added_to(before).filter_map(|heading| match heading {
            Heading::Profile(name) => Some(name),
            _ => None,
        });
        names.filter(|name| !(before.profile(name).exists() || self.is_other_reading(name))).collect()
    }

    fn added_to(&self, before: &Files) -> impl Iterator<Item = Heading<'_>> {
        self.both().into_iter().zip(before.both()).flat_map(|(now, before)| added(now, before))
    }

    /// The sessions and sets of services that these files have and `before` did not have.
    pub fn new_sections(&self, before: &Files) -> Vec<SectionName> {
        let new = self.added_to(before).filter_map(|heading| match heading {
            Heading::SsoSession(name) => Some(SectionName::SsoSession(name.into_owned())),
            Heading::Services(name) => Some(SectionName::Services(name.into_owned())),
            _ => None,
        });
        new.filter(|section| !before.find(section).exists()).collect()
    }

    /// The one that `new`, a session or a set of services, looks like.
    pub fn section_twin(&self, new: &SectionName) -> Option<String> {
        let name = Cow::from(new.name().to_owned());
        let twin = twins(&FxHashSet::from_iter([name]), self.siblings(new).into_iter()).pop()?;
        Some(twin.similar)
    }

    /// Those of the profiles `new` that look like one that there was before.
    pub fn twins(&self, new: &FxHashSet<Cow<'_, str>>) -> Vec<Twin> {
        if new.is_empty() { Vec::new() } else { twins(new, self.profiles()) }
    }
}

/// The names among `new` that look like one of `all` that isn't new.
fn twins<'n>(new: &FxHashSet<Cow<'_, str>>, all: impl Iterator<Item = Cow<'n, str>>) -> Vec<Twin> {
    let sums: FxHashSet<u32> = new.iter().map(|name| sum(&bare(name))).collect();
    let may_be_alike = |name: &str| !is_simple(name) || sums.contains(&sum(name));
    let mut alike: FxHashMap<[String; 2], Vec<Cow<'_, str>>> = FxHashMap::default();
    for name in all.filter(|name| may_be_alike(name) && !new.contains(name)) {
        alike.entry(letters(&bare(&name))).or_default().push(name);
    }
    let twin = |name: &Cow<'_, str>| {
        let text = bare(name);
        let candidates = alike.get(&letters(&text)).filter(|_| !text.is_empty())?;
        let same = candidates.iter().find(|other| bare(other) == text);
        let similar = same.or_else(|| nearest(name, candidates.iter()))?;
        Some(Twin { name: name.to_string(), similar: similar.to_string() })
    };
    let mut twins: Vec<Twin> = new.iter().filter_map(twin).collect();
    twins.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    twins
}

/// The headings of the sections that differ: those at the start and at the end that are in both files are passed over.
fn added<'f>(now: File<'f>, before: File<'_>) -> impl Iterator<Item = Heading<'f>> {
    let (new, old) = (now.document.sections(), before.document.sections());
    let (of_new, of_old) = (new.len(), old.len());
    let is_same =
        |(new, old): &(Section<'_>, Section<'_>)| now.document.text_of(new) == before.document.text_of(old);
    let start = new.zip(old).take_while(is_same).count();
    let (new, old) = (now.document.sections().rev(), before.document.sections().rev());
    let end = new.zip(old).take(of_new.min(of_old) - start).take_while(is_same).count();
    now.headings().skip(start).take(of_new - start - end).map(|(_, heading)| heading)
}

/// The sum of the letters and digits of a simple name, which is the same for all names that look like it.
fn sum(name: &str) -> u32 {
    let bytes = name.bytes().filter(u8::is_ascii_alphanumeric);
    bytes.map(|byte| u32::from(byte.to_ascii_lowercase())).sum()
}

/// Whether a name has only what [`bare`] leaves, as nearly always.
fn is_simple(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A name without what is easily there by mistake: case, quotes, commas, whitespace, invisible characters and the
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
        let twins = files.twins(&files.new_profiles(&before));
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
        assert_eq!(files.twins(&files.new_profiles(&before)), []);
    }
}
