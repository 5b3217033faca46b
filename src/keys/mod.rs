//! What rotating an access key means: whose key can be, in which steps, and what must be on the disk before each.
//!
//! A rotation knows two sources of truth, its [`Journal`] and IAM, and asks both at every step, so that it does not
//! matter where the one before it stopped:
//!
//! 1. *Intent.* The journal names the old pair, the time, and the keys that the user has, before a new one is asked for.
//!    If the answer is lost, a key that came into being meanwhile may be the one whose secret nobody has, or somebody
//!    else's: it is deleted only if its ID is given, or after asking.
//! 2. *Create*, and write the new pair into the journal before anything else.
//! 3. *Prove.* The new key has to say that it is the same user. Until then the files are as they were.
//! 4. *Write* it wherever the old one is. Both keys work.
//! 5. *Deactivate* the old one, with the new one: it can do at least that. *Delete* it if that was asked for.
//! 6. *End.* The journal goes.
//!
//! Taking back runs the other way round, and just as often as it takes.

mod account;
mod check;
mod entry;
mod error;
mod folder;
mod issue;
mod journal;
mod plan;
mod rotate;
mod undo;
mod window;

pub use account::{Account, is_refused, is_unknown};
pub use entry::{Creation, Entry, Pair, SCHEMA, Work};
pub use error::Error;
pub use folder::hold;
pub use issue::{Choices, Issue};
pub use journal::{Journal, unfinished};
pub use plan::{command, rotatable, spare, user_of};
pub use rotate::Rotation;
