//! The variables that name the two files.

use std::path::Path;

/// The variables that name the files.
pub const FILE_VARIABLES: [&str; 2] = ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"];

/// What to do about something that can't be read as a file: which variable names another one, if the path shows that.
pub(super) fn named_elsewhere(path: &Path) -> String {
    let usual = [".aws/config", ".aws/credentials"];
    let variables = match usual.iter().position(|usual| path.ends_with(usual)) {
        Some(at) => FILE_VARIABLES[at].to_owned(),
        None => FILE_VARIABLES.join(" or "),
    };
    format!("name another file with {variables}")
}
