//! What may be wrong with a resolution: each check is a row of [`CHECKS`].

use jiff::{SignedDuration, Timestamp};

use super::findings::Found;
use super::session::Session;
use crate::chain::Provider;
use crate::credentials::Credentials;
use crate::effective::Selection;
use crate::failure::Explain as _;
use crate::finding::Finding;
use crate::ini::lowered;
use crate::origin::Origin;
use crate::secret::{hold, is_no_key_id};
use crate::settings::{self, REGION};
use crate::store::{self, Exposure};

/// What is checked.
pub(super) struct Resolved<'r> {
    pub(super) session: &'r Session<'r>,
    /// The credentials with their provider, if there are any.
    pub(super) credentials: Option<&'r (Provider, Credentials)>,
}

type Check = fn(&Resolved<'_>) -> Vec<Finding>;

static CHECKS: [Check; 8] = [
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

/// An access key ID that can't be one. It is most likely a secret, so it is masked from here on.
pub(super) fn misplaced(credentials: &Credentials, selection: &Selection) -> Option<Finding> {
    let id = credentials.access_key_id.as_ref().filter(|id| is_no_key_id(&id.value))?;
    hold(&id.value);
    let secret = credentials.secret_access_key.as_ref().map(|secret| secret.value.expose());
    let is_swapped = secret.is_some_and(settings::is_plausible_access_key_id);
    let profile = selection.name.value.clone();
    Some(Finding::at(id.origin.clone(), Found::MisplacedKey { profile, id: id.origin.clone(), is_swapped }))
}

/// Keys of the environment where a profile was named.
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

/// Keys that have expired. botocore uses them nevertheless, and the service refuses them.
pub(super) fn expired(credentials: &Credentials, now: Timestamp) -> Option<Finding> {
    let expiration = credentials.expiration.as_ref().filter(|found| found.value.has_passed(now))?;
    let origin = expiration.origin.clone();
    Some(Finding::at(origin.clone(), Found::Expired { day: expiration.value.day(), origin }))
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
