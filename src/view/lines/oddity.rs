//! The kinds of lines that SDKs read differently, or not as their author meant.

use crate::failure::{Command, Hint};
use crate::finding::{self, Severity};
use crate::ini::{Kind, Line, lowered};
use crate::profile::{File, Join, SectionName};
use crate::sdk::{refused_mark, refusing};
use crate::settings;
use crate::text::{listed, looks_commented, unquoted};

/// What is odd about a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Oddity {
    #[error("`[{header}]` doesn't name a profile: write one word after the prefix, or quote the name")]
    Nameless { header: String },
    #[error("`[DEFAULT]` is not the profile `default`")]
    Inherited,
    #[error("`[{name}]` isn't a profile in the config file: write `[profile {}]`", name.trim())]
    NoPrefix { name: String },
    #[error("profile `{name}` is also defined on line {first}, spelled differently")]
    Respelled { name: String, first: u32 },
    #[error("in the credentials file `[{name}]` is a profile whose name begins with `profile `")]
    PrefixInCredentials {
        name: String,
        /// The header without the prefix, with brackets, unless it would be no profile's.
        instead: Option<String>,
        /// That header in the same file, or another one that is meant for it.
        join: Option<Join>,
    },
    #[error("the value of `{key}` ends in what looks like a comment")]
    Comment { key: String },
    #[error("the value of `{key}` is in quotes")]
    Quotes { key: String },
    #[error("an indented key")]
    Indented,
    #[error("`:` between key and value")]
    Colon,
    /// Quotes around a profile's name, which some SDKs take for a part of it.
    #[error("SDKs read the quoted name of profile `{name}` differently")]
    QuotedName {
        name: String,
        /// A name that needs no quotes; that of no profile.
        instead: Option<String>,
    },
    /// A name that not all SDKs accept, without quotes or not a profile's.
    #[error("SDKs read the name of {section} differently")]
    OddName {
        section: SectionName,
        /// A name that all accept and nothing in the file has.
        instead: Option<String>,
    },
    /// A name because of which some SDKs read nothing of the file.
    #[error("the SDKs for {} refuse the whole file because of `{mark}` in the name of {section}", listed(&refusing(*mark), "and"))]
    RefusedName { section: SectionName, mark: char, instead: Option<String> },
    /// PowerShell's statement that sets a variable.
    #[error("a PowerShell statement isn't a setting")]
    Statement,
    /// Blanks around a profile's name, which some SDKs take for a part of it.
    #[error("SDKs read this line differently")]
    Blanks { instead: String, join: Option<Join> },
    /// A spelling that only some SDKs read as the one that all of them know.
    #[error("SDKs read this line differently")]
    Spelled { instead: String },
    #[error("SDKs read this line differently")]
    Other,
}

impl Oddity {
    /// That a section has a name which not all SDKs accept.
    pub(super) fn of_name(section: SectionName, instead: Option<String>) -> Oddity {
        match refused_mark(section.name()) {
            Some(mark) => Oddity::RefusedName { section, mark, instead },
            None => Oddity::OddName { section, instead },
        }
    }

    /// The line of the header of the same profile that it is about, too.
    pub(super) fn replaced(&self) -> Option<u32> {
        match self {
            Oddity::Respelled { first, .. } => Some(*first),
            _ => None,
        }
    }
}

impl finding::Kind for Oddity {
    fn code(&self) -> &'static str {
        match self {
            Oddity::Nameless { .. } => "nameless-header",
            Oddity::Inherited => "inherited-section",
            Oddity::NoPrefix { .. } => "unprefixed-section",
            Oddity::Respelled { .. } => "profile-twice",
            Oddity::PrefixInCredentials { .. } => "prefix-in-credentials",
            Oddity::Comment { .. } => "comment-in-value",
            Oddity::Quotes { .. } => "quoted-value",
            Oddity::Indented => "indented-key",
            Oddity::Colon | Oddity::Statement => "colon-delimiter",
            Oddity::QuotedName { .. }
            | Oddity::OddName { .. }
            | Oddity::RefusedName { .. }
            | Oddity::Blanks { .. }
            | Oddity::Spelled { .. }
            | Oddity::Other => "read-differently",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Oddity::Nameless { .. } | Oddity::Respelled { .. } | Oddity::PrefixInCredentials { .. } => {
                Severity::Warning
            }
            _ => Severity::Note,
        }
    }

    fn hides(&self, _: &str) -> bool {
        matches!(
            self,
            Oddity::Nameless { .. } | Oddity::Respelled { .. } | Oddity::PrefixInCredentials { .. }
        )
    }

    fn fix(&self) -> Option<Hint> {
        match self {
            Oddity::PrefixInCredentials { instead: Some(instead), join, .. }
            | Oddity::Blanks { instead, join } => Some(match join {
                Some(join) => join.fix(instead).into(),
                None => format!("write `{instead}`").into(),
            }),
            Oddity::QuotedName { name, instead: Some(instead) } if name == instead => {
                Some(format!("write `[profile {name}]`").into())
            }
            Oddity::QuotedName { name, instead } => {
                let new = instead.as_deref().unwrap_or("NEW");
                let rename = Command::xcred(["profile", "rename"]).argument(name).argument(new);
                Some(Hint::from("give it a name without blanks and quotes: ").run(rename))
            }
            Oddity::OddName { section, instead } | Oddity::RefusedName { section, instead, .. } => {
                Some(section.give_name(instead.as_deref()))
            }
            Oddity::Respelled { name, .. } => {
                let header = if name == "default" { "`[default]`" } else { "one header" };
                Some(format!("join the two under {header}, and keep each key only once").into())
            }
            Oddity::Indented => Some("remove the indentation".into()),
            Oddity::Colon => Some("write `=`".into()),
            Oddity::Statement => Some("write `name = value`".into()),
            Oddity::Spelled { instead } => Some(format!("write `{instead}`").into()),
            _ => None,
        }
    }
}

/// What is odd about a line that is not a header.
pub(super) fn of_line(file: &File<'_>, line: &Line) -> Oddity {
    let (document, bytes) = (file.document, file.document.bytes());
    let Kind::Entry { key, value } = line.kind else { return Oddity::Other };
    let delimiter = bytes[key.end()..value.start()].iter().find(|byte| matches!(byte, b'=' | b':'));
    let text = document.text(value);
    let key_text = || lowered(key.of(bytes)).into_owned();
    if key.start() > line.span.start() {
        Oddity::Indented
    } else if delimiter == Some(&b':') && settings::power_shell_variable(&key_text(), &text).is_some() {
        Oddity::Statement
    } else if delimiter == Some(&b':') {
        Oddity::Colon
    } else if looks_commented(&text) {
        Oddity::Comment { key: key_text() }
    } else if unquoted(&text).is_some() {
        Oddity::Quotes { key: key_text() }
    } else if let Some(row) =
        settings::variable(&key_text()).filter(|row| row.name.as_bytes() != key.of(bytes))
    {
        Oddity::Spelled { instead: row.name.to_owned() }
    } else {
        Oddity::Other
    }
}

#[cfg(test)]
mod examples;
