use super::*;
use crate::catalogue::line;

examples!(Error {
    Error::Incomplete { .. } => [line(3), Origin::Default]
        .map(|origin| Error::Incomplete { lacks: Part::Secret, origin }),
    Error::Nul(_) => [Error::Nul("AWS_SESSION_TOKEN")],
    Error::Inexpressible { .. } => [Error::Inexpressible {
        shell: "a POSIX shell",
        variable: "AWS_SESSION_TOKEN",
        what: "a line break",
    }],
    Error::SetsOnly(_) => [Error::SetsOnly("a dotenv file")],
});
