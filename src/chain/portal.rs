//! The request to IAM Identity Center for a role's credentials.

use super::context::Context;
use super::error::{Assignment, Error};
use super::question;
use crate::address::redacted;
use crate::credentials::Credentials;
use crate::sdk::Provider;
use crate::secret::Secret;
use crate::service::{Caller, sso};

/// The codes for a user who is signed in, and doesn't have the role.
const NOT_ASSIGNED: [&str; 2] = ["ForbiddenException", "ResourceNotFoundException"];

/// The credentials of a role in an account, without the account's ID.
pub(super) fn role_credentials(
    context: &Context<'_>,
    caller: &Caller<'_>,
    token: &Secret,
    wanted: &Assignment,
) -> Result<Credentials, Error> {
    let (role, account) = (&*wanted.role.value, &*wanted.account.value);
    let question = question::role_credentials(role, account, token);
    context.once(&question::at(&caller.endpoint, &question), || {
        let _progress = context.client.progress.show(&redacted(&caller.endpoint.url));
        let found = sso::get_role_credentials(caller, token, role, account).map_err(|source| {
            if NOT_ASSIGNED.iter().any(|code| source.is_refusal(code)) {
                return Error::NotAssigned { wanted: Box::new(wanted.clone()), source };
            }
            let context = format!("no credentials for the role {role} in the account {account}");
            Error::Service { provider: Provider::Sso, context, advice: None, source }
        })?;
        Ok(found.keys.ending(&caller.endpoint.url, Some(found.expiration), None))
    })
}

/// Whether the service doesn't accept the token, however long it should last.
pub(super) fn is_signed_out(error: &Error) -> bool {
    matches!(error.peeled(), Error::Service { source, .. } if source.is_signed_out())
}
