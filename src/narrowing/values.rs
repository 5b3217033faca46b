//! Durations, names and tags.

use jiff::SignedDuration;

use super::error::{Error, Fault};
use crate::origin::Located;
use crate::settings::is_session_name;

/// The shortest session, in seconds.
const SHORTEST: u32 = 900;

/// The longest session, that of a federated user, in seconds.
const LONGEST: u32 = 129_600;

/// The longest key of a tag, in characters.
const LONGEST_KEY: usize = 128;

/// The longest value of a tag, in characters.
const LONGEST_VALUE: usize = 256;

/// A session tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub key: String,
    pub value: String,
}

/// The seconds of `3600`, `15m`, `1h` or `1h30m`.
pub fn duration(text: Located<&str>) -> Result<Located<u32>, Error> {
    let Located { value, origin } = text;
    let seconds = match value.parse::<u32>() {
        Ok(seconds) => Some(i64::from(seconds)),
        Err(_) => value.parse::<SignedDuration>().ok().map(|found| found.as_secs()),
    };
    let Some(seconds) = seconds else {
        return Err(Fault::Duration { text: value.to_owned() }.at(origin));
    };
    match u32::try_from(seconds) {
        Ok(seconds) if (SHORTEST..=LONGEST).contains(&seconds) => Ok(Located::new(seconds, origin)),
        _ => Err(Fault::DurationRange { seconds }.at(origin)),
    }
}

/// The name of a session, or a source identity.
pub fn name(text: Located<String>) -> Result<Located<String>, Error> {
    if is_session_name(&text.value) {
        Ok(text)
    } else {
        Err(Fault::Name { text: text.value }.at(text.origin))
    }
}

impl Tag {
    /// Parses `KEY=VALUE`.
    pub fn parse(text: Located<&str>) -> Result<Located<Tag>, Error> {
        let Located { value: text, origin } = text;
        let is_plain = |c: char| c.is_alphanumeric() || c == ' ' || "_.:/=+-@".contains(c);
        let fault = match text.split_once('=') {
            None | Some(("", _)) => Fault::Tag { text: text.to_owned() },
            Some((key, value))
                if key.chars().count() > LONGEST_KEY || value.chars().count() > LONGEST_VALUE =>
            {
                Fault::TagTooLong { key: key.to_owned() }
            }
            Some((key, _)) if key.to_lowercase().starts_with("aws:") => {
                Fault::TagReserved { key: key.to_owned() }
            }
            Some((key, value)) => match key.chars().chain(value.chars()).find(|c| !is_plain(*c)) {
                Some(character) => Fault::TagCharacter { key: key.to_owned(), character },
                None => {
                    let tag = Tag { key: key.to_owned(), value: value.to_owned() };
                    return Ok(Located::new(tag, origin));
                }
            },
        };
        Err(fault.at(origin))
    }
}
