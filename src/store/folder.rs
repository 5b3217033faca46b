//! Lists and makes folders, and removes files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::problem::Problem;
use super::system;

pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The files in a folder, sorted by name. A missing folder has none.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut paths = match system::entries(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| Problem::reading_folder(folder, error))?,
    };
    paths.sort();
    Ok(paths)
}

/// Creates the folder and its missing parents, for their owner only and independently of the umask. In another user's folder
/// root makes them for that user.
pub(super) fn make(folder: &Path) -> io::Result<()> {
    make_missing(folder).map(drop)
}

/// Makes them as [`make`] does, and returns those that this process created, the outermost first. Another process may create
/// some at the same time.
pub fn make_missing(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let is_missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.is_dir();
    let missing: Vec<&Path> = folder.ancestors().take_while(is_missing).collect();
    let mut made = Vec::new();
    for folder in missing.into_iter().rev() {
        if system::make_one(folder)? {
            system::give_one(folder);
            made.push(folder.to_owned());
        }
    }
    Ok(made)
}

/// Removes the folders that [`make_missing`] has made, the innermost first, up to one that is in use.
pub fn remove_made(folders: &[PathBuf]) {
    _ = folders.iter().rev().try_for_each(fs::remove_dir);
}

/// Removes a file, if it exists. It is an error if the disk reports an existing file as missing.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(path).is_err() => {
            Ok(())
        }
        removed => removed,
    }
}
