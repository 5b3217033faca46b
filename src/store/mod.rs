//! The user's files. This is the only module that writes them. It knows bytes and paths, and nothing of AWS.
//!
//! An [`edit`] is all or nothing, even with concurrent edits and if the process dies at any moment:
//!
//! 1. *Lock.* `flock` on the folder of each file. The kernel releases the locks of a dead process, so no lock file can be
//!    left behind.
//! 2. *Stage.* The new bytes are written to a file without a name in the same folder. It gets the owner and the mode of the
//!    file that it will replace, and is synced. If the process is killed here, nothing is left.
//! 3. *Link.* The staged file gets a hidden name, such as `.config.xcred-new`.
//! 4. *Compare.* Programs that don't take the lock may have written in the meantime. If a file no longer holds the bytes
//!    that the edit was made on, all staged files are dropped and the edit is repeated.
//!    So it is if a file is empty and was written a moment ago: its writer may have only emptied it yet.
//! 5. *Commit.* The hidden name is renamed over the file. From the link to here, signals wait. If a program that had the old
//!    file open has written to it meanwhile, that content is put back in place, and the edit is repeated.
//!
//! If several files change, the rename of the first one is the commit. The hidden names of the others contain the identity
//! of the first one, its inode and time of birth: `.credentials.xcred-with-1234-5678`. The next process that locks the
//! folder settles what a killed process left there. If the file that they follow has its proper name, the edit was
//! committed, and they are renamed, too (unless their target has changed since). Otherwise it was not committed, and they
//! are removed. A file with `-new` in its name never follows another one, so a single file is never saved late. (Unix can't
//! rename two files at once. Until an edit is settled, readers see the part of it that is in place.)
//!
//! Whoever settles an edit notes it, and the command [warns](settled) of it.
//!
//! # In place
//!
//! Some files can't be replaced: mount points, files with several names, files in a folder that can't be written, and
//! files whose owner a new file can't get. [`strategy::Strategy`] detects them before anything is written. Such a file is
//! locked itself, too, because it may be edited through another folder, and is overwritten under a record:
//!
//! 1. *Record.* The old and the new bytes are written to a private file and synced: `.config.xcred-kept` beside the file, or
//!    a similar name in the user's folder for state. The other files of the edit are staged before.
//! 2. *Overwrite.* In a single call if possible. The file is then synced and read back. After an error the old bytes are
//!    restored.
//! 3. *Commit.* If the edit also replaces files, their rename is the commit, and the record is removed after it. Otherwise
//!    the removal of the record is the commit.
//!
//! The next edit that finds a record without a commit restores the old bytes of all files in it; but if the edit replaces
//! no files, and all of them hold their new bytes, which may be nowhere else, it only removes the record. After the death of
//! a process at any moment, every file therefore holds its old bytes, its new bytes, or a mixture that the next edit by the
//! same user turns into the old ones; and all files of an edit are old or all are new. There are limits: readers may see
//! the mixture until then (for less than a page of text the kernel doesn't write one). If another program changes the
//! mixture, the next edit is refused, and its error names the record. If a container is lost together with both places for
//! a record, the mixture remains.
#![expect(clippy::disallowed_methods, reason = "this is the one module that writes files")]

mod calm;
mod dangling;
mod distrust;
mod edit;
mod entry;
mod folder;
mod holder;
mod in_place;
mod leftover;
mod lock;
mod mode;
mod own;
mod problem;
mod publish;
mod quiet;
mod read;
mod record;
mod records;
mod save;
mod settle;
mod settled;
mod small;
mod strategy;
#[cfg_attr(unix, path = "unix/mod.rs")]
#[cfg_attr(windows, path = "windows/mod.rs")]
mod system;
mod target;
mod transaction;
mod why;

pub use calm::{Together, wait_for_saves};
pub use distrust::Distrust;
pub use edit::{
    check, check_private, check_removal, edit, edit_private, has_other_name, interrupted, keep_records_in,
    make_ready, remove, remove_if_empty, try_out, try_out_private, write_private,
};
pub use entry::Entry;
pub use folder::{list, make_missing, remove_made};
pub use lock::{Held, hold, hold_within, is_held};
pub use mode::close;
pub use own::{is_closed, is_foreign_and_closed, read_own, writable_by_others};
pub use problem::Problem;
pub use publish::publish;
pub use read::{open, read_unless_absent};
pub use settled::settled;
pub use small::{SMALL, read_small, read_small_text};
#[cfg(test)]
pub use system::Denial;
pub use system::{
    Changeable, Exposure, Planted, Private, changeable, exposure, is_closable, is_own, planted,
};
pub use target::{is_one, obstacle};

#[cfg(test)]
mod tests;
