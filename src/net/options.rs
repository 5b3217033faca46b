//! The settings of requests, and which proxy a request takes.

use std::ffi::OsStr;
use std::path::PathBuf;

use reqwest::Url;

use super::Error;
use crate::address::{is_scheme, redacted};
use crate::world::{NoHome, World};

#[derive(Clone, Default)]
pub struct Options {
    /// The file of certificate authorities to trust instead of the system's.
    pub ca_bundle: Option<Result<PathBuf, NoHome>>,
    /// `SSL_CERT_FILE`: the file with the system's certificates.
    pub system_bundle: Option<PathBuf>,
    pub http_proxy: Option<String>,
    pub https_proxy: Option<String>,
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
    pub fn of(world: &World, ca_bundle: Option<&OsStr>) -> Options {
        let named = |bundle: &&OsStr| !bundle.is_empty();
        let ca_bundle = ca_bundle.filter(named).or_else(|| world.path("REQUESTS_CA_BUNDLE").filter(named));
        let ca_bundle = ca_bundle.map(|bundle| world.expand_user(bundle));
        let proxy = |lower: &str, upper: &str| match world.variable(lower) {
            Some(value) => Some(value).filter(|value| !value.is_empty()).map(str::to_owned),
            None => world.non_empty(upper).map(str::to_owned),
        };
        let http = if world.variable("REQUEST_METHOD").is_some() { "http_proxy" } else { "HTTP_PROXY" };
        Options {
            ca_bundle,
            system_bundle: world.path("SSL_CERT_FILE").filter(named).map(PathBuf::from),
            http_proxy: proxy("http_proxy", http),
            https_proxy: proxy("https_proxy", "HTTPS_PROXY"),
            no_proxy: proxy("no_proxy", "NO_PROXY"),
        }
    }

    pub(super) fn proxy(&self, url: &Url) -> Result<Option<Url>, Error> {
        let setting = if url.scheme() == "https" { &self.https_proxy } else { &self.http_proxy };
        let Some(setting) = setting.as_deref().filter(|_| !self.is_excepted(url)) else {
            return Ok(None);
        };
        let setting = setting.trim();
        let scheme = setting.split_once("://").map(|(scheme, _)| scheme.to_lowercase());
        // For botocore a host without a scheme, with or without slashes, is an HTTP proxy.
        let full = match setting {
            _ if matches!(scheme.as_deref(), Some("http" | "https")) => setting.to_owned(),
            _ if setting.starts_with("http:") || setting.starts_with("https:") => setting.to_owned(),
            _ if let Some(scheme) = scheme.filter(|scheme| is_scheme(scheme)) => {
                return Err(Error::ProxyScheme { proxy: redacted(setting), scheme });
            }
            _ if setting.starts_with("//") => format!("http:{setting}"),
            _ => format!("http://{setting}"),
        };
        match Url::parse(&full) {
            Ok(proxy) if proxy.has_host() && !full.contains(ambiguous) => Ok(Some(proxy)),
            _ => Err(Error::ProxyUrl { proxy: redacted(&full) }),
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
            let options = Options { http_proxy: Some(proxy.to_owned()), ..Options::default() };
            let error = options.proxy(&Url::parse("http://h/").unwrap()).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("c4n4ry"), "{error:?}");
        }
    }

    #[test]
    fn an_unsupported_scheme_of_a_proxy_is_an_error() {
        let options =
            Options { http_proxy: Some("socks5://me:word@127.0.0.1:1".to_owned()), ..Options::default() };
        let error = options.proxy(&Url::parse("http://h/").unwrap()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the proxy `socks5://127.0.0.1:1` can't be used: its scheme is `socks5`, not http or https"
        );
    }

    #[test]
    fn the_bundle_of_the_settings_overrides_the_one_for_requests() {
        let bundle = |variables: &[(&str, &str)], configured: Option<&str>| {
            let world = World::of([("HOME", "/h")].iter().chain(variables).copied());
            let options = Options::of(&world, configured.map(OsStr::new));
            options.ca_bundle.map(|path| path.unwrap().to_str().unwrap().to_owned())
        };
        let requests = [("REQUESTS_CA_BUNDLE", "~/r.pem")];
        assert_eq!(bundle(&requests, Some("~/ca.pem")).as_deref(), Some("/h/ca.pem"));
        assert_eq!(bundle(&requests, Some("")).as_deref(), Some("/h/r.pem"));
        assert_eq!(bundle(&requests, None).as_deref(), Some("/h/r.pem"));
        assert_eq!(bundle(&[("REQUESTS_CA_BUNDLE", "")], Some("")), None);
        assert_eq!(bundle(&[], Some("ca.pem")).as_deref(), Some("ca.pem"));
        assert_eq!(bundle(&[("CURL_CA_BUNDLE", "c.pem")], None), None);
        let homeless = Options::of(&World::of::<&str, &str>([]), Some(OsStr::new("~/ca.pem")));
        assert!(homeless.ca_bundle.unwrap().is_err());
    }
}
