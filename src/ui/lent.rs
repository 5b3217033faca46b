//! The terminal while it belongs to a command that xcred has started and waits for: xcred asks nothing there, shows no
//! progress, and its Ctrl-C is for the command.

use std::sync::atomic::{AtomicBool, Ordering};

static LENT: AtomicBool = AtomicBool::new(false);

/// From here on the terminal and its signals are the command's, to the end of the program.
pub fn lend_terminal() {
    LENT.store(true, Ordering::SeqCst);
}

/// Whether the terminal, and standard input, are a command's.
pub fn terminal_is_lent() -> bool {
    LENT.load(Ordering::SeqCst)
}
