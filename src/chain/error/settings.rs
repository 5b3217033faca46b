//! Settings that contradict each other or are invalid.

use crate::failure::{Command, Hint};
use crate::origin::Origin;
use crate::settings;
use crate::world::NotText;

#[derive(Debug, thiserror::Error)]
pub enum Settings {
    #[error("{origin}: profile `{profile}` has both source_profile and credential_source")]
    TwoSources { profile: String, origin: Origin },
    #[error("{origin}: `{value}` is not a valid value for credential_source")]
    CredentialSource { value: String, origin: Origin },
    #[error("{origin}: profile `{profile}` has the source_profile `{name}`, which does not exist")]
    NoSourceProfile { profile: String, name: String, nearest: Option<String>, origin: Origin },
    #[error("{origin}: the source_profile chain is longer than {limit} profiles")]
    TooManySources { limit: usize, origin: Origin },
    #[error("{origin}: the source profile `{name}` has no credentials")]
    EmptySourceProfile { name: String, origin: Origin },
    #[error("{origin}: there is a web identity token, but no role to assume with it")]
    TokenWithoutRole { origin: Origin },
    #[error("{origin}: profile `{profile}` is set up for IAM Identity Center without {}", missing.join(", "))]
    IncompleteSso { profile: String, missing: Vec<&'static str>, origin: Origin },
    #[error("{origin}: profile `{profile}` has the sso_session `{session}`, which does not exist")]
    NoSsoSession { profile: String, session: String, origin: Origin },
    #[error("{origin}: `{key}` has another value in {other}")]
    SsoConflict { profile: String, key: String, other: Origin, origin: Origin },
    #[error("{origin}: credential_process has an unbalanced quote")]
    UnbalancedQuote { origin: Origin },
    #[error("{origin}: credential_process is empty")]
    EmptyProcess { origin: Origin },
    #[error("{origin}: {error}")]
    NotText { error: NotText, origin: Origin },
}

impl Settings {
    pub(super) fn help(&self) -> Hint {
        let set = |key: &str, value: &'static str, profile: &str| {
            Command::xcred(["set"]).argument(key).argument(value).profile(profile)
        };
        let unset = |key: &str, profile: &str| Command::xcred(["unset"]).argument(key).profile(profile);
        match self {
            Settings::TwoSources { profile, .. } => {
                Hint::from("remove one: ").run(unset(settings::CREDENTIAL_SOURCE.name, profile))
            }
            Settings::CredentialSource { .. } => {
                "write Environment, EcsContainer or Ec2InstanceMetadata; case matters".into()
            }
            Settings::NoSourceProfile { nearest: Some(nearest), .. } => {
                format!("did you mean `{nearest}`?").into()
            }
            Settings::TooManySources { .. } => "give one of them its own access key".into(),
            Settings::EmptySourceProfile { name, .. } => {
                Hint::from("set it up: ").run(Command::xcred(["configure"]).profile(name))
            }
            Settings::TokenWithoutRole { .. } => "set role_arn, or AWS_ROLE_ARN".into(),
            Settings::IncompleteSso { profile, missing, .. } => {
                Hint::from("set what is missing: ").run(set(missing.first().unwrap_or(&""), "VALUE", profile))
            }
            Settings::NoSsoSession { session, .. } => Hint::from("set it up: ")
                .run(Command::xcred(["configure", "sso-session"]).option("--name", session)),
            Settings::SsoConflict { profile, key, .. } => {
                Hint::from("remove one of them: ").run(unset(key, profile))
            }
            Settings::NoSourceProfile { nearest: None, origin, .. }
            | Settings::UnbalancedQuote { origin }
            | Settings::EmptyProcess { origin }
            | Settings::NotText { origin, .. } => format!("correct the value in {origin}").into(),
        }
    }

    pub(super) fn origin(&self) -> &Origin {
        match self {
            Settings::TwoSources { origin, .. }
            | Settings::CredentialSource { origin, .. }
            | Settings::NoSourceProfile { origin, .. }
            | Settings::TooManySources { origin, .. }
            | Settings::EmptySourceProfile { origin, .. }
            | Settings::TokenWithoutRole { origin }
            | Settings::IncompleteSso { origin, .. }
            | Settings::NoSsoSession { origin, .. }
            | Settings::SsoConflict { origin, .. }
            | Settings::UnbalancedQuote { origin }
            | Settings::EmptyProcess { origin }
            | Settings::NotText { origin, .. } => origin,
        }
    }
}
