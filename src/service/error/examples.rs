use super::*;
use crate::catalogue::CANARY;

fn refused(service: Service, code: &str, message: &str) -> Error {
    Error::Refused {
        service,
        operation: "AssumeRole",
        code: code.to_owned(),
        message: message.to_owned(),
        status: 403,
        request_id: None,
    }
}

fn refused_token(code: &str) -> Error {
    match refused(Service::Sts, code, "no") {
        Error::Refused { service, code, message, status, request_id, .. } => Error::Refused {
            service,
            operation: "AssumeRoleWithWebIdentity",
            code,
            message,
            status,
            request_id,
        },
        other => other,
    }
}

fn unanswered() -> net::Error {
    net::Error::Timeout {
        url: metadata(),
        phase: net::Phase::Connect,
        after: std::time::Duration::from_secs(1),
    }
}

fn container() -> String {
    "http://169.254.170.2/v2/credentials".to_owned()
}

fn metadata() -> String {
    "http://169.254.169.254/latest/meta-data/iam/security-credentials/".to_owned()
}

examples!(Error {
    Error::Refused { .. } => [
        refused(Service::Sts, "AccessDenied", &format!("not authorized, token {CANARY}")),
        refused(Service::Sts, "", "no code"),
        refused(Service::Sts, "ExpiredToken", "The security token included in the request is expired"),
        refused(Service::Sts, "InvalidClientTokenId", "The security token included in the request is invalid."),
        refused(Service::Sts, "SignatureDoesNotMatch", "The request signature we calculated does not match"),
        refused(Service::Sts, "SignatureDoesNotMatch", "Signature expired: 20261130T030000Z is now earlier than 20261130T041500Z"),
        refused(Service::Sts, "RequestExpired", "Request has expired"),
        refused(Service::Sts, "RegionDisabledException", "STS is not activated in this region"),
        refused(Service::Sso, "UnauthorizedException", "Session token not found or invalid"),
        refused_token("ExpiredTokenException"),
        refused_token("AccessDenied"),
        refused_token("InvalidIdentityToken"),
    ],
    Error::Clock { .. } => [-90, 3660].map(|seconds| Error::Clock {
        service: Service::Signin,
        operation: "CreateOAuth2Token",
        code: "INVALID_REQUEST".to_owned(),
        message: String::new(),
        ahead: SignedDuration::from_secs(seconds),
    }),
    Error::Foreign { .. } => [Error::Foreign { service: Service::Iam, operation: "CreateAccessKey", status: 502 }],
    Error::Net(_) => [Error::Net(unanswered())],
    Error::Unreadable { .. } => [Error::Unreadable {
        service: Service::Sts,
        operation: "AssumeRole",
        status: 200,
        reason: "it is not XML".to_owned(),
    }],
    Error::Parameters { .. } => [Error::Parameters {
        operation: "AssumeRole",
        problems: vec![
            Invalid::Length { name: "RoleArn", found: 4, least: 20 },
            Invalid::Value { name: "DurationSeconds", found: 60, least: 900 },
        ],
    }],
    Error::Unsigned { .. } => [Error::Unsigned { operation: "AssumeRole", missing: "secret access key" }],
    Error::NoRegion { .. } => [Error::NoRegion { service: Service::Sts }],
    Error::InvalidRegion { .. } => [Error::InvalidRegion { region: "eu central 1".to_owned() }],
    Error::Endpoint { .. } => [Error::Endpoint { url: "sts.example.com".to_owned() }],
    Error::Doubtful { .. } => [Doubt::Character, Doubt::Host].map(|doubt| {
        Error::Doubtful { url: r"https://a.example.com\@b.example.com".to_owned(), doubt }
    }),
    Error::NoVariant { .. } => [false, true].map(|fips| {
        Error::NoVariant { service: Service::Sts, region: "us-iso-east-1".to_owned(), fips }
    }),
    Error::Host { .. } => [Error::Host { host: "example.com".to_owned() }],
    Error::ContainerToken => [Error::ContainerToken],
    Error::Container { .. } => [
        ContainerFault::Net(unanswered()),
        ContainerFault::Status { status: 500 },
        ContainerFault::NotJson,
    ]
    .map(|source| Error::Container { url: container(), attempts: 3, source }),
    Error::Incomplete { .. } => [Error::Incomplete { url: container(), member: "Token" }],
    Error::ImdsV1Disabled { .. } => [Error::ImdsV1Disabled { url: metadata() }],
    Error::ImdsEndpoint { .. } => [Error::ImdsEndpoint { url: "169.254.169.254".to_owned() }],
    Error::Absent(_) => [
        Absence::NoAttempts,
        Absence::TokenRefused,
        Absence::Untimed { url: "http://169.254.169.254/latest/api/token".to_owned() },
        Absence::Name {
            url: "http://169.254.169.254/latest/meta-data/iam/security-credentials/".to_owned(),
        },
        Absence::Net(unanswered()),
        Absence::Status { url: metadata(), status: 404 },
        Absence::Empty { url: metadata() },
        Absence::NotJson { url: metadata() },
        Absence::Incomplete { url: metadata(), member: "Token", words: None },
        Absence::Incomplete { url: metadata(), member: "Token", words: Some("AssumeRoleUnauthorizedAccess".to_owned()) },
    ]
    .map(Error::Absent),
    Error::Random(_) => [Error::Random(crate::service::random::RandomError::Unavailable)],
});
