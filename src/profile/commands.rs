//! The commands that help names: on a section, or on one of its keys.

use std::ffi::OsString;

use super::naming::NameFault;
use super::{FileKind, SectionName};
use crate::failure::{Command, Hint};
use crate::origin::Origin;
use crate::settings::{SERVICES, SSO_SESSION, SSO_SESSION_SETTINGS, is_role_arn};
use crate::text::without_wrapping;

/// What to do about a setting that names a section which isn't there.
pub enum WhenMissing {
    /// Make the section.
    SetUp(Command),
    /// Remove the setting: no section can have that name.
    Unset(Command),
    /// The name has what isn't meant to be a part of it: the lines below, quotes or a comment.
    Edit,
}

impl SectionName {
    /// What to do where the section is asked for and isn't there. `origin` is what names it.
    pub(super) fn when_not_found(&self, origin: &Origin) -> Option<Hint> {
        match self {
            SectionName::Profile(name) if is_role_arn(name) => {
                Some("the ARN of a role is given with `--role-arn`".into())
            }
            SectionName::Profile(_) if *origin == Origin::Default => {
                Some("name one with `--profile`: `xcred list-profiles` shows them all".into())
            }
            SectionName::Profile(_) => Some("run `xcred list-profiles` to see all profiles".into()),
            SectionName::Services(_) => {
                Some(Hint::from("it is made with its first value, for instance: ").run(self.set_up()?))
            }
            SectionName::SsoSession(_) | SectionName::Other(_) => {
                Some(Hint::from("set it up: ").run(self.set_up()?))
            }
        }
    }

    /// The command that sets a key of the section.
    pub fn set(&self, key: &str, value: impl Into<OsString>) -> Command {
        self.name_in(Command::set(self.dotted(key), value))
    }

    /// The command that removes a key of the section.
    pub fn unset(&self, key: &str) -> Command {
        self.name_in(Command::unset(self.dotted(key)))
    }

    /// The command that removes a setting which a profile and its session have with different values, from where it
    /// doesn't belong.
    pub fn unset_conflict(key: &str, profile: &str, session: &str) -> Command {
        let section = if SSO_SESSION_SETTINGS.iter().any(|row| row.name == key) {
            SectionName::Profile(profile.to_owned())
        } else {
            SectionName::SsoSession(session.to_owned())
        };
        section.unset(key)
    }

    /// The key as a command line names it.
    fn dotted(&self, key: &str) -> String {
        match self {
            SectionName::Other(name) => format!("{name}.{key}"),
            _ => key.to_owned(),
        }
    }

    /// The command that makes the section in the config file. `None` if it can't have its name, or has no command.
    pub fn set_up(&self) -> Option<Command> {
        if NameFault::of(self, FileKind::Config).is_some() {
            return None;
        }
        match self {
            SectionName::Profile(name) => Some(Command::xcred(["configure"]).profile(name.clone())),
            SectionName::SsoSession(name) => {
                Some(Command::xcred(["configure", "sso-session"]).option("--name", name.clone()))
            }
            SectionName::Services(_) => Some(self.set("s3.endpoint_url", "URL")),
            SectionName::Other(_) => None,
        }
    }

    /// How to give the section another name; without `new`, one that the user chooses. Only profiles have a command for it.
    pub fn give_name(&self, new: Option<&str>) -> Hint {
        let hint = Hint::from("give it another name");
        let instead = |make: fn(String) -> SectionName, key: &str| match new {
            Some(new) => {
                let header = make(new.to_owned()).header(FileKind::Config);
                format!(": write `[{header}]`, and `{key} = {new}` in the profiles that use it")
            }
            None => String::new(),
        };
        match self {
            SectionName::Profile(name) => {
                let rename = Command::xcred(["profile", "rename"]).argument(name);
                hint.on_written(": ", rename.argument(new.unwrap_or("NEW")), "")
            }
            SectionName::SsoSession(_) => hint.say(instead(SectionName::SsoSession, SSO_SESSION.name)),
            SectionName::Services(_) => hint.say(instead(SectionName::Services, SERVICES.name)),
            SectionName::Other(_) => hint,
        }
    }

    /// What to do where `key` of another section names this one, which isn't there.
    pub fn when_missing(&self, key: &str, named_by: &SectionName) -> WhenMissing {
        let name = self.name();
        match self.set_up() {
            _ if name.contains('\n') || !name.is_empty() && without_wrapping(name) != name => {
                WhenMissing::Edit
            }
            Some(command) => WhenMissing::SetUp(command),
            None => WhenMissing::Unset(named_by.unset(key)),
        }
    }

    /// The command with the option that names the section. The default profile is named, too: AWS_PROFILE may name another.
    pub fn name_in(&self, command: Command) -> Command {
        match self {
            SectionName::SsoSession(name) => command.option("--sso-session", name.clone()),
            SectionName::Services(name) => command.option("--services", name.clone()),
            SectionName::Profile(name) => command.profile(name.clone()),
            SectionName::Other(_) => command,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_set_up_by_a_command_that_works_or_by_none() {
        let set_up = |section: SectionName| section.set_up().map(|command| command.to_string());
        for (section, expected) in [
            (SectionName::Profile("dev".to_owned()), "xcred configure --profile dev"),
            (SectionName::SsoSession("-x".to_owned()), "xcred configure sso-session --name=-x"),
            (SectionName::Services("a b".to_owned()), "xcred set s3.endpoint_url URL --services 'a b'"),
        ] {
            assert_eq!(set_up(section).as_deref(), Some(expected));
        }
        for name in ["", "a]b", "a\nb", "\"dev\"", "dev # x", "“dev”"] {
            let section = SectionName::SsoSession(name.to_owned());
            let profile = SectionName::Profile("dev".to_owned());
            match section.when_missing("sso_session", &profile) {
                WhenMissing::Edit => assert!(name.contains(['\n', '"', '#', '“'])),
                WhenMissing::Unset(command) => {
                    assert_eq!(command.to_string(), "xcred unset sso_session --profile dev");
                }
                WhenMissing::SetUp(command) => panic!("{command}"),
            }
        }
    }
}
