//! What services are asked, for the [memo](super::memo): all that an answer depends on. The chain of botocore and those of the
//! other SDKs ask by these questions, so that they share answers. No question has a secret.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::credentials::Credentials;
use crate::narrowing::Narrowed;
use crate::secret::Secret;
use crate::service::Endpoint;
use crate::service::sts::{self, SessionName};
use crate::text::hex;

/// A request without a code to assume a role, wherever it is sent. `source` signs it.
pub(super) fn assume_role(
    request: &sts::AssumeRole<'_>,
    source: &Credentials,
    narrowed: Option<&Narrowed>,
) -> Value {
    json!({
        "AssumeRole": request.role_arn,
        "Name": configured(request.session_name),
        "ExternalId": request.external_id,
        "Device": request.serial_number,
        "Duration": request.duration_seconds,
        "Source": source.digest(),
        "Narrowing": narrowed.map(Narrowed::key),
    })
}

/// A request to assume a role with a web identity token.
pub(super) fn web_identity(request: &sts::WebIdentity<'_>, narrowed: Option<&Narrowed>) -> Value {
    json!({
        "WebIdentity": request.role_arn,
        "Name": configured(request.session_name),
        "Token": digest(request.token),
        "Narrowing": narrowed.map(Narrowed::key),
    })
}

/// The name of the session, unless it is generated: then it doesn't make two requests different.
fn configured(name: SessionName<'_>) -> Option<&str> {
    match name {
        SessionName::Configured(name) => Some(name),
        SessionName::Generated(_) => None,
    }
}

/// A request to IAM Identity Center for a role's credentials.
pub(super) fn role_credentials(role: &str, account: &str, token: &Secret) -> Value {
    json!({"Sso": [role, account], "Token": digest(token)})
}

/// The question at the place that it is sent to.
pub(super) fn at(endpoint: &Endpoint, question: &Value) -> Value {
    json!({"At": endpoint.place(), "For": question})
}

fn digest(token: &Secret) -> String {
    hex(&Sha256::digest(token.expose()))
}
