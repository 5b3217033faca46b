//! The commands of fixes.

use crate::failure::Command;
use crate::profile::SectionName;

/// `xcred VERB KEY ...` on a section.
pub(super) fn on_section(verb: &'static str, key: &str, section: &SectionName) -> Command {
    let command = Command::xcred([verb]);
    match section {
        SectionName::Profile(name) => command.argument(key).profile(name.clone()),
        SectionName::SsoSession(name) => command.argument(key).option("--sso-session", name.clone()),
        SectionName::Services(name) => command.argument(key).option("--services", name.clone()),
        SectionName::Other(name) => command.argument(format!("{name}.{key}")),
    }
}
