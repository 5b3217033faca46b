//! What each provider would do: pure, and complete also for providers that will not be reached.

use super::{
    Context, Error, Provider, container, imds, keys, legacy, login, process, role, sso, web_identity,
};
use crate::client::Metadata;
use crate::credentials::Credentials;
use crate::origin::Origin;
use crate::profile::SectionName;

/// One provider's part of the plan.
pub(super) struct Planned {
    pub(super) provider: Provider,
    pub(super) looked_at: Vec<Origin>,
    pub(super) intent: Intent,
}

/// What a provider would do.
pub(super) enum Intent {
    /// Nothing that it needs is there.
    Absent(String),
    /// It is out of the chain.
    Skipped(String),
    /// It has the credentials already.
    Found(Credentials),
    /// It stops the chain.
    Failed(Error),
    /// It has to ask.
    Ask(Ask),
}

/// What has to be asked.
pub(super) enum Ask {
    Role(Box<role::Plan>),
    WebIdentity(web_identity::Plan),
    Sso(sso::Plan),
    Login(login::Plan),
    Process(process::Plan),
    Ec2File(legacy::Ec2File),
    BotoConfig(legacy::BotoConfig),
    Container(container::Plan),
    Imds(imds::Plan),
}

impl Planned {
    pub(super) fn new(provider: Provider, looked_at: Vec<Origin>, intent: Intent) -> Planned {
        Planned { provider, looked_at, intent }
    }

    /// For a provider that needs what is not there.
    pub(super) fn absent(provider: Provider, reason: impl Into<String>) -> Planned {
        Planned::new(provider, Vec::new(), Intent::Absent(reason.into()))
    }

    /// For a provider that an error in its settings stops.
    pub(super) fn failed(provider: Provider, error: Error) -> Planned {
        use crate::failure::Explain;
        Planned::new(provider, error.origin().into_iter().collect(), Intent::Failed(error))
    }
}

/// Whether the environment's variables count for a provider.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Environment {
    Counts,
    Ignored,
}

/// The plan for the context's profile.
///
/// # Errors
/// What botocore finds before it asks the first provider: an account without keys, files that it can't read, a profile that is not there,
/// and settings for instance metadata that make no sense.
pub(super) fn plan(context: &Context<'_>) -> Result<Vec<Planned>, Error> {
    keys::refuse_account_alone(context)?;
    context.client.files.check()?;
    if context.client.profile.is_named() {
        context
            .client
            .files
            .require(&context.client.profile.section(), &context.client.profile.name.origin)?;
    }
    if context.explicit.is_none() {
        // With explicit keys the chain is not even built.
        Metadata::new(&context.client)?;
    }
    // As in botocore an empty name means `default` to the providers, and itself to the settings.
    let name = &context.client.profile.name.value;
    let profile = if name.is_empty() { "default" } else { name };
    let environment =
        if context.client.profile.is_explicit() { Environment::Ignored } else { Environment::Counts };
    let explicit = context.explicit.is_some();
    let order = context.client.sdk.providers.iter();
    Ok(order
        .map(|provider| match provider {
            Provider::Explicit => keys::explicit(context),
            _ if explicit => {
                Planned::new(*provider, Vec::new(), Intent::Skipped("keys were given by option".to_owned()))
            }
            provider => plan_one(context, *provider, profile, environment),
        })
        .collect())
}

/// The plan for a role's source profile: only what profiles hold counts.
pub(super) fn plan_source(context: &Context<'_>, profile: &str) -> Vec<Planned> {
    let order = context.client.sdk.source_providers.iter().copied();
    order.map(|provider| plan_one(context, provider, profile, Environment::Ignored)).collect()
}

/// The plan for one provider.
pub(super) fn plan_one(
    context: &Context<'_>,
    provider: Provider,
    profile: &str,
    environment: Environment,
) -> Planned {
    let planned = match provider {
        Provider::Explicit => Ok(keys::explicit(context)),
        Provider::Env => Ok(keys::environment(context, environment)),
        Provider::AssumeRole => role::plan(context, profile),
        Provider::AssumeRoleWithWebIdentity => web_identity::plan(context, profile, environment),
        Provider::Sso => sso::plan(context, profile),
        Provider::SharedCredentialsFile | Provider::ConfigFile => keys::file(context, provider, profile),
        Provider::Login => login::plan(context, profile),
        Provider::CustomProcess => process::plan(context, profile),
        Provider::Ec2CredentialsFile => Ok(legacy::ec2_file(context)),
        Provider::BotoConfig => Ok(legacy::boto_config(context)),
        Provider::ContainerRole => Ok(container::plan(context)),
        Provider::IamRole => imds::plan(context),
    };
    planned.unwrap_or_else(|error| Planned::failed(provider, error))
}

/// A profile as a section.
pub(super) fn section(profile: &str) -> SectionName {
    SectionName::Profile(profile.to_owned())
}
