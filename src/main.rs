//! The `xcred` program.

fn main() {}
