//! `login_session`: a console sign-in. Its credentials are refreshed before they expire.

use serde_json::json;

use crate::chain::ask::{Answer, Ask, Lead, Loaded, Planned, Provide, Scope, Stage, first_of};
use crate::chain::context::Context;
use crate::chain::error::Error;
use crate::chain::reason::Reason;
use crate::chain::sign_in;
use crate::login::{self, Console, SignIn};
use crate::origin::Located;
use crate::profile::Profile;
use crate::settings;

const KEY: &str = settings::LOGIN_SESSION.name;

pub(super) struct Login;

struct Plan {
    session: Located<String>,
    sign_in: SignIn,
}

impl Provide for Login {
    fn lead<'f>(&self, profile: &Profile<'f>) -> Option<Lead<'f>> {
        first_of(profile, &[KEY])
    }

    fn plan(&self, scope: &Scope<'_>) -> Result<Planned, Error> {
        let Some(session) = scope.context.client.text(scope.profile, KEY)? else {
            return Ok(Planned::absent(Reason::NoKey(&[KEY])));
        };
        let looked_at = vec![session.origin.clone()];
        let sign_in = SignIn::Console { session: session.value.clone(), profile: scope.profile.to_owned() };
        Ok(Planned::ask(looked_at, Plan { session, sign_in }))
    }
}

impl Ask for Plan {
    fn load(self: Box<Self>, context: &Context<'_>) -> Answer {
        Answer::of(self.loaded(context).map(Ok).map_err(Error::from))
    }
}

impl Plan {
    fn console(&self) -> Console<'_> {
        Console { sign_in: &self.sign_in, session: &self.session.value }
    }

    /// The cached credentials choose the provider, even if they have expired; they are refreshed when they are used.
    fn loaded(self, context: &Context<'_>) -> Result<Loaded, login::Error> {
        let found = self.console().cached_credentials(context.client.world)?;
        let identity = format!("console sign-in {}", self.session.value);
        let generation = self.console().generation(context.client.world);
        let key = Some(json!({"LoginSession": self.session.value, "SignIn": generation}));
        let stage = if found.is_due {
            Stage::Deferred(Box::new(move |context: &Context<'_>| {
                sign_in::credentials(context, &self.console())
            }))
        } else {
            Stage::Ready(found.credentials)
        };
        Ok(Loaded { identity, key, stage })
    }
}
