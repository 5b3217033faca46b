//! URLs to which no request may be sent, because parsers find different hosts in them.

use std::net::{IpAddr, Ipv4Addr};

use crate::net;
use crate::settings::hostname;

/// The hosts that may be sent a token without `https`, besides loopback addresses: those of ECS and EKS.
pub(super) const CONTAINERS: [&str; 4] = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23", "localhost"];

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
}
