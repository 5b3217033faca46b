//! Files that hold nothing of the user's.

use std::fs;
use std::path::Path;

use super::problem::Problem;

/// Writes a file that everyone may read, such as a manual page, and creates the folders above it. The umask decides about
/// its mode. It replaces what is there and isn't an edit: nobody else writes it, and it can be written again.
pub fn publish(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let saving = |source| Problem::saving(path, source);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(saving)?;
    }
    fs::write(path, bytes).map_err(saving)
}
