//! Why a file is written in place: [`Why`].

use std::fmt;

/// Why a file can't be replaced by another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is a mount point: a rename over it is refused, and would not reach whoever mounted it.
    Mounted,
    /// It has other names, which would keep the old content.
    Linked,
    /// The folder can't be written, or only by the owner of the file.
    Folder,
    /// It belongs to somebody else, and can't be given to them again.
    Owner,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Why::Mounted => "it is itself a mount point",
            Why::Linked => "it has several hard links",
            Why::Folder => "its folder is not writable",
            Why::Owner => "it belongs to another user or group",
        })
    }
}
