//! What the user should know of a sign-in that can be used all the same.

use super::SignIn;
use super::error::Error;
use crate::credentials::Expiration;
use crate::failure::chain;

#[derive(Debug, thiserror::Error)]
pub enum Notice {
    /// It still lasts.
    #[error("{sign_in} expires at {ends} and could not be refreshed{}", why(.error))]
    NotRefreshed { sign_in: SignIn, ends: Expiration, error: Box<Error> },
    #[error(
        "{sign_in} was refreshed without a lock, so other processes may refresh it at the same time: {}; \
         XDG_STATE_HOME can name another folder for the lock",
        chain(&**.error).join(": ")
    )]
    Unlocked { sign_in: SignIn, error: Box<Error> },
}

/// Why a sign-in could not be refreshed, without these words.
fn why(error: &Error) -> String {
    let why = chain(error).join(": ");
    match why.strip_prefix("the sign-in could not be refreshed") {
        Some(rest) => rest.to_owned(),
        None => format!(": {why}"),
    }
}
