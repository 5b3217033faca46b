//! What commands find: the texts, codes and fixes of the kinds of findings that are about a resolution or an edit.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::chain::Provider;
use crate::credentials::Credentials;
use crate::effective::Selection;
use crate::failure::{Command, Explain as _, Hint};
use crate::finding::{Aspect, Finding, INHERITED, Kind, Severity};
use crate::ini::FaultKind;
use crate::origin::Origin;
use crate::profile::{SectionName, fix_of};
use crate::sdk::refusing;
use crate::secret::{hold, is_impossible_key_id, is_plausible_access_key_id};
use crate::settings;
use crate::shell::{self, Part};
use crate::text::listed;

mod names;

pub(super) use names::odd_name;

/// What it means that a file can't be read. `is_needed` is whether the credentials depend on it.
pub(super) fn unread_effect(is_needed: bool) -> &'static str {
    if is_needed {
        "what it has is ignored, such as a role or keys that would come first"
    } else {
        "its settings, such as the region, are ignored"
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Found {
    #[error("{problem}; {}", unread_effect(*is_needed))]
    UnreadableFile {
        problem: String,
        /// Whether the credentials depend on it.
        is_needed: bool,
    },
    /// A variable that the SDK doesn't read and others do.
    #[error("{sdk} doesn't read {variable}, which is set to `{region}`")]
    RegionIgnored { sdk: &'static str, variable: &'static str, region: String },
    /// An access key ID that can't be one.
    #[error("{}the access key ID {}", unless_line(id, |id| format!("{id}: ")), if *is_swapped { "and the secret access key look swapped" } else { "looks like a secret" })]
    MisplacedKey { profile: String, id: Origin, is_swapped: bool },
    #[error("these keys expired on {day}{}", unless_line(origin, |origin| format!(" ({origin})")))]
    Expired { day: Date, origin: Origin },
    #[error("the credentials expire in {minutes} min")]
    ExpiresSoon { minutes: i64 },
    /// Session policies and tags that nearly fill the space that STS has for them.
    #[error("the session policies and tags take {percent} % of the space that STS has for them")]
    PackedPolicy { percent: u32 },
    /// Settings that a program doesn't have which gets only credentials, and the variables that it would read in their place.
    #[error("only the credentials and the region are in the environment, and not {}", quoted(.keys))]
    LeftOut { keys: Vec<&'static str>, variables: Vec<&'static str> },
    /// Settings of the default profile that such a program has, and the variables that take them away.
    #[error(
        "only the credentials and the region are in the environment: programs use {} of `[default]`, and profile `{profile}` doesn't",
        quoted(.keys)
    )]
    OfDefault { keys: Vec<&'static str>, profile: String, variables: Vec<&'static str> },
    /// A secret among the arguments of the process.
    #[error("the value of `{key}` was visible to other users of this machine")]
    VisibleValue { key: String, section: SectionName },
    /// The edit has no effect: another file has the key too.
    #[error("`{key}` is set here too, and takes precedence")]
    Shadowed { key: String, section: SectionName },
    /// The edit of a nested key has no effect: blocks of two files are not merged.
    #[error("`{block}` is set here too, and takes precedence as a whole")]
    ShadowedBlock { block: String, key: String, section: SectionName },
    /// The line of such a key, which was asked for.
    #[error("`{key}` has no effect here: `{block}` in {by} takes precedence as a whole")]
    HiddenInBlock { block: String, key: String, section: SectionName, by: Origin },
    /// The edit has an effect for some: another file has a credential, too.
    #[error("`{key}` is set here too, and some SDKs use this one")]
    SetTwice { key: String },
    /// The edit overrides what another file has.
    #[error("`{key}` is set here too, but has no effect")]
    Overridden { key: String },
    /// A setting that a new section has from the one that all others inherit from.
    #[error("{section} inherits `{key}` from `[DEFAULT]`")]
    Inherits { section: SectionName, key: String },
    /// A key with a blank, which no setting of AWS has.
    #[error("`{key}` has a blank in it: no AWS setting has one")]
    BlankInKey { key: String, section: SectionName },
    /// A setting of profiles in a block that has no such setting.
    #[error("`{setting}` is a setting of profiles, not of the block `{block}`")]
    OutsideBlock { key: String, block: String, setting: String, section: SectionName },
    /// A nested key that looks like a setting of another profile.
    #[error("profile `{name}` not found: this sets the nested key `{name}.{nested}` of {section}")]
    LikelyProfile { name: String, nested: String, similar: Option<String>, section: SectionName },
    /// A profile that did not exist, whose name is nearly that of another one.
    #[error("profile `{name}` is new")]
    NewProfile { name: String, similar: String },
    /// The same for a session or a set of services.
    #[error("{section} is new")]
    NewSection { section: SectionName, similar: String },
    /// A key that is the name of a profile, or the word.
    #[error("AWS has no setting `{key}`")]
    ProfileAsKey { key: String, section: SectionName },
    /// A section that did not exist, with a name that not all SDKs accept.
    #[error("some SDKs ignore {section}: they accept only ASCII letters, digits and `_-/.%@:+` in names")]
    OddName {
        section: SectionName,
        /// A name that all accept and nothing has.
        other: Option<String>,
    },
    /// One because of whose header some SDKs read nothing of the file.
    #[error("the SDKs for {} refuse the whole file because of `{mark}` in the name of {section}", listed(&refusing(*mark), "and"))]
    RefusedName { section: SectionName, mark: char, other: Option<String> },
    /// An access key ID without its secret, or the other way round.
    #[error("{0}, so they can't sign requests")]
    HalfPair(String),
    /// The file was invalid before the edit, and is.
    #[error("{0}; until this is fixed, AWS CLI and boto3 can't read this file")]
    InvalidFile(FaultKind),
}

fn quoted(keys: &[&str]) -> String {
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}

/// A text about where something is, unless that is a line: it is in front of the whole message.
fn unless_line(origin: &Origin, text: impl FnOnce(&Origin) -> String) -> String {
    if matches!(origin, Origin::File(_)) { String::new() } else { text(origin) }
}

impl Kind for Found {
    fn code(&self) -> &'static str {
        match self {
            Found::UnreadableFile { .. } => "unreadable-file",
            Found::RegionIgnored { .. } => "region-ignored",
            Found::MisplacedKey { .. } => "misplaced-key",
            Found::HalfPair(_) => "half-pair",
            Found::Expired { .. } => "expired",
            Found::ExpiresSoon { .. } => "ends-soon",
            Found::PackedPolicy { .. } => "packed-policy",
            Found::LeftOut { .. } | Found::OfDefault { .. } => "left-out",
            Found::VisibleValue { .. } => "visible-value",
            Found::Shadowed { .. }
            | Found::ShadowedBlock { .. }
            | Found::HiddenInBlock { .. }
            | Found::SetTwice { .. }
            | Found::Overridden { .. } => "shadowed",
            Found::Inherits { .. } => "inherited",
            Found::BlankInKey { .. } => "blank-in-key",
            Found::OutsideBlock { .. } => "unread-setting",
            Found::LikelyProfile { .. } => "likely-profile",
            Found::NewProfile { .. } => "new-profile",
            Found::NewSection { .. } => "new-section",
            Found::ProfileAsKey { .. } => "profile-as-key",
            Found::OddName { .. } | Found::RefusedName { .. } => "odd-name",
            Found::InvalidFile(_) => "invalid-file",
        }
    }

    fn severity(&self) -> Severity {
        if matches!(self, Found::Overridden { .. }) { Severity::Note } else { Severity::Warning }
    }

    fn has(&self, aspect: Aspect) -> bool {
        aspect == Aspect::NamesPlace && matches!(self, Found::UnreadableFile { .. } | Found::HalfPair(_))
    }

    fn fix(&self) -> Option<Hint> {
        match self {
            Found::MisplacedKey { id: Origin::Environment { .. }, .. } => {
                Some("set AWS_ACCESS_KEY_ID to the ID, and AWS_SECRET_ACCESS_KEY to the secret".into())
            }
            Found::MisplacedKey { id: Origin::File(_), profile, .. } => {
                Some(Hint::from("enter both again: ").run(Command::xcred(["configure"]).profile(profile)))
            }
            Found::MisplacedKey { .. } => Some("pass the ID as the ID, and the secret as the secret".into()),
            Found::Expired { .. } => Some("sign in again".into()),
            Found::PackedPolicy { .. } => Some(
                "shorten the policy, or use a managed policy: STS rejects what takes more than 100 %".into(),
            ),
            Found::LeftOut { variables, .. } | Found::OfDefault { variables, .. } => {
                Some(format!("set {}, too", variables.join(", ")).into())
            }
            Found::VisibleValue { key, section } => {
                let command = section.set(key, "-");
                Some(Hint::from("pass secrets on standard input: ").run(command))
            }
            Found::Shadowed { key, section } => {
                let hint = Hint::from(section.unset(key)).say(" removes it from both files; then ");
                Some(hint.run(section.set(key, settings::placeholder(key))).say(" sets it once"))
            }
            Found::ShadowedBlock { block, key, section }
            | Found::HiddenInBlock { block, key, section, .. } => {
                let hint = Hint::from(section.unset(block)).say(" removes it from both files; then ");
                let hint = hint.run(section.set(key, settings::placeholder(key)));
                Some(hint.say(" sets this key, and the others of the block likewise"))
            }
            Found::SetTwice { .. } | Found::Overridden { .. } => Some("remove the line".into()),
            Found::Inherits { .. } => Some(INHERITED.into()),
            Found::BlankInKey { key, section } => {
                Some(Hint::default().on_written("", section.unset(key), " removes it"))
            }
            Found::OutsideBlock { key, setting, section, .. } => {
                Some(Hint::meant(key, setting).on_written(" ", section.unset(key), " removes the nested key"))
            }
            Found::LikelyProfile { name, nested, similar, section } => {
                let unset = section.unset(&format!("{name}.{nested}"));
                let (hint, before) = match similar {
                    Some(similar) => {
                        (Hint::meant(format!("{name}.{nested}"), format!("{similar}.{nested}")), " ")
                    }
                    None => {
                        let right = format!("profile.{name}.{nested}");
                        (Hint::from(format!("to set it for a new profile, name it `{right}`")), "; ")
                    }
                };
                Some(hint.on_written(before, unset, " removes the nested key"))
            }
            Found::NewProfile { name, similar } => {
                // The same command for the other one might give that another identity, or be refused.
                let hint = Hint::from(format!("did you mean `{similar}`?"));
                Some(hint.on_written(" ", remove_profile(name), " removes it"))
            }
            Found::NewSection { similar, .. } => Some(format!("did you mean `{similar}`?").into()),
            Found::ProfileAsKey { key, section } => {
                let hint = Hint::from("name a profile with `--profile`");
                Some(hint.on_written("; ", section.unset(key), " removes the key"))
            }
            Found::OddName { section, other } | Found::RefusedName { section, other, .. } => {
                Some(section.give_name(other.as_deref()))
            }
            Found::InvalidFile(kind) => Some(fix_of(kind)),
            _ => None,
        }
    }

    fn meant(&self) -> Option<&str> {
        match self {
            Found::NewProfile { similar, .. } => Some(similar),
            _ => None,
        }
    }
}

pub(super) fn remove_profile(name: &str) -> Command {
    Command::xcred(["profile", "remove"]).argument(name)
}

/// An access key ID that can't be one. It is most likely a secret, so it is masked from here on.
pub(super) fn misplaced(credentials: &Credentials, selection: &Selection) -> Option<Finding> {
    let id = credentials.access_key_id.as_ref().filter(|id| is_impossible_key_id(&id.value))?;
    hold(&id.value);
    let secret = credentials.secret_access_key.as_ref().map(|secret| secret.value.expose());
    let is_swapped = secret.is_some_and(is_plausible_access_key_id);
    let profile = selection.name.value.clone();
    Some(Finding::at(id.origin.clone(), Found::MisplacedKey { profile, id: id.origin.clone(), is_swapped }))
}

/// Half a pair, which boto3 takes for credentials. That of the two files is found without a resolution.
pub(super) fn half(provider: Provider, credentials: &Credentials) -> Option<Finding> {
    let error = credentials.pair().err().filter(|_| !provider.is_in_files())?;
    let place = error.origin().or_else(|| Some(credentials.access_key_id.as_ref()?.origin.clone()));
    Some(Finding::maybe_at(place, Found::HalfPair(error.to_string())).fixed_by(other_half(provider, &error)))
}

/// Where the other half of a pair should come from.
pub(super) fn other_half(provider: Provider, error: &shell::Error) -> Option<Hint> {
    match (provider, error) {
        (Provider::Explicit, shell::Error::Incomplete { lacks: Part::Id, .. }) => {
            Some("give the access key ID with `--access-key-id`".into())
        }
        (Provider::Explicit, shell::Error::Incomplete { lacks: Part::Secret, .. }) => Some(
            "pass the secret access key on standard input, or with `--secret-fd` on another descriptor"
                .into(),
        ),
        _ => error.help(),
    }
}

/// Keys that have expired. botocore uses them nevertheless, and the service refuses them.
pub(super) fn expired(credentials: &Credentials, now: Timestamp) -> Option<Finding> {
    let expiration = credentials.expiration.as_ref().filter(|found| found.value.has_passed(now))?;
    let origin = expiration.origin.clone();
    Some(Finding::at(origin.clone(), Found::Expired { day: expiration.value.day(), origin }))
}

/// Session policies and tags that STS may soon reject, if they grow.
pub(super) fn packed(credentials: &Credentials) -> Option<Finding> {
    let percent = credentials.packed_policy_size.filter(|percent| *percent >= 80)?;
    Some(Finding::new(Found::PackedPolicy { percent }))
}

#[cfg(test)]
mod examples;
