//! What sign-ins need from the operating system. Another system needs a file with the same constants and functions.

use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// The programs that open an address in the desktop's browser.
pub const OPENERS: &[&str] = if cfg!(target_os = "macos") { &["open"] } else { &["xdg-open"] };

/// Separates the program that will be started from this one: Ctrl-C doesn't reach it, and it can't read from the
/// terminal.
pub fn detach(command: &mut Command) {
    command.process_group(0);
}
