//! The host in an address, as botocore sees it: it uses Python's `urlsplit`, which takes much that is no address.

use std::net::Ipv6Addr;

/// The host of `url`, in lower case and without brackets.
pub(super) fn hostname(url: &str) -> Option<String> {
    let after = match url.find("//") {
        Some(0) => &url[2..],
        // Python cuts a scheme off only where it is one.
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

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// Whether botocore takes `url` for an endpoint: its `is_valid_endpoint_url` and `is_valid_ipv6_endpoint_url`.
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

/// `url` without what may be secret in it: a user name, a query.
pub(super) fn shown(url: &str) -> String {
    let plain = url.split(['?', '#']).next().unwrap_or_default();
    let Some((scheme, rest)) = plain.split_once("//") else {
        return plain.to_owned();
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    format!("{scheme}//{place}{path}")
}

/// Whether `label` can stand between the dots of a host name.
pub(super) fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_addresses_are_not_shown() {
        assert_eq!(shown("http://me:word@h:1/x@y?q#f"), "http://h:1/x@y");
        assert_eq!(shown("http://h"), "http://h");
        assert_eq!(shown("x?q"), "x");
    }

    #[test]
    fn hosts_are_those_of_python() {
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
