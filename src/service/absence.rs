//! Why an instance has no credentials, which is not an error.

use crate::net;

#[derive(Debug, thiserror::Error)]
pub enum Absence {
    #[error("`metadata_service_num_attempts` allows no attempts")]
    NoAttempts,
    #[error("the instance metadata service refused the request for a token (status 400)")]
    TokenRefused,
    #[error("{url} doesn't say how long its token holds")]
    Untimed { url: String },
    #[error("the name of the role from {url} has a line break or a blank")]
    Name { url: String },
    #[error(transparent)]
    Net(net::Error),
    #[error("{url} returned status {status}")]
    Status { url: String, status: u16 },
    #[error("{url} returned an empty response")]
    Empty { url: String },
    #[error("the response from {url} is not JSON")]
    NotJson { url: String },
    /// The response is an error, or lacks a member.
    #[error("{}", incomplete(.url, .member, .words.as_deref()))]
    Incomplete {
        url: String,
        member: &'static str,
        /// The instance's own message.
        words: Option<String>,
    },
}

impl Absence {
    /// Whether the answer is not a document.
    pub fn is_garbage(&self) -> bool {
        matches!(self, Absence::NotJson { .. } | Absence::Empty { .. })
    }

    /// Whether nothing answers there.
    pub fn is_silence(&self) -> bool {
        matches!(self, Absence::Net(_))
    }

    /// Whether nothing answers there, or it says that there is no role.
    pub fn is_unavailable(&self) -> bool {
        match self {
            Absence::Net(_) => true,
            Absence::Status { url, status } => *status == 404 && url.ends_with('/'),
            _ => false,
        }
    }

    /// Whether the instance failed before it named a role.
    pub fn is_before_name(&self) -> bool {
        match self {
            Absence::NoAttempts | Absence::TokenRefused | Absence::Net(_) => true,
            Absence::Status { url, .. } => url.ends_with('/'),
            _ => false,
        }
    }
}

fn incomplete(url: &str, member: &str, words: Option<&str>) -> String {
    match words {
        Some(words) => format!("{url} returned the error: {words}"),
        None => format!("the credentials from {url} have no usable `{member}`"),
    }
}
