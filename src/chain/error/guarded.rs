//! What forbids the use of credentials, of whatever type it is.

use std::error::Error;
use std::fmt;

use crate::failure::Explain;

#[derive(Debug)]
pub struct Guarded(pub(super) Box<dyn Explain>);

impl fmt::Display for Guarded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Guarded {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}
