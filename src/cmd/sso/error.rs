//! Why there is nothing to list.

use crate::failure::{Code, Command, Explain, Hint};
use crate::service;

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
    NoAccount {
        id: String,
        /// Those that it gives access to: an ID that is nearly the same is another account.
        accounts: Vec<String>,
    },
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
            Error::NoAccount { accounts, .. } if accounts.is_empty() => {
                "no accounts are assigned to you: ask who manages them".into()
            }
            Error::NoAccount { accounts, .. } => {
                format!("the accounts assigned to you: {}", first_of(accounts)).into()
            }
            Error::Refused(source) => return source.help(),
        })
    }
}

/// The first few rows of a list, in one line.
pub(crate) fn first_of(rows: &[impl AsRef<str>]) -> String {
    let shown: Vec<&str> = rows.iter().take(5).map(AsRef::as_ref).collect();
    let more = if rows.len() > 5 { " …" } else { "" };
    format!("{}{more}", shown.join("; "))
}

#[cfg(test)]
mod examples;
