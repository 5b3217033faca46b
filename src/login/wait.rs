//! Waits for what ends a sign-in in the browser: its callback, the address that a user pastes, or the end of the time.

use std::time::{Duration, Instant};

use crate::failure::{Code, Explain, Hint};
use crate::net::callback::{Answer, parse};
use crate::secret::Secret;

/// How long the terminal is looked at before the callback is again.
const TICK: Duration = Duration::from_millis(50);

/// A terminal at which the user may paste the address on which the browser ended.
pub trait Terminal {
    /// What is typed within this time, without showing it.
    fn typed(&self, within: Duration) -> Typed;

    /// Tells the user that the line isn't the address of this sign-in.
    fn reject(&self);
}

#[derive(Debug)]
pub enum Typed {
    /// A whole line.
    Line(Secret),
    /// No whole line yet.
    Nothing,
    /// No more lines will come.
    Closed,
    /// Ctrl-C.
    Interrupted,
}

/// Why a sign-in got no answer.
#[derive(Debug, thiserror::Error)]
pub enum WaitError {
    #[error("the sign-in was not completed within {} s", .limit.as_secs())]
    TimedOut { limit: Duration },
    #[error("interrupted")]
    Interrupted,
}

impl Explain for WaitError {
    fn code(&self) -> Code {
        match self {
            WaitError::TimedOut { .. } => Code::Io,
            WaitError::Interrupted => Code::Interrupted,
        }
    }

    fn help(&self) -> Option<Hint> {
        match self {
            WaitError::TimedOut { .. } => Some("try again; --timeout sets how many seconds to wait".into()),
            WaitError::Interrupted => None,
        }
    }
}

/// The first answer to the sign-in of `state`: from the browser, or pasted at the terminal, if there is one. `returned` waits
/// for the browser, no longer than it is told.
pub fn answer(
    returned: &dyn Fn(Duration) -> Option<Answer>,
    terminal: Option<&dyn Terminal>,
    state: &Secret,
    limit: Duration,
) -> Result<Answer, WaitError> {
    let start = Instant::now();
    let mut terminal = terminal;
    loop {
        let left = limit.saturating_sub(start.elapsed());
        let patience = if terminal.is_some() { Duration::ZERO } else { left };
        if let Some(answer) = returned(patience) {
            return Ok(answer);
        }
        if left.is_zero() {
            return Err(WaitError::TimedOut { limit });
        }
        let Some(open) = terminal else { continue };
        match open.typed(TICK.min(left)) {
            Typed::Line(line) => match parse(line.expose(), state) {
                Some(answer) => return Ok(answer),
                None => open.reject(),
            },
            Typed::Nothing => {}
            Typed::Closed => terminal = None,
            Typed::Interrupted => return Err(WaitError::Interrupted),
        }
    }
}

#[cfg(test)]
mod examples;
#[cfg(test)]
mod tests;
