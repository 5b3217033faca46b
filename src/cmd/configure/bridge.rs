//! `xcred configure bridge`: a profile that gets another profile's credentials through xcred, for tools that can't use that
//! profile themselves.

use std::borrow::Cow;
use std::fs;
use std::path::PathBuf;

use super::cx::{Cx, FAREWELL};
use super::save::{self, Changes, Next};
use crate::chain;
use crate::checks::{self, Scene, bridged};
use crate::cli::configure::Bridge;
use crate::cmd::set;
use crate::failure::{Code, Command, Exit, Explain, Failure, Hint};
use crate::finding::Aspect;
use crate::origin::{Origin, Place};
use crate::profile::{Files, Found, SectionName};
use crate::sdk::{Provider, Sdk};
use crate::secret::Secret;
use crate::settings::{
    AWS_ACCOUNT_ID, CREDENTIAL_PROCESS, DURATION_SECONDS, EXTERNAL_ID, MFA_SERIAL, REGION, ROLE_SESSION_NAME,
    VARIABLES, Variable,
};
use crate::text::words;
use crate::world::World;

/// Whether it is a setting of another way to get credentials.
fn is_of_another(row: &Variable) -> bool {
    let of_role = [&EXTERNAL_ID, &MFA_SERIAL, &ROLE_SESSION_NAME, &DURATION_SECONDS];
    let leads = row.leads && *row != CREDENTIAL_PROCESS;
    leads || row.credential && *row != AWS_ACCOUNT_ID || of_role.contains(&row)
}

pub(super) fn run(args: &Bridge, cx: &Cx<'_>) -> Result<Exit, Failure> {
    let Cx { global, world, .. } = *cx;
    let selection = set::selected(global, world)?.for_edit(world)?;
    let profile = selection.name.value.as_str();
    let files = Files::load_for_edit(world)?;
    files.check()?;
    files.require(&selection.section(), &selection.name.origin)?;
    let name = args.name.clone().map_or_else(|| ask_name(profile, cx), Ok)?;
    let name = name.as_str();
    if name == profile {
        return Err(BridgeError::Itself { name: name.to_owned() }.into());
    }
    if let Some((user, place)) = use_of(&files, name, profile) {
        let (name, profile) = (name.to_owned(), profile.to_owned());
        return Err(BridgeError::Loop { name, profile, user, place }.into());
    }
    let line = command(profile, world)?;
    let section = SectionName::Profile(name.to_owned());
    let bridge = files.find(&section);
    // One to the same profile is renewed: the program may be at another path now.
    let is_ours = |found: &Found<'_>| {
        let words = found.text().and_then(|text| words::split(&text)).unwrap_or_default();
        bridged(&words) == Some(profile)
    };
    let other =
        chain::leads(&bridge).find(|(_, key, found)| *key != CREDENTIAL_PROCESS.name || !is_ours(found));
    if let Some((_, key, found)) = other.filter(|_| !args.replace) {
        let (name, place) = (name.to_owned(), found.place());
        return Err(BridgeError::Taken { name, profile: profile.to_owned(), key, place }.into());
    }
    let mut changes = Changes::new(section);
    changes.check_name(&files)?;
    changes.set(&CREDENTIAL_PROCESS, Secret::new(line));
    let own = files.find(&selection.section());
    // What keeps the profile from having credentials keeps the bridge from it.
    let scene = Scene::new(world, &files, &[], &selection, Sdk::default());
    let findings = checks::warnings_of_settings(scene, profile);
    let is_explained = |aspect| findings.iter().any(|finding| finding.has(aspect));
    if chain::leads(&own).next().is_none() && !is_explained(Aspect::EndsChain) {
        let message = "has no credentials of its own: the bridge gives those of this machine, if it has any";
        cx.ui.warning(format_args!("profile `{profile}` {message}"));
        let configure = || Hint::from("set it up: ").run(Command::xcred(["configure"]).profile(profile));
        // What it lacks is said below, with what adds it.
        if !is_explained(Aspect::Unfinished) {
            cx.ui.help(chain::meant_for(&files, profile).unwrap_or_else(configure));
        }
    }
    save::warn(&selection.section(), findings, [], cx.ui);
    // The findings about the bridge are kept in their place.
    cx.ui.print_kept(None);
    let own = own.find(REGION.name).filter(|_| global.region.is_none() && !bridge.has(REGION.name));
    let text = own.as_ref().and_then(Found::text).map(Cow::into_owned);
    if let (Some(own), true) = (&own, text.as_ref().is_some_and(|text| text.contains('\n'))) {
        return Err(BridgeError::Region { profile: profile.to_owned(), place: own.place() }.into());
    }
    if let Some(region) = global.region.clone().or(text) {
        changes.set(&REGION, Secret::new(region));
    }
    let others = VARIABLES.iter().copied().filter(|row| is_of_another(row) && bridge.has(row.name));
    others.for_each(|row| changes.unset(row));
    let next = Next::Prove(SectionName::Profile(name.to_owned()));
    save::save(&[&changes], Some(Provider::CustomProcess), &next, cx)
}

/// Asks for the name of the bridge.
fn ask_name(profile: &str, cx: &Cx<'_>) -> Result<String, Failure> {
    let usual = usual_name(profile);
    let Some(dialogue) = cx.dialogue(FAREWELL)? else {
        let message = format!("no name of a bridge was given, and {}", cx.why_not_asked());
        let bridge = Command::xcred(["configure", "bridge"]).argument(usual).profile(profile);
        return Err(Failure::usage(message).with_help(Hint::from("give one: ").run(bridge)));
    };
    Ok(dialogue.text("Bridge name", Some(&usual), &[])?.unwrap_or(usual))
}

/// A name for a bridge to a profile, where the user gives none.
fn usual_name(profile: &str) -> String {
    format!("{profile}-by-xcred")
}

/// The profile between `name` and `profile` that refers to `name`, if `profile` gets its credentials from there.
fn use_of(files: &Files, name: &str, profile: &str) -> Option<(String, Place)> {
    let (mut seen, mut next) = (vec![name.to_owned()], 0);
    while let Some(current) = seen.get(next).cloned() {
        next += 1;
        for reference in files.references(&current) {
            if reference.user == profile {
                return Some((current, reference.place));
            }
            if !seen.contains(&reference.user) {
                seen.push(reference.user);
            }
        }
    }
    None
}

/// The value of `credential_process`.
fn command(profile: &str, world: &World) -> Result<String, BridgeError> {
    let program = program(world).and_then(|path| path.into_os_string().into_string().ok());
    let program = program.ok_or(BridgeError::NoProgram)?;
    let named = if profile.starts_with('-') {
        words::quote_for_shells(&format!("--profile={profile}"))
    } else {
        format!("--profile {}", words::quote_for_shells(profile))
    };
    Ok(format!("{} credential-process {named}", words::quote_for_shells(&program)))
}

/// The absolute path of this program. As it is in `PATH` if it is there: this path survives updates, while what the link there
/// leads to often has the version in its name.
fn program(world: &World) -> Option<PathBuf> {
    let running = world.program()?;
    let in_path = world.located(running.file_name()?.to_str()?);
    let is_same = |path: &PathBuf| {
        let real = fs::canonicalize(path).ok();
        real.is_some() && real == fs::canonicalize(&running).ok()
    };
    in_path.filter(is_same).or(Some(running)).filter(|path| path.is_file())
}

/// Why there is no bridge.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BridgeError {
    #[error("a bridge can't get its credentials from itself: `{name}` is both profiles")]
    Itself { name: String },
    #[error("{place}: profile `{name}` already gets its credentials by `{key}`")]
    Taken { name: String, profile: String, key: &'static str, place: Place },
    #[error(
        "{place}: profile `{profile}` gets its credentials from `{user}` and so from `{name}`, which would be a loop"
    )]
    Loop {
        /// The bridge.
        name: String,
        profile: String,
        /// What the profile refers to: the bridge, or a profile on the way to it.
        user: String,
        place: Place,
    },
    #[error("{place}: the `region` of profile `{profile}` goes on below its line, which no bridge can have")]
    Region { profile: String, place: Place },
    #[error("the path of this program is unknown, or not UTF-8")]
    NoProgram,
}

impl Explain for BridgeError {
    fn code(&self) -> Code {
        match self {
            BridgeError::Itself { .. } => Code::Usage,
            BridgeError::Taken { .. } | BridgeError::Region { .. } => Code::InvalidConfig,
            BridgeError::Loop { .. } => Code::RoleLoop,
            BridgeError::NoProgram => Code::Io,
        }
    }

    fn help(&self) -> Option<Hint> {
        let bridge = |name: &str| Command::xcred(["configure", "bridge"]).argument(name);
        match self {
            BridgeError::Itself { name } => {
                Some(Hint::from("choose another name: ").run(bridge(&usual_name(name)).profile(name)))
            }
            BridgeError::Taken { name, profile, .. } => {
                let replacing = bridge(name).flag("--replace").profile(profile);
                Some(Hint::from("choose another name, or replace it: ").run(replacing))
            }
            BridgeError::Loop { .. } => Some("choose another name".into()),
            BridgeError::Region { profile, .. } => {
                Some(Hint::from("see ").run(Command::xcred(["doctor"]).argument(profile)))
            }
            BridgeError::NoProgram => Some("install xcred at a path that is UTF-8".into()),
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            BridgeError::Taken { place, .. }
            | BridgeError::Loop { place, .. }
            | BridgeError::Region { place, .. } => Some(Origin::File(place.clone())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod examples;
