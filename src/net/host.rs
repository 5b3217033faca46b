//! The host in a URL.

use reqwest::Url;

/// The host that a request to `url` is sent to, in lower case and without brackets. `None` if the URL is invalid.
pub fn host(url: &str) -> Option<String> {
    let host = Url::parse(url).ok()?.host_str()?.to_lowercase();
    Some(host.trim_start_matches('[').trim_end_matches(']').to_owned())
}

/// An address of the web that means the same to whatever program opens it: without a user's name, and without characters
/// that RFC 3986 leaves out of an address. `None` for any other text.
pub fn web_address(text: &str) -> Option<Url> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte));
    let url = Url::parse(text).ok().filter(|_| is_plain)?;
    let is_web = ["https", "http"].contains(&url.scheme()) && url.host_str().is_some();
    (is_web && url.username().is_empty() && url.password().is_none()).then_some(url)
}
