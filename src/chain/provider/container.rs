//! A container's credentials endpoint.

use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::address::redacted;
use crate::chain::ask::{Answer, Ask, Loaded, Planned, Provide, Scope};
use crate::chain::context::Context;
use crate::chain::error::{Error, Settings};
use crate::chain::fingerprint::issued;
use crate::chain::reason::Reason;
use crate::chain::refresh::refresh;
use crate::chain::small_file::small_text;
use crate::client;
use crate::credentials::{Credentials, Expiration};
use crate::origin::{Located, Origin};
use crate::sdk::Provider;
use crate::secret::Secret;
use crate::service::names::Names;
use crate::service::{self, container};
use crate::text::hex;
use crate::world::World;

const NAME: Provider = Provider::ContainerRole;

pub(in crate::chain) const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
pub(in crate::chain) const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
pub(in crate::chain) const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
pub(in crate::chain) const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

pub(super) struct Container;

struct Plan {
    url: Located<String>,
}

impl Provide for Container {
    /// The relative URL is used if its variable is set, even if it is empty.
    fn plan(&self, scope: &Scope<'_>) -> Result<Planned, Error> {
        Ok(match address(scope.context.client.world) {
            Some(url) => Planned::ask(vec![url.origin.clone()], Plan { url }),
            None => Planned::absent(Reason::NotSet(&[RELATIVE, FULL])),
        })
    }
}

fn address(world: &World) -> Option<Located<String>> {
    match (world.variable(RELATIVE), world.variable(FULL)) {
        (Some(path), _) => Some(Located::new(container::relative(path), Origin::environment(RELATIVE))),
        (None, Some(url)) => Some(Located::new(url.to_owned(), Origin::environment(FULL))),
        (None, None) => None,
    }
}

/// Why no request is sent to the endpoint that the variables name.
pub fn fault(world: &World) -> Option<Error> {
    let url = address(world)?;
    token_for(&url, world).err()
}

/// The token for the endpoint, if it has one and a request may be sent there.
fn token_for(url: &Located<String>, world: &World) -> Result<Option<Located<Secret>>, Error> {
    let token = token(world)?;
    container::check(&url.value).map_err(|error| blamed(error, url, &url.origin))?;
    match token {
        Some(token) if token.value.expose().contains(['\r', '\n']) => {
            Err(blamed(service::Error::ContainerToken, url, &token.origin))
        }
        token => Ok(token),
    }
}

fn blamed(error: service::Error, url: &Located<String>, origin: &Origin) -> Error {
    match error {
        // A setting is wrong, and its origin is known.
        service::Error::Host { .. } | service::Error::Doubtful { .. } | service::Error::ContainerToken => {
            client::Error::Setting { error, origin: origin.clone() }.into()
        }
        source => {
            let context = format!("the address in {} gave no credentials", url.origin);
            Error::Service { provider: NAME, context, advice: None, source }
        }
    }
}

impl Ask for Plan {
    /// Any failure ends the chain.
    fn load(self: Box<Self>, context: &Context<'_>) -> Answer {
        let identity = format!("container credentials at {}", redacted(&self.url.value));
        let token_file = context.client.world.variable(TOKEN_FILE);
        let key = json!({"Container": self.url.value, "TokenFile": token_file});
        let offline = || Error::Offline { provider: NAME, what: redacted(&self.url.value) };
        let first = match self.fetch(context).map_err(|error| context.unasked(error, offline)) {
            Err(Error::Offline { provider, what }) => {
                return Answer::of(Ok(Loaded::unasked(identity, key, (provider, what))));
            }
            first => first,
        };
        Answer::of(first.map(|first| {
            Loaded::deferred(identity, issued(key, &first), move |context| {
                let expired = || Error::StillExpired { provider: NAME };
                refresh(&first, context.client.world.now(), || self.fetch(context), expired)
            })
        }))
    }
}

impl Plan {
    fn fetch(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let client = &context.client;
        let token = token_for(&self.url, client.world)?;
        let _progress = client.progress.show(&redacted(&self.url.value));
        let origin = token.as_ref().map_or(&self.url.origin, |token| &token.origin);
        let value = token.as_ref().map(|token| &token.value);
        let fetch = || {
            let found = container::fetch(client.net, client.world, &self.url.value, value, Names::Exact);
            found.map_err(|error| blamed(error, &self.url, origin))
        };
        let found = context.once(&question(&self.url.value, value, Names::Exact), fetch)?.issued;
        let expiration = Expiration::parse(&found.expiration, client.world.now());
        let expiration = expiration.ok_or(Error::NoDate { provider: NAME, text: found.expiration })?;
        Ok(found.keys.ending(&self.url.value, Some(expiration), found.account_id))
    }
}

/// What a container is asked for.
pub(in crate::chain) fn question(url: &str, token: Option<&Secret>, names: Names) -> Value {
    let token = token.map(|token| hex(&Sha256::digest(token.expose())));
    json!({"Container": [url, token, format!("{names:?}")]})
}

/// The value of the header `Authorization`, verbatim.
fn token(world: &World) -> Result<Option<Located<Secret>>, Error> {
    if let Some(path) = world.path(TOKEN_FILE) {
        let origin = Origin::environment(TOKEN_FILE);
        let token = small_text(Path::new(path), "the container's token file", &origin)?;
        return Ok(Some(Located::new(Secret::held(token.as_str()), origin)));
    }
    let origin = Origin::environment(TOKEN);
    match world.text(TOKEN) {
        Ok(token) => Ok(token.map(|token| Located::new(Secret::held(token), origin))),
        Err(_) => Err(Settings::NotText.at(origin)),
    }
}
