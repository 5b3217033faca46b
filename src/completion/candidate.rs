//! A word that can be typed at the cursor.

use clap::Command;

/// A word that can be typed at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) word: String,
    /// One line; empty if the word needs no explanation.
    pub(super) about: String,
}

impl Candidate {
    pub(super) fn of(word: impl Into<String>) -> Candidate {
        Candidate { word: word.into(), about: String::new() }
    }
}

/// The commands below a command.
pub(super) fn subcommands(command: &Command) -> Vec<Candidate> {
    let candidate = |command: &Command| Candidate {
        word: command.get_name().to_owned(),
        about: command.get_about().map(ToString::to_string).unwrap_or_default(),
    };
    command.get_subcommands().filter(|command| !command.is_hide_set()).map(candidate).collect()
}
