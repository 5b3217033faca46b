//! Headers that look as if they meant a section, and aren't read as it. Who wrote them believes that the section is
//! there; another one beside them would be a twin, and the lines below them would stay without effect.

mod guess;
mod lost;
mod meaning;
mod meant;
mod search;

use std::fmt;

use super::{Join, SectionName};
use crate::failure::Hint;
use crate::ini::Cause;
use crate::origin::Place;
use crate::text::{disguise, undisguised, visible};

/// A header that isn't read as the section that it seems to mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookalike {
    pub place: Place,
    /// The header as it is written, with the brackets that it has.
    header: Box<str>,
    reason: Reason,
    name: SectionName,
    /// Whether it can mean nothing else.
    is_certain: bool,
    /// Whether it is rather a name as a whole, so that another section beside it is no twin.
    is_name: bool,
    /// The header that would be read, with brackets.
    instead: Box<str>,
    /// The header that would be read if the whole header is a name, where that may be meant.
    or: Option<Box<str>>,
    /// That header in the same file, if it is there too, or the first one that is meant for it.
    twin: Option<Box<Join>>,
}

/// Why a header isn't read as what it seems to mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    /// It isn't read as a header at all.
    Lost(Cause),
    /// In the config file a profile's header begins with `profile`.
    NoPrefix,
    /// In the credentials file a header is a profile's name and nothing else.
    Prefix,
    /// Case matters.
    Case,
    /// A name with blanks needs quotes.
    Unquoted,
    /// A quote in the name needs quotes around it.
    Quote,
    /// Behind the header is more text with a bracket, all of which is taken for the name.
    Behind { is_comment: bool },
    /// Only the config file has such sections.
    OtherFile,
    /// Something else is too much, such as blanks.
    Spelling,
}

impl Lookalike {
    /// The section that it seems to mean.
    pub fn name(&self) -> &SectionName {
        &self.name
    }

    /// Whether it can mean nothing else, so that it may be rewritten without asking.
    pub fn is_certain(&self) -> bool {
        self.is_certain
    }

    /// Whether it is rather the name of another section.
    pub(super) fn is_name(&self) -> bool {
        self.is_name
    }

    /// Whether it begins as only AWS's headers do, so that no other program wrote it.
    pub fn is_of_aws(&self) -> bool {
        use Reason::{Case, OtherFile, Prefix, Quote, Unquoted};
        matches!(self.reason, Prefix | Case | Unquoted | Quote | OtherFile)
    }

    /// Whether it isn't read as a header at all.
    pub fn is_lost(&self) -> bool {
        matches!(self.reason, Reason::Lost(_))
    }

    /// The code in JSON, which never changes.
    pub(super) fn code(&self) -> &'static str {
        match self.reason {
            Reason::Lost(_) => "lost-header",
            Reason::NoPrefix => "unprefixed-profile",
            Reason::Prefix | Reason::OtherFile => "prefix-in-credentials",
            Reason::Case => "header-case",
            Reason::Unquoted | Reason::Quote => "unquoted-name",
            Reason::Behind { .. } => "comment-behind-header",
            Reason::Spelling => "unread-header",
        }
    }

    /// Whether the other one of the two files has such headers.
    fn is_of_other_file(&self) -> bool {
        matches!(self.reason, Reason::NoPrefix | Reason::Prefix)
    }

    /// What to do where the section is missing.
    pub fn hint(&self) -> Hint {
        format!("{}: {self}; {}", self.place, self.fix()).into()
    }

    /// What makes it the header that it seems to be, as a clause in the imperative.
    pub fn fix(&self) -> String {
        let Lookalike { header, instead, .. } = self;
        let fix = match self.reason {
            Reason::OtherFile => {
                format!("move the lines below it to `{instead}` in the config file, and remove it")
            }
            _ if let Some(twin) = &self.twin => twin.fix(instead),
            Reason::Lost(cause) => cause.fix(header),
            Reason::Behind { is_comment: true } => {
                format!("write `{instead}`, and the comment on a line of its own")
            }
            Reason::Behind { is_comment: false } => format!("write `{instead}`, and nothing behind it"),
            _ => format!("write `{instead}`"),
        };
        match &self.or {
            Some(or) => format!("{fix}, or write `{or}` if that is its name"),
            None => fix,
        }
    }
}

impl fmt::Display for Lookalike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Lookalike { header, reason, instead, .. } = self;
        match undisguised(header) {
            Some(header) => write!(f, "`{header}` ")?,
            None => write!(f, "`{}` ", visible(header))?,
        }
        match reason {
            Reason::Lost(cause) => cause.fmt(f),
            Reason::NoPrefix if matches!(self.name, SectionName::SsoSession(_)) => {
                f.write_str("isn't an sso-session: the header of one begins with `sso-session`")
            }
            Reason::NoPrefix => {
                f.write_str("isn't a profile: in the config file, a profile's header begins with `profile`")
            }
            Reason::Prefix => {
                f.write_str("isn't that profile: in the credentials file, a header is just the name")
            }
            Reason::Case => write!(f, "isn't read as `{instead}`: case matters"),
            Reason::Unquoted => f.write_str("isn't read: a name with a space needs quotes"),
            Reason::Quote => {
                f.write_str("isn't read: a name with a quote or backslash in it needs quotes around it")
            }
            Reason::Behind { .. } => {
                write!(f, "isn't read as `{instead}`: the name ends at the last `]` of the line")
            }
            Reason::OtherFile => write!(f, "isn't read as {}: only the config file has those", self.name),
            Reason::Spelling => match disguise(header) {
                Some(what) => write!(f, "isn't read as `{instead}`: it has {what}"),
                None => write!(f, "isn't read as `{instead}`"),
            },
        }
    }
}

#[cfg(test)]
mod examples;
#[cfg(test)]
mod tests;
