//! The operating system's part of `world`. Another system gets another folder with the same types and functions.

mod ancestry;
mod home;
mod process;

pub use home::NoHome;
pub use process::{
    is_executable, is_no_program, is_shortage, parent_names, stop, stop_soon, wait_readable, was_interrupted,
    was_killed,
};
