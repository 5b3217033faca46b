//! One file that is both: by a link, or because two variables name it. Its headers are read by the rules of each file: `[dev]` and
//! `[profile dev]` are the two halves of profile `dev`, as AWS CLI writes them, and `[default]` is both halves of its profile.

use super::{FileKind, Files, Heading, SectionName};

impl Files {
    /// Whether one file is both.
    pub fn is_one_file(&self) -> bool {
        self.paths[0] == self.paths[1]
    }

    /// Whether the name is only what the rules of the credentials file make of a header that is meant for the config file, because
    /// one file is both: `profile dev` for `[profile dev]`. botocore lists such profiles, too.
    pub fn is_other_reading(&self, name: &str) -> bool {
        let is_in_config = || self.file(FileKind::Config).find(&Heading::Profile(name.into())).is_some();
        self.is_of_config(FileKind::Credentials, name) && !is_in_config()
    }

    /// Whether a header of the credentials file is meant for the config file, because one file is both.
    pub fn is_of_config(&self, kind: FileKind, header: &str) -> bool {
        let is_meant = || match Heading::read(FileKind::Config, header) {
            Heading::Other(name) => matches!(name, "plugins" | "preview"),
            _ => true,
        };
        kind == FileKind::Credentials && self.is_one_file() && is_meant()
    }

    /// Whether one file is both, and has one section for both.
    pub(super) fn is_one_section(&self, section: &SectionName) -> bool {
        let line = |kind| self.file(kind).section(section).map(|section| section.line());
        self.is_one_file() && line(FileKind::Config) == line(FileKind::Credentials)
    }

    /// Every section of a profile in both files, by its index. One that is read as both files', because one file is both, is
    /// that of the credentials file.
    pub(super) fn sections_of(&self, name: &str) -> Vec<(FileKind, usize)> {
        let all = |kind: FileKind| self.file(kind).find_all(&Heading::Profile(name.into())).into_iter();
        let [config, credentials] =
            FileKind::ALL.map(|kind| all(kind).map(|section| section.index()).collect::<Vec<_>>());
        let is_once = |section: &usize| !(self.is_one_file() && credentials.contains(section));
        let config = config.into_iter().filter(is_once).map(|section| (FileKind::Config, section));
        let config: Vec<_> = config.collect();
        config.into_iter().chain(credentials.into_iter().map(|at| (FileKind::Credentials, at))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{KeyChanges, KeyPath};

    fn text(files: &Files) -> String {
        String::from_utf8_lossy(files.file(FileKind::Config).document.bytes()).into_owned()
    }

    fn profile(name: &str) -> SectionName {
        SectionName::Profile(name.to_owned())
    }

    #[test]
    fn the_two_halves_of_a_profile_are_no_twins() {
        for (half, key, other) in [
            ("[profile dev]\nregion = x\n", "aws_access_key_id", "[dev]"),
            ("[dev]\naws_access_key_id = x\n", "region", "[profile dev]"),
        ] {
            let before = Files::of_one_text(half);
            let mut files = before.clone();
            files.set(&profile("dev"), &KeyPath::plain(key), "x", false).unwrap();
            assert_eq!(text(&files), format!("{half}{other}\n{key} = x\n"));
            assert!(files.new_profiles(&before).is_empty(), "{half}");
        }
        // What neither file's rules read as the profile is one.
        for twin in ["[Profile dev]\n", "[profile dev\n", "[profle dev]\n"] {
            let mut files = Files::of_one_text(twin);
            files.set(&profile("dev"), &KeyPath::plain("region"), "x", false).unwrap_err();
        }
    }

    #[test]
    fn a_new_section_of_both_halves_is_added_once() {
        let [id, region] = ["aws_access_key_id", "region"].map(KeyPath::plain);
        for (name, expected) in [
            ("default", "[default]\naws_access_key_id = x\nregion = x\n"),
            ("dev", "[dev]\naws_access_key_id = x\n[profile dev]\nregion = x\n"),
        ] {
            let (mut files, section) = (Files::of_one_text(""), profile(name));
            let keys = vec![(&id, Some("x")), (&region, Some("x"))];
            files.apply(&[KeyChanges { section: &section, keys, replace: false, overrides: true }]).unwrap();
            assert_eq!(text(&files), expected);
        }
    }

    #[test]
    fn a_new_half_tells_what_it_inherits_once() {
        let before = Files::of_one_text("[DEFAULT]\naws_session_token = t\n[default]\n[profile old]\n");
        for (name, keys, expected) in [
            ("dev", &["aws_access_key_id"][..], 1),
            ("dev", &["region"], 1),
            ("dev", &["aws_access_key_id", "region"], 1),
            // It inherited the token before.
            ("old", &["aws_access_key_id"], 0),
        ] {
            let mut files = before.clone();
            for key in keys {
                files.set(&profile(name), &KeyPath::plain(*key), "x", false).unwrap();
            }
            assert_eq!(files.newly_inherited(&before).len(), expected, "{name} {keys:?}");
        }
    }

    #[test]
    fn a_header_of_the_config_file_is_one_profile() {
        let before = Files::of_one_text("[default]\n[profile a]\nsource_profile = b\n[profile b]\n");
        let mut files = before.clone();
        for (section, key) in [
            (profile("new"), "region"),
            (SectionName::SsoSession("corp".to_owned()), "sso_region"),
            (SectionName::Services("loc".to_owned()), "s3.endpoint_url"),
            (profile("profile c"), "region"),
        ] {
            files.set(&section, &KeyPath::parse(key).unwrap(), "x", false).unwrap();
        }
        let mut new: Vec<_> = files.new_profiles(&before).into_iter().collect();
        new.sort_unstable();
        assert_eq!(new, ["new", "profile c"]);
        let names = ["default", "a", "b", "new", "profile c"];
        assert_eq!(files.profiles().collect::<Vec<_>>(), names);
        assert_eq!(files.listed().map(|(name, _)| name).collect::<Vec<_>>(), names);
        let others = [
            "profile a",
            "profile b",
            "profile new",
            "sso-session corp",
            "services loc",
            "profile 'profile c'",
        ];
        let available: Vec<_> = files.available_profiles().collect();
        assert_eq!(available, [&names[..], &others].concat());
        let users: Vec<_> = files.references("b").into_iter().map(|reference| reference.user).collect();
        assert_eq!(users, ["a"]);
    }

    #[test]
    fn a_key_is_held_by_the_profile_whose_half_has_it() {
        let key = "aws_access_key_id = ID\naws_secret_access_key = s\n";
        let files =
            Files::of_one_text(&format!("[default]\n{key}[dev]\n{key}[profile ops]\n{key}[DEFAULT]\n{key}"));
        let profiles = files.holders("ID").into_iter().map(|holder| holder.profile);
        let expected = [Some("default"), Some("dev"), Some("ops"), None].map(|name| name.map(str::to_owned));
        assert_eq!(profiles.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_section_of_both_halves_is_removed_renamed_and_copied_once() {
        const KEY: &str = "aws_access_key_id = x\n";
        let before = Files::of_one_text(&format!("[default]\n{KEY}"));
        let mut files = before.clone();
        files.remove_profile("default", false).unwrap();
        assert_eq!(text(&files), "");
        let mut files = before.clone();
        files.rename_profile("default", "dev").unwrap();
        assert_eq!(text(&files), format!("[dev]\n{KEY}"));
        let mut files = before.clone();
        files.copy_profile("default", "dev", |_| false).unwrap();
        assert_eq!(text(&files), format!("[default]\n{KEY}[dev]\n{KEY}"));
        let halves = format!("[profile dev]\nregion = x\n[dev]\n{KEY}");
        let mut files = Files::of_one_text(&halves);
        files.rename_profile("dev", "new").unwrap();
        assert_eq!(text(&files), halves.replace("dev]", "new]"));
        files.copy_profile("new", "dev", |_| false).unwrap();
        assert_eq!(text(&files), halves.replace("dev]", "new]") + &halves);
        files.remove_profile("new", false).unwrap();
        assert_eq!(text(&files), halves);
    }
}
