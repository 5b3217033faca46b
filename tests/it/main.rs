//! The whole program, tested as a process, and the neighbours it has to agree with.

mod disk;
mod editing;
mod faults;
mod grammar;
mod harm;
mod harness;
mod kept;
mod peers;
mod random;
mod reading;
mod refused;
mod set;
mod strace;
