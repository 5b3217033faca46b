//! The kinds of sign-ins, and what tells one from another.

use std::fmt;

use crate::address::redacted;
use crate::failure::Command;

/// A sign-in of a user.
#[derive(Clone, Debug)]
pub enum SignIn {
    /// An `sso-session` of IAM Identity Center.
    SsoSession(String),
    /// IAM Identity Center without an `sso-session`, as in older profiles.
    Sso {
        start_url: String,
        profile: String,
    },
    Console(Console),
}

/// A sign-in to the console, for the user or the role whose ARN is `session`, as `login_session` of a profile names it.
#[derive(Clone, Debug)]
pub struct Console {
    pub session: String,
    pub profile: String,
}

/// The sign-in of a file that nothing in the configuration names.
pub(super) static NAMELESS: SignIn = SignIn::Sso { start_url: String::new(), profile: String::new() };

impl SignIn {
    /// What tells it apart from others: several profiles may name the same sign-in.
    pub fn identity(&self) -> (&'static str, &str) {
        match self {
            SignIn::SsoSession(session) => ("sso-session", session),
            SignIn::Sso { start_url, .. } => ("sso", start_url),
            SignIn::Console(console) => ("console", &console.session),
        }
    }

    /// The name of the session, or the start URL without what may be a secret.
    pub fn name(&self) -> String {
        match self {
            SignIn::SsoSession(session) | SignIn::Console(Console { session, .. }) => session.clone(),
            SignIn::Sso { start_url, .. } => redacted(start_url),
        }
    }

    /// The `sso-session`, if it is one.
    pub fn session(&self) -> Option<&str> {
        if let SignIn::SsoSession(session) = self { Some(session) } else { None }
    }

    /// The command that signs in.
    pub fn command(&self) -> Command {
        self.name_in(Command::xcred(["login"]))
    }

    /// The command with the option that names this sign-in.
    pub fn name_in(&self, command: Command) -> Command {
        match self {
            SignIn::SsoSession(session) => command.option("--sso-session", session),
            SignIn::Sso { profile, .. } | SignIn::Console(Console { profile, .. }) => {
                command.profile(profile)
            }
        }
    }
}

impl fmt::Display for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SignIn::SsoSession(session) => write!(f, "session `{session}`"),
            SignIn::Sso { start_url, .. } => f.write_str(&redacted(start_url)),
            SignIn::Console(console) if console.session.is_empty() => {
                f.write_str("the console, because `login_session` is empty")
            }
            SignIn::Console(console) => write!(f, "`{}`", console.session),
        }
    }
}
