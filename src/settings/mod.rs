//! The table of settings: their names, variables and kinds, and what looks wrong about a value.

mod check;
mod masking;
mod names;
mod regions;
mod spellings;
mod table;
mod value;
mod variable;

pub use check::{
    Doubt, are_swapped, doubts, doubts_about, is_plausible_access_key_id, misspelled, region_meant,
};
pub use masking::{masked, named, shown, shown_name, without_password, without_stray};
pub use names::{is_address, is_secret, names_secret, placeholder};
pub use regions::KNOWN_REGIONS;
pub use spellings::spelled_elsewhere;
pub use table::*;
pub use value::{boolean, integer};
pub use variable::{CaseRule, Empty, Kind, Scope, Variable};
