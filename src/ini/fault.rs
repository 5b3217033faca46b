//! What makes a document unreadable to botocore and AWS CLI: each fault with its line and its fix.

use std::borrow::Cow;

use super::encoding::Encoding;
use super::line::Stray;
use super::lost::Cause;

/// One reason why Python's reader, and so AWS CLI and boto3, give up on the whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line number, counted from 1.
    pub line: u32,
    /// What is wrong there.
    pub kind: FaultKind,
}

/// What can make a file unreadable.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// Bytes that are not UTF-8.
    #[error("invalid UTF-8")]
    NotUtf8,
    /// Text in another encoding.
    #[error("{0}")]
    Encoding(Encoding),
    /// The file begins with a byte order mark.
    #[error("the file begins with a byte order mark")]
    ByteOrderMark,
    /// A line that has no meaning in its place.
    #[error("{0}")]
    Stray(Stray),
    /// A header with nothing between its brackets.
    #[error("`[]` is a section header without a name")]
    NoName,
    /// A line that a merge left between two versions of the lines around it.
    #[error("unresolved merge conflict")]
    Conflict,
    /// A header that the file has already.
    #[error("duplicate section `[{name}]`, first defined on line {first}")]
    RepeatedSection {
        /// The text between the brackets.
        name: String,
        /// The line of the one before it.
        first: u32,
    },
    /// A key that its section has already; case doesn't matter.
    #[error("duplicate key `{key}`, first set on line {first}")]
    RepeatedKey {
        /// The key in lower case.
        key: String,
        /// The line of the one before it.
        first: u32,
    },
    /// A line of a nested block without `=`.
    #[error("a line in a nested block has no `=`")]
    NestedWithoutEquals,
    /// A header that isn't read as one, so that the lines below it belong to the section above.
    #[error("`{header}` {cause}{}", above(repeated.as_ref()))]
    LostHeader {
        /// The header as it is written, with the brackets that it has.
        header: String,
        /// Why it isn't read.
        cause: Cause,
        /// The key below it that the section above has too, in lower case, with its line.
        repeated: Option<(String, u32)>,
    },
}

/// The end of a message about a lost header: the key that the section above has, too.
fn above(repeated: Option<&(String, u32)>) -> String {
    repeated.map_or_else(String::new, |(key, line)| {
        format!(", and `{key}` on line {line} is a duplicate in the section above")
    })
}

impl FaultKind {
    /// What the user can do about it.
    pub fn help(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            FaultKind::LostHeader { header, cause, .. } => return Cow::Owned(cause.fix(header)),
            FaultKind::NotUtf8 => "save the file as UTF-8",
            FaultKind::Encoding(encoding) => encoding.help(),
            FaultKind::ByteOrderMark => "save the file as UTF-8 without a byte order mark",
            FaultKind::Stray(Stray::NoSection) => {
                "put a header such as `[default]` above the line, or remove it"
            }
            FaultKind::Stray(Stray::NoDelimiter) => {
                "write `key = value`, begin the line with `#`, or remove it"
            }
            FaultKind::Stray(Stray::NoKey) => "write a key before the delimiter, or remove the line",
            FaultKind::NoName => "write the name of the section between the brackets",
            FaultKind::Conflict => {
                "keep one side, and remove the other and the lines of `<<<<<<<`, `=======` and `>>>>>>>`"
            }
            FaultKind::RepeatedSection { .. } => {
                "move the lines of the second section below the first header"
            }
            FaultKind::RepeatedKey { key, .. } if key == "$env" => {
                "PowerShell's `$Env:NAME = \"value\"` isn't a setting: write `name = value` on each such line"
            }
            FaultKind::RepeatedKey { .. } => "remove one of the two lines",
            FaultKind::NestedWithoutEquals => {
                "write `key = value` on each indented line, or put the value on the line of its key"
            }
        })
    }
}

#[cfg(test)]
mod examples;
