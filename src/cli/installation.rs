//! Commands that print what an installation of xcred contains besides the program. Doc comments here are the help texts.

use clap::Args;

use crate::completion::Script;

#[derive(Debug, Args)]
#[command(after_help = "\
bash: `xcred completions bash > ~/.local/share/bash-completion/completions/xcred`, in a folder that exists. \
zsh: write it to `_xcred` in a folder of `$fpath`. fish: write it to `~/.config/fish/completions/xcred.fish`. \
PowerShell, elvish and nushell: write it to a file that the startup file of the shell loads.")]
pub struct Completions {
    /// Shell to print the completions for
    #[arg(value_enum)]
    pub shell: Script,
}
