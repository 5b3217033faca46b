//! The user's files. This is the only module that writes them; it knows bytes and paths, nothing of AWS.
//!
//! An [`edit`] is all or nothing, whoever else is at work and whenever the process dies:
//!
//! 1. *Lock.* `flock` on the folder of each file. The kernel lifts the lock of a dead process, and there is no
//!    lock file to be left behind.
//! 2. *Stage.* The new bytes go into a file without a name in the same folder, which gets the owner and the mode
//!    of the file it will replace, and are synced. A process killed here leaves nothing.
//! 3. *Link.* The staged file gets a hidden name, such as `.config.xcred-new`.
//! 4. *Compare.* Programs that don't take the lock may have written meanwhile: if a file no longer holds the bytes
//!    that the edit was made on, everything staged is dropped and the edit is made again.
//! 5. *Commit.* The hidden name is renamed over the file.
//!
//! When several files change, renaming the first one is the commit. The hidden names of the others say which file
//! they follow, by inode and time of birth: `.credentials.xcred-with-1234-5678`. Whoever next holds the lock of
//! the folder settles what a killed process left there: if the file they follow has its proper name, the edit was
//! committed and they are renamed as well (unless their target has changed since); if not, it was not, and they
//! are removed. What is called `-new` is never a follower, so a single file is never saved late. (Unix cannot
//! rename two files at once: until an edit is settled, readers see the part of it that is in place.)
//!
//! # In place
//!
//! Some files can't be replaced: a mount point, one with several names, one in a folder that can't be written, one
//! that can't be given to its owner again. [`strategy::Strategy`] finds out before anything is written. Such a file is locked
//! itself too, because it may be edited through another folder, and overwritten under a record:
//!
//! 1. *Record.* The old and the new bytes go into a private file, `.config.xcred-kept` beside the file or a like one
//!    in the user's folder for state, synced. Other files of the same edit are staged before.
//! 2. *Overwrite.* In one call if the kernel takes it so, then synced and read back. If it fails, the old bytes are
//!    put back.
//! 3. *Commit.* If the edit replaces other files too, these are renamed, which is the commit; the record is removed
//!    after. If not, removing the record is the commit.
//!
//! Whoever next edits the file and finds a record that was not committed puts the old bytes back, of all files in it.
//! What holds, then: after the death of a process, whenever it comes, every file holds its old bytes, its new bytes,
//! or a mixture that the next edit by the same user turns into the old ones; and all files of one edit end up on the
//! same side. What doesn't: a reader may see the mixture until then (with less than a page of text the kernel does
//! not write one); if another program changes the mixture, the next edit is refused and names the record; and where
//! a container dies together with both places for a record, the mixture stays.
#![expect(clippy::disallowed_methods, reason = "this is the one module that writes files")]

mod distrust;
mod edit;
mod entry;
mod folder;
mod holder;
mod in_place;
mod lock;
mod own;
mod problem;
mod read;
mod record;
mod records;
mod save;
mod settle;
mod small;
mod strategy;
#[cfg_attr(unix, path = "unix/mod.rs")]
#[cfg_attr(windows, path = "windows/mod.rs")]
mod system;
mod target;
mod transaction;
mod why;

pub use distrust::Distrust;
pub use edit::{edit, keep_records_in, remove, remove_if_empty, try_out};
pub use entry::Entry;
pub use folder::list;
pub use lock::{Held, hold};
pub use own::read_own;
pub use problem::Problem;
pub use read::{open, read_within};
pub use small::{SMALL, hex, read_small, read_small_text};
pub use system::{Exposure, Private, exposure};

#[cfg(test)]
mod tests;
