//! The MFA device of the user whose keys sign, for an account that demands a code.

use std::cell::OnceCell;

use super::{ResolveOptions, Session, Waits};
use crate::chain::{self, CodeFrom, Interaction as _};
use crate::client::{self, Context, Error};
use crate::cmd::prompter::Prompter;
use crate::credentials::Credentials;
use crate::failure::{Command, Exit, Failure, Hint};
use crate::keys::SecondFactor;
use crate::service::{self, Sent, Service, iam, sts};
use crate::settings::{MFA_SERIAL, is_security_key};

/// How long the session lasts, in seconds.
const LASTING: i64 = 3600;

/// What is known of the user's device.
pub(in crate::cmd) struct Factor<'s> {
    session: &'s Session<'s>,
    context: Context<'s>,
    tried: OnceCell<Tried>,
}

/// The outcome of the only attempt.
enum Tried {
    Made {
        /// The access key ID of the keys.
        by: String,
        session: Box<Credentials>,
    },
    /// There is a device, and no program and no terminal to get its code from.
    CodeUnavailable,
    NoDevice,
    /// With what to do about it.
    Failed(Option<Hint>),
}

impl Session<'_> {
    pub(in crate::cmd) fn second_factor(&self) -> Factor<'_> {
        let context = self.client(&Waits, ResolveOptions::default());
        Factor { session: self, context, tried: OnceCell::new() }
    }
}

impl Factor<'_> {
    /// The failure with what to do about it, if the missing code may be the reason.
    pub(in crate::cmd) fn explained(&self, failure: Failure) -> Failure {
        if failure.help().is_some() || failure.exit() != Exit::Service {
            return failure;
        }
        match self.tried.get() {
            Some(Tried::NoDevice) => {
                let set = Command::set(MFA_SERIAL.name, "ARN");
                let set = set.profile(&self.session.selection.name.value);
                failure.with_help(Hint::from("the account may demand MFA for this: ").run(set))
            }
            Some(Tried::CodeUnavailable) => failure.with_help(
                "the account may demand MFA for this: run it in a terminal, or name a program that prints the code: \
                 `xcred config set mfa.command PROGRAM`",
            ),
            Some(Tried::Failed(Some(advice))) => failure.with_help(advice.clone()),
            _ => failure,
        }
    }

    /// The session that roles share with `mfa.session`, if it is of these keys: kept from an earlier command, or made with a
    /// code if `asks`.
    fn shared(&self, by: &Credentials, asks: bool) -> Option<Result<Credentials, chain::Error>> {
        let resolve = |how| self.session.resolve(how).ok().map(|resolution| resolution.outcome);
        let (_, own) = resolve(ResolveOptions::plain())?.ok()?;
        if own.id() != by.id() {
            return None;
        }
        match resolve(ResolveOptions { offline: !asks, ..ResolveOptions::default() })? {
            Ok((_, session)) => session.token().is_some().then_some(Ok(session)),
            Err(error) => Some(Err(error)),
        }
    }

    fn attempt(&self, by: &Credentials, refusal: &service::Error) -> Result<Tried, Error> {
        let circle = self.session.circle();
        let Ok(config) = self.session.config() else { return Ok(Tried::NoDevice) };
        let (world, ui) = (self.session.world, self.session.ui);
        let made = |session| Tried::Made { by: by.id().to_owned(), session: Box::new(session) };
        let is_shared = self.session.mfa_session(config).is_some();
        if is_shared && let Some(Ok(kept)) = self.shared(by, false) {
            return Ok(made(kept));
        }
        let prompter = Prompter { world, ui, config, circle: &circle };
        let is_unavailable = |serial: &str| prompter.code_from(serial) == CodeFrom::Unavailable;
        let own = self.context.text(&self.session.selection.name.value, MFA_SERIAL.name)?;
        let serial = match own.map(|found| found.value).filter(|serial| !serial.is_empty()) {
            Some(serial) => serial,
            None if is_unavailable("") => return Ok(Tried::NoDevice),
            None => match self.device(by) {
                Some(serial) => serial,
                None => return Ok(Tried::NoDevice),
            },
        };
        if is_unavailable(&serial) {
            return Ok(Tried::CodeUnavailable);
        }
        ui.note(format_args!("{refusal}: the account may demand MFA"));
        if is_shared && let Some(shared) = self.shared(by, true) {
            return shared.map(made).map_err(|error| Error::NoCode(Box::new(error)));
        }
        let code = prompter.mfa_code(&serial).map_err(|error| Error::NoCode(Box::new(error)))?;
        let request =
            sts::SessionToken { serial_number: &serial, token_code: Some(&code), duration_seconds: LASTING };
        let session = client::call(&self.context, Service::Sts, |caller| {
            let session = sts::get_session_token(caller, by, &request)?;
            Ok(session.credentials(&caller.endpoint.url))
        })?;
        Ok(made(session))
    }

    /// What to do about a refused code.
    fn advice(&self, by: &Credentials, error: &Error) -> Option<Hint> {
        let Error::Call(refusal) = error else { return None };
        let profile = &self.session.selection.name.value;
        Sent::by(by, profile).advice(refusal, profile)
    }

    /// A device of the user that shows codes, if IAM says so. A security key shows none.
    fn device(&self, by: &Credentials) -> Option<String> {
        let all =
            client::call(&self.context, Service::Iam, |caller| iam::list_mfa_devices(caller, by)).ok()?;
        all.into_iter().find(|serial| !is_security_key(serial))
    }
}

/// A refusal of the code is none of the request that needs it.
fn without_code(error: Error) -> Error {
    match error {
        Error::NoCode(_) => error,
        _ => Error::NoCode(Box::new(error)),
    }
}

impl SecondFactor for Factor<'_> {
    fn made_with(&self, keys: &Credentials) -> Option<Credentials> {
        match self.tried.get() {
            Some(Tried::Made { by, session }) if by == keys.id() => Some((**session).clone()),
            _ => None,
        }
    }

    fn session(&self, by: &Credentials, refusal: &service::Error) -> Result<Option<Credentials>, Error> {
        if self.tried.get().is_none() {
            // Nobody is asked twice, even if the first attempt fails.
            let (tried, error) = match self.attempt(by, refusal) {
                Ok(tried) => (tried, None),
                Err(error) => (Tried::Failed(self.advice(by, &error)), Some(without_code(error))),
            };
            let _ = self.tried.set(tried);
            if let Some(error) = error {
                return Err(error);
            }
        }
        // Another key of the same user, which was refused too.
        Ok(match self.tried.get() {
            Some(Tried::Made { session, .. }) => Some((**session).clone()),
            _ => None,
        })
    }
}
