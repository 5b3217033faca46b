//! Why a folder is not private: [`Distrust`].

use std::io;

use super::system::User;

#[derive(Debug, thiserror::Error)]
pub enum Distrust {
    /// It doesn't exist, or can't be opened.
    #[error("{0}")]
    Closed(io::Error),
    #[error("it belongs to user {0}")]
    Owner(User),
    /// With its mode.
    #[error("others can write to it (mode {0:04o})")]
    Writable(u32),
}
