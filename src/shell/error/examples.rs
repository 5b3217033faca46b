use super::*;
use crate::shell::SHELLS;

examples!(Error {
    Error::Incomplete(_) => [Error::Incomplete("secret access key")],
    Error::Nul(_) => [Error::Nul("AWS_SESSION_TOKEN")],
    Error::Inexpressible { .. } => [Error::Inexpressible {
        shell: SHELLS[0],
        variable: "AWS_SESSION_TOKEN",
        what: "a line break",
    }],
    Error::SetsOnly(_) => [Error::SetsOnly(Shell::named("dotenv").expect("a format"))],
});
