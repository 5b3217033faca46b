//! What an SDK refuses while it loads the profile, before it asks any provider: even keys in the environment don't
//! help then.

use super::sight::Sight;
use super::trail::Miss;
use crate::chain::error::{Error, Half, Settings};
use crate::chain::sources::LIMIT;
use crate::origin::{Located, Origin};
use crate::profile::SectionName;
use crate::settings::{
    AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, CREDENTIAL_PROCESS, CREDENTIAL_SOURCE, LOGIN_SESSION, ROLE_ARN,
    SOURCE_PROFILE, SSO_SESSION, VARIABLES, Variable, WEB_IDENTITY_TOKEN_FILE,
};
use crate::text::nearest;
use crate::view::Section;

/// The keys that only a role uses.
const FOR_ROLES: [&str; 3] = [CREDENTIAL_SOURCE.name, WEB_IDENTITY_TOKEN_FILE.name, SOURCE_PROFILE.name];

/// The keys of which a profile may have one.
const ONE_OF: [&str; 4] =
    [SOURCE_PROFILE.name, CREDENTIAL_SOURCE.name, CREDENTIAL_PROCESS.name, WEB_IDENTITY_TOKEN_FILE.name];

impl Sight<'_> {
    /// Refuses a profile that is missing or contradictory, and one of its sources that is.
    pub(super) fn check_profile(&self) -> Result<(), Error> {
        let chosen = self.context.client.profile;
        let Some(section) = self.view.profile(self.profile) else {
            let must_exist = match &chosen.name.origin {
                Origin::Option { .. } => true,
                Origin::Environment { variable } => {
                    self.context.client.sdk.profile_variables.first().is_some_and(|first| first == variable)
                }
                _ => false,
            };
            return if must_exist { Err(self.not_found(&chosen.name)) } else { Ok(()) };
        };
        self.check_section(section, self.profile, &mut Vec::new())
    }

    fn not_found(&self, name: &Located<String>) -> Error {
        let nearest = nearest(&name.value, self.view.profiles()).map(ToOwned::to_owned);
        let Located { value: name, origin } = name.clone();
        let section = SectionName::Profile(name);
        crate::profile::Error::NotFound { section, origin, nearest, lookalikes: Vec::new() }.into()
    }

    fn check_section(&self, section: &Section, name: &str, seen: &mut Vec<String>) -> Result<(), Error> {
        if let Some(half) = section.torn() {
            let (id, secret) = (AWS_ACCESS_KEY_ID.name, AWS_SECRET_ACCESS_KEY.name);
            let (has, lacks) = if half.key.as_deref() == Some(secret) { (secret, id) } else { (id, secret) };
            return Err(Half::Profile { profile: name.to_owned(), has, lacks }.at(half.clone().into()));
        }
        self.check_keys(section)?;
        let is_again = seen.iter().any(|other| other == name);
        if !is_again {
            self.check_role(section, name)?;
        }
        if !seen.is_empty() && self.has_keys(section) {
            return Ok(());
        }
        // `source_profile` is ignored where the profile is seen again.
        let source = self.text(section, SOURCE_PROFILE.name).filter(|_| !is_again);
        seen.push(name.to_owned());
        let ways =
            ONE_OF.iter().filter(|key| self.has(section, key) && !(is_again && **key == SOURCE_PROFILE.name));
        if let [_, second, ..] = *ways.copied().collect::<Vec<_>>() {
            let origin = self.text(section, second).map_or(Origin::Default, |found| found.origin);
            return Err(Settings::TwoWays { profile: name.to_owned() }.at(origin));
        }
        if let Some(source) = source {
            if seen.len() >= LIMIT {
                return Err(Settings::TooManySources { limit: LIMIT }.at(source.origin));
            }
            let Some(below) = self.view.profile(&source.value) else {
                let section = SectionName::Profile(source.value);
                let (names, files) = (self.view.profiles(), self.context.client.files);
                return Err(Settings::missing(name, section, names, files).at(source.origin));
            };
            self.check_section(below, &source.value, seen)?;
            let is_again = seen.iter().filter(|other| **other == source.value).count() > 1;
            let has = |row: &Variable| self.has(below, row.name) && !(is_again && *row == SOURCE_PROFILE);
            // A `login_session` is not looked at.
            let is_lead = |row: &Variable| row.leads && *row != ROLE_ARN && *row != LOGIN_SESSION;
            if !self.has_keys(below) && !VARIABLES.iter().any(|row| is_lead(row) && has(row)) {
                return Err(Settings::EmptySourceProfile { name: source.value }.at(source.origin));
            }
        }
        if let Some(session) = self.text(section, SSO_SESSION.name) {
            self.session(&session, name).map_err(error)?;
        }
        Ok(())
    }

    fn check_role(&self, section: &Section, name: &str) -> Result<(), Error> {
        if self.has(section, ROLE_ARN.name) {
            return Ok(());
        }
        match FOR_ROLES.iter().find_map(|key| self.text(section, key)) {
            Some(found) => Err(Settings::NoRole { profile: name.to_owned() }.at(found.origin)),
            None => Ok(()),
        }
    }

    fn has_keys(&self, section: &Section) -> bool {
        [AWS_ACCESS_KEY_ID.name, AWS_SECRET_ACCESS_KEY.name].iter().all(|key| self.has(section, key))
    }
}

fn error(miss: Miss) -> Error {
    match miss {
        Miss::Failed { error, .. } | Miss::Over { error, .. } => *error,
        Miss::Absent(reason) => Error::Gone { provider: crate::sdk::Provider::Sso, reason },
    }
}
