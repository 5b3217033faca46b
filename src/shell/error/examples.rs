use super::*;

examples!(Error {
    Error::Incomplete(_) => [Error::Incomplete("secret access key")],
    Error::Nul(_) => [Error::Nul("AWS_SESSION_TOKEN")],
    Error::Inexpressible { .. } => [Error::Inexpressible {
        shell: "a POSIX shell",
        variable: "AWS_SESSION_TOKEN",
        what: "a line break",
    }],
    Error::SetsOnly(_) => [Error::SetsOnly("a dotenv file")],
});
