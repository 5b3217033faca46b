//! A container's credentials endpoint.

use super::plan::{Ask, Intent, Planned};
use super::process::renew;
use super::run::{Later, Loaded, Stage};
use super::{Context, Error, Provider, client};
use crate::credentials::Credentials;
use crate::origin::{Located, Origin};
use crate::secret::Secret;
use crate::service::container;

const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

/// An address to ask.
#[derive(Clone)]
pub(super) struct Plan {
    url: Located<String>,
}

/// The plan: the relative address wins whenever its variable is set, even empty.
pub(super) fn plan(context: &Context<'_>) -> Planned {
    let url = match (context.world.variable(RELATIVE), context.world.variable(FULL)) {
        (Some(path), _) => Located::new(format!("http://169.254.170.2{path}"), Origin::environment(RELATIVE)),
        (None, Some(url)) => Located::new(url.to_owned(), Origin::environment(FULL)),
        (None, None) => return Planned::absent(Provider::ContainerRole, format!("neither {RELATIVE} nor {FULL} is set")),
    };
    let looked_at = vec![url.origin.clone()];
    Planned::new(Provider::ContainerRole, looked_at, Intent::Ask(Ask::Container(Plan { url })))
}

impl Plan {
    /// What would be asked.
    pub(super) fn what(&self) -> String {
        self.url.value.clone()
    }

    /// Asks. Whatever goes wrong ends the chain.
    pub(super) fn load(self, context: &Context<'_>) -> Result<Loaded, Error> {
        let first = self.fetch(context)?;
        let identity = format!("container credentials at {}", self.url.value);
        Ok(Loaded { identity, stage: Stage::Later(Box::new(Again { plan: self, first })) })
    }

    fn fetch(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let token = token(context)?;
        if let Err(host) = container::check_host(&self.url.value) {
            return Err(Error::Invalid {
                message: format!("the host `{host}` may not be asked for credentials without TLS"),
                origin: Some(self.url.origin.clone()),
                help: Some("use https, a loopback address, or the addresses of ECS and EKS".to_owned()),
            });
        }
        let _told = context.operator.waiting(&self.url.value);
        let keys = container::credentials(context.net, &self.url.value, token.as_ref()).map_err(|source| {
            Error::Service { provider: Provider::ContainerRole, context: self.url.value.clone(), source }
        })?;
        Ok(client::from(keys, &self.url.value))
    }
}

/// What goes into the header `Authorization`, verbatim.
fn token(context: &Context<'_>) -> Result<Option<Secret>, Error> {
    let (token, origin) = match (context.world.variable(TOKEN_FILE), context.world.variable(TOKEN)) {
        (Some(path), _) => {
            let origin = Origin::environment(TOKEN_FILE);
            let token = std::fs::read_to_string(path).map_err(|source| Error::Io {
                what: "the container's token file",
                path: path.into(),
                source,
                origin: Some(origin.clone()),
            })?;
            (token, origin)
        }
        (None, Some(token)) => (token.to_owned(), Origin::environment(TOKEN)),
        (None, None) => return Ok(None),
    };
    if token.contains(['\r', '\n']) {
        return Err(Error::Invalid {
            message: "the container's token has a line break in it".to_owned(),
            origin: Some(origin),
            help: Some("write the token without a line ending behind it".to_owned()),
        });
    }
    Ok(Some(Secret::new(token)))
}

/// Credentials that may have to be renewed before they are used.
struct Again {
    plan: Plan,
    first: Credentials,
}

impl Later for Again {
    fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        renew(&self.first, context.world.now(), || self.plan.fetch(context)).map_err(|error| {
            error.unwrap_or_else(|| Error::provider(Provider::ContainerRole, "the credentials have expired, and new ones too"))
        })
    }
}
