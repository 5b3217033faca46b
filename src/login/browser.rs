//! Opens an address in the user's browser.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::system::{OPENERS, detach};
use crate::net::web_address;
use crate::settings::{SECRET_VARIABLES, program_name};
use crate::text::words;
use crate::world::World;

/// Browsers that draw on the terminal, where xcred waits. They can't run the sign-in pages anyway.
const TEXT_BROWSERS: [&str; 7] = ["lynx", "w3m", "links", "links2", "elinks", "browsh", "www-browser"];

/// The programs of the Windows side, which WSL starts.
const WSL_OPENERS: [&str; 3] = ["wslview", "explorer.exe", "/mnt/c/Windows/explorer.exe"];

/// How long a program may take to fail. Some run as long as the browser.
const MOMENT: Duration = Duration::from_millis(500);

/// What became of an address. None of them is an error: the user can open the address that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// By this program, which may still be running.
    By(String),
    Failed {
        program: String,
        /// As the system says it, or the exit status.
        reason: String,
    },
    /// No program that opens addresses was found.
    NoBrowser,
    /// The address is not one of the web, or is without encryption.
    Unsafe,
}

/// A program, and its arguments with the address.
type Words = Vec<String>;

/// Opens `address` with the program of the setting `login.browser`, otherwise with one of `BROWSER`, otherwise with the
/// desktop's.
pub fn open(address: &str, setting: Option<&str>, world: &World) -> Opened {
    open_within(MOMENT, address, setting, world)
}

/// Each program may take `moment` to fail.
fn open_within(moment: Duration, address: &str, setting: Option<&str>, world: &World) -> Opened {
    if !is_openable(address) {
        return Opened::Unsafe;
    }
    let mut opened = Opened::NoBrowser;
    for words in candidates(setting, world) {
        opened = start(moment, &words, address, world);
        if matches!(opened, Opened::By(_)) {
            break;
        }
    }
    opened
}

/// Whether an address may be opened: one of the web without encryption only on this machine, and none that another
/// program than a browser may take for itself.
pub fn is_openable(address: &str) -> bool {
    let Some(url) = web_address(address) else { return false };
    url.scheme() == "https" || matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"))
}

/// Whether `BROWSER` names a program that isn't a text browser.
pub fn is_named(world: &World) -> bool {
    !of_variable(world).is_empty()
}

/// The desktop's program that opens addresses.
pub fn opener(world: &World) -> Option<PathBuf> {
    openers(world).iter().find_map(|name| world.located(name))
}

fn openers(world: &World) -> Vec<&'static str> {
    let of_windows: &[&str] = if world.non_empty("WSL_DISTRO_NAME").is_some() { &WSL_OPENERS } else { &[] };
    [of_windows, OPENERS].concat()
}

/// The programs to try, in order.
fn candidates(setting: Option<&str>, world: &World) -> Vec<Words> {
    if let Some(setting) = setting {
        return vec![split(setting, world)];
    }
    let named = of_variable(world);
    if named.is_empty() {
        let found = openers(world).into_iter().filter(|name| world.located(name).is_some());
        return found.map(|name| vec![name.to_owned()]).collect();
    }
    named
}

/// The programs of `BROWSER` without text browsers.
fn of_variable(world: &World) -> Vec<Words> {
    let entries = world.variable("BROWSER").unwrap_or_default().split(':');
    let programs = entries.filter(|entry| !entry.trim().is_empty()).map(|entry| split(entry, world));
    programs.filter(|words| words.first().is_some_and(|program| !is_text_browser(program))).collect()
}

fn is_text_browser(program: &str) -> bool {
    let name = Path::new(program).file_name().unwrap_or_default();
    TEXT_BROWSERS.iter().any(|browser| name == *browser)
}

/// The words of a program and its arguments. A path with spaces that isn't quoted is one word: on Windows most have some.
fn split(text: &str, world: &World) -> Words {
    let text = text.trim();
    if world.located(text).is_some() {
        return vec![text.to_owned()];
    }
    let words = words::split(text);
    let mut words = words.unwrap_or_else(|| text.split_whitespace().map(str::to_owned).collect());
    // Some write it as for a shell.
    words.pop_if(|last| last == "&");
    words
}

fn start(moment: Duration, words: &[String], address: &str, world: &World) -> Opened {
    let Some((program, arguments)) = words.split_first() else { return Opened::NoBrowser };
    let name = program_name(words);
    let failed = |reason: String| Opened::Failed { program: name.clone(), reason };
    let Some(file) = world.located(program) else { return failed("it was not found".to_owned()) };
    let mut command = Command::new(file);
    let has_place = arguments.iter().any(|argument| argument.contains("%s"));
    command.args(arguments.iter().map(|argument| argument.replace("%s", address)));
    if !has_place {
        command.arg(address);
    }
    // It may run for days, and needs none of these.
    for variable in SECRET_VARIABLES {
        command.env_remove(variable);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    detach(&mut command);
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => return failed(error.to_string()),
    };
    // The thread keeps no zombie, and doesn't keep this process from ending.
    let (end, ended) = mpsc::channel();
    let waiting = thread::Builder::new().spawn(move || end.send(child.wait()));
    let status = waiting.ok().and_then(|_| ended.recv_timeout(moment).ok()).and_then(Result::ok);
    // Windows Explorer reports a failure even when it succeeds.
    let is_explorer = Path::new(program).file_name().is_some_and(|name| name == "explorer.exe");
    match status {
        Some(status) if !status.success() && !is_explorer => failed(status.to_string()),
        _ => Opened::By(name),
    }
}

#[cfg(test)]
mod tests;
