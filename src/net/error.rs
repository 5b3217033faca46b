//! Why a request got no response.

use std::error::Error as _;
use std::path::PathBuf;
use std::time::Duration;
use std::{error, fmt, io};

use super::Distrust;
use crate::failure::{Code, Explain, Hint};
use crate::origin::{Origin, named, shown};
use crate::world::NoHome;

/// What a request was waiting for when its time was up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Connect,
    /// The response, or more of it.
    Read,
}

/// URLs are shown without user names and queries, which may hold secrets.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("`{url}` is not a valid URL: {reason}")]
    Url { url: String, reason: String },
    /// The value of a header, which may be secret, has a line break or another control character.
    #[error("the value of the header `{name}` contains a character that isn't allowed in a header")]
    Header { name: String },
    #[error("no connection to {url}: {reason}")]
    Connect { url: String, reason: String },
    #[error("{}", timeout(.url, *.phase, *.after))]
    Timeout { url: String, phase: Phase, after: Duration },
    /// The certificate is not trusted, or the server doesn't speak TLS.
    #[error("no secure connection to {url}: {reason}")]
    Tls { url: String, reason: Distrust },
    #[error("no connection to {url} through the proxy {proxy}: {reason}")]
    Proxy { url: String, proxy: String, reason: String },
    #[error("{origin}: the proxy `{proxy}` is not a valid URL")]
    ProxyUrl { proxy: String, origin: Box<Origin> },
    #[error("{origin}: the proxy `{proxy}` can't be used: its scheme is `{scheme}`, not http or https")]
    ProxyScheme { proxy: String, scheme: String, origin: Box<Origin> },
    #[error("the response from {url} is larger than 1 MiB")]
    Long { url: String },
    #[error("the response from {url} was cut off: {reason}")]
    Body { url: String, reason: String },
    #[error("{origin}: the CA bundle `{}` can't be read", named(.path))]
    CaBundle { path: PathBuf, source: io::Error, origin: Box<Origin> },
    #[error("{origin}: `{}` contains no usable PEM certificate", named(.path))]
    NoCertificate { path: PathBuf, origin: Box<Origin> },
    /// xcred reads the others.
    #[error("{origin}: `{}` has a damaged certificate: boto3 and AWS CLI refuse the whole file", named(.path))]
    DamagedCertificate { path: PathBuf, origin: Box<Origin> },
    #[error("{origin}: the CA bundle `{}` can't be read: {home}", shown(&home.path))]
    NoHome { home: NoHome, origin: Box<Origin> },
    /// It could be sent, but nothing is sent.
    #[error("{url} is not asked")]
    Closed { url: String },
    /// The system lacks what a request needs.
    #[error("can't send requests: {reason}")]
    Machine { reason: String },
}

fn timeout(url: &str, phase: Phase, after: Duration) -> String {
    let after = after.as_secs_f64();
    match phase {
        Phase::Connect => format!("no connection to {url} within {after:.1} s"),
        Phase::Read => format!("no response from {url} within {after:.1} s"),
    }
}

impl Error {
    /// Whether a retry may help: there was no response, or not all of it.
    ///
    /// botocore also retries after a certificate is refused, which never helps.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Error::Connect { .. } | Error::Timeout { .. } | Error::Proxy { .. } | Error::Body { .. }
        )
    }

    pub(super) fn machine(error: impl fmt::Display) -> Error {
        Error::Machine { reason: error.to_string() }
    }

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
                Error::Body { url, reason }
            };
        }
        if let Some(tls) = causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
            Error::Tls { url, reason: Distrust::of(tls) }
        } else if error.is_timeout() {
            Error::Timeout { url, phase: Phase::Connect, after }
        } else if let Some(proxy) = proxy {
            Error::Proxy { url, proxy, reason }
        } else {
            Error::Connect { url, reason }
        }
    }
}

/// The error and its causes, the root cause last.
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
            | Error::NoCertificate { .. }
            | Error::DamagedCertificate { .. } => Code::InvalidConfig,
            _ => Code::Io,
        }
    }

    fn help(&self) -> Option<Hint> {
        let help = match self {
            Error::Tls { url, reason } => return Some(reason.hint(super::host::host(url).as_deref())),
            Error::Proxy { .. } => "check HTTPS_PROXY and HTTP_PROXY, or exclude the host with NO_PROXY",
            Error::ProxyUrl { origin, .. } | Error::ProxyScheme { origin, .. } => {
                return Some(
                    format!("set {origin} to an HTTP proxy, or exclude the host with NO_PROXY").into(),
                );
            }
            Error::CaBundle { source, origin, .. } if source.kind() == io::ErrorKind::IsADirectory => {
                let help =
                    format!("name a file of PEM certificates in {origin}; `cat` joins the files of a folder");
                return Some(help.into());
            }
            Error::DamagedCertificate { .. } => {
                "remove what is cut off, and begin each certificate on a line of its own"
            }
            Error::CaBundle { origin, .. } | Error::NoCertificate { origin, .. } => {
                return Some(match &**origin {
                    Origin::Environment { variable } => {
                        format!("set {variable} to the name of a file of PEM certificates, or unset it")
                            .into()
                    }
                    _ => format!("name a file of PEM certificates in {origin}, or remove the line").into(),
                });
            }
            Error::Header { .. } => {
                "remove line breaks and other control characters from it: files with Windows line ends have them at the end of each line"
            }
            Error::NoHome { .. } => "set HOME, or give the absolute path of the file",
            Error::Connect { .. } | Error::Timeout { .. } => {
                "check the network, and whether it needs a proxy"
            }
            _ => return None,
        };
        Some(help.into())
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Error::ProxyUrl { origin, .. }
            | Error::ProxyScheme { origin, .. }
            | Error::CaBundle { origin, .. }
            | Error::NoCertificate { origin, .. }
            | Error::DamagedCertificate { origin, .. }
            | Error::NoHome { origin, .. } => Some(Origin::clone(origin)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod examples;
