//! Why there is nothing to list.

use crate::config::Name;
use crate::failure::{Code, Command, Explain, Hint};
use crate::{service, sync};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("profile `{profile}` doesn't use IAM Identity Center")]
    NotUsed {
        /// The command below `sso`.
        verb: &'static str,
        profile: String,
        /// A session that the config file has.
        session: Option<String>,
    },
    #[error("the sign-in gives no access to the account `{id}`")]
    NoAccount { id: String, nearest: Option<String> },
    /// A setting of xcred is not a template.
    #[error("setting `{name}`: {error}")]
    Setting { name: Name, error: sync::Error },
    #[error("no account's roles can be listed")]
    Refused(#[source] service::Error),
}

impl Explain for Error {
    fn inner(&self) -> Option<&dyn Explain> {
        match self {
            Error::Refused(source) => Some(source),
            _ => None,
        }
    }

    fn code(&self) -> Code {
        self.inner().map_or(Code::InvalidConfig, Explain::code)
    }

    fn help(&self) -> Option<Hint> {
        Some(match self {
            Error::NotUsed { verb, session: Some(session), .. } => Hint::from("name a session: ")
                .run(Command::xcred(["sso", verb]).option("--sso-session", session)),
            Error::NotUsed { session: None, profile, .. } => {
                Hint::from("set it up: ").run(Command::xcred(["configure", "sso"]).profile(profile))
            }
            Error::NoAccount { id, nearest: Some(nearest) } => Hint::meant(id, nearest),
            Error::NoAccount { nearest: None, .. } => {
                Hint::from(Command::xcred(["sso", "accounts"])).say(" lists the accounts")
            }
            Error::Setting { error, .. } => return error.help(),
            Error::Refused(source) => return source.help(),
        })
    }
}

#[cfg(test)]
mod examples;
