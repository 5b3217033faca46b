//! `login_session`: a console sign-in. Its credentials are refreshed before they expire.

use serde_json::json;

use crate::chain::ask::{Answer, Ask, Lead, Loaded, Planned, Provide, Scope, Stage, first_of};
use crate::chain::context::Context;
use crate::chain::error::Error;
use crate::chain::reason::Reason;
use crate::chain::sign_in;
use crate::login::{self, Console};
use crate::profile::Profile;
use crate::settings;

const KEY: &str = settings::LOGIN_SESSION.name;

pub(super) struct Login;

struct Plan(Console);

impl Provide for Login {
    fn lead<'f>(&self, profile: &Profile<'f>) -> Option<Lead<'f>> {
        first_of(profile, &[KEY])
    }

    fn plan(&self, scope: &Scope<'_>) -> Result<Planned, Error> {
        let Some(session) = scope.context.client.text(scope.profile, KEY)? else {
            return Ok(Planned::absent(Reason::NoKey(&[KEY])));
        };
        let console = Console { session: session.value, profile: scope.profile.to_owned() };
        Ok(Planned::ask(vec![session.origin], Plan(console)))
    }
}

impl Ask for Plan {
    fn load(self: Box<Self>, context: &Context<'_>) -> Answer {
        Answer::of(self.loaded(context).map_err(Error::from))
    }
}

impl Plan {
    /// The cached credentials choose the provider, even if they have expired; they are refreshed when they are used.
    fn loaded(self, context: &Context<'_>) -> Result<Loaded, login::Error> {
        let Plan(console) = self;
        let found = console.cached_credentials(context.client.world)?;
        let identity = format!("console sign-in {}", console.session);
        let generation = console.generation(&context.client);
        let key = Some(json!({"LoginSession": console.session, "SignIn": generation}));
        let stage = if found.is_due {
            Stage::Deferred(Box::new(move |context: &Context<'_>| {
                sign_in::credentials(context, &console).map_err(|(_, error)| *error)
            }))
        } else {
            Stage::Ready(found.credentials)
        };
        Ok(Loaded { identity, key, stage })
    }
}
