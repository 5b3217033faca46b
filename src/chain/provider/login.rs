//! `login_session`: a console sign-in of `aws login`. Its credentials are used until they expire; xcred can't refresh them
//! yet.

use serde_json::json;

use crate::chain::ask::{Answer, Ask, Lead, Loaded, Planned, Provide, Scope, Stage, first_of};
use crate::chain::context::Context;
use crate::chain::error::Error;
use crate::chain::reason::Reason;
use crate::login::{Console, SignIn};
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
        let console = Console { sign_in: &self.sign_in, session: &self.session.value };
        let loaded = console.credentials(context.client.world).map(|credentials| Loaded {
            identity: format!("console sign-in {}", self.session.value),
            key: Some(json!({"LoginSession": self.session.value})),
            stage: Stage::Ready(credentials),
        });
        Answer::of(loaded.map(Ok).map_err(Error::from))
    }
}
