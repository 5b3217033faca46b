//! `xcred resolve`: the credentials and settings that a profile resolves to, and why.

mod all;
mod answer;
mod candidates;
mod causes;
mod change;
mod parts;
mod scenario;

use super::Cx;
use super::checks::{self, Resolved};
use super::session::{ResolveOptions, ResolvedSoFar, Session};
use crate::chain::Resolution;
use crate::cli::{Expecting, Format, Resolve, Resolving};
use crate::effective;
use crate::failure::{Exit, Failure};
use crate::render::{Document, Report, json};
use crate::sdk::{Choice, Sdk};
use parts::{parts, shown_settings};

/// Runs the command. With JSON it prints a document even where it can't begin.
pub(super) fn run(args: &Resolve, cx: Cx<'_>) -> Result<Exit, Failure> {
    let (sdk, ended) = match args.sdk {
        Some(Choice::All) if args.narrow.is_given() => {
            let failure = Failure::usage("`--sdk all` compares what SDKs find, which nothing narrows");
            (None, Err(failure.with_help("name one SDK, or leave the narrowing options out")))
        }
        Some(Choice::All) => (None, all::run(args, cx)),
        Some(Choice::One(sdk)) => (Some(sdk), resolve(args, Some(sdk), cx)),
        None => (None, resolve(args, None, cx)),
    };
    match (args.format, ended) {
        // Unless a document could not be written.
        (Format::Json, Err(failure)) if !cx.ui.has_written() => {
            let sdk = cx.sdk(sdk).unwrap_or_default();
            let profile = effective::select(cx.world, cx.global.profile.as_deref(), sdk).ok();
            let document = Document::of_failure(profile.as_ref(), &failure);
            json::print(&document, cx.ui)?;
            Ok(failure.exit())
        }
        (_, ended) => ended,
    }
}

fn resolve(args: &Resolve, sdk: Option<Sdk>, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, .. } = cx;
    let resolving =
        Resolving { no_cache: args.no_cache, sdk, keys: args.keys.clone(), expecting: Expecting::default() };
    let session = Session::to_explain(cx, &resolving, &args.narrow)?;
    let how = ResolveOptions { offline: args.offline, ..(&resolving).into() };
    let Resolution { outcome, chain, narrowed, .. } = session.resolve(how)?;
    // The settings of the environment are shown for a missing profile, too, but no service is asked for them.
    let is_offline = how.offline || session.require_profile().is_err();
    let how = ResolveOptions { offline: is_offline, ..how };
    let is_readable = session.is_readable();
    let settings = if is_readable { shown_settings(&session, how, args.reveal) } else { Vec::new() };
    let (credentials, pending, failure) = parts(outcome);
    if let Some((provider, found)) = credentials.as_ref().filter(|_| args.reveal) {
        session.check_shown(*provider, found, how)?;
    }
    let guards = session.guards(ResolvedSoFar {
        found: credentials.as_ref().map(|(provider, found)| (*provider, found)),
        pending: pending.as_ref().map(|(provider, _)| *provider),
        narrowed: narrowed.as_ref(),
        chain: &chain,
    })?;
    let agent = session.agent()?;
    let mut warnings = guards.refusals();
    warnings.extend(checks::all(&Resolved { session: &session, credentials: credentials.as_ref() }));
    let failure = failure.map(|failure| session.advised(failure, &warnings));
    let report = Report {
        profile: &session.selection,
        credentials: credentials.as_ref(),
        parts: &session.credentials_as_settings(credentials.as_ref()),
        narrowed: narrowed.as_ref(),
        pending: pending.as_ref().map(|(provider, what)| (*provider, what.as_str())),
        chain: &chain,
        failure: failure.as_ref(),
        guards: Some(&guards),
        agent: agent.as_ref(),
        settings: &settings,
        warnings: &warnings,
        reveal: args.reveal,
        whole_chain: ui.is_verbose(),
    };
    if args.format == Format::Json {
        json::print(&report.document(), ui)?;
        return Ok(failure.map_or(Exit::Success, |failure| failure.exit()));
    }
    ui.write(report.to_screen(&ui.style(), ui.out_columns(), world.now()).as_bytes())?;
    session.warn(warnings);
    // The screen shows them.
    failure.map_or(Ok(Exit::Success), |failure| Err(failure.without_notes()))
}
