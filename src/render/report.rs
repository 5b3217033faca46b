//! Everything about a resolution, for `resolve`: one JSON document or one screen.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::json::error;
use crate::chain::{CodeFrom, Device, Provider, Source, Step};
use crate::credentials::Credentials;
use crate::effective::{Selection, Setting};
use crate::failure::Failure;
use crate::finding::Finding;
use crate::guard::{Agent, Guards};
use crate::narrowing::{Narrowed, Narrowing};
use crate::origin::Located;
use crate::secret::{MASK, Secret, redacted, shown_key_id};
use crate::settings::shown_in_text;

pub struct Report<'r> {
    pub profile: &'r Selection,
    /// The provider that was used, and its credentials.
    pub credentials: Option<&'r (Provider, Credentials)>,
    /// The parts of the credentials as settings, with what they override.
    pub parts: &'r [Setting],
    /// What narrows them, or would.
    pub narrowed: Option<&'r Narrowed>,
    /// With `--offline`: the provider that would be used, and what it would ask.
    pub pending: Option<(Provider, &'r str)>,
    /// The outcome of each provider.
    pub chain: &'r [Step],
    /// Why there are no credentials.
    pub failure: Option<&'r Failure>,
    /// The guards of the profile.
    pub guards: Option<&'r Guards>,
    /// The agent that runs this program.
    pub agent: Option<&'r Agent>,
    /// The settings that have a value.
    pub settings: &'r [Setting],
    pub warnings: &'r [Finding],
    /// Whether secrets are shown.
    pub reveal: bool,
    /// Whether the screen shows every provider.
    pub whole_chain: bool,
}

#[derive(Default, Serialize)]
pub struct Document {
    profile: Option<Json>,
    credentials: Option<Json>,
    narrowing: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pending: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guards: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent: Option<Json>,
    settings: Map<String, Json>,
    chain: Vec<Json>,
    warnings: Vec<Json>,
    error: Option<Json>,
}

impl Document {
    /// The document of a resolution that could not begin.
    pub fn of_failure(selection: Option<&Selection>, failure: &Failure) -> Document {
        Document { profile: selection.map(profile), ..Document::of_error(error(failure)) }
    }

    /// The document with this error and nothing else.
    pub fn of_error(error: Json) -> Document {
        Document { error: Some(error), ..Document::default() }
    }
}

impl Report<'_> {
    pub fn document(&self) -> Document {
        Document {
            profile: Some(profile(self.profile)),
            credentials: self.credentials.map(|(provider, keys)| self.keys(provider.name(), keys)),
            narrowing: self.narrowed.map(|narrowed| self.narrowing(narrowed)),
            pending: self
                .pending
                .map(|(provider, what)| json!({"provider": provider.name(), "what": shown_in_text(what)})),
            guards: self.guards.filter(|guards| !guards.is_empty()).map(Guards::to_json),
            agent: self.agent.map(Agent::to_json),
            settings: self.settings.iter().map(|setting| setting.member(self.reveal)).collect(),
            chain: steps(self.chain),
            warnings: self.warnings.iter().map(warning).collect(),
            error: self.failure.map(error),
        }
    }

    /// Every member is named here, so that a new one can be neither forgotten nor shown by accident.
    fn keys(&self, provider: &str, credentials: &Credentials) -> Json {
        let Credentials {
            access_key_id,
            secret_access_key,
            session_token,
            account_id,
            expiration,
            packed_policy_size: _,
        } = credentials;
        let mut document = json!({
            "provider": provider,
            "access_key_id": member(access_key_id.as_ref(), |id| self.key_id(id)),
            "secret_access_key": member(secret_access_key.as_ref(), |secret| self.secret(secret)),
            "session_token": member(session_token.as_ref(), |token| self.secret(token)),
            "account_id": member(account_id.as_ref(), String::clone),
            "expiration": member(expiration.as_ref(), ToString::to_string),
        });
        for part in self.parts {
            // Members are named like the keys, without what all of these begin with.
            let member = document.get_mut(part.name.strip_prefix("aws_").unwrap_or(&part.name));
            let shadowed = part.to_json(self.reveal).remove("shadowed");
            if let (Some(Json::Object(member)), Some(shadowed)) = (member, shadowed) {
                member.insert("shadowed".to_owned(), shadowed);
            }
        }
        document
    }

    fn narrowing(&self, narrowed: &Narrowed) -> Json {
        let Narrowed { by, asked, policy_arns } = narrowed;
        let Narrowing {
            role_arn,
            policy_arns: _,
            policy,
            read_only,
            duration,
            session_name,
            source_identity,
            tags,
        } = asked;
        let text =
            |found: &Option<Located<String>>| member(found.as_ref(), |text| shown_in_text(text).into_owned());
        let duration = duration.as_ref();
        json!({
            "by": by.name(),
            "role_arn": text(role_arn),
            "policy_arns": policy_arns.iter().map(|arn| member(Some(arn), String::clone)).collect::<Vec<_>>(),
            "policy": policy.as_ref().map(|policy| json!({"value": policy.value.document(), "origin": policy.origin})),
            "read_only": read_only.as_ref().map(|origin| json!({"value": true, "origin": origin})),
            "duration": duration.map(|found| json!({"value": found.value, "origin": found.origin})),
            "session_name": text(session_name),
            "source_identity": text(source_identity),
            "tags": tags.iter().map(|tag| json!({
                "key": tag.value.key, "value": tag.value.value, "origin": tag.origin,
            })).collect::<Vec<_>>(),
            "packed_policy_size": self.packed_policy_size(),
        })
    }

    /// How much of STS's space for policies and tags is used, in percent.
    pub(super) fn packed_policy_size(&self) -> Option<u32> {
        self.credentials.and_then(|(_, credentials)| credentials.packed_policy_size)
    }

    /// A secret, masked whole: this output is pasted into tickets.
    pub(super) fn secret(&self, secret: &Secret) -> String {
        if self.reveal { secret.expose().to_owned() } else { MASK.to_owned() }
    }

    /// An access key ID.
    pub(super) fn key_id(&self, id: &str) -> String {
        if self.reveal { id.to_owned() } else { shown_key_id(id).to_owned() }
    }
}

fn warning(finding: &Finding) -> Json {
    json!({
        "code": finding.code(),
        "message": redacted(&finding.sentence()),
        "origin": finding.place(),
    })
}

fn profile(selection: &Selection) -> Json {
    json!({"value": redacted(&selection.name.value), "origin": selection.name.origin})
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
                "reason": step.reason.shown(),
                "looked_at": step.looked_at,
            });
            if let Some(Source { name, is_profile, chain, .. }) = &step.via {
                let kind = if *is_profile { "source_profile" } else { "credential_source" };
                members["via"] = json!({kind: shown_in_text(name), "chain": steps(chain)});
            }
            if let Some(device) = &step.mfa {
                members["mfa"] = mfa(device);
            }
            members
        })
        .collect()
}

/// The MFA device of a provider: where its code comes from, and the setting by which a session is shared.
fn mfa(Device { serial, from, session }: &Device) -> Json {
    let code = match from {
        CodeFrom::Program(origin) => json!({"from": "program", "origin": origin}),
        CodeFrom::Terminal => json!({"from": "terminal"}),
        CodeFrom::Unavailable => Json::Null,
    };
    let session = session.as_ref().map(|origin| json!({"value": true, "origin": origin}));
    json!({
        "serial": {"value": shown_in_text(&serial.value), "origin": serial.origin},
        "code": code,
        "session": session,
    })
}
