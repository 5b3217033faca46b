//! How often a request is sent: botocore's retry modes.

use std::time::Duration;

use jiff::SignedDuration;

use super::{Clock, Error, Service};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// botocore's default: five attempts.
    Legacy,
    /// The mode of all SDKs: three attempts, and waits of at most 20 s.
    ///
    /// `adaptive` adds a rate limit, which has no effect on a single request.
    Standard,
}

/// The codes of throttled requests, which were not carried out.
const THROTTLED: [&str; 8] = [
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottled",
    "RequestThrottledException",
    "RequestLimitExceeded",
    "TooManyRequestsException",
    "SlowDown",
];

/// How long a request that is not idempotent is retried. With the limits of the last attempt it ends within [`LIFE`].
const RETRIED: SignedDuration = SignedDuration::from_mins(3);

/// The longest time from the first attempt of such a request to the end of its last.
pub const LIFE: Duration = Duration::from_mins(5);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    mode: Mode,
    attempts: u32,
    /// Whether an attempt that may have been carried out is retried.
    idempotent: bool,
}

impl Policy {
    /// The attempts of `mode`, unless `max_attempts` is set, which includes the first one.
    pub fn new(mode: Mode, max_attempts: Option<u32>) -> Policy {
        let usual = match mode {
            Mode::Legacy => 5,
            Mode::Standard => 3,
        };
        Policy { mode, attempts: max_attempts.unwrap_or(usual).max(1), idempotent: true }
    }

    /// The policy for a request that is not idempotent: it is retried only if it certainly had no effect, because there
    /// was no connection or the service itself has throttled it.
    #[must_use]
    pub fn not_idempotent(self) -> Policy {
        Policy { idempotent: false, ..self }
    }

    /// How many attempts are made, the first one included.
    pub(super) fn attempts(self) -> u32 {
        self.attempts
    }

    /// Makes attempts until one succeeds, fails permanently, or was the last.
    pub(super) fn run<T>(
        self,
        clock: &dyn Clock,
        mut attempt: impl FnMut() -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut made = 1;
        let start = clock.now();
        let late = || !self.idempotent && clock.now().duration_since(start) > RETRIED;
        loop {
            match attempt() {
                Err(error) if made < self.attempts && !late() && self.is_worth_another(&error) => {
                    clock.sleep(self.wait(made, clock.chance()));
                    made += 1;
                }
                outcome => return outcome,
            }
        }
    }

    /// The wait after attempt number `made`: `chance` times 1, 2, 4, 8 … s.
    fn wait(self, made: u32, chance: f64) -> Duration {
        let doubled = 2_u64.saturating_pow(made - 1);
        let most = match self.mode {
            Mode::Legacy => doubled.min(1 << 32),
            Mode::Standard => doubled.min(20),
        };
        Duration::from_secs(most).mul_f64(chance)
    }

    fn is_worth_another(self, error: &Error) -> bool {
        match error {
            Error::Net(error) if !self.idempotent => matches!(error, crate::net::Error::Connect { .. }),
            Error::Net(error) => error.is_transient(),
            // The answer may be that of a proxy that has forwarded the request.
            Error::Refused { code, .. } if !self.idempotent => {
                THROTTLED.contains(&code.as_str()) && error.is_without_effect()
            }
            Error::Foreign { .. } if !self.idempotent => false,
            Error::Refused { service, code, status, .. } => {
                matches!(status, 500 | 502 | 503 | 504)
                    || self.is_throttled(code, *status)
                    || (*service == Service::Sts && *status == 400 && code == "IDPCommunicationError")
            }
            Error::Foreign { status, .. } => {
                matches!(status, 500 | 502 | 503 | 504) || self.is_throttled("Unknown", *status)
            }
            // A response that can't be parsed is not retried, not even with status 503.
            _ => false,
        }
    }

    /// botocore's `_retry.json` for the legacy mode, and `retries/standard.py` for the standard mode.
    fn is_throttled(self, code: &str, status: u16) -> bool {
        const LEGACY: [&str; 5] = [
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestThrottledException",
            "ProvisionedThroughputExceededException",
        ];
        const STANDARD: [&str; 11] = [
            "TooManyRequestsException",
            "TransactionInProgressException",
            "RequestLimitExceeded",
            "BandwidthLimitExceeded",
            "LimitExceededException",
            "RequestThrottled",
            "SlowDown",
            "PriorRequestNotComplete",
            "EC2ThrottledException",
            "RequestTimeout",
            "RequestTimeoutException",
        ];
        match self.mode {
            Mode::Legacy => matches!(status, 429 | 509) || (status == 400 && LEGACY.contains(&code)),
            Mode::Standard => LEGACY.contains(&code) || STANDARD.contains(&code),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::service::tests::Still;

    fn refused(status: u16, code: &str) -> Error {
        Error::Refused {
            service: Service::Sts,
            operation: "X",
            code: code.to_owned(),
            message: String::new(),
            status,
            request_id: None,
        }
    }

    fn attempts(policy: Policy, status: u16, code: &str) -> (u32, Vec<f64>) {
        let (clock, made) = (Still::new(0.5), RefCell::new(0));
        let outcome: Result<(), Error> = policy.run(&clock, || {
            *made.borrow_mut() += 1;
            Err(refused(status, code))
        });
        assert!(outcome.is_err());
        (made.into_inner(), clock.slept())
    }

    #[test]
    fn waits_double_up_to_the_limit_of_the_mode() {
        let legacy = Policy::new(Mode::Legacy, None);
        assert_eq!(attempts(legacy, 500, ""), (5, vec![0.5, 1.0, 2.0, 4.0]));
        assert_eq!(attempts(Policy::new(Mode::Standard, None), 500, ""), (3, vec![0.5, 1.0]));
        let standard = Policy::new(Mode::Standard, Some(8));
        assert_eq!(attempts(standard, 503, ""), (8, vec![0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0]));
        assert_eq!(attempts(Policy::new(Mode::Legacy, Some(7)), 500, "").1.last(), Some(&16.0));
        assert_eq!(attempts(Policy::new(Mode::Legacy, Some(1)), 500, ""), (1, vec![]));
    }

    #[test]
    fn a_request_that_is_not_idempotent_is_retried_only_if_it_had_no_effect() {
        let once = Policy::new(Mode::Standard, None).not_idempotent();
        for (status, code, again) in [
            (500, "InternalFailure", false),
            (503, "", false),
            (503, "Throttling", false),
            (400, "Throttling", true),
            (403, "X", false),
            (400, "RequestTimeout", false),
        ] {
            let mut error = refused(status, code);
            // Without its ID it may be the answer of something else than the service.
            assert!(!once.is_worth_another(&error), "{status} {code}");
            if let Error::Refused { request_id, .. } = &mut error {
                *request_id = Some("1".to_owned());
            }
            assert_eq!(once.is_worth_another(&error), again, "{status} {code}");
        }
        // A proxy may throttle a request that it has forwarded.
        let page = |status| Error::Foreign { service: Service::Iam, operation: "X", status };
        let legacy = Policy::new(Mode::Legacy, None);
        assert!(
            !legacy.not_idempotent().is_worth_another(&page(429))
                && !legacy.not_idempotent().is_worth_another(&refused(429, "X"))
        );
        assert!(legacy.is_worth_another(&page(429)) && legacy.is_worth_another(&page(503)));
    }

    #[test]
    fn each_mode_retries_what_botocore_retries() {
        for (status, code, legacy, standard) in [
            (500, "InternalFailure", true, true),
            (501, "", false, false),
            (502, "", true, true),
            (503, "", true, true),
            (504, "", true, true),
            (509, "BandwidthLimitExceeded", true, true),
            (509, "X", true, false),
            (429, "X", true, false),
            (429, "TooManyRequestsException", true, true),
            (400, "Throttling", true, true),
            (403, "Throttling", false, true),
            (400, "RequestLimitExceeded", false, true),
            (400, "RequestTimeout", false, true),
            (400, "IDPCommunicationError", true, true),
            (403, "IDPCommunicationError", false, false),
            (403, "AccessDenied", false, false),
            (301, "", false, false),
        ] {
            for (mode, expected) in [(Mode::Legacy, legacy), (Mode::Standard, standard)] {
                let policy = Policy::new(mode, None);
                assert_eq!(
                    policy.is_worth_another(&refused(status, code)),
                    expected,
                    "{mode:?} {status} {code}"
                );
            }
        }
    }
}
