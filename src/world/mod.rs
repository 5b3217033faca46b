//! The environment, the home folders and the clock. No other module gets them from the operating system.
//!
//! Values of the system are bytes. Paths stay bytes; they are converted to text only to be shown, or where a value must
//! be text.

mod captured;
mod programs;
#[cfg_attr(unix, path = "unix/mod.rs")]
#[cfg_attr(windows, path = "windows/mod.rs")]
mod system;
mod zone;

pub use captured::{NotText, World};
pub use system::{
    NoHome, is_no_program, is_shortage, stop, stop_soon, wait_readable, was_interrupted, was_killed,
};
