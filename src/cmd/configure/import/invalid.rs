//! Why a text has no keys, and why one of its keys is not imported. Nothing of a row is repeated: if the columns are mixed
//! up, any field may be a secret.

use crate::cmd::configure::pasted::Part;
use crate::profile;

/// Why a key is not imported.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Invalid {
    #[error("it has no user name")]
    NoUser,
    #[error("its user name has a line break in it; is a quote left open?")]
    BrokenUser,
    #[error("its user name looks like a key; are the columns swapped?")]
    KeyAsUser,
    #[error("it has no access key ID")]
    NoId,
    #[error("it has no secret access key")]
    NoSecret,
    #[error("its access key contains whitespace")]
    Whitespace,
    #[error("its access key ID and its secret access key look swapped")]
    Swapped,
    #[error("its access key ID {0}")]
    OddId(&'static str),
    #[error("its temporary access key has no session token")]
    NoToken,
    #[error("its session token contains whitespace")]
    TokenWhitespace,
    #[error("an earlier entry has the same user name")]
    RepeatedUser,
    #[error("a profile can have only one access key")]
    SecondKey,
    #[error("this is another {0} than the one above it, and a profile can have only one")]
    Repeated(Part),
    /// The profile can't have that name.
    #[error(transparent)]
    Profile(#[from] profile::Error),
}

/// Why the first line of a CSV text doesn't name its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoColumns {
    #[error("no column `Access key ID`, and no column `Secret access key`")]
    Neither,
    #[error("no column `Access key ID`")]
    Id,
    #[error("no column `Secret access key`")]
    Secret,
    #[error("two columns have the same name")]
    Repeated,
}

#[cfg(test)]
mod examples;
