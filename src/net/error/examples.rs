use super::*;
use crate::catalogue::{CANARY, denied, home, line};

fn url() -> String {
    "https://sts.eu-central-1.amazonaws.com".to_owned()
}

fn https_proxy() -> Origin {
    Origin::environment("HTTPS_PROXY")
}

const AFTER: Duration = Duration::from_mins(1);

examples!(Error {
    Error::Url { .. } => [Error::Url { url: "https//sts".to_owned(), reason: "relative URL without a base".to_owned() }],
    Error::Header { .. } => [Error::Header { name: "x-amz-security-token".to_owned() }],
    Error::Connect { .. } => [Error::Connect {
        url: url(),
        reason: "Connection refused (os error 111)".to_owned(),
    }],
    Error::Timeout { .. } => [Phase::Connect, Phase::Read].map(|phase| {
        Error::Timeout { url: url(), phase, after: AFTER }
    }),
    Error::Tls { .. } => [
        Distrust::Authority,
        Distrust::Version,
        Distrust::Nameless,
        Distrust::UnknownIssuer,
        Distrust::OtherHost,
        Distrust::Expired,
        Distrust::NotValidYet,
        Distrust::Purpose,
        Distrust::Other("peer sent no certificates".to_owned()),
    ]
    .map(|reason| Error::Tls { url: url(), reason }),
    Error::Proxy { .. } => [Error::Proxy {
        url: url(),
        proxy: "http://proxy.example.com:3128".to_owned(),
        reason: format!("unsuccessful tunnel: {CANARY}"),
    }],
    Error::ProxyUrl { .. } => [Error::ProxyUrl { proxy: "http://".to_owned(), origin: https_proxy().into() }],
    Error::ProxyScheme { .. } => [Error::ProxyScheme {
        proxy: "socks5://proxy.example.com".to_owned(),
        scheme: "socks5".to_owned(),
        origin: https_proxy().into(),
    }],
    Error::Long { .. } => [Error::Long { url: url() }],
    Error::Body { .. } => [Error::Body { url: url(), reason: "unexpected EOF".to_owned() }],
    Error::CaBundle { .. } => [denied(), io::Error::from_raw_os_error(21)].map(|source| {
        Error::CaBundle { path: home("ca.pem"), source, origin: line(3).into() }
    }),
    Error::NoCertificate { .. } => [Origin::environment("AWS_CA_BUNDLE"), line(3)].map(|origin| {
        Error::NoCertificate { path: home("ca.pem"), origin: origin.into() }
    }),
    Error::DamagedCertificate { .. } => [Error::DamagedCertificate {
        path: home("ca.pem"),
        origin: line(3).into(),
    }],
    Error::NoHome { .. } => ["~/ca.pem", "~bob/ca.pem"].map(|path| Error::NoHome { home: NoHome { path: path.into() }, origin: line(3).into() }),
    Error::Closed { .. } => [Error::Closed { url: url() }],
    Error::Machine { .. } => [Error::Machine { reason: "Too many open files (os error 24)".to_owned() }],
});
