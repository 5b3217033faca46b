//! The library behind the `xcred` program: AWS profiles and credentials, written safely and explained.
//!
//! Each module is a room with one purpose, and they import in one direction: `cmd` uses all others; `settings` and
//! `profile` know what AWS means by the files, and `service` what its services say; `ini`, `store` and `net` know
//! text, disks and HTTP and nothing of AWS.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "fixtures are not a user's files"))]

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue};

use crate::secret::without_withheld;
use crate::ui::{ColorChoice, Ui};

#[cfg(test)]
#[macro_use]
mod catalogue;

mod address;
mod chain;
mod checks;
mod cli;
mod client;
mod cmd;
mod completion;
mod config;
mod credentials;
mod dateutil;
mod effective;
mod failure;
mod finding;
mod guard;
mod ini;
mod jsdate;
mod keys;
mod login;
mod manual;
mod narrowing;
mod net;
mod origin;
mod profile;
mod render;
mod sdk;
mod secret;
mod service;
mod settings;
mod shell;
mod store;
mod sync;
mod text;
mod ui;
mod view;
mod world;

#[cfg(test)]
#[path = "../tests/it/growth.rs"]
mod growth;
#[cfg(test)]
#[path = "../tests/it/missing.rs"]
mod missing;
#[cfg(test)]
#[expect(dead_code, reason = "other tests use the rest")]
#[path = "../tests/it/random.rs"]
mod random;

pub use failure::Exit;
pub use ui::prepare;
pub use world::World;

/// What the tests of the whole program look at. It promises nothing to others.
#[doc(hidden)]
pub mod internals {
    pub use crate::cli::Cli;
    pub use crate::secret::Secret;

    pub mod chain {
        pub use crate::chain::REASONS;
    }
    pub mod ini {
        pub use crate::ini::{Document, FaultKind, Stray, Value};
    }
    pub mod manual {
        pub use crate::manual::{examples, pages};
    }
    pub mod profile {
        pub use crate::profile::{FileKind, Files, Heading, KeyPath, SectionName};
    }
    pub mod sdk {
        pub use crate::sdk::Sdk;
    }
    pub mod settings {
        pub use crate::settings::{VARIABLES, Variable};
    }
    pub mod shell {
        pub use crate::shell::{Environment, NAMES, Shell, VARIABLES};
    }
}

/// Runs the program: what was typed is parsed, the command does its work, and what went wrong is reported.
///
/// The environment lives as long as the process: whatever is said until its end is looked through for its secrets.
pub fn run(arguments: impl IntoIterator<Item = OsString>, world: World) -> Exit {
    ui::report_panics();
    ui::wait_before_end(|end| {
        let (_busy, has_saved) = store::wait_for_saves();
        end(has_saved);
    });
    let world: &World = Box::leak(Box::new(world));
    secret::watch(|| cmd::held::secrets(world));
    secret::mask_by_names(settings::without_other_keys);
    let exit = parsed(&arguments.into_iter().collect::<Vec<_>>(), world);
    secret::forget();
    exit
}

fn parsed(arguments: &[OsString], world: &World) -> Exit {
    if let Some(exit) = cmd::exec::answer(arguments) {
        return exit;
    }
    secret::withhold_arguments(arguments, cli::count_of_own(arguments), cli::has_named_secret);
    if let Some(exit) = cmd::complete::answer(arguments, world) {
        return exit;
    }
    let ended = cli::Ended::of(arguments);
    if let Some(ended) = ended.as_ref().filter(|ended| ended.status != Exit::PassedOn.code()) {
        return Exit::Command(ended.status);
    }
    let arguments = ended.as_ref().map_or(arguments, |ended| &ended.typed);
    let evaluated = cli::Evaluated::of(arguments);
    let arguments = evaluated.as_ref().map_or(arguments, |evaluated| &evaluated.typed);
    failure::remember_typed(arguments, cli::is_repeatable);
    typed(arguments, world, evaluated.as_ref())
}

/// Runs what was typed; `evaluated` if a shell evaluates what is printed.
fn typed(arguments: &[OsString], world: &World, evaluated: Option<&cli::Evaluated>) -> Exit {
    let by_status = evaluated.is_some_and(|evaluated| evaluated.init.passes_by_status);
    let passed_on = if by_status { Exit::PassedOn } else { Exit::Success };
    if evaluated.is_some_and(|evaluated| !evaluated.is_use()) {
        return passed_on;
    }
    let typed_here = cli::as_typed_here(arguments, cli::Cli::definition);
    let arguments = typed_here.as_deref().unwrap_or(arguments);
    let cli = match cli::Cli::of(arguments) {
        Ok(cli) => cli.evaluated_by(evaluated.map(|evaluated| evaluated.init)),
        Err(error) if !error.use_stderr() && evaluated.is_some() => return passed_on,
        Err(error) => return usage(error, arguments, world),
    };
    if cli.global.prints_json {
        world.folder().into_iter().for_each(origin::complete_below);
    } else if let Ok(home) = world.expand_user("~") {
        origin::shorten_home(home);
    }
    let ui = Ui::new(world, cli.global.color, cli.global.verbose);
    if let Some(folder) = world.state_folder() {
        store::keep_records_in(folder.join("saves"));
    }
    let ended = cmd::run(cli, world, &ui);
    for settled in store::settled() {
        ui.warning(settled);
    }
    ui.print_kept(ended.as_ref().err());
    ended.unwrap_or_else(|failure| {
        ui.failure(&failure);
        failure.exit()
    })
}

/// Prints what clap has to say: help and version on standard output, mistakes on standard error.
fn usage(error: clap::Error, arguments: &[OsString], world: &World) -> Exit {
    let error = redacted_usage(error, arguments, world);
    let ui = Ui::new(world, ColorChoice::Auto, false);
    if error.use_stderr() {
        let meant = match error.get(ContextKind::SuggestedSubcommand) {
            Some(ContextValue::Strings(commands)) => commands.first().map(String::as_str),
            _ => None,
        };
        cmd::export_env::fail_usage(arguments, meant, world, &ui);
        let text = error.render().to_string();
        if let Some(command) = cli::documented(arguments) {
            // If it can't be written, nothing reads it.
            let _ = cmd::refuse(&command, &text, &ui);
        }
        ui.lines(text.trim_end());
        return Exit::Usage;
    }
    let text = cli::laid_out(error, arguments, ui.out_is_colored());
    match ui.write(text.as_bytes()) {
        Ok(()) => Exit::Success,
        Err(error) => {
            let failure = failure::Failure::from(error);
            ui.failure(&failure);
            failure.exit()
        }
    }
}

/// A mistake on the command line, with the arguments that it names as they may be repeated. They are looked at before
/// clap makes text of them, because it leaves out what drives a terminal, and then they would not be found.
fn redacted_usage(mut error: clap::Error, arguments: &[OsString], world: &World) -> clap::Error {
    let files = || profile::Files::read(world).whole().ok();
    let is_profile = |name: &str| files().is_some_and(|files| files.profile(name).exists());
    let is_session =
        |name: &str| files().is_some_and(|files| files.sso_sessions().any(|known| known == name));
    let context: Vec<_> = error.context().map(|(kind, value)| (kind, value.clone())).collect();
    for (kind, value) in context {
        let value = match value {
            ContextValue::String(text) if cli::may_be_value_of_secret(&text, arguments, is_profile) => {
                ContextValue::String(secret::WITHHELD.to_owned())
            }
            ContextValue::String(text) => ContextValue::String(without_withheld(&text).into_owned()),
            ContextValue::Strings(texts) => {
                let texts = texts.iter().map(|text| without_withheld(text).into_owned());
                ContextValue::Strings(texts.collect())
            }
            _ => continue,
        };
        error.insert(kind, value);
    }
    let unknown = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(name)) => cli::instead(name, arguments),
        _ => None,
    };
    if let Some(command) = unknown {
        let suggested = ContextValue::Strings(vec![command]);
        error.insert(ContextKind::SuggestedSubcommand, suggested);
    }
    if let (Some(ContextValue::String(typed)), Some(ContextValue::String(similar))) =
        (error.get(ContextKind::InvalidArg), error.get(ContextKind::SuggestedArg))
        && !cli::is_near(typed, similar)
    {
        error.remove(ContextKind::SuggestedArg);
    }
    let is_as_value = |tip: &ContextValue| tip.to_string().contains("as a value");
    if error.get(ContextKind::Suggested).is_some_and(is_as_value) && !cli::may_be_value(arguments) {
        error.remove(ContextKind::Suggested);
    }
    let names = cli::Names { is_profile: &is_profile, is_session: &is_session };
    if let Some(tip) = cli::tip(&error, arguments, names) {
        for near in [ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue, ContextKind::SuggestedArg]
        {
            error.remove(near);
        }
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}
