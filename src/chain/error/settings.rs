//! Settings that contradict each other or are invalid.

use crate::failure::{Command, Hint};
use crate::origin::Origin;
use crate::profile::{Files, Lookalike, SectionName, WhenMissing};
use crate::sdk::Accepts;
use crate::settings::{self, Whole};
use crate::text::nearest;

#[derive(Debug, thiserror::Error)]
pub enum Settings {
    #[error("profile `{profile}` has both source_profile and credential_source")]
    TwoSources { profile: String },
    #[error("`{value}` is not a valid value for credential_source")]
    CredentialSource { value: String },
    #[error("profile `{profile}` has the {} `{}`, which doesn't exist", key_of(section), section.name())]
    Missing {
        profile: String,
        section: SectionName,
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
    #[error("`{key}` has another value in {other}")]
    SsoConflict { profile: Box<str>, session: Box<str>, key: Box<str>, other: Origin },
    #[error("profile `{profile}` has two settings that each give the credentials")]
    TwoWays { profile: String },
    #[error("profile `{profile}` has no role_arn for it")]
    NoRole { profile: String },
    #[error("{}", not_accepted(sdk, name, value, *accepts, *panics))]
    NotAccepted { sdk: &'static str, name: &'static str, value: String, accepts: Accepts, panics: bool },
    #[error("credential_process has an unclosed quote or a trailing backslash")]
    UnbalancedQuote,
    #[error("credential_process is empty")]
    EmptyProcess,
    #[error("the value is not UTF-8 text")]
    NotText,
}

/// What an SDK does with a value that it doesn't accept.
fn not_accepted(sdk: &str, name: &str, value: &str, accepts: Accepts, panics: bool) -> String {
    let does = if panics { "ends the program" } else { "refuses to start" };
    let what = match accepts {
        Accepts::OneOf { words, .. } => format!("`{value}` is none of {}", words.join(", ")),
        Accepts::Number { least, .. } => format!("`{value}` must be {}", Whole::from(least)),
        Accepts::File => format!("`{value}` can't be read"),
    };
    format!("{sdk} {does}: {name}: {what}")
}

impl Settings {
    /// A profile refers to a section that doesn't exist. `names` are those of the existing sections of its kind.
    pub(in crate::chain) fn missing<N: AsRef<str>>(
        profile: &str,
        section: SectionName,
        names: impl IntoIterator<Item = N>,
        files: &Files,
    ) -> Settings {
        let nearest = nearest(section.name(), names).map(|name| name.as_ref().to_owned());
        let header = files.header_meant(&section);
        Settings::Missing { profile: profile.to_owned(), section, nearest, header }
    }

    pub(super) fn help(&self, origin: &Origin) -> Hint {
        let set = |key: &str, value: &'static str, profile: &str| Command::set(key, value).profile(profile);
        let unset = |key: &str, profile: &str| Command::unset(key).profile(profile);
        match self {
            Settings::TwoSources { profile, .. } => {
                Hint::from("remove one: ").run(unset(settings::CREDENTIAL_SOURCE.name, profile))
            }
            Settings::CredentialSource { value } => {
                let words = &["Environment", "EcsContainer", "Ec2InstanceMetadata"];
                let meant = settings::word_meant(value, words);
                let header = match origin {
                    Origin::File(place) => place.section.as_deref(),
                    _ => None,
                };
                match meant.zip(header.and_then(SectionName::of_header)) {
                    Some((meant, section)) => Hint::from(format!("did you mean `{meant}`? "))
                        .run(section.set(settings::CREDENTIAL_SOURCE.name, meant)),
                    None => "write Environment, EcsContainer or Ec2InstanceMetadata; case matters".into(),
                }
            }
            Settings::Missing { header: Some(header), .. } => header.hint(),
            Settings::Missing { profile, section, nearest: Some(nearest), .. } => {
                let command = Command::set(key_of(section), nearest).profile(profile);
                Hint::from(format!("did you mean `{nearest}`? ")).run(command)
            }
            Settings::Missing { profile, section, nearest: None, .. } => {
                set_up_or_remove(section, profile, origin)
            }
            Settings::TooManySources { .. } => "give one of them its own access key".into(),
            Settings::EmptySourceProfile { name, .. } => {
                Hint::from("set it up: ").run(Command::xcred(["configure"]).profile(name))
            }
            Settings::TokenWithoutRole => "set role_arn, or AWS_ROLE_ARN".into(),
            Settings::UnbalancedQuote => "close the quote, or leave out the backslash".into(),
            // One of several would be as incomplete.
            Settings::IncompleteSso { profile, missing, .. } if missing.len() > 1 => {
                Command::xcred(["configure", "sso"]).profile(profile).into()
            }
            Settings::IncompleteSso { profile, session, missing } => {
                let key = *missing.first().unwrap_or(&"");
                let shared = [settings::SSO_REGION.name, settings::SSO_START_URL.name].contains(&key);
                let command = match session.as_ref().filter(|_| shared) {
                    Some(session) => Command::set(key, "VALUE").option("--sso-session", session),
                    None => set(key, "VALUE", profile),
                };
                Hint::from("set what is missing: ").run(command)
            }
            Settings::SsoConflict { profile, session, key, .. } => {
                Hint::from("remove one of them: ").run(SectionName::unset_conflict(key, profile, session))
            }
            Settings::TwoWays { profile } => {
                Hint::from("see which, and remove one: ").run(Command::xcred(["resolve"]).profile(profile))
            }
            Settings::NoRole { profile } => {
                Hint::from("set the role: ").run(set(settings::ROLE_ARN.name, "ARN", profile))
            }
            Settings::NotAccepted { .. } | Settings::EmptyProcess | Settings::NotText => corrected(origin),
        }
    }
}

/// The setting of a profile that refers to such a section.
fn key_of(section: &SectionName) -> &'static str {
    match section {
        SectionName::SsoSession(_) => settings::SSO_SESSION.name,
        _ => settings::SOURCE_PROFILE.name,
    }
}

/// What to do about a setting of a profile that names a section which isn't there.
fn set_up_or_remove(named: &SectionName, profile: &str, origin: &Origin) -> Hint {
    let what = if matches!(named, SectionName::SsoSession(_)) { "session" } else { "profile" };
    match named.when_missing(key_of(named), &SectionName::Profile(profile.to_owned())) {
        WhenMissing::SetUp(command) => Hint::from("set it up: ").run(command),
        WhenMissing::Unset(command) => Hint::from(format!("remove it, or name a {what}: ")).run(command),
        WhenMissing::Edit => corrected(origin),
    }
}

fn corrected(origin: &Origin) -> Hint {
    format!("correct the value in {origin}").into()
}
