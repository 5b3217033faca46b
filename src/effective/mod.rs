//! The effective value of a setting: which of the option, the environment and the files takes precedence.

mod active;
mod error;
mod lookup;
mod selection;
mod setting;
mod stored;

pub use active::{Active, active};
pub use error::Error;
pub use lookup::{Lookup, Options};
pub use selection::{Selection, select};
pub use setting::Setting;
pub use stored::{all_stored, hidden_by_block, stored};

#[cfg(test)]
mod tests;
