//! The credentials of a console sign-in, refreshed if they expire soon.

use super::context::Context;
use super::error::Error;
use crate::credentials::Credentials;
use crate::login::Console;
use crate::sdk::{Problem, Provider};
use crate::service::Service;

/// The credentials, or what went wrong.
pub(super) fn credentials(
    context: &Context<'_>,
    console: &Console,
) -> Result<Credentials, (Problem, Box<Error>)> {
    let offline = || Error::Offline { provider: Provider::Login, what: Service::Signin.title().to_owned() };
    let found = console.credentials(&context.client);
    let found = found.map_err(|(problem, error)| (problem, Box::new(context.unasked(error.into(), offline))));
    let (credentials, notice) = found?;
    context.warn(notice);
    Ok(credentials)
}
