//! Changes to both files that are made together: each file is parsed once before and once after, however many there are.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::header::new_header;
use super::{Error, FileKind, Files, SectionName};
use crate::ini::{Document, Draft, Key, Refusal, Section};
use crate::origin::Place;

/// Drafts of the files. A change that one of them refuses is made in none.
pub(super) struct Changes<'f> {
    pub(super) files: &'f Files,
    drafts: Vec<Draft<'f>>,
    /// The headers that were added to each draft, with their index.
    added: FxHashMap<(usize, String), usize>,
}

impl Files {
    /// Makes all changes, or none if one is refused.
    pub(super) fn change<T>(
        &mut self,
        make: impl FnOnce(&mut Changes<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let drafts = self.documents.iter().map(|document| Draft::of(document)).collect();
        let mut changes = Changes { files: self, drafts, added: FxHashMap::default() };
        let outcome = make(&mut changes)?;
        let kinds = FileKind::ALL.into_iter();
        let finished = kinds.zip(changes.drafts).map(|(kind, draft)| {
            if draft.is_empty() {
                return Ok(None);
            }
            draft.finish().map(Some).map_err(|refusal| self.refused(kind, refusal))
        });
        let finished = finished.collect::<Result<Vec<Option<Document>>, Error>>()?;
        for (document, finished) in self.documents.iter_mut().zip(finished) {
            if let Some(finished) = finished {
                *document = Rc::new(finished);
            }
        }
        self.lookups = Default::default();
        Ok(outcome)
    }

    pub(super) fn refused(&self, kind: FileKind, refusal: Refusal) -> Error {
        let file = self.file(kind);
        let place = refusal.line().map(|line| {
            let section = file.document.sections().take_while(|section| section.line() <= line).last();
            let section = section.map(|section| file.document.text_of(&section).into());
            Place { path: file.path.clone(), line, section, key: None }
        });
        let fix = match refusal {
            Refusal::LostHeader { line, .. } => file.fixes_of_twins().remove(&line),
            _ => None,
        };
        Error::Refused { refusal, place, fix, may_replace: false }
    }

    /// The files that are distinct: one that serves as both is the config file.
    pub(super) fn kinds(&self) -> impl Iterator<Item = FileKind> + use<> {
        FileKind::ALL.into_iter().take(self.documents.len())
    }
}

impl<'f> Changes<'f> {
    /// The index of a file's draft.
    fn at(&self, kind: FileKind) -> usize {
        (kind as usize).min(self.drafts.len() - 1)
    }

    /// Makes a change in one file.
    pub(super) fn draft<T>(
        &mut self,
        kind: FileKind,
        change: impl FnOnce(&mut Draft<'f>) -> Result<T, Refusal>,
    ) -> Result<T, Error> {
        let at = self.at(kind);
        change(&mut self.drafts[at]).map_err(|refusal| self.files.refused(kind, refusal))
    }

    /// Sets `key` of the section, which is added if the file doesn't have it. Returns the lines of repetitions, also those
    /// in other sections with the same header: botocore reads the file only once they are one.
    pub(super) fn set(
        &mut self,
        kind: FileKind,
        section: &SectionName,
        key: Key<'_>,
        value: &str,
        replace: bool,
    ) -> Result<Vec<u32>, Error> {
        let all = self.files.file(kind).find_all(&section.heading());
        let index = match all.last() {
            Some(found) => found.index(),
            None => {
                let header = new_header(kind, section)?;
                // One file may be both, with one header for both.
                let added = (self.at(kind), header);
                match self.added.get(&added) {
                    Some(index) => *index,
                    None => {
                        self.files.refuse_twin(kind, section)?;
                        let index = self.draft(kind, |draft| draft.add(&added.1))?;
                        self.added.insert(added, index);
                        index
                    }
                }
            }
        };
        let mut repetitions = Vec::new();
        if let Some((last, earlier)) = all.split_last() {
            for repeated in earlier.iter().filter(|repeated| repeated.name() == last.name()) {
                repetitions.extend(self.clear(kind, repeated, key, replace)?);
            }
        }
        repetitions.extend(self.draft(kind, |draft| draft.set(index, key, value, replace))?);
        Ok(repetitions)
    }

    /// Removes `key` from every section of this name that has it. Returns the line of the last one, which takes precedence,
    /// and those of repetitions.
    pub(super) fn unset(
        &mut self,
        kind: FileKind,
        section: &SectionName,
        key: Key<'_>,
        replace: bool,
    ) -> Result<Option<(u32, Vec<u32>)>, Error> {
        let mut lines = Vec::new();
        for found in self.files.file(kind).find_all(&section.heading()) {
            lines.extend(self.clear(kind, &found, key, replace)?);
        }
        Ok(lines.pop().map(|last| (last, lines)))
    }

    /// Removes `key` from one section. Returns all lines that had it.
    fn clear(
        &mut self,
        kind: FileKind,
        section: &Section<'_>,
        key: Key<'_>,
        replace: bool,
    ) -> Result<Vec<u32>, Error> {
        let line = section.line_of(key);
        let mut lines = self.draft(kind, |draft| draft.unset(section.index(), key, replace))?;
        if let Some(lines) = &mut lines {
            lines.extend(line);
        }
        Ok(lines.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Explain as _;
    use crate::ini::DISGUISED;
    use crate::profile::KeyPath;

    #[test]
    fn the_help_for_a_value_in_the_way_of_a_block_is_the_command_that_removes_it() {
        let mut files = Files::of_texts("[profile a]\n[profile dev]\ns3 = foo\n[profile b]\n", "");
        let (dev, key) = (SectionName::Profile("dev".to_owned()), KeyPath::parse("s3.a").unwrap());
        let refused = files.set(&dev, &key, "1", false).unwrap_err();
        let help = refused.help().and_then(|help| Some(help.command()?.to_string()));
        assert_eq!(help.as_deref(), Some("xcred unset s3 --profile dev"));
        files.unset(&dev, &KeyPath::parse("s3").unwrap(), false).unwrap();
        files.set(&dev, &key, "1", false).unwrap();
    }

    #[test]
    fn a_key_is_changed_in_every_section_of_the_name() {
        let dev = SectionName::Profile("dev".to_owned());
        let [region, nested] = ["region", "s3.a"].map(|key| KeyPath::parse(key).unwrap());
        let text = |files: &Files| {
            String::from_utf8_lossy(files.file(FileKind::Config).document.bytes()).into_owned()
        };
        let config =
            "[profile dev]\nregion = x\ns3 =\n  a = 1\n  b = 2\n[profile dev]\nregion = y\noutput = json\n";
        let mut files = Files::of_texts(config, "");
        let removed = files.unset(&dev, &region, false).unwrap();
        assert_eq!((removed[0].place.line, &*removed[0].repetitions), (7, &[2][..]));
        assert_eq!(files.unset(&dev, &nested, false).unwrap()[0].place.line, 3);
        assert_eq!(text(&files), "[profile dev]\ns3 =\n  b = 2\n[profile dev]\noutput = json\n");
        let placed = files.set(&dev, &region, "z", false).unwrap();
        assert_eq!((placed.place.line, placed.repetitions.len()), (6, 0));

        let mut files = Files::of_texts(config, "");
        assert_eq!(files.set(&dev, &region, "z", false).unwrap().repetitions, [2]);
        assert_eq!(text(&files), config.replace("region = x\n", "").replace("= y", "= z"));

        // The last section takes precedence, and nothing refuses the file. Other SDKs merge them.
        let config = "[profile dev]\nregion = x\n[profile 'dev']\nregion = y\n";
        let mut files = Files::of_texts(config, "");
        files.set(&dev, &region, "z", false).unwrap();
        assert_eq!(text(&files), config.replace("= y", "= z"));
        files.unset(&dev, &region, false).unwrap();
        assert_eq!(text(&files), "[profile dev]\n[profile 'dev']\n");
    }

    #[test]
    fn a_line_below_one_without_a_meaning_goes_only_when_it_is_asked_for() {
        let dev = SectionName::Profile("dev".to_owned());
        let region = KeyPath::parse("region").unwrap();
        for (config, stray, line) in [
            ("[profile dev]\nregion = x\naws_secret_access_key\n  CANARY\noutput = json\n", 3, 4),
            ("[profile dev]\nregion = x\n  y\n# about\nnote for me\n\n    indented note\n", 5, 7),
        ] {
            let mut files = Files::of_texts(config, "");
            let before = files.file(FileKind::Config).document.bytes().to_vec();
            for refused in [
                files.set(&dev, &region, "z", false).unwrap_err(),
                files.unset(&dev, &region, false).unwrap_err(),
            ] {
                let Error::Refused {
                    refusal: Refusal::BelowStray { owner, stray: found, line: below, .. },
                    ..
                } = refused
                else {
                    panic!("{refused}")
                };
                assert_eq!((owner, found, below), (2, stray, line), "{config}");
            }
            assert_eq!(files.file(FileKind::Config).document.bytes(), before);
            files.set(&dev, &region, "z", true).unwrap();
        }
        // Comments and empty lines are among those of a value.
        let mut files = Files::of_texts("[profile dev]\nregion = x\n# c\n\n  y\nnote\n", "");
        files.set(&dev, &region, "z", false).unwrap();
    }

    #[test]
    fn what_is_below_a_line_without_a_meaning_stays_unless_it_is_to_be_replaced() {
        let a = SectionName::Profile("a".to_owned());
        let [id, secret, token] = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"]
            .map(|key| KeyPath::parse(key).unwrap());
        let others = ["dev", "profile dev", "[]", "```", "======="];
        for stray in DISGUISED.into_iter().chain(others) {
            let own = "[a]\naws_access_key_id = A\naws_secret_access_key = CANARY1\n";
            let below = format!("{stray}\naws_access_key_id = B\naws_secret_access_key = CANARY2\n");
            let credentials = format!("{own}{below}");
            let before = Files::of_texts("[profile b]\nsource_profile = a\n", &credentials);
            let text = |files: &Files| {
                String::from_utf8_lossy(files.file(FileKind::Credentials).document.bytes()).into_owned()
            };
            for edit in [
                &|files: &mut Files| files.set(&a, &secret, "CANARY3", false).map(drop) as Result<(), Error>,
                &|files| files.unset(&a, &secret, false).map(drop),
                &|files| files.unset(&a, &id, false).map(drop),
                &|files| files.remove_profile("a", true).map(drop),
                &|files| files.copy_profile("a", "c", |_| false).map(drop),
            ] as [&dyn Fn(&mut Files) -> Result<(), Error>; 5]
            {
                let mut files = before.clone();
                let refused = edit(&mut files).unwrap_err();
                assert!(refused.to_string().starts_with("credentials:4: "), "{stray}: {refused}");
                assert!(!refused.help().unwrap().to_string().contains("--replace"), "{stray}");
                assert!(refused.or_replace().help().is_some());
                assert_eq!(text(&files), credentials, "{stray}");
            }
            // What is added, or is above, leaves what is below as it is.
            let mut files = before.clone();
            files.set(&a, &token, "t", false).unwrap();
            assert_eq!(text(&files), format!("{own}aws_session_token = t\n{below}"), "{stray}");
            files.set(&a, &token, "u", false).unwrap();
            files.unset(&a, &token, false).unwrap();
            files.rename_profile("a", "c").unwrap();
            assert_eq!(text(&files), credentials.replace("[a]", "[c]"), "{stray}");

            let mut files = before.clone();
            files.set(&a, &secret, "CANARY3", true).unwrap();
            assert!(!text(&files).contains("CANARY2"), "{stray}");
        }
    }

    #[test]
    fn a_file_with_a_merge_conflict_is_edited_only_when_that_is_settled() {
        let [a, c] = ["a", "c"].map(|name| SectionName::Profile(name.to_owned()));
        let region = KeyPath::parse("region").unwrap();
        for marks in [
            ["<<<<<<< HEAD", "=======", ">>>>>>> b"],
            ["# 1", "||||||| x", "# 2"],
            ["# 1", "# 2", ">>>>>>> b"],
        ] {
            let [first, second, third] = marks;
            let config = format!(
                "[profile a]\noutput = x\n{first}\nregion = x\n{second}\nregion = y\n{third}\n[profile c]\nregion = x\n"
            );
            let before = Files::of_texts(&config, "[a]\naws_session_token = t\n");
            for replace in [false, true] {
                for section in [&a, &c] {
                    let mut files = before.clone();
                    let refused = files.set(section, &region, "z", replace).unwrap_err();
                    assert!(
                        matches!(refused, Error::Refused { refusal: Refusal::Conflict { .. }, .. }),
                        "{refused}"
                    );
                    files.unset(section, &region, replace).unwrap_err();
                    files.rename_profile("a", "d").unwrap_err();
                    assert_eq!(files.file(FileKind::Config).document.bytes(), config.as_bytes());
                }
            }
            let mut files = before.clone();
            files.set(&a, &KeyPath::parse("aws_session_token").unwrap(), "u", false).unwrap();
        }
    }

    #[test]
    fn a_name_in_another_encoding_gets_no_twin() {
        let [id, region] = ["aws_access_key_id", "region"].map(|key| KeyPath::parse(key).unwrap());
        let before = {
            let mut files = Files::of_texts("", "");
            files.documents[1] =
                Rc::new(Document::parse(b"[dev]\n[caf\xe9]\naws_access_key_id = x\n".to_vec()));
            files
        };
        let named = |name: &str| SectionName::Profile(name.to_owned());
        let mut files = before.clone();
        let refused = files.set(&named("café"), &id, "A", false).unwrap_err();
        assert!(matches!(refused, Error::Refused { refusal: Refusal::NotUtf8 { line: 2 }, .. }), "{refused}");
        files.rename_profile("dev", "café").unwrap_err();
        let unknown = files.remove_profile("café", false).unwrap_err();
        assert!(!unknown.help().unwrap().to_string().contains("caf"), "{unknown}");
        // ASCII is the same in all of them.
        files.set(&named("dev"), &id, "A", false).unwrap();
        files.set(&named("new"), &id, "A", false).unwrap();
        files.set(&named("café"), &region, "eu-west-1", false).unwrap();
    }

    #[test]
    fn a_header_that_is_a_name_of_its_own_is_no_twin_of_a_new_section() {
        let region = KeyPath::parse("region").unwrap();
        let token = KeyPath::parse("aws_session_token").unwrap();
        for (config, credentials, name, key, is_made) in [
            ("", "[profile-dev]\n", "dev", &token, true),
            ("", "[profiledev]\n", "dev", &token, true),
            ("[user-dev]\nregion = x\n", "", "dev", &region, true),
            ("[aws-dev]\nregion = x\n", "", "dev", &region, true),
            ("[my-profile]\nregion = x\n", "", "my", &region, true),
            ("[profile my profile]\nregion = x\n", "", "my", &region, true),
            ("", "[profile dev]\n", "dev", &token, false),
            ("", "[Default]\n", "default", &token, false),
            ("[dev]\nregion = x\n", "", "dev", &region, false),
            ("[profle dev]\nregion = x\n", "", "dev", &region, false),
            ("[profile profiles dev]\nregion = x\n", "", "dev", &region, false),
            ("[profiles.dev]\nregion = x\n", "", "dev", &region, false),
            ("[profile dev\n", "", "dev", &region, false),
            ("［profile dev］\n", "", "dev", &region, false),
            ("[profile dev］\n", "", "dev", &region, false),
            ("［profile dev]\n", "", "dev", &region, false),
            ("{profile dev}\n", "", "dev", &region, false),
            ("(default)\n", "", "default", &region, false),
            ("", "【dev】\n", "dev", &token, false),
            ("", "[x]\n\"[dev]\"\n", "dev", &token, false),
            ("", "［other］\n", "dev", &token, true),
        ] {
            let mut files = Files::of_texts(config, credentials);
            let made = files.set(&SectionName::Profile(name.to_owned()), key, "x", false);
            assert_eq!(made.is_ok(), is_made, "{config}{credentials}");
        }
        let mut files = Files::of_texts("", "[profile-dev]\n");
        files.copy_profile("profile-dev", "dev", |_| false).unwrap();
    }
}
