//! The output of commands: JSON documents, tables and screens. The same facts always give the same text.

pub mod json;
mod process;
mod receipt;
mod report;
mod screen;
mod table;
mod time;

pub use process::{container_document, process_document};
pub use receipt::Receipt;
pub use report::{Document, Report};
pub use table::Table;
pub use time::{distance, until};
