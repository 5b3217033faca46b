//! Variables: empty, misspelled, contradicting the files or one another.

use std::borrow::Cow;

use super::issue::{Holder, Issue};
use super::judged;
use super::keys::{Pair, check_pair, suits_others};
use super::scene::{Diagnosis, Scene};
use super::values;
use super::walk::sources;
use crate::chain;
use crate::effective::Selection;
use crate::failure::{Command, Hint};
use crate::finding::{Finding, Kind as _, Severity};
use crate::origin::Origin;
use crate::sdk::{EmptyProfile, EmptyVariable, Sdk};
use crate::secret::is_of_aws;
use crate::settings::{
    self, CREDENTIAL_SOURCE, Checked, Doubt, ENDPOINT_URL, Empty, Kind, REGION, ROLE_ARN, ROLE_SESSION_NAME,
    TOKENS, VARIABLES, Variable,
};
use crate::text::{nearest, slips, without_quotes};

/// Variables that lead to credentials and are not settings.
const OTHERS: [&str; 10] = [
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    "AWS_CREDENTIAL_FILE",
];

/// Names that people give to variables of AWS, and that are not nearly theirs.
const MEANT: [(&str, &str); 5] = [
    ("AWS_CREDENTIALS_FILE", "AWS_SHARED_CREDENTIALS_FILE"),
    ("AWS_CREDENTIALS_PATH", "AWS_SHARED_CREDENTIALS_FILE"),
    ("AWS_CONFIG", "AWS_CONFIG_FILE"),
    ("AWS_CONFIG_PATH", "AWS_CONFIG_FILE"),
    ("AWS_ENDPOINT", "AWS_ENDPOINT_URL"),
];

/// The settings whose variables are not in their rows: only a web identity token is used with them.
static OF_TOKEN: [(&str, &Variable); 2] =
    [(chain::WEB_IDENTITY_ROLE, &ROLE_ARN), (chain::WEB_IDENTITY_SESSION, &ROLE_SESSION_NAME)];

/// What an empty value does, where it does anything.
const EMPTY: [(&str, &str); 8] = [
    ("AWS_PROFILE", "it names a profile without a name"),
    ("AWS_DEFAULT_PROFILE", "it names a profile without a name"),
    ("AWS_REGION", "no service can be reached in it"),
    ("AWS_DEFAULT_REGION", "no service can be reached in it"),
    ("AWS_CONFIG_FILE", "no config file is read"),
    ("AWS_SHARED_CREDENTIALS_FILE", "no credentials file is read"),
    ("AWS_WEB_IDENTITY_TOKEN_FILE", "it hides the setting of the profile"),
    ("AWS_ROLE_ARN", "it hides the setting of the profile"),
];

/// What the variables for the endpoint of one service begin with.
const ADDRESS: &str = "AWS_ENDPOINT_URL_";

fn at(variable: &str, issue: Issue) -> Diagnosis {
    Diagnosis::new(Finding::at(Origin::environment(variable.to_owned()), issue))
}

/// Variables without a value that change what is read.
pub(super) fn empty_variables(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    // Of the variables for the region only the first one that is set is read.
    let mut regions = scene.sdk.variables(&REGION).iter();
    let region = regions.find(|variable| scene.world.variable(variable).is_some());
    let is_read = |variable: &str| !REGION.environment.contains(&variable) || region == Some(&variable);
    let empty = EMPTY.iter().filter(|(variable, _)| scene.world.variable(variable) == Some(""));
    let empty = empty.filter(|(variable, _)| is_read(variable) && counts_empty(scene.sdk, variable));
    found.extend(empty.map(|(variable, effect)| {
        at(variable, Issue::EmptyVariable { variable: (*variable).to_owned(), effect })
    }));
}

/// Whether an SDK doesn't take one of these variables for not set if it is empty.
fn counts_empty(sdk: Sdk, variable: &str) -> bool {
    let Some(rules) = sdk.ruled else { return true };
    match variable {
        "AWS_CONFIG_FILE" | "AWS_SHARED_CREDENTIALS_FILE" => {
            rules.files.paths.empty_variable == EmptyVariable::NoFile
        }
        "AWS_PROFILE" | "AWS_DEFAULT_PROFILE" => {
            sdk.empty_profile == EmptyProfile::Named && sdk.profile_variables.contains(&variable)
        }
        "AWS_REGION" | "AWS_DEFAULT_REGION" => !sdk.skips_empty(&REGION),
        // What it hides depends on more than the variable.
        _ => false,
    }
}

/// Names that are nearly one of AWS's, and values with whitespace or quotes at their ends.
pub(super) fn odd_variables(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    let known = || VARIABLES.iter().flat_map(|row| row.environment.iter().copied()).chain(OTHERS);
    for (variable, value) in scene.world.variables().filter(|(variable, _)| variable.starts_with("AWS_")) {
        let is_address = variable.starts_with(ADDRESS);
        if !is_address && !known().any(|known| known == variable) {
            let near = known().filter_map(|known| Some((slips(variable, known, 2)?, known)));
            let similar = near.min_by_key(|(slips, _)| *slips).map(|(_, known)| known);
            // With `--profile`, keys in the environment are not used.
            let is_read = |row: &&settings::Variable| !(row.credential && scene.selection.is_explicit());
            let meant = settings::spelled_elsewhere(variable).filter(is_read);
            let meant = meant.and_then(|row| row.environment.first());
            let renamed = MEANT.iter().find(|(name, _)| *name == variable).map(|(_, meant)| *meant);
            let similar = meant.copied().or(renamed).or(similar);
            let similar = similar.filter(|similar| scene.world.variable(similar).is_none());
            found.extend(similar.map(|similar| {
                at(variable, Issue::MisspeltVariable { variable: variable.to_owned(), similar })
            }));
        } else if value.trim() != value || without_quotes(value).is_some() {
            let variable = variable.to_owned();
            // No client is made with some of them.
            let is_refused = refused(scene, &variable, value).is_some();
            let least = if is_refused { Severity::Error } else { Severity::Note };
            let origin = Origin::environment(variable.clone());
            let issue = if value.trim() == value {
                Issue::QuotedVariable { variable }
            } else {
                Issue::BlankInVariable { variable }
            };
            found.push(Diagnosis::new(Finding::at(origin, issue).at_least(least)));
        } else if let Some(form) = refused(scene, variable, value) {
            found.push(at(variable, Issue::RefusedVariable { variable: variable.to_owned(), form }));
        } else if let Some((expected, meant)) = unlikely(scene, variable, value) {
            found.push(at(
                variable,
                Issue::ValueOfVariable { variable: variable.to_owned(), expected, meant },
            ));
        }
    }
}

/// What a variable should be, if its value is ignored or refused by AWS, as on the line of a file.
fn unlikely(scene: &Scene<'_>, variable: &str, value: &str) -> Option<(String, Option<&'static str>)> {
    if value.is_empty() {
        return None;
    }
    let row = VARIABLES.iter().copied().find(|row| scene.sdk.variables(row).contains(&variable));
    let row = row.or_else(|| {
        let (_, row) = OF_TOKEN.iter().find(|(name, _)| *name == variable)?;
        let is_read = !scene.selection.is_explicit() && scene.world.non_empty(chain::WEB_IDENTITY).is_some();
        is_read.then_some(*row)
    })?;
    if let Some((expected, meant)) = values::unlike(row, value) {
        // A nearly known region has a finding of its own; and only the first variable for it is read.
        let mut regions = scene.sdk.variables(&REGION).iter();
        let mut is_read = || regions.find(|name| scene.world.variable(name).is_some()) == Some(&variable);
        let is_reported = *row == REGION && (meant.is_some() || !is_read());
        return (!is_reported).then(|| (expected.to_owned(), meant));
    }
    match settings::doubt_of(row, value)? {
        Doubt::NotBoolean { similar, .. } => {
            Some(("`true` or `false`; anything else means false".to_owned(), similar))
        }
        Doubt::NotInteger { .. } => Some(("a whole number".to_owned(), None)),
        Doubt::NotOneOf { similar, .. } => Some((row.kind.to_string(), similar)),
        _ => None,
    }
}

/// What a variable must be, if its value ends every command that reads it.
fn refused(scene: &Scene<'_>, variable: &str, value: &str) -> Option<Kind> {
    let is_read = |row: &&&Variable| scene.sdk.variables(row).contains(&variable);
    let row = if variable.starts_with(ADDRESS) { &ENDPOINT_URL } else { *VARIABLES.iter().find(is_read)? };
    if let Some(Ok(form)) = scene.sdk.ruled.map(|rules| judged::refused(rules, row, value, false)) {
        return form;
    }
    if *row == ENDPOINT_URL && scene.ignores_addresses(&scene.selection.section()) {
        return None;
    }
    let is_idle = value.is_empty() && row.empty != Empty::Value || scene.never_uses(row, None, value);
    let is_checked = matches!(row.checked, Checked::Form | Checked::ByEveryClient) && !is_idle;
    let form = if scene.sdk.ruled.is_some() { row.kind } else { scene.sdk.form(row) };
    Some(form).filter(|form| is_checked && !values::fits(*form, Some(value)))
}

/// The pair in the environment, and the profile that it hides.
pub(super) fn keys(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    let Scene { world, selection, .. } = *scene;
    if selection.is_explicit() || scene.has_keys_given {
        return;
    }
    let [id, secret] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map(|name| world.non_empty(name));
    let mut tokens = TOKENS.iter().flat_map(|row| row.environment).copied();
    let token = tokens.find_map(|name| Some((name, world.non_empty(name)?)));
    let half = |has: &'static str, lacks: &'static str| {
        // A secret without an ID is nothing to botocore, and either half alone is nothing to other SDKs.
        let is_idle = lacks == "AWS_ACCESS_KEY_ID" || scene.sdk.ruled.is_some();
        at(has, Issue::HalfPair { has, lacks, holder: Holder::Environment, is_idle })
    };
    match (id, secret) {
        (Some(_), None) => found.push(half("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")),
        (None, Some(_)) => found.push(half("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID")),
        (Some(id), Some(secret)) => {
            let pair = Pair { id, secret, token };
            let issue = check_pair(&pair, Holder::Environment);
            let is_any = |issue: &Issue| suits_others(issue) && scene.has_endpoint(&selection.section());
            let variable = |issue: &Issue| match issue {
                Issue::OddSecret { .. } => "AWS_SECRET_ACCESS_KEY",
                Issue::OddToken { key, .. } => key,
                _ => "AWS_ACCESS_KEY_ID",
            };
            let issue = issue.filter(|issue| !is_any(issue));
            found.extend(issue.map(|issue| at(variable(&issue), issue)));
            // Only botocore refuses keys for it.
            let fault = chain::environment_fault(world).filter(|_| scene.sdk.ruled.is_none());
            found.extend(fault.map(|fault| {
                let loaded = world.profile_of_keys().map(str::to_owned);
                at(chain::EXPIRATION_VARIABLE, Issue::Expiration { fault, loaded })
            }));
            let expired =
                chain::noted_in_environment(world).filter(|expired| expired.has_passed(world.now()));
            found.extend(expired.map(|expired| {
                let key = chain::OTHER_EXPIRATION_VARIABLE;
                let (holder, day) = (Holder::Environment, expired.day());
                at(key, Issue::ExpiredKeys { holder, key: key.to_owned(), day })
            }));
        }
        (None, None) => {
            found.extend(token.map(|(token, _)| at(token, Issue::TokenVariableAlone { token })));
        }
    }
    let profile = scene.files.find(&selection.section());
    // A profile without credentials has nothing to hide.
    if id.is_some() && selection.is_named() && chain::leads(&profile).next().is_some() {
        // The last role of several may be assumed with them.
        let is_needed = |name: &String| {
            let profile = scene.files.profile(name);
            let source = profile.text(CREDENTIAL_SOURCE.name).filter(|_| profile.has(ROLE_ARN.name));
            source.is_some_and(|source| source == "Environment")
        };
        let needs_keys = sources(*scene, &selection.name.value).iter().any(is_needed);
        found.push(at(
            "AWS_ACCESS_KEY_ID",
            Issue::ProfileHidden {
                profile: selection.name.value.clone(),
                named_by: selection.name.origin.clone(),
                needs_keys,
            },
        ));
    }
}

/// A variable that names a profile that neither file has.
pub(super) fn named_profile(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    let Selection { name } = scene.selection;
    let Origin::Environment { variable } = &name.origin else { return };
    if name.value.is_empty() || scene.files.find(&scene.selection.section()).exists() {
        return;
    }
    let similar = nearest(&name.value, scene.files.profiles()).map(Cow::into_owned);
    let issue = Issue::NoSuchProfile { name: name.value.clone(), named_by: name.origin.clone(), similar };
    found.push(at(variable, issue));
}

/// A region in a variable that AWS doesn't have.
pub(super) fn unlikely_region(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    let mut variables = scene.sdk.variables(&REGION).iter();
    let Some((variable, value)) = variables.find_map(|name| Some((*name, scene.world.variable(name)?)))
    else {
        return;
    };
    // Whitespace and quotes have a finding of their own.
    let is_odd = value.trim() != value || without_quotes(value).is_some();
    // So has what can't be a part of a host's name, unless it is known what was meant.
    let is_told = !settings::is_label(value) && settings::region_meant(value).is_none();
    let is_another_vendors = || {
        let id = scene.world.non_empty("AWS_ACCESS_KEY_ID");
        id.is_some_and(|id| !is_of_aws(id)) || scene.is_another_vendors(&scene.selection.section())
    };
    if is_odd || is_told || is_another_vendors() {
        return;
    }
    let doubt = settings::doubt_of(&REGION, value);
    found.extend(doubt.filter(|doubt| matches!(doubt, Doubt::UnknownRegion { .. })).map(|doubt| {
        let export = |meant| Command::new(["export"]).argument(format!("{variable}={meant}"));
        let fix = doubt.meant().map(|meant| Hint::did_you_mean(export(meant)));
        Diagnosis::new(Finding::at(Origin::environment(variable), doubt).fixed_by(fix))
    }));
}

/// A region in a variable that overrides another one in a file.
pub(super) fn region(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    let mut variables = scene.sdk.variables(&REGION).iter();
    let set = variables.find_map(|variable| Some((*variable, scene.world.non_empty(variable)?)));
    let stored = scene.files.find(&scene.selection.section()).find(settings::REGION.name);
    let (Some((variable, region)), Some(stored)) = (set, stored) else { return };
    if let Some(text) = stored.text().filter(|text| text != region) {
        let place = Origin::File(stored.place());
        let (region, stored) = (region.to_owned(), text.into_owned());
        found.push(at(variable, Issue::RegionDiffers { variable, region, stored, place }));
    }
}
