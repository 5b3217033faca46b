//! Why a server is not trusted.

use std::net::IpAddr;

use rustls::CertificateError;

use crate::failure::{Command, Hint};

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    #[error("the server's certificate is a CA certificate (CA:TRUE)")]
    Authority,
    #[error("the server's certificate is X.509 version 1, which is outdated")]
    Version,
    #[error("the server's certificate has no subjectAltName")]
    Nameless,
    #[error("the server's certificate is not signed by a trusted authority (UnknownIssuer)")]
    UnknownIssuer,
    #[error("the server's certificate is for another host")]
    OtherHost,
    #[error("the server's certificate has expired")]
    Expired,
    #[error("the server's certificate is not valid yet")]
    NotValidYet,
    #[error("the server's certificate is not valid for servers")]
    Purpose,
    /// In rustls's words.
    #[error("{0}")]
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
            // rustls has no variants for these errors of webpki.
            CertificateError::Other(other) => match other.to_string() {
                words if words.contains("CaUsedAsEndEntity") => Distrust::Authority,
                words if words.contains("UnsupportedCertVersion") => Distrust::Version,
                words => Distrust::Other(words),
            },
            _ => Distrust::Other(error.to_string()),
        }
    }

    pub(super) fn hint(&self, host: Option<&str>) -> Hint {
        const OWN: &str = "if your network has its own certificate authority, set AWS_CA_BUNDLE or `ca_bundle` to its certificate file";
        match self {
            Distrust::Authority | Distrust::Version | Distrust::Nameless => {
                let host = host.unwrap_or("localhost");
                let kind = if host.parse::<IpAddr>().is_ok() { "IP" } else { "DNS" };
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
