//! Lossless INI text: what Python's raw reader makes of any bytes, and edits that change only what they must.
//!
//! This room knows the grammar and nothing about AWS: which section is which profile, where a key belongs and
//! what it means is the business of `profile`.

mod bracketed;
mod by_key;
mod bytes;
mod contents;
pub mod dialect;
mod document;
mod edit;
mod embedded;
mod encoding;
mod fault;
mod faults;
#[cfg(test)]
mod fuzz;
mod guard;
mod insertion;
mod key;
mod keys;
#[cfg(test)]
mod laws;
mod layout;
mod line;
mod loss;
mod lost;
mod names;
mod numbers;
mod part;
mod refusal;
mod representable;
mod scan;
mod span;
mod splice;
mod text;

#[cfg(test)]
pub use bracketed::DISGUISED;
pub use bracketed::unbracketed;
pub use bytes::Bytes;
pub use contents::{Contents, Nested, Value};
pub use document::{Document, Entry, Section};
pub use edit::Draft;
pub use embedded::setting_in;
pub use encoding::{BYTE_ORDER_MARK, Encoding};
pub use fault::{Fault, FaultKind};
pub use key::{Key, lowered, same_key};
pub use line::{Kind, Line, Stray};
pub use lost::{Cause, LostHeader};
pub use names::Names;
pub use refusal::Refusal;
pub use text::lines;
