//! What a reader makes of a line, and the words for it.

use std::borrow::Cow;
use std::fmt;

use crate::secret::{MASK, looks_secret};
use crate::settings::{self, CREDENTIAL_PROCESS, shown, shown_name};
use crate::text::{is_comment, looks_commented, undisguised, unquoted};
use crate::view::heading::Heading;

/// What a reader makes of a line. Values may be secrets, so there is no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Made<'d> {
    /// A comment, an empty line, or one that is ignored.
    Nothing,
    /// It belongs to a section that the reader ignores, so that it doesn't matter what it would be.
    Unread,
    /// The whole file is refused because of it.
    Refused(String),
    /// The whole file is taken for empty because of it.
    Emptied,
    /// A header, and what becomes of another section with the same name.
    Header(Heading, Twin),
    /// A header whose keys all other sections of the file have, too.
    Inherited,
    Key {
        name: Cow<'d, str>,
        /// What of it is on this line.
        value: Cow<'d, str>,
    },
    /// A key that isn't set because it has no value.
    NotSet,
    /// A key of the block below the key on the line `of`.
    SubKey { of: u32, name: Cow<'d, str>, value: Cow<'d, str> },
    /// More of the value on the line `of`.
    Continues { of: u32 },
}

/// What becomes of two sections with one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Twin {
    #[error("")]
    None,
    /// It is one with the section on this line.
    #[error(", together with line {0}")]
    With(u32),
    /// That on this line is ignored.
    #[error("; the section on line {0} is ignored")]
    Over(u32),
    /// That on this line takes its place.
    #[error(", but the section on line {0} takes its place")]
    Under(u32),
}

impl<'d> Made<'d> {
    /// A key of the block below the key `block`. Below that of a secret, it may be the secret.
    pub(super) fn sub_key(block: &str, of: u32, name: Cow<'d, str>, value: Cow<'d, str>) -> Made<'d> {
        let name = if settings::is_secret(block) { MASK.into() } else { name };
        Made::SubKey { of, name, value }
    }
}

impl Made<'_> {
    /// Whether two readers do the same with the line, for whatever reason.
    pub(super) fn is_like(&self, other: &Made<'_>) -> bool {
        matches!((self, other), (Made::Refused(_), Made::Refused(_))) || self == other
    }

    /// Whether it is a loss if only some of the readers read the line so: of the file, a profile, or credentials.
    pub(super) fn matters(&self) -> bool {
        match self {
            Made::Refused(_) | Made::Emptied | Made::Inherited => true,
            Made::Header(heading, twin) => *heading != Heading::Ignored && !matches!(twin, Twin::With(_)),
            Made::Key { name, .. } => {
                settings::variable(&name.to_lowercase()).is_some_and(|row| row.credential)
            }
            _ => false,
        }
    }

    /// The name of the profile whose header it is.
    pub(super) fn profile(&self) -> Option<&str> {
        match self {
            Made::Header(Heading::Profile(name) | Heading::Unprefixed(name), _) => Some(name),
            _ => None,
        }
    }

    /// Whether all of them are the header of one profile, whatever becomes of another section of that name.
    pub(super) fn is_one_profile(all: &[&Made<'_>]) -> bool {
        all.iter().all(|made| made.profile().is_some_and(|name| all[0].profile() == Some(name)))
    }

    /// What the line is, as a text without a subject. `longest` is the longest value that a reader sees in it.
    pub(super) fn words(&self, longest: &str) -> String {
        match self {
            Made::Nothing => "the line is ignored".to_owned(),
            Made::Refused(why) => format!("the whole file is refused: {why}"),
            Made::Emptied => "the whole file is ignored".to_owned(),
            Made::Inherited => "all other sections inherit its keys".to_owned(),
            Made::Unread | Made::Header(Heading::Ignored, _) => "the section is ignored".to_owned(),
            Made::Header(heading, twin) => format!("{}{twin}", Named(heading)),
            Made::Key { name, value } => key(name, value, longest),
            Made::NotSet => "the key is not set".to_owned(),
            Made::SubKey { of, name, value } => {
                format!("{} in the block of line {of}", key(name, value, longest))
            }
            Made::Continues { of } => format!("part of the value of line {of}"),
        }
    }
}

struct Named<'h>(&'h Heading);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Heading::Profile(name) | Heading::Unprefixed(name) => {
                write!(f, "profile `{}`", as_it_is(name))
            }
            Heading::SsoSession(name) => write!(f, "SSO session `{}`", as_it_is(name)),
            Heading::Services(name) => write!(f, "services `{}`", as_it_is(name)),
            Heading::Ignored => f.write_str("no profile"),
        }
    }
}

/// A name without secrets, and with what makes it look like another one escaped.
fn as_it_is(name: &str) -> Cow<'_, str> {
    shown(undisguised(name).map_or(Cow::Borrowed(name), Cow::Owned))
}

/// A key, and what is special about its value.
fn key(name: &str, value: &str, longest: &str) -> String {
    let lowered = name.to_lowercase();
    let mut text = format!("key `{}`", shown_name(name));
    if is_harmless(&lowered, value) {
        text.push_str(&format!(" = `{}`", settings::shown_value(&lowered, value)));
    }
    let special = if name != lowered && settings::variable(&lowered).is_some() {
        format!(", which is not `{lowered}`")
    } else if value.is_empty() {
        " without a value".to_owned()
    } else if value == longest {
        match (looks_commented(value), unquoted(value)) {
            (true, _) => ", with the comment".to_owned(),
            (false, Some(_)) => ", with the quotes".to_owned(),
            _ => String::new(),
        }
    } else if unquoted(longest) == Some(value) {
        ", without the quotes".to_owned()
    } else if longest.strip_prefix(value).is_some_and(is_comment) {
        ", without the comment".to_owned()
    } else {
        String::new()
    };
    text.push_str(&special);
    text
}

/// Whether the value of a key may be shown: that of a known setting which is no secret, no part of credentials, no command
/// and no address, and doesn't look like one.
fn is_harmless(key: &str, value: &str) -> bool {
    let is_plain = |row: &settings::Variable| !row.secret && !row.credential && *row != CREDENTIAL_PROCESS;
    settings::variable(key).is_some_and(is_plain)
        && !value.is_empty()
        && value.len() <= 100
        && !value.contains(['@', '\n'])
        && !looks_secret(value)
}
