//! `role_arn` with `source_profile` or `credential_source`: a role that somebody else's credentials assume.

use serde_json::{Value, json};

use super::plan::{Ask, Environment, Intent, Planned, plan_one, plan_source};
use super::run::{Answer, Later, Loaded, Ran, Stage, load};
use super::trace::Source as Via;
use super::{Context, Error, Provider};
use crate::address::redacted;
use crate::client;
use crate::credentials::Credentials;
use crate::failure::{Command, Hint};
use crate::origin::{Located, Origin};
use crate::profile::SectionName;
use crate::secret::hold;
use crate::service::{Service, sts};
use crate::settings;

/// A role and how to assume it.
pub(super) struct Plan {
    profile: String,
    role_arn: Located<String>,
    role_session_name: Option<String>,
    external_id: Option<String>,
    mfa_serial: Option<String>,
    duration_seconds: Option<i64>,
    source: Source,
}

/// Whose credentials assume the role.
#[expect(clippy::large_enum_variant, reason = "a chain of roles has a few of them")]
enum Source {
    /// A provider by name: `credential_source`.
    Named { name: String, planned: Planned },
    /// A profile's own providers.
    Profile { name: String, reference: Origin, chain: Vec<Planned> },
    /// A profile that is a role itself.
    Role { name: String, plan: Box<Plan> },
}

/// The plan for a profile.
pub(super) fn plan(context: &Context<'_>, profile: &str) -> Result<Planned, Error> {
    if !context.client.has(profile, "role_arn") {
        return Ok(Planned::absent(Provider::AssumeRole, "no role_arn"));
    }
    if context.client.has(profile, "web_identity_token_file") {
        return Ok(Planned::absent(Provider::AssumeRole, "the profile has a web_identity_token_file"));
    }
    let plan = Plan::new(context, profile, &mut vec![profile.to_owned()])?;
    let looked_at = vec![plan.role_arn.origin.clone()];
    Ok(Planned::new(Provider::AssumeRole, looked_at, Intent::Ask(Ask::Role(Box::new(plan)))))
}

impl Plan {
    /// Checks what botocore checks, in its order. `visited` are the profiles on the way here.
    fn new(context: &Context<'_>, profile: &str, visited: &mut Vec<String>) -> Result<Plan, Error> {
        let text = |key: &str| context.client.text(profile, key);
        let value = |key: &str| Ok::<_, Error>(text(key)?.map(|found| found.value));
        let Some(role_arn) = text("role_arn")? else {
            return Err(Error::invalid(format!("profile `{profile}` has no role_arn"), None));
        };
        let source = match (text("source_profile")?, text("credential_source")?) {
            (Some(_), Some(source)) => {
                return Err(Error::Invalid {
                    message: format!("profile `{profile}` has both source_profile and credential_source"),
                    origin: Some(source.origin),
                    help: Some(
                        Hint::from("remove one: ")
                            .run(Command::xcred(["unset"]).argument("credential_source").profile(profile)),
                    ),
                });
            }
            (None, None) => {
                return Err(Error::Partial {
                    found: format!("profile `{profile}` has role_arn"),
                    missing: "source_profile or credential_source".to_owned(),
                    origin: Some(role_arn.origin),
                    help: Box::new(Hint::from("name who assumes it: ").run(
                        Command::xcred(["set"]).argument("source_profile").argument("NAME").profile(profile),
                    )),
                });
            }
            (None, Some(source)) => named(context, profile, source)?,
            (Some(source), None) => from_profile(context, profile, source, visited)?,
        };
        Ok(Plan {
            profile: profile.to_owned(),
            role_arn,
            role_session_name: value("role_session_name")?,
            external_id: value("external_id")?,
            mfa_serial: value("mfa_serial")?,
            // A duration that is no number is passed over.
            duration_seconds: value("duration_seconds")?.and_then(|text| settings::integer(&text)),
            source,
        })
    }

    /// Chooses the provider of the source credentials. Processes run and metadata services are asked here; STS
    /// has to wait.
    pub(super) fn load(self: Box<Self>, context: &Context<'_>) -> Answer {
        let Plan { profile, role_arn, role_session_name, external_id, mfa_serial, duration_seconds, source } =
            *self;
        // It is a password of a kind, and services repeat it.
        if let Some(id) = &external_id {
            hold(id);
        }
        let (source, via) = source.load(context, &profile);
        let loaded = source.map(|source| {
            let mut name = json!({"RoleArn": role_arn.value});
            let members: [(&str, Option<Value>); 4] = [
                ("RoleSessionName", role_session_name.as_deref().map(Value::from)),
                ("ExternalId", external_id.as_deref().map(Value::from)),
                ("SerialNumber", mfa_serial.as_deref().map(Value::from)),
                ("DurationSeconds", duration_seconds.map(Value::from)),
            ];
            for (member, value) in members {
                if let Some(value) = value {
                    name[member] = value;
                }
            }
            name["Source"] = source.key();
            // Another address may be another world with the same names, such as a local stand-in of AWS.
            if let Ok(Some(url)) = client::configured_url(&context.client, Service::Sts) {
                name["Endpoint"] = json!(url);
            }
            let key = name.clone();
            let identity = format!("role {} by {}", role_arn.value, source.identity);
            let role = Role {
                profile,
                role_arn,
                role_session_name,
                external_id,
                mfa_serial,
                duration_seconds,
                source,
                name,
            };
            Ok(Loaded { identity, key: Some(key), stage: Stage::Later(Box::new(role)) })
        });
        Answer { loaded, via: Some(via) }
    }
}

fn named(context: &Context<'_>, profile: &str, source: Located<String>) -> Result<Source, Error> {
    let provider = match source.value.as_str() {
        "Environment" => Provider::Env,
        "EcsContainer" => Provider::ContainerRole,
        "Ec2InstanceMetadata" => Provider::IamRole,
        other => {
            return Err(Error::Invalid {
                message: format!("`{other}` is no credential_source"),
                origin: Some(source.origin),
                help: Some("write Environment, EcsContainer or Ec2InstanceMetadata, exactly so".into()),
            });
        }
    };
    // The environment counts here even if the profile was named by an option.
    let planned = plan_one(context, provider, profile, Environment::Counts);
    Ok(Source::Named { name: source.value, planned })
}

/// How many roles may be assumed one after another. botocore's end is where Python's calls nest too deep.
const DEEPEST: usize = 200;

fn from_profile(
    context: &Context<'_>,
    profile: &str,
    source: Located<String>,
    visited: &mut Vec<String>,
) -> Result<Source, Error> {
    let name = source.value;
    let files = context.client.files;
    if files.require(&SectionName::Profile(name.clone()), &source.origin).is_err() {
        let nearest = crate::failure::nearest(&name, files.profiles());
        return Err(Error::Invalid {
            message: format!("profile `{profile}` has the source_profile `{name}`, which does not exist"),
            origin: Some(source.origin),
            help: nearest.map(|nearest| format!("did you mean `{nearest}`?").into()),
        });
    }
    let has_keys =
        context.client.has(&name, "aws_access_key_id") || context.client.has(&name, "aws_secret_access_key");
    if visited.contains(&name) && !(name == profile && has_keys) {
        let start = visited.iter().position(|seen| *seen == name).unwrap_or(0);
        let mut chain = visited[start..].to_vec();
        chain.push(name);
        return Err(Error::RoleLoop { chain, origin: Some(source.origin) });
    }
    if visited.len() >= DEEPEST {
        return Err(Error::Invalid {
            message: format!("more than {DEEPEST} profiles are each the other's source_profile"),
            origin: Some(source.origin),
            help: Some("give one of them keys of its own".into()),
        });
    }
    visited.push(name.clone());
    // Keys of its own hide a source profile's role.
    let is_role =
        context.client.has(&name, "role_arn") && !context.client.has(&name, "web_identity_token_file");
    if is_role && !has_keys {
        let plan = Box::new(Plan::new(context, &name, visited)?);
        return Ok(Source::Role { name, plan });
    }
    Ok(Source::Profile { chain: plan_source(context, &name), name, reference: source.origin })
}

impl Source {
    fn load(self, context: &Context<'_>, profile: &str) -> (Result<Loaded, Error>, Via) {
        match self {
            Source::Named { name, planned } => {
                let Ran { loaded, chain } = load(context, vec![planned]);
                let reason = chain.first().map(|step| step.reason.clone()).unwrap_or_default();
                let loaded = loaded.and_then(|found| match found {
                    Some((_, loaded)) => Ok(loaded),
                    None => Err(Error::Provider {
                        provider: name.as_str().into(),
                        message: format!("no credentials there: {reason}"),
                        origin: None,
                        help: Some(
                            Hint::from("give them there, or name another source: ").run(
                                Command::xcred(["set"])
                                    .argument("credential_source")
                                    .argument("NAME")
                                    .profile(profile),
                            ),
                        ),
                    }),
                });
                (loaded, Via { name, is_profile: false, chain })
            }
            Source::Profile { name, reference, chain } => {
                let Ran { loaded, chain } = load(context, chain);
                let loaded = loaded.and_then(|found| match found {
                    Some((_, loaded)) => Ok(loaded),
                    None => Err(Error::Invalid {
                        message: format!("the source profile `{name}` has no credentials"),
                        origin: Some(reference),
                        help: Some(
                            Hint::from("set it up: ").run(Command::xcred(["configure"]).profile(&name)),
                        ),
                    }),
                });
                (loaded, Via { name, is_profile: true, chain })
            }
            Source::Role { name, plan } => {
                let looked_at = vec![plan.role_arn.origin.clone()];
                let planned = Planned::new(Provider::AssumeRole, looked_at, Intent::Ask(Ask::Role(plan)));
                let Ran { loaded, chain } = load(context, vec![planned]);
                let loaded = loaded.and_then(|found| match found {
                    Some((_, loaded)) => Ok(loaded),
                    None => {
                        Err(Error::invalid(format!("the source profile `{name}` has no credentials"), None))
                    }
                });
                (loaded, Via { name, is_profile: true, chain })
            }
        }
    }
}

/// A role whose source is known.
#[expect(clippy::struct_field_names, reason = "the names of the settings")]
struct Role {
    profile: String,
    role_arn: Located<String>,
    role_session_name: Option<String>,
    external_id: Option<String>,
    mfa_serial: Option<String>,
    duration_seconds: Option<i64>,
    source: Loaded,
    /// What tells these credentials from all others in the cache.
    name: Value,
}

impl Later for Role {
    fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let now = context.client.world.now();
        match &context.cache {
            Some(cache) if context.client.offline => {
                cache.look(&self.name, now).ok_or_else(|| self.offline())
            }
            None if context.client.offline => Err(self.offline()),
            Some(cache) => cache.get(&self.name, now, context.interaction, || self.assume(context)),
            None => self.assume(context),
        }
    }
}

impl Role {
    fn offline(&self) -> Error {
        Error::Offline {
            provider: Provider::AssumeRole,
            what: format!("STS for the role {}", self.role_arn.value),
        }
    }

    /// Asks STS. As in botocore the code of the outer role is asked for before the inner role's, though the
    /// inner call is made first.
    fn assume(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let generated = sts::generated_session_name(context.client.world.now());
        let token_code =
            self.mfa_serial.as_deref().map(|serial| context.interaction.mfa_code(serial)).transpose()?;
        let source = self.source.retrieve(context)?;
        let client = client::of(&context.client, Service::Sts, context.client.region())?;
        let request = sts::AssumeRole {
            role_arn: &self.role_arn.value,
            session_name: sts::SessionName::new(self.role_session_name.as_deref(), &generated),
            external_id: self.external_id.as_deref(),
            serial_number: self.mfa_serial.as_deref(),
            duration_seconds: self.duration_seconds,
            token_code: token_code.as_ref(),
        };
        let _progress = context.interaction.show(&format!(
            "{} for the role {}",
            redacted(&client.endpoint.url),
            self.role_arn.value
        ));
        let assumed = sts::assume_role(&client.caller(), &source, &request).map_err(|error| {
            let id = source.access_key_id.as_ref().map(|id| id.value.as_str()).unwrap_or_default();
            let key = format!("access key {id}");
            let who = if key == self.source.identity {
                format!("the {key}")
            } else {
                format!("the {key} of {}", self.source.identity)
            };
            Error::Service {
                provider: Provider::AssumeRole,
                context: format!(
                    "profile `{}` could not assume {} with {who}",
                    self.profile, self.role_arn.value
                ),
                source: error,
            }
        })?;
        Ok(assumed.keys.from(&client.endpoint.url, assumed.expiration, assumed.account_id))
    }
}
