//! The whole program, tested as a process, and the neighbours it has to agree with.

mod editing;
mod grammar;
mod harness;
mod peers;
mod random;
mod reading;
mod set;
mod shells;
