//! Why a request failed.

mod help;

use jiff::SignedDuration;

use super::Service;
use super::absence::Absence;
use super::host::Doubt;
use super::invalid::{self, Invalid};
use super::quoted::quoted;
use super::random::RandomError;
use crate::failure::{Code, Exit, Explain, Hint};
use crate::net;
use crate::origin::Origin;
use help::{refusal, refused_token};

/// The operation that takes a web identity token.
pub(super) const WITH_WEB_IDENTITY: &str = "AssumeRoleWithWebIdentity";

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{} refused {operation}: {}", service.title(), words(.code, .message))]
    Refused {
        service: Service,
        operation: &'static str,
        /// The error code, or the status where there is none.
        code: String,
        message: String,
        status: u16,
        request_id: Option<String>,
    },
    /// The request carries the time, and the service's clock shows another one.
    #[error(
        "{} refused {operation}, and this machine's clock is {} its clock: {}",
        service.title(),
        skew(*.ahead),
        words(.code, .message),
    )]
    Clock {
        service: Service,
        operation: &'static str,
        code: String,
        message: String,
        /// By how much this machine's clock is ahead.
        ahead: SignedDuration,
    },
    /// A proxy, a gateway or a filter responded instead of the service.
    #[error("the response to {operation} (status {status}) is not from {}, so it is unknown whether the request was processed", service.title())]
    Foreign { service: Service, operation: &'static str, status: u16 },
    #[error(transparent)]
    Net(#[from] net::Error),
    #[error("the response from {} to {operation} (status {status}) can't be used: {reason}", service.title())]
    Unreadable { service: Service, operation: &'static str, status: u16, reason: String },
    /// The request would be refused, so it was not sent.
    #[error("{operation} was not sent: {}", invalid::list(.problems))]
    Parameters { operation: &'static str, problems: Vec<Invalid> },
    #[error("{operation} can't be signed without the {missing}")]
    Unsigned { operation: &'static str, missing: &'static str },
    #[error("{} needs a region, and none is set", service.title())]
    NoRegion { service: Service },
    #[error("`{region}` is not a region: a region's name has letters, digits and hyphens")]
    InvalidRegion { region: String },
    #[error("`{url}` is not a valid endpoint URL")]
    Endpoint { url: String },
    /// The host that was checked might not be the host that gets the request.
    #[error("the URL `{url}` is refused: {doubt}")]
    Doubtful { url: String, doubt: Doubt },
    #[error("{} has no dual-stack endpoint{} in `{region}`", service.title(), if *.fips { " with FIPS" } else { "" })]
    NoVariant { service: Service, region: String, fips: bool },
    #[error(
        "`{host}` is not allowed for container credentials: use an `https` URL, a loopback address or one of {}",
        super::host::CONTAINERS.join(", ")
    )]
    Host { host: String },
    #[error("the container authorization token contains a line break")]
    ContainerToken,
    #[error("no credentials from {url} after {attempts} attempts")]
    Container {
        url: String,
        attempts: u32,
        /// The last failure.
        source: ContainerFault,
    },
    #[error("the credentials from {url} have no usable `{member}`")]
    Incomplete { url: String, member: &'static str },
    /// The settings don't allow requests without a token.
    #[error("the instance metadata service at {url} returned no session token, and IMDSv1 is disabled")]
    ImdsV1Disabled { url: String },
    #[error("`{url}` is not a valid endpoint URL for the instance metadata service")]
    ImdsEndpoint { url: String },
    #[error(transparent)]
    Absent(#[from] Absence),
    #[error(transparent)]
    Random(#[from] RandomError),
}

/// Why a request to a container's endpoint was repeated.
#[derive(Debug, thiserror::Error)]
pub enum ContainerFault {
    #[error(transparent)]
    Net(net::Error),
    #[error("it returned status {status}")]
    Status { status: u16 },
    #[error("its response is not JSON")]
    NotJson,
}

fn words(code: &str, message: &str) -> String {
    let (code, message) = (quoted(code), quoted(message));
    match (code.is_empty(), message.is_empty()) {
        (_, true) => code,
        (true, false) => message,
        (false, false) => format!("{message} ({code})"),
    }
}

fn skew(ahead: SignedDuration) -> String {
    let seconds = ahead.abs().as_secs();
    let amount = if seconds < 120 { format!("{seconds} s") } else { format!("{} min", seconds / 60) };
    format!("{amount} {}", if ahead.is_positive() { "ahead of" } else { "behind" })
}

impl Error {
    /// Where this machine's clock is, such as "7 min ahead of" the service's, if that may be the reason for a refusal with the
    /// error code `wanted`.
    pub fn clock_behind(&self, wanted: &str) -> Option<String> {
        match self {
            Error::Clock { code, ahead, .. } if code == wanted => Some(skew(*ahead)),
            _ => None,
        }
    }

    /// Whether this is a refusal with the error code `wanted`.
    pub fn is_refusal(&self, wanted: &str) -> bool {
        matches!(self, Error::Refused { code, .. } if code == wanted)
    }

    /// Whether the request certainly had no effect: the service itself rejected it with an error that it documents, or it
    /// was never sent.
    pub fn is_without_effect(&self) -> bool {
        match self {
            Error::Refused { code, status, request_id: Some(_), .. } => {
                super::effect::is_without_effect(code, *status)
            }
            Error::Parameters { .. }
            | Error::Unsigned { .. }
            | Error::NoRegion { .. }
            | Error::InvalidRegion { .. }
            | Error::Endpoint { .. }
            | Error::NoVariant { .. } => true,
            _ => false,
        }
    }

    /// The names of the parameters because of which the request was not sent.
    pub fn invalid_parameters(&self) -> impl Iterator<Item = &'static str> {
        let problems = if let Error::Parameters { problems, .. } = self { &problems[..] } else { &[] };
        problems.iter().map(Invalid::name)
    }

    /// Whether the request could be sent, and only isn't because nothing is.
    pub fn is_unsent(&self) -> bool {
        matches!(self, Error::Net(net::Error::Closed { .. }))
    }

    /// Whether the cause is this machine's clock: a signature holds for minutes, and has the code of a wrong secret, too.
    pub fn is_of_clock(&self) -> bool {
        match self {
            Error::Clock { .. } => true,
            Error::Refused { code, message, .. } => match code.as_str() {
                "RequestExpired" | "RequestTimeTooSkewed" | "RequestInTheFuture" => true,
                "SignatureDoesNotMatch" | "InvalidSignatureException" => {
                    ["Signature expired", "Signature not yet current"]
                        .iter()
                        .any(|words| message.contains(words))
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether the root user has asked for a role.
    pub fn is_for_root(&self) -> bool {
        matches!(self, Error::Refused { code, message, .. }
            if code == "AccessDenied" && message.contains("assumed by root accounts"))
    }

    /// Whether the portal of IAM Identity Center doesn't accept the token.
    pub fn is_signed_out(&self) -> bool {
        matches!(self, Error::Refused { service: Service::Sso, code, status, .. }
            if *status == 401 || code == "UnauthorizedException")
    }
}

impl Explain for Error {
    fn code(&self) -> Code {
        match self {
            _ if self.is_signed_out() => Code::LoginRequired,
            // A setting is wrong, not the network.
            Error::Net(error) if error.code() == Code::InvalidConfig => Code::InvalidConfig,
            Error::Parameters { .. }
            | Error::InvalidRegion { .. }
            | Error::Endpoint { .. }
            | Error::Doubtful { .. }
            | Error::NoVariant { .. }
            | Error::Host { .. }
            | Error::ContainerToken
            | Error::ImdsEndpoint { .. } => Code::InvalidConfig,
            Error::Unsigned { .. } => Code::PartialCredentials,
            Error::NoRegion { .. } => Code::NoRegion,
            Error::Random(error) => error.code(),
            _ => Code::ProviderFailed,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            // A service that failed has refused nothing.
            Error::Refused { status: 500.., .. } => Exit::Other,
            Error::Refused { .. } if !self.is_signed_out() => Exit::Service,
            Error::Clock { .. } => Exit::Service,
            _ => self.code().exit(),
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Error::Net(error) => error.origin(),
            _ => None,
        }
    }

    fn help(&self) -> Option<Hint> {
        let help = match self {
            Error::Net(error) => return error.help(),
            Error::NoRegion { .. } => "give `--region`, or set AWS_DEFAULT_REGION or the profile's `region`",
            Error::InvalidRegion { .. } => "give a region such as `eu-central-1`",
            Error::Endpoint { .. } => "give the full URL, such as `https://sts.example.com`",
            Error::Doubtful { .. } => "write an unambiguous URL, such as `https://sts.example.com:8443/path`",
            Error::NoVariant { .. } => "set `use_dualstack_endpoint = false` for this region",
            Error::ContainerToken => "remove the line break from the end of its file or variable",
            Error::ImdsV1Disabled { .. } => {
                "raise the metadata hop limit of the instance (HttpPutResponseHopLimit), or unset AWS_EC2_METADATA_V1_DISABLED"
            }
            Error::Foreign { .. } => "check for a proxy or filter between this machine and AWS",
            _ if self.is_of_clock() => "correct this machine's clock",
            Error::Refused { operation: WITH_WEB_IDENTITY, code, .. } => {
                return refused_token(code).or_else(|| refusal(code)).map(Hint::from);
            }
            Error::Refused { code, .. } => return refusal(code).map(Hint::from),
            _ => return None,
        };
        Some(help.into())
    }
}

#[cfg(test)]
mod examples;
