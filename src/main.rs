//! The `xcred` program.
//!
//! On Linux with glibc it begins with C's `main`. In front of Rust's, the standard library looks for the end of the stack
//! in `/proc/self/maps`, and makes another stack on which it would report an overflow: a tenth of the time that most
//! commands take. What else it does there, [`xcred::prepare`] does.
#![cfg_attr(all(target_os = "linux", target_env = "gnu"), no_main)]

use xcred::{World, run};

#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

/// C's entry point.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "the linker has to find it by its name, and no other library has a `main`")]
#[expect(clippy::disallowed_methods, reason = "C takes no `Exit`")]
#[unsafe(no_mangle)]
extern "C" fn main() -> std::ffi::c_int {
    match xcred::prepare() {
        // glibc gives the arguments to the standard library, with or without Rust's `main`.
        Ok(()) => std::process::exit(run(std::env::args_os(), World::capture()).code().into()),
        Err(_) => std::process::abort(),
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn main() -> std::process::ExitCode {
    run(std::env::args_os(), World::capture()).code().into()
}
