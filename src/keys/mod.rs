//! Creating and rotating access keys: which keys, in which steps, and what must be on the disk before each.
//!
//! A rotation has two sources of truth, its [`Journal`] and IAM. Every step checks both, so that an interrupted rotation
//! can continue from any step:
//!
//! 1. *Intent.* Before a new key is requested, the journal has the old pair, the time, and the keys of the user. If the
//!    response is lost, a key that was created meanwhile may be the lost one, or someone else's: it is deleted only if
//!    its ID is given, or after asking.
//! 2. *Create*, and write the new pair into the journal before anything else.
//! 3. *Test.* The new key must belong to the same user. Until then the files are unchanged.
//! 4. *Write* it wherever the old one is. Both keys work.
//! 5. *Deactivate* the old one, signed with the new one. *Delete* it if the user wants that.
//! 6. *End.* The journal is removed.
//!
//! Rolling back is the reverse, and can be repeated.

mod access;
mod account;
mod again;
mod entry;
mod error;
mod fault;
mod folder;
mod issue;
mod journal;
mod keep;
mod leftover;
mod owner;
mod plan;
mod proof;
mod recorded;
mod request;
mod rotate;
mod undo;
mod unfinished;

pub use access::Access;
pub use account::{Account, SecondFactor, UserKeys, is_dispensable, is_refused, is_unknown};
pub use again::Work;
pub use entry::{Creation, Entry, Pair, Record, SCHEMA};
pub use error::Error;
pub use folder::{PATIENCE, hold};
pub use issue::{Choices, Issue};
pub use journal::Journal;
#[cfg(test)]
pub(crate) use leftover::Leftover;
pub use leftover::{leftovers, may_be_unfinished};
pub use owner::{Caller, carry, hold_named, require_finished, unfinished};
pub use plan::{rotatable, spare, user_of};
pub use recorded::{holding, lost_of, place_of};
pub use request::Request;
pub use rotate::{OldKey, Rotation};
pub use unfinished::Unfinished;
