//! Why an identity can't be exported.

use crate::failure::{Code, Explain, Hint};
use crate::origin::Origin;

/// One of the two parts of an access key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Part {
    #[error("access key ID")]
    Id,
    #[error("secret access key")]
    Secret,
}

/// A value that a shell can't receive unchanged is rejected: a different value is worse than none. The values are
/// secrets and are not shown.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// boto3 accepts half a pair; in a shell it authenticates nobody.
    #[error("{}the credentials have no {lacks}", before(.origin))]
    Incomplete {
        lacks: Part,
        /// What should have it.
        origin: Origin,
    },
    /// Environments are NUL-separated.
    #[error("the value for {0} contains a NUL character, which an environment variable can't hold")]
    Nul(&'static str),
    #[error("{shell} can't express {what} in the value for {variable}")]
    Inexpressible {
        /// Its title.
        shell: &'static str,
        variable: &'static str,
        /// What the value contains.
        what: &'static str,
    },
    #[error("{0} can set variables but not remove them")]
    SetsOnly(&'static str),
}

/// Where they are from, if that is a place.
fn before(origin: &Origin) -> String {
    match origin {
        Origin::Process { .. } => format!("{origin}: "),
        _ => origin.before(),
    }
}

impl Explain for Error {
    fn code(&self) -> Code {
        match self {
            Error::SetsOnly(_) => Code::Usage,
            Error::Incomplete { .. } => Code::PartialCredentials,
            _ => Code::InvalidConfig,
        }
    }

    fn help(&self) -> Option<Hint> {
        match self {
            Error::Incomplete { lacks, origin: Origin::Default } => {
                Some(format!("give the {lacks}, too").into())
            }
            Error::Incomplete { origin: Origin::Process { .. }, .. } => {
                Some("run the program by hand to see what it prints".into())
            }
            Error::Incomplete { .. } | Error::Nul(_) => None,
            Error::Inexpressible { .. } => {
                Some("use `--format json`, or `xcred exec -- CMD`: they pass any value".into())
            }
            Error::SetsOnly(_) => Some("delete the assignments from the file instead".into()),
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Error::Incomplete { origin: Origin::Default, .. } => None,
            Error::Incomplete { origin, .. } => Some(origin.clone()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod examples;
