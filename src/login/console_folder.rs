//! The folder of AWS CLI and the SDKs for console sign-ins.

use std::ffi::OsStr;
use std::path::PathBuf;

use super::SignIn;
use super::error::{Error, Fault};
use crate::world::World;

/// The variable that names it.
pub const FOLDER: &str = "AWS_LOGIN_CACHE_DIRECTORY";

/// Only AWS CLI and boto3 replace `~` and variables in it.
pub(super) fn folder(sign_in: &SignIn, world: &World) -> Result<PathBuf, Error> {
    match world.path(FOLDER) {
        Some(folder) => world.expand(folder).map_err(|no_home| Error::NoFolder { variable: FOLDER, no_home }),
        None => {
            let folder = world.expand(OsStr::new("~/.aws/login/cache"));
            folder.map_err(|no_home| sign_in.required(Fault::NoHome(no_home), None))
        }
    }
}

/// Whether the folder depends on the one that each program runs in.
pub fn is_relative(world: &World) -> bool {
    let expanded = world.path(FOLDER).and_then(|folder| world.expand(folder).ok());
    expanded.is_some_and(|folder| folder.is_relative())
}
