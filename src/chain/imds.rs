//! The metadata of an EC2 instance: the last of the chain.

use serde_json::json;

use super::plan::{Ask, Intent, Planned};
use super::renew::renew;
use super::run::{Answer, Later, Loaded, Stage};
use super::{Context, Error, Provider};
use crate::client::{DISABLED, Metadata};
use crate::credentials::{Credentials, Expiration};
use crate::origin::Origin;
use crate::service::imds::Outcome;

/// An instance to ask.
#[derive(Clone)]
pub(super) struct Plan(Metadata);

/// The plan.
pub(super) fn plan(context: &Context<'_>) -> Result<Planned, Error> {
    let metadata = Metadata::new(&context.client)?;
    if metadata.disabled {
        let looked_at = vec![Origin::environment(DISABLED)];
        return Ok(Planned::new(Provider::IamRole, looked_at, Intent::Absent(format!("{DISABLED} is true"))));
    }
    Ok(Planned::new(Provider::IamRole, Vec::new(), Intent::Ask(Ask::Imds(Plan(metadata)))))
}

impl Plan {
    /// What would be asked.
    pub(super) fn what(&self) -> String {
        self.0.shown()
    }

    /// Asks. An instance without a role, and a machine that is no instance, have no credentials and are no error.
    pub(super) fn load(self, context: &Context<'_>) -> Answer {
        let found = self.fetch(context).map(|found| {
            found.map(|first| {
                let identity = format!("instance metadata at {}", self.what());
                let key = json!({"InstanceMetadata": self.0.base_url});
                Loaded {
                    identity,
                    key: Some(key),
                    stage: Stage::Later(Box::new(Again { plan: self.clone(), first })),
                }
            })
        });
        Answer::of(found)
    }

    /// The credentials, or why there are none.
    fn fetch(&self, context: &Context<'_>) -> Result<Result<Credentials, String>, Error> {
        let _progress = context.interaction.show(&self.what());
        let failed = |message: String| Error::provider(Provider::IamRole, message);
        let outcome = self.0.client(&context.client).credentials().map_err(|source| Error::Service {
            provider: Provider::IamRole,
            context: "no credentials from the instance metadata".to_owned(),
            source,
        })?;
        let found = match outcome {
            Outcome::Absent(absence) => return Ok(Err(absence.to_string())),
            Outcome::Found(found) => found,
        };
        let expiration =
            match (found.extended, Expiration::parse(&found.expiration, context.client.world.now())) {
                (Some(extended), _) => extended.into(),
                (None, Some(at)) => at,
                (None, _) => {
                    return Err(failed(format!("`{}` is not a date with a time zone", found.expiration)));
                }
            };
        Ok(Ok(found.keys.from(&self.0.base_url, expiration, None)))
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
        renew(&self.first, context.client.world.now(), again).map_err(|error| {
            error.unwrap_or_else(|| {
                Error::provider(Provider::IamRole, "the credentials have expired, and new ones too")
            })
        })
    }
}
