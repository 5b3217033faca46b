//! Why a file is written in place: [`Why`].

/// Why a file can't be replaced by another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// A rename over a mount point is refused, and would not change the file that is mounted there.
    #[error("it is itself a mount point")]
    Mounted,
    /// Its other names would keep the old content.
    #[error("it has several hard links")]
    Linked,
    /// The folder can't be written, or only by the owner of the file.
    #[error("its folder is not writable")]
    Folder,
    /// A new file can't get the same owner.
    #[error("it belongs to another user or group")]
    Owner,
}
