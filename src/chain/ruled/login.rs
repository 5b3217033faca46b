//! `login_session`: a console sign-in.

use serde_json::json;

use super::sight::Sight;
use super::trail::{Attempt, Got, Miss};
use crate::chain::sign_in::credentials;
use crate::login::Console;
use crate::sdk::Provider;
use crate::settings::LOGIN_SESSION;
use crate::view::Section;

impl Sight<'_> {
    pub(super) fn login(&self, section: &Section, profile: &str) -> Attempt {
        let Some(session) = self.text(section, LOGIN_SESSION.name) else {
            return Err(Miss::no_key(const { &[LOGIN_SESSION.name] }));
        };
        let console = Console { session: session.value, profile: profile.to_owned() };
        let generation = console.generation(&self.context.client);
        let identity = format!("console sign-in {}", console.session);
        let key = json!({"LoginSession": console.session, "SignIn": generation});
        let found =
            credentials(self.context, &console).map_err(|(problem, error)| Miss::failed(problem, *error));
        let credentials = found.map_err(|miss| miss.of(identity.clone(), key.clone()))?;
        Ok(Got::new(Provider::Login, credentials, identity, key))
    }
}
