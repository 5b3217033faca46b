//! A profile uses only its highest-priority provider. Setting up one that is shadowed gives a warning.

use std::fmt;

use crate::chain;
use crate::failure::Hint;
use crate::finding::{Finding, Kind, Severity};
use crate::origin::Place;
use crate::profile::{Files, Profile, SectionName};
use crate::sdk::Provider;
use crate::settings::{
    AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, CREDENTIAL_SOURCE, DURATION_SECONDS,
    EXTERNAL_ID, MFA_SERIAL, ROLE_ARN, ROLE_SESSION_NAME, SOURCE_PROFILE, SSO_ACCOUNT_ID, SSO_REGION,
    SSO_REGISTRATION_SCOPES, SSO_ROLE_NAME, SSO_SESSION, SSO_START_URL, Variable, WEB_IDENTITY_TOKEN_FILE,
};

/// Two settings of a profile: `winner` overrides `loser`.
#[derive(Debug)]
pub(crate) struct Conflict {
    section: SectionName,
    winner: &'static str,
    /// The other keys of all providers that come first, and what would be half of a set-up without them.
    with_winner: Vec<&'static str>,
    loser: &'static str,
    /// Whether the loser was just set up.
    is_ours: bool,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Conflict { winner, loser, .. } = self;
        if self.is_ours {
            write!(f, "`{winner}` takes precedence over `{loser}`")
        } else {
            write!(f, "`{loser}` no longer has any effect: `{winner}` takes precedence")
        }
    }
}

impl Kind for Conflict {
    fn code(&self) -> &'static str {
        "provider-conflict"
    }

    fn severity(&self) -> Severity {
        if self.is_ours { Severity::Warning } else { Severity::Note }
    }

    fn fix(&self) -> Option<Hint> {
        self.is_ours.then(|| {
            let hint = Hint::from(self.section.unset(self.winner));
            let hint = self
                .with_winner
                .iter()
                .fold(hint, |hint, key| hint.say(" and ").run(self.section.unset(key)));
            let verb = if self.with_winner.is_empty() { "makes" } else { "make" };
            hint.say(format!(" {verb} `{}` take effect", self.loser))
        })
    }
}

/// What conflicts with the provider that was just set up.
pub(super) fn conflicts(ours: Provider, files: &Files, section: &SectionName) -> Vec<Finding> {
    let profile = files.find(section);
    let found = leads(&profile);
    let is_ours = |one: Provider| one == ours || (ours.is_in_files() && one.is_in_files());
    let Some((first, winner, winner_place)) = found.first() else { return Vec::new() };
    let ahead = found.iter().position(|(one, ..)| is_ours(*one)).unwrap_or_default();
    let conflict = |(one, loser, place): &(Provider, &'static str, Place)| {
        let is_ours = is_ours(*one);
        let place = if is_ours { winner_place } else { place };
        let with_winner = others_of(&found[..ahead], ours, &profile);
        Finding::at(place.clone(), Conflict { section: section.clone(), winner, with_winner, loser, is_ours })
    };
    if is_ours(*first) {
        // A role may take this profile's own keys for its source.
        let own_source = profile
            .value(SOURCE_PROFILE.name)
            .and_then(|found| found.value.as_text().cloned())
            .is_some_and(|source| ours == Provider::AssumeRole && source.expose() == section.name());
        let is_source = |one: Provider| own_source && one.is_in_files();
        let others = found[1..].iter().filter(|(one, ..)| !is_ours(*one) && !is_source(*one));
        return others.map(conflict).collect();
    }
    found.iter().find(|(one, ..)| is_ours(*one)).map(conflict).into_iter().collect()
}

/// The keys of the profile for the providers that are ahead of ours, without the first key. What ours needs is left.
fn others_of(
    ahead: &[(Provider, &'static str, Place)],
    ours: Provider,
    profile: &Profile<'_>,
) -> Vec<&'static str> {
    let is_needed = |key: &str| {
        // A device may be that of the keys.
        keys_of(ours).iter().any(|row| row.name == key) || ours.is_in_files() && key == MFA_SERIAL.name
    };
    let mut all = Vec::new();
    for (provider, lead, _) in ahead {
        for key in std::iter::once(*lead).chain(keys_of(*provider).iter().map(|row| row.name)) {
            if !all.contains(&key) {
                all.push(key);
            }
        }
    }
    // No command removes from the profile what it inherits.
    let is_own = |key: &str| profile.find(key).is_some_and(|found| !found.is_inherited());
    all.into_iter().skip(1).filter(|key| is_own(key) && !is_needed(key)).collect()
}

/// The keys that a profile has for a provider only, and those that have no effect without it.
fn keys_of(provider: Provider) -> &'static [&'static Variable] {
    match provider {
        Provider::AssumeRole => {
            const {
                &[
                    &ROLE_ARN,
                    &SOURCE_PROFILE,
                    &CREDENTIAL_SOURCE,
                    &EXTERNAL_ID,
                    &ROLE_SESSION_NAME,
                    &DURATION_SECONDS,
                    &MFA_SERIAL,
                ]
            }
        }
        Provider::AssumeRoleWithWebIdentity => {
            const { &[&WEB_IDENTITY_TOKEN_FILE, &ROLE_ARN, &ROLE_SESSION_NAME, &DURATION_SECONDS] }
        }
        Provider::Sso => {
            const {
                &[
                    &SSO_ACCOUNT_ID,
                    &SSO_ROLE_NAME,
                    &SSO_SESSION,
                    &SSO_START_URL,
                    &SSO_REGION,
                    &SSO_REGISTRATION_SCOPES,
                ]
            }
        }
        one if one.is_in_files() => {
            const { &[&AWS_ACCESS_KEY_ID, &AWS_SECRET_ACCESS_KEY, &AWS_SESSION_TOKEN] }
        }
        _ => &[],
    }
}

/// Every provider that the profile's keys lead to, in order of precedence, with the key and its place.
fn leads(profile: &Profile<'_>) -> Vec<(Provider, &'static str, Place)> {
    let leads = chain::leads(profile).map(|(provider, key, found)| (provider, key, found.place()));
    let mut leads: Vec<_> = leads.collect();
    // Beside a token, `role_arn` belongs to the token, and the source has no effect.
    if let Some(at) = leads.iter().position(|(provider, ..)| *provider == Provider::AssumeRoleWithWebIdentity)
    {
        let source = [&SOURCE_PROFILE, &CREDENTIAL_SOURCE].into_iter().find_map(|row| {
            let found = profile.value(row.name)?;
            Some((Provider::AssumeRole, row.name, found.origin.place()?.clone()))
        });
        if let Some(source) = source {
            leads.insert(at + 1, source);
        }
    }
    leads
}

#[cfg(test)]
mod examples;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_conflicts(ours: Provider, config: &str, credentials: &str, expected: &[&str]) {
        let files = Files::of_texts(config, credentials);
        let section = SectionName::Profile("a".to_owned());
        let found: Vec<String> = conflicts(ours, &files, &section).iter().map(Finding::sentence).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_setting_that_overrides_the_new_provider_gives_a_warning_with_a_command() {
        assert_conflicts(
            Provider::CustomProcess,
            "[profile a]\ncredential_process = x\n",
            "[a]\naws_access_key_id = AKIA\n",
            &["credentials:2: `aws_access_key_id` takes precedence over `credential_process`; \
               `xcred unset aws_access_key_id --profile a` makes `credential_process` take effect"],
        );
    }

    #[test]
    fn nothing_of_the_other_provider_is_left() {
        for (ours, config, credentials, expected) in [
            (
                Provider::CustomProcess,
                "[profile a]\ncredential_process = x\n",
                "[a]\naws_access_key_id = AKIA\naws_secret_access_key = s\n",
                "credentials:2: `aws_access_key_id` takes precedence over `credential_process`; \
                   `xcred unset aws_access_key_id --profile a` and `xcred unset aws_secret_access_key --profile a` \
                   make `credential_process` take effect",
            ),
            (
                Provider::SharedCredentialsFile,
                "[profile a]\nrole_arn = r\nsource_profile = b\n",
                "[a]\naws_access_key_id = AKIA\n",
                "config:2: `role_arn` takes precedence over `aws_access_key_id`; \
                   `xcred unset role_arn --profile a` and `xcred unset source_profile --profile a` \
                   make `aws_access_key_id` take effect",
            ),
            (
                Provider::SharedCredentialsFile,
                "[profile a]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n",
                "[a]\naws_access_key_id = AKIA\n",
                "config:3: `sso_account_id` takes precedence over `aws_access_key_id`; \
                   `xcred unset sso_account_id --profile a` and `xcred unset sso_role_name --profile a` and \
                   `xcred unset sso_session --profile a` make `aws_access_key_id` take effect",
            ),
            (
                Provider::AssumeRole,
                "[profile a]\nrole_arn = r\nsource_profile = b\nweb_identity_token_file = /t\n",
                "",
                "config:4: `web_identity_token_file` takes precedence over `source_profile`; \
                   `xcred unset web_identity_token_file --profile a` makes `source_profile` take effect",
            ),
        ] {
            assert_conflicts(ours, config, credentials, &[expected]);
        }
    }

    #[test]
    fn what_is_inherited_is_not_to_be_unset() {
        assert_conflicts(
            Provider::CustomProcess,
            "[DEFAULT]\naws_session_token = t\n[profile a]\ncredential_process = x\n",
            "[a]\naws_access_key_id = AKIA\n",
            &["credentials:2: `aws_access_key_id` takes precedence over `credential_process`; \
               `xcred unset aws_access_key_id --profile a` makes `credential_process` take effect"],
        );
    }

    #[test]
    fn nothing_that_comes_first_is_left_nor_half_of_it() {
        let role = "role_arn = r\nsource_profile = b\nexternal_id = e\nmfa_serial = m\n";
        let sso = "sso_account_id = 1\nsso_role_name = r\nsso_start_url = u\nsso_region = x\n";
        let token = "role_arn = r\nweb_identity_token_file = /t\nrole_session_name = n\nsource_profile = b\n";
        let keys = "[a]\naws_access_key_id = AKIA\naws_secret_access_key = s\n";
        let files = Provider::SharedCredentialsFile;
        for (ours, config, credentials, left) in [
            (files, format!("{role}{sso}"), keys, &["mfa_serial"][..]),
            (files, format!("{role}duration_seconds = 1\nrole_session_name = n\n"), keys, &["mfa_serial"]),
            (files, token.to_owned(), keys, &[]),
            (
                Provider::Sso,
                format!("{role}{sso}"),
                "",
                &["sso_account_id", "sso_role_name", "sso_start_url", "sso_region"],
            ),
            (
                Provider::CustomProcess,
                format!("{role}{sso}credential_process = x\n"),
                keys,
                &["credential_process"],
            ),
            (
                Provider::AssumeRole,
                token.to_owned(),
                "",
                &["role_arn", "role_session_name", "source_profile"],
            ),
        ] {
            let config = format!("[profile a]\n{config}");
            let files = Files::of_texts(&config, credentials);
            let section = SectionName::Profile("a".to_owned());
            let found = conflicts(ours, &files, &section);
            let fix = found.first().and_then(Finding::fix).unwrap().to_string();
            let removed = |key: &String| fix.contains(&format!("`xcred unset {key} --profile a`"));
            let profile = files.find(&section);
            let mut kept: Vec<String> = profile.keys().into_iter().filter(|key| !removed(key)).collect();
            kept.retain(|key| !(ours.is_in_files() && key.starts_with("aws_")));
            let mut left = left.to_vec();
            left.sort_unstable();
            assert_eq!(kept, left, "{fix}: {config}");
        }
    }

    #[test]
    fn a_setting_that_the_new_provider_overrides_is_noted() {
        assert_conflicts(
            Provider::AssumeRole,
            "[profile a]\nrole_arn = r\nsource_profile = b\ncredential_process = x\n",
            "",
            &["config:4: `credential_process` no longer has any effect: `role_arn` takes precedence"],
        );
    }

    #[test]
    fn the_keys_that_are_a_roles_own_source_are_no_conflict() {
        assert_conflicts(
            Provider::AssumeRole,
            "[profile a]\nrole_arn = r\nsource_profile = a\n",
            "[a]\naws_access_key_id = AKIA\n",
            &[],
        );
    }
}
