//! The whole program, tested as a process.


