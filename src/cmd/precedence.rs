//! A profile uses only its highest-priority provider. Setting up one that is shadowed gives a warning, and an edit that makes
//! another one the first says so.

use std::fmt;

use crate::chain;
use crate::failure::Hint;
use crate::finding::{Finding, Kind, Severity};
use crate::origin::Place;
use crate::profile::{Files, Profile, SectionName};
use crate::sdk::Provider;
use crate::settings::{
    self, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, CREDENTIAL_SOURCE, DURATION_SECONDS,
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
    effect: Effect,
}

/// What it means to the loser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    /// It was just set up, in vain.
    InVain,
    /// It was used until now.
    Ended,
    /// As [`Ended`](Effect::Ended), but roles of other profiles still have it for their source.
    EndedHere,
    /// The profile uses what it used, but roles of other profiles don't.
    EndedElsewhere,
    /// It was removed, and the winner was there already.
    Removed,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Conflict { section, winner, loser, effect, .. } = self;
        match effect {
            Effect::InVain => write!(f, "`{winner}` takes precedence over `{loser}`"),
            Effect::Ended => {
                write!(f, "`{loser}` no longer has any effect: `{winner}` takes precedence")
            }
            Effect::EndedHere => {
                write!(f, "{section} no longer uses `{loser}`: `{winner}` takes precedence")
            }
            Effect::EndedElsewhere => write!(
                f,
                "profiles with the source profile `{}` now use `{winner}` instead of `{loser}`",
                section.name()
            ),
            Effect::Removed => write!(f, "{section} now uses `{winner}`"),
        }
    }
}

impl Kind for Conflict {
    fn code(&self) -> &'static str {
        "provider-conflict"
    }

    fn severity(&self) -> Severity {
        if self.effect == Effect::InVain { Severity::Warning } else { Severity::Note }
    }

    fn fix(&self) -> Option<Hint> {
        (self.effect == Effect::InVain).then(|| {
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
    let conflict = |(one, loser, place): &Lead| {
        let is_ours = is_ours(*one);
        let place = if is_ours { winner_place } else { place };
        let with_winner = others_of(&found[..ahead], ours, &profile);
        let effect = match is_ours {
            true => Effect::InVain,
            // Other profiles inherit it, too.
            false if profile.find(loser).is_some_and(|found| found.is_inherited()) => Effect::EndedHere,
            false => Effect::Ended,
        };
        Finding::at(place.clone(), Conflict { section: section.clone(), winner, with_winner, loser, effect })
    };
    if is_ours(*first) {
        let own_source = ours == Provider::AssumeRole && is_own_source(&profile, section);
        let is_source = |one: Provider| own_source && one.is_in_files();
        let others = found[1..].iter().filter(|(one, ..)| !is_ours(*one) && !is_source(*one));
        return others.map(conflict).collect();
    }
    found.iter().find(|(one, ..)| is_ours(*one)).map(conflict).into_iter().collect()
}

/// A role may take its profile's own keys for its source.
fn is_own_source(profile: &Profile<'_>, section: &SectionName) -> bool {
    profile.text(SOURCE_PROFILE.name).is_some_and(|source| source == section.name())
}

/// Whether a key may be one that decides which credentials its section leads to.
pub(super) fn may_decide(section: &SectionName, key: &str) -> bool {
    section.profile().is_some() && settings::variable(key).is_some_and(|row| row.credential || row.leads)
}

/// That the profile, or a role whose source it is, uses other credentials after an edit than before it. Nothing if it had none: it
/// is being set up.
pub(super) fn switched(before: &Files, after: &Files, section: &SectionName) -> Vec<Finding> {
    let [old, new] = [before, after].map(|files| files.find(section));
    let [led, leads] = [&old, &new].map(leads);
    let is_role = |provider: Provider| provider == Provider::AssumeRole;
    let is_same = |one: Provider, other: Provider| one == other || one.is_in_files() && other.is_in_files();
    // Keys of a profile take precedence where it is the source of a role.
    let as_source = |leads: &[Lead]| {
        leads.iter().find(|(provider, ..)| provider.is_in_files()).or_else(|| leads.first()).cloned()
    };
    let is_a_source = || after.references(section.name()).iter().any(|one| one.user != section.name());
    let conflict = |place: &Place, winner, loser, effect| {
        let section = section.clone();
        Finding::at(place.clone(), Conflict { section, winner, with_winner: Vec::new(), loser, effect })
    };
    let (Some((was, old_key, _)), Some((is, key, place))) = (led.first().cloned(), leads.first().cloned())
    else {
        return Vec::new();
    };
    // The role has the profile's own keys for its source.
    if is_role(is) && was.is_in_files() && is_own_source(&new, section) {
        return Vec::new();
    }
    if !is_same(was, is) {
        // The role of a web identity is that of the profile: what it no longer uses is its source.
        let left = leads.iter().find(|(provider, ..)| is_same(*provider, was));
        return match left {
            Some((_, loser, loser_place)) => {
                let is_kept = is_role(is) && was.is_in_files() && is_a_source();
                let is_kept = is_kept || new.find(loser).is_some_and(|found| found.is_inherited());
                let effect = if is_kept { Effect::EndedHere } else { Effect::Ended };
                vec![conflict(loser_place, key, loser, effect)]
            }
            None if new.has(ROLE_ARN.name) && is == Provider::AssumeRoleWithWebIdentity => Vec::new(),
            None => vec![conflict(&place, key, old_key, Effect::Removed)],
        };
    }
    match (as_source(&led), as_source(&leads)) {
        (Some((was, loser, _)), Some((is, winner, place))) if !is_same(was, is) && is_a_source() => {
            vec![conflict(&place, winner, loser, Effect::EndedElsewhere)]
        }
        _ => Vec::new(),
    }
}

/// The commands that make the setting in `place` take effect, which others take precedence over.
pub(super) fn way_out(files: &Files, section: &SectionName, place: &Place) -> Option<Hint> {
    let leads = leads(&files.find(section));
    let (ours, ..) = leads.iter().find(|(_, _, at)| (&at.path, at.line) == (&place.path, place.line))?;
    conflicts(*ours, files, section).into_iter().next()?.fix()
}

/// The keys of the profile for the providers that are ahead of ours, without the first key. What ours needs is left.
fn others_of(ahead: &[Lead], ours: Provider, profile: &Profile<'_>) -> Vec<&'static str> {
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

/// A provider that a profile's key leads to, the key and its place.
type Lead = (Provider, &'static str, Place);

/// Every provider that the profile's keys lead to, in order of precedence.
fn leads(profile: &Profile<'_>) -> Vec<Lead> {
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
    use crate::profile::KeyPath;

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
        // Other profiles still use what they inherit.
        assert_conflicts(
            Provider::AssumeRole,
            "[DEFAULT]\ncredential_process = x\n[profile a]\nrole_arn = r\nsource_profile = b\n",
            "",
            &["config:2: profile `a` no longer uses `credential_process`: `role_arn` takes precedence"],
        );
    }

    #[test]
    fn an_edit_that_makes_a_profile_use_others_says_so() {
        let key = "[a]\naws_access_key_id = AKIA\naws_secret_access_key = s\n";
        let role = "[profile a]\nrole_arn = r\n";
        let of_others = "[profile b]\nrole_arn = r\nsource_profile = a\n";
        for (config, changes, credentials, expected) in [
            (
                "",
                "role_arn = r",
                key,
                "`aws_access_key_id` no longer has any effect: `role_arn` takes precedence",
            ),
            (
                "",
                "sso_account_id = 1",
                key,
                "`aws_access_key_id` no longer has any effect: `sso_account_id` takes precedence",
            ),
            (
                "[profile a]\ncredential_process = x\n",
                "aws_access_key_id = AKIA",
                "",
                "`credential_process` no longer has any effect: `aws_access_key_id` takes precedence",
            ),
            (
                "[profile a]\nrole_arn = r\nsource_profile = b\n",
                "web_identity_token_file = t",
                "",
                "`source_profile` no longer has any effect: `web_identity_token_file` takes precedence",
            ),
            (
                of_others,
                "role_arn = r",
                key,
                "profile `a` no longer uses `aws_access_key_id`: `role_arn` takes precedence",
            ),
            (
                "[profile a]\nrole_arn = r\nsource_profile = c\n[profile b]\nrole_arn = r\nsource_profile = a\n",
                "aws_access_key_id = AKIA",
                "",
                "profiles with the source profile `a` now use `aws_access_key_id` instead of `role_arn`",
            ),
            (
                "[profile a]\nrole_arn = r\nsource_profile = c\n",
                "role_arn",
                key,
                "profile `a` now uses `aws_access_key_id`",
            ),
            (
                "[profile a]\ncredential_process = x\n",
                "aws_access_key_id",
                key,
                "profile `a` now uses `credential_process`",
            ),
            (
                "[DEFAULT]\naws_access_key_id = AKIA\naws_secret_access_key = s\n[profile a]\nregion = x\n",
                "credential_process = x",
                "",
                "profile `a` no longer uses `aws_access_key_id`: `credential_process` takes precedence",
            ),
            (
                "[profile a]\nrole_arn = r\nsource_profile = a\n",
                "role_arn",
                key,
                "profile `a` now uses `aws_access_key_id`",
            ),
            (
                "[profile a]\nrole_arn = r\nsource_profile = a\nweb_identity_token_file = t\n",
                "web_identity_token_file",
                key,
                "profile `a` now uses `role_arn`",
            ),
            // A role whose source are the profile's own keys.
            (role, "source_profile = a", key, ""),
            // A new set-up, another value, a further setting of the same, and what doesn't come first.
            ("", "role_arn = r", "", ""),
            ("", "sso_session = s", key, ""),
            (role, "source_profile = b", key, ""),
            (
                "[profile a]\nrole_arn = r\nweb_identity_token_file = t\n",
                "web_identity_token_file = u",
                "",
                "",
            ),
            ("[profile a]\nsource_profile = a\n", "role_arn = r", key, ""),
            ("", "credential_process = x", key, ""),
            ("", "aws_secret_access_key = t", key, ""),
        ] {
            let before = Files::of_texts(config, credentials);
            let mut after = before.clone();
            let section = SectionName::Profile("a".to_owned());
            match changes.split_once(" = ") {
                Some((key, value)) => {
                    assert!(may_decide(&section, key), "{key}");
                    after.set(&section, &KeyPath::plain(key), value, false).map(drop).unwrap();
                }
                None => after.unset(&section, &KeyPath::plain(changes), false).map(drop).unwrap(),
            }
            let found: Vec<String> =
                switched(&before, &after, &section).iter().map(Finding::to_string).collect();
            let told = found.iter().map(|found| found.split_once(": ").unwrap().1).collect::<String>();
            assert_eq!(told, expected, "{changes}: {config}{credentials}");
        }
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
