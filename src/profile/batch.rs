//! Many changes to whole profiles of the config file, made together: what they cost grows with the file, not with the
//! file times the changes.

use rustc_hash::FxHashMap;

use super::following::bare;
use super::header::new_header;
use super::{Error, FileKind, Files, Followed, Heading, KeyPath, SectionName, invocation};

/// A profile to add, with a comment directly below its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProfile {
    pub name: String,
    /// With its `#`.
    pub comment: String,
    /// In this order.
    pub keys: Vec<(KeyPath, String)>,
}

/// Changes to profiles, which are made together or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Old and new names. What refers to an old name follows. A new name may be the old one of an earlier pair.
    pub renamed: Vec<(String, String)>,
    /// Keys to set, by the old names.
    pub set: Vec<(String, Vec<(KeyPath, String)>)>,
    /// Profiles to add at the end, in this order.
    pub added: Vec<NewProfile>,
    /// The names of the profiles to remove from the config file. They are free for others then.
    pub removed: Vec<String>,
}

impl Files {
    /// Makes all changes, or none if one is refused.
    pub fn make(&mut self, batch: &Batch) -> Result<Followed, Error> {
        let unchanged = self.documents.clone();
        // First and separately, because the other changes find profiles by their names and sections by their numbers.
        let made = self.remove_profiles(&batch.removed).and_then(|()| self.make_others(batch));
        if made.is_err() {
            self.documents = unchanged;
            self.lookups = Default::default();
        }
        made
    }

    fn remove_profiles(&mut self, names: &[String]) -> Result<(), Error> {
        self.change(|files| {
            for name in names {
                let heading = Heading::Profile(name.into());
                for section in files.files.file(FileKind::Config).find_all(&heading) {
                    files.draft(FileKind::Config, |draft| draft.remove(section.index()))?;
                }
            }
            Ok(())
        })
    }

    fn make_others(&mut self, batch: &Batch) -> Result<Followed, Error> {
        let follow = self.following(&batch.renamed);
        self.change(|files| {
            for (name, keys) in &batch.set {
                let section = SectionName::Profile(name.clone());
                for (key, value) in keys {
                    files.set(FileKind::Config, &section, key.as_key(), value, false)?;
                }
            }
            for (from, to) in &batch.renamed {
                let new = SectionName::Profile(to.clone());
                let sections = files.files.sections_of(from);
                for kind in FileKind::ALL {
                    let header = new_header(kind, &new)?;
                    files.files.refuse_respelled(kind, from)?;
                    for (_, section) in sections.iter().filter(|(found, _)| *found == kind) {
                        files.draft(kind, |draft| draft.rename(*section, &header))?;
                    }
                }
            }
            follow.make(files)?;
            for profile in &batch.added {
                let section = SectionName::Profile(profile.name.clone());
                let header = new_header(FileKind::Config, &section)?;
                let entries: Vec<_> =
                    profile.keys.iter().map(|(key, value)| (key.as_key(), value.as_str())).collect();
                files.draft(FileKind::Config, |draft| {
                    draft.add_commented(&header, &profile.comment, &entries)
                })?;
            }
            Ok(())
        })?;
        Ok(follow.made(self))
    }

    /// What refers to a profile, for many of them.
    pub fn users(&self) -> Users {
        let mut users = Users::default();
        for found in self.references_where(|_, is_command| Some(is_command.then(String::new))) {
            if found.program.is_some() {
                users.commands.push((found.user, found.value));
            } else if found.user != found.value {
                users.names.entry(found.value).or_default().push(found.user);
            }
        }
        users
    }
}

/// Who refers to which profile.
#[derive(Debug, Default)]
pub struct Users {
    names: FxHashMap<String, Vec<String>>,
    /// The users with their command lines.
    commands: Vec<(String, String)>,
}

impl Users {
    /// A profile that refers to `name`, other than itself.
    pub fn of(&self, name: &str) -> Option<&str> {
        let by_name = self.names.get(name).and_then(|users| users.first());
        let by_command = || {
            let bare_name = bare(name);
            let others =
                self.commands.iter().filter(|(user, line)| user != name && bare(line).contains(&bare_name));
            others
                .map(|(user, line)| (user, invocation::mentions(line, name)))
                .find(|(_, all)| !all.is_empty())
        };
        by_name.or_else(|| by_command().map(|(user, _)| user)).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Left;

    const CONFIG: &str = "[profile a]\nregion = x\n[profile b]\nregion = y\n\
                          [profile one]\nsource_profile = a\n\
                          [profile both]\ncredential_process = sh -c 'xcred credential-process -p a || xcred credential-process -p b'\n\
                          [profile vault]\ncredential_process = aws-vault exec b -- x\n";

    #[test]
    fn what_only_some_sdks_take_for_an_old_name_is_left_and_reported() {
        let config = "[profile a]\n[profile b]\n[profile r]\nsource_profile = a # base\n[profile s]\nsource_profile = \"b\"\n\
                      [profile t]\nsource_profile = c # a\n[profile u]\nsource_profile = 'x'\n[profile \"'x'\"]\n[profile x]\n";
        let mut files = Files::of_texts(config, "");
        let renamed = vec![pair("a", "a2"), pair("b", "b2"), pair("'x'", "y")];
        let followed = files.make(&Batch { renamed, ..Batch::default() }).unwrap();
        let left: Vec<_> = followed
            .left
            .iter()
            .map(|Left { place, program, name, new_name }| {
                format!("{} {program} {name} {new_name}", place.line)
            })
            .collect();
        assert_eq!(left, ["4 source_profile a a2", "6 source_profile b b2"]);
        let places: Vec<_> = followed.places.iter().map(|place| place.line).collect();
        assert_eq!(places, [10]);
    }

    #[test]
    fn a_name_with_what_quotes_is_found_in_command_lines() {
        for name in ["a\"b", "a\\b"] {
            let config = format!(
                "[profile '{name}']\n[profile u]\ncredential_process = xcred credential-process -p '{name}'\n\
                 [profile w]\ncredential_process = aws-vault exec '{name}' --json\n"
            );
            let mut files = Files::of_texts(&config, "");
            let users = files.users();
            assert_eq!(users.of(name), Some("u"), "{name}");
            let followed = files.make(&Batch { renamed: vec![pair(name, "c")], ..Batch::default() }).unwrap();
            assert_eq!(followed.places.iter().map(|place| place.line).collect::<Vec<_>>(), [3], "{name}");
            assert_eq!(followed.left.iter().map(|left| left.place.line).collect::<Vec<_>>(), [5], "{name}");
        }
    }

    #[test]
    fn of_repeated_lines_none_is_changed_and_the_last_is_reported() {
        let config = "[profile a]\n[profile r]\nsource_profile = x\nsource_profile = a\n\
                      [profile s]\ncredential_process = other\ncredential_process = sh -c 'xcred credential-process -p a || aws-vault exec a -- x'\n";
        let mut files = Files::of_texts(config, "");
        let followed = files.make(&Batch { renamed: vec![pair("a", "b")], ..Batch::default() }).unwrap();
        let left: Vec<_> = followed.left.iter().map(|left| (left.place.line, &*left.program)).collect();
        assert_eq!(left, [(4, "source_profile"), (7, "aws-vault")]);
        assert!(followed.places.is_empty());
        let text = String::from_utf8(files.file(FileKind::Config).document.bytes().to_vec()).unwrap();
        assert_eq!(text, config.replace("[profile a]", "[profile b]"));
    }

    fn pair(from: &str, to: &str) -> (String, String) {
        (from.to_owned(), to.to_owned())
    }

    #[test]
    fn references_to_several_names_follow_at_once() {
        let mut files = Files::of_texts(CONFIG, "[a]\naws_access_key_id = x\n");
        let renamed = vec![pair("b", "c"), pair("a", "b")];
        let followed = files.make(&Batch { renamed, ..Batch::default() }).unwrap();
        let config = String::from_utf8_lossy(files.file(FileKind::Config).document.bytes()).into_owned();
        let expected = CONFIG
            .replace("[profile b]", "[profile c]")
            .replace("[profile a]", "[profile b]")
            .replace("source_profile = a", "source_profile = b")
            .replace("-p b'", "-p c'")
            .replace("-p a ", "-p b ");
        assert_eq!(config, expected);
        assert!(files.file(FileKind::Credentials).document.bytes().starts_with(b"[b]"));
        let lines: Vec<u32> = followed.places.iter().map(|place| place.line).collect();
        assert_eq!(lines, [6, 8]);
        let left: Vec<_> =
            followed.left.iter().map(|left| (&*left.program, &*left.name, left.place.line)).collect();
        assert_eq!(left, [("aws-vault", "b", 10)]);
    }

    #[test]
    fn users_are_found_by_name_and_in_command_lines() {
        let files = Files::of_texts(CONFIG, "");
        let users = files.users();
        assert_eq!([users.of("a"), users.of("b"), users.of("one")], [Some("one"), Some("both"), None]);
    }

    #[test]
    fn nothing_is_made_if_one_change_is_refused() {
        let mut files = Files::of_texts(CONFIG, "");
        let profile = |comment: &str| NewProfile {
            name: "new".to_owned(),
            comment: comment.to_owned(),
            keys: vec![(KeyPath::parse("region").unwrap(), "z".to_owned())],
        };
        let removed = vec!["a".to_owned()];
        for comment in ["# one\n[profile x]", "no comment", ""] {
            let batch = Batch { added: vec![profile(comment)], removed: removed.clone(), ..Batch::default() };
            assert!(files.make(&batch).is_err(), "{comment}");
            assert_eq!(files.file(FileKind::Config).document.bytes(), CONFIG.as_bytes());
        }
        let batch = Batch { added: vec![profile("# mine")], removed, ..Batch::default() };
        files.make(&batch).unwrap();
        let text = String::from_utf8_lossy(files.file(FileKind::Config).document.bytes()).into_owned();
        assert!(
            text.starts_with("[profile b]") && text.ends_with("\n\n[profile new]\n# mine\nregion = z\n"),
            "{text}"
        );
    }
}
