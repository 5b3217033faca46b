//! `xcred export-env`: prints shell code that loads a profile's credentials.

use std::borrow::Cow;
use std::ffi::OsString;

use super::Cx;
use super::session::Session;
use crate::cli::ExportEnv;
use crate::config::{self, Config};
use crate::failure::{Command, Exit, Failure};
use crate::shell::{Environment, Shell};
use crate::ui::{Ui, last_words, say_last_words};
use crate::world::World;

/// On every error, standard output makes the evaluation fail: the beginning of the text fails by itself, and is written
/// before anything that could end the program silently.
pub(super) fn run(args: &ExportEnv, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, .. } = cx;
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
    // A terminal evaluates nothing, and prompts may come before the text.
    let begun = if ui.out_is_terminal() { "" } else { shell.opening };
    ui.write(begun.as_bytes())?;
    last_words(shell.failure.strip_prefix(begun).unwrap_or_default());
    let text = environment(args, config, cx)
        .and_then(|environment| Ok(shell.code(&environment)?))
        .inspect_err(|_| fail(ui))?;
    last_words("");
    let is_asked_for = args.format.is_some() || !ui.out_is_terminal();
    if let Some(usage) = shell.usage.filter(|_| !is_asked_for) {
        // Nobody evaluates what a terminal shows, and it would keep the secrets.
        let run = match command(args, cx) {
            Some(command) => format!("run `{}`", usage.replace("xcred export-env", &command.to_string())),
            None => "evaluate the output of this command".to_owned(),
        };
        ui.help(format_args!("a terminal doesn't evaluate the output, so it isn't printed; {run}"));
        return Ok(Exit::Success);
    }
    ui.write(ui.shown(text.expose().strip_prefix(begun).unwrap_or_default()).as_bytes())?;
    Ok(Exit::Success)
}

/// The command with what decides whose credentials it prints. `None` if no command can have that.
fn command(args: &ExportEnv, cx: Cx<'_>) -> Option<Command> {
    let command = Command::xcred(["export-env"]).profile_if(cx.global.profile.as_ref());
    let command = command.option_if("--region", cx.global.region.as_ref());
    let command = args.narrow.on(args.resolving.on(command)?);
    Some(if args.unset { command.flag("--unset") } else { command })
}

/// Makes the evaluation fail after an error on the command line. `meant` is the command that was probably meant by one that xcred
/// doesn't have.
pub(crate) fn fail_usage(arguments: &[OsString], meant: Option<&str>, world: &World, ui: &Ui) {
    const NAME: &str = "export-env";
    let words: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    if meant != Some(NAME) && !words.iter().skip(1).any(|word| word == NAME) {
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
    // If this can't be written, nothing reads it.
    say_last_words(|words| _ = ui.write(words.as_bytes()));
}

fn calling(world: &World) -> &'static Shell {
    Shell::calling(world.parent_process())
}

fn environment(
    args: &ExportEnv,
    config: Option<Result<Config, config::Error>>,
    cx: Cx<'_>,
) -> Result<Environment, Failure> {
    if args.unset {
        return Ok(Environment::empty());
    }
    let world = replacing(cx);
    let cx = Cx { world: &world, ..cx };
    let config = config.unwrap_or_else(|| Config::load(cx.world))?;
    let session = Session::to_hand_out_with(cx, &args.resolving, &args.narrow, config)?;
    let handed = session.hand_out((&args.resolving).into())?;
    session.warn_of_left_out(&handed, false);
    session.environment(&handed)
}

/// The environment without the region of the identity that is being replaced, which an earlier `export-env` or `use` has
/// set. Otherwise the second of two would keep the region of the first.
pub(super) fn replacing(cx: Cx<'_>) -> Cow<'_, World> {
    if cx.global.profile.is_some() && cx.world.loaded_profile().is_some() {
        Cow::Owned(cx.world.without_loaded_region())
    } else {
        Cow::Borrowed(cx.world)
    }
}

#[cfg(test)]
mod tests {
    use crate::settings::SECRET_VARIABLES;
    use crate::shell::VARIABLES;

    #[test]
    fn every_variable_with_a_secret_is_replaced_with_its_identity() {
        assert_eq!(SECRET_VARIABLES.iter().find(|name| !VARIABLES.contains(name)), None);
    }
}
