//! A service's endpoint as botocore resolves it, and the region of its signatures.
//!
//! `tests/cases/endpoints.json` has two thousand of botocore's own results.

use super::partition::Console;
use super::{Error, Partition, Service, host};
use crate::address::redacted;
use crate::net;
use crate::settings::{self, is_label};

/// The regions that `sts_regional_endpoints = legacy` sends to the global host.
const LEGACY: [&str; 15] = [
    "ap-northeast-1",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

const GLOBAL: &str = "aws-global";

/// The settings that determine an endpoint.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub region: Option<String>,
    /// `use_fips_endpoint`.
    pub fips: bool,
    /// `use_dualstack_endpoint`.
    pub dual_stack: bool,
    /// `sts_regional_endpoints = legacy`.
    pub sts_legacy: bool,
    /// The URL that a setting gives for this service.
    pub custom: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// With the path of a custom URL.
    pub url: String,
    /// The region of signatures. For a custom URL it may be unknown; then only unsigned requests can be sent.
    pub region: Option<String>,
}

impl Endpoint {
    /// What of a request depends on it. Requests that are alike otherwise get another answer at another place.
    pub fn place(&self) -> serde_json::Value {
        serde_json::json!([self.url, self.region])
    }

    /// The host of the URL, with its port if it has one.
    pub fn host(&self) -> &str {
        let behind = self.url.split_once("://").map_or(self.url.as_str(), |(_, behind)| behind);
        behind.split('/').next().unwrap_or_default()
    }

    pub fn resolve(service: Service, wanted: &Wanted) -> Result<Endpoint, Error> {
        let (region, fips) = match wanted.region.as_deref() {
            None => (None, wanted.fips),
            Some(region) => {
                check(region)?;
                match real(region) {
                    Some(region) => (Some(region), true),
                    None => (Some(region), wanted.fips),
                }
            }
        };
        if let Some(url) = &wanted.custom {
            // The flags are for AWS's own hosts; botocore ignores them here, and `legacy` too.
            return Endpoint { url: url.clone(), region: region.map(str::to_owned) }.checked();
        }
        let region = match (service, region) {
            (_, Some(region)) => region,
            (Service::Sts | Service::Iam, None) => GLOBAL,
            (_, None) => return Err(Error::NoRegion { service }),
        };
        let partition = Partition::of(region);
        if wanted.dual_stack && !has_dual_stack(service, partition, region) {
            return Err(Error::NoVariant { service, region: region.to_owned(), fips });
        }
        let signed = match service {
            Service::Iam => iam_region(partition, fips),
            Service::Sts if region == GLOBAL => "us-east-1",
            _ => region,
        };
        let global = Service::Sts == service
            && !fips
            && !wanted.dual_stack
            && (region == GLOBAL || (wanted.sts_legacy && LEGACY.contains(&region)));
        if global {
            let url = "https://sts.amazonaws.com".to_owned();
            return Ok(Endpoint { url, region: Some("us-east-1".to_owned()) });
        }
        let url = format!("https://{}", hostname(service, partition, region, fips, wanted.dual_stack));
        Endpoint { url, region: Some(signed.to_owned()) }.checked()
    }

    fn checked(self) -> Result<Endpoint, Error> {
        if !settings::is_endpoint(&self.url) {
            return Err(Error::Endpoint { url: redacted(&self.url) });
        }
        // An invalid URL is reported when a request is sent.
        match host::check(&self.url, true) {
            Err(doubt) if net::host(&self.url).is_some() => {
                Err(Error::Doubtful { url: redacted(&self.url), doubt })
            }
            _ => Ok(self),
        }
    }

    /// The URL of `path` at this endpoint, below the path of a custom URL: botocore's `_urljoin`.
    pub(super) fn at(&self, path: &str) -> String {
        let (base, rest) = self.url.split_at(self.url.find(['?', '#']).unwrap_or(self.url.len()));
        let start = base.find("//").map_or(0, |at| at + 2);
        let has_path = base[start..].contains('/');
        let joined = match path {
            "/" if has_path => base.to_owned(),
            _ => format!("{}{path}", base.strip_suffix('/').unwrap_or(base)),
        };
        match (joined.contains('?'), rest.strip_prefix('?')) {
            (true, Some(more)) => format!("{joined}&{more}"),
            _ => joined + rest,
        }
    }
}

/// botocore's `validate_region_name`, whose `$` accepts one line break at the end. An empty region fails later, as a part
/// of the host.
fn check(region: &str) -> Result<(), Error> {
    let name = region.strip_suffix('\n').unwrap_or(region);
    let is_number = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    if name.is_empty() || (is_label(name) && !is_number) {
        Ok(())
    } else {
        Err(Error::InvalidRegion { region: region.to_owned() })
    }
}

/// The region in a name such as `fips-us-east-1`, which is an old way to select FIPS.
pub(super) fn real(region: &str) -> Option<&str> {
    region.strip_prefix("fips-").or_else(|| region.strip_suffix("-fips"))
}

/// botocore has no dual-stack hosts for two partitions, except for their global regions, for which it uses other
/// tables.
fn has_dual_stack(service: Service, partition: &Partition, region: &str) -> bool {
    let global = region.ends_with("-global");
    match partition.name {
        "aws-iso-e" => global,
        "aws-iso-f" => global && service != Service::Iam,
        _ => true,
    }
}

/// The region of IAM's signatures; in China the FIPS hosts have another one.
fn iam_region(partition: &'static Partition, fips: bool) -> &'static str {
    match partition.name {
        "aws-cn" if fips => "cn-northwest-1",
        _ => partition.iam_region,
    }
}

fn hostname(service: Service, partition: &Partition, region: &str, fips: bool, dual_stack: bool) -> String {
    let suffix = if dual_stack { partition.dual_stack_suffix } else { partition.suffix };
    let name = match service {
        Service::Iam => {
            let host = match (fips, dual_stack) {
                (false, false) => partition.iam,
                (true, false) => partition.iam_fips,
                (false, true) => partition.iam_dual_stack,
                (true, true) => partition.iam_fips_dual_stack,
            };
            return host.to_owned();
        }
        Service::Signin if !fips && !dual_stack => match &partition.console {
            Some(Console { sign_in, regional: None, .. }) => return format!("{region}.{sign_in}"),
            _ => "signin",
        },
        Service::Signin => "signin",
        Service::Sts => "sts",
        Service::Sso => "portal.sso",
        Service::Oidc => "oidc",
    };
    // GovCloud's plain hosts are FIPS hosts, except for signing in.
    let plain = partition.name == "aws-us-gov" && !dual_stack && service != Service::Signin;
    let variant = if fips && !plain { "-fips" } else { "" };
    format!("{name}{variant}.{region}.{suffix}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Case {
        service: String,
        region: Option<String>,
        #[serde(default)]
        fips: bool,
        #[serde(default)]
        dual: bool,
        #[serde(default)]
        legacy: bool,
        custom: Option<String>,
        url: Option<String>,
        signed: Option<String>,
        error: Option<String>,
        message: Option<String>,
    }

    #[test]
    fn every_service_has_the_endpoint_of_botocore() {
        let cases: Vec<Case> =
            serde_json::from_str(include_str!("../../tests/cases/endpoints.json")).unwrap();
        assert!(cases.len() > 2000);
        let services = [Service::Sts, Service::Sso, Service::Oidc, Service::Iam, Service::Signin];
        for case in cases {
            let service = services.into_iter().find(|service| service.name() == case.service).unwrap();
            let wanted = Wanted {
                region: case.region.clone(),
                fips: case.fips,
                dual_stack: case.dual,
                sts_legacy: case.legacy,
                custom: case.custom.clone(),
            };
            let what = format!("{service:?} {wanted:?}");
            match Endpoint::resolve(service, &wanted) {
                Ok(Endpoint { region: None, .. }) => {
                    // botocore signed its calls, and fails without a region.
                    assert_eq!(case.error.as_deref(), Some("NoRegionError"), "{what}");
                }
                Ok(found) => {
                    let plain = found.url.split('?').next().unwrap().trim_end_matches('/');
                    assert_eq!(
                        Some(plain),
                        case.url.as_deref().map(|url| url.trim_end_matches('/')),
                        "{what}"
                    );
                    if let Some(signed) = case.signed {
                        assert_eq!(found.region, Some(signed), "{what}");
                    }
                }
                Err(error) => {
                    let (name, message) = match &error {
                        Error::NoRegion { .. } => ("NoRegionError", None),
                        Error::InvalidRegion { .. } => ("InvalidRegionError", None),
                        Error::NoVariant { .. } => ("EndpointVariantError", None),
                        Error::Endpoint { url } => ("ValueError", Some(format!("Invalid endpoint: {url}"))),
                        other => panic!("{what}: {other:?}"),
                    };
                    assert_eq!(Some(name), case.error.as_deref(), "{what}: {error}");
                    // For the sign-in botocore checks a host here that it would not use.
                    let same = message.is_none() || message == case.message || service == Service::Signin;
                    assert!(same, "{what}: {error}");
                }
            }
        }
    }

    #[test]
    fn a_path_is_appended_to_that_of_a_custom_url() {
        for (url, path, joined) in [
            ("https://sts.amazonaws.com", "/", "https://sts.amazonaws.com/"),
            ("https://h/p", "/", "https://h/p"),
            ("https://h/p/", "/", "https://h/p/"),
            ("https://h/p", "/token", "https://h/p/token"),
            ("https://h/p/", "/token", "https://h/p/token"),
            ("https://h?q=1", "/token", "https://h/token?q=1"),
        ] {
            let endpoint = Endpoint { url: url.to_owned(), region: None };
            assert_eq!(endpoint.at(path), joined, "{url} {path}");
        }
    }
}
