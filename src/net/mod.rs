//! Requests and answers over HTTP. This is the only room that names reqwest, tokio and rustls; it knows nothing
//! of AWS.
//!
//! To callers it is synchronous. Nothing is made before the first request: then the runtime, of one thread, and
//! with the first request over TLS the certificates. Every request has its own connection: the program makes few,
//! and after a wait a kept one may have been closed by the other side without a word.

mod distrust;
mod error;
#[cfg(test)]
pub(crate) mod loopback;
mod options;
mod roots;
#[cfg(test)]
mod tests;
mod trust;
mod x509;

use std::cell::OnceCell;
use std::fmt;
use std::time::{Duration, Instant};

use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Proxy, Url, redirect};
use rustls::ClientConfig;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use zeroize::Zeroizing;

use crate::address::redacted;

pub use distrust::Distrust;
pub use error::{Error, Phase};
pub use options::Options;

/// No answer that this program wants is as large, in bytes.
const LARGEST: usize = 1 << 20;

/// How much longer the answer may take than its limit, so that where both limits are the same a connection that
/// does not come about is told as one.
const GRACE: Duration = Duration::from_millis(50);

/// What is to be done with the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
}

/// A request. What it holds may be secret, so [`Debug`](fmt::Debug) shows neither header values nor the body.
pub struct Request {
    /// The method.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// Headers in their order, besides those that HTTP itself needs.
    pub headers: Vec<(String, Zeroizing<String>)>,
    /// The body.
    pub body: Zeroizing<Vec<u8>>,
}

impl Request {
    /// A request without headers and body.
    pub fn new(method: Method, url: impl Into<String>) -> Request {
        Request { method, url: url.into(), headers: Vec::new(), body: Zeroizing::default() }
    }

    /// The same with one more header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Request {
        self.headers.push((name.to_owned(), Zeroizing::new(value.to_owned())));
        self
    }

    /// The same with a body.
    #[must_use]
    pub fn carrying(mut self, body: Vec<u8>) -> Request {
        self.body = Zeroizing::new(body);
        self
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        let (method, url) = (self.method, redacted(&self.url));
        let mut shape = f.debug_struct("Request");
        shape.field("method", &method).field("url", &url).field("headers", &names).finish_non_exhaustive()
    }
}

/// An answer. [`Debug`](fmt::Debug) shows its status only.
pub struct Response {
    /// The status.
    pub status: u16,
    /// The headers, with names in lower case; a value that is no text is left out.
    pub headers: Vec<(String, String)>,
    /// The body, whole.
    pub body: Zeroizing<Vec<u8>>,
}

impl Response {
    /// The value of the first header of this name, which is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response").field("status", &self.status).finish_non_exhaustive()
    }
}

/// Which way a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// To this machine or its host, for the credentials of a container or an instance: never through a proxy.
    LinkLocal,
    /// To a service, through the proxy that the environment names.
    Service,
}

/// How long is waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For a connection, with the search for the host and TLS.
    pub connect: Duration,
    /// For all of it, from the connection to the last byte of the answer: a byte now and then doesn't prolong it.
    pub whole: Duration,
}

impl Limits {
    /// The same limit for both.
    pub const fn both(limit: Duration) -> Limits {
        Limits { connect: limit, whole: limit }
    }
}

/// The network.
pub struct Net {
    options: Options,
    runtime: OnceCell<Runtime>,
    trusting: OnceCell<ClientConfig>,
}

impl Net {
    /// The network with these settings. Nothing is opened or read yet.
    pub fn new(options: Options) -> Net {
        Net { options, runtime: OnceCell::new(), trusting: OnceCell::new() }
    }

    /// Sends `request` and waits for the whole answer, whatever its status. Redirects are not followed.
    pub fn send(&self, route: Route, request: &Request, limits: Limits) -> Result<Response, Error> {
        let mut url = Url::parse(&request.url)
            .map_err(|error| Error::Url { url: redacted(&request.url), reason: error.to_string() })?;
        if !matches!(url.scheme(), "http" | "https") {
            let reason = format!("its scheme is `{}`", url.scheme());
            return Err(Error::Url { url: redacted(&request.url), reason });
        }
        // botocore takes nothing from before the `@`. A URL that has a host can always lose it.
        let _ = (url.set_username(""), url.set_password(None));
        let proxy = match route {
            Route::LinkLocal => None,
            Route::Service => self.options.proxy(&url)?,
        };
        let client = self.client(&url, proxy.as_ref(), limits)?;
        let headers = headers(request)?;
        let (start, asked) = (Instant::now(), plain(&url));
        let exchange = exchange(client, request, url, headers, proxy.as_ref().map(plain));
        let whole = limits.connect.max(limits.whole) + GRACE;
        // The limit is made inside of the runtime, which has the clock.
        self.runtime()?.block_on(async { timeout(whole, exchange).await }).unwrap_or_else(|_| {
            Err(Error::Timeout { url: asked, phase: Phase::Read, after: start.elapsed() })
        })
    }

    fn client(&self, url: &Url, proxy: Option<&Url>, limits: Limits) -> Result<Client, Error> {
        let encrypted = url.scheme() == "https" || proxy.is_some_and(|proxy| proxy.scheme() == "https");
        let trust = if encrypted { self.trusting()?.clone() } else { roots::none()? };
        let mut builder = Client::builder()
            .tls_backend_preconfigured(trust)
            .user_agent(concat!("xcred/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .http1_only()
            .pool_max_idle_per_host(0)
            .connect_timeout(limits.connect)
            .no_proxy();
        if let Some(proxy) = proxy {
            let shown = plain(proxy);
            builder = builder.proxy(Proxy::all(proxy.clone()).map_err(|_| Error::ProxyUrl { proxy: shown })?);
        }
        builder.build().map_err(|error| Error::Machine { reason: error.to_string() })
    }

    fn trusting(&self) -> Result<&ClientConfig, Error> {
        match self.trusting.get() {
            Some(found) => Ok(found),
            None => {
                let bundle =
                    self.options.ca_bundle.clone().transpose().map_err(|home| Error::NoHome { home })?;
                let loaded = roots::load(bundle.as_deref(), self.options.system_bundle.as_deref())?;
                Ok(self.trusting.get_or_init(|| loaded))
            }
        }
    }

    fn runtime(&self) -> Result<&Runtime, Error> {
        match self.runtime.get() {
            Some(found) => Ok(found),
            None => {
                let made = Builder::new_current_thread().enable_all().build();
                let made = made.map_err(|error| Error::Machine { reason: error.to_string() })?;
                Ok(self.runtime.get_or_init(|| made))
            }
        }
    }
}

impl Drop for Net {
    /// A search for a host name can't be called off; the program doesn't wait for one whose time is up.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn exchange(
    client: Client,
    request: &Request,
    url: Url,
    headers: HeaderMap,
    proxy: Option<String>,
) -> Result<Response, Error> {
    let (start, asked) = (Instant::now(), plain(&url));
    let failed =
        |error: &reqwest::Error| Error::from_reqwest(error, asked.clone(), proxy.clone(), start.elapsed());
    let method = match request.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
    };
    let sending = client.request(method, url).headers(headers).body(request.body.to_vec());
    let mut answer = sending.send().await.map_err(|error| failed(&error))?;
    let text = |(name, value): (&HeaderName, &HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    let headers = answer.headers().iter().filter_map(text).collect();
    let status = answer.status().as_u16();
    let mut body = Zeroizing::new(Vec::with_capacity(4096));
    while let Some(part) = answer.chunk().await.map_err(|error| failed(&error))? {
        if body.len() + part.len() > LARGEST {
            return Err(Error::Long { url: asked });
        }
        body.extend_from_slice(&part);
    }
    Ok(Response { status, headers, body })
}

fn headers(request: &Request) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::new();
    for (name, value) in &request.headers {
        let refused = |_| Error::Header { name: name.clone() };
        let parsed =
            HeaderName::from_bytes(name.as_bytes()).map_err(|_| Error::Header { name: name.clone() })?;
        let mut value = HeaderValue::from_bytes(value.as_bytes()).map_err(refused)?;
        value.set_sensitive(true);
        headers.append(parsed, value);
    }
    if request.method != Method::Get && request.body.is_empty() {
        // hyper leaves it out then; some servers wait for a body.
        headers.insert(CONTENT_LENGTH, HeaderValue::from(0));
    }
    Ok(headers)
}

/// An address without what may be secret in it.
fn plain(url: &Url) -> String {
    redacted(url.as_str())
}

/// The host that a request to `url` would go to, in lower case and without brackets; none where there can be none.
pub fn host(url: &str) -> Option<String> {
    let host = Url::parse(url).ok()?.host_str()?.to_lowercase();
    Some(host.trim_start_matches('[').trim_end_matches(']').to_owned())
}
