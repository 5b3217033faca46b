//! Checks of a resolution: each is a row of [`CHECKS`].

use jiff::SignedDuration;

use super::findings::{Found, expired, misplaced};
use super::session::Session;
use crate::chain::Provider;
use crate::credentials::Credentials;
use crate::failure::Explain as _;
use crate::finding::Finding;
use crate::ini::lowered;
use crate::origin::Origin;
use crate::settings::{self, REGION};
use crate::store::{self, Exposure};

pub(super) struct Resolved<'r> {
    pub(super) session: &'r Session<'r>,
    /// The credentials with their provider, if there are any.
    pub(super) credentials: Option<&'r (Provider, Credentials)>,
}

type Check = fn(&Resolved<'_>) -> Vec<Finding>;

static CHECKS: &[Check] = &[
    unreadable_files,
    lines_of_the_profile,
    ignored_region,
    misplaced_key,
    hidden_profile,
    expiration,
    half_pair,
    exposed_files,
];

/// The findings of all checks.
pub(super) fn all(resolved: &Resolved<'_>) -> Vec<Finding> {
    CHECKS.iter().flat_map(|check| check(resolved)).collect()
}

fn unreadable_files(resolved: &Resolved<'_>) -> Vec<Finding> {
    let unread = resolved.session.unread.iter().map(|problem| {
        let found = Found::UnreadableFile(problem.to_string());
        match problem.origin() {
            Some(origin) => Finding::at(origin, found),
            None => Finding::new(found),
        }
    });
    unread.collect()
}

fn lines_of_the_profile(resolved: &Resolved<'_>) -> Vec<Finding> {
    resolved.session.files.notices(&resolved.session.selection.section())
}

/// A region in a variable that other SDKs read.
fn ignored_region(resolved: &Resolved<'_>) -> Vec<Finding> {
    let Session { sdk, world, .. } = resolved.session;
    let ignored = REGION.environment.iter().filter(|variable| !sdk.variables(&REGION).contains(variable));
    ignored
        .filter_map(|variable| {
            let region = world.non_empty(variable)?.to_owned();
            let found = Found::RegionIgnored { sdk: sdk.title, variable, region };
            Some(Finding::at(Origin::environment(*variable), found))
        })
        .collect()
}

fn misplaced_key(resolved: &Resolved<'_>) -> Vec<Finding> {
    let found = resolved.credentials.and_then(|(_, keys)| misplaced(keys, &resolved.session.selection));
    found.into_iter().collect()
}

/// The environment's keys are used although a profile is named.
fn hidden_profile(resolved: &Resolved<'_>) -> Vec<Finding> {
    let selection = &resolved.session.selection;
    let is_hidden = matches!(resolved.credentials, Some((Provider::Env, _))) && selection.is_named();
    let (profile, named_by) = (selection.name.value.clone(), selection.name.origin.clone());
    let found = is_hidden.then_some(Found::ProfileHidden { profile, named_by });
    found.map(|found| Finding::at(Origin::environment("AWS_ACCESS_KEY_ID"), found)).into_iter().collect()
}

fn expiration(resolved: &Resolved<'_>) -> Vec<Finding> {
    let Some((_, credentials)) = resolved.credentials else { return Vec::new() };
    let now = resolved.session.world.now();
    let found = expired(credentials, now).or_else(|| {
        let expiration = credentials.expiration.as_ref()?;
        let left = expiration.value.left(now);
        let is_soon = left < SignedDuration::from_mins(15);
        let found = Found::ExpiresSoon { minutes: left.as_mins().max(0) };
        is_soon.then(|| Finding::at(expiration.origin.clone(), found))
    });
    found.into_iter().collect()
}

fn half_pair(resolved: &Resolved<'_>) -> Vec<Finding> {
    let is_set = |variable| resolved.session.world.non_empty(variable).is_some();
    let is_half = !is_set("AWS_ACCESS_KEY_ID") && is_set("AWS_SECRET_ACCESS_KEY");
    let found = is_half.then(|| Finding::at(Origin::environment("AWS_SECRET_ACCESS_KEY"), Found::HalfPair));
    found.into_iter().collect()
}

/// Files with secrets that other users can open.
fn exposed_files(resolved: &Resolved<'_>) -> Vec<Finding> {
    let files = resolved.session.files.both();
    let found = files.iter().filter_map(|file| {
        let Exposure { may, mode } = store::exposure(file.path)?;
        let mut entries = file.document.sections().flat_map(|section| section.entries());
        let holds_secrets = entries.any(|entry| settings::is_secret(&lowered(entry.key())));
        holds_secrets.then(|| Finding::new(Found::Exposed { path: file.path.to_path_buf(), may, mode }))
    });
    found.collect()
}
