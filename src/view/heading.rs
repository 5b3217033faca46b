//! Which header names what.

use crate::ini::dialect::{Blanks, is_identifier};
use crate::profile::FileKind;
use crate::sdk::{CredentialsHeaders, FileRules, Separator};
use crate::text::unquoted;

/// The only profile that needs no prefix in the config file.
const DEFAULT: &str = "default";

/// What an SDK makes of a header.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Heading {
    Profile(String),
    /// A profile of the config file without a prefix: `default`, as the file spells it. `[profile default]` replaces it.
    Unprefixed(String),
    SsoSession(String),
    Services(String),
    /// Nothing reads the section.
    Ignored,
}

impl Heading {
    /// Reads the text between a header's brackets.
    pub(super) fn read(rules: &FileRules, kind: FileKind, text: &str) -> Heading {
        let text = match rules.headers.separator {
            Separator::Blanks => text.trim_matches(|c| rules.dialect.blanks.has(c)),
            Separator::OneBlank => text,
            Separator::Words => &text.split_ascii_whitespace().collect::<Vec<_>>().join(" "),
        };
        // A text without a prefix is trimmed, too.
        let text = match split(rules, text) {
            None if rules.headers.trims_words => text.trim(),
            _ => text,
        };
        if rules.headers.prefix_is_optional {
            return with_or_without_prefix(rules, text);
        }
        match kind {
            FileKind::Config => in_config(rules, text),
            FileKind::Credentials => in_credentials(rules, text),
        }
    }
}

/// A header that means the same in both files.
fn with_or_without_prefix(rules: &FileRules, text: &str) -> Heading {
    let heading = split(rules, text).and_then(|(word, name)| prefixed(word, name));
    heading.unwrap_or_else(|| Heading::Profile(text.to_owned()))
}

fn in_config(rules: &FileRules, text: &str) -> Heading {
    if text == DEFAULT || rules.headers.default_in_any_case && text.eq_ignore_ascii_case(DEFAULT) {
        return Heading::Unprefixed(text.to_owned());
    }
    let words = match split(rules, text) {
        Some((_, name)) if rules.headers.identifiers && !is_identifier(name.as_bytes()) => None,
        // The name is not looked at.
        None if rules.headers.dotted => text.split_once('.'),
        words => words,
    };
    let heading = words.and_then(|(word, name)| prefixed(word, name));
    heading.unwrap_or(Heading::Ignored)
}

fn in_credentials(rules: &FileRules, text: &str) -> Heading {
    match (rules.headers.credentials, split(rules, text)) {
        (CredentialsHeaders::Identifiers, _) if is_identifier(text.as_bytes()) => {
            Heading::Profile(text.to_owned())
        }
        (CredentialsHeaders::Unprefixed, Some((word, name))) => match prefixed(word, name) {
            Some(Heading::Profile(_)) => Heading::Ignored,
            Some(heading) => heading,
            None => Heading::Profile(format!("{word} {name}")),
        },
        (CredentialsHeaders::DottedWords, Some((word, name))) if prefixed(word, name).is_some() => {
            Heading::Profile(format!("{word}.{name}"))
        }
        (CredentialsHeaders::Unprefixed | CredentialsHeaders::DottedWords, None) if !text.is_empty() => {
            Heading::Profile(text.to_owned())
        }
        _ => Heading::Ignored,
    }
}

/// What the word before a name makes of it, if it is a prefix.
fn prefixed(word: &str, name: &str) -> Option<Heading> {
    let heading = match word {
        "profile" => Heading::Profile,
        "sso-session" => Heading::SsoSession,
        "services" => Heading::Services,
        _ => return None,
    };
    Some(heading(name.to_owned()))
}

/// The prefix and the name.
fn split<'t>(rules: &FileRules, text: &'t str) -> Option<(&'t str, &'t str)> {
    match rules.headers.separator {
        Separator::Blanks | Separator::Words => {
            let (word, name) = text.split_once([' ', '\t'])?;
            let name = name.trim_start_matches([' ', '\t']);
            Some(if rules.headers.trims_words { (word.trim(), name.trim()) } else { (word, name) })
        }
        Separator::OneBlank => {
            let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
            let (word, rest) = text.split_at(text.find(|c| !is_of_word(c)).filter(|end| *end > 0)?);
            let name = rest.strip_prefix(|c| Blanks::JavaScript.has(c))?;
            let name = Some(name).filter(|_| rules.headers.removes_quotes).and_then(unquoted).unwrap_or(name);
            (!name.is_empty() && is_identifier(name.as_bytes())).then_some((word, name))
        }
    }
}
