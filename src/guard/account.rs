//! The account that credentials must belong to, and what proves it.

use crate::config::AccountId;
use crate::credentials::Credentials;
use crate::origin::Origin;
use crate::sdk::Provider;

/// An account that the credentials must belong to.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) id: AccountId,
    /// The profile that has the guard; none where an option gives the account.
    pub(crate) profile: Option<String>,
    /// The guard or the option.
    pub(crate) origin: Origin,
}

/// The account of credentials, if what issued them said so. An account that a setting, a variable or an option names is
/// a claim, except the one that IAM Identity Center was asked for.
pub fn proved(provider: Provider, credentials: &Credentials) -> Option<&str> {
    let account = credentials.account_id.as_ref()?;
    let is_proof = match &account.origin {
        Origin::Service { .. } | Origin::Cache { .. } | Origin::Process { .. } => true,
        Origin::File(_) => provider == Provider::Sso,
        Origin::Environment { .. } | Origin::Option { .. } | Origin::Default => false,
    };
    is_proof.then_some(account.value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{home, line};
    use crate::origin::Located;

    #[test]
    fn only_who_issued_credentials_proves_their_account() {
        let is_proved = |origin: Origin, provider| {
            let account_id = Some(Located::new("123456789012".to_owned(), origin));
            proved(provider, &Credentials { account_id, ..Credentials::default() }).is_some()
        };
        assert!(is_proved(Origin::Service { url: "u".to_owned() }, Provider::AssumeRole));
        assert!(is_proved(Origin::Cache { path: home("c") }, Provider::AssumeRole));
        assert!(is_proved(Origin::Process { program: "p".to_owned() }, Provider::CustomProcess));
        assert!(is_proved(line(1), Provider::Sso));
        assert!(!is_proved(line(1), Provider::SharedCredentialsFile));
        assert!(!is_proved(line(1), Provider::CustomProcess));
        assert!(!is_proved(Origin::environment("AWS_ACCOUNT_ID"), Provider::Env));
        assert!(!is_proved(Origin::Option { name: "--account-id" }, Provider::Explicit));
        assert_eq!(proved(Provider::Sso, &Credentials::default()), None);
    }
}
