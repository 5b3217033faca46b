//! What `resolve` tells: everything that is known about a resolution, as one JSON document or one screen.

use serde_json::{Map, Value as Json, json};

use crate::chain::{Provider, Source, Step};
use crate::credentials::Credentials;
use crate::effective::{Selection, Setting};
use crate::failure::Failure;
use crate::finding::Finding;
use crate::origin::Located;
use crate::secret::{REDACTED, Secret, is_no_key_id, redacted};

/// All that there is to tell.
pub struct Report<'r> {
    /// The profile.
    pub profile: &'r Selection,
    /// The provider that gave credentials, and what it gave.
    pub credentials: Option<&'r (Provider, Credentials)>,
    /// What became of each provider.
    pub chain: &'r [Step],
    /// Why there are no credentials.
    pub failure: Option<&'r Failure>,
    /// The settings that have a value.
    pub settings: &'r [Setting],
    /// What may not be as it was meant.
    pub warnings: &'r [Finding],
    /// Whether secrets are shown.
    pub reveal: bool,
}

impl Report<'_> {
    /// The JSON document.
    pub fn to_json(&self) -> Json {
        let settings: Map<String, Json> = self
            .settings
            .iter()
            .map(|setting| (setting.name.clone(), Json::Object(setting.to_json(self.reveal))))
            .collect();
        json!({
            "schema": 1,
            "profile": profile(self.profile),
            "credentials": self.credentials.map(|(provider, keys)| self.keys(provider.name(), keys)),
            "settings": settings,
            "chain": steps(self.chain),
            "warnings": self.warnings.iter().map(|warning| json!({
                "code": warning.code(),
                "message": redacted(&warning.sentence()),
                "origin": warning.place(),
            })).collect::<Vec<_>>(),
            "error": self.failure.map(error),
        })
    }

    /// Every member is named here, so that one more can't be forgotten or shown by accident.
    fn keys(&self, provider: &str, credentials: &Credentials) -> Json {
        let Credentials { access_key_id, secret_access_key, session_token, account_id, expiration } =
            credentials;
        json!({
            "provider": provider,
            "access_key_id": member(access_key_id.as_ref(), |id| self.key_id(id)),
            "secret_access_key": member(secret_access_key.as_ref(), |secret| self.secret(secret)),
            "session_token": member(session_token.as_ref(), |token| self.secret(token)),
            "account_id": member(account_id.as_ref(), String::clone),
            "expiration": member(expiration.as_ref(), ToString::to_string),
        })
    }

    /// A secret as it may be shown. Not even its last characters are given away: this output is pasted into
    /// tickets.
    pub(super) fn secret(&self, secret: &Secret) -> String {
        if self.reveal { secret.expose().to_owned() } else { REDACTED.to_owned() }
    }

    /// An access key ID as it may be shown: what can't be one is most likely a secret in its place.
    pub(super) fn key_id(&self, id: &str) -> String {
        if is_no_key_id(id) && !self.reveal { REDACTED.to_owned() } else { id.to_owned() }
    }
}

/// The document of a resolution that could not begin.
pub fn without_beginning(selection: Option<&Selection>, failure: &Failure) -> Json {
    json!({
        "schema": 1,
        "profile": selection.map(profile),
        "credentials": null,
        "settings": {},
        "chain": [],
        "warnings": [],
        "error": error(failure),
    })
}

fn profile(selection: &Selection) -> Json {
    json!({"value": redacted(&selection.name.value), "origin": selection.name.origin})
}

fn error(failure: &Failure) -> Json {
    json!({
        "code": failure.code().name(),
        "message": redacted(&failure.chain().collect::<Vec<_>>().join(": ")),
        "help": failure.help().map(|help| redacted(&help.to_string()).into_owned()),
        "origin": failure.origin(),
    })
}

fn member<T>(value: Option<&Located<T>>, shown: impl Fn(&T) -> String) -> Json {
    value.map_or(Json::Null, |value| json!({"value": shown(&value.value), "origin": value.origin}))
}

fn steps(chain: &[Step]) -> Vec<Json> {
    chain
        .iter()
        .map(|step| {
            let mut members = json!({
                "provider": step.provider.name(),
                "verdict": step.verdict.name(),
                "code": step.reason.code(),
                "reason": redacted(&step.reason.to_string()),
                "looked_at": step.looked_at,
            });
            if let Some(Source { name, is_profile, chain }) = &step.via {
                let kind = if *is_profile { "source_profile" } else { "credential_source" };
                members["via"] = json!({kind: name, "chain": steps(chain)});
            }
            members
        })
        .collect()
}
