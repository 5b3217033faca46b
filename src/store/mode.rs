//! Takes the rights of other users away.

use std::path::Path;

use super::Problem;
use super::system::{self, Denial};

/// Closes a file of this user to all other users. A link is followed, but its target must be this user's, too.
pub fn close(path: &Path) -> Result<(), Problem> {
    system::close(path).map_err(|source| {
        let path = path.to_owned();
        match Denial::by_attribute(&path, &source) {
            Some(denial) => Problem::ReadOnly { path, denial, source },
            None => Problem::Mode { path, source },
        }
    })
}
