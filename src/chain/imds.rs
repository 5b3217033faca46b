//! The metadata of an EC2 instance: the last of the chain.

use std::time::Duration;

use serde_json::json;

use super::plan::{Ask, Intent, Planned};
use super::renew::renew;
use super::run::{Answer, Later, Loaded, Stage};
use super::{Context, Error, Provider, client};
use crate::address::redacted;
use crate::credentials::{Credentials, Expiration};
use crate::origin::{Located, Origin};
use crate::service::imds::{self, Imds, Outcome};
use crate::settings::{self, Variable};

const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";

/// How to ask.
#[derive(Clone)]
pub(super) struct Plan {
    base_url: String,
    attempts: u32,
    timeout: Duration,
    v1_disabled: bool,
    disabled: bool,
}

/// The plan.
pub(super) fn plan(context: &Context<'_>) -> Result<Planned, Error> {
    let plan = Plan::new(context)?;
    if plan.disabled {
        let looked_at = vec![Origin::environment(DISABLED)];
        return Ok(Planned::new(Provider::IamRole, looked_at, Intent::Absent(format!("{DISABLED} is true"))));
    }
    Ok(Planned::new(Provider::IamRole, Vec::new(), Intent::Ask(Ask::Imds(plan))))
}

impl Plan {
    /// Reads the settings. botocore does so before it asks the first provider, so that bad ones also stop those
    /// who have keys in the environment.
    pub(super) fn new(context: &Context<'_>) -> Result<Plan, Error> {
        let timeout = whole_number(context, &settings::METADATA_SERVICE_TIMEOUT)?;
        let attempts = whole_number(context, &settings::METADATA_SERVICE_NUM_ATTEMPTS)?;
        let ipv6 = match context.setting(&settings::EC2_METADATA_SERVICE_ENDPOINT_MODE) {
            None => {
                context.setting(&settings::IMDS_USE_IPV6).is_some_and(|found| settings::boolean(&found.value))
            }
            Some(mode) => match mode.value.to_lowercase().as_str() {
                "ipv4" => false,
                "ipv6" => true,
                other => {
                    return Err(Error::Invalid {
                        message: format!("`{other}` is no endpoint mode for instance metadata"),
                        origin: Some(mode.origin),
                        help: Some("write ipv4 or ipv6".into()),
                    });
                }
            },
        };
        let endpoint = context.setting(&settings::EC2_METADATA_SERVICE_ENDPOINT);
        let base_url = imds::base(endpoint.as_ref().map(|found| found.value.as_str()), ipv6)
            .map_err(|error| Error::invalid(error.to_string(), endpoint.map(|found| found.origin)))?;
        let v1_disabled = context.setting(&settings::EC2_METADATA_V1_DISABLED);
        Ok(Plan {
            base_url,
            attempts: u32::try_from(attempts.max(0)).unwrap_or(u32::MAX),
            timeout: Duration::from_secs(u64::try_from(timeout).unwrap_or(0)),
            v1_disabled: v1_disabled.is_some_and(|found| settings::boolean(&found.value)),
            disabled: context.world.variable(DISABLED).is_some_and(settings::boolean),
        })
    }

    /// What would be asked.
    pub(super) fn what(&self) -> String {
        redacted(&self.base_url)
    }

    /// Asks. An instance without a role, and a machine that is no instance, have no credentials and are no error.
    pub(super) fn load(self, context: &Context<'_>) -> Answer {
        let found = self.fetch(context).map(|found| {
            found.map(|first| {
                let identity = format!("instance metadata at {}", self.what());
                let key = json!({"InstanceMetadata": self.base_url});
                Loaded {
                    identity,
                    key: Some(key),
                    stage: Stage::Later(Box::new(Again { plan: self.clone(), first })),
                }
            })
        });
        Answer::of(found)
    }

    /// The region that the instance is in, if it may be asked and answers.
    pub(super) fn region(&self, context: &Context<'_>) -> Option<Located<String>> {
        if self.disabled {
            return None;
        }
        let _told = context.operator.waiting(&self.what());
        self.client(context).region()
    }

    fn client<'i>(&'i self, context: &'i Context<'_>) -> Imds<'i> {
        Imds {
            net: context.net,
            clock: context.world,
            base: &self.base_url,
            attempts: self.attempts,
            timeout: self.timeout,
            v1_disabled: self.v1_disabled,
        }
    }

    /// The credentials, or why there are none.
    fn fetch(&self, context: &Context<'_>) -> Result<Result<Credentials, String>, Error> {
        let _told = context.operator.waiting(&self.what());
        let failed = |message: String| Error::provider(Provider::IamRole, message);
        let outcome = self.client(context).credentials().map_err(|source| Error::Service {
            provider: Provider::IamRole,
            context: "no credentials from the instance metadata".to_owned(),
            source,
        })?;
        let found = match outcome {
            Outcome::Absent(absence) => return Ok(Err(absence.to_string())),
            Outcome::Found(found) => found,
        };
        let expiration = match (found.extended, Expiration::parse(&found.expiration, context.world.now())) {
            (Some(extended), _) => extended.into(),
            (None, Some(at)) => at,
            (None, _) => {
                return Err(failed(format!("`{}` is not a date with a time zone", found.expiration)));
            }
        };
        Ok(Ok(client::located(found.keys, Some(expiration), None, &self.base_url)))
    }
}

/// Credentials that may have to be renewed before they are used.
struct Again {
    plan: Plan,
    first: Credentials,
}

impl Later for Again {
    fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let again = || {
            let none = |reason: String| Error::provider(Provider::IamRole, reason);
            self.plan.fetch(context)?.map_err(none)
        };
        renew(&self.first, context.world.now(), again).map_err(|error| {
            error.unwrap_or_else(|| {
                Error::provider(Provider::IamRole, "the credentials have expired, and new ones too")
            })
        })
    }
}

fn whole_number(context: &Context<'_>, row: &'static Variable) -> Result<i64, Error> {
    let Some(found) = context.setting(row) else { return Ok(1) };
    settings::integer(&found.value).ok_or_else(|| Error::Invalid {
        message: format!("{} is not a whole number", row.name),
        origin: Some(found.origin),
        help: Some("write digits only, such as 5".into()),
    })
}
