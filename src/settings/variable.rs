//! The columns of the table of settings.

use std::ptr;

use super::value::Whole;
use crate::ini::Key;

/// Who reads the variables of a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    EverySdk,
    /// No SDK has a pager or prompts.
    AwsCli,
}

/// What a value must be, and how botocore converts its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// True only for the word `true`, in any case; any other text is false.
    Boolean,
    Integer(Whole),
    /// The URL of an endpoint, or empty.
    Address,
    /// One of these words.
    OneOf(&'static [&'static str], CaseRule),
    /// A nested block.
    Block,
}

/// Whether a word must be spelled in its own case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseRule {
    Exact,
    Any,
}

/// What an empty value means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// It is a value like any other.
    Value,
    /// An empty variable is not read.
    SkippedInEnvironment,
    /// It overrides other values, and then means the default.
    Default,
}

/// Which values of a setting are refused, so that no request is sent or no credentials are found. Other settings fall back to
/// their default, or are not read by xcred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    Never,
    /// A nested block.
    Plain,
    /// An invalid value is an error where the setting is used.
    Form,
    /// An invalid value is an error in the client of every service, also in one that doesn't use the setting.
    ByEveryClient,
}

/// One row of the table.
#[derive(Debug)]
pub struct Variable {
    /// The name of the setting; nested keys dotted.
    pub name: &'static str,
    /// Its key in the files; `None` if it is read from the environment only.
    pub key: Option<Key<'static>>,
    /// The key of its own, outside of the block, that botocore reads before the nested one.
    pub own_key: Option<&'static str>,
    /// The environment variables that set it, in order of precedence; `sdk` knows which of them an SDK reads.
    pub environment: &'static [&'static str],
    /// The environment variables that set it if the files don't.
    pub fallbacks: &'static [&'static str],
    pub scope: Scope,
    /// The default of botocore.
    pub default: Option<&'static str>,
    pub kind: Kind,
    pub empty: Empty,
    pub checked: Checked,
    /// Whether the value is masked unless it was asked for by name.
    pub secret: bool,
    /// Whether it is a part of credentials, so that the chain of providers has the value.
    pub credential: bool,
    /// Whether it leads a profile to credentials that are not in the files.
    pub leads: bool,
    /// Whether AWS CLI writes it to the credentials file.
    pub in_credentials_file: bool,
    /// Whether its variables are skipped when an option names the profile.
    pub skipped_for_explicit_profile: bool,
}

impl Variable {
    /// Its key in the files, nested keys dotted.
    pub fn dotted_key(&self) -> Option<String> {
        let Key { name, nested } = self.key?;
        Some(nested.map_or_else(|| name.to_owned(), |nested| format!("{name}.{nested}")))
    }

    pub(super) const fn of_kind(
        kind: Kind,
        name: &'static str,
        environment: &'static [&'static str],
    ) -> Variable {
        Variable {
            name,
            key: Some(key_of(name)),
            own_key: None,
            environment,
            fallbacks: &[],
            scope: Scope::EverySdk,
            default: None,
            kind,
            empty: Empty::Value,
            checked: Checked::Never,
            secret: false,
            credential: false,
            leads: false,
            in_credentials_file: false,
            skipped_for_explicit_profile: false,
        }
    }

    pub(super) const fn with_default(self, default: &'static str) -> Variable {
        Variable { default: Some(default), ..self }
    }

    pub(super) const fn key(self, key: Option<&'static str>) -> Variable {
        let key = match key {
            Some(key) => Some(key_of(key)),
            None => None,
        };
        Variable { key, ..self }
    }

    pub(super) const fn after(self, key: &'static str) -> Variable {
        Variable { own_key: Some(key), ..self }
    }

    pub(super) const fn empty(self, empty: Empty) -> Variable {
        Variable { empty, ..self }
    }

    pub(super) const fn checked(self, checked: Checked) -> Variable {
        Variable { checked, ..self }
    }
}

impl PartialEq for Variable {
    fn eq(&self, other: &Variable) -> bool {
        ptr::eq(self, other)
    }
}

const fn key_of(name: &'static str) -> Key<'static> {
    let mut at = 0;
    while at < name.len() {
        if name.as_bytes()[at] == b'.' {
            let (block, rest) = name.split_at(at);
            return Key { name: block, nested: Some(rest.split_at(1).1) };
        }
        at += 1;
    }
    Key { name, nested: None }
}

pub(super) const fn text(name: &'static str, environment: &'static [&'static str]) -> Variable {
    Variable::of_kind(Kind::Text, name, environment)
}

pub(super) const fn boolean(name: &'static str, environment: &'static [&'static str]) -> Variable {
    Variable::of_kind(Kind::Boolean, name, environment)
}

pub(super) const fn integer(
    name: &'static str,
    environment: &'static [&'static str],
    allowed: Whole,
) -> Variable {
    Variable::of_kind(Kind::Integer(allowed), name, environment)
}

pub(super) const fn address(name: &'static str, environment: &'static [&'static str]) -> Variable {
    Variable::of_kind(Kind::Address, name, environment).checked(Checked::Form)
}

pub(super) const fn exact(
    name: &'static str,
    environment: &'static [&'static str],
    words: &'static [&'static str],
) -> Variable {
    Variable::of_kind(Kind::OneOf(words, CaseRule::Exact), name, environment)
}

pub(super) const fn word(
    name: &'static str,
    environment: &'static [&'static str],
    words: &'static [&'static str],
) -> Variable {
    Variable::of_kind(Kind::OneOf(words, CaseRule::Any), name, environment)
}

/// One that leads a profile to credentials that are not in the files.
pub(super) const fn lead(name: &'static str) -> Variable {
    Variable { leads: true, checked: Checked::Plain, ..text(name, &[]) }
}

/// A part of credentials: `secret` if it is masked.
pub(super) const fn credential(
    name: &'static str,
    environment: &'static [&'static str],
    secret: bool,
) -> Variable {
    Variable {
        secret,
        credential: true,
        in_credentials_file: true,
        skipped_for_explicit_profile: true,
        empty: Empty::SkippedInEnvironment,
        checked: Checked::Plain,
        ..text(name, environment)
    }
}

/// A setting of AWS CLI's `clidriver`.
pub(super) const fn cli(name: &'static str, environment: &'static [&'static str]) -> Variable {
    Variable { scope: Scope::AwsCli, ..text(name, environment) }
}

/// One that has one of a few values.
pub(super) const fn cli_word(
    name: &'static str,
    environment: &'static [&'static str],
    words: &'static [&'static str],
) -> Variable {
    Variable { kind: Kind::OneOf(words, CaseRule::Exact), ..cli(name, environment) }
}
