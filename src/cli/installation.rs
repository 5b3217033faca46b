//! Commands that print what an installation of xcred contains besides the program. Doc comments here are the help texts.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::shell::Init;

/// A shell with completions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Script {
    Bash,
    Zsh,
    Fish,
    #[value(name = "powershell", alias = "pwsh")]
    PowerShell,
    Elvish,
    Nushell,
}

impl Script {
    /// The completions of a shell that `use` can change, if it has some.
    pub fn of(init: &Init) -> Option<Script> {
        Script::from_str(init.name, false).ok()
    }
}

#[derive(Debug, Args)]
#[command(after_help = "\
bash: `mkdir -p ~/.local/share/bash-completion/completions && xcred completions bash > \
~/.local/share/bash-completion/completions/xcred`. \
zsh: write it to `_xcred` in a folder of `$fpath`. fish: write it to `~/.config/fish/completions/xcred.fish`. \
PowerShell, elvish and nushell: write it to a file that the startup file of the shell loads.")]
pub struct Completions {
    /// Shell to print the completions for
    #[arg(value_enum)]
    pub shell: Script,
}

#[derive(Debug, Args)]
#[command(after_help = "\
A terminal shows the page through `man`. A file or a pipe gets its roff source, for `groff` and the like. \
`xcred man --output ~/.cargo/share/man/man1` writes all pages to a folder that `man` searches if `~/.cargo/bin` is in \
PATH.")]
pub struct Man {
    /// Command whose page to print: `get`, `configure role` [default: xcred itself]
    pub command: Vec<String>,
    /// Write all pages to this folder, as `xcred.1`, `xcred-get.1` and so on
    #[arg(short, long, value_name = "FOLDER", conflicts_with = "command")]
    pub output: Option<PathBuf>,
}
