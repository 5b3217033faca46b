//! Sign-ins to IAM Identity Center and to the console: how a user signs in and out, where they are cached, and how they
//! are refreshed.

pub mod browser;
mod cached;
mod configured;
mod console_cache;
mod console_sign_in;
mod error;
pub mod flow;
mod forget;
mod identity_center;
mod orphans;
mod pkce;
mod registration;
mod renewal;
mod sign_in;
mod sign_out;
pub mod start_url;
#[cfg_attr(unix, path = "unix.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod system;
mod token;
pub mod wait;

pub use configured::{Configured, IdentityCenter, users};
pub use console_cache::{Console, account_of};
pub use console_sign_in::{NewConsole, NewCredentials};
pub use error::{Error, Fault};
pub use forget::{Scope, forget_roles};
pub use identity_center::NewToken;
pub use orphans::orphans;
pub use sign_in::{Invitation, User};
pub use sign_out::{Outcome, SignedOut, sign_out_all};
pub use token::{SsoToken, Token};

use std::fmt;
use std::path::PathBuf;

use crate::address::redacted;
use crate::credentials::Expiration;
use crate::failure::Command;
use crate::origin::Origin;

/// A sign-in of a user.
#[derive(Clone, Debug)]
pub enum SignIn {
    /// An `sso-session` of IAM Identity Center.
    SsoSession(String),
    /// IAM Identity Center without an `sso-session`, as in older profiles.
    Sso { start_url: String, profile: String },
    /// The console.
    Console { session: String, profile: String },
}

/// What is known of a cached sign-in without asking anybody.
pub struct Facts {
    pub path: PathBuf,
    /// `None` if the file is none of a sign-in.
    pub ends: Option<Expiration>,
    /// Whether it can be refreshed without the user.
    pub is_refreshable: bool,
    /// When the registration of the client ends.
    pub registered_until: Option<Expiration>,
    /// Where a console sign-in was made.
    pub region: Option<String>,
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

impl Kept {
    /// The end, and whether it can be refreshed without the user.
    fn parts(&self) -> (Option<Expiration>, bool) {
        match self {
            Kept::Until { at, is_refreshable } => (Some(*at), *is_refreshable),
            Kept::Unusable => (None, false),
        }
    }
}

impl SignIn {
    pub fn required(&self, fault: Fault, origin: Option<Origin>) -> Error {
        Error::Required { fault, sign_in: self.clone(), origin }
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

    /// The `sso-session`, if it is one.
    pub fn session(&self) -> Option<&str> {
        if let SignIn::SsoSession(session) = self { Some(session) } else { None }
    }

    /// The command that signs in.
    pub fn command(&self) -> Command {
        match self {
            SignIn::SsoSession(session) => Command::xcred(["login"]).option("--sso-session", session),
            SignIn::Sso { profile, .. } | SignIn::Console { profile, .. } => {
                Command::xcred(["login"]).profile(profile)
            }
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
