//! `role_arn` with `source_profile` or `credential_source`: a role that is assumed with other credentials.

mod assumption;

use assumption::{Assumption, Owner, Role};

use crate::chain::ask::{Answer, Ask, Lead, Loaded, Planned, Provide, Scope, first_of};
use crate::chain::context::Context;
use crate::chain::error::{Error, Half, Settings};
use crate::chain::mfa;
use crate::chain::reason::Reason;
use crate::chain::run::{ChainRun, load};
use crate::chain::sources::{Endless, LIMIT, Next, Sources};
use crate::chain::trace::Source as Via;
use crate::origin::{Located, Origin};
use crate::profile::{Profile, SectionName};
use crate::sdk::Provider;
use crate::secret::hold;
use crate::settings;

const NAME: Provider = Provider::AssumeRole;

pub(super) struct AssumeRole;

impl Provide for AssumeRole {
    fn lead<'f>(&self, profile: &Profile<'f>) -> Option<Lead<'f>> {
        if profile.has(settings::WEB_IDENTITY_TOKEN_FILE.name) {
            None
        } else {
            first_of(profile, &[settings::ROLE_ARN.name])
        }
    }

    fn plan(&self, scope: &Scope<'_>) -> Result<Planned, Error> {
        let client = &scope.context.client;
        if !client.has(scope.profile, settings::ROLE_ARN.name) {
            return Ok(Planned::absent(Reason::NoKey(const { &[settings::ROLE_ARN.name] })));
        }
        if client.has(scope.profile, settings::WEB_IDENTITY_TOKEN_FILE.name) {
            return Ok(Planned::absent(Reason::HasWebIdentity));
        }
        plan_role(scope, scope.profile, &mut Sources::from(client.files, scope.profile))
    }
}

/// A role and how to assume it.
struct Plan {
    role: Role,
    source: Source,
}

/// The credentials that assume the role.
struct Source {
    /// The profile, or the value of `credential_source`.
    name: String,
    /// Whether it is a profile.
    is_profile: bool,
    /// The setting that names it.
    origin: Origin,
    chain: Vec<(Provider, Planned)>,
}

/// The plan of a profile with a role. It checks what botocore checks, in its order.
fn plan_role(scope: &Scope<'_>, profile: &str, sources: &mut Sources<'_>) -> Result<Planned, Error> {
    let text = |key: &str| scope.context.client.text(profile, key);
    let value = |key: &str| Ok::<_, Error>(text(key)?.map(|found| found.value));
    let Some(role_arn) = text(settings::ROLE_ARN.name)? else {
        return Ok(Planned::absent(Reason::NoKey(const { &[settings::ROLE_ARN.name] })));
    };
    let name = || profile.to_owned();
    let source = match (text(settings::SOURCE_PROFILE.name)?, text(settings::CREDENTIAL_SOURCE.name)?) {
        (Some(_), Some(source)) => {
            return Err(Settings::TwoSources { profile: name() }.at(source.origin));
        }
        (None, None) => return Err(Half::Role { profile: name() }.at(role_arn.origin)),
        (None, Some(source)) => named(scope, source)?,
        (Some(source), None) => from_profile(scope, profile, source, sources)?,
    };
    let role_session_name = value(settings::ROLE_SESSION_NAME.name)?;
    // An empty name is treated as missing.
    let is_named = role_session_name.as_ref().is_some_and(|name| !name.is_empty());
    let naming = scope.context.naming.filter(|_| !is_named);
    let role = Role {
        profile: name(),
        role_arn: role_arn.clone(),
        role_session_name,
        given_name: naming.and_then(|naming| naming.name(profile)),
        external_id: value(settings::EXTERNAL_ID.name)?,
        mfa_serial: text(settings::MFA_SERIAL.name)?,
        // A duration that is not a number is ignored.
        duration_seconds: value(settings::DURATION_SECONDS.name)?.and_then(|text| settings::integer(&text)),
    };
    Ok(Planned::ask(vec![role_arn.origin], Plan { role, source }))
}

fn named(scope: &Scope<'_>, source: Located<String>) -> Result<Source, Error> {
    let provider = match source.value.as_str() {
        "Environment" => Provider::Env,
        "EcsContainer" => Provider::ContainerRole,
        "Ec2InstanceMetadata" => Provider::IamRole,
        _ => return Err(Settings::CredentialSource { value: source.value }.at(source.origin)),
    };
    let Located { value: name, origin } = source;
    Ok(Source { name, is_profile: false, origin, chain: scope.plan_named(provider) })
}

fn from_profile(
    scope: &Scope<'_>,
    profile: &str,
    source: Located<String>,
    sources: &mut Sources<'_>,
) -> Result<Source, Error> {
    let Located { value: name, origin } = source;
    let files = scope.context.client.files;
    if !files.profile(&name).exists() {
        let section = SectionName::Profile(name);
        return Err(Settings::missing(profile, section, files.profiles(), files).at(origin));
    }
    let chain = match sources.enter(&name) {
        Err(Endless::Circle(chain)) => return Err(Error::RoleLoop { chain, origin }),
        Err(Endless::TooLong) => return Err(Settings::TooManySources { limit: LIMIT }.at(origin)),
        Ok(Next::Role) => vec![(NAME, plan_role(scope, &name, sources)?)],
        Ok(Next::End) => scope.plan_source(&name),
    };
    Ok(Source { name, is_profile: true, origin, chain })
}

impl Ask for Plan {
    /// Chooses the provider of the source credentials. Processes run and metadata services are called here; STS is called
    /// later.
    fn load(self: Box<Self>, context: &Context<'_>) -> Answer {
        let Plan { role, source } = *self;
        // The external ID is a kind of password, and services repeat it.
        if let Some(id) = &role.external_id {
            hold(id);
        }
        let owner = Some(&source.name).filter(|name| source.is_profile && **name != role.profile).cloned();
        let (source, via) = source.load(context, &role);
        let serial = role.mfa_serial.clone();
        let assumption = source.map(|(source, provider)| {
            let owner = owner.map(|profile| Owner { profile, provider });
            Assumption { role, source, owner, source_is_role: provider.is_of_role(), narrowed: None }
        });
        let is_shared = assumption.as_ref().is_ok_and(|found| found.session(context).is_some());
        let mfa = serial.map(|serial| mfa::device(context, &serial, is_shared));
        Answer { via: Some(via), mfa, ..Answer::of(assumption.map(|found| found.loaded(context))) }
    }
}

impl Source {
    /// The credentials, and their provider.
    fn load(self, context: &Context<'_>, role: &Role) -> (Result<(Loaded, Provider), Error>, Via) {
        let Source { name, is_profile, origin, chain } = self;
        let ChainRun { loaded, chain } = load(context, chain);
        let none = || {
            let name = name.clone();
            if is_profile {
                return Settings::EmptySourceProfile { name }.at(origin);
            }
            let reason = chain.first().map(|step| Box::new(step.reason.clone()));
            Error::EmptySource { name, reason, profile: role.profile.clone(), origin }
        };
        let loaded =
            loaded.and_then(|found| found.ok_or_else(none)).map(|(provider, loaded)| (loaded, provider));
        (loaded, Via { name, is_profile, role: role.role_arn.value.clone(), chain })
    }
}
