//! What refers to a profile by its name.

use super::FileKind;
use crate::origin::Place;

/// A value that names a profile.
#[derive(Clone, Debug)]
pub struct Reference {
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

/// That a profile is in use, as a predicate.
pub(super) fn users(users: &[Reference]) -> String {
    let each = |called: bool| {
        let some = users.iter().filter(move |user| user.program.is_some() == called);
        some.map(|user| format!("`{}` ({})", user.user, user.place)).collect::<Vec<_>>().join(", ")
    };
    match (each(false), each(true)) {
        (sources, lines) if lines.is_empty() => format!("is the source of {sources}"),
        (sources, lines) if sources.is_empty() => format!("is named in the command line of {lines}"),
        (sources, lines) => format!("is the source of {sources}, and named in the command line of {lines}"),
    }
}

/// What became of the references to profiles that were renamed.
#[derive(Clone, Debug, Default)]
pub struct Followed {
    /// The values that have the new name.
    pub places: Vec<Place>,
    pub left: Vec<Left>,
}

/// A value that still has an old name: a command line, or one that only some SDKs take for the name.
#[derive(Clone, Debug)]
pub struct Left {
    pub place: Place,
    pub program: String,
    pub name: String,
    pub new_name: String,
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
