//! Small files that a setting or a variable names.

use std::path::Path;

use zeroize::Zeroizing;

use super::error::Error;
use crate::origin::Origin;
use crate::store;

/// The text of a regular file. `origin` is what names it.
pub(super) fn small_text(
    path: &Path,
    what: &'static str,
    origin: &Origin,
) -> Result<Zeroizing<String>, Error> {
    store::read_small_text(path).map_err(|source| Error::Io {
        what,
        path: path.to_owned(),
        source,
        origin: origin.clone(),
    })
}
