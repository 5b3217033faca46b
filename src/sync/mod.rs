//! Profiles for everything that a user may use through IAM Identity Center: which of them are added, changed, renamed
//! and removed. This is decided from a listing and the two files alone; nothing is requested or written here.
//!
//! A profile belongs to xcred while it has its [`mark`], a comment below the header. Its identity is the sign-in, the
//! account and the role, not its name, so that it keeps its name if the account is renamed.

mod changes;
mod error;
mod listing;
mod mark;
mod names;
mod owned;
mod pattern;
mod plan;
mod reduction;
mod renames;
mod template;
#[cfg(test)]
mod tests;
mod wishes;

pub use changes::{Change, Conflict, Kept, Why};
pub use error::Error;
pub use listing::{Account, Portal, Roles};
pub use mark::is_mark;
pub use plan::Plan;
pub use reduction::reduced;
pub use template::Template;
pub use wishes::Wishes;
