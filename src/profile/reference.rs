//! What refers to a profile by its name.

use super::FileKind;
use crate::origin::Place;

/// A value that names a profile.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The file that it is in.
    pub(super) kind: FileKind,
    /// The index of the section that has the value, perhaps from `[DEFAULT]`.
    pub(super) section: usize,
    /// The profile that has the value.
    pub user: String,
    pub(super) key: &'static str,
    pub(super) value: String,
    /// Where the value is.
    pub place: Place,
    /// Whether an earlier line of its section has the key, too.
    pub(super) is_repeated: bool,
    /// The program that is given the name, if the value is a command line.
    pub program: Option<String>,
}

/// What became of the references to a profile that has another name now.
#[derive(Clone, Debug, Default)]
pub struct Renamed {
    /// The values that name it by its new name.
    pub followed: Vec<Place>,
    /// The values that still have the old name, such as command lines.
    pub left: Vec<Reference>,
}

#[cfg(test)]
impl Reference {
    /// One of the profile `ci`.
    pub(super) fn example(program: Option<&str>, place: Place) -> Reference {
        let (user, program) = ("ci".to_owned(), program.map(str::to_owned));
        Reference {
            kind: FileKind::Config,
            user,
            section: 0,
            key: crate::settings::SOURCE_PROFILE.name,
            value: String::new(),
            place,
            is_repeated: false,
            program,
        }
    }
}
