//! Keys in a profile. Halves in both files join to a pair.

use serde_json::json;

use super::sight::Sight;
use super::trail::{Attempt, Got, Miss};
use crate::chain::error::Half;
use crate::credentials::Credentials;
use crate::origin::{Located, Origin};
use crate::profile::FileKind;
use crate::sdk::{Problem, Provider};
use crate::settings::{AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN};
use crate::view::Section;

const ID: &str = AWS_ACCESS_KEY_ID.name;
const SECRET: &str = AWS_SECRET_ACCESS_KEY.name;
const TOKEN: &str = AWS_SESSION_TOKEN.name;

impl Sight<'_> {
    /// The provider by botocore's name: the file that has the access key ID.
    pub(super) fn provider_of(&self, id: &Origin) -> Provider {
        let path = self.view.path(FileKind::Config);
        match id {
            Origin::File(place) if Some(&*place.path) == path => Provider::ConfigFile,
            _ => Provider::SharedCredentialsFile,
        }
    }

    /// Keys, whether with a token or without.
    pub(super) fn keys(&self, section: &Section, profile: &str) -> Attempt {
        let rules = &self.rules.keys;
        let value = |key| {
            let found = section.text(key)?;
            let found = if rules.trims { found.map(|text| text.trim().to_owned()) } else { found };
            (rules.trims || rules.empty_is_value || !found.value.is_empty()).then_some(found)
        };
        let (id, secret, token) = (value(ID), value(SECRET), value(TOKEN));
        let profile = || profile.to_owned();
        let failed = |problem, half: Half, origin| Err(Miss::failed(problem, half.at(origin)));
        let (id, secret) = match (id, secret, &token) {
            (Some(id), Some(secret), _) => (id, secret),
            (Some(id), None, _) => {
                let half = Half::Joined { profile: profile(), has: ID, lacks: SECRET };
                return failed(Problem::HalfPair, half, id.origin);
            }
            (None, Some(secret), _) => {
                let half = Half::Joined { profile: profile(), has: SECRET, lacks: ID };
                return failed(Problem::HalfPair, half, secret.origin);
            }
            (None, None, Some(token)) => {
                let half = Half::Token { profile: profile() };
                return failed(Problem::LoneToken, half, token.origin.clone());
            }
            (None, None, None) => return Err(Miss::no_key(const { &[ID] })),
        };
        if rules.trims {
            let blank = [(ID, &id), (SECRET, &secret)]
                .into_iter()
                .find(|(key, found)| found.value.is_empty() && (*key == ID || token.is_none()));
            if let Some((key, found)) = blank {
                let half = Half::Blank { profile: profile(), key };
                return failed(Problem::BlankKeys, half, found.origin.clone());
            }
        }
        let token = token.filter(|token: &Located<String>| !token.value.is_empty());
        let provider = self.provider_of(&id.origin);
        let (identity, key) = (format!("access key {}", id.value), json!({"AccessKeyId": id.value}));
        let account_id = self.account(section);
        let credentials = Credentials { account_id, ..Credentials::keys(id, secret, token) };
        Ok(Got::new(provider, credentials, identity, key))
    }

    /// Keys, if the profile has both halves; one alone is ignored.
    pub(super) fn whole_keys(&self, section: &Section, profile: &str) -> Attempt {
        self.keys(section, profile).map_err(|_| Miss::no_key(const { &[ID] }))
    }

    /// Keys of a profile that has a session token.
    pub(super) fn keys_with_token(&self, section: &Section, profile: &str) -> Attempt {
        if section.text(TOKEN).is_none() {
            return Err(Miss::no_key(const { &[TOKEN] }));
        }
        self.keys(section, profile)
    }
}
