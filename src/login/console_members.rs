//! What the cached sign-in of the console says, by the rules of each SDK.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::cached::{Members, filled, text};
use super::error::Fault;
use crate::client::Context;
use crate::credentials::{Credentials, Expiration};
use crate::origin::{Located, Origin};
use crate::sdk::{Dates, LoginRules};
use crate::service::dpop::ProofKey;

/// Credentials with no more time than this are refreshed (botocore's `LoginCredentialFetcher`), unless the SDK's rules differ.
const REFRESH_WITHIN: SignedDuration = SignedDuration::from_mins(5);

/// The rules of an SDK that isn't botocore.
pub(super) fn rules(context: &Context<'_>) -> Option<&'static LoginRules> {
    context.sdk.ruled.map(|rules| &rules.login)
}

/// The members that botocore demands.
const REQUIRED: [&str; 4] = ["accessToken", "refreshToken", "dpopKey", "clientId"];

/// The members of its `accessToken` that botocore demands, besides those that credentials can't do without.
const REQUIRED_OF_CREDENTIALS: [&str; 2] = ["sessionToken", "accountId"];

/// The credentials in a cached sign-in, by the rules of the SDK.
pub(super) fn parse_by(
    members: &Members,
    origin: &Origin,
    context: &Context<'_>,
) -> Result<Credentials, Fault> {
    let Some(rules) = rules(context) else {
        return parse(members, origin, ends(members, context.world.now()));
    };
    let end = access(members, "expiresAt");
    let own = ["clientId", "refreshToken", "dpopKey"].map(|name| (name, members.get(name)));
    let needed = own.into_iter().chain([("accountId", access(members, "accountId"))]);
    let mut empty = needed.filter(|(_, member)| member.and_then(Value::as_str) == Some(""));
    if !rules.empty_members
        && let Some((name, _)) = empty.next()
    {
        return Err(Fault::Lacks(name));
    }
    if rules.dates == Dates::JavaScript {
        let ends = end.and_then(|end| Expiration::of_javascript(end, || context.world.zone()));
        let found = parse(members, origin, Some(ends.unwrap_or_else(|| Timestamp::MAX.into())))?;
        // What isn't a date isn't an end.
        return Ok(Credentials { expiration: found.expiration.filter(|_| ends.is_some()), ..found });
    }
    let found = parse(members, origin, ends(members, context.world.now()))?;
    if end.and_then(Value::as_str).is_some_and(|end| rules.dates.accept(end)) {
        return Ok(found);
    }
    Err(Fault::DateForm { member: "expiresAt", sdk: context.sdk.title })
}

/// The credentials in a cached sign-in, with their end.
pub(super) fn parse(
    members: &Members,
    origin: &Origin,
    ends: Option<Expiration>,
) -> Result<Credentials, Fault> {
    if let Some(missing) = REQUIRED.into_iter().find(|name| !members.contains_key(*name)) {
        return Err(Fault::Lacks(missing));
    }
    let credentials = &members["accessToken"];
    if REQUIRED_OF_CREDENTIALS.iter().any(|name| credentials.get(name).is_none()) {
        return Err(Fault::Incomplete);
    }
    let text = |name: &str| credentials[name].as_str();
    let located = |text: &str| Located::new(text.to_owned(), origin.clone());
    let whole = (text("accessKeyId"), text("secretAccessKey"), ends);
    let (Some(id), Some(secret), Some(expires_at)) = whole else { return Err(Fault::Incomplete) };
    Ok(Credentials {
        account_id: text("accountId").map(located),
        expiration: Some(Located::new(expires_at, origin.clone())),
        ..Credentials::keys(located(id), located(secret), text("sessionToken").map(located))
    })
}

/// A member of the credentials.
fn access<'m>(members: &'m Members, name: &str) -> Option<&'m Value> {
    members.get("accessToken")?.get(name)
}

/// When the credentials of a console sign-in end.
pub(super) fn ends(members: &Members, now: Timestamp) -> Option<Expiration> {
    Expiration::parse(access(members, "expiresAt")?.as_str()?, now)
}

/// Whether credentials should be refreshed before they are used. What has no end never is.
pub(super) fn is_due(credentials: &Credentials, now: Timestamp, rules: Option<&LoginRules>) -> bool {
    let within = rules.map_or(REFRESH_WITHIN, |rules| rules.renewed_within);
    credentials.expiration.as_ref().is_some_and(|at| at.value.left(now) <= within)
}

/// What a refresh takes from the file: the key of the proof, the client and the refresh token.
pub(super) fn keys(members: &Members) -> Result<(ProofKey, &str, &str), Fault> {
    let key = text(members, "dpopKey").and_then(ProofKey::from_pem).ok_or(Fault::NoKey)?;
    let tokens = text(members, "clientId").zip(filled(members, "refreshToken"));
    let (client_id, refresh_token) = tokens.ok_or(Fault::Incomplete)?;
    Ok((key, client_id, refresh_token))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::client::fixture::Fixture;
    use crate::sdk::Sdk;

    /// Which SDKs read a sign-in with these changes to its file; `!` before those that refuse it.
    fn lasting(change: &Value) -> String {
        let mut file = json!({
            "accessToken": {
                "accessKeyId": "ASIA", "secretAccessKey": "s", "sessionToken": "t", "accountId": "1",
                "expiresAt": "2099-01-01T00:00:00Z",
            },
            "clientId": "c", "refreshToken": "r", "dpopKey": "k",
        });
        for (name, value) in change.as_object().unwrap() {
            let holder = if file.get(name).is_some() { &mut file } else { &mut file["accessToken"] };
            holder[name] = value.clone();
        }
        let (members, origin) = (file.as_object().unwrap(), Origin::Default);
        Fixture::default().ask(|context| {
            let found = |sdk: &Sdk| match parse_by(members, &origin, &Context { sdk: *sdk, ..context }) {
                Ok(found) if found.expiration.is_none() => format!("{} never", sdk.name()),
                Ok(_) => sdk.name().to_owned(),
                Err(_) => format!("!{}", sdk.name()),
            };
            Sdk::all().iter().map(found).collect::<Vec<_>>().join(", ")
        })
    }

    #[test]
    fn each_sdk_reads_the_members_by_its_rules() {
        let at = |end: Value| lasting(&json!({"expiresAt": end}));
        for (end, expected) in [
            (json!("2099-01-01T00:00:00Z"), "boto3, aws-cli, rust, js, go, java, ruby"),
            // As the SDK for Ruby writes it.
            (json!("2099-01-01T00:00:00+00:00"), "boto3, aws-cli, !rust, js, go, java, ruby"),
            (json!("2099-01-01t00:00:00z"), "boto3, aws-cli, !rust, js, !go, java, ruby"),
            (json!(""), "!boto3, !aws-cli, !rust, js never, !go, !java, !ruby"),
            (json!({}), "!boto3, !aws-cli, !rust, js never, !go, !java, !ruby"),
        ] {
            assert_eq!(at(end.clone()), expected, "{end}");
        }
        for name in ["accountId", "refreshToken", "clientId", "dpopKey"] {
            let found = lasting(&json!({name: ""}));
            assert_eq!(found, "boto3, aws-cli, rust, !js, !go, java, ruby", "{name}");
        }
    }
}

#[cfg(test)]
mod fuzz {
    use std::path::PathBuf;

    use super::super::cached::Cached;
    use super::super::{Console, SignIn};
    use super::*;

    #[test]
    fn login_cache() {
        let sign_in = SignIn::Console(Console { session: "s".to_owned(), profile: "p".to_owned() });
        let cached = Cached { sign_in, path: PathBuf::from("/c") };
        bolero::check!().for_each(|bytes: &[u8]| {
            let Ok(text) = std::str::from_utf8(bytes) else { return };
            let Ok(members) = cached.parse(text) else { return };
            let ends = ends(&members, Timestamp::UNIX_EPOCH);
            let Ok(found) = parse(&members, &cached.origin(), ends) else { return };
            assert!(found.access_key_id.is_some() && found.secret_access_key.is_some());
            assert!(found.expiration.is_some());
        });
    }
}
