//! Files without anything private, such as manual pages.

use std::fs;
use std::path::Path;

use super::problem::Problem;
use super::save::{NEW, hidden_path};
use super::system;

/// Writes a file that everyone may read, such as a manual page, and creates the folders above it. The umask decides about
/// its mode. It replaces what has its name, a link itself and not what it leads to.
pub fn publish(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let saving = |source| Problem::saving(path, source);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(saving)?;
    }
    let new = hidden_path(path, NEW);
    // What an earlier run left; it may be a link.
    _ = fs::remove_file(&new);
    let checked = system::check_size(bytes.len());
    let written = checked.and_then(|()| fs::OpenOptions::new().write(true).create_new(true).open(&new));
    let written = written.and_then(|mut file| std::io::Write::write_all(&mut file, bytes));
    let renamed = written.and_then(|()| fs::rename(&new, path));
    renamed.map_err(|source| {
        _ = fs::remove_file(&new);
        saving(source)
    })
}
