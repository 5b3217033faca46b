//! The name of a profile in the command's place, as other tools have it: whether it is refused, and what to type instead.

use std::ffi::OsString;
use std::path::Path;

use crate::cli::Exec;
use crate::failure::{Command, Failure, Hint};
use crate::profile::Files;
use crate::text::nearest;
use crate::world::World;

/// What is in the command's place, and the profiles that there are.
pub(super) struct Place<'a> {
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

    /// What was probably meant, if the first word is nearly the name of a profile.
    pub(super) fn similar(&self, words: &[OsString]) -> Option<Hint> {
        let (name, command) = words.split_first()?;
        let profile = nearest(name.to_str()?, self.files.profiles())?;
        Some(self.on_profile(&profile, format!("did you mean profile `{profile}`? ").into(), command))
    }

    /// The hint, and the rest of the words on a profile.
    fn on_profile(&self, profile: &str, hint: Hint, command: &[OsString]) -> Hint {
        let shell = Command::xcred(["exec"]);
        let shell = if self.args.serve { shell.flag("--serve") } else { shell };
        let shell = self.args.narrow.on(shell.profile(profile));
        match command {
            // The arguments of a command may be secrets. An option is not a command.
            [program] if !program.as_encoded_bytes().starts_with(b"-") => {
                hint.run(shell.after_dashes().argument(program))
            }
            _ => hint.run(shell).say(" starts a shell; `-- COMMAND` after it runs a command"),
        }
    }

    /// Refuses the name of a profile, if it has options or there is no such command. Before anything is asked for the other
    /// profile: a code for its MFA device, for example.
    pub(super) fn refuse_profile(&self, world: &World) -> Result<(), Failure> {
        let Some((first, meant)) = self.args.command.first().zip(self.meant(&self.args.command)) else {
            return Ok(());
        };
        let name = first.to_string_lossy();
        if let Some(option) = self.args.misplaced() {
            let failure = Failure::usage(format!("`{option}` is an argument of the command `{name}` here"));
            let command = self.args.narrow.on(Command::xcred(["exec"]).profile(&*name));
            let hint = Hint::from(format!("`{name}` is a profile: options come before its name, or behind "));
            return Err(failure.with_help(hint.run(command)));
        }
        if world.located(&name).is_none() && !Path::new(first).exists() {
            return Err(Failure::usage(format!("`{name}` is not a command")).with_help(meant));
        }
        Ok(())
    }
}
