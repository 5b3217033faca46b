//! Two sections of one file that are meant to be one.

#[cfg(test)]
use crate::settings::AWS_ACCESS_KEY_ID;

/// The header with which another one is meant to be one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// Its line number, counted from 1.
    line: u32,
    /// A key that is below both: twice in one section, it would make the file invalid.
    key: Option<Box<str>>,
}

impl Join {
    pub(super) fn new(line: u32, key: Option<Box<str>>) -> Join {
        Join { line, key }
    }

    /// What makes one section of both, as a clause in the imperative about the other header. `header` is the one of both, with
    /// brackets.
    pub fn fix(&self, header: &str) -> String {
        let Join { line, key } = self;
        match key {
            None => format!("move the lines below it to `{header}` on line {line}, and remove it"),
            Some(key) => {
                format!(
                    "join it with `{header}` on line {line}, and keep each key, such as `{key}`, only once"
                )
            }
        }
    }

    #[cfg(test)]
    pub(crate) fn examples() -> [Join; 2] {
        [None, Some(AWS_ACCESS_KEY_ID.name.into())].map(|key| Join { line: 4, key })
    }
}
