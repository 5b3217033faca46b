//! What every setting of boto3 is called, and which of its values counts: option, environment, then the files.

mod check;
mod effective;
mod masking;
mod profile;
mod table;
mod value;

pub use check::{KNOWN_REGIONS, are_swapped, doubts, is_plausible_access_key_id};
pub use effective::{Options, Setting, all, all_stored, effective, effective_of, is_secret, stored};
pub use masking::{masked, names_secret};
pub use profile::{Selection, select};
pub use table::*;
pub use value::{boolean, integer};
