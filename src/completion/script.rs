//! The scripts, one for each shell.

use super::candidate::Candidate;
use super::quoting::{escaped, is_literal_in_quotes, unquoted};
use crate::cli::Script;
use crate::text::is_unseen;

/// How the words of a reply are written.
pub(super) enum Style {
    /// Each with an explanation. The shell picks those that fit, and quotes.
    Explained,
    /// Only those that fit, with backslashes.
    Escaped,
    /// Only those that fit, and that can follow the quote that is typed.
    InQuotes,
}

impl Script {
    /// The shell of this name, if its script asks xcred.
    pub(super) fn named(name: &str) -> Option<Script> {
        [("bash", Script::Bash), ("zsh", Script::Zsh), ("fish", Script::Fish), ("elvish", Script::Elvish)]
            .into_iter()
            .find_map(|(known, script)| (known == name).then_some(script))
    }

    /// The script, to be loaded by the shell.
    pub fn text(self) -> &'static str {
        match self {
            Script::Bash => include_str!("../../completions/xcred.bash"),
            Script::Zsh => include_str!("../../completions/_xcred"),
            Script::Fish => include_str!("../../completions/xcred.fish"),
            Script::PowerShell => include_str!("../../completions/_xcred.ps1"),
            Script::Elvish => include_str!("../../completions/xcred.elv"),
            Script::Nushell => include_str!("../../completions/xcred.nu"),
        }
    }

    /// The words as the shell will pass them, and how it needs the reply. zsh, elvish and fish remove the quotes of all words but
    /// fish's last; bash removes none.
    pub(super) fn read(self, words: &[String]) -> (Vec<String>, Style) {
        match self {
            Script::Bash => {
                let is_open = words.last().is_some_and(|word| unquoted(word).1);
                let words = words.iter().map(|word| unquoted(word).0).collect();
                (words, if is_open { Style::InQuotes } else { Style::Escaped })
            }
            Script::Fish => {
                let mut words = words.to_vec();
                if let Some(last) = words.last_mut() {
                    *last = unquoted(last).0;
                }
                (words, Style::Explained)
            }
            _ => (words.to_vec(), Style::Explained),
        }
    }
}

impl Style {
    /// The line for a candidate; `None` if it doesn't fit what is typed.
    pub(super) fn line(&self, Candidate { word, about }: &Candidate, typed: &str) -> Option<String> {
        match self {
            // A shell would draw them as they are.
            _ if word.contains(is_unseen) => None,
            Style::Explained => Some(format!("{word}\t{}", about.lines().next().unwrap_or_default())),
            _ if !word.starts_with(typed) => None,
            Style::Escaped => escaped(word),
            Style::InQuotes => is_literal_in_quotes(word).then(|| word.clone()),
        }
    }
}
