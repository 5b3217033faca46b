//! The requests of long listings: a service throttles them, and one that is given up makes the whole listing useless.

use std::time::Duration;

use super::{Caller, Error};
use crate::net::{Request, Response, Route};

/// How often a throttled request is sent, unless the settings allow more attempts.
const ATTEMPTS: u32 = 12;

/// The longest first wait.
const FIRST: Duration = Duration::from_millis(100);

/// The longest wait, also if the service asks for a longer one.
const LONGEST: Duration = Duration::from_secs(20);

/// The longest wait that the service may ask for. A longer one would end after the last attempt.
const MOST: Duration = LONGEST.saturating_mul(ATTEMPTS);

/// Sends a request until it is neither throttled nor fails for a moment, or the attempts are used up: those of the
/// settings, and more of them while the service throttles, unless it asks for a wait that is too long.
pub(super) fn send(caller: &Caller<'_>, request: &Request) -> Result<Response, Error> {
    let usual = caller.retry.attempts();
    let mut made = 1;
    loop {
        let sent = caller.net.send(Route::Service, request, caller.limits);
        let (attempts, asked) = match &sent {
            Ok(response) if response.status == 429 => (usual.max(ATTEMPTS), retry_after(response)),
            Ok(response) if matches!(response.status, 500 | 502 | 503 | 504) => {
                (usual, retry_after(response))
            }
            Err(error) if error.is_transient() => (usual, None),
            _ => return Ok(sent?),
        };
        if made >= attempts || asked.is_some_and(|asked| asked > MOST) {
            return Ok(sent?);
        }
        caller.clock.sleep(wait(made, asked, caller.clock.chance()));
        made += 1;
    }
}

/// The wait after attempt number `made`: `chance` times 0.1, 0.2, 0.4 … s, or what the service asked for and a little
/// more, so that not all who were told the same come back at once.
fn wait(made: u32, asked: Option<Duration>, chance: f64) -> Duration {
    let doubled = FIRST.saturating_mul(2_u32.saturating_pow(made - 1)).min(LONGEST);
    match asked {
        Some(asked) => asked.min(LONGEST) + FIRST.mul_f64(chance),
        None => doubled.mul_f64(chance),
    }
}

/// The seconds of the header `Retry-After`. Its other form, a date, is ignored.
fn retry_after(response: &Response) -> Option<Duration> {
    response.header("retry-after")?.trim().parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_limit_and_are_as_long_as_the_service_asks() {
        let waits: Vec<u128> = (1..=9).map(|made| wait(made, None, 0.5).as_millis()).collect();
        assert_eq!(waits, [50, 100, 200, 400, 800, 1600, 3200, 6400, 10000]);
        assert_eq!(wait(1, Some(Duration::from_secs(3)), 0.5), Duration::from_millis(3050));
        assert_eq!(wait(9, Some(Duration::from_secs(9999)), 0.0), LONGEST);
        assert_eq!(wait(u32::MAX, None, 1.0), LONGEST);
    }
}
