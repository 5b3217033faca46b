//! Settings that contradict each other or are invalid.

use crate::failure::{Command, Hint};
use crate::origin::Origin;
use crate::profile::{Lookalike, SectionName, is_possible};
use crate::sdk::Accepts;
use crate::settings;
use crate::world::NotText;

#[derive(Debug, thiserror::Error)]
pub enum Settings {
    #[error("profile `{profile}` has both source_profile and credential_source")]
    TwoSources { profile: String },
    #[error("`{value}` is not a valid value for credential_source")]
    CredentialSource { value: String },
    #[error("profile `{profile}` has the source_profile `{name}`, which doesn't exist")]
    NoSourceProfile {
        profile: String,
        name: String,
        nearest: Option<String>,
        /// A header that may be meant for it.
        header: Option<Box<Lookalike>>,
    },
    #[error("the source_profile chain is longer than {limit} profiles")]
    TooManySources { limit: usize },
    #[error("the source profile `{name}` has no credentials")]
    EmptySourceProfile { name: String },
    #[error("there is a web identity token, but no role to assume with it")]
    TokenWithoutRole,
    #[error("profile `{profile}` is set up for IAM Identity Center without {}", missing.join(", "))]
    IncompleteSso { profile: String, session: Option<String>, missing: Vec<&'static str> },
    #[error("profile `{profile}` has the sso_session `{session}`, which doesn't exist")]
    NoSsoSession { profile: String, session: String, nearest: Option<String>, header: Option<Box<Lookalike>> },
    #[error("`{key}` has another value in {other}")]
    SsoConflict { profile: String, key: String, other: Origin },
    #[error("profile `{profile}` has two settings that each give the credentials")]
    TwoWays { profile: String },
    #[error("profile `{profile}` has no role_arn for it")]
    NoRole { profile: String },
    #[error("{}", not_accepted(sdk, name, value, *accepts, *panics))]
    NotAccepted { sdk: &'static str, name: &'static str, value: String, accepts: Accepts, panics: bool },
    #[error("credential_process has an unbalanced quote")]
    UnbalancedQuote,
    #[error("credential_process is empty")]
    EmptyProcess,
    #[error("{error}")]
    NotText { error: NotText },
}

/// What an SDK does with a value that it doesn't accept.
fn not_accepted(sdk: &str, name: &str, value: &str, accepts: Accepts, panics: bool) -> String {
    let does = if panics { "ends the program" } else { "refuses to start" };
    let what = match accepts {
        Accepts::OneOf { words, .. } => format!("`{value}` is none of {}", words.join(", ")),
        Accepts::Number { least: i64::MIN, .. } => format!("`{value}` is not a whole number"),
        Accepts::Number { least, .. } => format!("`{value}` is not a whole number from {least}"),
        Accepts::File => format!("`{value}` can't be read"),
    };
    format!("{sdk} {does}: {name}: {what}")
}

impl Settings {
    pub(super) fn help(&self, origin: &Origin) -> Hint {
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
            Settings::NoSourceProfile { header: Some(header), .. }
            | Settings::NoSsoSession { header: Some(header), .. } => header.hint(),
            Settings::NoSourceProfile { profile, nearest: Some(nearest), .. } => {
                let key = settings::SOURCE_PROFILE.name;
                let command = Command::xcred(["set"]).argument(key).argument(nearest).profile(profile);
                Hint::from(format!("did you mean `{nearest}`? ")).run(command)
            }
            Settings::TooManySources { .. } => "give one of them its own access key".into(),
            // The lines below it are a part of the value, which an edit doesn't remove.
            Settings::NoSourceProfile { name, .. } | Settings::NoSsoSession { session: name, .. }
                if name.contains('\n') =>
            {
                format!("correct the value in {origin}").into()
            }
            Settings::NoSourceProfile { profile, name, .. }
                if !is_possible(&SectionName::Profile(name.clone())) =>
            {
                Hint::from("remove it, or name a profile: ")
                    .run(unset(settings::SOURCE_PROFILE.name, profile))
            }
            Settings::EmptySourceProfile { name, .. }
            | Settings::NoSourceProfile { name, nearest: None, .. } => {
                Hint::from("set it up: ").run(Command::xcred(["configure"]).profile(name))
            }
            Settings::TokenWithoutRole => "set role_arn, or AWS_ROLE_ARN".into(),
            Settings::IncompleteSso { profile, session, missing } => {
                let key = *missing.first().unwrap_or(&"");
                let shared = [settings::SSO_REGION.name, settings::SSO_START_URL.name].contains(&key);
                let command = match session.as_ref().filter(|_| shared) {
                    Some(session) => Command::xcred(["set"])
                        .argument(key)
                        .argument("VALUE")
                        .option("--sso-session", session),
                    None => set(key, "VALUE", profile),
                };
                Hint::from("set what is missing: ").run(command)
            }
            Settings::NoSsoSession { profile, nearest: Some(nearest), .. } => {
                let key = settings::SSO_SESSION.name;
                let command = Command::xcred(["set"]).argument(key).argument(nearest).profile(profile);
                Hint::from(format!("did you mean `{nearest}`? ")).run(command)
            }
            Settings::NoSsoSession { profile, session, .. }
                if !is_possible(&SectionName::SsoSession(session.clone())) =>
            {
                Hint::from("remove it, or name a session: ").run(unset(settings::SSO_SESSION.name, profile))
            }
            Settings::NoSsoSession { session, .. } => Hint::from("set it up: ")
                .run(Command::xcred(["configure", "sso-session"]).option("--name", session)),
            Settings::SsoConflict { profile, key, .. } => {
                Hint::from("remove one of them: ").run(unset(key, profile))
            }
            Settings::TwoWays { profile } => {
                Hint::from("see which, and remove one: ").run(Command::xcred(["resolve"]).profile(profile))
            }
            Settings::NoRole { profile } => {
                Hint::from("set the role: ").run(set(settings::ROLE_ARN.name, "ARN", profile))
            }
            Settings::NotAccepted { .. }
            | Settings::UnbalancedQuote
            | Settings::EmptyProcess
            | Settings::NotText { .. } => format!("correct the value in {origin}").into(),
        }
    }
}
