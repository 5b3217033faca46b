//! A container's credentials endpoint.

use std::path::Path;

use serde_json::json;

use super::plan::{Ask, Intent, Planned};
use super::renew::renew;
use super::run::{Later, Loaded, Stage};
use super::{Context, Error, Provider, small_text};
use crate::address::redacted;
use crate::client;
use crate::credentials::{Credentials, Expiration};
use crate::origin::{Located, Origin};
use crate::secret::Secret;
use crate::service::{self, container};

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
    let url = match (context.client.world.variable(RELATIVE), context.client.world.variable(FULL)) {
        (Some(path), _) => Located::new(container::relative(path), Origin::environment(RELATIVE)),
        (None, Some(url)) => Located::new(url.to_owned(), Origin::environment(FULL)),
        (None, None) => {
            return Planned::absent(Provider::ContainerRole, format!("neither {RELATIVE} nor {FULL} is set"));
        }
    };
    let looked_at = vec![url.origin.clone()];
    Planned::new(Provider::ContainerRole, looked_at, Intent::Ask(Ask::Container(Plan { url })))
}

impl Plan {
    /// What would be asked.
    pub(super) fn what(&self) -> String {
        redacted(&self.url.value)
    }

    /// Asks. Whatever goes wrong ends the chain.
    pub(super) fn load(self, context: &Context<'_>) -> Result<Loaded, Error> {
        let first = self.fetch(context)?;
        let identity = format!("container credentials at {}", self.what());
        let token_file = context.client.world.variable(TOKEN_FILE);
        let key = json!({"Container": self.url.value, "TokenFile": token_file});
        Ok(Loaded { identity, key: Some(key), stage: Stage::Later(Box::new(Again { plan: self, first })) })
    }

    fn fetch(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let token = token(context)?;
        let blamed = |error: service::Error, origin: &Origin| match error {
            // The settings are to blame, and they have a place.
            service::Error::Host { .. }
            | service::Error::Doubtful { .. }
            | service::Error::ContainerToken => {
                client::Error::Setting { error, origin: origin.clone() }.into()
            }
            source => {
                let context = format!("the address in {} gave no credentials", self.url.origin);
                Error::Service { provider: Provider::ContainerRole, context, source }
            }
        };
        container::check(&self.url.value).map_err(|error| blamed(error, &self.url.origin))?;
        let _progress = context.interaction.show(&self.what());
        let origin = token.as_ref().map_or(&self.url.origin, |token| &token.origin);
        let value = token.as_ref().map(|token| &token.value);
        let found = container::fetch(context.client.net, context.client.world, &self.url.value, value)
            .map_err(|error| blamed(error, origin))?;
        let Some(expiration) = Expiration::parse(&found.expiration, context.client.world.now()) else {
            let message = format!("`{}` is not a date with a time zone", found.expiration);
            return Err(Error::provider(Provider::ContainerRole, message));
        };
        Ok(found.keys.from(&self.url.value, expiration, found.account_id))
    }
}

/// What goes into the header `Authorization`, verbatim.
fn token(context: &Context<'_>) -> Result<Option<Located<Secret>>, Error> {
    if let Some(path) = context.client.world.path(TOKEN_FILE) {
        let origin = Origin::environment(TOKEN_FILE);
        let token = small_text(Path::new(path), "the container's token file", &origin)?;
        return Ok(Some(Located::new(Secret::held(token.as_str()), origin)));
    }
    let token = context.client.world.text(TOKEN);
    let token = token.map_err(|error| Error::invalid(error.to_string(), Some(Origin::environment(TOKEN))))?;
    Ok(token.map(|token| Located::new(Secret::held(token), Origin::environment(TOKEN))))
}

/// Credentials that may have to be renewed before they are used.
struct Again {
    plan: Plan,
    first: Credentials,
}

impl Later for Again {
    fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        renew(&self.first, context.client.world.now(), || self.plan.fetch(context)).map_err(|error| {
            error.unwrap_or_else(|| {
                Error::provider(Provider::ContainerRole, "the credentials have expired, and new ones too")
            })
        })
    }
}
