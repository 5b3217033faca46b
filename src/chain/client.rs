//! How the profile's settings make a client: endpoint, retries. botocore checks them when it makes a client, so
//! they are checked only when a service is about to be asked.

use super::{Context, Error, region};
use crate::address::redacted;
use crate::credentials::{Credentials, Expiration};
use crate::failure::{Command, Explain as _, Hint};
use crate::ini::Value;
use crate::net::Net;
use crate::origin::{Located, Origin};
use crate::profile::SectionName;
use crate::secret::Secret;
use crate::service::retry::{Mode, Policy};
use crate::service::sts::SessionName;
use crate::service::{self, Caller, Clock, Endpoint, Keys, LIMITS, Service, endpoint};
use crate::settings::{self, CaseRule, Empty, Kind, Variable};

/// A client of one service.
pub(super) struct Client<'c> {
    net: &'c Net,
    clock: &'c dyn Clock,
    retry: Policy,
    /// Where the service is.
    pub(super) endpoint: Endpoint,
}

impl Client<'_> {
    /// The client as the service's calls take it.
    pub(super) fn caller(&self) -> Caller<'_> {
        Caller {
            net: self.net,
            endpoint: &self.endpoint,
            retry: &self.retry,
            limits: LIMITS,
            clock: self.clock,
        }
    }

    /// Keys that the service gave.
    pub(super) fn located(
        &self,
        keys: Keys,
        expiration: Expiration,
        account_id: Option<String>,
    ) -> Credentials {
        located(keys, Some(expiration), account_id, &self.endpoint.url)
    }
}

/// Keys that `url` gave.
pub(super) fn located(
    keys: Keys,
    expiration: Option<Expiration>,
    account_id: Option<String>,
    url: &str,
) -> Credentials {
    let origin = Origin::Service { url: redacted(url) };
    let Keys { access_key_id, secret_access_key, session_token } = keys;
    Credentials {
        access_key_id: Some(Located::new(access_key_id, origin.clone())),
        secret_access_key: Some(Located::new(secret_access_key, origin.clone())),
        session_token: session_token.map(|token| Located::new(token, origin.clone())),
        account_id: account_id.map(|id| Located::new(id, origin.clone())),
        expiration: expiration.map(|at| Located::new(at, origin)),
    }
}

/// The name that botocore makes up for a role's session.
pub(super) fn generated_session_name(context: &Context<'_>) -> String {
    format!("botocore-session-{}", context.world.now().as_second())
}

/// The session's name: as configured, else made up. An empty one counts as none.
pub(super) fn session_name<'n>(configured: Option<&'n str>, generated: &'n str) -> SessionName<'n> {
    match configured.filter(|name| !name.is_empty()) {
        Some(name) => SessionName::Configured(name),
        None => SessionName::Generated(generated),
    }
}

/// The client for STS, in the region of the selected profile: a source profile's region never counts.
pub(super) fn sts<'c>(context: &'c Context<'_>) -> Result<Client<'c>, Error> {
    of(context, Service::Sts, region(context))
}

/// The client for a service in a region.
pub(super) fn of<'c>(
    context: &'c Context<'_>,
    service: Service,
    region: Option<Located<String>>,
) -> Result<Client<'c>, Error> {
    check_session(context)?;
    for row in [
        &settings::DEFAULTS_MODE,
        &settings::ACCOUNT_ID_ENDPOINT_MODE,
        &settings::REQUEST_CHECKSUM_CALCULATION,
        &settings::RESPONSE_CHECKSUM_VALIDATION,
    ] {
        word(context, row)?;
    }
    let retry = retry(context)?;
    let enabled = |row| context.setting(row).is_some_and(|found| settings::boolean(&found.value));
    // AWS CLI v2 has no such setting any more: it is always regional.
    let sts_legacy = context.sdk == settings::Sdk::Boto3
        && word(context, &settings::STS_REGIONAL_ENDPOINTS)?.as_deref() == Some("legacy");
    let wanted = endpoint::Wanted {
        region: region.as_ref().map(|region| region.value.clone()),
        fips: enabled(&settings::USE_FIPS_ENDPOINT),
        dual_stack: enabled(&settings::USE_DUALSTACK_ENDPOINT),
        sts_legacy,
        custom: configured_url(context, service)?,
    };
    let endpoint = Endpoint::resolve(service, &wanted).map_err(|source| blamed(context, source, region))?;
    Ok(Client { net: context.net, clock: context.world, retry, endpoint })
}

/// The error with the place of the region, where that is to blame.
fn blamed(context: &Context<'_>, source: service::Error, region: Option<Located<String>>) -> Error {
    match (source, region) {
        (service::Error::Endpoint { .. }, Some(Located { value, origin })) if value.is_empty() => {
            Error::EmptyRegion { profile: context.profile.name.value.clone(), origin }
        }
        (source @ service::Error::InvalidRegion { .. }, Some(region)) => {
            Error::Invalid { message: source.to_string(), help: source.help(), origin: Some(region.origin) }
        }
        (source, _) => Error::Client { source },
    }
}

fn retry(context: &Context<'_>) -> Result<Policy, Error> {
    let mode = match word(context, &settings::RETRY_MODE)?.as_deref() {
        Some("legacy") => Mode::Legacy,
        Some(_) => Mode::Standard,
        None if context.sdk == settings::Sdk::AwsCli => Mode::Standard,
        None => Mode::Legacy,
    };
    let attempts = context.setting(&settings::MAX_ATTEMPTS).map(|found| {
        let number = settings::integer(&found.value).filter(|number| *number >= 1);
        let number = number.and_then(|number| u32::try_from(number).ok());
        number.ok_or_else(|| Error::Invalid {
            message: "max_attempts is not a whole number from 1 on".to_owned(),
            origin: Some(found.origin),
            help: Some("write digits only, such as 5".into()),
        })
    });
    Ok(Policy::new(mode, attempts.transpose()?))
}

/// The value of a setting that must be one of a few words.
fn word(context: &Context<'_>, row: &'static Variable) -> Result<Option<String>, Error> {
    let Some(found) = context.setting(row) else { return Ok(None) };
    if row.empty == Empty::Default && found.value.is_empty() {
        return Ok(None);
    }
    let Kind::OneOf(words, rule) = row.kind else {
        return Ok(Some(found.value));
    };
    let value = if rule == CaseRule::Any { found.value.to_lowercase() } else { found.value.clone() };
    if words.contains(&value.as_str()) {
        return Ok(Some(value));
    }
    Err(Error::Invalid {
        message: format!("`{}` is no {}", found.value, row.name),
        origin: Some(found.origin),
        help: Some(format!("write one of {}", words.join(", ")).into()),
    })
}

/// The address that settings name for a service: its own variable, the variable for all, the section that the
/// profile's `services` names, the profile's `endpoint_url`. Empty ones are passed over.
pub(super) fn configured_url(context: &Context<'_>, service: Service) -> Result<Option<String>, Error> {
    if context
        .setting(&settings::IGNORE_CONFIGURED_ENDPOINT_URLS)
        .is_some_and(|found| settings::boolean(&found.value))
    {
        return Ok(None);
    }
    let key = service.name().replace('-', "_");
    let own = format!("AWS_ENDPOINT_URL_{}", key.to_uppercase());
    if let Some(url) = context.world.non_empty(&own).or_else(|| context.world.non_empty("AWS_ENDPOINT_URL")) {
        return Ok(Some(url.to_owned()));
    }
    let profile = &context.profile.name.value;
    if let Some(services) = context.text(profile, "services")? {
        let section = SectionName::Services(services.value.clone());
        let section = context.files.find(&section);
        if section.keys().is_empty() {
            return Err(Error::Invalid {
                message: format!("the services section `{}` is missing or empty", services.value),
                origin: Some(services.origin),
                help: Some(
                    Hint::from("set an address there: ").run(
                        Command::xcred(["set"])
                            .argument(format!("{key}.endpoint_url"))
                            .argument("URL")
                            .option("--services", services.value),
                    ),
                ),
            });
        }
        if let Some(found) = section.value(&key) {
            let Value::Block(_) = &found.value else {
                let message = format!("`{key}` is no nested block");
                return Err(Error::invalid(message, Some(found.origin)));
            };
            if let Some(url) =
                found.value.nested("endpoint_url").filter(|nested| !nested.value.expose().is_empty())
            {
                return Ok(Some(url.value.expose().to_owned()));
            }
        }
    }
    Ok(context.text(profile, "endpoint_url")?.map(|url| url.value).filter(|url| !url.is_empty()))
}

/// A profile with an `sso_session` that is not whole breaks every client of botocore's.
fn check_session(context: &Context<'_>) -> Result<(), Error> {
    let Some(session) = context.text(&context.profile.name.value, "sso_session")? else { return Ok(()) };
    let section = SectionName::SsoSession(session.value.clone());
    let section = context.files.find(&section);
    for key in ["sso_start_url", "sso_region"] {
        if !section.has(key) {
            return Err(Error::Invalid {
                message: format!("the sso-session `{}` has no {key}", session.value),
                origin: Some(session.origin),
                help: Some(
                    Hint::from("set it: ").run(
                        Command::xcred(["set"])
                            .argument(key)
                            .argument("VALUE")
                            .option("--sso-session", session.value),
                    ),
                ),
            });
        }
    }
    Ok(())
}

impl Context<'_> {
    /// The text of a setting that counts.
    pub(super) fn setting(&self, row: &'static Variable) -> Option<Located<String>> {
        let setting = settings::effective(self.world, self.options, self.files, self.profile, row, self.sdk)?;
        let text = setting.winner.value.as_text().map(Secret::expose)?.to_owned();
        Some(Located::new(text, setting.winner.origin))
    }
}
