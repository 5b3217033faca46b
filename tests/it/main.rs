//! The whole program, tested as a process, and the neighbours it has to agree with.

mod configure;
mod configure_guides;
mod configure_import;
mod disk;
mod editing;
mod exports;
mod faults;
mod get;
mod grammar;
mod harm;
mod harness;
mod kept;
mod list_profiles;
mod peers;
mod pty;
mod pty_looks;
mod random;
mod reading;
mod refused;
mod set;
mod strace;
mod terminal;
