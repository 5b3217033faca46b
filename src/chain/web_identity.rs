//! A role, and a file with a token that assumes it.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::plan::{Ask, Environment, Intent, Planned};
use super::run::{Later, Loaded, Stage};
use super::{Context, Error, Provider, small_text};
use crate::address::redacted;
use crate::client;
use crate::credentials::Credentials;
use crate::origin::{Located, Origin};
use crate::secret::Secret;
use crate::service::{Service, sts};

const TOKEN_FILE: &str = "AWS_WEB_IDENTITY_TOKEN_FILE";

/// A role and its token.
pub(super) struct Plan {
    role_arn: Located<String>,
    token_file: Located<String>,
    /// The same file, byte for byte.
    token_path: PathBuf,
    role_session_name: Option<String>,
}

/// The plan: each of the three values comes from the environment or the profile by itself. An empty variable
/// hides the profile's value.
pub(super) fn plan(context: &Context<'_>, profile: &str, environment: Environment) -> Result<Planned, Error> {
    let value = |variable: &'static str, key: &str| {
        let from_environment = match environment {
            Environment::Counts => context.client.world.variable(variable),
            Environment::Ignored => None,
        };
        match from_environment {
            Some(value) => Ok(Some(Located::new(value.to_owned(), Origin::environment(variable)))),
            None => context.client.text(profile, key),
        }
    };
    let provider = Provider::AssumeRoleWithWebIdentity;
    let token_file = match value(TOKEN_FILE, "web_identity_token_file")? {
        None => return Ok(Planned::absent(provider, "no web_identity_token_file")),
        Some(path) if path.value.is_empty() => {
            let reason = format!("{} is empty", path.origin);
            return Ok(Planned::new(provider, vec![path.origin], Intent::Absent(reason)));
        }
        Some(path) => path,
    };
    let Some(role_arn) = value("AWS_ROLE_ARN", "role_arn")?.filter(|role| !role.value.is_empty()) else {
        return Err(Error::Invalid {
            message: "there is a web identity token, and no role to assume with it".to_owned(),
            origin: Some(token_file.origin),
            help: Some("set role_arn, or AWS_ROLE_ARN".into()),
        });
    };
    let name = value("AWS_ROLE_SESSION_NAME", "role_session_name")?;
    let role_session_name = name.map(|name| name.value).filter(|name| !name.is_empty());
    let looked_at = vec![token_file.origin.clone(), role_arn.origin.clone()];
    let token_path = match &token_file.origin {
        Origin::Environment { .. } => {
            context.client.world.path(TOKEN_FILE).map(PathBuf::from).unwrap_or_default()
        }
        _ => PathBuf::from(&token_file.value),
    };
    let plan = Plan { role_arn, token_file, token_path, role_session_name };
    Ok(Planned::new(provider, looked_at, Intent::Ask(Ask::WebIdentity(plan))))
}

impl Plan {
    /// Nothing is asked yet; the token file is not read yet either.
    pub(super) fn load(self) -> Loaded {
        let identity = format!("role {} by the token in {}", self.role_arn.value, self.token_file.value);
        Loaded { identity, key: Some(self.name()), stage: Stage::Later(Box::new(self)) }
    }

    /// What tells these credentials from all others in the cache.
    fn name(&self) -> Value {
        json!({
            "RoleArn": self.role_arn.value,
            "RoleSessionName": self.role_session_name,
            "WebIdentityTokenFile": self.token_file.value,
        })
    }

    fn assume(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        // botocore reads the token before it makes the client.
        let token = small_text(&self.token_path, "the web identity token file", &self.token_file.origin)?;
        // Also a line ending behind it is sent. Python reads text, in which each line ending is a line feed.
        let token = Secret::held(token.replace("\r\n", "\n").replace('\r', "\n"));
        let client = client::of(&context.client, Service::Sts, context.client.region())?;
        let generated = sts::generated_session_name(context.client.world.now());
        let request = sts::WebIdentity {
            role_arn: &self.role_arn.value,
            session_name: sts::SessionName::new(self.role_session_name.as_deref(), &generated),
            token: &token,
        };
        let _progress = context.interaction.show(&format!(
            "{} for the role {}",
            redacted(&client.endpoint.url),
            self.role_arn.value
        ));
        let assumed = sts::assume_role_with_web_identity(&client.caller(), &request).map_err(|source| {
            Error::Service {
                provider: Provider::AssumeRoleWithWebIdentity,
                context: format!(
                    "the token in {} could not assume {}",
                    self.token_file.value, self.role_arn.value
                ),
                source,
            }
        })?;
        Ok(assumed.keys.from(&client.endpoint.url, assumed.expiration, assumed.account_id))
    }
}

impl Later for Plan {
    fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let now = context.client.world.now();
        let mut name = self.name();
        if let Ok(Some(url)) = client::configured_url(&context.client, Service::Sts) {
            name["Endpoint"] = json!(url);
        }
        let offline = || Error::Offline {
            provider: Provider::AssumeRoleWithWebIdentity,
            what: format!("STS for the role {}", self.role_arn.value),
        };
        match &context.cache {
            Some(cache) if context.client.offline => cache.look(&name, now).ok_or_else(offline),
            None if context.client.offline => Err(offline()),
            Some(cache) => cache.get(&name, now, context.interaction, || self.assume(context)),
            None => self.assume(context),
        }
    }
}
