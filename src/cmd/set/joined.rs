//! A key and its value in one word, `region=eu-west-1`, beside the name of the profile that was meant.

use crate::cli::Set;
use crate::failure::{Command, Failure, Hint};
use crate::profile::{Files, KeyPath, SectionName};
use crate::secret::{Care, is_withheld};
use crate::settings::{self, masked};
use crate::world::World;

const APART: &str = "separate the key and the value with a space";

/// Refuses what would write a setting and its value under the name of something else. Standard input can have any value.
pub(super) fn refuse(args: &Set, profile: Option<&str>, world: &World) -> Result<(), Failure> {
    let (key, value) = (&*args.key, args.value.expose());
    let exists = |name: &str| Ok::<_, Failure>(Files::load_for_edit(world)?.profile(name).exists());
    let is_other = |named: &str| profile.is_some_and(|profile| profile != named);
    if setting_in(key).is_none()
        && let Some((setting, its)) = setting_in(value)
    {
        let named = key.strip_prefix("profile=").unwrap_or(key);
        let is_of_services = matches!(args.elsewhere.section(), Some(SectionName::Services(_)));
        let is_block = KeyPath::is_known_block(key) || is_of_services;
        if is_block || settings::variable(&key.to_lowercase()).is_some() {
            return Ok(());
        }
        let is_profile = exists(named)?;
        // Where a profile is named, none was forgotten.
        if profile.is_some() && !is_profile && named == key {
            return Ok(());
        }
        // A nested key, perhaps of another program.
        if named.contains('.') && !is_profile {
            return Ok(());
        }
        let command = command(args, setting, its, named).filter(|_| !is_other(named));
        let message = format!("`{key}` is not an AWS setting, and its value begins with `{setting}=`");
        return Err(Failure::usage(message).with_help(match command {
            Some(command) if is_profile => Hint::from("to name a profile: ").run(command),
            Some(command) => Hint::did_you_mean(command),
            None => APART.into(),
        }));
    }
    let Some((setting, its)) = setting_in(key) else { return Ok(()) };
    let is_profile = exists(value)? && !is_other(value);
    let command = command(args, setting, its, value).filter(|_| is_profile);
    Err(Failure::usage(format!("`{setting}` and its value are in one word")).with_help(match command {
        Some(command) => Hint::from(format!("{APART}: ")).run(command),
        None => APART.into(),
    }))
}

/// A setting of AWS and the value behind its equals sign.
fn setting_in(word: &str) -> Option<(&str, &str)> {
    word.split_once('=').filter(|(key, _)| settings::variable(key).is_some())
}

/// The command that was meant. `None` if it would lose an option, or a part of it can't be repeated.
fn command(args: &Set, key: &str, value: &str, profile: &str) -> Option<Command> {
    let is_shown = !is_withheld(value) && masked(value, Care::Great) == value && !value.is_empty();
    let value = if settings::is_secret(key) { "-" } else { Some(value).filter(|_| is_shown)? };
    let may_name = !profile.is_empty() && !is_withheld(profile);
    (args.is_plain() && may_name).then(|| Command::set(key, value).profile(profile))
}
