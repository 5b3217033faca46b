//! What every setting of boto3 is called, and which of its values counts: option, environment, then the files.

mod check;
mod effective;
mod profile;
mod table;

pub use check::{doubts, is_plausible_access_key_id, is_known_region, KNOWN_REGIONS};
pub use effective::{Options, Setting, Shadowed, all, all_stored, effective, is_secret, stored};
pub use profile::{Selection, select};
pub use table::{Applies, Kind, Sdk, Variable, VARIABLES, variable};
