//! Characters because of which some SDKs refuse a file.

use super::Sdk;

/// The SDKs that refuse a whole file because of this character in a header.
pub fn refusing(c: char) -> Vec<&'static str> {
    let refuses = |sdk: &&Sdk| sdk.ruled.is_some_and(|ruled| ruled.files.dialect.refuses_in_header(c));
    Sdk::all().iter().filter(refuses).map(|sdk| sdk.short_title()).collect()
}

/// The first character of a name because of which SDKs refuse the whole file that has it in a header.
pub fn refused_mark(name: &str) -> Option<char> {
    name.chars().find(|c| !refusing(*c).is_empty())
}
