//! What an edit meets that is not what it seems to be: settings below a key that has a plain value, values that come from
//! elsewhere, sections that are in the file and aren't read.

use super::{Error, FileKind, Files, Found, KeyPath, SectionName, is_credential};
use crate::ini::{Refusal, Value, lowered};
use crate::origin::{Origin, Place};

/// A setting that a section has from `[DEFAULT]`.
#[derive(Debug, PartialEq, Eq)]
pub struct Inherited {
    pub section: SectionName,
    pub key: String,
    pub place: Place,
}

impl Files {
    /// What sections inherit because these files have one that `before` did not have, where they had another value or none. Of
    /// those that are new in both files only credentials count: the others are what `[DEFAULT]` is for. Only profiles have
    /// credentials.
    pub fn newly_inherited(&self, before: &Files) -> Vec<Inherited> {
        let mut found = Vec::new();
        for kind in FileKind::ALL {
            let (file, old) = (self.file(kind), before.file(kind));
            let keys: Vec<String> =
                file.document.inherited_entries().map(|entry| lowered(entry.key()).into_owned()).collect();
            // A section that is renamed inherits what it did.
            if keys.is_empty() || file.document.sections().len() <= old.document.sections().len() {
                continue;
            }
            for (_, heading) in file.headings().filter(|(_, heading)| old.find(heading).is_none()) {
                let find = |files: &Files| files.file(FileKind::Config).find(&heading).is_some();
                let is_told =
                    kind == FileKind::Credentials && self.is_one_file() && find(self) && !find(before);
                let Some(name @ SectionName::Profile(_)) = heading.section() else { continue };
                if is_told || self.is_of_config(kind, name.name()) {
                    continue;
                }
                let (now, then) = (self.find(&name), before.find(&name));
                let inherited = keys.iter().filter_map(|key| {
                    let value = now.find(key).filter(Found::is_inherited)?;
                    let was = then.find(key);
                    let is_told = if then.exists() {
                        was.is_none_or(|was| was.text() != value.text())
                    } else {
                        is_credential(key)
                    };
                    let place = value.place();
                    let is_here = is_told && place.path == *file.path;
                    is_here.then(|| Inherited { section: name.clone(), key: key.clone(), place })
                });
                found.extend(inherited);
            }
        }
        found
    }

    /// Refuses to remove a key that is never a nested block with the settings that are indented below it.
    pub(super) fn refuse_block(&self, kind: FileKind, section: &SectionName, key: &str) -> Result<(), Error> {
        let sections = self.file(kind).find_all(&section.heading());
        let mut found = sections.iter().filter_map(|section| section.entry(key));
        let in_the_way = found.find_map(|entry| match entry.value() {
            Value::Block(lines) if !lines.is_empty() => Some((entry.line(), lines.len())),
            _ => None,
        });
        match in_the_way {
            Some((line, count)) => {
                Err(self.refused(kind, Refusal::BlockInTheWay { key: key.to_owned(), line, count }))
            }
            None => Ok(()),
        }
    }

    /// A header of one of the files that seems to mean `section`, and isn't read as it.
    pub fn twin(&self, section: &SectionName) -> Option<Place> {
        self.lookalikes(section).into_iter().next().map(|lookalike| lookalike.place)
    }

    /// Where another header of the profile is, if the config file has several that are spelled differently.
    pub fn respelled(&self, name: &str) -> Option<Place> {
        let config = self.file(FileKind::Config);
        let (_, other) = config.respelled(&SectionName::Profile(name.to_owned()))?;
        Some(config.header_place(&other))
    }

    /// Refuses to give one new header to several that are spelled differently.
    pub(super) fn refuse_respelled(&self, kind: FileKind, name: &str) -> Result<(), Error> {
        let file = self.file(kind);
        match file.respelled(&SectionName::Profile(name.to_owned())) {
            Some((last, other)) => {
                let (first, place) = (other.line(), file.header_place(&last));
                Err(Error::Respelled { name: name.to_owned(), first, place })
            }
            None => Ok(()),
        }
    }

    /// Refuses a section that seems to be in the file already.
    pub(super) fn refuse_twin(&self, kind: FileKind, section: &SectionName) -> Result<(), Error> {
        let found = self.file(kind).lookalikes(section).into_iter();
        let mut twins = found
            .filter(|found| !(found.is_name() || self.is_read_as_other(found) || self.is_its_own(found)));
        match twins.next() {
            Some(lookalike) => Err(Error::Lookalike { what: section.to_string(), lookalike }),
            None => Ok(()),
        }
    }

    /// Where `[DEFAULT]` gives `section` a value for `key`.
    pub fn inherited(&self, section: &SectionName, key: &KeyPath) -> Option<Place> {
        self.find(section).values(&key.name).find_map(|found| match found.origin {
            Origin::File(place) if place.section.as_deref() == Some("DEFAULT") => {
                let has = key.nested.as_ref().is_none_or(|nested| found.value.nested(nested).is_some());
                has.then_some(place)
            }
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_section_tells_what_it_inherits_without_being_asked_to() {
        const TOKEN: &str = "[DEFAULT]\naws_session_token = old\nregion = eu-west-1\n";
        for (config, credentials, key, expected) in [
            ("", TOKEN, "aws_access_key_id", &["aws_session_token"][..]),
            (
                "[profile new]\nregion = us-east-1\n",
                TOKEN,
                "aws_access_key_id",
                &["aws_session_token", "region"],
            ),
            ("[profile new]\nregion = eu-west-1\n", TOKEN, "aws_access_key_id", &["aws_session_token"]),
            ("", TOKEN, "aws_session_token", &[]),
            ("", "[new]\n[DEFAULT]\naws_session_token = old\n", "aws_access_key_id", &[]),
            ("", "[default]\naws_session_token = old\n", "aws_access_key_id", &[]),
            // What the section has in the other file, which takes precedence, isn't inherited.
            ("[DEFAULT]\nregion = x\n", "[new]\nregion = y\n", "output", &[]),
            ("[DEFAULT]\nregion = x\n", "[new]\naws_session_token = y\n", "output", &["region"]),
        ] {
            let before = Files::of_texts(config, credentials);
            let mut files = before.clone();
            let new = SectionName::Profile("new".to_owned());
            files.set(&new, &KeyPath::parse(key).unwrap(), "x", false).unwrap();
            let inherited = files.newly_inherited(&before);
            assert!(
                inherited
                    .iter()
                    .all(|one| one.section == new && one.place.section.as_deref() == Some("DEFAULT"))
            );
            let keys: Vec<_> = inherited.iter().map(|one| one.key.as_str()).collect();
            assert_eq!(keys, expected, "{config}{credentials}");
        }
        let before = Files::of_texts(TOKEN, "");
        let sections: [fn(String) -> SectionName; 2] = [SectionName::SsoSession, SectionName::Services];
        for (section, key) in sections.into_iter().zip(["sso_region", "s3.endpoint_url"]) {
            let mut files = before.clone();
            files.set(&section("new".to_owned()), &KeyPath::parse(key).unwrap(), "x", false).unwrap();
            assert_eq!(files.newly_inherited(&before), []);
        }
        let before = Files::of_texts("", &format!("{TOKEN}[a]\n"));
        let mut files = before.clone();
        files.rename_profile("a", "new").unwrap();
        assert_eq!(files.newly_inherited(&before), []);
    }
}
