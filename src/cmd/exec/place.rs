//! The name of a profile in the command's place, as other tools have it: whether it is refused, and what to type instead.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::ValueEnum as _;

use crate::cli::{Exec, Global};
use crate::failure::{Command, Failure, Hint};
use crate::profile::Files;
use crate::text::nearest;
use crate::ui::ColorChoice;
use crate::world::World;

/// What is in the command's place, and the profiles that there are.
pub(super) struct Place<'a> {
    pub(super) global: &'a Global,
    pub(super) args: &'a Exec,
    pub(super) files: &'a Files,
}

impl Place<'_> {
    /// What to type instead, if the first word is the name of a profile.
    pub(super) fn meant(&self, words: &[OsString]) -> Option<Hint> {
        let (profile, command) = words.split_first()?;
        let profile = profile.to_str().filter(|name| self.files.profile(name).exists())?;
        Some(self.on_profile(profile, format!("`{profile}` is a profile: ").into(), command))
    }

    /// What was probably meant, if the first word is nearly the name of a profile and no program's.
    pub(super) fn similar(&self, words: &[OsString], world: &World) -> Option<Hint> {
        let (name, command) = words.split_first()?;
        if is_program(name, world) {
            return None;
        }
        let profile = nearest(name.to_str()?, self.files.profiles())?;
        Some(self.on_profile(&profile, format!("did you mean profile `{profile}`? ").into(), command))
    }

    /// The hint, and the rest of the words on a profile.
    fn on_profile(&self, profile: &str, hint: Hint, words: &[OsString]) -> Hint {
        let Some((shell, command)) = self.line(profile, words) else {
            return hint.say("give `--profile` and all other options before the command");
        };
        match &command[..] {
            // The arguments of a command may be secrets.
            [program] => hint.run(shell.after_dashes().argument(program)),
            _ => hint.run(shell).say(" starts a shell; `-- COMMAND` after it runs a command"),
        }
    }

    /// `exec` on the profile with all options that were typed, before its name and behind it, and the command's words. `None`
    /// if no such line exists: without one of the options it could hand out more.
    fn line(&self, profile: &str, words: &[OsString]) -> Option<(Command, Vec<OsString>)> {
        let (global, behind) = Exec::parsed(words)?;
        if global.profile.is_some() || behind.misplaced_from(0).is_some() {
            return None;
        }
        let shell = with_options(Command::xcred(["exec"]), self.global, self.args)?;
        let shell = with_options(shell, &global, &behind)?.profile(profile);
        // An option may have been typed twice.
        Exec::parsed(shell.words().get(2..)?)?;
        Some((shell, behind.command))
    }

    /// Refuses the name of a profile, if it has options or there is no such command. Before anything is asked for the other
    /// profile: a code for its MFA device, for example.
    pub(super) fn refuse_profile(&self, world: &World) -> Result<(), Failure> {
        let Some((first, meant)) = self.args.command.first().zip(self.meant(&self.args.command)) else {
            return Ok(());
        };
        let name = first.to_string_lossy();
        let message = match self.args.misplaced() {
            Some(option) => format!("`{option}` is an argument of the command `{name}` here"),
            None if is_program(first, world) => return Ok(()),
            None => format!("`{name}` is not a command"),
        };
        Err(Failure::usage(message).with_help(meant))
    }
}

fn is_program(name: &OsStr, world: &World) -> bool {
    world.starts_here(&name.to_string_lossy()) || Path::new(name).exists()
}

/// The command with all options that were typed. `None` if credentials are given instead of a profile.
fn with_options(command: Command, global: &Global, args: &Exec) -> Option<Command> {
    let Global { profile: _, region, color, verbose, prints_json: _ } = global;
    let Exec { serve, quiet, resolving, command: _, narrow } = args;
    let flags = [("--serve", serve), ("--quiet", quiet), ("--verbose", verbose)];
    let flags = flags.into_iter().filter(|(_, is_given)| **is_given);
    let command = flags.fold(command, |command, (name, _)| command.flag(name));
    let color = color.to_possible_value().filter(|_| *color != ColorChoice::default());
    let command = command.option_if("--region", region.as_ref());
    let command = command.option_if("--color", color.map(|color| color.get_name().to_owned()));
    Some(narrow.on(resolving.on(command)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The command that is printed for what was typed behind `exec`.
    fn printed(typed: &str) -> String {
        let words: Vec<OsString> = typed.split(' ').map(OsString::from).collect();
        let (global, args) = Exec::parsed(&words).expect("a valid line");
        let files = Files::of_texts("[profile dev]\n", "");
        let place = Place { global: &global, args: &args, files: &files };
        place.meant(&args.command).expect("a profile").command().map(ToString::to_string).unwrap_or_default()
    }

    #[test]
    fn a_printed_command_has_every_option_that_was_typed_or_none_is_printed() {
        for (typed, command) in [
            ("dev", "xcred exec --profile dev"),
            ("dev --read-only", "xcred exec --read-only --profile dev"),
            ("dev --read-only terraform plan", "xcred exec --read-only --profile dev"),
            ("dev --read-only -- terraform", "xcred exec --read-only --profile dev -- terraform"),
            (
                "--serve --duration 15m dev --expect-account 123456789012 env",
                "xcred exec --serve --duration 15m --expect-account 123456789012 --profile dev -- env",
            ),
            (
                "-qv --region us-east-1 --color never --sdk rust --no-cache dev env",
                "xcred exec --quiet --verbose --region us-east-1 --color never --no-cache --sdk rust --profile dev -- env",
            ),
            ("dev terraform --read-only -- plan", ""),
            ("--duration 1h dev --duration 15m", ""),
            ("dev --profile other", ""),
            ("dev --access-key-id AKIAX", ""),
            ("dev --nope", ""),
        ] {
            assert_eq!(printed(typed), command, "{typed}");
        }
    }
}
