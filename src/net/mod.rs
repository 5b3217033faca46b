//! HTTP requests and responses, the port to which a browser returns after a sign-in, and the endpoint from which a command
//! gets its credentials. This is the only module that uses reqwest, tokio and rustls; it knows nothing of AWS.
//!
//! Its interface is synchronous. The first request starts the runtime, which has one thread; the first request over TLS
//! loads the certificates. Every request has its own connection: the program makes few requests, and the server may
//! close a kept connection while the program waits before a retry.

pub mod callback;
mod closed;
mod distrust;
mod dns;
pub mod endpoint;
mod error;
mod host;
mod inbound;
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
use reqwest::{Client, Proxy, redirect};
use rustls::ClientConfig;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use zeroize::Zeroizing;

use crate::address::redacted;

use dns::SystemResolver;

pub use distrust::Distrust;
pub use error::{Error, Phase};
pub use host::{host, web_address};
pub use inbound::ListenError;
pub use options::Options;
pub use reqwest::{Method, Url};

/// The largest response, in bytes. The program needs none that is as large.
const LARGEST: usize = 1 << 20;

/// Added to the limit of a whole request. Where both limits are the same, a connection that takes too long is then
/// reported as such.
const GRACE: Duration = Duration::from_millis(50);

/// [`Debug`](fmt::Debug) shows neither header values nor the body, because they may be secret.
pub struct Request {
    pub method: Method,
    pub url: String,
    /// In order, without those that HTTP itself adds.
    pub headers: Vec<(String, Zeroizing<String>)>,
    pub body: Zeroizing<Vec<u8>>,
}

impl Request {
    pub fn new(method: Method, url: impl Into<String>) -> Request {
        Request { method, url: url.into(), headers: Vec::new(), body: Zeroizing::default() }
    }

    /// Adds a header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Request {
        self.headers.push((name.to_owned(), Zeroizing::new(value.to_owned())));
        self
    }

    #[must_use]
    pub fn carrying(mut self, body: Vec<u8>) -> Request {
        self.body = Zeroizing::new(body);
        self
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        let mut shape = f.debug_struct("Request");
        shape.field("method", &self.method).field("url", &redacted(&self.url)).field("headers", &names);
        shape.finish_non_exhaustive()
    }
}

/// [`Debug`](fmt::Debug) shows only its status.
pub struct Response {
    pub status: u16,
    /// The names are in lower case. Headers whose value is not text are left out.
    pub headers: Vec<(String, String)>,
    pub body: Zeroizing<Vec<u8>>,
}

impl Response {
    /// Whether botocore's clients take it for an error, also if it is a redirect.
    pub fn is_error(&self) -> bool {
        self.status >= 300
    }

    /// The value of the first header of this name, which must be in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response").field("status", &self.status).finish_non_exhaustive()
    }
}

/// Whether a request may go through a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// To this machine or its host, for the credentials of a container or an instance: never through a proxy.
    LinkLocal,
    /// To a service, through the proxy of the environment.
    Service,
}

/// The time limits of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For the connection, including name resolution and TLS.
    pub connect: Duration,
    /// From the connection to the last byte of the response. A byte now and then doesn't extend it.
    pub whole: Duration,
}

impl Limits {
    pub const fn both(limit: Duration) -> Limits {
        Limits { connect: limit, whole: limit }
    }
}

pub struct Net {
    options: Options,
    runtime: OnceCell<Runtime>,
    trusting: OnceCell<ClientConfig>,
    is_closed: bool,
}

impl Net {
    /// Opens and reads nothing yet.
    pub fn new(options: Options) -> Net {
        Net { options, runtime: OnceCell::new(), trusting: OnceCell::new(), is_closed: false }
    }

    /// The same network for another thread, with the certificates that this one has loaded.
    #[must_use]
    pub fn forked(&self) -> Net {
        Net {
            options: self.options.clone(),
            runtime: OnceCell::new(),
            trusting: self.trusting.clone(),
            is_closed: self.is_closed,
        }
    }

    /// Sends `request` and waits for the whole response, whatever its status. Redirects are not followed.
    pub fn send(&self, route: Route, request: &Request, limits: Limits) -> Result<Response, Error> {
        let url = target(&request.url)?;
        let proxy = match route {
            Route::LinkLocal => None,
            Route::Service => self.options.proxy(&url)?,
        };
        if self.is_closed {
            return Err(self.unsent(&url, proxy.as_ref(), request));
        }
        let client = self.client(&url, proxy.as_ref(), limits)?;
        let headers = headers(request)?;
        let (start, asked) = (Instant::now(), plain(&url));
        let exchange = exchange(client, request, url, headers, proxy.as_ref().map(plain));
        let whole = limits.connect.max(limits.whole) + GRACE;
        // The timer is created inside the runtime, because it needs the runtime's clock.
        self.runtime()?.block_on(async { timeout(whole, exchange).await }).unwrap_or_else(|_| {
            Err(Error::Timeout { url: asked, phase: Phase::Read, after: start.elapsed() })
        })
    }

    fn client(&self, url: &Url, proxy: Option<&Url>, limits: Limits) -> Result<Client, Error> {
        let trust = if is_encrypted(url, proxy) { self.trusting()?.clone() } else { roots::none()? };
        let mut builder = Client::builder()
            .tls_backend_preconfigured(trust)
            .user_agent(concat!("xcred/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .http1_only()
            .dns_resolver(SystemResolver)
            .pool_max_idle_per_host(0)
            .connect_timeout(limits.connect)
            .no_proxy();
        if let Some(proxy) = proxy {
            // `Options` has read it as a URL.
            builder = builder.proxy(Proxy::all(proxy.clone()).map_err(Error::machine)?);
        }
        builder.build().map_err(Error::machine)
    }

    fn trusting(&self) -> Result<&ClientConfig, Error> {
        if let Some(loaded) = self.trusting.get() {
            return Ok(loaded);
        }
        let Options { ca_bundle, system_bundle, .. } = &self.options;
        let loaded = roots::load(ca_bundle.as_ref(), system_bundle.as_ref())?;
        Ok(self.trusting.get_or_init(|| loaded))
    }

    fn runtime(&self) -> Result<&Runtime, Error> {
        if let Some(running) = self.runtime.get() {
            return Ok(running);
        }
        let started = Builder::new_current_thread().enable_all().build().map_err(Error::machine)?;
        Ok(self.runtime.get_or_init(|| started))
    }
}

impl Drop for Net {
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
    let sending = client.request(request.method.clone(), url).headers(headers).body(request.body.to_vec());
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

fn is_encrypted(url: &Url, proxy: Option<&Url>) -> bool {
    url.scheme() == "https" || proxy.is_some_and(|proxy| proxy.scheme() == "https")
}

/// Where a request to `url` goes, in the one spelling that is sent and signed: with the host in lower case, without the
/// scheme's own port, and without the user name and password, which botocore ignores.
pub fn target(url: &str) -> Result<Url, Error> {
    let refused = |reason| Error::Url { url: redacted(url), reason };
    let mut target = Url::parse(url).map_err(|error| refused(error.to_string()))?;
    if !matches!(target.scheme(), "http" | "https") {
        return Err(refused(format!("its scheme is `{}`", target.scheme())));
    }
    // It can't fail where there is a host.
    let _ = (target.set_username(""), target.set_password(None));
    Ok(target)
}

fn headers(request: &Request) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::new();
    for (name, value) in &request.headers {
        let refused = || Error::Header { name: name.clone() };
        let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?;
        let mut value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| refused())?;
        value.set_sensitive(true);
        headers.append(parsed, value);
    }
    if request.method != Method::GET && request.body.is_empty() {
        // hyper leaves this header out, and some servers then wait for a body.
        headers.insert(CONTENT_LENGTH, HeaderValue::from(0));
    }
    Ok(headers)
}

fn plain(url: &Url) -> String {
    redacted(url.as_str())
}
