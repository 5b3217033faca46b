//! Why an SDK refuses the files.

use crate::ini::dialect::What;
use crate::origin::Place;
use crate::store::Problem;

/// What makes an SDK refuse both files.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("{place}: {what}")]
    Malformed { place: Place, what: What },
    #[error(transparent)]
    Unreadable(#[from] Problem),
}

impl Fault {
    /// The line to blame.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Fault::Malformed { place, .. } => Some(place),
            Fault::Unreadable(_) => None,
        }
    }
}
