//! Roles: what they need, and what has no effect.

use std::borrow::Cow;

use super::issue::Issue;
use super::scene::{Diagnosis, Set, Subject};
use crate::chain::{self, Endless, Next, Sources};
use crate::config::Config;
use crate::profile::{Profile, SectionName};
use crate::sdk::Provider;
use crate::settings::{
    self, AWS_ACCESS_KEY_ID, CREDENTIAL_SOURCE, DURATION_SECONDS, EXTERNAL_ID, MFA_SERIAL, ROLE_ARN,
    ROLE_SESSION_NAME, SOURCE_PROFILE, WEB_IDENTITY_TOKEN_FILE,
};
use crate::text::{nearest, without_wrapping};

/// The longest session of a role that another role assumes, in seconds (STS's reference).
const LONGEST_CHAINED: i64 = 3600;

pub(super) fn role(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    if subject.is_settled {
        return;
    }
    let profile = || subject.owned_name();
    let Some(role) = subject.get(ROLE_ARN.name) else { return without_role(subject, found) };
    if subject.profile.has(WEB_IDENTITY_TOKEN_FILE.name) {
        return;
    }
    let (source, named) = (subject.get(SOURCE_PROFILE.name), subject.get(CREDENTIAL_SOURCE.name));
    let source = match (source, named) {
        // It is assumed with whatever else the profile has.
        (None, None) if subject.scene.sdk.ruled.is_some_and(|rules| rules.role.on_top) => return,
        (None, None) => {
            return found.push(subject.report(role.place(), Issue::HalfRole { profile: profile() }));
        }
        (Some(_), Some(named)) => {
            return found.push(subject.report(named.place(), Issue::TwoSources { profile: profile() }));
        }
        (None, Some(named)) => {
            // On EC2 and ECS the credentials are those of a role.
            if ["Ec2InstanceMetadata", "EcsContainer"].contains(&&*named.text) {
                chained_duration(subject, &named.text, found);
            }
            return;
        }
        (Some(source), None) => source,
    };
    let behind = subject.scene.files.profile(&source.text);
    if !no_such_source(subject, &source, &behind, found) && !is_endless(subject, &source, &behind, found) {
        about_source(subject, &source, &behind, found);
    }
}

/// Whether the profiles behind a role go on without an end.
fn is_endless<'s>(
    subject: &Subject<'s>,
    source: &Set<'s>,
    behind: &Profile<'s>,
    found: &mut Vec<Diagnosis>,
) -> bool {
    let files = subject.scene.files;
    let mut walk = Sources::from(files, &subject.name);
    let mut further = None;
    loop {
        let (name, profile) = match &further {
            None => (&source.text, behind),
            Some((name, profile)) => (name, profile),
        };
        match walk.enter_profile(name, profile) {
            Err(Endless::Circle(chain)) => {
                // The chain begins and ends with the same profile.
                let mut shared_by = chain[1..].to_vec();
                shared_by.sort_unstable();
                let report = subject.report(source.place(), Issue::Circle { chain, of_processes: false });
                found.push(Diagnosis { shared_by, ..report });
                return true;
            }
            Err(Endless::TooLong) => return true,
            Ok(Next::End) => return false,
            Ok(Next::Role) => {
                let Some(next) = profile.text(SOURCE_PROFILE.name) else { return false };
                let profile = files.profile(&next);
                further = Some((next, profile));
            }
        }
    }
}

/// Whether the source has what the role needs.
fn about_source(subject: &Subject<'_>, source: &Set<'_>, behind: &Profile<'_>, found: &mut Vec<Diagnosis>) {
    let profile = || subject.owned_name();
    let is_self = source.text == subject.name;
    let lead = chain::leads(behind).next();
    if lead.is_none() {
        let issue = Issue::EmptySource { base: source.text.clone().into_owned() };
        found.push(subject.report(source.place(), issue));
    }
    let source_has_keys = behind.has(AWS_ACCESS_KEY_ID.name);
    let source_is_role = behind.has(ROLE_ARN.name) && !source_has_keys;
    if source_is_role || lead.is_some_and(|(provider, ..)| provider == Provider::Sso) {
        chained_duration(subject, &source.text, found);
    }
    if !is_self
        && !source_is_role
        && !subject.profile.has(MFA_SERIAL.name)
        && let Some(serial) = behind.find(MFA_SERIAL.name)
    {
        let issue = Issue::MfaAtSource {
            profile: profile(),
            base: source.text.clone().into_owned(),
            serial: without_wrapping(&serial.text().unwrap_or_default()).to_owned(),
        };
        found.push(subject.report(serial.place(), issue));
    }
}

/// A session that is longer than STS gives to a role that is assumed by the role of `base`.
fn chained_duration(subject: &Subject<'_>, base: &str, found: &mut Vec<Diagnosis>) {
    if let Some(duration) = subject.get(DURATION_SECONDS.name)
        && settings::integer(&duration.text).is_some_and(|seconds| seconds > LONGEST_CHAINED)
    {
        let profile = subject.owned_name();
        let issue = Issue::ChainedDuration { profile, base: base.to_owned() };
        found.push(subject.report(duration.place(), issue));
    }
}

/// A source that doesn't exist or leads back to the profile, which may become a role.
pub(super) fn source_of_no_role(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    if let Some(source) = subject.get(SOURCE_PROFILE.name).filter(|_| !subject.profile.has(ROLE_ARN.name)) {
        let behind = subject.scene.files.profile(&source.text);
        // With credentials of its own the profile is the end of the circle.
        if !no_such_source(subject, &source, &behind, found)
            && chain::leads(&subject.profile).next().is_none()
        {
            is_endless(subject, &source, &behind, found);
        }
    }
}

/// Whether the source doesn't exist, which is reported.
fn no_such_source(
    subject: &Subject<'_>,
    source: &Set<'_>,
    behind: &Profile<'_>,
    found: &mut Vec<Diagnosis>,
) -> bool {
    if behind.exists() {
        return false;
    }
    let files = subject.scene.files;
    let similar = subject.may_search(found).then(|| nearest(&source.text, files.profiles())).flatten();
    let similar = similar.map(Cow::into_owned);
    let profile = subject.owned_name();
    let named = SectionName::Profile(source.text.to_string());
    let header = subject.header_meant(&named, found);
    let issue = Issue::NoSuchSource { profile, base: source.text.to_string(), similar, header };
    found.push(subject.report(source.place(), issue));
    true
}

/// Settings of a role in a profile that has none.
fn without_role(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    let profile = || subject.owned_name();
    // A variable may name the role of a web identity.
    let is_named = subject.scene.world.non_empty(chain::WEB_IDENTITY_ROLE).is_some();
    let token_file = Some(&WEB_IDENTITY_TOKEN_FILE).filter(|_| !is_named);
    // A web identity and an SSO profile have a role session name of their own.
    let of_role = [&SOURCE_PROFILE, &CREDENTIAL_SOURCE, &EXTERNAL_ID, &ROLE_SESSION_NAME, &DURATION_SECONDS];
    let mut rows = token_file.into_iter().chain(of_role);
    if let Some((row, setting)) = rows.find_map(|row| Some((row, subject.get(row.name)?))) {
        let issue = if *row == WEB_IDENTITY_TOKEN_FILE {
            Issue::TokenFileWithoutRole { profile: profile() }
        } else {
            Issue::SourceWithoutRole { profile: profile(), key: row.name }
        };
        found.push(subject.report(setting.place(), issue));
    }
    let has_keys = subject.profile.has(AWS_ACCESS_KEY_ID.name);
    let has_session = || {
        // The settings are read for such a profile only.
        let is_on = Config::load(subject.scene.world).is_ok_and(|config| config.mfa_session().is_some());
        is_on && has_keys
    };
    if let Some(serial) = subject.get(MFA_SERIAL.name).filter(|_| !has_session()) {
        found.push(
            subject
                .report(serial.place(), Issue::UnusedMfa { has_keys: has_keys && !serial.text.is_empty() }),
        );
    }
}
