//! Everything ambient, captured once: the environment, the home folders and the clock. Nothing else in the
//! program asks the operating system for them.
//!
//! What the system holds is bytes. Paths stay bytes to the end; text is made of them only to be shown, or where a
//! value must be text to mean anything.

mod captured;
#[cfg_attr(unix, path = "unix/mod.rs")]
#[cfg_attr(windows, path = "windows/mod.rs")]
mod system;

pub use captured::{NotText, World};
pub use system::{NoHome, stop, wait_readable};
