//! Keys as they stand: given by option, in the environment, in the files.

use super::plan::{Environment, Intent, Planned, section};
use super::{Context, Error, Explicit, Provider, marks};
use crate::client::plain;
use crate::credentials::{Credentials, Expiration};
use crate::dateutil::{self, Parsed};
use crate::failure::{Command, Hint};
use crate::origin::{Located, Origin, shown};
use crate::profile::FileKind;
use crate::secret::Secret;

/// Keys given by option. As in boto3, any of them keeps the chain from being asked.
pub(super) fn explicit(context: &Context<'_>) -> Planned {
    match context.explicit {
        None => Planned::absent(Provider::Explicit, "no keys were given by option"),
        Some(keys) => {
            let credentials = Credentials {
                access_key_id: keys.access_key_id.clone(),
                secret_access_key: keys.secret_access_key.clone(),
                session_token: keys.session_token.clone(),
                account_id: keys.account_id.clone(),
                expiration: None,
            };
            Planned::new(
                Provider::Explicit,
                vec![Origin::Option { name: "--access-key-id" }],
                Intent::Found(credentials),
            )
        }
    }
}

/// Refuses an account that is given without both keys. boto3 does so before it looks at anything else.
pub(super) fn refuse_account_alone(context: &Context<'_>) -> Result<(), Error> {
    let Some(Explicit { access_key_id, secret_access_key, account_id: Some(_), .. }) = context.explicit
    else {
        return Ok(());
    };
    if access_key_id.is_some() && secret_access_key.is_some() {
        return Ok(());
    }
    let looked_for =
        vec!["--account-id: it tells whose an access key is, and needs the key and its secret".to_owned()];
    Err(Error::NoCredentials { looked_for, profile: None })
}

/// Keys in the environment.
pub(super) fn environment(context: &Context<'_>, environment: Environment) -> Planned {
    const ID: &str = "AWS_ACCESS_KEY_ID";
    const SECRET: &str = "AWS_SECRET_ACCESS_KEY";
    let skipped = |reason: &str| Planned::new(Provider::Env, Vec::new(), Intent::Skipped(reason.to_owned()));
    if environment == Environment::Ignored {
        return skipped("the profile was named by an option");
    }
    // A key with a byte replaced is nobody's. Python fails when it signs with such a key.
    for name in [ID, SECRET, "AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN"] {
        if let Err(error) = context.client.world.text(name) {
            return Planned::failed(
                Provider::Env,
                Error::invalid(error.to_string(), Some(Origin::environment(name))),
            );
        }
    }
    let variable = |name: &'static str| {
        let value = context.client.world.non_empty(name)?;
        Some(Located::new(value.to_owned(), Origin::environment(name)))
    };
    let Some(access_key_id) = variable(ID) else {
        let state = if context.client.world.variable(ID).is_some() { "empty" } else { "not set" };
        return Planned::absent(Provider::Env, format!("{ID} is {state}"));
    };
    let Some(secret) = variable(SECRET) else {
        return Planned::failed(
            Provider::Env,
            Error::Partial {
                found: format!("{ID} is set"),
                missing: SECRET.to_owned(),
                origin: Some(access_key_id.origin),
                help: Box::new(format!("set {SECRET} too, or unset {ID}").into()),
            },
        );
    };
    let expiration =
        match variable("AWS_CREDENTIAL_EXPIRATION").map(|text| expiration(context, &text)).transpose() {
            Ok(expiration) => expiration,
            Err(error) => return Planned::failed(Provider::Env, error),
        };
    let token = variable("AWS_SECURITY_TOKEN").or_else(|| variable("AWS_SESSION_TOKEN"));
    let account_id = variable("AWS_ACCOUNT_ID");
    let found = [Some(&access_key_id), Some(&secret), token.as_ref()].into_iter().flatten();
    let looked_at = found.map(|value| value.origin.clone()).collect();
    let credentials = Credentials {
        access_key_id: Some(access_key_id),
        secret_access_key: Some(secret.map(Secret::held)),
        session_token: token.map(|token| token.map(Secret::held)),
        account_id,
        expiration,
    };
    Planned::new(Provider::Env, looked_at, Intent::Found(credentials))
}

/// The environment's word on when its keys end. botocore refreshes keys that have ended from the same
/// environment, and then finds that they are still expired.
fn expiration(context: &Context<'_>, text: &Located<String>) -> Result<Located<Expiration>, Error> {
    let failed = |message: &str, help: &str| Error::Provider {
        provider: Provider::Env.name().into(),
        message: format!("AWS_CREDENTIAL_EXPIRATION {message}"),
        origin: Some(text.origin.clone()),
        help: Some(help.into()),
    };
    let now = context.client.world.now();
    let Some(Parsed { local, offset }) = dateutil::parse(&text.value, now) else {
        return Err(failed("is not a date", "write it like 2030-01-01T00:00:00Z, or unset it"));
    };
    let Some(offset) = offset else {
        return Err(failed("has no time zone", "write it like 2030-01-01T00:00:00Z"));
    };
    let expiration = Expiration::new(local, offset);
    if expiration.has_passed(now) {
        let message = "has passed: the keys in the environment are expired";
        return Err(failed(message, "get new keys, or unset the variables"));
    }
    Ok(Located::new(expiration, text.origin.clone()))
}

/// Keys in one of the files. The two files' halves are never joined.
pub(super) fn file(context: &Context<'_>, provider: Provider, profile: &str) -> Result<Planned, Error> {
    const ID: &str = "aws_access_key_id";
    const SECRET: &str = "aws_secret_access_key";
    let kind = if provider == Provider::ConfigFile { FileKind::Config } else { FileKind::Credentials };
    let file = context.client.files.file(kind);
    let Some(found) = file.section(&section(profile)) else {
        return Ok(Planned::absent(provider, format!("no section for `{profile}` in {}", shown(file.path))));
    };
    let header = Origin::File(file.header_place(&found));
    let [id, secret] = [ID, SECRET].map(|key| file.value(&section(profile), key));
    let Some(id) = id else {
        let alone = if secret.is_some() { ", only a secret" } else { "" };
        let reason = format!("no {ID} in {header}{alone}");
        return Ok(Planned::new(provider, vec![header], Intent::Absent(reason)));
    };
    let Some(secret) = secret else {
        return Ok(Planned::failed(
            provider,
            Error::Partial {
                found: format!("profile `{profile}` has {ID}"),
                missing: format!("{SECRET} in the same file"),
                origin: Some(id.origin),
                help: Box::new(
                    Hint::from("give the other half: ")
                        .run(Command::xcred(["set"]).argument(SECRET).argument("-").profile(profile)),
                ),
            },
        ));
    };
    let (access_key_id, secret) = (plain(ID, id)?, plain(SECRET, secret)?);
    // The first that is present counts, also if it is empty.
    let token = match context.client.text_in(kind, profile, "aws_security_token")? {
        Some(token) => Some(token),
        None => context.client.text_in(kind, profile, "aws_session_token")?,
    };
    // A nested block is no account, and takes nothing from the keys.
    let account_id = context.client.text_in(kind, profile, "aws_account_id").ok().flatten();
    let looked_at = vec![access_key_id.origin.clone(), secret.origin.clone()];
    // A mark beside keys that last is a leftover of others.
    let is_temporary = token.is_some() || access_key_id.value.starts_with("ASIA");
    let credentials = Credentials {
        access_key_id: Some(access_key_id),
        secret_access_key: Some(secret.map(Secret::held)),
        session_token: token.map(|token| token.map(Secret::held)),
        account_id,
        expiration: is_temporary.then(|| marks::expiration(context, kind, profile)).flatten(),
    };
    Ok(Planned::new(provider, looked_at, Intent::Found(credentials)))
}
