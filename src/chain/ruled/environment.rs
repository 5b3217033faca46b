//! Keys in the environment.

use serde_json::json;

use super::account;
use super::sight::Sight;
use super::trail::{Attempt, Got, Miss};
use crate::chain::provider::EXPIRATION;
use crate::chain::reason::Reason;
use crate::credentials::{Credentials, Expiration};
use crate::origin::Located;
use crate::sdk::Provider;

impl Sight<'_> {
    pub(super) fn environment(&self) -> Attempt {
        let keys = &self.rules.environment;
        let is_value =
            |value: &str| if keys.blank_is_none { !value.trim().is_empty() } else { !value.is_empty() };
        let trimmed = |found: Located<String>, trims: bool| {
            if trims { found.map(|value| value.trim().to_owned()) } else { found }
        };
        let variable = |names| {
            let first = keys.first_set_counts.then(|| self.variable(names, |_| true));
            first.unwrap_or_else(|| self.variable(names, is_value)).filter(|found| is_value(&found.value))
        };
        let (Some(id), Some(secret)) = (variable(keys.id), variable(keys.secret)) else {
            // A half is nothing to these SDKs.
            return Err(Miss::Absent(Reason::NotSet(if variable(keys.id).is_some() {
                keys.secret
            } else {
                keys.id
            })));
        };
        let (id, secret) = (trimmed(id, keys.trims_keys), trimmed(secret, keys.trims_keys));
        let token = variable(keys.token);
        let token = token.map(|token| trimmed(token, keys.trims_token));
        let account_id = self.variable(&[account::VARIABLE], is_value);
        let expiration = keys.reads_expiration.then(|| {
            let text = self.variable(&[EXPIRATION], is_value)?;
            // One that is not a date is kept as such, and never looked at.
            let date = Expiration::parse(&text.value, self.context.client.world.now())?;
            Some(Located::new(date, text.origin))
        });
        let (identity, key) = (format!("access key {}", id.value), json!({"AccessKeyId": id.value}));
        let credentials = Credentials {
            account_id: account_id.map(|account| trimmed(account, keys.trims_token)),
            expiration: expiration.flatten(),
            ..Credentials::keys(id, secret, token)
        };
        Ok(Got::new(Provider::Env, credentials, identity, key))
    }
}
