//! A parser for certificates that the user named and that rustls refuses: those of an authority, of version 1, or
//! without alternative names. It reads only what their check needs.

use std::net::IpAddr;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rustls::pki_types::ServerName;

pub(super) struct Certificate<'d> {
    /// The public key with its algorithm, as a whole element.
    pub(super) key: &'d [u8],
    /// The first and the last second of its validity, since 1970.
    pub(super) valid: (i64, i64),
    common_names: Vec<&'d str>,
    /// `None` if the certificate doesn't have this extension.
    pub(super) alternative_names: Option<Vec<Name<'d>>>,
    /// Whether its other extensions allow a server to use it.
    pub(super) for_servers: bool,
}

pub(super) enum Name<'d> {
    Host(&'d str),
    Address(&'d [u8]),
}

impl<'d> Certificate<'d> {
    /// `None` if it is not a certificate.
    pub(super) fn read(der: &'d [u8]) -> Option<Certificate<'d>> {
        let mut outer = Reader(der);
        let mut signed = Reader(Reader(outer.of(SEQUENCE)?).of(SEQUENCE)?);
        signed.optional(VERSION);
        signed.of(INTEGER)?;
        // The signature algorithm and the issuer.
        let _signer = (signed.of(SEQUENCE)?, signed.of(SEQUENCE)?);
        let mut valid = Reader(signed.of(SEQUENCE)?);
        let valid = (valid.time()?, valid.time()?);
        let common_names = common_names(signed.of(SEQUENCE)?)?;
        let key = signed.whole(SEQUENCE)?;
        let mut certificate =
            Certificate { key, valid, common_names, alternative_names: None, for_servers: true };
        while let Some((tag, content)) = signed.next() {
            if tag == EXTENSIONS {
                let mut extensions = Reader(Reader(content).of(SEQUENCE)?);
                while !extensions.0.is_empty() {
                    certificate.add_extension(extensions.of(SEQUENCE)?)?;
                }
            }
        }
        outer.0.is_empty().then_some(certificate)
    }

    fn add_extension(&mut self, extension: &'d [u8]) -> Option<()> {
        let mut extension = Reader(extension);
        let name = extension.of(OID)?;
        let critical = extension.optional(BOOLEAN).is_some_and(|value| value != [0]);
        let value = extension.of(OCTETS)?;
        match name {
            // subjectAltName
            [0x55, 0x1d, 0x11] => {
                let (mut names, mut found) = (Reader(Reader(value).of(SEQUENCE)?), Vec::new());
                while let Some((tag, name)) = names.next() {
                    match tag {
                        0x82 => found.push(Name::Host(std::str::from_utf8(name).ok()?)),
                        0x87 => found.push(Name::Address(name)),
                        _ => {}
                    }
                }
                self.alternative_names = Some(found);
            }
            // keyUsage: digitalSignature, keyEncipherment or keyAgreement, as in OpenSSL.
            [0x55, 0x1d, 0x0f] => {
                let bits = Reader(value).of(BITS)?.get(1).copied().unwrap_or(0);
                self.for_servers &= bits & 0b1010_1000 != 0;
            }
            // extKeyUsage: serverAuth or anyExtendedKeyUsage.
            [0x55, 0x1d, 0x25] => {
                let (mut purposes, mut allowed) = (Reader(Reader(value).of(SEQUENCE)?), false);
                while let Some((_, purpose)) = purposes.next() {
                    allowed |= matches!(
                        purpose,
                        [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01] | [0x55, 0x1d, 0x25, 0x00]
                    );
                }
                self.for_servers &= allowed;
            }
            // basicConstraints and the key identifiers.
            [0x55, 0x1d, 0x13 | 0x0e | 0x23] => {}
            _ => self.for_servers &= !critical,
        }
        Some(())
    }

    /// Whether it is for `host`. As in OpenSSL, the subject's name is only used if there are no alternative names, and
    /// never for an IP address.
    pub(super) fn is_for(&self, host: &ServerName<'_>) -> bool {
        match (host, &self.alternative_names) {
            (ServerName::DnsName(host), Some(names)) => names
                .iter()
                .any(|name| matches!(name, Name::Host(pattern) if is_named(pattern, host.as_ref()))),
            (ServerName::DnsName(host), None) => {
                self.common_names.iter().any(|pattern| is_named(pattern, host.as_ref()))
            }
            (ServerName::IpAddress(address), Some(names)) => {
                let bytes = match IpAddr::from(*address) {
                    IpAddr::V4(address) => address.octets().to_vec(),
                    IpAddr::V6(address) => address.octets().to_vec(),
                };
                names.iter().any(|name| matches!(name, Name::Address(found) if *found == bytes))
            }
            _ => false,
        }
    }
}

/// Whether `pattern` is `host`, or has a `*` in place of its first label.
fn is_named(pattern: &str, host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let below = |pattern: &str| {
        let rest = host.split_once('.').map(|(_, rest)| rest);
        pattern.contains('.') && rest.is_some_and(|rest| rest.eq_ignore_ascii_case(pattern))
    };
    pattern.eq_ignore_ascii_case(host) || pattern.strip_prefix("*.").is_some_and(below)
}

fn common_names(name: &[u8]) -> Option<Vec<&str>> {
    let (mut sets, mut found) = (Reader(name), Vec::new());
    while !sets.0.is_empty() {
        let mut attributes = Reader(sets.of(SET)?);
        while !attributes.0.is_empty() {
            let mut attribute = Reader(attributes.of(SEQUENCE)?);
            let (kind, (_, value)) = (attribute.of(OID)?, attribute.next()?);
            if kind == [0x55, 0x04, 0x03]
                && let Ok(value) = std::str::from_utf8(value)
                && value.is_ascii()
            {
                found.push(value);
            }
        }
    }
    Some(found)
}

const BOOLEAN: u8 = 0x01;
const INTEGER: u8 = 0x02;
const BITS: u8 = 0x03;
const OCTETS: u8 = 0x04;
const OID: u8 = 0x06;
const UTC_TIME: u8 = 0x17;
const TIME: u8 = 0x18;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const VERSION: u8 = 0xa0;
const EXTENSIONS: u8 = 0xa3;

/// Reads consecutive DER elements.
pub(super) struct Reader<'d>(pub(super) &'d [u8]);

impl<'d> Reader<'d> {
    /// The tag and the content of the next element.
    fn next(&mut self) -> Option<(u8, &'d [u8])> {
        let (tag, first) = (*self.0.first()?, *self.0.get(1)?);
        let (length, head) = match first {
            0..=0x7f => (usize::from(first), 2),
            0x81..=0x84 => {
                let bytes = self.0.get(2..2 + usize::from(first & 0x7f))?;
                let length = bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
                (length, 2 + bytes.len())
            }
            _ => return None,
        };
        let content = self.0.get(head..head.checked_add(length)?)?;
        self.0 = &self.0[head + length..];
        Some((tag, content))
    }

    /// The content of the next element, which must have this tag.
    pub(super) fn of(&mut self, wanted: u8) -> Option<&'d [u8]> {
        self.next().filter(|(tag, _)| *tag == wanted).map(|(_, content)| content)
    }

    /// The next element with tag and length.
    fn whole(&mut self, wanted: u8) -> Option<&'d [u8]> {
        let before = self.0;
        self.of(wanted)?;
        before.get(..before.len() - self.0.len())
    }

    /// The content of the next element, which is only consumed if it has this tag.
    fn optional(&mut self, wanted: u8) -> Option<&'d [u8]> {
        if self.0.first() == Some(&wanted) { self.of(wanted) } else { None }
    }

    fn time(&mut self) -> Option<i64> {
        let (tag, text) = self.next()?;
        let text = std::str::from_utf8(text).ok()?;
        let whole = match tag {
            // The year has two digits, for 1950 to 2049.
            UTC_TIME => format!("{}{text}", if text.get(..2)? < "50" { "20" } else { "19" }),
            TIME => text.to_owned(),
            _ => return None,
        };
        let time = DateTime::strptime("%Y%m%d%H%M%SZ", whole).ok()?;
        Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject as _;

    #[test]
    fn hosts_match_patterns_as_in_openssl() {
        for (pattern, host, matches) in [
            ("h.example", "H.example", true),
            ("h.example", "h.example.", true),
            ("*.example.com", "a.example.com", true),
            ("*.example.com", "example.com", false),
            ("*.example.com", "a.b.example.com", false),
            ("*.com", "example.com", false),
            ("*", "localhost", false),
            ("h.exam", "h.example", false),
            ("", "localhost", false),
        ] {
            assert_eq!(is_named(pattern, host), matches, "{pattern} {host}");
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/tls/localhost.pem");
        let der = CertificateDer::pem_file_iter(file).unwrap().next().unwrap().unwrap();
        let whole = Certificate::read(&der).unwrap();
        assert!(whole.alternative_names.is_some() && whole.for_servers);
        assert!(whole.is_for(&"localhost".try_into().unwrap()));
        assert!(whole.is_for(&"127.0.0.1".try_into().unwrap()));
        assert!(!whole.is_for(&"127.0.0.2".try_into().unwrap()));
        for length in 0..der.len() {
            assert!(Certificate::read(&der[..length]).is_none(), "{length}");
        }
        for at in 0..der.len() {
            for byte in [0, 0x7f, 0x80, 0x84, 0xff] {
                let mut broken = der.to_vec();
                broken[at] = byte;
                let _ = Certificate::read(&broken);
            }
        }
    }
}
