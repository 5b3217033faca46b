//! The whole program, tested as a process, and the neighbours it has to agree with.

mod configure;
mod configure_guides;
mod configure_import;
mod editing;
mod grammar;
mod harness;
mod peers;
mod pty;
mod pty_looks;
mod random;
mod reading;
mod set;
mod terminal;
