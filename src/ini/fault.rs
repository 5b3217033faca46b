//! What makes a document unreadable to botocore and AWS CLI: each fault with its line and its fix.

use std::borrow::Cow;
use std::fmt;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// Text in another encoding.
    Encoding(Encoding),
    /// The file begins with a byte order mark.
    ByteOrderMark,
    /// A line that has no meaning in its place.
    Stray(Stray),
    /// A header that the file has already.
    RepeatedSection {
        /// The text between the brackets.
        name: String,
        /// The line of the one before it.
        first: u32,
    },
    /// A key that its section has already; case doesn't matter.
    RepeatedKey {
        /// The key in lower case.
        key: String,
        /// The line of the one before it.
        first: u32,
    },
    /// A line of a nested block without `=`.
    NestedWithoutEquals,
    /// A header that isn't read as one, so that the lines below it belong to the section above.
    LostHeader {
        /// The header as it is written, with the brackets that it has.
        header: String,
        /// Why it isn't read.
        cause: Cause,
        /// The key below it that the section above has too, in lower case, with its line.
        repeated: Option<(String, u32)>,
    },
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FaultKind::NotUtf8 => f.write_str("invalid UTF-8"),
            FaultKind::Encoding(encoding) => encoding.fmt(f),
            FaultKind::ByteOrderMark => f.write_str("the file begins with a byte order mark"),
            FaultKind::Stray(Stray::NoSection) => f.write_str("text before the first `[section]`"),
            FaultKind::Stray(Stray::NoDelimiter) => {
                f.write_str("not a `key = value` line, section header or comment")
            }
            FaultKind::Stray(Stray::NoKey) => f.write_str("no key before the delimiter"),
            FaultKind::RepeatedSection { name, first } => {
                write!(f, "duplicate section `[{name}]`, first defined on line {first}")
            }
            FaultKind::RepeatedKey { key, first } => {
                write!(f, "duplicate key `{key}`, first set on line {first}")
            }
            FaultKind::NestedWithoutEquals => f.write_str("a line in a nested block has no `=`"),
            FaultKind::LostHeader { header, cause, repeated } => {
                write!(f, "`{header}` {cause}")?;
                repeated.as_ref().map_or(Ok(()), |(key, line)| {
                    write!(f, ", and `{key}` on line {line} is a duplicate in the section above")
                })
            }
        }
    }
}

impl FaultKind {
    /// What the user can do about it.
    pub fn help(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            FaultKind::LostHeader { header, cause, .. } => return Cow::Owned(cause.fix(header)),
            FaultKind::NotUtf8 => "save the file as UTF-8",
            FaultKind::Encoding(encoding) => encoding.help(),
            FaultKind::ByteOrderMark => {
                "save the file as UTF-8 without a byte order mark; any edit by xcred removes it, too"
            }
            FaultKind::Stray(Stray::NoSection) => {
                "put a header such as `[default]` above the line, or remove it"
            }
            FaultKind::Stray(Stray::NoDelimiter) => {
                "write `key = value`, begin the line with `#`, or remove it"
            }
            FaultKind::Stray(Stray::NoKey) => "write a key before the delimiter, or remove the line",
            FaultKind::RepeatedSection { .. } => {
                "move the lines of the second section below the first header"
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
