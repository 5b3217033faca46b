//! The `xcred` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(xcred::run(std::env::args_os(), xcred::World::capture()).code())
}
