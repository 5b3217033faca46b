//! Sign-ins: where they are cached, and how they are refreshed. Signing in is left to AWS CLI.

mod aws_login;
#[allow(dead_code, reason = "the command `login` is built on it")]
pub mod browser;
mod error;
#[allow(dead_code, reason = "the command `login` is built on it")]
pub mod flow;
#[allow(dead_code, reason = "the command `login` is built on it")]
pub mod pkce;
#[allow(dead_code, reason = "the command `login` is built on it")]
pub mod start_url;
#[cfg_attr(unix, path = "unix.rs")]
#[cfg_attr(windows, path = "windows.rs")]
#[allow(dead_code, reason = "the command `login` is built on it")]
mod system;
mod token;
#[allow(dead_code, reason = "the command `login` is built on it")]
pub mod wait;

pub use aws_login::Console;
pub use error::{Error, Fault};
pub use token::{SsoToken, Token};

use std::fmt;
use std::io::ErrorKind::{InvalidData, NotADirectory, NotFound};
use std::path::Path;

use zeroize::Zeroizing;

use crate::address::redacted;
use crate::credentials::Expiration;
use crate::failure::Command;
use crate::origin::Origin;
use crate::store;

/// A sign-in of a user.
#[derive(Clone, Debug)]
pub enum SignIn {
    /// An `sso-session` of IAM Identity Center.
    SsoSession(String),
    /// IAM Identity Center without an `sso-session`, as in older profiles.
    Sso { start_url: String, profile: String },
    /// The console, with `aws login`.
    Console { session: String, profile: String },
}

/// What is cached of a sign-in.
pub enum Kept {
    Until {
        at: Expiration,
        is_refreshable: bool,
    },
    /// The file doesn't have what a sign-in has.
    Unusable,
}

impl SignIn {
    pub fn required(&self, fault: Fault, origin: Option<Origin>) -> Error {
        Error::Required { fault, sign_in: self.clone(), origin }
    }

    /// The text of the cached sign-in.
    pub fn read(&self, path: &Path) -> Result<Zeroizing<String>, Error> {
        store::read_small_text(path).map_err(|source| {
            let origin = || Some(Origin::Cache { path: path.to_owned() });
            match source.kind() {
                NotFound | NotADirectory => self.required(Fault::Missing, origin()),
                InvalidData => self.required(Fault::Unreadable, origin()),
                _ => Error::Io { path: path.to_owned(), source },
            }
        })
    }

    /// What tells it apart from others: several profiles may name the same sign-in.
    pub fn identity(&self) -> (&'static str, &str) {
        match self {
            SignIn::SsoSession(session) => ("sso-session", session),
            SignIn::Sso { start_url, .. } => ("sso", start_url),
            SignIn::Console { session, .. } => ("console", session),
        }
    }

    /// The name of the session, or the start URL without what may be a secret.
    pub fn name(&self) -> String {
        match self {
            SignIn::SsoSession(session) | SignIn::Console { session, .. } => session.clone(),
            SignIn::Sso { start_url, .. } => redacted(start_url),
        }
    }

    /// The command that signs in.
    pub fn command(&self) -> Command {
        match self {
            SignIn::SsoSession(session) => {
                Command::new(["aws", "sso", "login"]).option("--sso-session", session)
            }
            SignIn::Sso { profile, .. } => Command::new(["aws", "sso", "login"]).profile(profile),
            SignIn::Console { profile, .. } => Command::new(["aws", "login"]).profile(profile),
        }
    }
}

impl fmt::Display for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SignIn::SsoSession(session) => write!(f, "session `{session}`"),
            SignIn::Sso { start_url, .. } => f.write_str(&redacted(start_url)),
            SignIn::Console { session, .. } => write!(f, "`{session}`"),
        }
    }
}
