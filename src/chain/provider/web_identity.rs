//! A role, and a file with a token that assumes it.

use std::cell::OnceCell;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::chain::ask::{
    Answer, Ask, Deferred, Environment, Intent, Lead, Loaded, Planned, Provide, Scope, first_of,
};
use crate::chain::context::Context;
use crate::chain::error::{Error, Settings};
use crate::chain::fingerprint;
use crate::chain::parameters::Parameters;
use crate::chain::question;
use crate::chain::reason::Reason;
use crate::chain::small_file::small_text;
use crate::chain::text::{named, sts_for};
use crate::client;
use crate::credentials::Credentials;
use crate::narrowing::{By, Narrowed, Narrowing, SessionName};
use crate::origin::{Located, Origin};
use crate::profile::Profile;
use crate::sdk::Provider;
use crate::secret::Secret;
use crate::service::{Service, sts};
use crate::settings;
use crate::world::World;

const NAME: Provider = Provider::AssumeRoleWithWebIdentity;
pub(in crate::chain) const TOKEN_FILE: &str = "AWS_WEB_IDENTITY_TOKEN_FILE";
pub(in crate::chain) const ROLE: &str = "AWS_ROLE_ARN";
pub(in crate::chain) const SESSION: &str = "AWS_ROLE_SESSION_NAME";
const TOKEN: &str = "the web identity token file";
const KEY: &str = settings::WEB_IDENTITY_TOKEN_FILE.name;

pub(super) struct WebIdentity;

/// A role and its token.
struct Plan {
    role_arn: Located<String>,
    token_file: Located<String>,
    /// The same path, byte for byte.
    token_path: PathBuf,
    role_session_name: Option<String>,
    /// The name of the session, if nothing has set one.
    given_name: Option<SessionName>,
    narrowed: Option<Narrowed>,
    /// The token, once it has been read: its file may be a pipe, and it is what decides whose session it is.
    token: OnceCell<Secret>,
}

/// Why the token file that the environment names can't be used for the profile.
pub fn fault(world: &World, profile: &Profile<'_>) -> Option<Error> {
    let path = world.path(TOKEN_FILE).filter(|path| !path.is_empty())?;
    let origin = Origin::environment(TOKEN_FILE);
    let has_role = match world.variable(ROLE) {
        Some(role) => !role.is_empty(),
        None => profile.find(settings::ROLE_ARN.name).is_some_and(|role| role.text().as_deref() != Some("")),
    };
    if !has_role {
        return Some(Settings::TokenWithoutRole.at(origin));
    }
    file_fault(Path::new(path), &origin)
}

/// Why the token file that a line names can't be used.
pub fn file_fault(path: &Path, origin: &Origin) -> Option<Error> {
    let token = match token_of(path, origin) {
        Ok(token) => token,
        Err(error) => return Some(error),
    };
    let problem = match token.chars().count() {
        0 => "it is empty",
        // What STS is never asked with.
        1..sts::SHORTEST_TOKEN => "a token has at least 4 characters",
        _ => return None,
    };
    let source = io::Error::other(problem);
    Some(Error::Io { what: TOKEN, path: path.to_owned(), source, origin: origin.clone() })
}

/// The text of the token file that `origin` names.
fn token_of(path: &Path, origin: &Origin) -> Result<Zeroizing<String>, Error> {
    small_text(path, TOKEN, origin)
}

impl Provide for WebIdentity {
    fn lead<'f>(&self, profile: &Profile<'f>) -> Option<Lead<'f>> {
        first_of(profile, &[KEY])
    }

    /// Each of the three values comes from the environment or the profile, independently. An empty variable overrides the
    /// profile's value.
    fn plan(&self, scope: &Scope<'_>) -> Result<Planned, Error> {
        let client = &scope.context.client;
        let value = |variable: &'static str, key: &str| {
            let from_environment = match scope.environment {
                Environment::Used => client.world.variable(variable),
                Environment::Ignored => None,
            };
            match from_environment {
                Some(value) => Ok(Some(Located::new(value.to_owned(), Origin::environment(variable)))),
                None => client.text(scope.profile, key),
            }
        };
        let Some(token_file) = value(TOKEN_FILE, KEY)? else {
            return Ok(Planned::absent(Reason::NoKey(&[KEY])));
        };
        if token_file.value.is_empty() {
            let intent = Intent::Absent(Reason::Empty(token_file.origin.clone()));
            return Ok(Planned { looked_at: vec![token_file.origin], intent });
        }
        let Some(role_arn) = value(ROLE, settings::ROLE_ARN.name)?.filter(|role| !role.value.is_empty())
        else {
            return Err(Settings::TokenWithoutRole.at(token_file.origin));
        };
        let name = value(SESSION, settings::ROLE_SESSION_NAME.name)?;
        let role_session_name = name.map(|name| name.value).filter(|name| !name.is_empty());
        let naming = scope.context.naming.filter(|_| role_session_name.is_none());
        let given_name = naming.and_then(|naming| naming.name(scope.profile));
        let looked_at = vec![token_file.origin.clone(), role_arn.origin.clone()];
        let token_path = match &token_file.origin {
            Origin::Environment { .. } => {
                client.world.path(TOKEN_FILE).map(PathBuf::from).unwrap_or_default()
            }
            _ => PathBuf::from(&token_file.value),
        };
        Ok(Planned::ask(
            looked_at,
            Plan {
                role_arn,
                token_file,
                token_path,
                role_session_name,
                given_name,
                narrowed: None,
                token: OnceCell::new(),
            },
        ))
    }
}

impl Ask for Plan {
    /// Requests nothing yet. A missing token is an error only when the role is assumed.
    fn load(self: Box<Self>, _: &Context<'_>) -> Answer {
        Answer::of(Ok(self.loaded()))
    }
}

impl Plan {
    fn loaded(self) -> Loaded {
        let identity = format!("role {} by the token in {}", self.role_arn.value, self.token_file.value);
        Loaded::narrowable(identity, self.key(), self)
    }

    /// The token, byte for byte but for line endings. The one at the end of the file is sent, too.
    fn token(&self) -> Result<&Secret, Error> {
        if let Some(token) = self.token.get() {
            return Ok(token);
        }
        let token = token_of(&self.token_path, &self.token_file.origin)?;
        // Python converts line endings to line feeds.
        Ok(self.token.get_or_init(|| Secret::held(token.replace("\r\n", "\n").replace('\r', "\n"))))
    }

    /// The cache key.
    fn key(&self) -> Value {
        let mut key = json!({
            "RoleArn": self.role_arn.value,
            "RoleSessionName": self.role_session_name,
            "WebIdentityTokenFile": self.token_file.value,
        });
        if let Ok(token) = self.token() {
            fingerprint::token(&mut key, token);
        }
        if let Some(name) = &self.given_name {
            key["GivenName"] = json!(name.key);
        }
        if let Some(narrowed) = &self.narrowed {
            key["Narrowing"] = narrowed.key();
        }
        key
    }

    fn assume(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        // botocore reads the token before it makes the client.
        let token = self.token()?;
        let client = client::unsigned(&context.client, Service::Sts, context.client.region())?;
        let given = self.given_name.as_ref().map(|name| name.text.as_str());
        let name = given.or(self.role_session_name.as_deref());
        let generated = sts::generated_session_name(context.client.world.now());
        let parameters = Parameters::of(self.narrowed.as_ref());
        let request = sts::WebIdentity {
            role_arn: &self.role_arn.value,
            session_name: sts::SessionName::new(name, &generated),
            token,
            duration_seconds: self.narrowed.as_ref().and_then(Narrowed::seconds),
            restrictions: parameters.restrictions(),
            as_botocore: true,
        };
        let question = question::web_identity(&request, self.narrowed.as_ref());
        context.once(&question::at(&client.endpoint, &question), || {
            let (role_arn, file) = (&self.role_arn.value, &self.token_file.value);
            let send = || sts::assume_role_with_web_identity(&client, &request);
            context
                .ask_sts(&client, &format!("the role {role_arn}"), send, |error| {
                    let text = format!("the token in {file} could not assume {}", named(role_arn));
                    (NAME, text, parameters.advice(error, context))
                })
                .map_err(|error| {
                    error.at_setting(|name| (name == "RoleArn").then(|| self.role_arn.origin.clone()))
                })
        })
    }
}

impl Deferred for Plan {
    fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let key = context.at_endpoint(self.key());
        let offline = || Error::Offline { provider: NAME, what: sts_for(&self.role_arn.value) };
        context.cached(&key, offline, || self.assume(context))
    }

    fn narrowed(
        self: Box<Self>,
        asked: &Narrowing,
        _: &Context<'_>,
    ) -> Result<Option<(Loaded, Narrowed)>, Error> {
        let narrowed = asked.for_role(By::AssumeRoleWithWebIdentity, &self.role_arn)?;
        let role_session_name = narrowed.name().map(str::to_owned).or(self.role_session_name);
        let given_name = self.given_name.filter(|_| narrowed.name().is_none());
        let plan = Plan { role_session_name, given_name, narrowed: Some(narrowed.clone()), ..*self };
        Ok(Some((plan.loaded(), narrowed)))
    }
}
