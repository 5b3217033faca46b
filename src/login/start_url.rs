//! The address of the AWS access portal: whether it is AWS's, which region it names, and where a vanity address leads.

mod error;

use std::time::Duration;

use crate::address::redacted;
use crate::net::{Limits, Method, Net, Request, Route, Url};
use crate::origin::Located;

pub use error::StartUrlError;

/// The domains of AWS's portals, as in AWS CLI. Only AWS can create names below them.
const DOMAINS: [&str; 8] = [
    "app.aws",
    "portal.amazonaws.com",
    "portal.amazonaws.com.cn",
    "app.amazonwebservices.com.cn",
    "portal.amazonaws.eu",
    "api.amazonwebservices.eu",
    "awsapps.com",
    "awsapps.cn",
];

/// The hosts of IAM Identity Center itself.
const HOSTS: [&str; 4] = [
    "identitycenter.amazonaws.com",
    "identitycenter.amazonaws.com.cn",
    "identitycenter.amazonaws.eu",
    "identitycenter.us-gov.amazonaws.com",
];

/// What is before and behind the region in a host, after its first label.
const SHAPES: [(&str, &str); 6] = [
    ("portal.", ".app.aws"),
    ("", ".portal.amazonaws.com"),
    ("", ".portal.amazonaws.com.cn"),
    ("portal.", ".app.amazonwebservices.com.cn"),
    ("", ".portal.amazonaws.eu"),
    ("portal.", ".api.amazonwebservices.eu"),
];

/// How long each request of a look-up may take.
const LIMIT: Duration = Duration::from_secs(10);

/// A start URL as the service takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// To be sent to the service. That of AWS is as the user wrote it.
    pub url: String,
    /// The region that its host names. Most hosts name none.
    pub region: Option<String>,
    /// Whether the user's address is not AWS's own. The cache and the files keep that one.
    pub is_vanity: bool,
}

/// The start URL that a setting leads to. Only a vanity address is looked up.
pub fn resolve(net: &Net, start_url: &Located<String>) -> Result<Resolved, StartUrlError> {
    let Located { value, origin } = start_url;
    let url = secure(value).map_err(|reason| StartUrlError::Invalid {
        url: redacted(value),
        reason,
        origin: origin.clone(),
    })?;
    if is_aws(&url) {
        return Ok(Resolved { url: value.clone(), region: region(&url), is_vanity: false });
    }
    let target = look_up(net, start_url, &url)?;
    Ok(Resolved { url: normalized(target.clone()), region: region(&target), is_vanity: true })
}

/// The region that the host of an address of AWS names.
pub fn region_of(start_url: &str) -> Option<String> {
    let url = secure(start_url).ok().filter(is_aws)?;
    region(&url)
}

/// What all spellings of a start URL have in common. A token is cached under the one that it was asked for with.
pub fn without_spelling(start_url: &str) -> Option<String> {
    secure(start_url).ok().map(normalized)
}

/// An address that may be a start URL.
fn secure(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    if url.scheme() == "https" { Ok(url) } else { Err("it doesn't begin with https://".to_owned()) }
}

/// Where a vanity address redirects to.
fn look_up(net: &Net, start_url: &Located<String>, url: &Url) -> Result<Url, StartUrlError> {
    let (shown, origin) = (redacted(&start_url.value), &start_url.origin);
    let send = |method| {
        let request = Request::new(method, url.as_str());
        net.send(Route::Service, &request, Limits::both(LIMIT))
            .map_err(|source| StartUrlError::LookUp { url: shown.clone(), source })
    };
    let mut response = send(Method::HEAD)?;
    if matches!(response.status, 405 | 501) {
        response = send(Method::GET)?;
    }
    let location = match response.status {
        301 | 302 | 303 | 307 | 308 => response.header("location"),
        _ => None,
    };
    let Some(location) = location else {
        let status = response.status;
        return Err(StartUrlError::NoRedirect { url: shown, status, origin: origin.clone() });
    };
    let target = url.join(location).ok().filter(|target| target.scheme() == "https" && is_aws(target));
    target.ok_or_else(|| StartUrlError::Foreign {
        url: shown,
        target: redacted(location),
        origin: origin.clone(),
    })
}

/// Whether the host of an address is AWS's.
fn is_aws(url: &Url) -> bool {
    let Some(host) = host(url) else { return false };
    let is_below = |domain: &&str| {
        host.strip_suffix(*domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    HOSTS.contains(&host.as_str()) || DOMAINS.iter().any(is_below)
}

/// The region in the host of an address.
fn region(url: &Url) -> Option<String> {
    let host = host(url)?;
    SHAPES.iter().find_map(|(before, behind)| {
        let (first, rest) = host.strip_suffix(behind)?.split_once('.')?;
        let region = rest.strip_prefix(before)?;
        let is_label =
            region.contains('-') && region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (is_label && !first.is_empty()).then(|| region.to_owned())
    })
}

/// In lower case, as [`Url`] has it, and without the dot of an absolute name.
fn host(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(host.strip_suffix('.').unwrap_or(host).to_owned())
}

/// Without user, query, fragment, default port and trailing slashes, as AWS CLI sends it.
fn normalized(mut url: Url) -> String {
    // These fail only without a host.
    let _ = (url.set_username(""), url.set_password(None));
    url.set_query(None);
    url.set_fragment(None);
    url.as_str().trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests;
