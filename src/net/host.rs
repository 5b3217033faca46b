//! The host in a URL.

use reqwest::Url;

/// The host that a request to `url` is sent to, in lower case and without brackets. `None` if the URL is invalid.
pub fn host(url: &str) -> Option<String> {
    let host = Url::parse(url).ok()?.host_str()?.to_lowercase();
    Some(host.trim_start_matches('[').trim_end_matches(']').to_owned())
}
