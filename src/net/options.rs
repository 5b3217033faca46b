//! The settings of requests, and which proxy a request takes.

use std::ffi::OsStr;
use std::path::PathBuf;

use reqwest::Url;

use super::{Error, roots};
use crate::address::{is_scheme, redacted};
use crate::origin::{Located, Origin};
use crate::world::{NoHome, World};

#[derive(Clone, Default)]
pub struct Options {
    /// The file of certificate authorities to trust instead of the system's.
    pub ca_bundle: Option<Located<Result<PathBuf, NoHome>>>,
    /// `SSL_CERT_FILE`: the file with the system's certificates.
    pub system_bundle: Option<Located<PathBuf>>,
    pub http_proxy: Option<Located<String>>,
    pub https_proxy: Option<Located<String>>,
    /// The hosts that are called without a proxy.
    pub no_proxy: Option<String>,
}

impl Options {
    /// The CA bundle is the one of the settings, else `REQUESTS_CA_BUNDLE`, as in botocore. A leading `~` is expanded,
    /// as by urllib3. An empty name is ignored; botocore would then check no certificate.
    ///
    /// The proxies are those of Python's `getproxies_environment`: the lower-case variable takes precedence, and
    /// disables the proxy if it is empty. A CGI script ignores `HTTP_PROXY`, because a client can set it with the
    /// header `Proxy`.
    pub fn of(world: &World, ca_bundle: Option<Located<&OsStr>>) -> Options {
        let variable = |name: &'static str| {
            let bundle = world.path(name).filter(|bundle| !bundle.is_empty())?;
            Some(Located::new(bundle, Origin::environment(name)))
        };
        let ca_bundle = ca_bundle.filter(|bundle| !bundle.value.is_empty());
        let ca_bundle = ca_bundle.or_else(|| variable("REQUESTS_CA_BUNDLE"));
        let proxy = |lower: &'static str, upper: &'static str| {
            let name = if world.variable(lower).is_some() { lower } else { upper };
            Some(Located::new(world.non_empty(name)?.to_owned(), Origin::environment(name)))
        };
        let http = if world.variable("REQUEST_METHOD").is_some() { "http_proxy" } else { "HTTP_PROXY" };
        Options {
            ca_bundle: ca_bundle.map(|bundle| bundle.map(|bundle| world.expand_user(bundle))),
            system_bundle: variable("SSL_CERT_FILE").map(|bundle| bundle.map(PathBuf::from)),
            http_proxy: proxy("http_proxy", http),
            https_proxy: proxy("https_proxy", "HTTPS_PROXY"),
            no_proxy: proxy("no_proxy", "NO_PROXY").map(|list| list.value),
        }
    }

    /// Why no encrypted request can be sent, as far as that shows without one: the bundle or the proxy can't be used.
    pub fn fault(&self) -> Option<Error> {
        let target = Url::parse("https://sts.amazonaws.com/").ok()?;
        let bundle = || {
            roots::check(self.ca_bundle.as_ref(), self.system_bundle.as_ref())?;
            self.ca_bundle.as_ref().map_or(Ok(()), roots::check_whole)
        };
        self.proxy(&target).and_then(|_| bundle()).err()
    }

    pub(super) fn proxy(&self, url: &Url) -> Result<Option<Url>, Error> {
        let setting = if url.scheme() == "https" { &self.https_proxy } else { &self.http_proxy };
        let Some(Located { value, origin }) = setting.as_ref().filter(|_| !self.is_excepted(url)) else {
            return Ok(None);
        };
        let (setting, origin) = (value.trim(), || Box::new(origin.clone()));
        let scheme = setting.split_once("://").map(|(scheme, _)| scheme.to_lowercase());
        // For botocore a host without a scheme, with or without slashes, is an HTTP proxy.
        let full = match setting {
            _ if matches!(scheme.as_deref(), Some("http" | "https")) => setting.to_owned(),
            _ if setting.starts_with("http:") || setting.starts_with("https:") => setting.to_owned(),
            _ if let Some(scheme) = scheme.filter(|scheme| is_scheme(scheme)) => {
                return Err(Error::ProxyScheme { proxy: redacted(setting), scheme, origin: origin() });
            }
            _ if setting.starts_with("//") => format!("http:{setting}"),
            _ => format!("http://{setting}"),
        };
        match Url::parse(&full) {
            Ok(proxy) if proxy.has_host() && !full.contains(ambiguous) => Ok(Some(proxy)),
            _ => Err(Error::ProxyUrl { proxy: redacted(&full), origin: origin() }),
        }
    }

    /// Python's `proxy_bypass_environment`: names and their subdomains, with or without a port, or a single `*`. It
    /// supports neither networks nor other patterns.
    fn is_excepted(&self, url: &Url) -> bool {
        let (Some(list), Some(host)) = (&self.no_proxy, url.host_str()) else {
            return false;
        };
        let host = host.to_lowercase();
        let with_port = url.port_or_known_default().map_or(host.clone(), |port| format!("{host}:{port}"));
        list == "*"
            || list.split(',').any(|name| {
                let name = name.trim().trim_start_matches('.').to_lowercase();
                let below = format!(".{name}");
                !name.is_empty()
                    && [&host, &with_port].iter().any(|host| **host == name || host.ends_with(&below))
            })
    }
}

/// Whether parsers of URLs differ about a character.
fn ambiguous(c: char) -> bool {
    c == '\\' || c.is_whitespace() || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_setting(bundle: &str) -> Located<&OsStr> {
        Located::new(OsStr::new(bundle), Origin::environment("AWS_CA_BUNDLE"))
    }

    fn proxy(variables: &[(&str, &str)], url: &str) -> Option<String> {
        let options = Options::of(&World::of(variables.iter().copied()), None);
        options.proxy(&Url::parse(url).unwrap()).unwrap().map(String::from)
    }

    #[test]
    fn proxies_are_found_as_in_python() {
        for (variables, url, expected) in [
            (&[("HTTPS_PROXY", "http://p:1")][..], "https://h/", Some("http://p:1/")),
            (&[("HTTPS_PROXY", "http://p:1")], "http://h/", None),
            (&[("http_proxy", "p:1")], "http://h/", Some("http://p:1/")),
            (&[("http_proxy", "//p")], "http://h/", Some("http://p/")),
            (&[("HTTP_PROXY", "http://u"), ("http_proxy", "http://l")], "http://h/", Some("http://l/")),
            (&[("HTTP_PROXY", "http://u"), ("http_proxy", "")], "http://h/", None),
            (&[("HTTP_PROXY", "http://u"), ("REQUEST_METHOD", "GET")], "http://h/", None),
            (&[("http_proxy", "http://l"), ("REQUEST_METHOD", "GET")], "http://h/", Some("http://l/")),
            (&[("ALL_PROXY", "http://p")], "http://h/", None),
            (&[("http_proxy", " HTTP://p:1\n")], "http://h/", Some("http://p:1/")),
        ] {
            assert_eq!(proxy(variables, url).as_deref(), expected, "{variables:?} {url}");
        }
    }

    #[test]
    fn proxies_are_bypassed_as_in_python() {
        for (list, url, excepted) in [
            ("*", "http://h/", true),
            ("a,*", "http://h/", false),
            ("example.com", "http://example.com/", true),
            ("example.com", "http://sts.EXAMPLE.com/", true),
            (" .example.com ,x", "http://example.com/", true),
            ("example.com", "http://notexample.com/", false),
            ("127.0.0.1", "http://127.0.0.1:80/", true),
            ("127.0.0.1:80", "http://127.0.0.1/", true),
            ("127.0.0.1:81", "http://127.0.0.1/", false),
            ("127.0.0.0/8", "http://127.0.0.1/", false),
            ("", "http://h/", false),
            (",", "http://h/", false),
        ] {
            let variables = [("http_proxy", "http://p"), ("NO_PROXY", list)];
            assert_eq!(proxy(&variables, url).is_none(), excepted, "{list} {url}");
        }
    }

    #[test]
    fn an_invalid_proxy_is_shown_without_its_password() {
        for proxy in [
            "http://me:c4n4ry@",
            "http://me:c4n4ry\\@p:1",
            "http://me:c4n4ry x@p:1",
            "me:c4n4ry",
            "http://me:c4n4ry/x@p",
            "socks5://me:c4n4ry@127.0.0.1:28810",
            "SOCKS5H://me:c4n4ry@p",
            "ftp://me:c4n4ry/x@p",
        ] {
            let options = Options::of(&World::of([("http_proxy", proxy)]), None);
            let error = options.proxy(&Url::parse("http://h/").unwrap()).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("c4n4ry"), "{error:?}");
        }
    }

    #[test]
    fn an_unsupported_scheme_of_a_proxy_is_an_error() {
        let options = Options::of(&World::of([("http_proxy", "socks5://me:word@127.0.0.1:1")]), None);
        let error = options.proxy(&Url::parse("http://h/").unwrap()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "http_proxy: the proxy `socks5://127.0.0.1:1` can't be used: its scheme is `socks5`, not http or https"
        );
    }

    #[test]
    fn the_bundle_of_the_settings_overrides_the_one_for_requests() {
        let bundle = |variables: &[(&str, &str)], configured: Option<&str>| {
            let world = World::of([("HOME", "/h")].iter().chain(variables).copied());
            let options = Options::of(&world, configured.map(of_setting));
            options.ca_bundle.map(|path| path.value.unwrap().to_str().unwrap().to_owned())
        };
        let requests = [("REQUESTS_CA_BUNDLE", "~/r.pem")];
        assert_eq!(bundle(&requests, Some("~/ca.pem")).as_deref(), Some("/h/ca.pem"));
        assert_eq!(bundle(&requests, Some("")).as_deref(), Some("/h/r.pem"));
        assert_eq!(bundle(&requests, None).as_deref(), Some("/h/r.pem"));
        assert_eq!(bundle(&[("REQUESTS_CA_BUNDLE", "")], Some("")), None);
        assert_eq!(bundle(&[], Some("ca.pem")).as_deref(), Some("ca.pem"));
        assert_eq!(bundle(&[("CURL_CA_BUNDLE", "c.pem")], None), None);
        let homeless = Options::of(&World::of::<&str, &str>([]), Some(of_setting("~/ca.pem")));
        assert!(homeless.ca_bundle.unwrap().value.is_err());
    }

    #[test]
    fn what_no_request_could_be_sent_with_is_found_without_one() {
        for (variables, expected) in [
            (&[][..], None),
            (&[("HTTPS_PROXY", "http://p:1")], None),
            (
                &[("HTTPS_PROXY", "socks5://me:c4n4ry@p")],
                Some(
                    "HTTPS_PROXY: the proxy `socks5://p` can't be used: its scheme is `socks5`, not http or https",
                ),
            ),
            (&[("HTTPS_PROXY", "socks5://p"), ("NO_PROXY", "*")], None),
            (&[("HTTPS_PROXY", "socks5://p"), ("https_proxy", "p")], None),
            (
                &[("REQUESTS_CA_BUNDLE", "/nope")],
                Some("REQUESTS_CA_BUNDLE: the CA bundle `/nope` can't be read"),
            ),
            (&[("SSL_CERT_FILE", "/nope")], None),
            (&[("SSL_CERT_FILE", "/")], Some("SSL_CERT_FILE: the CA bundle `/` can't be read")),
            (
                &[("REQUESTS_CA_BUNDLE", "-----BEGIN CERTIFICATE----- c4n4ry")],
                Some("REQUESTS_CA_BUNDLE: the CA bundle `********` can't be read"),
            ),
        ] {
            let fault = Options::of(&World::of(variables.iter().copied()), None).fault();
            assert_eq!(fault.map(|fault| fault.to_string()).as_deref(), expected, "{variables:?}");
        }
    }
}
