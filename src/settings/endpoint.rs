//! The URL of an endpoint, as botocore parses it: with Python's `urlsplit`, which accepts much that is not a URL.

use std::net::Ipv6Addr;

use super::forms::is_label;
use crate::address::is_scheme;

/// The host of `url`, in lower case and without brackets.
pub fn hostname(url: &str) -> Option<String> {
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
pub fn is_endpoint(url: &str) -> bool {
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

/// Whether requests can be sent to `url`. botocore finds out about the scheme only when it sends one.
pub fn is_reachable(url: &str) -> bool {
    let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
    is_endpoint(url) && ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn requests_are_sent_over_http_only() {
        assert!(is_reachable("http://h/x") && is_reachable("HTTPS://h"));
        assert!(["ftp://h", "//h/x", "h", ""].iter().all(|url| !is_reachable(url)));
    }
}
