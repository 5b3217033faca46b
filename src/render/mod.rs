//! An identity as the text that a shell, or a program that reads an environment, takes it from. Nothing here reads
//! or writes: the same environment always gives the same text.

mod environment;
mod error;
mod literal;
mod shell;
mod splitproof;
mod statements;

pub use environment::{Environment, VARIABLES};
pub use error::RenderError;
pub use shell::Shell;
pub use statements::code;
