//! Variables that lead to credentials, and those that every request needs: whether they can be used, as far as that shows without
//! a request. The providers and the network judge them themselves.

use std::error;
use std::ffi::OsStr;
use std::path::Path;

use super::issue::Issue;
use super::scene::{Diagnosis, Scene};
use crate::chain::{self, Provider};
use crate::failure::Explain;
use crate::finding::Finding;
use crate::net;
use crate::origin::{Located, Origin, Place};
use crate::profile::Profile;
use crate::settings::{CA_BUNDLE, CREDENTIAL_SOURCE, ROLE_ARN, Variable, WEB_IDENTITY_TOKEN_FILE};
use crate::world::World;

/// Those that a request of xcred needs, besides those of a setting.
const OF_REQUESTS: [&str; 4] = ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "https_proxy", "HTTPS_PROXY"];

/// A value that can't be used, in the words of what would have used it. Only one finding for a variable is needed.
pub(super) fn unusable<E: Explain + error::Error>(fault: &E, found: &[Diagnosis]) -> Option<Diagnosis> {
    let place = fault.origin();
    if place.is_some() && found.iter().any(|one| one.finding.place() == place.as_ref()) {
        return None;
    }
    let problem = match error::Error::source(fault) {
        Some(source) => format!("{fault}: {source}"),
        None => fault.to_string(),
    };
    // A finding begins with its line by itself.
    let before = place.as_ref().map(Origin::before).unwrap_or_default();
    let problem = problem.strip_prefix(&before).map_or_else(|| problem.clone(), str::to_owned);
    let is_line = !before.is_empty();
    let issue = Issue::Unusable { problem, help: fault.help(), is_line };
    Some(Diagnosis::new(Finding::maybe_at(place, issue)))
}

/// The file that a line names, if it is one that every request needs, or every request for the profile's credentials.
pub(super) fn file(
    world: &World,
    row: &Variable,
    path: &str,
    place: Place,
    found: &[Diagnosis],
) -> Option<Diagnosis> {
    let origin = Origin::File(place);
    if *row == WEB_IDENTITY_TOKEN_FILE {
        return chain::token_file_fault(Path::new(path), &origin).and_then(|fault| unusable(&fault, found));
    }
    let bundle = Located::new(world.expand_user(OsStr::new(path)), origin);
    let options = net::Options { ca_bundle: Some(bundle), ..net::Options::default() };
    options.fault().and_then(|fault| unusable(&fault, found))
}

/// The variables that give credentials to the profile of the command, if the chain reaches them.
pub(super) fn credentials(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    let Scene { world, files, selection, .. } = *scene;
    // Each SDK with a chain of its own refuses other values.
    if scene.has_keys_given || scene.sdk.ruled.is_some() {
        return;
    }
    let is_read = !selection.is_explicit();
    if is_read && world.non_empty("AWS_ACCESS_KEY_ID").is_some() {
        return;
    }
    let names_token = is_read && world.non_empty(chain::WEB_IDENTITY).is_some();
    if !names_token && !chain::LAST_VARIABLES.iter().any(|name| world.variable(name).is_some()) {
        return;
    }
    let name = if selection.name.value.is_empty() { "default" } else { &selection.name.value };
    let profile = files.profile(name);
    let fault = match chain::leads(&profile).next() {
        Some((Provider::AssumeRole, ..)) => None,
        _ if names_token => chain::web_identity_fault(world, &profile),
        Some(_) => None,
        None => chain::ec2_file_fault(world).or_else(|| chain::container_fault(world)),
    };
    found.extend(fault.and_then(|fault| unusable(&fault, found)));
}

/// The variables of a container that gives roles their credentials.
pub(super) fn container(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    let Scene { world, files, sdk, reads_files, .. } = *scene;
    if !reads_files || sdk.ruled.is_some() {
        return;
    }
    let is_source = |profile: &Profile<'_>| {
        let source = profile.text(CREDENTIAL_SOURCE.name);
        source.is_some_and(|source| source == "EcsContainer") && profile.has(ROLE_ARN.name)
    };
    let roles = files.listed().filter(|(_, profile)| is_source(profile));
    let mut shared_by: Vec<String> = roles.map(|(name, _)| name.into_owned()).collect();
    shared_by.sort_unstable();
    let Some(first) = shared_by.first().cloned() else { return };
    let fault = chain::container_fault(world).and_then(|fault| unusable(&fault, found));
    found.extend(fault.map(|fault| Diagnosis { profile: Some(first), shared_by, ..fault }));
}

/// The proxy and the certificates of every request. What a line names is judged with the line.
pub(super) fn requests(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    let world = scene.world;
    let mut variables = scene.sdk.variables(&CA_BUNDLE).iter();
    let named = variables.find_map(|name| Some((*name, world.non_empty(name)?)));
    if named.is_none() && !OF_REQUESTS.iter().any(|name| world.non_empty(name).is_some()) {
        return;
    }
    let bundle = named.and_then(|(name, _)| Some(Located::new(world.path(name)?, Origin::environment(name))));
    let mut options = net::Options::of(world, bundle);
    let stored = scene.files.find(&scene.selection.section()).find(CA_BUNDLE.name);
    if named.is_none() && stored.and_then(|stored| stored.text()).is_some_and(|text| !text.is_empty()) {
        (options.ca_bundle, options.system_bundle) = (None, None);
    }
    let fault = options.fault().and_then(|fault| unusable(&fault, found));
    found.extend(fault);
}
