//! The operating system's part of `world`. Another system gets another folder with the same types and functions.

mod ancestry;
mod home;
mod process;

pub use home::NoHome;
pub use process::{parent_names, stop, wait_readable};
