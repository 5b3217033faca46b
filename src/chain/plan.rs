//! What each provider would do.

use super::ask::{Environment, Intent, Planned, Scope};
use super::context::Context;
use super::error::Error;
use super::provider;
use super::reason::Reason;
use crate::client::{self, Metadata};
use crate::credentials::Credentials;
use crate::profile::{Found, Profile};
use crate::sdk::Provider;

/// The plan for the context's profile.
///
/// # Errors
/// What botocore finds before it asks the first provider: an account without keys, files that it can't read, a missing
/// profile, a block as its `data_path`, and invalid settings for instance metadata.
pub(super) fn plan(context: &Context<'_>) -> Result<Vec<(Provider, Planned)>, Error> {
    refuse_account_alone(context)?;
    let selected = context.client.profile;
    context.client.files.check()?;
    if selected.is_named() {
        context.client.files.require(&selected.section(), &selected.name.origin)?;
    }
    client::data_path(&context.client)?;
    let is_explicit = context.explicit.is_some();
    // With explicit credentials the chain is not even built.
    let metadata = if is_explicit { None } else { Some(Metadata::new(&context.client)?) };
    // As in botocore an empty name means `default` to the providers, and itself to the settings.
    let profile = if selected.name.value.is_empty() { "default" } else { &selected.name.value };
    let environment = if selected.is_explicit() { Environment::Ignored } else { Environment::Used };
    let scope =
        Scope { context, providers: provider::ALL, profile, environment, metadata: metadata.as_ref() };
    let plan = |(name, provider)| {
        if is_explicit && name != Provider::Explicit {
            let intent = Intent::Skipped(Reason::GivenByOption);
            return (name, Planned { looked_at: Vec::new(), intent });
        }
        scope.plan((name, provider))
    };
    Ok(provider::ALL.iter().copied().map(plan).collect())
}

/// Refuses an account that is given without both keys. boto3 does so before it looks at anything else.
fn refuse_account_alone(context: &Context<'_>) -> Result<(), Error> {
    match context.explicit {
        Some(Credentials { access_key_id, secret_access_key, account_id: Some(_), .. })
            if access_key_id.is_none() || secret_access_key.is_none() =>
        {
            Err(Error::AccountAlone)
        }
        _ => Ok(()),
    }
}

/// The providers that a profile's own keys choose, in botocore's order, with the key and its value. The first one is
/// used; whether it has credentials only a resolution shows.
pub fn leads<'f>(profile: &Profile<'f>) -> impl Iterator<Item = (Provider, &'static str, Found<'f>)> {
    provider::ALL.iter().filter_map(|(name, provider)| {
        let (key, found) = provider.lead(profile)?;
        Some((*name, key, found))
    })
}
