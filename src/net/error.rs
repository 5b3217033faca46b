//! Why a request got no answer.

use std::error::Error as _;
use std::path::PathBuf;
use std::time::Duration;
use std::{error, io};

use super::Distrust;
use crate::failure::{Code, Exit, Explain, Hint};
use crate::origin::shown;
use crate::world::NoHome;

/// What was being waited for when the time was up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// A connection.
    Connect,
    /// The answer, or more of it.
    Read,
}

/// An error of this room. Addresses are shown without user names and queries, which may hold secrets.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address can't be one.
    #[error("`{url}` is not a valid URL: {reason}")]
    Url {
        /// What was given.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A header can't be sent: its value, which may be secret, has a line break or another control character.
    #[error("the value of the header `{name}` contains a character that isn't allowed in a header")]
    Header {
        /// The header.
        name: String,
    },
    /// Nobody is there.
    #[error("no connection to {url}: {reason}")]
    Connect {
        /// The address.
        url: String,
        /// What the system says.
        reason: String,
        /// How long was waited.
        after: Duration,
    },
    /// Nothing came in time.
    #[error("{}", timeout(.url, *.phase, *.after))]
    Timeout {
        /// The address.
        url: String,
        /// What was waited for.
        phase: Phase,
        /// How long.
        after: Duration,
    },
    /// The other side can't prove who it is, or speaks no TLS.
    #[error("no secure connection to {url}: {reason}")]
    Tls {
        /// The address.
        url: String,
        /// What is wrong.
        reason: Distrust,
    },
    /// The proxy does not let the request through.
    #[error("no connection to {url} through the proxy {proxy}: {reason}")]
    Proxy {
        /// The address.
        url: String,
        /// The proxy.
        proxy: String,
        /// What it says.
        reason: String,
    },
    /// The setting for the proxy is not an address.
    #[error("the proxy `{proxy}` is not a valid URL")]
    ProxyUrl {
        /// The setting, without a user name.
        proxy: String,
    },
    /// The proxy speaks something else than HTTP.
    #[error("the proxy `{proxy}` can't be used: its scheme is `{scheme}`, not http or https")]
    ProxyScheme {
        /// The setting, without a user name.
        proxy: String,
        /// Its scheme.
        scheme: String,
    },
    /// The answer doesn't end.
    #[error("the response from {url} is larger than 1 MiB")]
    Long {
        /// The address.
        url: String,
    },
    /// The connection broke before the answer was complete.
    #[error("the response from {url} was cut off: {reason}")]
    Body {
        /// The address.
        url: String,
        /// What happened.
        reason: String,
        /// How long was waited.
        after: Duration,
    },
    /// The file of trusted certificates can't be read.
    #[error("the CA bundle `{}` can't be read", shown(.path))]
    CaBundle {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file of trusted certificates has none.
    #[error("`{}` contains no usable PEM certificate", shown(.path))]
    NoCertificate {
        /// The file.
        path: PathBuf,
    },
    /// The file of trusted certificates is in a home that there isn't.
    #[error("the CA bundle `{}` can't be read: {home}", shown(&home.path))]
    NoHome {
        /// The file, and why there is none.
        home: NoHome,
    },
    /// The system lacks what a request takes.
    #[error("can't send requests: {reason}")]
    Machine {
        /// What is missing.
        reason: String,
    },
}

fn timeout(url: &str, phase: Phase, after: Duration) -> String {
    let after = after.as_secs_f64();
    match phase {
        Phase::Connect => format!("no connection to {url} within {after:.1} s"),
        Phase::Read => format!("no response from {url} within {after:.1} s"),
    }
}

impl Error {
    /// Whether asking again may help: nobody answered, or not all of the answer came.
    ///
    /// botocore also asks again after a certificate is refused, which never ends differently.
    pub fn is_transient(&self) -> bool {
        match self {
            Error::Connect { .. } | Error::Timeout { .. } | Error::Proxy { .. } | Error::Body { .. } => true,
            Error::Url { .. }
            | Error::Header { .. }
            | Error::Tls { .. }
            | Error::ProxyUrl { .. }
            | Error::ProxyScheme { .. }
            | Error::Long { .. }
            | Error::CaBundle { .. }
            | Error::NoHome { .. }
            | Error::NoCertificate { .. }
            | Error::Machine { .. } => false,
        }
    }

    /// What an error of reqwest means.
    pub(super) fn from_reqwest(
        error: &reqwest::Error,
        url: String,
        proxy: Option<String>,
        after: Duration,
    ) -> Error {
        let reason = first_cause(error);
        if error.is_builder() {
            return Error::Url { url, reason };
        }
        if !error.is_connect() {
            return if error.is_timeout() {
                Error::Timeout { url, phase: Phase::Read, after }
            } else {
                Error::Body { url, reason, after }
            };
        }
        if let Some(tls) = causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
            Error::Tls { url, reason: Distrust::of(tls) }
        } else if error.is_timeout() {
            Error::Timeout { url, phase: Phase::Connect, after }
        } else if let Some(proxy) = proxy {
            Error::Proxy { url, proxy, reason }
        } else {
            Error::Connect { url, reason, after }
        }
    }
}

/// An error and what led to it, nearest first.
fn causes<'e>(
    error: &'e (dyn error::Error + 'static),
) -> impl Iterator<Item = &'e (dyn error::Error + 'static)> {
    std::iter::successors(Some(error), |&error| match error.downcast_ref::<io::Error>() {
        // An I/O error that wraps another one skips it in `source`.
        Some(io) => io.get_ref().map(|inner| inner as &(dyn error::Error + 'static)),
        None => error.source(),
    })
}

fn first_cause(error: &reqwest::Error) -> String {
    let source = error.source().map(|source| causes(source).last().unwrap_or(source).to_string());
    source.unwrap_or_else(|| "it failed".to_owned())
}

impl Explain for Error {
    fn code(&self) -> Code {
        match self {
            Error::Url { .. }
            | Error::ProxyUrl { .. }
            | Error::ProxyScheme { .. }
            | Error::CaBundle { .. }
            | Error::NoHome { .. }
            | Error::NoCertificate { .. } => Code::InvalidConfig,
            _ => Code::Io,
        }
    }

    fn exit(&self) -> Exit {
        self.code().exit()
    }

    fn help(&self) -> Option<Hint> {
        let help = match self {
            Error::Tls { url, reason } => return Some(reason.hint(super::host(url).as_deref())),
            Error::Proxy { .. } | Error::ProxyUrl { .. } => {
                "check HTTPS_PROXY and HTTP_PROXY, or exclude the host with NO_PROXY"
            }
            Error::ProxyScheme { .. } => {
                "set HTTPS_PROXY or HTTP_PROXY to an HTTP proxy, or exclude the host with NO_PROXY"
            }
            Error::CaBundle { source, .. } if source.kind() == io::ErrorKind::IsADirectory => {
                "set AWS_CA_BUNDLE or `ca_bundle` to a file of PEM certificates; `cat` joins the files of a folder"
            }
            Error::CaBundle { .. } | Error::NoCertificate { .. } => {
                "set it to a file of PEM certificates (AWS_CA_BUNDLE, `ca_bundle`, REQUESTS_CA_BUNDLE, SSL_CERT_FILE), or unset it"
            }
            Error::NoHome { .. } => "set HOME, or give the absolute path of the file",
            Error::Connect { .. } | Error::Timeout { .. } => {
                "check the network, and whether it needs a proxy"
            }
            Error::Url { .. }
            | Error::Header { .. }
            | Error::Body { .. }
            | Error::Long { .. }
            | Error::Machine { .. } => return None,
        };
        Some(help.into())
    }
}

#[cfg(test)]
mod examples;
