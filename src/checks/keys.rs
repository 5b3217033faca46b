//! Access keys: half a pair, halves in each other's place, a token too many or too few, keys past their time.

use super::issue::{Holder, Issue};
use super::scene::{Diagnosis, Subject, first_lead};
use crate::chain::{self, Noted, Provider};
use crate::finding::{Finding, INHERITED};
use crate::ini::Cause;
use crate::origin::{Origin, Place};
use crate::profile::{FileKind, Found, Profile};
use crate::secret::{
    are_swapped, is_impossible_key_id, is_of_aws, is_plausible_access_key_id, odd_access_key_id,
    stored_secret_fault,
};
use crate::settings::{
    self, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, CREDENTIAL_PROCESS, ROLE_ARN, SOURCE_PROFILE,
    SSO_ACCOUNT_ID, SSO_ROLE_NAME, TOKENS,
};
use crate::text::{is_unseen, looks_commented, without_quotes};

/// A pair of keys. It has no `Debug`: the secret is borrowed.
pub(super) struct Pair<'k> {
    pub(super) id: &'k str,
    pub(super) secret: &'k str,
    /// What has the token that is used, if there is one, and the token.
    pub(super) token: Option<(&'static str, &'k str)>,
}

/// Why AWS will refuse a pair, as far as that can be seen.
pub(super) fn check_pair(pair: &Pair<'_>, holder: Holder) -> Option<Issue> {
    let Pair { id, secret, token } = *pair;
    if are_swapped(id, secret) {
        return Some(Issue::Swapped { holder });
    }
    // Quotes, whitespace, comments and invisible characters have findings of their own.
    let is_bare = |text: &str| {
        without_quotes(text).is_none()
            && text.trim() == text
            && (text.contains('\n') || !text.contains(is_unseen) && !looks_commented(text))
            && settings::joined(text).is_none()
    };
    if let Some(what) = odd_access_key_id(id).filter(|_| is_bare(id)) {
        return Some(Issue::OddKeyId { holder, what });
    }
    // Another setting behind it, too.
    if settings::joined(id).is_some() {
        return None;
    }
    if is_impossible_key_id(id) {
        return Some(Issue::NoKeyId { holder });
    }
    // The prefixes that IAM's reference gives; a shorter text is a stand-in that no AWS has made.
    if !is_plausible_access_key_id(id) {
        return None;
    }
    if let Some(fault) = stored_secret_fault(secret).filter(|_| is_of_aws(id) && is_bare(secret)) {
        return Some(Issue::OddSecret { holder, fault });
    }
    if let Some((key, _)) = token.filter(|(_, token)| token.contains(char::is_whitespace) && is_bare(token)) {
        return Some(Issue::OddToken { holder, key });
    }
    match (&id[..4], token) {
        ("AKIA", Some((token, _))) => Some(Issue::TokenWithLastingKey { holder, token }),
        ("ASIA", None) => Some(Issue::TemporaryKeyWithoutToken { holder }),
        _ => None,
    }
}

/// Whether another vendor's service may take what is odd for AWS: it may ask for no keys, and any are sent.
pub(super) fn suits_others(issue: &Issue) -> bool {
    matches!(issue, Issue::OddKeyId { .. } | Issue::OddSecret { .. } | Issue::OddToken { .. })
}

/// The pairs of a profile: each file has its own.
pub(super) fn pair(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    // Most of many profiles have no keys of their own.
    if ![&AWS_ACCESS_KEY_ID, &AWS_SECRET_ACCESS_KEY].iter().any(|row| subject.profile.has(row.name)) {
        if !subject.is_judged {
            found.extend(token_alone(subject));
        }
        return;
    }
    if let Some(split) = subject.profile.split_pair() {
        let profile = subject.owned_name();
        let fix = split.fix(&profile);
        let [here, other] = match split.with_secret {
            FileKind::Credentials => [&split.secret, &split.id],
            FileKind::Config => [&split.id, &split.secret],
        };
        let other = Origin::File(other.place());
        let issue = Issue::SplitPair { profile, other, is_idle: is_idle(subject), fix };
        found.push(subject.report(here.place(), issue));
        return;
    }
    let [credentials, config] = FileKind::BY_PRECEDENCE.map(|kind| {
        [&AWS_ACCESS_KEY_ID, &AWS_SECRET_ACCESS_KEY].map(|row| subject.profile.find_in(kind, row.name))
    });
    let names = [AWS_ACCESS_KEY_ID.name, AWS_SECRET_ACCESS_KEY.name];
    for (kind, halves) in [(FileKind::Credentials, credentials), (FileKind::Config, config)] {
        found.extend(match (halves, names) {
            ([Some(id), None], [has, lacks]) => Some(half(subject, &id, has, lacks)),
            ([None, Some(secret)], [lacks, has]) => Some(half(subject, &secret, has, lacks)),
            ([Some(id), Some(secret)], _) => whole(subject, kind, &id, &secret),
            ([None, None], _) => None,
        });
    }
    // It is a note, which no judgment needs.
    if !subject.is_judged {
        found.extend(in_config(&subject.profile).map(|(place, issue)| subject.report(place, issue)));
    }
}

/// Half a pair, which has the setting `has`.
fn half(subject: &Subject<'_>, one: &Found<'_>, has: &'static str, lacks: &'static str) -> Diagnosis {
    let holder = Holder::Profile(subject.owned_name());
    let report =
        subject.report(one.place(), Issue::HalfPair { has, lacks, holder, is_idle: is_idle(subject) });
    let Some((line, cause)) = line_of_lost(subject, one, lacks) else { return report };
    let fix = cause.fix_of_setting(&format!("`{lacks}` on line {line}"));
    Diagnosis { finding: report.finding.fixed_by(Some(fix.into())), ..report }
}

/// A pair of one file, with the token beside it.
fn whole(subject: &Subject<'_>, kind: FileKind, id: &Found<'_>, secret: &Found<'_>) -> Option<Diagnosis> {
    let (id_text, secret_text) = (id.text()?, secret.text()?);
    let halves = [(id, &id_text, AWS_ACCESS_KEY_ID.name), (secret, &secret_text, AWS_SECRET_ACCESS_KEY.name)];
    if let Some((blank, _, key)) = halves.into_iter().find(|(_, text, _)| text.is_empty()) {
        // They are not read where botocore finds others first.
        let precede: &[_] = match kind {
            FileKind::Credentials => &[&ROLE_ARN, &SSO_ROLE_NAME, &SSO_ACCOUNT_ID],
            FileKind::Config => &[&ROLE_ARN, &SSO_ROLE_NAME, &SSO_ACCOUNT_ID, &CREDENTIAL_PROCESS],
        };
        let is_read = !precede.iter().any(|row| subject.profile.has(row.name));
        let profile = subject.owned_name();
        return is_read.then(|| subject.report(blank.place(), Issue::BlankKey { profile, key }));
    }
    let mut tokens = TOKENS
        .iter()
        .filter_map(|row| Some((row.name, subject.profile.find_in(kind, row.name)?)))
        .filter_map(|(name, found)| Some((name, found.text()?, found)));
    let token = tokens.next().filter(|(_, token, _)| !token.is_empty());
    let of_token = token.as_ref().map(|(name, token, _)| (*name, &**token));
    let pair = Pair { id: &id_text, secret: &secret_text, token: of_token };
    let issue = check_pair(&pair, Holder::Profile(subject.owned_name()))?;
    if suits_others(&issue) && subject.scene.has_endpoint(&subject.section()) {
        return None;
    }
    let at = match (&issue, &token) {
        (Issue::OddSecret { .. }, _) => secret,
        (Issue::OddToken { .. }, Some((_, _, token))) => token,
        (Issue::TokenWithLastingKey { .. }, Some((_, _, token))) if token.is_inherited() => token,
        _ => id,
    };
    Some(subject.report(at.place(), issue))
}

/// The line on which a setting of the profile is a part of another one's value, in the file of the other half.
fn line_of_lost(subject: &Subject<'_>, half: &Found<'_>, key: &str) -> Option<(u32, Cause)> {
    let path = half.place().path;
    let mut entries = subject.profile.entries().filter(|(_, entry)| entry.place().path == path);
    entries.find_map(|(_, entry)| entry.line_of_lost(key))
}

/// Whether botocore passes over half a pair, and the profile leads to other credentials.
fn is_idle(subject: &Subject<'_>) -> bool {
    !ends_at_half(&subject.profile, &subject.name) && chain::leads(&subject.profile).next().is_some()
}

/// Whether half a pair is an error to botocore: it comes to an access key ID whose file has no secret. A secret without an ID is
/// nothing to it.
pub(super) fn ends_at_half(profile: &Profile<'_>, name: &str) -> bool {
    let kind = match first_lead(profile, name) {
        Some((Provider::SharedCredentialsFile, _)) => FileKind::Credentials,
        Some((Provider::ConfigFile, _)) => FileKind::Config,
        _ => return false,
    };
    profile.find_in(kind, AWS_SECRET_ACCESS_KEY.name).is_none()
}

/// Credentials of the profile that others of it take precedence over. It is a note, which no judgment needs.
pub(super) fn overridden(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    if subject.is_judged || subject.is_settled {
        return;
    }
    let mut leads = chain::leads(&subject.profile);
    let Some((first, by, winner)) = leads.next() else { return };
    for (provider, key, loser) in leads {
        // Each file may have a pair, and those of a role's profile may be the source of a role.
        if !(provider.is_in_files() && (first.is_in_files() || first == Provider::AssumeRole)) {
            let issue = Issue::Overridden { key, by, place: Origin::File(winner.place()) };
            found.push(subject.report(loser.place(), issue));
        }
    }
}

/// The access key of a profile in the config file, if it is another one than that of the credentials file.
pub fn left_behind(profile: &Profile<'_>) -> Option<Finding> {
    in_config(profile).map(|(place, issue)| Finding::at(place, issue))
}

fn in_config(profile: &Profile<'_>) -> Option<(Place, Issue)> {
    let used = profile.find_in(FileKind::Credentials, AWS_ACCESS_KEY_ID.name)?;
    let own = |key: &str| profile.find_in(FileKind::Config, key).filter(|found| !found.is_inherited());
    let other = own(AWS_ACCESS_KEY_ID.name).filter(|other| other.text() != used.text())?;
    let rows = [&AWS_ACCESS_KEY_ID, &AWS_SECRET_ACCESS_KEY].into_iter().chain(TOKENS);
    let mut lines: Vec<u32> = rows.filter_map(|row| Some(own(row.name)?.place().line)).collect();
    lines.sort_unstable();
    Some((other.place(), Issue::OtherKey { used: Origin::File(used.place()), lines }))
}

/// Keys of a role's profile that are the source of no role. Not for many profiles: each is looked for in all the others.
pub(super) fn overridden_by_role(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    let mut leads = chain::leads(&subject.profile);
    let Some((Provider::AssumeRole, by, winner)) = leads.next() else { return };
    let is_own = subject.get(SOURCE_PROFILE.name).is_some_and(|source| source.text == subject.name);
    if is_own || !subject.scene.files.references(&subject.name).is_empty() {
        return;
    }
    for (_, key, loser) in leads.filter(|(provider, ..)| provider.is_in_files()) {
        let issue = Issue::Overridden { key, by, place: Origin::File(winner.place()) };
        found.push(subject.report(loser.place(), issue));
    }
}

/// The session token of a profile without keys.
fn token_alone(subject: &Subject<'_>) -> Option<Diagnosis> {
    let set = |row: &'static settings::Variable| Some((row.name, subject.get(row.name)?));
    let mut tokens = TOKENS.into_iter().filter_map(set);
    let (key, token) = tokens.find(|(_, token)| !token.text.is_empty())?;
    let profile = subject.owned_name();
    let report = subject.report(token.place(), Issue::TokenAlone { profile, key });
    let is_inherited = subject.profile.find(key).is_some_and(|found| found.is_inherited());
    let fix = is_inherited.then(|| INHERITED.into());
    Some(Diagnosis { finding: report.finding.fixed_by(fix), ..report })
}

/// Temporary keys that have expired, as the program that wrote them noted. It is a warning, which no judgment needs.
pub(super) fn expiry(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    if subject.is_judged {
        return;
    }
    let now = subject.scene.world.now();
    let noted = chain::noted(&subject.profile, now).filter(|noted| noted.at.has_passed(now));
    if let Some(Noted { key, place, at }) = noted {
        let holder = Holder::Profile(subject.owned_name());
        found.push(subject.report(place, Issue::ExpiredKeys { holder, key, day: at.day() }));
    }
}
