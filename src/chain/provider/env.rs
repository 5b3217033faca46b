//! Keys in the environment.

use crate::chain::ask::{Environment, Intent, Planned, Provide, Scope};
use crate::chain::error::{EXPIRATION_VARIABLE, Error, Expiration as Fault, Half, Settings};
use crate::chain::reason::Reason;
use crate::credentials::{Credentials, Expiration};
use crate::dateutil;
use crate::origin::{Located, Origin};
use crate::world::World;

const ID: &str = "AWS_ACCESS_KEY_ID";
const SECRET: &str = "AWS_SECRET_ACCESS_KEY";
const SECURITY_TOKEN: &str = "AWS_SECURITY_TOKEN";
const SESSION_TOKEN: &str = "AWS_SESSION_TOKEN";

pub(super) struct Env;

impl Provide for Env {
    fn plan(&self, scope: &Scope<'_>) -> Result<Planned, Error> {
        if scope.environment == Environment::Ignored {
            let intent = Intent::Skipped(Reason::ProfileNamedByOption);
            return Ok(Planned { looked_at: Vec::new(), intent });
        }
        let world = scope.context.client.world;
        // Replacing the invalid bytes would make another key. Python fails when it signs with such a key.
        let check = |name: &'static str| {
            world.text(name).map_err(|_| Settings::NotText.at(Origin::environment(name)))
        };
        check(ID)?;
        let variable = |name: &'static str| {
            let value = world.non_empty(name)?;
            Some(Located::new(value.to_owned(), Origin::environment(name)))
        };
        let Some(access_key_id) = variable(ID) else {
            let is_set = world.variable(ID).is_some();
            let empty = || Reason::Empty(Origin::environment(ID));
            return Ok(Planned::absent(if is_set { empty() } else { Reason::NotSet(&[ID]) }));
        };
        // They are read only beside an ID.
        for name in [SECRET, SECURITY_TOKEN, SESSION_TOKEN] {
            check(name)?;
        }
        let Some(secret) = variable(SECRET) else {
            return Err(Half::Environment.at(access_key_id.origin));
        };
        let expiration = environment_expiration(world).map_err(|fault| {
            let loaded = world.profile_of_keys().map(str::to_owned);
            Error::EnvironmentExpiration { fault, loaded }
        })?;
        let token = variable(SECURITY_TOKEN).or_else(|| variable(SESSION_TOKEN));
        let found = [Some(&access_key_id), Some(&secret), token.as_ref()].into_iter().flatten();
        let looked_at = found.map(|value| value.origin.clone()).collect();
        let credentials = Credentials {
            account_id: variable("AWS_ACCOUNT_ID"),
            expiration,
            ..Credentials::keys(access_key_id, secret, token)
        };
        Ok(Planned { looked_at, intent: Intent::Found(Box::new(credentials)) })
    }
}

/// The expiration of the environment's keys. botocore refreshes expired keys from the same environment, where they are
/// still expired.
///
/// # Errors
/// If it has passed, or can't be understood.
pub(in crate::chain) fn environment_expiration(world: &World) -> Result<Option<Located<Expiration>>, Fault> {
    let Some(text) = world.non_empty(EXPIRATION_VARIABLE) else { return Ok(None) };
    let parsed = dateutil::parse(text, world.now()).ok_or(Fault::NotADate)?;
    let expiration = Expiration::new(parsed.local, parsed.offset.ok_or(Fault::NoTimeZone)?);
    if expiration.has_passed(world.now()) {
        return Err(Fault::Passed);
    }
    Ok(Some(Located::new(expiration, Origin::environment(EXPIRATION_VARIABLE))))
}
