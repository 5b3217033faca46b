//! Takes the rights of other users away.

use std::path::Path;

use super::Problem;
use super::system;

/// Closes a file of this user to all other users. A link is followed, but its target must be this user's, too.
pub fn close(path: &Path) -> Result<(), Problem> {
    system::close(path).map_err(|source| Problem::Mode { path: path.to_owned(), source })
}
