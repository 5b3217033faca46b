//! Commands that change the shell that calls them. Doc comments here are the help texts.

use std::ffi::OsString;

use clap::Args;

use super::{Resolving, habits};
use crate::shell::{ENDED, EVALUATED, Init};

#[derive(Debug, Args)]
#[command(after_help = "\
It needs a function of the shell, which `xcred init` prints. The shell then has one identity, as after `export-env`: the \
keys, the region, the expiry and XCRED_PROFILE are set, every other credential variable is unset. If anything goes wrong, \
the shell stays as it is. Without a profile, a list of all of them opens, which typing narrows by any parts of a name, an \
account, a role or a region; those that were used last come first.

Until `xcred use --none`, commands that edit a profile must name it, because without a name they would edit `default`.

XCRED_PREVIOUS_PROFILE names the profile that `xcred use -` returns to, or is `--none`.")]
pub struct Use {
    /// Profile to switch to, or `-` for the previous one [default: choose from a list]
    #[arg(value_name = "PROFILE")]
    pub named: Option<String>,
    /// Unset all AWS credential variables
    #[arg(long, conflicts_with_all = ["named", "access_key_id", "account_id"])]
    pub none: bool,
    /// Don't print what the shell has switched to
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    pub resolving: Resolving,
    /// The shell that evaluates what is printed; none if nothing does.
    #[arg(skip)]
    pub evaluator: Option<&'static Init>,
}

impl Use {
    /// Whether it returns to the previous profile.
    pub fn goes_back(&self) -> bool {
        self.named.as_deref() == Some("-")
    }
}

#[derive(Debug, Args)]
#[command(after_help = "\
Add the line of your shell to its startup file:

  bash        ~/.bashrc                     eval \"$(xcred init bash)\"
  zsh         ~/.zshrc, after compinit      eval \"$(xcred init zsh)\"
  fish        ~/.config/fish/config.fish    xcred init fish | source
  PowerShell  $PROFILE                      xcred init powershell | Out-String | Invoke-Expression
  elvish      ~/.config/elvish/rc.elv       eval (xcred init elvish | slurp)
  xonsh       ~/.xonshrc                    execx($(xcred init xonsh))
  tcsh        ~/.tcshrc                     eval \"`xcred init tcsh`\"

Nushell can't evaluate text: run `xcred init nushell | save --force xcred.nu` in the folder of config.nu, after each update \
of xcred, and add `source xcred.nu` to config.nu.

In ksh, dash and other POSIX shells, `eval \"$(xcred export-env --profile NAME)\"` loads a profile without a function.

The function is named `xcred`. It runs the program for everything but `xcred use`. The completions come along, where the \
shell has some: then `xcred completions` isn't needed.")]
pub struct InitShell {
    /// Shell to print the code for
    #[arg(value_enum)]
    pub shell: &'static Init,
}

/// What tcsh's alias passes on, with how [`Evaluated`] ended.
pub struct Ended {
    pub status: u8,
    /// What was typed, with the program's name.
    pub typed: Vec<OsString>,
}

impl Ended {
    /// None if it comes from no alias.
    pub fn of(arguments: &[OsString]) -> Option<Ended> {
        let [program, command, status, words @ ..] = arguments else { return None };
        let status = (command == ENDED).then(|| status.to_str()?.parse().ok()).flatten()?;
        Some(Ended { status, typed: [std::slice::from_ref(program), words].concat() })
    }
}

/// A command line that a shell's function passes with the name of its shell.
pub struct Evaluated {
    pub init: &'static Init,
    /// What was typed, with the program's name.
    pub typed: Vec<OsString>,
}

impl Evaluated {
    /// None if it comes from no function.
    pub fn of(arguments: &[OsString]) -> Option<Evaluated> {
        let [program, command, shell, words @ ..] = arguments else { return None };
        let init = (command == EVALUATED).then(|| Init::named(shell.to_str()?)).flatten()?;
        Some(Evaluated { init, typed: [std::slice::from_ref(program), words].concat() })
    }

    /// Whether the command is `use`.
    pub fn is_use(&self) -> bool {
        self.typed.get(habits::place_of_command(&self.typed)).is_some_and(|word| word == "use")
    }
}
