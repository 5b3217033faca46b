//! What services are asked, for the [memo](super::memo): all that an answer depends on. The chain of botocore and those of the
//! other SDKs ask by these questions, so that they share answers. No question has a secret.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::credentials::Credentials;
use crate::narrowing::Narrowed;
use crate::secret::Secret;
use crate::service::Endpoint;
use crate::text::hex;

/// A request to assume a role, wherever it is sent.
pub(super) struct AssumeRole<'q> {
    pub(super) role_arn: &'q str,
    /// The configured name of the session. A generated one makes no difference.
    pub(super) session_name: Option<&'q str>,
    pub(super) external_id: Option<&'q str>,
    /// The MFA device that the request names without a code.
    pub(super) serial_number: Option<&'q str>,
    pub(super) duration_seconds: Option<i64>,
    /// What signs it.
    pub(super) source: &'q Credentials,
    pub(super) narrowed: Option<&'q Narrowed>,
}

impl AssumeRole<'_> {
    pub(super) fn question(&self) -> Value {
        json!({
            "AssumeRole": self.role_arn,
            "Name": self.session_name,
            "ExternalId": self.external_id,
            "Device": self.serial_number,
            "Duration": self.duration_seconds,
            "Source": self.source.digest(),
            "Narrowing": self.narrowed.map(Narrowed::key),
        })
    }
}

/// A request to assume a role with a web identity token.
pub(super) fn web_identity(
    role_arn: &str,
    session_name: Option<&str>,
    token: &Secret,
    narrowed: Option<&Narrowed>,
) -> Value {
    json!({
        "WebIdentity": role_arn,
        "Name": session_name,
        "Token": digest(token),
        "Narrowing": narrowed.map(Narrowed::key),
    })
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
