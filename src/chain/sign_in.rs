//! The credentials of a console sign-in, refreshed if they expire soon.

use super::context::Context;
use super::error::Error;
use crate::credentials::Credentials;
use crate::login::Console;
use crate::sdk::Provider;
use crate::service::Service;

pub(super) fn credentials(context: &Context<'_>, console: &Console) -> Result<Credentials, Error> {
    let offline = || Error::Offline { provider: Provider::Login, what: Service::Signin.title().to_owned() };
    let found = console.credentials(&context.client);
    let (credentials, notice) = found.map_err(|error| context.unasked(error.into(), offline))?;
    context.warn(notice);
    Ok(credentials)
}
