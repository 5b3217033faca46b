//! What the AWS config and credentials files say: which section is which profile, and every value with its line.
//!
//! The rules are botocore's: the credentials file wins key by key, the later of two headers for one profile
//! replaces the earlier, and `[DEFAULT]` is inherited by every section of its file.

mod batch;
mod changes;
mod commands;
mod common_keys;
mod edit;
mod edited;
mod error;
mod fault;
mod file;
mod files;
mod following;
mod header;
mod hidden;
mod invocation;
mod join;
mod key;
mod key_files;
mod key_paths;
mod lookalike;
mod merged;
mod name;
mod naming;
mod notice;
mod one_file;
pub mod outside;
mod pair;
mod reference;
mod repair;
mod transaction;
mod twin;
mod variables;
mod whole;

pub use batch::{Batch, NewProfile, Users};
pub use commands::WhenMissing;
pub use common_keys::Joins;
pub use edit::{KeyChanges, KeysChanged, Placed, is_credential};
pub use edited::Edited;
pub use error::{Error, unset_or_see};
pub use fault::fix_of;
pub use file::File;
pub use files::{Files, Reading};
pub use hidden::Inherited;
pub use invocation::{Printed, is_bridge, is_subcommand, mentions, printed};
pub use join::Join;
pub use key::{KeyPath, Wanted};
pub use key_files::{KeyFiles, Uneditable, is_left};
pub use key_paths::{KeyPaths, absolute};
pub use lookalike::Lookalike;
pub use merged::{Found, Profile};
pub use name::{FileKind, Heading, SectionName};
#[cfg(test)]
pub use naming::NameFault;
pub(crate) use notice::{Notice, bounded};
pub use pair::Holder;
#[cfg(test)]
pub use pair::together;
pub use reference::{Followed, Left, Reference};
pub use repair::Repair;
pub use twin::Twin;
pub use variables::FILE_VARIABLES;
