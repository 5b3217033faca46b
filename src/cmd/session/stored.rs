//! The checks of the guards before a stored secret is shown. It is shown whole, and no service is asked for its account.

use super::Session;
use super::agent::agent_demand;
use crate::chain::Provider;
use crate::credentials::Credentials;
use crate::effective::{self, Setting};
use crate::failure::Failure;
use crate::guard::{Allowed, Error, Required};
use crate::origin::Located;
use crate::profile::{KeyPath, SectionName};
use crate::settings::AWS_ACCESS_KEY_ID;

impl Session<'_> {
    /// Refuses to show secrets that are stored for a profile, where its guards would not hand them out as they are.
    pub(in crate::cmd) fn check_stored(&self, profile: &str, secrets: &[&Setting]) -> Result<(), Failure> {
        Allowed::of(self.world).check(profile)?;
        let config = self.config()?;
        let agent = agent_demand(config, self.world);
        if let Some(demand) = config.demands(profile).into_iter().chain(agent).next() {
            let what = "a stored key is a whole one";
            return Err(Error::OnlyNarrowed { origin: demand.origin().clone(), what }.into());
        }
        let names = self.names_of(profile);
        let required = Required::of(None, names.iter().map(String::as_str), config)?;
        let mut known = None;
        if let Some(account) = required.account() {
            for id in self.ids_of(profile, secrets) {
                let found = id.and_then(|id| self.account_of_id(id));
                let found = found.ok_or_else(|| Error::NotAsked { required: Box::new(account.clone()) })?;
                required.check(&found)?;
                known = Some(found);
            }
        }
        self.ask_about(config.confirm_guard(profile), known.as_deref())
    }

    /// The access key ID beside each value of these settings: in the same file. None for a value that is alone.
    fn ids_of(&self, profile: &str, secrets: &[&Setting]) -> Vec<Option<Located<String>>> {
        let section = SectionName::Profile(profile.to_owned());
        let id = effective::stored(&self.files, &section, &KeyPath::plain(AWS_ACCESS_KEY_ID.name));
        let ids: Vec<_> = id.iter().flat_map(Setting::values).collect();
        let values = secrets.iter().flat_map(|setting| setting.values());
        let beside = values.map(|secret| {
            let path = &secret.origin.place()?.path;
            let id = ids.iter().find(|id| id.origin.place().is_some_and(|place| place.path == *path))?;
            let text = id.value.as_text()?;
            Some(Located::new(text.expose().to_owned(), id.origin.clone()))
        });
        beside.collect()
    }

    /// The account of a stored key, if STS has named it before.
    fn account_of_id(&self, id: Located<String>) -> Option<String> {
        let credentials = Credentials { access_key_id: Some(id), ..Credentials::default() };
        self.known_account(Provider::SharedCredentialsFile, &credentials)
    }
}
