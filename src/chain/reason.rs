//! Why a provider was used or not.

use std::path::PathBuf;

use crate::origin::{Located, Origin, shown};
use crate::sdk::Provider;
use crate::secret::redacted;
use crate::settings::shown_in_text;

/// The codes of [`Reason::code`] with their meanings. Errors have other codes.
pub const REASONS: [(&str, &str); 17] = [
    ("no-option", "No option gives credentials."),
    ("given-by-option", "Options give the credentials, so no provider is asked."),
    ("profile-named-by-option", "An option names the profile, so the environment's credentials are skipped."),
    ("not-set", "The provider's environment variables are not set."),
    ("empty", "A variable or key is set but empty."),
    ("no-key", "The profile has none of the provider's keys."),
    ("has-web-identity", "The profile's `role_arn` belongs to its `web_identity_token_file`."),
    ("no-section", "The file has no section for the profile."),
    ("no-keys", "The section or file has no access key ID."),
    ("only-a-secret", "The section has a secret access key without its ID."),
    ("half-a-pair", "One half of what belongs together is missing."),
    ("disabled", "An environment variable disables the provider."),
    ("would-ask", "The provider would be used, and `--offline` keeps it from asking."),
    ("no-instance", "The instance metadata has no credentials, or doesn't answer."),
    ("chain-ended", "An earlier provider ended the chain."),
    ("has-keys", "The provider has the keys."),
    ("chosen", "The provider is chosen, and gets the credentials when they are used."),
];

#[derive(Clone, Debug, thiserror::Error)]
pub enum Reason {
    #[error("no keys were given by option")]
    NoOption,
    #[error("keys were given by option")]
    GivenByOption,
    #[error("the profile was named by an option")]
    ProfileNamedByOption,
    /// None of these variables is set.
    #[error("{}", none_set(.0))]
    NotSet(&'static [&'static str]),
    /// A variable or key is set but empty.
    #[error("{0} is empty")]
    Empty(Origin),
    /// The profile has none of these keys.
    #[error("{}", none_of(.0))]
    NoKey(&'static [&'static str]),
    /// `role_arn` belongs to the token.
    #[error("the profile has a web_identity_token_file")]
    HasWebIdentity,
    #[error("no section for `{profile}` in {}", shown(path))]
    NoSection { profile: String, path: PathBuf },
    #[error("no aws_access_key_id in {header}{}", if *only_secret { ", only a secret" } else { "" })]
    NoKeyId { header: Origin, only_secret: bool },
    /// None of these files has keys.
    #[error("no keys in {}", or(.0))]
    NoKeys(Vec<PathBuf>),
    #[error("no {key} in {}", shown(path))]
    NoLine { key: &'static str, path: PathBuf },
    #[error("{0} is true")]
    Disabled(&'static str),
    /// The instance metadata has no credentials.
    #[error("{0}")]
    NoInstance(String),
    #[error("{0} ended the chain")]
    Ended(Provider),
    /// The ID of the keys that were found.
    #[error("keys {}", place_of(.0.as_ref()))]
    Keys(Option<Located<String>>),
    /// The credentials that will be requested.
    #[error("{0}")]
    Identity(String),
    /// What would be asked.
    #[error("{0}")]
    WouldAsk(String),
    /// The provider failed, or something that it needs is missing.
    #[error("{message}")]
    Error { code: &'static str, message: String },
}

impl Reason {
    /// The code for programs, which never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Reason::NoOption => "no-option",
            Reason::GivenByOption => "given-by-option",
            Reason::ProfileNamedByOption => "profile-named-by-option",
            Reason::NotSet(_) => "not-set",
            Reason::Empty(_) => "empty",
            Reason::NoKey(_) => "no-key",
            Reason::HasWebIdentity => "has-web-identity",
            Reason::NoSection { .. } => "no-section",
            Reason::NoKeyId { only_secret: false, .. } | Reason::NoKeys(_) | Reason::NoLine { .. } => {
                "no-keys"
            }
            Reason::NoKeyId { only_secret: true, .. } => "only-a-secret",
            Reason::Disabled(_) => "disabled",
            Reason::NoInstance(_) => "no-instance",
            Reason::Ended(_) => "chain-ended",
            Reason::Keys(_) => "has-keys",
            Reason::Identity(_) => "chosen",
            Reason::WouldAsk(_) => "would-ask",
            Reason::Error { code, .. } => code,
        }
    }

    /// The text without secrets. Only texts of files, services and programs are searched for secrets: the first search takes
    /// as long as the rest of `resolve`.
    pub fn shown(&self) -> String {
        match self {
            Reason::NoSection { .. } | Reason::NoInstance(_) | Reason::Error { .. } => {
                redacted(&self.to_string()).into_owned()
            }
            Reason::Identity(text) | Reason::WouldAsk(text) => shown_in_text(text).into_owned(),
            _ => self.to_string(),
        }
    }
}

fn none_of(names: &[&str]) -> String {
    match names {
        [one] => format!("no {one}"),
        names => format!("neither {}", names.join(" nor ")),
    }
}

fn none_set(variables: &[&str]) -> String {
    match variables {
        [one] => format!("{one} is not set"),
        names => format!("{} is set", none_of(names)),
    }
}

fn or(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| shown(path).to_string()).collect::<Vec<_>>().join(" or ")
}

fn place_of(id: Option<&Located<String>>) -> String {
    id.map_or_else(|| "without an access key ID".to_owned(), |id| format!("in {}", id.origin))
}

#[cfg(test)]
mod examples;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_listed() {
        let origin = || Origin::environment("A");
        let path = || PathBuf::from("/p");
        let text = || "t".to_owned();
        let reasons = [
            Reason::NoOption,
            Reason::GivenByOption,
            Reason::ProfileNamedByOption,
            Reason::NotSet(&["A"]),
            Reason::Empty(origin()),
            Reason::NoKey(&["a", "b"]),
            Reason::HasWebIdentity,
            Reason::NoSection { profile: text(), path: path() },
            Reason::NoKeyId { header: origin(), only_secret: false },
            Reason::NoKeyId { header: origin(), only_secret: true },
            Reason::NoKeys(vec![path(), path()]),
            Reason::NoLine { key: "a", path: path() },
            Reason::Error { code: "half-a-pair", message: text() },
            Reason::Disabled("A"),
            Reason::NoInstance(text()),
            Reason::WouldAsk(text()),
            Reason::Ended(Provider::Env),
            Reason::Keys(None),
            Reason::Identity(text()),
        ];
        for reason in &reasons {
            assert!(REASONS.iter().any(|(code, _)| *code == reason.code()), "{reason:?}");
        }
        for (code, _) in REASONS {
            assert!(reasons.iter().any(|reason| reason.code() == code), "{code}");
        }
        assert_eq!(reasons[5].to_string(), "neither a nor b");
        assert_eq!(reasons[10].to_string(), "no keys in /p or /p");
    }
}
