//! What a test needs and a machine may lack: then the test says so and passes, but not where `CI` is set.

use std::io::Write as _;
use std::path::Path;

/// Whether the program is not installed.
#[track_caller]
pub(crate) fn is_missing(program: &str) -> bool {
    let folders = ["/bin", "/usr/bin", "/usr/local/bin"].map(Path::new);
    if folders.iter().any(|folder| folder.join(program).is_file()) {
        return false;
    }
    missing(&format!("`{program}` is not installed"));
    true
}

/// Reports that a test is skipped, and why. With `CI` it fails.
#[track_caller]
pub(crate) fn missing(what: &str) {
    let is_ci = std::env::var_os("CI").is_some_and(|ci| !ci.is_empty());
    assert!(!is_ci, "{what}, and CI is set");
    // Past the capture of the test harness, which would swallow this for a test that passes.
    let _ = writeln!(std::io::stderr(), "xcred: a test is skipped: {what}");
}
