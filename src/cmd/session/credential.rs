//! The credentials of a session as settings, with the values that they override.

use super::Session;
use crate::credentials::Credentials;
use crate::effective::Setting;
use crate::ini::Value;
use crate::origin::Located;
use crate::sdk::Provider;
use crate::secret::Secret;
use crate::settings::{
    AWS_ACCESS_KEY_ID, AWS_ACCOUNT_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, Variable,
};

/// The parts of credentials that may be set.
const PARTS: [&Variable; 4] =
    [&AWS_ACCESS_KEY_ID, &AWS_SECRET_ACCESS_KEY, &AWS_SESSION_TOKEN, &AWS_ACCOUNT_ID];

impl Session<'_> {
    /// All parts that the credentials have.
    pub(in crate::cmd) fn credentials_as_settings(
        &self,
        found: Option<&(Provider, Credentials)>,
    ) -> Vec<Setting> {
        let of = |(provider, found): &(Provider, Credentials)| {
            PARTS.into_iter().filter_map(|row| self.credential(*provider, found, row)).collect()
        };
        found.map(of).unwrap_or_default()
    }

    /// One part of the credentials, and what the environment and the files have in its place.
    pub(in crate::cmd) fn credential(
        &self,
        provider: Provider,
        credentials: &Credentials,
        row: &'static Variable,
    ) -> Option<Setting> {
        let Credentials {
            access_key_id,
            secret_access_key,
            session_token,
            account_id,
            expiration: _,
            packed_policy_size: _,
        } = credentials;
        let plain = |found: &Located<String>| found.clone().map(Secret::new);
        let found = if *row == AWS_ACCESS_KEY_ID {
            access_key_id.as_ref().map(plain)
        } else if *row == AWS_SECRET_ACCESS_KEY {
            secret_access_key.clone()
        } else if *row == AWS_ACCOUNT_ID {
            account_id.as_ref().map(plain)
        } else {
            session_token.clone()
        };
        let winner = found?.map(Value::Text);
        // Keys in the profile of a role may be those that assume it.
        let overrides = provider != Provider::AssumeRole && self.is_readable();
        let stored = if overrides { self.lookup().setting(row) } else { None };
        let shadowed = stored.map_or_else(Vec::new, |stored| stored.overridden_by(&winner.origin));
        Some(Setting { name: row.name.to_owned(), row: Some(row), secret: row.secret, winner, shadowed })
    }
}
