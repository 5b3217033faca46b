//! The commands: one file for each, named as it is typed.

mod checks;
pub(crate) mod complete;
mod config;
mod configure;
mod console;
mod context;
mod credential_process;
mod diff;
mod doctor;
pub(crate) mod exec;
mod explicit;
pub(crate) mod export_env;
mod exposure;
mod findings;
mod get;
mod guards;
pub(crate) mod held;
mod init;
mod journals;
mod keys;
mod list_profiles;
mod login;
mod logout;
mod man;
mod outcome;
mod piped;
mod precedence;
mod profile;
mod prompter;
mod resolve;
mod session;
mod set;
mod sso;
mod status;
mod unset;
mod use_profile;
mod whoami;

#[cfg(test)]
pub(crate) use self::console::ConsoleError;
#[cfg(test)]
pub(crate) use configure::{
    BridgeError, Invalid, NoColumns, SourceError, Unlikely, UnlikelyCommand, UnlikelyKey,
};
use context::Cx;
#[cfg(test)]
pub(crate) use doctor::Online;
#[cfg(test)]
pub(crate) use exec::{NotRenewed, NotRun};
#[cfg(test)]
pub(crate) use findings::Found;
#[cfg(test)]
pub(crate) use login::OtherIdentity;
#[cfg(test)]
pub(crate) use precedence::Conflict;
#[cfg(test)]
pub(crate) use sso::Error as SsoError;
#[cfg(test)]
pub(crate) use use_profile::Error as UseError;

use serde_json::{Value as Json, json};

use crate::checks::hides_credentials;
use crate::cli::{Cli, Command};
use crate::failure::{Code, Exit, Failure};
use crate::render::{Document, json};
use crate::ui::{OutputError, Ui};
use crate::world::World;

/// Runs the command that was typed.
pub fn run(cli: Cli, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let prints_json = cli.global.prints_json;
    if prints_json {
        let is_resolve = matches!(cli.command, Command::Resolve(_));
        let interrupted = json::error_in_own_words(Code::Interrupted, "interrupted");
        ui.document_on_interrupt(json::document(&of_error(is_resolve, interrupted)));
    }
    let ended = run_command(cli, world, ui).map_err(|failure| ui.advised(failure, hides_credentials));
    match &ended {
        // A program that reads a document gets one, whatever happens.
        Err(failure) if prints_json && !ui.has_written() => {
            json::print(&of_error(false, json::error(failure)), ui)?;
        }
        _ => {}
    }
    ended
}

/// The document of a command that has nothing to show but its error. That of `resolve` has all members, which are empty.
fn of_error(is_resolve: bool, error: Json) -> Json {
    if is_resolve { json!(Document::of_error(error)) } else { json!({"error": error}) }
}

/// Prints the document of a command whose command line is invalid; `text` is what is said of that to people.
pub fn refuse(command: &[String], text: &str, ui: &Ui) -> Result<(), OutputError> {
    let message = text.lines().take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let message = message.strip_prefix("error: ").unwrap_or(&message);
    let tip = text.lines().find_map(|line| line.trim_start().strip_prefix("tip: "));
    let failure = Failure::usage(message).helped(tip);
    json::print(&of_error(command == ["resolve"], json::error(&failure)), ui)
}

fn run_command(cli: Cli, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let cx = Cx { world, ui, global: &cli.global };
    let unhidden = exec::unhidden(world).filter(|_| exec::sees_all(&cli.command, cx));
    let cx = Cx { world: unhidden.as_ref().unwrap_or(world), ..cx };
    match cli.command {
        Command::Configure(args) => configure::run(args, cx),
        Command::ListProfiles(args) => list_profiles::run(&args, cx),
        Command::Get(args) => get::run(&args, cx),
        Command::Resolve(args) => resolve::run(&args, cx),
        Command::Doctor(args) => doctor::run(&args, cx),
        Command::Status(args) => status::run(&args, cx),
        Command::WhoAmI(args) => whoami::run(&args, cx),
        Command::Use(args) => use_profile::run(&args, cx),
        Command::ExportEnv(args) => export_env::run(&args, cx),
        Command::Exec(args) => exec::run(&args, cx),
        Command::CredentialProcess(args) => credential_process::run(&args, cx),
        Command::Console(args) => self::console::run(&args, cx),
        Command::Keys(args) => keys::run(&args, cx),
        Command::Login(args) => login::run(&args, cx),
        Command::Logout(args) => logout::run(&args, cx),
        Command::Sso(args) => sso::run(&args, cx),
        Command::Set(args) => set::run(args, cx),
        Command::Unset(args) => unset::run(&args, cx),
        Command::Profile(args) => profile::run(args, cx),
        Command::Config(args) => config::run(&args, cx),
        Command::Init(args) => init::run(&args, cx),
        Command::Completions(args) => complete::run(&args, cx),
        Command::Man(args) => man::run(&args, cx),
    }
}
