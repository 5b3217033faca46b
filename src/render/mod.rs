//! What was found out, as bytes: no room here reads or asks anything.

mod report;
mod screen;

pub use report::{Report, Warning, without_beginning};
