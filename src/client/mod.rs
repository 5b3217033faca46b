//! Makes a client of a service from a profile's settings: endpoint, region, retries.
//!
//! Like botocore, it checks these settings only when it makes a client, just before a request.

mod checked;
mod context;
mod error;
#[cfg(test)]
pub mod fixture;
mod metadata;
mod region;

pub use checked::{before_region, data_path};
pub use context::{Context, Guard, InstanceRegion, Progress, Quiet, plain};
pub use error::Error;
pub use metadata::{DISABLED, Metadata, is_disabled};

use crate::address::redacted;
use crate::ini::Value;
use crate::net;
use crate::origin::{Located, Origin};
use crate::profile::SectionName;
use crate::sdk::EmptyEndpoint;
use crate::service::federation::Console;
use crate::service::retry::{Mode, Policy};
use crate::service::{self, Caller, Endpoint, LIMITS, Service, endpoint};
use crate::settings;

/// Sends a request with the profile's own endpoint and retries.
pub fn call<T>(
    context: &Context<'_>,
    service: Service,
    send: impl FnOnce(&Caller<'_>) -> Result<T, service::Error>,
) -> Result<T, Error> {
    let client = of(context, service, context.region())?;
    let _progress = context.progress.show(&redacted(&client.endpoint.url));
    send(&client).map_err(Error::Call)
}

/// The client of a service in a region.
pub fn of<'c>(
    context: &Context<'c>,
    service: Service,
    region: Option<Located<String>>,
) -> Result<Caller<'c>, Error> {
    let client = unsigned(context, service, region)?;
    // botocore checks it for signed requests only.
    if matches!(service, Service::Sts | Service::Iam) && context.sdk.ruled.is_none() {
        context.word(&settings::ACCOUNT_ID_ENDPOINT_MODE)?;
    }
    Ok(client)
}

/// The client of a service whose requests are not signed.
pub fn unsigned<'c>(
    context: &Context<'c>,
    service: Service,
    region: Option<Located<String>>,
) -> Result<Caller<'c>, Error> {
    checked::session(context)?;
    checked::retry_mode(context)?;
    check_variants(context, service)?;
    for_sign_in(context, service, region)
}

/// All SDKs but botocore refuse an endpoint URL together with what is only for AWS's own hosts.
fn check_variants(context: &Context<'_>, service: Service) -> Result<(), Error> {
    if context.sdk.ruled.is_none() || configured_url(context, service)?.is_none() {
        return Ok(());
    }
    let own = Context { profile: &context.clients_profile(), ..*context };
    for row in [&settings::USE_FIPS_ENDPOINT, &settings::USE_DUALSTACK_ENDPOINT] {
        if own.is_enabled(row)
            && let Some(found) = own.setting(row)
        {
            return Err(Error::Variant { name: row.name, sdk: context.sdk.title, origin: found.origin });
        }
    }
    Ok(())
}

/// The client of a service that signs a user in. Unlike [`of`], it works for a profile whose `sso_session` is incomplete:
/// that may be what is being set up.
pub fn for_sign_in<'c>(
    context: &Context<'c>,
    service: Service,
    region: Option<Located<String>>,
) -> Result<Caller<'c>, Error> {
    if region.is_none()
        && let Some(block) = context.effective(&settings::REGION)
    {
        plain(settings::REGION.name, block)?;
    }
    checked::settings(context)?;
    let retry = retry(context)?;
    // botocore checks it for all services, but for the others only after the region.
    let is_sts = service == Service::Sts;
    let custom = configured_url(context, service)?;
    if context.sdk.ruled.is_some_and(|rules| rules.endpoints.needs_whole_region)
        && let Some(region) = region.as_ref().filter(|region| region.value.is_empty())
    {
        let (profile, origin) = (context.profile.name.value.clone(), region.origin.clone());
        return Err(Error::EmptyRegion { profile, origin });
    }
    let own = &Context { profile: &context.clients_profile(), ..*context };
    let wanted = endpoint::Wanted {
        region: region.as_ref().map(|region| region.value.clone()),
        fips: own.is_enabled(&settings::USE_FIPS_ENDPOINT),
        dual_stack: own.is_enabled(&settings::USE_DUALSTACK_ENDPOINT),
        sts_legacy: is_sts && is_sts_legacy(context)?,
        custom: custom.as_ref().map(|url| url.value.clone()),
    };
    let mut endpoint = resolved(context, service, &wanted, region, custom)?;
    if !is_sts {
        is_sts_legacy(context)?;
    }
    if endpoint.region.is_none()
        && context.sdk.ruled.is_some_and(|rules| rules.endpoints.signs_without_region)
    {
        endpoint.region = Some(String::new());
    }
    Ok(Caller { net: context.net, endpoint, retry, limits: LIMITS, clock: context.world })
}

/// Whether the global endpoint of STS is asked for. AWS CLI v2 has no such setting: it is always regional.
fn is_sts_legacy(context: &Context<'_>) -> Result<bool, Error> {
    Ok(context.sdk.has_global_sts
        && context.word(&settings::STS_REGIONAL_ENDPOINTS)?.as_deref() == Some("legacy"))
}

/// The client of a console's sign-in with credentials.
pub fn for_console<'c>(
    context: &Context<'c>,
    console: &Console,
    region: Option<Located<String>>,
) -> Result<Caller<'c>, Error> {
    checked::retry_mode(context)?;
    let named = region.as_ref().map(|region| region.value.as_str());
    let custom = configured_url(context, Service::Signin)?;
    let url = custom.as_ref().map_or_else(|| console.sign_in(named), |url| url.value.clone());
    let wanted =
        endpoint::Wanted { region: named.map(str::to_owned), custom: Some(url), ..Default::default() };
    let endpoint = resolved(context, Service::Signin, &wanted, region, custom)?;
    Ok(Caller { net: context.net, endpoint, retry: retry(context)?, limits: LIMITS, clock: context.world })
}

/// The endpoint. Errors about the region and about the URL of a setting name the place that has it.
fn resolved(
    context: &Context<'_>,
    service: Service,
    wanted: &endpoint::Wanted,
    region: Option<Located<String>>,
    custom: Option<Located<String>>,
) -> Result<Endpoint, Error> {
    let endpoint = Endpoint::resolve(service, wanted);
    let endpoint = match (endpoint, &custom) {
        // No request can be sent there.
        (Ok(endpoint), Some(_)) if net::target(&endpoint.url).is_err() => {
            Err(service::Error::Endpoint { url: redacted(&endpoint.url) })
        }
        (endpoint, _) => endpoint,
    };
    endpoint.map_err(|source| blamed(context, source, region, custom))
}

fn blamed(
    context: &Context<'_>,
    source: service::Error,
    region: Option<Located<String>>,
    custom: Option<Located<String>>,
) -> Error {
    if let (service::Error::Endpoint { .. } | service::Error::Doubtful { .. }, Some(custom)) =
        (&source, custom)
    {
        return Error::Setting { error: source, origin: custom.origin };
    }
    match (source, region) {
        (service::Error::Endpoint { .. }, Some(Located { value, origin })) if value.is_empty() => {
            Error::EmptyRegion { profile: context.profile.name.value.clone(), origin }
        }
        // Nothing else in the URL comes from the user.
        (service::Error::Endpoint { .. }, Some(Located { value: region, origin })) => {
            Error::Setting { error: service::Error::InvalidRegion { region }, origin }
        }
        (error @ service::Error::InvalidRegion { .. }, Some(region)) => {
            Error::Setting { error, origin: region.origin }
        }
        (source, _) => Error::Client(source),
    }
}

fn retry(context: &Context<'_>) -> Result<Policy, Error> {
    if context.sdk.ruled.is_some() {
        // What they make of wrong values is for the chain to know.
        return Ok(Policy::new(Mode::Standard, None));
    }
    let mode = match context.word(&settings::RETRY_MODE)?.as_deref().unwrap_or(context.sdk.retry_mode) {
        "legacy" => Mode::Legacy,
        _ => Mode::Standard,
    };
    let attempts = context.number(&settings::MAX_ATTEMPTS)?;
    Ok(Policy::new(mode, attempts.map(|number| u32::try_from(number).unwrap_or(u32::MAX))))
}

/// The endpoint URL that settings give for a service: the service's own variable, else the variable for all services,
/// the section that the profile's `services` names, or the profile's `endpoint_url`. Empty values are skipped.
pub fn configured_url(context: &Context<'_>, service: Service) -> Result<Option<Located<String>>, Error> {
    let context = &Context { profile: &context.clients_profile(), ..*context };
    let rules = context.sdk.ruled.map(|rules| &rules.endpoints);
    let can_be_ignored = rules.is_none_or(|rules| rules.can_be_ignored);
    if can_be_ignored && context.is_enabled(&settings::IGNORE_CONFIGURED_ENDPOINT_URLS) {
        return Ok(None);
    }
    let key = service.name().replace('-', "_");
    let own = format!("AWS_ENDPOINT_URL_{}", key.to_uppercase());
    let is_general = rules.is_none_or(|rules| rules.general);
    match (context.world.variable(&own), rules.map_or(EmptyEndpoint::Skipped, |rules| rules.empty)) {
        (Some(""), EmptyEndpoint::Default) => return Ok(None),
        (Some(""), EmptyEndpoint::Fails) => {
            let error = service::Error::Endpoint { url: String::new() };
            return Err(Error::Setting { error, origin: Origin::Environment { variable: own.into() } });
        }
        _ => {}
    }
    for (variable, is_read) in [(own, true), ("AWS_ENDPOINT_URL".to_owned(), is_general)] {
        if let Some(url) = context.world.non_empty(&variable).filter(|_| is_read) {
            let url = if rules.is_some_and(|rules| rules.trims_url) { url.trim() } else { url };
            return Ok(Some(Located::new(url.to_owned(), Origin::environment(variable))));
        }
    }
    let profile = context.profile.profile_of(context.sdk, &settings::ENDPOINT_URL);
    if let Some(services) = context.text(profile, settings::SERVICES.name)? {
        if let Some(view) = context.view {
            // Only to botocore a missing section is an error.
            let section = view.services(&services.value);
            if section.is_none() && rules.is_some_and(|rules| rules.needs_services) {
                return Ok(None);
            }
            let found = section.and_then(|section| section.nested(&key, settings::ENDPOINT_URL.name));
            if let Some(url) = found.filter(|url| !url.value.is_empty()) {
                return Ok(Some(url));
            }
            return general_url(context, profile, is_general);
        }
        let section = context.files.find(&SectionName::Services(services.value.clone()));
        if section.keys().is_empty() {
            return Err(Error::NoServices { services: services.value, key, origin: services.origin });
        }
        if let Some(mut found) = section.value(&key) {
            let Value::Block(_) = &found.value else {
                return Err(Error::NoBlock { key, origin: found.origin });
            };
            if let Some(url) = found
                .value
                .nested(settings::ENDPOINT_URL.name)
                .filter(|nested| !nested.value.expose().is_empty())
            {
                if let Origin::File(place) = &mut found.origin {
                    place.line = url.line;
                    place.key = Some(format!("{key}.{}", settings::ENDPOINT_URL.name).into());
                }
                return Ok(Some(Located::new(url.value.expose().to_owned(), found.origin)));
            }
        }
    }
    general_url(context, profile, is_general)
}

/// The profile's URL for all services, if it applies.
fn general_url(
    context: &Context<'_>,
    profile: &str,
    is_general: bool,
) -> Result<Option<Located<String>>, Error> {
    if !is_general {
        return Ok(None);
    }
    Ok(context.text(profile, settings::ENDPOINT_URL.name)?.filter(|url| !url.value.is_empty()))
}

#[cfg(test)]
mod tests;
