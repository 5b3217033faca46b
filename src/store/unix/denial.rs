//! Why the system denies access to a file.

use std::path::Path;

use rustix::process::geteuid;

use super::{Stat, User};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// It belongs to another user, as after `sudo aws configure`.
    Foreign { owner: User, caller: User },
    /// It is the caller's, and its mode forbids this.
    Mode { is_folder: bool },
    /// Anything else: a folder above it, for example.
    Other,
}

impl Denial {
    pub fn of(path: &Path) -> Denial {
        let Ok(stat) = Stat::at(path) else { return Denial::Other };
        let caller = geteuid().as_raw();
        if !stat.is_own() {
            Denial::Foreign { owner: stat.owner(), caller }
        } else if stat.is_closed_to_owner() {
            Denial::Mode { is_folder: stat.is_folder() }
        } else {
            Denial::Other
        }
    }
}
