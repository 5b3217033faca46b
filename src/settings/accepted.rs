//! What a value must be, so that no client refuses it. What a text of one kind looks like is in `forms`.

use std::fmt;

use super::endpoint::is_reachable;
use super::value::integer;
use super::variable::{CaseRule, Kind};
use crate::text::listed;

impl Kind {
    /// Whether a value is of this kind. A nested block has no text.
    pub fn fits(self, text: Option<&str>) -> bool {
        let Some(text) = text else { return self == Kind::Block };
        match self {
            Kind::Text | Kind::Boolean => true,
            Kind::Block => false,
            Kind::Address => text.is_empty() || is_reachable(text),
            Kind::Integer(allowed) => integer(text).is_some_and(|number| allowed.contains(number)),
            Kind::OneOf(words, CaseRule::Exact) => words.contains(&text),
            Kind::OneOf(words, CaseRule::Any) => words.contains(&&*text.to_lowercase()),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Text | Kind::Boolean => write!(f, "a plain value, not a nested block"),
            Kind::Address => {
                write!(f, "a URL such as http://host:8443, with letters, digits and hyphens in the host")
            }
            Kind::Integer(allowed) => write!(f, "{allowed}"),
            Kind::OneOf(words, _) => f.write_str(&listed(words, "or")),
            Kind::Block => write!(f, "a nested block"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{DEFAULTS_MODE, ENDPOINT_URL, MAX_ATTEMPTS, RETRY_MODE};
    use super::super::value::Whole;
    use super::*;

    #[test]
    fn a_value_fits_or_is_told_what_it_must_be() {
        let number = |text| MAX_ATTEMPTS.kind.fits(Some(text));
        assert!(number("1") && number("99999999999999999999999999") && !number("0") && !number("1e9"));
        assert!(DEFAULTS_MODE.kind.fits(Some("AUTO")) && !RETRY_MODE.kind.fits(Some("Standard")));
        assert!(ENDPOINT_URL.kind.fits(Some("")) && !ENDPOINT_URL.kind.fits(Some("foo")));
        assert!(!RETRY_MODE.kind.fits(None) && Kind::Block.fits(None) && !Kind::Block.fits(Some("")));
        assert_eq!(RETRY_MODE.kind.to_string(), "legacy, standard or adaptive");
        assert_eq!(Whole { least: 1, most: 9 }.to_string(), "a whole number from 1 to 9");
    }
}
