//! What a value must be, so that no client refuses it. What a text of one kind looks like is in `forms`.

use std::fmt;

use super::endpoint::is_reachable;
use super::value::{Whole, integer};
use super::variable::{CaseRule, Kind, Variable};

/// What a value must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Text,
    /// The URL of an endpoint, or empty.
    Address,
    Number(Whole),
    Word(&'static [&'static str], CaseRule),
    Block,
}

impl Form {
    /// Whether a value has the form. A nested block has no text.
    pub fn fits(self, text: Option<&str>) -> bool {
        let Some(text) = text else { return self == Form::Block };
        match self {
            Form::Text => true,
            Form::Block => false,
            Form::Address => text.is_empty() || is_reachable(text),
            Form::Number(allowed) => integer(text).is_some_and(|number| allowed.contains(number)),
            Form::Word(words, CaseRule::Exact) => words.contains(&text),
            Form::Word(words, CaseRule::Any) => words.contains(&&*text.to_lowercase()),
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Form::Text => write!(f, "a plain value, not a nested block"),
            Form::Address => {
                write!(f, "a URL such as http://host:8443, with letters, digits and hyphens in the host")
            }
            Form::Number(allowed) => write!(f, "{allowed}"),
            Form::Word(words, _) => match words {
                [first @ .., last] if !first.is_empty() => write!(f, "{} or {last}", first.join(", ")),
                _ => write!(f, "{}", words.concat()),
            },
            Form::Block => write!(f, "a nested block"),
        }
    }
}

impl Variable {
    /// What its values must be.
    pub fn form(&self) -> Form {
        match self.kind {
            Kind::Text | Kind::Boolean => Form::Text,
            Kind::Address => Form::Address,
            Kind::Integer(allowed) => Form::Number(allowed),
            Kind::OneOf(words, rule) => Form::Word(words, rule),
            Kind::Block => Form::Block,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{DEFAULTS_MODE, ENDPOINT_URL, MAX_ATTEMPTS, RETRY_MODE};
    use super::*;

    #[test]
    fn a_value_fits_or_is_told_what_it_must_be() {
        let number = |text| MAX_ATTEMPTS.form().fits(Some(text));
        assert!(number("1") && number("99999999999999999999999999") && !number("0") && !number("1e9"));
        assert!(DEFAULTS_MODE.form().fits(Some("AUTO")) && !RETRY_MODE.form().fits(Some("Standard")));
        assert!(ENDPOINT_URL.form().fits(Some("")) && !ENDPOINT_URL.form().fits(Some("foo")));
        assert!(!RETRY_MODE.form().fits(None) && Form::Block.fits(None) && !Form::Block.fits(Some("")));
        assert_eq!(RETRY_MODE.form().to_string(), "legacy, standard or adaptive");
        assert_eq!(Whole { least: 1, most: 9 }.to_string(), "a whole number from 1 to 9");
    }
}
