//! What both kinds of sign-in have in common: the browser goes to an address, and comes back with a code.

use std::time::{Duration, Instant};

use super::error::Error;
use crate::net::callback::{Answer, Listening, parse};
use crate::secret::Secret;

/// How long to wait for the browser before looking for a pasted line.
const STEP: Duration = Duration::from_millis(50);

/// The user who signs in.
pub trait User {
    /// Asks the user to sign in, and opens the browser if there is one.
    fn invite(&self, invitation: &Invitation<'_>);

    /// A line that the user has pasted since the invitation, if there is one. Never waits.
    fn pasted(&self) -> Result<Option<Secret>, Error>;

    /// Says that a pasted line is not what was asked for.
    fn refuse(&self);

    /// The code that a browser on another machine shows. `again` if the last one was not such a code.
    fn code(&self, again: bool) -> Result<Secret, Error>;
}

/// Where to sign in.
pub struct Invitation<'i> {
    pub address: &'i str,
    /// The code that has to be entered there, or compared with the one that is shown there.
    pub code: Option<&'i str>,
    /// Where the code can be entered, if `address` contains it.
    pub page: Option<&'i str>,
    /// The address at which the browser comes back can be pasted.
    pub can_paste: bool,
}

/// Waits for the browser, or for a pasted address, and returns the code.
pub(super) fn wait(
    listening: &Listening,
    state: &Secret,
    limit: Duration,
    user: &dyn User,
) -> Result<Secret, Error> {
    let start = Instant::now();
    while start.elapsed() < limit {
        if let Some(answer) = listening.answer(STEP.min(limit)) {
            return accepted(answer);
        }
        if let Some(line) = user.pasted()? {
            match parse(line.expose(), state) {
                Some(answer) => return accepted(answer),
                None => user.refuse(),
            }
        }
    }
    Err(Error::NotAnswered { limit })
}

pub(super) fn accepted(answer: Answer) -> Result<Secret, Error> {
    match answer {
        Answer::Code(code) => Ok(code),
        Answer::Error { error, .. } if error == "access_denied" => Err(Error::Declined),
        Answer::Error { error, description } => Err(Error::Failed { error, description }),
    }
}
