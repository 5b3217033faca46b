//! Which values an SDK works with.

use std::fs;
use std::path::Path;

use super::ruled::{Accepts, Check, InFiles, Ruled};
use crate::settings::{CaseRule, Kind, Variable, Whole, integer};

impl Accepts {
    pub fn accept(self, value: &str) -> bool {
        match self {
            Accepts::OneOf { empty: true, .. } | Accepts::Number { empty: true, .. } if value.is_empty() => {
                true
            }
            Accepts::OneOf { words, any_case, .. } => {
                words.iter().any(|word| *word == value || any_case && word.eq_ignore_ascii_case(value))
            }
            Accepts::Number { plain: true, .. } if !is_plain(value) => false,
            Accepts::Number { least, .. } => integer(value).is_some_and(|number| number >= least),
            Accepts::File => value.is_empty() || is_readable(Path::new(value)),
        }
    }

    /// What a value must be. `None` for a file.
    pub fn form(self) -> Option<Kind> {
        match self {
            Accepts::OneOf { words, any_case, .. } => {
                Some(Kind::OneOf(words, if any_case { CaseRule::Any } else { CaseRule::Exact }))
            }
            Accepts::Number { least, .. } => Some(Kind::Integer(Whole::from(least))),
            Accepts::File => None,
        }
    }
}

impl Check {
    /// Whether the SDK works with the value of the variable, or of the key in a file.
    pub fn accept(&self, value: &str, is_in_file: bool) -> bool {
        match self.in_files {
            InFiles::Never if is_in_file => true,
            InFiles::Always { empty } if is_in_file && value.is_empty() => empty,
            _ => self.accepts.accept(value),
        }
    }
}

impl Ruled {
    /// How the SDK checks a setting, if it does.
    pub fn check_of(&self, setting: &Variable) -> Option<&'static Check> {
        self.checks.iter().find(|check| check.setting == setting)
    }
}

/// Whether a file can be read. A pipe isn't opened: nobody may write to it.
fn is_readable(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_file()) && fs::File::open(path).is_ok()
}

/// Whether a number is digits behind at most a sign.
fn is_plain(value: &str) -> bool {
    value.strip_prefix(['+', '-']).unwrap_or(value).bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_number_has_nothing_round_it() {
        for (value, python, plain) in [
            ("3", true, true),
            ("+3", true, true),
            (" 3", true, false),
            ("3 ", true, false),
            ("1_0", true, false),
            ("٣", true, false),
            ("-3", false, false),
            ("+", false, false),
            ("", false, false),
        ] {
            let accept = |plain| Accepts::Number { least: 1, empty: false, plain }.accept(value);
            assert_eq!((accept(false), accept(true)), (python, plain), "{value}");
        }
    }
}
