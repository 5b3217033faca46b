//! The kinds of lines that SDKs read differently, or not as their author meant.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::failure::{Command, Hint};
use crate::finding::{self, Severity};
use crate::ini::{Kind, Line, lowered};
use crate::profile::{File, FileKind, Heading, SectionName};
use crate::settings;
use crate::text::{looks_commented, unquoted};

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
        /// The line of the section that has the name without the prefix.
        other: Option<u32>,
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
    /// PowerShell's statement that sets a variable.
    #[error("a PowerShell statement isn't a setting")]
    Statement,
    /// A spelling that only some SDKs read as the one that all of them know.
    #[error("SDKs read this line differently")]
    Spelled { instead: String },
    #[error("SDKs read this line differently")]
    Other,
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
            Oddity::QuotedName { .. } | Oddity::Spelled { .. } | Oddity::Other => "read-differently",
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
            Oddity::PrefixInCredentials { name, other } => {
                let bare = name.trim_start_matches("profile").trim();
                Some(match other {
                    Some(line) => {
                        format!("move the lines below it to `[{bare}]` on line {line}, and remove it").into()
                    }
                    None => format!("write `[{bare}]`").into(),
                })
            }
            Oddity::QuotedName { name, instead: Some(instead) } if name == instead => {
                Some(format!("write `[profile {name}]`").into())
            }
            Oddity::QuotedName { name, instead } => {
                let new = instead.as_deref().unwrap_or("NEW");
                let rename = Command::xcred(["profile", "rename"]).argument(name).argument(new);
                Some(Hint::from("give it a name without blanks and quotes: ").run(rename))
            }
            Oddity::Indented => Some("remove the indentation".into()),
            Oddity::Colon => Some("write `=`".into()),
            Oddity::Statement => Some("write `name = value`".into()),
            Oddity::Spelled { instead } => Some(format!("write `{instead}`").into()),
            _ => None,
        }
    }
}

/// Odd lines by their numbers.
pub(super) type ByLine = BTreeMap<u32, Oddity>;

/// The headers that are odd to botocore already.
pub(super) fn of_headers(file: &File<'_>) -> ByLine {
    let mut found = ByLine::new();
    let mut profiles: FxHashMap<Cow<'_, str>, u32> = FxHashMap::default();
    for (section, heading) in file.headings() {
        let line = section.line();
        let oddity = match heading {
            Heading::Ignored => Oddity::Nameless { header: file.document.text_of(&section).into_owned() },
            Heading::Inherited => Oddity::Inherited,
            Heading::Other(name) if !matches!(name, "plugins" | "preview") => {
                Oddity::NoPrefix { name: name.to_owned() }
            }
            Heading::Profile(name) if file.kind == FileKind::Config => match profiles.get(&name) {
                Some(first) => Oddity::Respelled { name: name.into_owned(), first: *first },
                None => {
                    profiles.insert(name, line);
                    continue;
                }
            },
            Heading::Profile(name) if name.starts_with("profile ") => {
                let bare = SectionName::Profile(name.trim_start_matches("profile").trim().to_owned());
                let other = file.section(&bare).map(|section| section.line());
                Oddity::PrefixInCredentials { name: name.into_owned(), other }
            }
            _ => continue,
        };
        found.insert(line, oddity);
    }
    found
}

/// What is odd about a line that is not among those headers.
pub(super) fn of_line(file: &File<'_>, line: &Line) -> Oddity {
    let (document, bytes) = (file.document, file.document.bytes());
    let (key, value) = match line.kind {
        Kind::Header { name } => {
            let header = document.text(name);
            return quoted_name(file, &header).or_else(|| blanks(file, &header)).unwrap_or(Oddity::Other);
        }
        Kind::Entry { key, value } => (key, value),
        _ => return Oddity::Other,
    };
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

/// A header with blanks that only some SDKs ignore, where no other section has the name without them. Without the blanks some
/// headers would be something else than a profile: `[DEFAULT]`, from which all sections inherit.
fn blanks(file: &File<'_>, header: &str) -> Option<Oddity> {
    let instead = header.trim();
    let is_taken = || file.section(&SectionName::Profile(instead.to_owned())).is_some();
    let is_odd = file.kind == FileKind::Credentials && !instead.is_empty() && instead != header;
    let is_special =
        || instead != "default" && instead.eq_ignore_ascii_case("default") || instead.starts_with("profile ");
    (is_odd && !is_special() && !is_taken()).then(|| Oddity::Spelled { instead: format!("[{instead}]") })
}

fn quoted_name(file: &File<'_>, header: &str) -> Option<Oddity> {
    let is_quoted = file.kind == FileKind::Config && header.contains(['\'', '"', '\\']);
    let Heading::Profile(name) = Heading::read(file.kind, header) else { return None };
    if !is_quoted {
        return None;
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.@+".contains(c) { c } else { ' ' };
    let plain: String = name.chars().map(plain).collect();
    let instead = plain.split_whitespace().collect::<Vec<_>>().join("-");
    let is_taken = |header: &str| matches!(Heading::read(file.kind, header), Heading::Profile(taken) if taken == instead);
    let is_free = instead == name
        || !file.document.sections().any(|section| is_taken(&file.document.text_of(&section)));
    let instead = Some(instead.clone()).filter(|_| is_free && !instead.is_empty());
    Some(Oddity::QuotedName { name: name.into_owned(), instead })
}

#[cfg(test)]
mod examples;
