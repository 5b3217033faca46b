//! URLs in messages. They come from settings and the environment and may contain a password, so every message shows
//! them with [`redacted`].

use std::net::IpAddr;

/// `address` without user name, password, query and fragment. It need not be a valid URL. If it isn't clear which part
/// is the host and which a password, only the scheme is left.
pub fn redacted(address: &str) -> String {
    let (scheme, rest) = address.split_at(scheme_length(address));
    let (authority, after) = rest.split_at(rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len()));
    let (user, place) =
        authority.rsplit_once('@').map_or((None, authority), |(user, place)| (Some(user), place));
    // For parsers that end the host elsewhere, the rest may be a password.
    let doubtful = after.contains('@') && !(user.is_none() && is_plain_host(place));
    let encoded = place.to_ascii_lowercase().contains("%40");
    if doubtful || encoded || !may_have_port(place) {
        return format!("{scheme}…");
    }
    // Start URLs of IAM Identity Center often have an empty fragment.
    let path = match after.find(['?', '#']) {
        Some(end) if !matches!(&after[end..], "#" | "#/") => &after[..end],
        _ => after,
    };
    format!("{scheme}{place}{path}")
}

/// The length of the scheme and the slashes.
fn scheme_length(address: &str) -> usize {
    let has_scheme = |at: &usize| *at == 0 || address[..*at].strip_suffix(':').is_some_and(is_scheme);
    address.find("//").filter(has_scheme).map_or(0, |at| at + 2)
}

pub fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// Whether the text after the host, if any, is a port and not a password.
fn may_have_port(place: &str) -> bool {
    let behind = place.rsplit_once(']').map_or(place, |(_, behind)| behind);
    behind.split_once(':').is_none_or(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether the host is certainly not a password.
fn is_plain_host(place: &str) -> bool {
    let host = match place.strip_prefix('[') {
        Some(inner) => inner.split(']').next().unwrap_or_default(),
        None => place.split(':').next().unwrap_or_default(),
    };
    host == "localhost" || host.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn possible_secrets_are_not_shown() {
        for (address, shown) in [
            ("http://h", "http://h"),
            ("http://me:word@h:1/x?q#f", "http://h:1/x"),
            ("https://me:w@rd@h/", "https://h/"),
            ("//me:word@h/x", "//h/x"),
            ("me:word@127.0.0.1:1", "127.0.0.1:1"),
            ("x?q", "x"),
            ("https://h/start#/", "https://h/start#/"),
            ("https://h/start?#/", "https://h/start"),
            ("http://ho st", "http://ho st"),
            ("http://[::1]:4566/x@y", "http://[::1]:4566/x@y"),
            ("http://169.254.169.254/role@team", "http://169.254.169.254/role@team"),
            ("", ""),
        ] {
            assert_eq!(redacted(address), shown, "{address}");
        }
    }

    #[test]
    fn a_password_is_not_shown_wherever_a_parser_ends_it() {
        for address in [
            "http://me:c4n4ry@h/",
            "http://me:c4n4ry",
            "http://me:c4n4ry/x@h/",
            "http://me:1/c4n4ry@h/",
            "http://me:1?c4n4ry@h/",
            "http://me:c4n4ry#x@h/",
            "http://me:c4n4ry\\@h/",
            "http:\\\\me:c4n4ry@h/",
            "http:/me:c4n4ry@h/",
            "http:me:c4n4ry@h",
            "http:me:c4n4ry",
            "http://me:c4n4ry%40h/",
            "http://me%3ac4n4ry%40h/",
            "http://c4n4ry/x@h",
            "socks5://me:c4n4ry@h:1",
            "http://socks5://me:c4n4ry@h:1",
            "me:c4n4ry@socks5://h",
            "https://h/?token=c4n4ry",
            "https://h/?token=x@c4n4ry",
            "https://h/#c4n4ry",
            " http://me:c4n4ry@h",
            "http ://me:c4n4ry@h",
            "é://me:c4n4ry@h",
        ] {
            assert!(!redacted(address).contains("c4n4ry"), "{address}: {}", redacted(address));
        }
    }
}
