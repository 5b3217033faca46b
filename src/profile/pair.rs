//! Access keys in the files: where one is, and another in its place.

use super::{Error, FileKind, Files, Found, Heading, Profile};
use crate::failure::{Command, Hint};
use crate::ini::{Key, Section, Value};
use crate::origin::Place;
use crate::secret::{Secret, is_plausible_access_key_id};
use crate::settings::{AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY};

pub(super) const ID: &str = AWS_ACCESS_KEY_ID.name;
pub(super) const SECRET: &str = AWS_SECRET_ACCESS_KEY.name;

/// A section that holds an access key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The line of the key's ID.
    pub place: Place,
    /// The profile that the section is; none for `[DEFAULT]`, and where nothing reads it.
    pub profile: Option<String>,
}

/// A profile's access key whose ID is in one file and whose secret is in the other: boto3 and AWS CLI use neither.
pub struct SplitPair<'f> {
    pub id: Found<'f>,
    pub secret: Found<'f>,
    /// The file that has the secret.
    pub with_secret: FileKind,
}

impl<'f> Profile<'f> {
    /// The access key, if one half is in each file and no file has both.
    pub fn split_pair(&self) -> Option<SplitPair<'f>> {
        FileKind::ALL.into_iter().find_map(|with_secret| {
            let with_id = with_secret.other();
            let (id, secret) = (self.find_in(with_id, ID)?, self.find_in(with_secret, SECRET)?);
            let is_split = self.find_in(with_id, SECRET).is_none() && self.find_in(with_secret, ID).is_none();
            is_split.then_some(SplitPair { id, secret, with_secret })
        })
    }
}

impl SplitPair<'_> {
    /// What brings the halves together. An ID in the credentials file takes precedence wherever else one is, so that it can't
    /// move to the config file.
    pub fn fix(&self, profile: &str) -> Hint {
        let id = self.id.text().filter(|id| is_plausible_access_key_id(id));
        together(id.as_deref().filter(|_| self.with_secret == FileKind::Credentials), profile)
    }
}

/// What puts the ID of a profile's access key beside its secret, or without the ID the secret beside that.
pub fn together(id: Option<&str>, profile: &str) -> Hint {
    match id {
        Some(id) => Hint::from("put the ID beside the secret: ").run(Command::set(ID, id).profile(profile)),
        None => Hint::from("set the secret beside the ID: ").run(Command::set(SECRET, "-").profile(profile)),
    }
}

impl Files {
    /// Every section of both files that holds the access key `id`, also where another section outdoes it: a key that
    /// is replaced must not come back when that one goes.
    pub fn holders(&self, id: &str) -> Vec<Holder> {
        let mut holders = Vec::new();
        for kind in self.kinds() {
            let file = self.file(kind);
            for (section, heading) in file.headings() {
                let Some(entry) = section.entry(ID).filter(|_| holds(&section, id)) else { continue };
                let place = file.entry_place(&section, &entry);
                let profile = match heading {
                    Heading::Profile(name) => Some(name.into_owned()),
                    // It is a profile's in the credentials file.
                    Heading::Other(name) if self.is_one_file() => Some(name.to_owned()),
                    _ => None,
                };
                holders.push(Holder { place, profile });
            }
        }
        holders
    }

    /// Puts the key `new_id` with its secret wherever the key `id` is, and returns where that is.
    pub fn replace_key(&mut self, id: &str, new_id: &str, secret: &Secret) -> Result<Vec<Place>, Error> {
        let found = self.change(|files| {
            let mut found = Vec::new();
            for kind in files.files.kinds() {
                let sections = files.files.file(kind).document.sections();
                for section in sections.filter(|section| holds(section, id)).map(|section| section.index()) {
                    for (key, value) in [(ID, new_id), (SECRET, secret.expose())] {
                        files.draft(kind, |draft| draft.set(section, Key::plain(key), value, false))?;
                    }
                    found.push((kind, section));
                }
            }
            Ok(found)
        })?;
        let places = found.into_iter().filter_map(|(kind, section)| {
            let file = self.file(kind);
            let section = file.document.section(section);
            Some(file.entry_place(&section, &section.entry(ID)?))
        });
        Ok(places.collect())
    }
}

/// Whether a section has the access key `id`.
pub(super) fn holds(section: &Section<'_>, id: &str) -> bool {
    let value = section.entry(ID).map(|entry| entry.value());
    value.as_ref().and_then(Value::as_text).is_some_and(|found| found.expose() == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{KeyPath, SectionName};
    use crate::world::World;

    #[test]
    fn a_part_of_a_key_is_set_beside_what_it_belongs_to() {
        let (id, secret) = ("aws_access_key_id", "aws_secret_access_key");
        let token = "aws_session_token";
        let (in_config, in_credentials) = (FileKind::Config, FileKind::Credentials);
        for (config, credentials, key, expected) in [
            (&[id][..], &[secret][..], secret, in_config),
            (&[id], &[secret], id, in_credentials),
            (&[secret], &[id], secret, in_credentials),
            // The one in the credentials file takes precedence wherever else an ID is.
            (&[secret], &[id], id, in_credentials),
            (&[id, secret], &[token], token, in_config),
            (&[token], &[id, secret], token, in_credentials),
            (&[id, secret], &[id, secret], token, in_credentials),
            (&[id, secret], &[], id, in_config),
            (&[secret], &[token], id, in_config),
            (&[], &[], token, in_credentials),
        ] {
            let text = |header: &str, keys: &[&str]| {
                keys.iter().fold(format!("[{header}]\n"), |text, key| format!("{text}{key} = old\n"))
            };
            let mut files = Files::of_texts(&text("profile a", config), &text("a", credentials));
            let section = SectionName::Profile("a".to_owned());
            files.set(&section, &KeyPath::plain(key), "new", false).unwrap();
            let found = files.profile("a").value_in(expected, key).unwrap().value;
            assert_eq!(found.as_text().unwrap().expose(), "new", "{key}: {config:?} {credentials:?}");
        }
    }

    #[test]
    fn a_split_pair_is_brought_together_by_the_command_that_is_its_fix() {
        let half = |header: &str, key: &str, value: &str| format!("[{header}]\n{key} = {value}\n");
        let id = "AKIAIOSFODNN7EXAMPLE";
        for (config, credentials, fix) in [
            (
                half("profile a", ID, id),
                half("a", SECRET, "s"),
                "`xcred set aws_access_key_id AKIAIOSFODNN7EXAMPLE --profile a`",
            ),
            (
                half("profile a", ID, "odd"),
                half("a", SECRET, "s"),
                "`xcred set aws_secret_access_key - --profile a`",
            ),
            (
                half("profile a", SECRET, "s"),
                half("a", ID, id),
                "`xcred set aws_secret_access_key - --profile a`",
            ),
        ] {
            let files = Files::of_texts(&config, &credentials);
            let found = files.profile("a").split_pair().unwrap().fix("a").to_string();
            assert!(found.ends_with(fix), "{found}");
        }
        let pair = format!("[a]\n{ID} = {id}\n{SECRET} = s\n");
        for config in [half("profile a", ID, id), half("profile a", SECRET, "s"), String::new()] {
            assert!(Files::of_texts(&config, &pair).profile("a").split_pair().is_none());
        }
    }

    #[test]
    fn a_key_is_found_and_replaced_wherever_it_stands() {
        let home = tempfile::tempdir().unwrap();
        let world = World::of([("HOME", home.path().to_str().unwrap())]);
        let secret = Secret::new("s");
        crate::store::edit(&[&home.path().join(".aws/config"), &home.path().join(".aws/credentials")], |files| {
            files[0] = b"[profile a]\naws_access_key_id = OLD\naws_secret_access_key = x\n[profile 'a']\nregion = r\n".to_vec();
            files[1] = b"[DEFAULT]\naws_access_key_id: OLD\n# c\naws_secret_access_key=y\n[b]\naws_access_key_id=OTHER\n[c]\naws_access_key_id =OLD\n".to_vec();
            Ok::<_, crate::store::Problem>(())
        })
        .unwrap();
        let files = Files::load(&world).unwrap();
        let found: Vec<(u32, Option<String>)> =
            files.holders("OLD").into_iter().map(|holder| (holder.place.line, holder.profile)).collect();
        assert_eq!(found, [(2, Some("a".to_owned())), (2, None), (8, Some("c".to_owned()))]);
        let (places, edited) = Files::edit(&world, |files| files.replace_key("OLD", "NEW", &secret)).unwrap();
        assert_eq!(places.len(), 3);
        let texts: Vec<String> =
            edited.iter().map(|edited| String::from_utf8_lossy(edited.after.bytes()).into_owned()).collect();
        assert_eq!(
            texts[0],
            "[profile a]\naws_access_key_id = NEW\naws_secret_access_key = s\n[profile 'a']\nregion = r\n"
        );
        assert!(texts[1].starts_with("[DEFAULT]\naws_access_key_id: NEW\n# c\naws_secret_access_key=s\n[b]\naws_access_key_id=OTHER\n[c]\naws_access_key_id =NEW\naws_secret_access_key"));
        assert!(Files::load(&world).unwrap().holders("OLD").is_empty());
    }
}
