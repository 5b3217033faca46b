//! A file in which a sign-in is cached: a JSON object that AWS CLI, an SDK or xcred has written.

use std::io::ErrorKind::{FileTooLarge, InvalidData, NotADirectory, NotFound};
use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::error::{Error, Fault};
use super::{Facts, Kept, SignIn};
use crate::credentials::Expiration;
use crate::origin::Origin;
use crate::service::python_json;
use crate::store::{self, Problem};

/// The members of the object. Those that are not known stay as they are.
pub(super) type Members = Map<String, Value>;

pub(super) fn text<'m>(members: &'m Members, name: &str) -> Option<&'m str> {
    members.get(name)?.as_str()
}

/// The text of a member. `None` if it is empty.
pub(super) fn filled<'m>(members: &'m Members, name: &str) -> Option<&'m str> {
    text(members, name).filter(|text| !text.trim().is_empty())
}

/// What was issued last to a session: without an access token, its refresh token.
pub(super) fn issued(members: &Members) -> Option<&str> {
    text(members, "accessToken").or_else(|| text(members, "refreshToken"))
}

/// A time as AWS CLI writes it. The AWS SDK for Rust refuses other forms than RFC 3339.
pub(super) fn date(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

pub(super) struct Cached {
    pub(super) sign_in: SignIn,
    pub(super) path: PathBuf,
}

impl Cached {
    pub(super) fn origin(&self) -> Origin {
        Origin::Cache { path: self.path.clone() }
    }

    pub(super) fn required(&self, fault: Fault) -> Error {
        self.sign_in.required(fault, Some(self.origin()))
    }

    pub(super) fn read(&self) -> Result<Members, Error> {
        self.parse(&self.contents()?)
    }

    /// As the SDKs read it whose parsers take only standard JSON.
    pub(super) fn read_standard(&self) -> Result<Members, Error> {
        serde_json::from_str(&self.contents()?).map_err(|_| self.required(Fault::Unreadable))
    }

    fn contents(&self) -> Result<Zeroizing<String>, Error> {
        store::read_small_text(&self.path).map_err(|source| match source.kind() {
            NotFound | NotADirectory => self.required(Fault::Missing),
            InvalidData | FileTooLarge => self.required(Fault::Unreadable),
            _ => Error::Io { path: self.path.clone(), source },
        })
    }

    /// What is known without asking anybody, of which `of` says how long it lasts. `None` if there is no file.
    pub(super) fn facts(self, now: Timestamp, of: impl FnOnce(&Cached, &Members) -> Kept) -> Option<Facts> {
        let (members, kept) = match self.read() {
            Err(Error::Required { fault: Fault::Missing, .. }) => return None,
            Ok(members) => {
                let kept = of(&self, &members);
                (Some(members), kept)
            }
            Err(error) => (None, Kept::Unusable(Box::new(error))),
        };
        let text = |name| text(members.as_ref()?, name);
        let registered_until = text("registrationExpiresAt").and_then(|text| Expiration::parse(text, now));
        let region = text("signInRegion").map(str::to_owned);
        Some(Facts { path: self.path, kept, registered_until, region })
    }

    pub(super) fn parse(&self, text: &str) -> Result<Members, Error> {
        members(text.as_bytes()).ok_or_else(|| self.required(Fault::Unreadable))
    }

    /// Whether the file could be written now.
    pub(super) fn try_out(&self, members: &Members) -> Result<(), Problem> {
        store::try_out_private(&self.path, encoded(members).as_bytes())
    }

    /// Whether permissions let the file be written. Writes nothing.
    pub(super) fn check(&self) -> Result<(), Problem> {
        store::check_private(&self.path)
    }

    /// Replaces the sign-in that is cached by the one that `choose` makes of it, and returns that one. `None` if there is
    /// none: then nothing is written.
    pub(super) fn update(&self, choose: impl Fn(Members) -> Members) -> Result<Option<Members>, Problem> {
        store::edit_private(&self.path, |contents| {
            let now = members(contents)?;
            let chosen = choose(now.clone());
            if chosen != now {
                *contents = encoded(&chosen).as_bytes().to_vec();
            }
            Some(chosen)
        })
    }

    /// Replaces whatever is cached.
    pub(super) fn write(&self, members: &Members) -> Result<(), Problem> {
        store::write_private(&self.path, encoded(members).as_bytes())
    }
}

/// The members, as Python reads them.
fn members(contents: &[u8]) -> Option<Members> {
    match python_json(contents) {
        Some(Value::Object(members)) => Some(members),
        _ => None,
    }
}

fn encoded(members: &Members) -> Zeroizing<String> {
    // Writing a map of JSON values to memory can't fail.
    Zeroizing::new(serde_json::to_string(members).unwrap_or_default())
}
