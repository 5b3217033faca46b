//! How messages name what is asked for: roles, and the requests and programs that `--offline` prevents.

use std::borrow::Cow;

use crate::settings::without_keys_below;

/// What `--offline` prevents for a role.
pub(super) fn sts_for(role_arn: &str) -> String {
    format!("STS for the role {}", without_keys_below(role_arn))
}

/// A role as errors name it, which may have nothing that names it.
pub(super) fn named(role_arn: &str) -> Cow<'_, str> {
    if role_arn.is_empty() { "the role of an empty role_arn".into() } else { without_keys_below(role_arn) }
}

/// What `--offline` prevents for a `credential_process`.
pub(super) fn program(name: &str) -> String {
    format!("the program `{name}`")
}

/// What `--offline` prevents for a role in an account.
pub(super) fn portal_for(role: &str, account: &str) -> String {
    format!("IAM Identity Center for the role {role} in the account {account}")
}
