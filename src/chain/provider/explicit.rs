//! Credentials from options. As in boto3, any of these options disables all other providers.

use crate::chain::ask::{Intent, Planned, Provide, Scope};
use crate::chain::error::Error;
use crate::chain::reason::Reason;
use crate::origin::Origin;

pub(super) struct Explicit;

impl Provide for Explicit {
    fn plan(&self, scope: &Scope<'_>) -> Result<Planned, Error> {
        let Some(keys) = scope.context.explicit else { return Ok(Planned::absent(Reason::NoOption)) };
        let looked_at = vec![Origin::Option { name: "--access-key-id" }];
        Ok(Planned { looked_at, intent: Intent::Found(Box::new(keys.clone())) })
    }
}
