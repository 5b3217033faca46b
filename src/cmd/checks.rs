//! Checks of a resolution: each is a row of [`CHECKS`].

use jiff::SignedDuration;

use super::findings::{Found, expired, half, misplaced, packed};
use super::session::Session;
use crate::chain::Provider;
use crate::credentials::Credentials;
use crate::failure::Explain as _;
use crate::finding::{Aspect, Finding};
use crate::origin::Origin;
use crate::profile;
use crate::secret::Secret;
use crate::settings::REGION;

pub(super) struct Resolved<'r> {
    pub(super) session: &'r Session<'r>,
    /// The credentials with their provider, if there are any.
    pub(super) credentials: Option<&'r (Provider, Credentials)>,
}

type Check = fn(&Resolved<'_>) -> Vec<Finding>;

static CHECKS: &[Check] = &[
    unreadable_files,
    lines_of_the_profile,
    of_the_profile,
    ignored_region,
    misplaced_key,
    half_a_pair,
    expiration,
    packed_policy,
];

/// The findings of all checks.
pub(super) fn all(resolved: &Resolved<'_>) -> Vec<Finding> {
    CHECKS.iter().flat_map(|check| check(resolved)).collect()
}

fn unreadable_files(resolved: &Resolved<'_>) -> Vec<Finding> {
    let found = |problem: &profile::Error| {
        let is_needed = resolved.session.needs_files();
        let found = Found::UnreadableFile { problem: problem.to_string(), is_needed };
        Finding::maybe_at(problem.origin(), found)
    };
    resolved.session.unread.iter().map(found).collect()
}

fn lines_of_the_profile(resolved: &Resolved<'_>) -> Vec<Finding> {
    resolved.session.files.notices(&resolved.session.selection.section())
}

/// Another region in a variable that other SDKs read.
fn ignored_region(resolved: &Resolved<'_>) -> Vec<Finding> {
    let Session { sdk, world, .. } = resolved.session;
    let used = resolved.session.lookup().setting(&REGION);
    let used = used.as_ref().and_then(|setting| setting.winner.value.as_text()).map(Secret::expose);
    let ignored = REGION.environment.iter().filter(|variable| !sdk.variables(&REGION).contains(variable));
    ignored
        .filter_map(|variable| {
            let region = world.non_empty(variable).filter(|region| Some(*region) != used)?.to_owned();
            let found = Found::RegionIgnored { sdk: sdk.title, variable, region };
            Some(Finding::at(Origin::environment(*variable), found))
        })
        .collect()
}

fn misplaced_key(resolved: &Resolved<'_>) -> Vec<Finding> {
    let found = resolved.credentials.and_then(|(_, keys)| misplaced(keys, &resolved.session.selection));
    found.into_iter().collect()
}

fn half_a_pair(resolved: &Resolved<'_>) -> Vec<Finding> {
    resolved.credentials.and_then(|(provider, keys)| half(*provider, keys)).into_iter().collect()
}

/// What is wrong with the profile, without what other checks find.
fn of_the_profile(resolved: &Resolved<'_>) -> Vec<Finding> {
    let mut found = resolved.session.findings();
    found.retain(|found| resolved.credentials.is_none() || !found.has(Aspect::OfCredentials));
    found.retain(|found| !found.has(Aspect::OfNotices));
    found
}

fn expiration(resolved: &Resolved<'_>) -> Vec<Finding> {
    let Some((_, credentials)) = resolved.credentials else { return Vec::new() };
    let now = resolved.session.world.now();
    let found = expired(credentials, now).or_else(|| {
        let expiration = credentials.expiration.as_ref()?;
        let left = expiration.value.left(now);
        // A session that was asked for may be short.
        let asked = resolved
            .session
            .seconds()
            .map_or(SignedDuration::MAX, |seconds| SignedDuration::from_secs(seconds / 2));
        let is_soon = left < asked.min(SignedDuration::from_mins(15));
        let found = Found::ExpiresSoon { minutes: left.as_mins().max(0) };
        is_soon.then(|| Finding::at(expiration.origin.clone(), found))
    });
    found.into_iter().collect()
}

fn packed_policy(resolved: &Resolved<'_>) -> Vec<Finding> {
    resolved.credentials.and_then(|(_, credentials)| packed(credentials)).into_iter().collect()
}
