//! `xcred use`: what the shell's function evaluates to switch the shell to a profile.

mod error;
mod list;
mod recent;
mod who;

use std::borrow::Cow;

use super::Cx;
use super::export_env::replacing;
use super::session::Session;
use crate::cli::{Global, Narrow, Use};
use crate::failure::{Exit, Failure};
use crate::secret::redacted;
use crate::shell::{Environment, Init, PREVIOUS};
use crate::world::World;

pub(crate) use error::Error;
use who::Who;

/// The value of [`PREVIOUS`] for a shell without an identity: what is typed to return to that.
const NONE: &str = "--none";

/// Runs the command. Nothing is printed before everything that can fail has succeeded.
pub(super) fn run(args: &Use, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, .. } = cx;
    let Some(init) = args.evaluator else {
        return Err(Error::NotSetUp { shell: Init::calling(world.parent_process()) }.into());
    };
    // Its alias can't take the output before a redirection does.
    if init.passes_by_status && !ui.out_is_pipe() {
        return Err(Error::Redirected { shell: init }.into());
    }
    // Settings that can't be read are an error where they matter: `--none` doesn't need them.
    let current = Who::current(world, cx.sdk(args.resolving.sdk).unwrap_or_default());
    let target = target(args, &current, cx)?;
    let (environment, said) = match &target {
        Who::None => (Environment::empty(), "No profile is in use.".to_owned()),
        Who::Profile(name) => switched(args, Some(name), cx)?,
        Who::Keys => switched(args, None, cx)?,
    };
    let environment = match previous(&current, &target, world) {
        Some(name) => environment.with(PREVIOUS, &name)?,
        None => environment,
    };
    let code = init.shell.code(&environment)?;
    if !args.quiet {
        ui.note(redacted(&said));
    }
    ui.write(code.expose().as_bytes())?;
    if let Who::Profile(name) = &target {
        recent::add(name, world);
    }
    Ok(Exit::Success)
}

/// Who the shell was before.
fn before(world: &World) -> Result<Who, Error> {
    match world.non_empty(PREVIOUS) {
        Some(NONE) => Ok(Who::None),
        Some(name) => Ok(Who::Profile(name.to_owned())),
        None => Err(Error::NoPrevious),
    }
}

/// Who the shell is to become.
fn target(args: &Use, current: &Who, cx: Cx<'_>) -> Result<Who, Failure> {
    let named = &cx.global.profile;
    if named.is_some() && (args.none || args.goes_back()) {
        return Err(Failure::usage("`--profile` can be combined neither with `-` nor with `--none`"));
    }
    if args.none {
        return Ok(Who::None);
    }
    if args.goes_back() {
        return Ok(before(cx.world)?);
    }
    match named {
        Some(name) => Ok(Who::Profile(name.clone())),
        None if args.resolving.keys.access_key_id.is_some() => Ok(Who::Keys),
        None => Ok(Who::Profile(list::choose(current, cx)?)),
    }
}

/// The value of [`PREVIOUS`] afterwards. Whoever switches to the same profile again, with new credentials, doesn't lose the
/// way back.
fn previous(current: &Who, target: &Who, world: &World) -> Option<String> {
    match current {
        _ if current == target && *target != Who::Keys => world.non_empty(PREVIOUS).map(str::to_owned),
        Who::None => Some(NONE.to_owned()),
        Who::Profile(name) => Some(name.clone()),
        Who::Keys => None,
    }
}

/// The environment of a profile, or of the keys that options give, and the line that says who it is.
fn switched(args: &Use, name: Option<&String>, cx: Cx<'_>) -> Result<(Environment, String), Failure> {
    let global = Global { profile: name.cloned(), ..cx.global.clone() };
    let cx = Cx { global: &global, ..cx };
    let world = replacing(cx);
    let session = Session::to_hand_out(Cx { world: &world, ..cx }, &args.resolving, &Narrow::default())?;
    if let Some(name) = name
        && session.view().is_none()
        && !session.files.profile(name).exists()
    {
        let parts = name.to_lowercase();
        let similar = session.files.profiles().filter(|profile| profile.to_lowercase().contains(&parts));
        let similar: Vec<String> = similar.map(Cow::into_owned).collect();
        if !similar.is_empty() {
            return Err(Error::Ambiguous { name: name.clone(), similar }.into());
        }
    }
    session.require_profile()?;
    let handed = session.hand_out((&args.resolving).into())?;
    session.warn_of_left_out(&handed, false);
    let receipt = session.receipt(&handed)?;
    Ok((session.environment(&handed)?, receipt.line(cx.world.now())))
}
