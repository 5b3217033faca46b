//! Why a server is not believed.

use std::fmt;

use rustls::CertificateError;

use crate::failure::{Command, Hint};

/// Why there is no secure connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Distrust {
    /// The certificate is an authority's, which rustls takes for no server's.
    Authority,
    /// The certificate has version 1.
    Version,
    /// The certificate names its host in its subject, if at all.
    Nameless,
    /// Nobody who is trusted signed it.
    UnknownIssuer,
    /// It is for other hosts.
    OtherHost,
    /// It was valid.
    Expired,
    /// It will be valid.
    NotValidYet,
    /// It is not for servers.
    Purpose,
    /// It is something else, in rustls's words.
    Other(String),
}

impl Distrust {
    pub(super) fn of(error: &rustls::Error) -> Distrust {
        let rustls::Error::InvalidCertificate(refused) = error else {
            return Distrust::Other(error.to_string());
        };
        match refused {
            CertificateError::UnknownIssuer => Distrust::UnknownIssuer,
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Distrust::Expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                Distrust::NotValidYet
            }
            CertificateError::NotValidForNameContext { presented, .. } if presented.is_empty() => {
                Distrust::Nameless
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Distrust::OtherHost
            }
            CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
                Distrust::Purpose
            }
            // These have no variants in rustls, which hides the library behind it.
            CertificateError::Other(other) => match other.to_string() {
                words if words.contains("CaUsedAsEndEntity") => Distrust::Authority,
                words if words.contains("UnsupportedCertVersion") => Distrust::Version,
                words => Distrust::Other(words),
            },
            _ => Distrust::Other(error.to_string()),
        }
    }

    /// What to do about it, at `host`.
    pub(super) fn hint(&self, host: Option<&str>) -> Hint {
        const OWN: &str = "if your network has its own certificate authority, set AWS_CA_BUNDLE or `ca_bundle` to its certificate file";
        match self {
            Distrust::Authority | Distrust::Version | Distrust::Nameless => {
                let kind = if host.is_some_and(|host| host.parse::<std::net::IpAddr>().is_ok()) {
                    "IP"
                } else {
                    "DNS"
                };
                let host = host.unwrap_or("localhost");
                let make = Command::new(["openssl", "req", "-x509", "-nodes"])
                    .option("-newkey", "rsa:2048")
                    .option("-days", "365")
                    .option("-keyout", "key.pem")
                    .option("-out", "cert.pem")
                    .option("-subj", format!("/CN={}", host.replace('/', "")))
                    .option("-addext", format!("subjectAltName={kind}:{host}"))
                    .option("-addext", "basicConstraints=critical,CA:FALSE");
                Hint::from("add the server's own certificate to the file that AWS_CA_BUNDLE or `ca_bundle` names; create one with ").run(make)
            }
            Distrust::UnknownIssuer | Distrust::Other(_) => OWN.into(),
            Distrust::OtherHost => "use a host name that the certificate covers".into(),
            Distrust::Expired => "renew the server's certificate, or check this machine's clock".into(),
            Distrust::NotValidYet => "check this machine's clock".into(),
            Distrust::Purpose => {
                "give the server a certificate with the extended key usage serverAuth".into()
            }
        }
    }
}

impl fmt::Display for Distrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Distrust::Authority => "the server's certificate is a CA certificate (CA:TRUE)",
            Distrust::Version => "the server's certificate is X.509 version 1, which is outdated",
            Distrust::Nameless => "the server's certificate has no subjectAltName",
            Distrust::UnknownIssuer => {
                "the server's certificate is not signed by a trusted authority (UnknownIssuer)"
            }
            Distrust::OtherHost => "the server's certificate is for another host",
            Distrust::Expired => "the server's certificate has expired",
            Distrust::NotValidYet => "the server's certificate is not valid yet",
            Distrust::Purpose => "the server's certificate is not valid for servers",
            Distrust::Other(words) => words,
        })
    }
}
