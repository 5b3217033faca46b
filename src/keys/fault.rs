//! Why a journal can't be used.

use std::path::PathBuf;

use jiff::Timestamp;

/// Why a journal can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("it is damaged")]
    Damaged,
    #[error("it was written by another version of xcred (schema {0})")]
    Schema(u64),
    #[error("it has an invalid date")]
    Date,
    /// When it began, which this machine's clock has still to reach. It has no new key, and only its date shows which key is
    /// the one whose response was lost.
    #[error("it began at {0:.0}, and this machine's clock is behind that")]
    Ahead(Timestamp),
    #[error("{0}")]
    Unreadable(String),
    /// Its own mode keeps its owner from reading it.
    #[error("{0}")]
    Closed(String),
    /// Other users can write to `at`: the journal or its folder.
    #[error("{reason}")]
    Open { reason: String, at: PathBuf },
}
