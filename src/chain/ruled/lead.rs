//! What a profile's own keys choose.

use crate::sdk::{Provider, Ruled, Way};
use crate::settings::{
    AWS_ACCESS_KEY_ID, CREDENTIAL_PROCESS, CREDENTIAL_SOURCE, LOGIN_SESSION, ROLE_ARN, SOURCE_PROFILE,
    SSO_ACCOUNT_ID, SSO_REGION, SSO_ROLE_NAME, SSO_SESSION, SSO_START_URL, WEB_IDENTITY_TOKEN_FILE,
};
use crate::view::{Section, View};

/// The provider that a profile's own keys choose: the first way that has its keys. Whether it has credentials only a
/// resolution shows.
pub fn lead(rules: &Ruled, view: &View, section: &Section) -> Option<Provider> {
    let has =
        |key: &str| section.text(key).is_some_and(|found| rules.empty_is_set || !found.value.is_empty());
    let has_role = has(ROLE_ARN.name);
    if has_role && rules.role.on_top {
        return Some(Provider::AssumeRole);
    }
    let is_disabled = |way: &Way| view.is_opted_out() && !way.is_keys();
    rules.ways.iter().filter(|way| !is_disabled(way)).find_map(|way| {
        let (applies, provider) = match way {
            Way::Role | Way::RoleOfProfile | Way::Linked => {
                let has_source = has(SOURCE_PROFILE.name) || has(CREDENTIAL_SOURCE.name);
                (has_role && has_source, Provider::AssumeRole)
            }
            Way::CredentialSource => (has(CREDENTIAL_SOURCE.name), Provider::AssumeRole),
            Way::SourceWithoutRole => (!has_role && has(CREDENTIAL_SOURCE.name), Provider::AssumeRole),
            Way::KeysWithToken | Way::WholeKeys | Way::Keys => {
                (has(AWS_ACCESS_KEY_ID.name), Provider::SharedCredentialsFile)
            }
            Way::WebIdentity => {
                (has_role && has(WEB_IDENTITY_TOKEN_FILE.name), Provider::AssumeRoleWithWebIdentity)
            }
            Way::Sso => {
                let keys = [&SSO_SESSION, &SSO_START_URL, &SSO_REGION, &SSO_ACCOUNT_ID, &SSO_ROLE_NAME];
                (keys.iter().any(|key| has(key.name)), Provider::Sso)
            }
            Way::Login => (has(LOGIN_SESSION.name), Provider::Login),
            Way::Process => (has(CREDENTIAL_PROCESS.name), Provider::CustomProcess),
            Way::Container | Way::Instance => return None,
        };
        applies.then_some(provider)
    })
}
