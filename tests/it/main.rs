//! The whole program, tested as a process, and the neighbours it has to agree with.

mod assets;
mod committed;
mod editing;
mod get;
mod grammar;
mod harness;
mod missing;
mod peers;
mod random;
mod reading;
mod readme;
mod rooms;
mod set;
mod shells;
