//! Why there is no text for an identity.

use super::Shell;
use crate::failure::{Code, Explain, Hint};

/// What an environment, or the text of one shell, can't carry is refused: a value that arrives as another is worse
/// than none. The values themselves are secrets and are not told.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// boto3 lets a session have half of a pair; a shell with half a pair has no identity.
    #[error("the credentials have no {0}")]
    Incomplete(&'static str),
    /// Environments are NUL-separated.
    #[error("the value for {0} holds a NUL character, which no environment can carry")]
    Nul(&'static str),
    /// This shell's text has no way to say it.
    #[error("{} can't express {what} in the value for {variable}", shell.title())]
    Inexpressible {
        /// The shell.
        shell: Shell,
        /// The variable whose value it is.
        variable: &'static str,
        /// The kind of character.
        what: &'static str,
    },
    /// A file of assignments can't take a variable away.
    #[error("{} can set variables but not remove them", .0.title())]
    SetsOnly(Shell),
}

impl Explain for RenderError {
    fn code(&self) -> Code {
        match self {
            RenderError::SetsOnly(_) => Code::Usage,
            RenderError::Incomplete(_) => Code::PartialCredentials,
            _ => Code::InvalidConfig,
        }
    }

    fn help(&self) -> Option<Hint> {
        match self {
            RenderError::Incomplete(_) | RenderError::Nul(_) => None,
            RenderError::Inexpressible { .. } => {
                Some("use `--format json`, or `xcred exec -- CMD`: they carry any value".into())
            }
            RenderError::SetsOnly(_) => Some("leave the assignments out of the file instead".into()),
        }
    }
}
