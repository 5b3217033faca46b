//! Standard output and standard error. `clippy.toml` bans them elsewhere, so that nothing reaches them unless `ui` writes it.

use std::io::{self, Stderr, Stdout};

use console::Term;

#[expect(clippy::disallowed_methods, reason = "`ui` writes to standard output")]
pub(super) fn out() -> Stdout {
    io::stdout()
}

#[expect(clippy::disallowed_methods, reason = "`ui` writes to standard error")]
pub(super) fn err() -> Stderr {
    io::stderr()
}

/// The width of standard output; `None` for a file or a pipe.
#[expect(clippy::disallowed_methods, reason = "asks for the size and writes nothing")]
pub(super) fn out_columns() -> Option<usize> {
    columns(&Term::stdout())
}

/// The width of standard error; `None` for a file or a pipe.
#[expect(clippy::disallowed_methods, reason = "asks for the size and writes nothing")]
pub(super) fn err_columns() -> Option<usize> {
    columns(&Term::stderr())
}

fn columns(term: &Term) -> Option<usize> {
    term.size_checked().map(|(_, columns)| columns.into())
}
