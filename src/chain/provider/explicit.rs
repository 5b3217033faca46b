//! Credentials from options. As in boto3, with any of them no other provider is asked.

use crate::chain::ask::{Intent, Planned, Provide, Scope};
use crate::chain::error::Error;
use crate::chain::reason::Reason;
use crate::credentials::Credentials;
use crate::origin::Origin;
use crate::sdk::Provider;

pub(super) struct Explicit;

impl Provide for Explicit {
    fn name(&self) -> Provider {
        Provider::Explicit
    }

    fn plan(&self, scope: &Scope<'_>) -> Result<Planned, Error> {
        let Some(keys) = scope.context.explicit else { return Ok(Planned::absent(Reason::NoOption)) };
        let credentials = Credentials {
            access_key_id: keys.access_key_id.clone(),
            secret_access_key: keys.secret_access_key.clone(),
            session_token: keys.session_token.clone(),
            account_id: keys.account_id.clone(),
            expiration: None,
        };
        let looked_at = vec![Origin::Option { name: "--access-key-id" }];
        Ok(Planned { looked_at, intent: Intent::Found(Box::new(credentials)) })
    }
}
