//! `xcred man`: the manual pages.

use std::path::Path;

use super::Cx;
use crate::cli::{Cli, Man};
use crate::failure::{Exit, Failure};
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
        Some(page) => cx.ui.write(page.as_bytes())?,
        None => return Err(unknown(args, &name, pages.keys())),
    }
    Ok(Exit::Success)
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

fn unknown<'p>(args: &Man, name: &str, pages: impl Iterator<Item = &'p String>) -> Failure {
    // Without what all names begin with, or every name would be similar.
    let short = |page: &'p String| page.strip_prefix("xcred-")?.strip_suffix(".1");
    let commands: Vec<&str> = pages.filter_map(short).collect();
    let failure = Failure::usage(format!("xcred has no command `{}`", args.command.join(" ")));
    match nearest(name.trim_start_matches("xcred-"), commands) {
        Some(nearest) => failure.with_help(format!("did you mean `xcred man {nearest}`?")),
        None => failure,
    }
}
