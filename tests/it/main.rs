//! The whole program, tested as a process, and the neighbours it has to agree with.

mod grammar;
mod harness;
mod peers;
mod set;
