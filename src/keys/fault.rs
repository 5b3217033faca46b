//! Why a journal can't be used.

use std::path::PathBuf;

/// Why a journal can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("it is damaged")]
    Damaged,
    #[error("it was written by another version of xcred (schema {0})")]
    Schema(u64),
    #[error("it has an invalid date")]
    Date,
    #[error("{0}")]
    Unreadable(String),
    /// Its own mode keeps its owner from reading it.
    #[error("{0}")]
    Closed(String),
    /// Other users can write to `at`: the journal or its folder.
    #[error("{reason}")]
    Open { reason: String, at: PathBuf },
}
