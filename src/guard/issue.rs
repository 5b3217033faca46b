//! What is wrong with the guards and the list of allowed profiles.

use std::borrow::Cow;
use std::cell::Cell;

use super::error::ALLOWED;
use super::{Allowed, check_names};
use crate::config::{self, Config, Listing};
use crate::failure::{Command, Explain, Hint};
use crate::finding::{Aspect, Finding, Kind, Severity};
use crate::origin::Origin;
use crate::profile::{Files, SectionName};
use crate::text::nearest;
use crate::world::World;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Issue {
    /// The settings can't be used, and so no credentials.
    #[error("{problem}")]
    Broken { problem: String, fix: Option<Hint> },
    /// Neither file has the profile. `guard` is the name of the setting.
    #[error("profile `{profile}` has a guard and doesn't exist")]
    NoSuchGuarded { profile: String, guard: String, similar: Option<String> },
    #[error("{ALLOWED} allows profile `{profile}`, which doesn't exist")]
    NoSuchAllowed { profile: String, similar: Option<String> },
    #[error("{ALLOWED} is set but empty: no profile can be used")]
    AllowsNothing,
    /// The credentials of a profile belong to another account than its guard requires.
    #[error(
        "the guard refuses the credentials of profile `{profile}`: they belong to account {found}, not to {required}"
    )]
    OtherAccount { profile: String, required: String, found: String },
    /// It is ignored.
    #[error("xcred has no setting `{name}`")]
    UnknownSetting { name: String, similar: Option<String> },
    /// A name that no program would give to a variable shows no agent, and `agents.read_only` doesn't hold.
    #[error("`{name}` is an unusual name of a variable: no agent may set it")]
    UnlikelyVariable { name: String },
}

impl Kind for Issue {
    fn code(&self) -> &'static str {
        match self {
            Issue::Broken { .. } => "broken-settings",
            Issue::NoSuchGuarded { .. } => "guard-without-profile",
            Issue::NoSuchAllowed { .. } => "allowed-without-profile",
            Issue::AllowsNothing => "empty-variable",
            Issue::OtherAccount { .. } => "guard-refuses",
            Issue::UnknownSetting { .. } => "unknown-setting",
            Issue::UnlikelyVariable { .. } => "unlikely-variable",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Issue::Broken { .. } => Severity::Error,
            // A newer xcred may have it.
            Issue::UnlikelyVariable { .. } | Issue::UnknownSetting { similar: None, .. } => Severity::Note,
            _ => Severity::Warning,
        }
    }

    fn has(&self, aspect: Aspect) -> bool {
        aspect == Aspect::NamesPlace && matches!(self, Issue::Broken { .. })
    }

    fn hides(&self, key: &str) -> bool {
        matches!(self, Issue::UnknownSetting { similar: Some(similar), .. } if similar == key)
    }

    fn fix(&self) -> Option<Hint> {
        match self {
            Issue::Broken { fix, .. } => fix.clone(),
            Issue::NoSuchGuarded { similar: Some(similar), .. }
            | Issue::NoSuchAllowed { similar: Some(similar), .. } => {
                Some(format!("did you mean `{similar}`?").into())
            }
            Issue::NoSuchGuarded { guard, similar: None, .. } => {
                let unset = Command::xcred(["config", "unset"]).argument(guard);
                Some(
                    Hint::from("see ").run(list()).say("; if it isn't needed, remove the guard: ").run(unset),
                )
            }
            Issue::NoSuchAllowed { similar: None, .. } => Some(Hint::from("see ").run(list())),
            Issue::UnlikelyVariable { .. } => {
                Some("names of variables are exact, and usually in capitals, such as CLAUDECODE".into())
            }
            Issue::UnknownSetting { name, similar: Some(similar) } => {
                let unset = Command::xcred(["config", "unset"]).argument(name.clone());
                Some(Hint::meant(name, similar).say(" ").run(unset).say(" removes it"))
            }
            Issue::UnknownSetting { .. } => Some("ignored; a newer xcred may support it".into()),
            Issue::OtherAccount { .. } => None,
            Issue::AllowsNothing => {
                Some(format!("name profiles in it, or unset it: `unset {ALLOWED}`").into())
            }
        }
    }
}

fn list() -> Command {
    Command::xcred(["list-profiles"])
}

/// How many similar names are searched for. Each search compares all names, and there may be thousands of wrong ones.
const MOST_SEARCHES: usize = 100;

/// What is wrong with the settings, the guards and the variable. With files that could not all be read, any profile may exist.
pub(crate) fn findings(world: &World, files: &Files, are_whole: bool) -> Vec<Finding> {
    let exists = |name: &str| !are_whole || files.find(&SectionName::Profile(name.to_owned())).exists();
    let searches = Cell::new(0);
    let similar = |name: &str| {
        let may_search = searches.replace(searches.get() + 1) < MOST_SEARCHES;
        may_search.then(|| nearest(name, files.profiles()).map(Cow::into_owned)).flatten()
    };
    let mut found = match Config::load(world) {
        Ok(config) => {
            let misnamed = if are_whole { check_names(&config, files).err() } else { None };
            let origin = misnamed.as_ref().and_then(Explain::origin);
            // Not the same twice.
            let others = of_config(&config, exists, similar).into_iter();
            let others = others.filter(|one| origin.is_none() || one.place() != origin.as_ref());
            let unknown = config::list(world).map_or_else(|_| Vec::new(), |listing| unknown(&listing));
            misnamed.iter().map(broken).chain(others).chain(unknown).collect()
        }
        Err(error) => vec![broken(&error)],
    };
    let allowed = Allowed::of(world);
    let missing = allowed.names().iter().filter(|name| !exists(name));
    let mut issues: Vec<Issue> = missing
        .map(|name| Issue::NoSuchAllowed { profile: (*name).to_owned(), similar: similar(name) })
        .collect();
    if !allowed.is_everything() && allowed.names().is_empty() {
        issues.push(Issue::AllowsNothing);
    }
    found.extend(issues.into_iter().map(|issue| Finding::at(Origin::environment(ALLOWED), issue)));
    found
}

/// The settings in the file that this xcred doesn't have.
pub(crate) fn unknown(listing: &Listing) -> Vec<Finding> {
    let found = listing.unknown.iter().map(|(name, place)| {
        let similar = config::nearest(name).map(|similar| similar.to_string());
        Finding::at(place.clone(), Issue::UnknownSetting { name: name.to_string(), similar })
    });
    found.collect()
}

fn of_config(
    config: &Config,
    exists: impl Fn(&str) -> bool,
    similar: impl Fn(&str) -> Option<String>,
) -> Vec<Finding> {
    let missing = config.first_guards().filter(|(profile, ..)| !exists(profile));
    let guards = missing.map(|(profile, guard, place)| {
        let (profile, similar) = (profile.to_owned(), similar(profile));
        let issue = Issue::NoSuchGuarded { profile, guard: guard.to_string(), similar };
        Finding::at(Origin::File(place.clone()), issue)
    });
    let is_usual = |name: &str| {
        let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        name.chars().all(is_part) && !name.starts_with(|c: char| c.is_ascii_digit())
    };
    let place = config.agent_variables_place().into_iter();
    let unlikely = place.flat_map(|place| {
        let names = config.agent_variables().filter(|name| !is_usual(name));
        names.map(|name| {
            let name = name.to_owned();
            Finding::at(Origin::File(place.clone()), Issue::UnlikelyVariable { name })
        })
    });
    guards.chain(unlikely).collect()
}

fn broken(error: &impl Explain) -> Finding {
    Finding::maybe_at(error.origin(), Issue::Broken { problem: error.to_string(), fix: error.help() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similar_names_are_searched_for_the_first_of_many_wrong_ones_only() {
        let files = Files::of_texts("[profile prod]\n", "");
        let wrong: Vec<String> = (0..3 * MOST_SEARCHES).map(|at| format!("prodd{at}")).collect();
        let world = World::of([(ALLOWED, wrong.join(","))]);
        let found = findings(&world, &files, true);
        let meant = found.iter().filter(|one| format!("{:?}", one.fix()).contains("prod`?"));
        assert_eq!((found.len(), meant.count()), (wrong.len(), MOST_SEARCHES));
    }
}

#[cfg(test)]
mod examples;
