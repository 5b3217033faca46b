//! Why a folder is not private: [`Distrust`].

use std::{fmt, io};

use super::system::User;

#[derive(Debug)]
pub enum Distrust {
    /// It doesn't exist, or can't be opened.
    Closed(io::Error),
    /// It belongs to another user.
    Owner(User),
    /// Others can write to it, with this mode.
    Writable(u32),
}

impl fmt::Display for Distrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Distrust::Closed(error) => error.fmt(f),
            Distrust::Owner(user) => write!(f, "it belongs to user {user}"),
            Distrust::Writable(mode) => write!(f, "others can write to it (mode {mode:04o})"),
        }
    }
}
