//! Access keys in the files: where one is, and another in its place.

use super::{Error, Files, Heading};
use crate::ini::{Key, Section, Value};
use crate::origin::Place;
use crate::secret::Secret;
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
    use crate::world::World;

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
