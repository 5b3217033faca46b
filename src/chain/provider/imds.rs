//! The metadata of an EC2 instance.

use serde_json::json;

use crate::chain::ask::{Answer, Ask, Intent, Loaded, Planned, Provide, Scope};
use crate::chain::context::Context;
use crate::chain::error::Error;
use crate::chain::fingerprint::issued;
use crate::chain::reason::Reason;
use crate::chain::refresh::refresh;
use crate::client::{DISABLED, Metadata};
use crate::credentials::{Credentials, Expiration};
use crate::origin::Origin;
use crate::sdk::Provider;
use crate::service::{self, imds::RoleCredentials};

const NAME: Provider = Provider::IamRole;

pub(super) struct Instance;

struct Plan(Metadata);

impl Provide for Instance {
    fn plan(&self, scope: &Scope<'_>) -> Result<Planned, Error> {
        let metadata = match scope.metadata {
            Some(metadata) => metadata.clone(),
            None => Metadata::new(&scope.context.client)?,
        };
        if metadata.disabled {
            let intent = Intent::Absent(Reason::Disabled(DISABLED));
            return Ok(Planned { looked_at: vec![Origin::environment(DISABLED)], intent });
        }
        metadata.check(&scope.context.client)?;
        Ok(Planned::ask(Vec::new(), Plan(metadata)))
    }
}

impl Ask for Plan {
    /// It is not an error if the instance has no role, or if the machine is not an instance.
    fn load(self: Box<Self>, context: &Context<'_>) -> Answer {
        let identity = format!("instance metadata at {}", self.0.shown());
        let key = json!({"InstanceMetadata": self.0.base_url});
        if context.client.offline && self.0.is_asked() {
            return Answer::of(Ok(Loaded::unasked(identity, key, (NAME, self.0.shown()))));
        }
        let found = self.fetch(context).map(|found| {
            found.map(|first| {
                Loaded::deferred(identity, issued(key, &first), move |context| {
                    let gone = |reason| Error::Gone { provider: NAME, reason };
                    let again = || self.fetch(context)?.map_err(gone);
                    let expired = || Error::StillExpired { provider: NAME };
                    refresh(&first, context.client.world.now(), again, expired)
                })
            })
        });
        Answer::if_any(found)
    }
}

impl Plan {
    /// The credentials, or why there are none.
    fn fetch(&self, context: &Context<'_>) -> Result<Result<Credentials, Reason>, Error> {
        let client = &context.client;
        if let Some(why) = context.memo.and_then(|memo| memo.silence(&self.0.base_url)) {
            return Ok(Err(Reason::NoInstance(why)));
        }
        let found = match ask(context, &self.0) {
            Ok(found) => found,
            Err(error) => match error.peeled() {
                Error::Service { source: service::Error::Absent(absence), .. } => {
                    return Ok(Err(Reason::NoInstance(absence.to_string())));
                }
                _ => return Err(error),
            },
        };
        let issued = found.issued;
        let expiration = match found.extended {
            Some(extended) => extended.into(),
            None => Expiration::parse(&issued.expiration, client.world.now())
                .ok_or(Error::NoDate { provider: NAME, text: issued.expiration })?,
        };
        Ok(Ok(issued.keys.ending(&self.0.base_url, Some(expiration), None)))
    }
}

/// The credentials of the instance.
pub(in crate::chain) fn ask(context: &Context<'_>, metadata: &Metadata) -> Result<RoleCredentials, Error> {
    let client = &context.client;
    let imds = metadata.client(client);
    let rules = format!("{:?} {} {:?}", imds.untimed, imds.checks_name, imds.names);
    let question =
        json!({"Instance": [imds.base, imds.attempts, imds.v1_disabled, imds.needs_answer, rules]});
    context.once(&question, || {
        let _progress = client.progress.show(&metadata.shown());
        imds.credentials().map_err(|source| {
            if let (service::Error::Absent(absence), Some(memo)) = (&source, context.memo)
                && absence.is_silence()
            {
                memo.note_silence(imds.base, &absence.to_string());
            }
            let context = "no credentials from the instance metadata".to_owned();
            Error::Service { provider: NAME, context, advice: None, source }
        })
    })
}
