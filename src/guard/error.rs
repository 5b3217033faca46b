//! Why credentials may not be used.

use super::account::Account;
use crate::client;
use crate::failure::{Code, Command, Exit, Explain, Hint};
use crate::origin::{Origin, Place};

/// The variable with the names of the profiles that may be used, separated by commas.
pub(crate) const ALLOWED: &str = "XCRED_ALLOW";

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("{ALLOWED} doesn't allow profile `{profile}`")]
    NotAllowed {
        profile: String,
        /// The profiles in the variable.
        allowed: Vec<String>,
    },
    /// What `exec --serve` serves, where another profile was asked for.
    #[error(
        "profile `{profile}` has no credentials of its own, and those at hand are served for profile `{served}`"
    )]
    Served { profile: String, served: String },
    /// Keys that belong to no profile.
    #[error("{ALLOWED} allows only the keys of the profiles in it, and not the keys {from}")]
    KeysNotAllowed { from: &'static str },
    #[error("{}the credentials{} belong to account {found}, not to {}", .required.origin.before(), of(required), .required.id)]
    OtherAccount { required: Box<Account>, found: String },
    /// The account could not be learned.
    #[error("{}the credentials{} must belong to account {}, and it isn't known whose they are", .required.origin.before(), of(required), .required.id)]
    UnknownAccount { required: Box<Account>, source: Box<client::Error> },
    #[error("{}the credentials{} must belong to account {}, which only STS can tell, and nothing is asked", .required.origin.before(), of(required), .required.id)]
    NotAsked { required: Box<Account> },
    /// Two accounts are required.
    #[error("{}{} requires account {}, and {} requires {}", .one.origin.before(), by(one), .one.id, by(other), .other.id)]
    Contradiction { one: Box<Account>, other: Box<Account> },
    #[error(
        "{place}: profile `{profile}` is used only after a confirmation, and there is no terminal to ask on"
    )]
    NoTerminal { profile: String, place: Place },
    /// What whole credentials are needed for.
    #[error("{}the credentials are only handed out narrowed, and {what}", .origin.before())]
    OnlyNarrowed { origin: Origin, what: &'static str },
    #[error("profile `{profile}` was not confirmed")]
    Declined { profile: String },
    /// The guard of a name that no profile has, but nearly.
    #[error(
        "{place}: the guard is for profile `{guard}`, which doesn't exist, so it would not hold for `{profile}`"
    )]
    Misnamed { guard: String, profile: String, place: Place },
    #[error("{place}: a guard is for one profile; `{guard}` is not the name of one, and patterns don't work")]
    Pattern { guard: String, place: Place },
}

/// Whose credentials they are.
fn of(required: &Account) -> String {
    required.profile.as_ref().map(|profile| format!(" of profile `{profile}`")).unwrap_or_default()
}

fn by(required: &Account) -> String {
    match &required.profile {
        Some(profile) => format!("the guard of profile `{profile}`"),
        None => required.origin.to_string(),
    }
}

impl Explain for Error {
    fn code(&self) -> Code {
        match self {
            Error::NoTerminal { .. } => Code::NeedsTerminal,
            _ => Code::Guarded,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Error::Declined { .. } => Exit::Interrupted,
            _ => self.code().exit(),
        }
    }

    fn help(&self) -> Option<Hint> {
        match self {
            Error::Served { served, .. } => {
                Some(Hint::from(format!("leave the profile out to use those of `{served}`")))
            }
            Error::NotAllowed { allowed, .. } if allowed.is_empty() => {
                Some(format!("{ALLOWED} is empty, so it allows no profile").into())
            }
            Error::NotAllowed { allowed, .. } => Some(format!("it allows: {}", allowed.join(", ")).into()),
            Error::KeysNotAllowed { .. } => Some("name one of these profiles with `--profile`".into()),
            Error::OtherAccount { required, .. } => {
                let resolve = Command::xcred(["resolve"]).profile(required.profile.as_ref()?);
                Some(Hint::from(resolve).say(" shows where the credentials come from"))
            }
            Error::UnknownAccount { source, .. } => source.help(),
            Error::NotAsked { required } => {
                let whoami = Command::xcred(["whoami"]).profile(required.profile.as_ref()?);
                Some(Hint::from(whoami).say(" asks once, and the answer is kept"))
            }
            Error::NoTerminal { .. } => Some("run it on a terminal".into()),
            Error::OnlyNarrowed { .. } => Some("use another profile".into()),
            Error::Misnamed { profile, .. } => {
                Some(format!("write `{profile}` there, or remove the guard if it is for no profile").into())
            }
            Error::Pattern { .. } => Some("give each profile a guard of its own".into()),
            Error::Contradiction { .. } | Error::Declined { .. } => None,
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Error::NotAllowed { .. } | Error::KeysNotAllowed { .. } => Some(Origin::environment(ALLOWED)),
            Error::OtherAccount { required, .. }
            | Error::UnknownAccount { required, .. }
            | Error::NotAsked { required } => Some(required.origin.clone()),
            Error::Contradiction { one, .. } => Some(one.origin.clone()),
            Error::NoTerminal { place, .. }
            | Error::Misnamed { place, .. }
            | Error::Pattern { place, .. } => Some(Origin::File(place.clone())),
            Error::OnlyNarrowed { origin, .. } => Some(origin.clone()),
            Error::Served { .. } => Some(Origin::environment("XCRED_PROFILE")),
            Error::Declined { .. } => None,
        }
    }
}

#[cfg(test)]
mod examples;
