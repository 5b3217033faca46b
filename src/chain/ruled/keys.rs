//! Keys in a profile. Halves in both files join to a pair.

use serde_json::json;

use super::sight::Sight;
use super::trail::{Attempt, Got, Miss};
use crate::chain::error::Half;
use crate::credentials::Credentials;
use crate::origin::{Located, Origin};
use crate::profile::FileKind;
use crate::sdk::{Problem, Provider};
use crate::secret::Secret;
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
    pub(super) fn keys(&self, section: &Section) -> Attempt {
        let rules = &self.rules.keys;
        let value = |key| {
            let found = section.text(key)?;
            let found = if rules.trims { found.map(|text| text.trim().to_owned()) } else { found };
            (rules.trims || rules.empty_is_value || !found.value.is_empty()).then_some(found)
        };
        let (id, secret, token) = (value(ID), value(SECRET), value(TOKEN));
        let half = |origin: &Origin| {
            let half = Half::Profile { profile: self.profile.to_owned() };
            Err(Miss::failed(Problem::HalfPair, half.at(origin.clone())))
        };
        let (id, secret) = match (id, secret, &token) {
            (Some(id), Some(secret), _) => (id, secret),
            (Some(only), None, _) | (None, Some(only), _) => return half(&only.origin),
            (None, None, Some(token)) => {
                let half = Half::Profile { profile: self.profile.to_owned() };
                return Err(Miss::failed(Problem::LoneToken, half.at(token.origin.clone())));
            }
            (None, None, None) => return Err(Miss::no_key(const { &[ID] })),
        };
        if rules.trims && (id.value.is_empty() || secret.value.is_empty() && token.is_none()) {
            let half = Half::Profile { profile: self.profile.to_owned() };
            return Err(Miss::failed(Problem::BlankKeys, half.at(id.origin)));
        }
        let token = token.filter(|token| !token.value.is_empty());
        Ok(Got {
            provider: self.provider_of(&id.origin),
            identity: format!("access key {}", id.value),
            key: json!({"AccessKeyId": id.value}),
            credentials: Credentials {
                access_key_id: Some(id),
                secret_access_key: Some(secret.map(Secret::held)),
                session_token: token.map(|token: Located<String>| token.map(Secret::held)),
                account_id: self.account(section),
                expiration: None,
                packed_policy_size: None,
            },
            via: None,
            narrowed: None,
        })
    }

    /// Keys, of which a half is none.
    pub(super) fn whole_keys(&self, section: &Section) -> Attempt {
        self.keys(section).map_err(|_| Miss::no_key(const { &[ID] }))
    }

    /// Keys of a profile that has a session token.
    pub(super) fn keys_with_token(&self, section: &Section) -> Attempt {
        if section.text(TOKEN).is_none() {
            return Err(Miss::no_key(const { &[TOKEN] }));
        }
        self.keys(section)
    }
}
