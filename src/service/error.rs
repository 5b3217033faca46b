//! Why a service gave nothing.

use std::fmt;

use super::Service;
use super::host::Doubt;
use super::imds::Absence;
use crate::failure::{Code, Exit, Explain, Hint};
use crate::net;

/// A parameter that botocore would not send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// The parameter.
    pub name: &'static str,
    /// Its length, or its value if it is a number.
    pub found: i64,
    /// The least that would do.
    pub least: i64,
    /// Whether it is the length that is wrong.
    pub length: bool,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Invalid { name, found, least, length } = self;
        if *length {
            write!(f, "{name} has {found} characters and needs at least {least}")
        } else {
            write!(f, "{name} is {found} and must be at least {least}")
        }
    }
}

/// An error of this room.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The service says no.
    #[error("{} refused {operation}: {}", service.title(), words(.code, .message))]
    Refused {
        /// The service.
        service: Service,
        /// The operation.
        operation: &'static str,
        /// Its error code, or the status where it gave none.
        code: String,
        /// Its words.
        message: String,
        /// The status of the answer.
        status: u16,
        /// The number under which AWS can find the request.
        request_id: Option<String>,
    },
    /// What came back is not from the service: a proxy, a gateway or a filter answered in its place.
    #[error("the answer to {operation} (status {status}) is not from {}, so it is unknown whether the request was carried out", service.title())]
    Foreign {
        /// The service.
        service: Service,
        /// The operation.
        operation: &'static str,
        /// The status of the answer.
        status: u16,
    },
    /// There was no answer.
    #[error(transparent)]
    Net(#[from] net::Error),
    /// The answer is not what it should be.
    #[error("the answer of {} to {operation} (status {status}) cannot be used: {reason}", service.title())]
    Unreadable {
        /// The service.
        service: Service,
        /// The operation.
        operation: &'static str,
        /// The status of the answer.
        status: u16,
        /// What is wrong with it.
        reason: String,
    },
    /// The request would be refused, and was not sent.
    #[error("{operation} cannot be asked for: {}", list(.problems))]
    Parameters {
        /// The operation.
        operation: &'static str,
        /// What is wrong.
        problems: Vec<Invalid>,
    },
    /// Half of a pair of keys signs nothing.
    #[error("{operation} cannot be signed: there is no {missing}")]
    Unsigned {
        /// The operation.
        operation: &'static str,
        /// The half that is missing.
        missing: &'static str,
    },
    /// The service is regional.
    #[error("{} needs a region, and none is set", service.title())]
    NoRegion {
        /// The service.
        service: Service,
    },
    /// The region can't be one.
    #[error("`{region}` is not a region: a region's name has letters, digits and hyphens")]
    InvalidRegion {
        /// What was given.
        region: String,
    },
    /// The address can't be one.
    #[error("`{url}` is not an address of a service")]
    Endpoint {
        /// What was given.
        url: String,
    },
    /// What is checked of the address might not be what is asked.
    #[error("`{url}` can't be asked: {doubt}")]
    Doubtful {
        /// What was given.
        url: String,
        /// What is wrong.
        doubt: Doubt,
    },
    /// There is no host with these properties.
    #[error("{} has no dual-stack endpoint{} in `{region}`", service.title(), if *.fips { " with FIPS" } else { "" })]
    NoVariant {
        /// The service.
        service: Service,
        /// The region.
        region: String,
        /// Whether it was to be a FIPS endpoint.
        fips: bool,
    },
    /// Credentials are not fetched from just any host.
    #[error(
        "`{host}` may not give a container's credentials: only `https` addresses, loopback addresses and {} may",
        super::container::HOSTS.join(", ")
    )]
    Host {
        /// The host.
        host: String,
    },
    /// The token for the container's credentials can't be sent.
    #[error("the authorization token for the container's credentials has a line break")]
    ContainerToken,
    /// The container's credentials did not come.
    #[error("no credentials from {url} after {attempts} attempts")]
    Container {
        /// The address.
        url: String,
        /// How often it was asked.
        attempts: u32,
        /// What happened the last time.
        source: ContainerFault,
    },
    /// The container's credentials are not complete.
    #[error("the credentials from {url} have no `{member}`")]
    Incomplete {
        /// The address.
        url: String,
        /// What is missing.
        member: &'static str,
    },
    /// The instance gives no token, and the settings forbid going without.
    #[error("the instance metadata at {url} gives no session token, and version 1 of it is disabled")]
    ImdsV1Disabled {
        /// The address.
        url: String,
    },
    /// The setting for the instance metadata is no address.
    #[error("`{url}` is not an address of instance metadata")]
    ImdsEndpoint {
        /// What was given.
        url: String,
    },
    /// The instance gives no credentials, where there must be some.
    #[error(transparent)]
    Absent(#[from] Absence),
}

/// Why a container's endpoint was asked again.
#[derive(Debug, thiserror::Error)]
pub enum ContainerFault {
    /// There was no answer.
    #[error(transparent)]
    Net(net::Error),
    /// It says no.
    #[error("it answered with status {status}")]
    Status {
        /// The status of the answer.
        status: u16,
    },
    /// It says something else.
    #[error("its answer is not JSON")]
    NotJson,
}

fn words(code: &str, message: &str) -> String {
    match (code.is_empty(), message.trim().is_empty()) {
        (_, true) => code.to_owned(),
        (true, false) => message.trim().to_owned(),
        (false, false) => format!("{} ({code})", message.trim()),
    }
}

fn list(problems: &[Invalid]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

impl Error {
    /// Whether this is a refusal with the error code `wanted`.
    pub fn is_refusal(&self, wanted: &str) -> bool {
        matches!(self, Error::Refused { code, .. } if code == wanted)
    }

    /// Whether the request certainly had no effect: the service itself read it and turned it away with an error that it
    /// documents, or it was never sent.
    pub fn is_without_effect(&self) -> bool {
        match self {
            Error::Refused { code, status, request_id: Some(_), .. } => {
                super::refusal::is_without_effect(code, *status)
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

    /// Whether the portal of IAM Identity Center no longer knows the token.
    fn is_signed_out(&self) -> bool {
        matches!(self, Error::Refused { service: Service::Sso, code, .. } if code == "UnauthorizedException")
    }
}

impl Explain for Error {
    fn code(&self) -> Code {
        match self {
            _ if self.is_signed_out() => Code::LoginRequired,
            // A setting is to blame, not the network.
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
            Error::Refused { .. }
            | Error::Foreign { .. }
            | Error::Net(_)
            | Error::Unreadable { .. }
            | Error::Container { .. }
            | Error::Incomplete { .. }
            | Error::ImdsV1Disabled { .. }
            | Error::Absent(_) => Code::ProviderFailed,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Error::Refused { .. } if !self.is_signed_out() => Exit::Service,
            _ => self.code().exit(),
        }
    }

    fn help(&self) -> Option<Hint> {
        let help = match self {
            Error::Net(error) => return error.help(),
            Error::NoRegion { .. } => "give `--region`, or set AWS_DEFAULT_REGION or the profile's `region`",
            Error::InvalidRegion { .. } => "give a region such as `eu-central-1`",
            Error::Endpoint { .. } => "give the whole address, such as `https://sts.example.com`",
            Error::Doubtful { .. } => {
                "write the address plainly, such as `https://sts.example.com:8443/path`"
            }
            Error::NoVariant { .. } => "set `use_dualstack_endpoint = false` for this region",
            Error::ContainerToken => {
                "write the token without a line break at the end of its file or variable"
            }
            Error::ImdsV1Disabled { .. } => {
                "allow one more hop for the token on the instance, or unset AWS_EC2_METADATA_V1_DISABLED"
            }
            Error::Foreign { .. } => "see which proxy or filter is between this machine and AWS",
            Error::Refused { code, .. } => return refusal(code).map(Hint::from),
            _ => return None,
        };
        Some(help.into())
    }
}

/// What mends the refusals that are no question of permissions.
fn refusal(code: &str) -> Option<&'static str> {
    match code {
        "ExpiredToken" | "ExpiredTokenException" => {
            Some("the source's session is over: get new credentials for it")
        }
        "InvalidClientTokenId" | "UnrecognizedClientException" => {
            Some("check that the access key ID exists and is active in this partition")
        }
        "SignatureDoesNotMatch" => {
            Some("check the secret access key, and that this machine's clock is right")
        }
        "RequestExpired" => Some("set this machine's clock"),
        "RegionDisabledException" => Some("enable STS for this region in the account, or use another region"),
        _ => None,
    }
}
