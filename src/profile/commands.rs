//! The commands that help names: on a section, or on one of its keys.

use super::SectionName;
use crate::failure::Command;

impl SectionName {
    /// The command that does `verb` to a key of the section.
    pub fn command(&self, verb: &'static str, key: &str) -> Command {
        let key = match self {
            SectionName::Other(name) => format!("{name}.{key}"),
            _ => key.to_owned(),
        };
        self.name_in(Command::xcred([verb]).argument(key))
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
