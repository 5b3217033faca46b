//! Makes a client of the EC2 instance metadata from a profile's settings.

use std::time::Duration;

use super::context::Context;
use super::error::Error;
use crate::address::redacted;
use crate::origin::Located;
use crate::sdk::{Disabled, Ruled};
use crate::service::imds::{self, Imds, RegionSource, Untimed};
use crate::service::names::Names;
use crate::settings::{self, Kind, Variable, Whole};

/// The variable that disables the metadata.
pub const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";

#[derive(Clone, Debug)]
pub struct Metadata {
    pub base_url: String,
    attempts: u32,
    timeout: Duration,
    v1_disabled: bool,
    pub disabled: bool,
}

impl Metadata {
    pub fn new(context: &Context<'_>) -> Result<Metadata, Error> {
        let ruled = context.sdk.ruled.map(|rules| &rules.instance);
        let (timeout, attempts) = match ruled {
            // Only botocore has settings for them.
            Some(own) => (1, own.attempts.into()),
            None => (
                whole_number(context, &settings::METADATA_SERVICE_TIMEOUT)?,
                whole_number(context, &settings::METADATA_SERVICE_NUM_ATTEMPTS)?,
            ),
        };
        if ruled.is_none() {
            context.formed(&settings::EC2_METADATA_SERVICE_ENDPOINT, Kind::Text)?;
        }
        let endpoint = context.setting(&settings::EC2_METADATA_SERVICE_ENDPOINT);
        let mode = match ruled {
            Some(own) if endpoint.is_some() && !own.mode_beside_endpoint => None,
            _ => context.word(&settings::EC2_METADATA_SERVICE_ENDPOINT_MODE)?,
        };
        let ipv6 = match mode {
            None => context.is_enabled(&settings::IMDS_USE_IPV6),
            Some(mode) => mode == "ipv6",
        };
        let base_url = imds::base(endpoint.as_ref().map(|found| found.value.as_str()), ipv6);
        let base_url = base_url.map_err(|error| match endpoint {
            Some(found) => Error::Setting { error, origin: found.origin },
            None => Error::Client(error),
        })?;
        let drops_path = ruled.is_some_and(|rules| rules.drops_path);
        let base_url = if drops_path { without_path(&base_url).to_owned() } else { base_url };
        Ok(Metadata {
            base_url,
            attempts: u32::try_from(attempts.max(0)).unwrap_or(u32::MAX),
            timeout: Duration::from_secs(u64::try_from(timeout).unwrap_or(0)),
            v1_disabled: context
                .setting(&settings::EC2_METADATA_V1_DISABLED)
                .is_some_and(|found| disables(&found.value, context.sdk.ruled))
                || ruled.is_some_and(|rules| !rules.without_token),
            disabled: is_disabled(context),
        })
    }

    /// The URL without secrets.
    pub fn shown(&self) -> String {
        redacted(&self.base_url)
    }

    pub fn client<'i>(&'i self, context: &Context<'i>) -> Imds<'i> {
        let ruled = context.sdk.ruled.map(|rules| &rules.instance);
        Imds {
            net: context.net,
            clock: context.world,
            base: &self.base_url,
            attempts: self.attempts,
            timeout: self.timeout,
            needs_answer: ruled.is_some(),
            v1_disabled: self.v1_disabled,
            untimed: ruled.map_or(Untimed::Accepted, |rules| rules.untimed),
            checks_name: ruled.is_some_and(|rules| rules.checks_name),
            names: ruled.map_or(Names::Exact, |rules| rules.document.names),
        }
    }

    /// An error if a request would be sent and botocore can't send any: it finds out only then that no time is allowed for it,
    /// or too much.
    pub fn check(&self, context: &Context<'_>) -> Result<(), Error> {
        let row = &settings::METADATA_SERVICE_TIMEOUT;
        if self.is_asked() && context.sdk.ruled.is_none() {
            context.formed(row, row.kind)?;
        }
        Ok(())
    }

    /// Whether any request is sent.
    pub fn is_asked(&self) -> bool {
        !self.disabled && self.attempts > 0
    }

    /// The region of the instance. `None` if it doesn't respond.
    pub(super) fn region(&self, context: &Context<'_>, source: RegionSource) -> Option<Located<String>> {
        let _progress = context.progress.show(&self.shown());
        let client = self.client(context);
        let needs_token = context.sdk.ruled.is_some_and(|rules| !rules.region.without_token);
        Imds { v1_disabled: client.v1_disabled || needs_token, ..client }.region(source)
    }
}

/// Whether the environment disables the metadata.
pub fn is_disabled(context: &Context<'_>) -> bool {
    context.world.variable(DISABLED).is_some_and(|value| disables(value, context.sdk.ruled))
}

/// Scheme, host and port of an address. The slash behind them stays, so that an address that has no more remains as it is.
fn without_path(url: &str) -> &str {
    let host = url.find("//").map_or(0, |at| at + 2);
    url[host..].find('/').map_or(url, |end| &url[..=host + end])
}

/// Whether a value of [`DISABLED`] disables the metadata; a value of the setting that disables those without tokens is read
/// alike.
fn disables(value: &str, ruled: Option<&Ruled>) -> bool {
    match ruled.map(|rules| rules.instance.disabled) {
        Some(Disabled::UnlessFalse) => !value.is_empty() && value != "false",
        Some(Disabled::ByTrue) | None => settings::boolean(value),
    }
}

fn whole_number(context: &Context<'_>, row: &'static Variable) -> Result<i64, Error> {
    Ok(context.number_as(row, Kind::Integer(Whole::ANY))?.unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::without_path;

    #[test]
    fn an_address_without_a_path_is_the_same_to_all() {
        for (url, expected) in [
            ("http://169.254.169.254/", "http://169.254.169.254/"),
            ("http://[fd00:ec2::254]/", "http://[fd00:ec2::254]/"),
            ("http://host:80", "http://host:80"),
            ("http://host:80/a/b", "http://host:80/"),
        ] {
            assert_eq!(without_path(url), expected);
        }
    }
}
