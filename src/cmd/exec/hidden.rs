//! The files that the command must not see.
//!
//! SDKs ask the address of container credentials last but one, after the profile `default`. So a command that is served
//! `dev` would act as `default` if that has credentials. The file with them is hidden from it; the region in that file
//! is set in the environment instead.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process;
use std::rc::Rc;

use super::Cx;
use super::leads::default_has_credentials;
use crate::cli::Command;
use crate::cli::configure::{Configure, Method};
use crate::cmd::session::Session;
use crate::ini::Document;
use crate::profile::{FileKind, outside};
use crate::sdk::Sdk;
use crate::view::View;
use crate::world::World;

/// A file that is there and empty, for every SDK.
const NOTHING: &str = "/dev/null";

/// The variables that name the files, and those in which this program finds them when they are hidden.
const FILES: [(FileKind, &str, &str); 2] = [
    (FileKind::Config, "AWS_CONFIG_FILE", "XCRED_CONFIG_FILE"),
    (FileKind::Credentials, "AWS_SHARED_CREDENTIALS_FILE", "XCRED_SHARED_CREDENTIALS_FILE"),
];

/// The SDK for Java 1 finds its files by this variable and in the home folder, and never by those of other SDKs.
const OF_JAVA: (&str, [&str; 2]) = ("AWS_CREDENTIAL_PROFILES_FILE", ["~/.aws/credentials", "~/.aws/config"]);

/// The variables that hide files, with their values.
pub(super) fn variables(session: &Session<'_>, cx: Cx<'_>) -> Vec<(&'static str, OsString)> {
    let files = &session.files;
    let mut variables = Vec::new();
    let hide = |variable| {
        cx.ui.detail(format_args!("{variable}={NOTHING}: the command must not use the credentials there"));
        (variable, OsString::from(NOTHING))
    };
    for (kind, variable, found_in) in FILES {
        let file = files.file(kind);
        // What can't be read here an SDK may be able to read.
        let is_doubtful = !session.unread.is_empty() || is_elsewhere(kind, file.path, cx.world);
        let is_doubtful = is_doubtful || is_refused(file.path, cx.world);
        if is_doubtful || default_has_credentials(file.document.bytes()) {
            variables.push(hide(variable));
            // The command may change its folder before it runs xcred.
            let folder = cx.world.folder().unwrap_or_default();
            variables.push((found_in, folder.join(file.path).into_os_string()));
        }
    }
    if java_has_credentials(cx.world) {
        variables.push(hide(OF_JAVA.0));
    }
    // The files of boto 2, where only botocore looks.
    if outside::boto_files(cx.world).into_iter().flatten().any(|path| path.is_file()) {
        variables.push(hide("BOTO_CONFIG"));
    }
    variables
}

/// Whether the config file is among the files that are hidden.
pub(super) fn has_config(variables: &[(&'static str, OsString)]) -> bool {
    variables.iter().any(|(variable, _)| *variable == FILES[0].1)
}

/// Whether the SDK for Java 1 may find credentials of `default`.
fn java_has_credentials(world: &World) -> bool {
    let (variable, in_home) = OF_JAVA;
    let paths: Vec<_> = match world.path(variable) {
        Some(path) if path != NOTHING => vec![path.into()],
        _ => in_home.iter().filter_map(|path| world.expand_user(path).ok()).collect(),
    };
    // What can't be read here it may be able to read.
    let has = |path: &Path| fs::read(path).map_or(true, |bytes| default_has_credentials(&bytes));
    paths.iter().any(|path| path.is_file() && has(path))
}

/// What each SDK except botocore would see if the files for which `is_empty` holds were empty.
fn views(world: &World, is_empty: impl Fn(&Path) -> bool) -> impl Iterator<Item = View> {
    let nothing = Rc::new(Document::default());
    let rules = Sdk::all().iter().filter_map(|sdk| sdk.ruled);
    rules.map(move |rules| {
        let empty = |path: &Path| is_empty(path).then(|| Rc::clone(&nothing));
        View::supposing(world, rules.files, &empty)
    })
}

/// Whether an SDK refuses the file, which botocore reads: it looks for no credentials behind it then.
fn is_refused(path: &Path, world: &World) -> bool {
    views(world, |other| other != path).any(|view| view.fault().is_some())
}

/// Whether an SDK looks for the file at another path.
fn is_elsewhere(kind: FileKind, path: &Path, world: &World) -> bool {
    views(world, |_| true).any(|view| view.path(kind).is_some_and(|found| found != path && found.exists()))
}

/// The world with the files that are hidden from it, if some are.
pub(in crate::cmd) fn unhidden(world: &World) -> Option<World> {
    let mut found: Option<World> = None;
    for (_, variable, found_in) in FILES {
        let hidden = world.path(variable).is_some_and(|path| path == NOTHING);
        if let Some(path) = world.path(found_in).filter(|path| hidden && !path.is_empty()) {
            let world = found.as_ref().unwrap_or(world);
            found = Some(world.with(variable, path).without(&[found_in]));
        }
    }
    found
}

/// Whether a command may see the files that are hidden: if a profile is named, or the command is about the files. All others
/// are about the credentials at hand, and see no more than SDKs do.
pub(in crate::cmd) fn sees_all(command: &Command, cx: Cx<'_>) -> bool {
    let is_named = cx.global.profile.is_some()
        || ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].iter().any(|name| cx.world.non_empty(name).is_some());
    is_named
        || match command {
            Command::Configure(Configure { method, .. }) => {
                !matches!(method, Some(Method::ExportCredentials { .. } | Method::List))
            }
            Command::ListProfiles(_)
            | Command::Doctor(_)
            | Command::Use(_)
            | Command::Login(_)
            | Command::Logout(_)
            | Command::Sso(_)
            | Command::Set(_)
            | Command::Unset(_)
            | Command::Profile(_)
            | Command::Config(_) => true,
            _ => false,
        }
}

/// Lets a command find the files that are not hidden any more.
pub(super) fn restore(command: &mut process::Command, world: &World) {
    for (_, variable, found_in) in FILES {
        if let (Some(path), None) = (world.path(variable), world.path(found_in)) {
            command.env(variable, path).env_remove(found_in);
        }
    }
    if world.path(OF_JAVA.0).is_some_and(|path| path == NOTHING) {
        command.env_remove(OF_JAVA.0);
    }
}
