//! The text that makes a shell an identity, read by the shells themselves: whatever a value is, it arrives byte for
//! byte, and nothing of it runs.

mod documents;
mod evaluated;
mod hostile;
mod posix;
mod program;
mod stage;

pub(crate) use program::{find, run_by};
