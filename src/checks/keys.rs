//! Access keys: half a pair, halves in each other's place, a token too many or too few, keys past their time.

use super::issue::{Holder, Issue};
use super::scene::{Diagnosis, Subject};
use crate::credentials::Expiration;
use crate::origin::Origin;
use crate::profile::{FileKind, Found};
use crate::secret::is_no_key_id;
use crate::settings::{self, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, TOKENS};

/// A pair of keys. It has no `Debug`: the secret is borrowed.
pub(super) struct Pair<'k> {
    pub(super) id: &'k str,
    pub(super) secret: &'k str,
    pub(super) has_token: bool,
}

/// Why AWS will refuse a pair, as far as that can be seen.
pub(super) fn check_pair(pair: &Pair<'_>, holder: Holder) -> Option<Issue> {
    let Pair { id, secret, has_token } = *pair;
    if settings::are_swapped(id, secret) {
        return Some(Issue::Swapped { holder });
    }
    if is_no_key_id(id) {
        return Some(Issue::NoKeyId { holder });
    }
    // The prefixes that IAM's reference gives; a shorter text is a stand-in that no AWS has made.
    if !settings::is_plausible_access_key_id(id) {
        return None;
    }
    match (&id[..4], has_token) {
        ("AKIA", true) => Some(Issue::TokenWithLastingKey { holder }),
        ("ASIA", false) => Some(Issue::TemporaryKeyWithoutToken { holder }),
        _ => None,
    }
}

/// The pairs of a profile: each file has its own.
pub(super) fn pair(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    // Most of many profiles have no keys of their own.
    if ![&AWS_ACCESS_KEY_ID, &AWS_SECRET_ACCESS_KEY].iter().any(|row| subject.profile.has(row.name)) {
        found.extend(token_alone(subject));
        return;
    }
    let holder = || Holder::Profile(subject.name.clone().into_owned());
    let [credentials, config] = [FileKind::Credentials, FileKind::Config].map(|kind| {
        [&AWS_ACCESS_KEY_ID, &AWS_SECRET_ACCESS_KEY].map(|row| subject.profile.find_in(kind, row.name))
    });
    match (&credentials, &config) {
        ([Some(one), None], [None, Some(other)]) | ([None, Some(one)], [Some(other), None]) => {
            let profile = subject.name.clone().into_owned();
            let other = Origin::File(other.place());
            found.push(subject.report(one.place(), Issue::SplitPair { profile, other }));
            return;
        }
        _ => {}
    }
    for (kind, [id, secret]) in [(FileKind::Credentials, credentials), (FileKind::Config, config)] {
        let half = |has: &Found<'_>, names: [&'static str; 2]| {
            let [has_name, lacks] = names;
            subject.report(has.place(), Issue::HalfPair { has: has_name, lacks, holder: holder() })
        };
        match (id, secret) {
            (Some(id), None) => found.push(half(&id, [AWS_ACCESS_KEY_ID.name, AWS_SECRET_ACCESS_KEY.name])),
            (None, Some(secret)) => {
                found.push(half(&secret, [AWS_SECRET_ACCESS_KEY.name, AWS_ACCESS_KEY_ID.name]));
            }
            (Some(id), Some(secret)) => {
                let (Some(id_text), Some(secret)) = (id.text(), secret.text()) else { continue };
                let token = TOKENS.iter().find_map(|row| subject.profile.find_in(kind, row.name)?.text());
                let has_token = token.is_some_and(|token| !token.is_empty());
                let pair = Pair { id: &id_text, secret: &secret, has_token };
                found.extend(check_pair(&pair, holder()).map(|issue| subject.report(id.place(), issue)));
            }
            (None, None) => {}
        }
    }
}

/// The session token of a profile without keys.
fn token_alone(subject: &Subject<'_>) -> Option<Diagnosis> {
    let set = |row: &'static settings::Variable| Some((row.name, subject.get(row.name)?));
    let mut tokens = TOKENS.into_iter().filter_map(set);
    let (key, token) = tokens.find(|(_, token)| !token.text.is_empty())?;
    let profile = subject.name.clone().into_owned();
    Some(subject.report(token.place(), Issue::TokenAlone { profile, key }))
}

/// Keys whose end, which the programs that write them note under many names, has passed.
pub(super) fn expiry(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    if !subject.profile.has(AWS_ACCESS_KEY_ID.name) {
        return;
    }
    let now = subject.scene.world.now();
    for (key, marker) in subject.profile.entries() {
        if !key.contains("expir") || key.contains("registration") {
            continue;
        }
        let Some(text) = marker.text() else { continue };
        let seconds = text
            .parse::<i64>()
            .ok()
            .map(|number| if number > 99_999_999_999 { number / 1000 } else { number });
        let at = match seconds.map(jiff::Timestamp::from_second) {
            Some(Ok(at)) => Expiration::parse(&at.to_string(), now),
            Some(Err(_)) => None,
            None => Expiration::parse(&text, now),
        };
        if let Some(at) = at.filter(|at| at.has_passed(now)) {
            let profile = subject.name.clone().into_owned();
            found.push(subject.report(marker.place(), Issue::ExpiredKeys { profile, key, day: at.day() }));
            return;
        }
    }
}
