//! The host in a URL, as botocore parses it: with Python's `urlsplit`, which accepts much that is not a URL.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::address::is_scheme;
use crate::net;
use crate::settings::is_label;

/// The hosts that may be sent a token without `https`, besides loopback addresses: those of ECS and EKS.
pub(super) const CONTAINERS: [&str; 4] = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23", "localhost"];

/// The host of `url`, in lower case and without brackets.
pub(super) fn hostname(url: &str) -> Option<String> {
    let after = match url.find("//") {
        Some(0) => &url[2..],
        // Python removes a scheme only if it is valid.
        Some(at) if url[..at].ends_with(':') && is_scheme(&url[..at - 1]) => &url[at + 2..],
        _ => return None,
    };
    let authority = &after[..after.find(['/', '?', '#']).unwrap_or(after.len())];
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    let host = match place.strip_prefix('[') {
        Some(inner) => inner.split(']').next().unwrap_or_default(),
        None => place.split(':').next().unwrap_or_default(),
    };
    (!host.is_empty()).then(|| host.to_lowercase())
}

/// Whether botocore accepts `url` as an endpoint: its `is_valid_endpoint_url` and `is_valid_ipv6_endpoint_url`.
pub(super) fn is_endpoint(url: &str) -> bool {
    let Some(host) = hostname(url).filter(|_| !url.contains(['\t', '\r', '\n'])) else {
        return false;
    };
    let address = host.split('%').next().unwrap_or_default();
    if address.parse::<Ipv6Addr>().is_ok() {
        return true;
    }
    let name = host.strip_suffix('.').unwrap_or(&host);
    host.len() <= 255 && name.split('.').all(is_label)
}

/// Why no request may be sent to a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// Parsers treat these characters differently.
    #[error("it contains whitespace, a backslash or a control character")]
    Character,
    /// Python finds one host in it, and the HTTP library another or none.
    #[error("it isn't clear which host it names")]
    Host,
}

/// Refuses a URL in which parsers may find different hosts: the host that was checked must be the host that gets the
/// request.
///
/// Unusual spellings of IP addresses, such as `127.1`, are names to Python; they are allowed where any host is.
pub(super) fn check(url: &str, any_host: bool) -> Result<(), Doubt> {
    if url.contains(|c: char| c == '\\' || c.is_whitespace() || c.is_control()) {
        return Err(Doubt::Character);
    }
    let (Some(seen), Some(asked)) = (hostname(url), net::host(url)) else { return Err(Doubt::Host) };
    let address = |host: &str| host.parse::<IpAddr>().ok();
    let numeric = || {
        let number = |c: char| c.is_ascii_hexdigit() || c == 'x' || c == '.';
        asked.parse::<Ipv4Addr>().is_ok() && seen.chars().all(number)
    };
    let same = seen == asked || address(&seen).is_some_and(|seen| address(&asked) == Some(seen));
    if same || (any_host && numeric()) { Ok(()) } else { Err(Doubt::Host) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parser_must_find_the_same_host() {
        for url in [
            "http://192.0.2.2:28401\\@localhost/x",
            "http://localhost\\@192.0.2.2/x",
            "http://local\thost/",
            "http://localhost\n/",
            "http://localhost/\r",
            " http://localhost/",
            "http://localhost/a b",
            "http://localhost/\u{a0}",
            "http://localhost\u{0}/",
            "http://localhost\u{7f}/",
            "http://\u{ff4c}ocalhost/",
            "http://localhos\u{1d42d}/",
            "http://%6cocalhost/",
            "http://localhost:80:90/",
            "http://localhost:99999/",
            "http:///localhost/",
            "http:/localhost/",
            "http:localhost",
            "//localhost/",
            "localhost",
            "http://[fe80::1%25eth0]/",
            "http://[::1",
            "http://[::1]x/",
            "http://x[::1]/",
            "ftp://",
            "",
        ] {
            for any_host in [true, false] {
                assert!(check(url, any_host).is_err(), "{url:?}");
            }
        }
        for url in ["http://2130706433/", "http://127.1/", "http://0x7f.0.0.1/", "http://017700000001/"] {
            assert_eq!((check(url, true), check(url, false)), (Ok(()), Err(Doubt::Host)), "{url}");
        }
        for url in [
            "http://localhost/x",
            "HTTP://LOCALHOST:80/x@y?z#f",
            "https://me:word@h.example:8443/x",
            "http://127.0.0.1:4566",
            "http://[::1]:4566/",
            "http://[fd00:0ec2::23]/",
            "http://a_b/",
            "http://localhost@192.0.2.2/",
            "http://localhost%2f@192.0.2.2/",
        ] {
            assert_eq!(check(url, false), Ok(()), "{url}");
        }
    }

    #[test]
    fn hosts_are_found_as_in_python() {
        for (url, host, is) in [
            ("http://H.example:80/x", Some("h.example"), true),
            ("https://me:word@h/x@y", Some("h"), true),
            ("http://[::1]:4566/", Some("::1"), true),
            ("http://h.", Some("h."), true),
            ("//h/x", Some("h"), true),
            ("http://a_b/", Some("a_b"), false),
            ("http://a..b/", Some("a..b"), false),
            ("http://-a/", Some("-a"), false),
            ("http://ho st", Some("ho st"), false),
            ("http://h\n/", Some("h\n"), false),
            ("http://", None, false),
            ("http:///x", None, false),
            ("example.com", None, false),
            ("", None, false),
        ] {
            let expected = host.filter(|host| !host.contains('\n'));
            if !url.contains('\n') {
                assert_eq!(hostname(url).as_deref(), expected, "{url}");
            }
            assert_eq!(is_endpoint(url), is, "{url}");
        }
    }
}
