//! The credentials of a console sign-in, refreshed if they expire soon.

use super::context::Context;
use super::error::Error;
use crate::credentials::Credentials;
use crate::login::Console;
use crate::sdk::Provider;
use crate::service::Service;

pub(super) fn credentials(context: &Context<'_>, console: &Console<'_>) -> Result<Credentials, Error> {
    let client = &context.client;
    if client.offline && console.needs_refresh(client.world) {
        return Err(Error::Offline { provider: Provider::Login, what: Service::Signin.title().to_owned() });
    }
    let (credentials, notice) = console.credentials(client)?;
    context.tell(notice);
    Ok(credentials)
}
