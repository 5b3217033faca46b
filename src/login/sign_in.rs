//! What both kinds of sign-in have in common: a user who is asked, and a browser that brings a code.

use std::time::Duration;

use super::error::Error;
use super::wait::{self, Terminal};
use crate::net::callback::{Answer, Listening};
use crate::secret::Secret;

/// As many bytes as a sign-in may have: there must be room for it before the user is asked.
pub(super) const PLACEHOLDER: [u8; 16384] = [b' '; 16384];

/// The user who signs in.
pub trait User {
    /// Asks the user to sign in, and opens the browser if there is one.
    fn invite(&self, invitation: &Invitation<'_>);

    /// Where the user may paste the address at which the browser ended.
    fn terminal(&self) -> Option<&dyn Terminal>;

    /// The code that a browser on another machine shows; `None` if there is none within this time. `again` if what was typed
    /// last was not a code.
    fn code(&self, again: bool, within: Duration) -> Result<Option<Secret>, Error>;
}

/// Where to sign in.
pub struct Invitation<'i> {
    pub address: &'i str,
    /// The code that has to be entered there, or compared with the one that is shown there.
    pub code: Option<&'i str>,
    /// Where the code can be entered, if `address` contains it.
    pub page: Option<&'i str>,
    /// Whether the browser comes back to this machine, if it is on it.
    pub comes_back: bool,
}

/// Waits for the browser, or for a pasted address, and returns the code.
pub(super) fn wait(
    listening: &Listening,
    state: &Secret,
    limit: Duration,
    user: &dyn User,
) -> Result<Secret, Error> {
    accepted(wait::answer(&|within| listening.answer(within), user.terminal(), state, limit)?)
}

pub(super) fn accepted(answer: Answer) -> Result<Secret, Error> {
    match answer {
        Answer::Code(code) => Ok(code),
        Answer::Error { error, .. } if error == "access_denied" => Err(Error::Declined),
        Answer::Error { error, description } => Err(Error::Failed { error, description }),
    }
}
