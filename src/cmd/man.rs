//! `xcred man`: the manual pages.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::sync::Arc;

use signal_hook::consts::SIGINT;

use super::Cx;
use crate::cli::{Cli, Man};
use crate::failure::{Command, Exit, Failure, Hint};
use crate::manual;
use crate::store;
use crate::text::nearest;

/// Runs the command.
pub(super) fn run(args: &Man, cx: Cx<'_>) -> Result<Exit, Failure> {
    if let Some(folder) = &args.output {
        return write(folder, cx);
    }
    let pages = manual::pages(Cli::definition());
    // Both `man configure role` and the name of the page.
    let name = args.command.join("-");
    let name = if name.is_empty() || name == "xcred" { "xcred".to_owned() } else { page_name(&name) };
    match pages.get(&format!("{name}.1")) {
        Some(page) if cx.ui.out_is_terminal() => formatted(page, cx)?,
        Some(page) => cx.ui.write(page.as_bytes())?,
        None => return Err(unknown(args, &name, pages.keys())),
    }
    Ok(Exit::Success)
}

/// Shows a page on the terminal, which can't show roff source.
fn formatted(page: &str, cx: Cx<'_>) -> Result<(), Failure> {
    let why = match cx.world.located("man") {
        Some(man) if show(Process::new(&man).args(["-l", "-"]), page).is_ok_and(|shown| shown) => {
            return Ok(());
        }
        Some(_) => "`man -l -` could not show the page",
        None => "`man` was not found on PATH, and a terminal can't show the source of a manual page",
    };
    let failure = Failure::usage(why);
    Err(match cx.world.expand_user("~/.cargo/share/man/man1") {
        Ok(folder) => {
            let write = Command::xcred(["man"]).option("--output", folder);
            let hint = Hint::from("`--help` says most of it; ").run(write);
            failure.with_help(hint.say(" writes all pages where `man` finds them"))
        }
        Err(_) => {
            failure.with_help("`--help` says most of it; `--output FOLDER` writes all pages to a folder")
        }
    })
}

/// Runs a program with the page as its standard input, and says whether it succeeded.
fn show(program: &mut Process, page: &str) -> io::Result<bool> {
    // Ctrl-C is for the pager, which goes on.
    signal_hook::flag::register(SIGINT, Arc::default())?;
    let mut running = program.stdin(Stdio::piped()).spawn()?;
    if let Some(mut input) = running.stdin.take() {
        // One that ends before it has read everything says so by its status.
        let _ = input.write_all(page.as_bytes());
    }
    Ok(running.wait()?.success())
}

fn page_name(command: &str) -> String {
    format!("xcred-{}", command.strip_prefix("xcred-").unwrap_or(command))
}

fn write(folder: &Path, cx: Cx<'_>) -> Result<Exit, Failure> {
    for (name, page) in manual::pages(Cli::definition()) {
        let path = folder.join(name);
        store::publish(&path, page.as_bytes())?;
        cx.ui.detail(path.display());
    }
    Ok(Exit::Success)
}

/// The commands that are other spellings of one with a page, and that page.
const SPELLINGS: [(&str, &str); 7] = [
    ("configure-get", "get"),
    ("configure-set", "set"),
    ("configure-list", "resolve"),
    ("configure-list-profiles", "list-profiles"),
    ("configure-export-credentials", "export-env"),
    ("profile-list", "list-profiles"),
    ("profile-show", "get"),
];

fn unknown<'p>(args: &Man, name: &str, pages: impl Iterator<Item = &'p String>) -> Failure {
    // Without what all names begin with, or every name would be similar.
    let short = |page: &'p String| page.strip_prefix("xcred-")?.strip_suffix(".1");
    let commands: Vec<&str> = pages.filter_map(short).collect();
    let command = name.trim_start_matches("xcred-");
    if let Some((_, page)) = SPELLINGS.iter().find(|(spelling, _)| *spelling == command) {
        let typed = args.command.join(" ");
        let failure = Failure::usage(format!("`{typed}` is another spelling, which has no page of its own"));
        return failure.with_help(format!("see `xcred man {page}`"));
    }
    let failure = Failure::usage(format!("xcred has no command `{}`", args.command.join(" ")));
    match nearest(command, commands) {
        Some(nearest) => failure.with_help(format!("did you mean `xcred man {nearest}`?")),
        None => failure.with_help(Hint::from(Command::xcred(["help"])).say(" lists the commands")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page_or_names_one() {
        let program = Cli::definition();
        let pages = manual::pages(Cli::definition());
        let below = |command: &clap::Command| {
            let name = |sub: &clap::Command| format!("{}-{}", command.get_name(), sub.get_name());
            command.get_subcommands().map(name).collect::<Vec<_>>()
        };
        let mut spellings: Vec<&str> = SPELLINGS.iter().map(|(spelling, _)| *spelling).collect();
        for command in program.get_subcommands().flat_map(below) {
            let is_spelling = spellings.iter().position(|spelling| *spelling == command);
            let has_page = pages.contains_key(&format!("xcred-{command}.1"));
            assert_ne!(is_spelling.is_some(), has_page, "{command}");
            is_spelling.map(|at| spellings.remove(at));
        }
        assert!(spellings.is_empty(), "{spellings:?}");
        assert!(SPELLINGS.iter().all(|(_, page)| pages.contains_key(&format!("xcred-{page}.1"))));
    }
}
