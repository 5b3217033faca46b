//! `xcred resolve`: which credentials and settings a profile gives, where each comes from, and why not the others.

use jiff::SignedDuration;

use super::get::print_json;
use super::session::{Opening, ResolveOptions, Session, misplaced};
use crate::chain::{self, Provider, Resolution};
use crate::cli::{Format, Global, Resolve};
use crate::credentials::Credentials;
use crate::effective::{self, Setting};
use crate::failure::{Exit, Explain, Failure};
use crate::origin::{Origin, shown};
use crate::render::{self, Report, Warning};
use crate::settings::{self, REGION};
use crate::store::{self, Exposure};
use crate::ui::{Ui, one_line};
use crate::world::World;

/// Runs the command. JSON is one document also where it can't even begin.
pub(super) fn run(args: &Resolve, global: &Global, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let ended = resolve(args, global, world, ui);
    match (args.format, ended) {
        (Format::Json, Err(failure)) => {
            let profile = effective::select(world, global.profile.as_deref(), args.sdk).ok();
            print_json(&render::without_beginning(profile.as_ref(), &failure), ui)?;
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
    let warnings = warnings(&session, credentials.as_ref());
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
        print_json(&report.to_json(), ui)?;
        return Ok(failure.map_or(Exit::Success, |failure| failure.exit()));
    }
    // A screen is for people also where it is piped: a name may not make a row of its own.
    let shown = |text: &str| one_line(text).into_owned();
    ui.write(report.to_screen(&ui.style(), world.now(), &shown).as_bytes())?;
    for warning in &warnings {
        ui.warning(&warning.message);
    }
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

fn warnings(session: &Session<'_>, credentials: Option<&(Provider, Credentials)>) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut warn = |code, message: String, origin| warnings.push(Warning { code, message, origin });
    for problem in &session.unread {
        let message = format!("{problem}; its settings, such as the region, are left out");
        warn("unreadable-file", message, problem.origin());
    }
    for notice in session.files.notices(&session.selection.section()) {
        warn(notice.code, notice.message, Some(Origin::File(notice.place)));
    }
    let world = session.world;
    for variable in REGION.environment {
        if session.sdk.variables(&REGION).contains(variable) {
            continue;
        }
        let Some(region) = world.non_empty(variable) else { continue };
        let message = format!("{} does not read {variable}, which is `{region}`", session.sdk.title);
        warn("region-ignored", message, Some(Origin::environment(*variable)));
    }
    if let Some((provider, credentials)) = credentials {
        if let Some((doubt, hint)) = misplaced(credentials, &session.selection) {
            let origin = credentials.access_key_id.as_ref().map(|id| id.origin.clone());
            warn("misplaced-key", format!("{doubt}; {hint}"), origin);
        }
        if *provider == Provider::Env && session.selection.is_named() {
            warn(
                "profile-hidden",
                format!(
                    "the keys in the environment hide those of `{}`, which {} names",
                    session.selection.name.value, session.selection.name.origin
                ),
                Some(Origin::environment("AWS_ACCESS_KEY_ID")),
            );
        }
        if let Some(expiration) = &credentials.expiration {
            let left = expiration.value.left(world.now());
            if let Some(message) = chain::expired(credentials, world.now()) {
                warn("expired", message, Some(expiration.origin.clone()));
            } else if left < SignedDuration::from_mins(15) {
                let message = format!("the credentials end in {} min", left.as_mins().max(0));
                warn("ends-soon", message, Some(expiration.origin.clone()));
            }
        }
    }
    if world.non_empty("AWS_ACCESS_KEY_ID").is_none() && world.non_empty("AWS_SECRET_ACCESS_KEY").is_some() {
        let origin = Some(Origin::environment("AWS_SECRET_ACCESS_KEY"));
        warn("half-pair", "AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID".to_owned(), origin);
    }
    for file in session.files.both() {
        let Some(Exposure { mode, .. }) = store::exposure(file.path) else { continue };
        let sections = file.document.sections();
        let holds_secrets = sections
            .flat_map(|section| section.entries())
            .any(|entry| settings::is_secret(&String::from_utf8_lossy(entry.key()).to_lowercase()));
        if holds_secrets {
            let path = shown(file.path);
            warn(
                "loose-mode",
                format!("{path} holds secrets and others can read it (mode {mode:o}): `chmod 600` it"),
                None,
            );
        }
    }
    warnings
}
