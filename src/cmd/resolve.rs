//! `xcred resolve`: which credentials and settings a profile gives, where each comes from, and why not the others.

use super::checks::{self, Resolved};
use super::get::tell;
use super::session::{Opening, ResolveOptions, Session};
use crate::chain::Resolution;
use crate::cli::{Format, Global, Resolve};
use crate::effective::{self, Setting};
use crate::failure::{Exit, Failure};
use crate::render::{Document, Report, json};
use crate::settings::{self, REGION};
use crate::ui::Ui;
use crate::world::World;

/// Runs the command. JSON is one document also where it can't even begin.
pub(super) fn run(args: &Resolve, global: &Global, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let ended = resolve(args, global, world, ui);
    match (args.format, ended) {
        (Format::Json, Err(failure)) => {
            let profile = effective::select(world, global.profile.as_deref(), args.sdk).ok();
            let document = Document::of_failure(profile.as_ref(), &failure);
            ui.write(json::document(&document).as_bytes())?;
            Ok(failure.exit())
        }
        (_, ended) => ended,
    }
}

fn resolve(args: &Resolve, global: &Global, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let session =
        Session::for_credentials(Opening { world, ui, global, sdk: args.sdk, keys: Some(&args.keys) })?;
    let how = ResolveOptions { offline: args.offline, no_cache: args.no_cache };
    let Resolution { outcome, chain } = session.resolve(how)?;
    // About a profile that can't be read there is nothing to say.
    let readable = session.files.check().is_ok() && session.require_profile().is_ok();
    let settings = if readable { shown_settings(&session, how, args.reveal) } else { Vec::new() };
    let (credentials, failure) = match outcome {
        Ok(credentials) => (Some(credentials), None),
        Err(error) => (None, Some(Failure::from(error))),
    };
    let warnings = checks::all(&Resolved { session: &session, credentials: credentials.as_ref() });
    let report = Report {
        profile: &session.selection,
        credentials: credentials.as_ref(),
        chain: &chain,
        failure: failure.as_ref(),
        settings: &settings,
        warnings: &warnings,
        reveal: args.reveal,
    };
    if args.format == Format::Json {
        ui.write(json::document(&report.document()).as_bytes())?;
        return Ok(failure.map_or(Exit::Success, |failure| failure.exit()));
    }
    ui.write(report.to_screen(&ui.style(), world.now()).as_bytes())?;
    tell(&warnings, ui);
    // The screen tells what was looked for.
    failure.map_or(Ok(Exit::Success), |failure| Err(failure.without_notes()))
}

/// The settings apart from credentials, which have a place of their own.
fn shown_settings(session: &Session<'_>, how: ResolveOptions, reveal: bool) -> Vec<Setting> {
    let mut all = session.lookup().all();
    if all.iter().all(|setting| setting.row != Some(&REGION)) {
        let place = |setting: &Setting| settings::VARIABLES.iter().position(|row| Some(*row) == setting.row);
        if let Some(region) = session.instance_region(how) {
            let before =
                all.iter().take_while(|other| place(other).is_some_and(|at| Some(at) < place(&region)));
            all.insert(before.count(), region);
        }
    }
    let is_credential = |setting: &Setting| setting.row.is_some_and(|row| row.credential);
    let shown = all.into_iter().filter(|setting| !is_credential(setting));
    shown.map(|setting| if reveal { setting } else { setting.without_arguments() }).collect()
}
