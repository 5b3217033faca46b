//! `xcred export-env`: text that makes the shell that evaluates it one identity.

use std::ffi::OsString;

use super::session::{Opening, ResolveOptions, Session};
use crate::cli::{ExportEnv, Global};
use crate::config::{self, Config};
use crate::failure::{Exit, Failure};
use crate::shell::{Environment, Shell};
use crate::ui::{Ui, last_words, say_last_words};
use crate::world::World;

/// Runs the command. Whatever goes wrong, standard output makes the evaluation fail: what the text begins with fails
/// alone, and is written before anything that could end the program without a word.
pub(super) fn run(args: &ExportEnv, global: &Global, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let mut config = None;
    let shell = args.format.unwrap_or_else(|| {
        let calling = calling(world);
        // For a panic while the configuration is read.
        last_words(calling.failure);
        // A configuration that can't be read is reported below, once the text has begun.
        let read = config.insert(Config::load(world)).as_ref().ok();
        let format = read.and_then(Config::export_format);
        format.and_then(Shell::named).unwrap_or(calling)
    });
    // A terminal evaluates nothing, and questions may come before the text.
    let begun = if ui.out_is_terminal() { "" } else { shell.opening };
    ui.write(begun.as_bytes())?;
    last_words(shell.failure.strip_prefix(begun).unwrap_or_default());
    let text = environment(args, config, global, world, ui)
        .and_then(|environment| Ok(shell.code(&environment)?))
        .inspect_err(|_| fail(ui))?;
    ui.write(ui.shown(text.expose().strip_prefix(begun).unwrap_or_default()).as_bytes())?;
    last_words("");
    if let Some(usage) = shell.usage.filter(|_| ui.out_is_terminal()) {
        ui.help(format_args!("nothing has changed yet; let the shell evaluate it: `{usage}`"));
    }
    Ok(Exit::Success)
}

/// After a mistake on the command line, which comes before all else: what makes the evaluation fail.
pub(crate) fn misused(arguments: &[OsString], world: &World, ui: &Ui) {
    let words: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    if !words.iter().skip(1).any(|word| word == "export-env") {
        return;
    }
    let named = words.iter().enumerate().find_map(|(at, word)| {
        let name = match word.split_once('=') {
            Some(("--format" | "--shell", name)) => Some(name),
            None if matches!(word.as_ref(), "--format" | "--shell") => words.get(at + 1).map(AsRef::as_ref),
            _ => None,
        };
        Shell::named(name?)
    });
    last_words(named.unwrap_or_else(|| calling(world)).failure);
    fail(ui);
}

fn fail(ui: &Ui) {
    // If not even that can be written, the reader has gone.
    say_last_words(|words| _ = ui.write(words.as_bytes()));
}

fn calling(world: &World) -> &'static Shell {
    Shell::calling(world.parent_process().iter().map(String::as_str))
}

fn environment(
    args: &ExportEnv,
    config: Option<Result<Config, config::Error>>,
    global: &Global,
    world: &World,
    ui: &Ui,
) -> Result<Environment, Failure> {
    if args.unset {
        return Ok(Environment::empty());
    }
    let own;
    let world = if global.profile.is_some() && world.non_empty(PROFILE).is_some() {
        own = world.without(&["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCOUNT_ID"]);
        &own
    } else {
        world
    };
    let session =
        Session::for_credentials(Opening { world, ui, global, sdk: args.sdk, keys: Some(&args.keys) })?;
    let session = match config {
        Some(config) => session.with_config(config?),
        None => session,
    };
    session.environment(ResolveOptions { no_cache: args.no_cache, offline: false })
}

/// While it is set, the shell's region is the one that `export-env` gave it: it belongs to the identity that is to be
/// replaced, not to the profile that is named now. Without this the second of two `eval`s would keep the first one's.
const PROFILE: &str = "XCRED_PROFILE";
