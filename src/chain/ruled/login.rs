//! `login_session`: a console sign-in.

use serde_json::json;

use super::sight::Sight;
use super::trail::{Attempt, Got, Miss};
use crate::chain::sign_in::credentials;
use crate::login::{Console, SignIn};
use crate::sdk::{Problem, Provider};
use crate::settings::LOGIN_SESSION;
use crate::view::Section;

impl Sight<'_> {
    pub(super) fn login(&self, section: &Section, profile: &str) -> Attempt {
        let Some(session) = self.text(section, LOGIN_SESSION.name) else {
            return Err(Miss::no_key(const { &[LOGIN_SESSION.name] }));
        };
        let sign_in = SignIn::Console { session: session.value.clone(), profile: profile.to_owned() };
        let console = Console { sign_in: &sign_in, session: &session.value };
        let generation = console.generation(self.context.client.world);
        let identity = format!("console sign-in {}", session.value);
        let key = json!({"LoginSession": session.value, "SignIn": generation});
        let found = credentials(self.context, &console).map_err(|error| Miss::failed(Problem::Login, error));
        let credentials = found.map_err(|miss| miss.of(identity.clone(), key.clone()))?;
        Ok(Got::new(Provider::Login, credentials, identity, key))
    }
}
