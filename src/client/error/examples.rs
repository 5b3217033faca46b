use super::*;
use crate::catalogue::line;
use crate::origin::Place;
use crate::settings::Whole;

/// An empty `sso_region` in the section with this header.
fn sso_region(header: &str) -> Origin {
    let Origin::File(place) = line(3) else { return Origin::Default };
    Origin::File(Place { section: Some(header.into()), key: Some("sso_region".into()), ..place })
}

examples!(Error {
    Error::Block { .. } => [Error::Block { key: "sso_session".to_owned(), origin: line(3) }],
    Error::NoBlock { .. } => [Error::NoBlock { key: "sts".to_owned(), origin: line(3) }],
    Error::EmptyRegion { .. } => [
        line(3),
        sso_region("sso-session corp"),
        sso_region("profile dev"),
        Origin::environment("AWS_DEFAULT_REGION"),
        Origin::Option { name: "--region" },
    ]
    .map(|origin| Error::EmptyRegion { profile: "dev".to_owned(), origin }),
    Error::Word { .. } => [Error::Word {
        name: "sts_regional_endpoints",
        value: "local".to_owned(),
        words: &["legacy", "regional"],
        origin: line(3),
    }],
    Error::Number { .. } => [Whole::ANY, Whole::from(1), Whole { least: 1, most: 1_048_576 }].map(|allowed| {
        Error::Number { name: "max_attempts", allowed, origin: line(3) }
    }),
    Error::NoServices { .. } => [Error::NoServices {
        services: "local".to_owned(),
        key: "sts".to_owned(),
        origin: line(3),
    }],
    Error::IncompleteSession { .. } => [Error::IncompleteSession {
        session: "corp".to_owned(),
        key: "sso_region",
        origin: line(3),
    }],
    Error::Variant { .. } => [Error::Variant {
        name: "use_fips_endpoint",
        sdk: "the SDK for Go",
        origin: line(3),
    }],
    Error::Setting { .. } => [
        service::Error::InvalidRegion { region: "eu central 1".to_owned() },
        service::Error::ImdsEndpoint { url: "169.254.169.254".to_owned() },
    ]
    .map(|error| Error::Setting { error, origin: line(3) }),
    Error::Client(_) => [Error::Client(service::Error::NoRegion { service: service::Service::Sts })],
    Error::NoCode(_) => [Error::NoCode(Box::new(service::Error::NoRegion { service: service::Service::Sts }))],
    Error::Call(_) => [Error::Call(service::Error::Unsigned {
        operation: "GetCallerIdentity",
        missing: "secret access key",
    })],
});
