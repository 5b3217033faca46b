//! What `export-env` and `init` print, for each shell: a shell is one file, and one row of [`SHELLS`].

mod cmd;
mod dotenv;
mod elvish;
mod environment;
mod error;
mod fish;
mod format;
mod init;
pub mod json;
mod nushell;
mod posix;
mod powershell;
mod quoted;
mod tcsh;
mod unquoted;
mod xonsh;

use clap::ValueEnum;
use clap::builder::PossibleValue;

pub use environment::{BEARER_TOKENS, Environment, FOR_PROMPTS, PREVIOUS, VARIABLES};
pub use error::{Error, Part};
pub use format::Shell;
#[cfg(test)]
pub(crate) use init::INITS;
pub use init::{ENDED, EVALUATED, Init};

/// All formats, in the order in which help lists them.
pub const SHELLS: &[&Shell] = &[
    posix::SHELL,
    fish::SHELL,
    powershell::SHELL,
    cmd::SHELL,
    nushell::SHELL,
    elvish::SHELL,
    tcsh::SHELL,
    xonsh::SHELL,
    dotenv::SHELL,
    json::SHELL,
];

/// The names of [`SHELLS`].
pub const NAMES: [&str; SHELLS.len()] = {
    let mut names = [""; SHELLS.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = SHELLS[at].name;
        at += 1;
    }
    names
};

impl Shell {
    /// The shell of this name or alias.
    pub fn named(name: &str) -> Option<&'static Shell> {
        SHELLS.iter().copied().find(|shell| shell.name == name || shell.aliases.contains(&name))
    }

    /// The shell that calls, by the names of the parent process. POSIX if they aren't a shell's.
    ///
    /// `$SHELL` isn't asked: it names the login shell, and a script in another one would evaluate the wrong code.
    pub fn calling(names: impl IntoIterator<Item = impl AsRef<str>>) -> &'static Shell {
        names.into_iter().find_map(|name| Shell::of_program(name.as_ref())).unwrap_or(posix::SHELL)
    }

    fn of_program(name: &str) -> Option<&'static Shell> {
        let name = program_name(name);
        SHELLS.iter().copied().find(|shell| shell.programs.contains(&name.as_str()))
    }
}

impl ValueEnum for &'static Shell {
    fn value_variants<'a>() -> &'a [&'static Shell] {
        SHELLS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name).aliases(self.aliases).help(self.about))
    }
}

/// The name of a process without a version: `-bash` is a login shell; `zsh-5.9`, `ksh93` and `pwsh-preview` name one.
fn program_name(name: &str) -> String {
    let name = name.trim_start_matches('-').trim_start_matches("bsd-");
    let end = name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
    name[..end].to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::format::ROOM;
    use super::*;
    use crate::secret::Secret;

    #[test]
    fn every_text_begins_with_the_opening_which_fails_by_itself() {
        let environment = Environment::new([("AWS_REGION", Secret::new("eu-west-1"))]).unwrap();
        for shell in SHELLS {
            let text = shell.code(&environment).unwrap();
            assert!(text.expose().starts_with(shell.opening), "{shell:?}");
            assert!(shell.failure.starts_with(shell.opening), "{shell:?}");
        }
    }

    #[test]
    fn a_text_never_outgrows_its_room() {
        let names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION"];
        let more = ["AWS_DEFAULT_REGION", "AWS_CREDENTIAL_EXPIRATION", "AWS_ACCOUNT_ID", "XCRED_PROFILE"];
        let more = more.into_iter().chain(["XCRED_KEY_ID", "XCRED_REGION"]);
        for environment in [
            Environment::empty(),
            Environment::new(names.into_iter().chain(more).map(|name| (name, Secret::new("a/b+c d!"))))
                .unwrap(),
        ] {
            for shell in [posix::SHELL, posix::WITH_BUILTINS, tcsh::SHELL, fish::SHELL, powershell::SHELL] {
                let values: usize = environment.values().map(str::len).sum();
                let length = shell.code(&environment).unwrap().expose().len();
                assert!(length < 16 * values + ROOM - 1024, "{shell:?}: {length}");
            }
        }
    }

    #[test]
    fn a_name_means_one_shell() {
        let names = |shell: &&'static Shell| [&[shell.name], shell.aliases].concat();
        let mut all: Vec<_> = SHELLS.iter().flat_map(names).collect();
        assert!(all.iter().all(|name| Shell::named(name).is_some()));
        all.sort_unstable();
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]), "{all:?}");
        assert_eq!(Shell::named("Fish"), None);
    }

    #[test]
    fn a_shell_is_recognized_by_its_process() {
        for (names, shell) in [
            (&["bash"][..], "posix"),
            (&["-zsh"], "posix"),
            (&["ksh93"], "posix"),
            (&["fish (deleted)"], "fish"),
            (&["pwsh-preview"], "powershell"),
            (&["cmd.exe"], "cmd"),
            (&["PowerShell.exe"], "powershell"),
            (&["python3.11", "xonsh"], "xonsh"),
            (&["bsd-csh"], "tcsh"),
            (&["nu"], "nushell"),
            (&["env", "make", "", "-", "nuclear", "json"], "posix"),
            (&["make", "fish"], "fish"),
            (&[], "posix"),
        ] {
            assert_eq!(Shell::calling(names.iter().copied()).name, shell, "{names:?}");
        }
        assert_eq!(Shell::of_program("json"), None);
    }
}
