//! The variables of an identity.

use super::{Error, Part};
use crate::credentials::Credentials;
use crate::origin::Origin;
use crate::secret::Secret;

/// Every variable that identifies the caller, in the order in which they are written. An identity removes those that
/// it doesn't set, so that nothing of a previous one is left.
///
/// The region is one of them because it is part of a profile. The variables that only name files
/// (`AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE`, `BOTO_CONFIG`) are not: the shell needs them to load another
/// identity.
pub const VARIABLES: [&str; 33] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    // The SDKs choose account-based endpoints by it, so it must belong to the keys.
    "AWS_ACCOUNT_ID",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "XCRED_PROFILE",
    // What it was set for: other keys in its shell are not the profile's, and another region is not either.
    "XCRED_KEY_ID",
    "XCRED_REGION",
    // botocore prefers the old name of the token to the new one.
    "AWS_SECURITY_TOKEN",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    // A file with one pair of keys, for boto2 and the EC2 tools; botocore still reads it.
    "AWS_CREDENTIAL_FILE",
    // Older names of the Java and Ruby SDKs, which they still read.
    "AWS_ACCESS_KEY",
    "AWS_SECRET_KEY",
    "AMAZON_ACCESS_KEY_ID",
    "AMAZON_SECRET_ACCESS_KEY",
    "AMAZON_SESSION_TOKEN",
    "AMAZON_REGION",
    // Older tools write the expiration here; prompts show it.
    "AWS_SESSION_EXPIRATION",
    // The SDKs prefer them to the keys for these services, which would see another identity.
    "AWS_BEARER_TOKEN_BEDROCK",
    "AWS_BEARER_TOKEN_CODECATALYST",
    // The profile of another tool, which prompts show.
    "AWS_VAULT",
    "AWSUME_PROFILE",
    PREVIOUS,
];

/// What the names of tokens for one service begin with (botocore's `utils._get_bearer_env_var_name`). Each service that takes
/// them adds one; those of today are among [`VARIABLES`].
pub const BEARER_TOKENS: &str = "AWS_BEARER_TOKEN_";

/// Names the profile that `use -` returns to.
pub const PREVIOUS: &str = "XCRED_PREVIOUS_PROFILE";

/// Variables of other tools that prompts show, and that can get the profile's name, too. Programs of AWS don't read them;
/// for AWS_PROFILE they would look the profile up, and ignore the keys.
pub const FOR_PROMPTS: [&str; 2] = ["AWS_VAULT", "AWSUME_PROFILE"];

/// The variables to set and to remove so that an environment has exactly one identity, or none.
#[derive(Clone, Debug)]
pub struct Environment {
    set: Vec<(&'static str, Secret)>,
}

impl Environment {
    /// The environment of these credentials. Every SDK ignores an empty value, and some shells can't set one, so it
    /// is removed.
    pub fn of(
        credentials: &Credentials,
        region: Option<&str>,
        profile: Option<&str>,
    ) -> Result<Environment, Error> {
        let (key_id, secret) = credentials.pair()?;
        let token = credentials.token().map(Secret::expose);
        let account = credentials.account_id.as_ref().map(|found| found.value.as_str());
        let expiration = credentials.expiration.as_ref().map(|found| found.value.to_string());
        let values = [
            ("AWS_ACCESS_KEY_ID", Some(key_id)),
            ("AWS_SECRET_ACCESS_KEY", Some(secret)),
            ("AWS_SESSION_TOKEN", token),
            ("AWS_ACCOUNT_ID", account),
            ("AWS_CREDENTIAL_EXPIRATION", expiration.as_deref()),
            ("AWS_REGION", region),
            ("AWS_DEFAULT_REGION", region),
            ("XCRED_PROFILE", profile),
            ("XCRED_KEY_ID", profile.and(Some(key_id))),
            ("XCRED_REGION", profile.and(region)),
        ];
        Environment::given(values)
    }

    /// The environment of a program that asks `url` for its credentials, with `token`. No part of the credentials is in
    /// it.
    pub fn asking(
        url: &Secret,
        token: &Secret,
        region: Option<&str>,
        profile: Option<&str>,
    ) -> Result<Environment, Error> {
        let values = [
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", Some(url.expose())),
            ("AWS_CONTAINER_AUTHORIZATION_TOKEN", Some(token.expose())),
            ("AWS_REGION", region),
            ("AWS_DEFAULT_REGION", region),
            ("XCRED_PROFILE", profile),
            ("XCRED_REGION", profile.and(region)),
        ];
        Environment::given(values)
    }

    /// The environment with those of the variables that have a value and are not empty.
    fn given<'v>(
        values: impl IntoIterator<Item = (&'static str, Option<&'v str>)>,
    ) -> Result<Environment, Error> {
        let given = values.into_iter().filter_map(|(name, value)| Some((name, value?)));
        Environment::new(
            given.filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, Secret::new(value))),
        )
    }

    /// The environment that sets these variables and removes every other of [`VARIABLES`].
    pub fn new(set: impl IntoIterator<Item = (&'static str, Secret)>) -> Result<Environment, Error> {
        let set: Vec<_> = set.into_iter().collect();
        match set.iter().find(|(_, value)| value.expose().contains('\0')) {
            Some((name, _)) => Err(Error::Nul(name)),
            None => Ok(Environment { set }),
        }
    }

    /// The environment that removes every variable.
    pub fn empty() -> Environment {
        Environment { set: Vec::new() }
    }

    /// Adds a variable, which is one of [`VARIABLES`].
    pub fn with(mut self, name: &'static str, value: &str) -> Result<Environment, Error> {
        if value.contains('\0') {
            return Err(Error::Nul(name));
        }
        self.set.push((name, Secret::new(value)));
        Ok(self)
    }

    /// Removes a variable instead of setting it.
    #[must_use]
    pub fn without(mut self, name: &str) -> Environment {
        self.set.retain(|(set, _)| *set != name);
        self
    }

    /// The variables to set, in order.
    pub fn set(&self) -> &[(&'static str, Secret)] {
        &self.set
    }

    /// The variables to remove, in order.
    pub fn removed(&self) -> impl Iterator<Item = &'static str> {
        VARIABLES.into_iter().filter(|name| self.set.iter().all(|(set, _)| set != name))
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &str> {
        self.set.iter().map(|(_, value)| value.expose())
    }

    pub(super) fn removed_names(&self) -> String {
        self.removed().collect::<Vec<_>>().join(" ")
    }
}

impl Credentials {
    /// The access key ID and the secret access key. An error if one is missing or empty.
    pub fn pair(&self) -> Result<(&str, &str), Error> {
        let key_id = self.access_key_id.as_ref().map(|found| (found.value.as_str(), &found.origin));
        let secret = self.secret_access_key.as_ref().map(|found| (found.value.expose(), &found.origin));
        Ok((filled(key_id, secret, Part::Id)?, filled(secret, key_id, Part::Secret)?))
    }
}

/// The value, unless it is missing or empty. `other` is the other half of the pair.
fn filled<'v>(
    found: Option<(&'v str, &Origin)>,
    other: Option<(&str, &Origin)>,
    part: Part,
) -> Result<&'v str, Error> {
    match found {
        Some((value, _)) if !value.is_empty() => Ok(value),
        found => {
            // A program that prints `null` has printed the other half.
            let printed = other.filter(|(_, origin)| matches!(origin, Origin::Process { .. }));
            let origin = found.or(printed).map_or(Origin::Default, |(_, origin)| origin.clone());
            Err(Error::Incomplete { lacks: part, origin })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::Located;

    fn located<T>(value: T) -> Located<T> {
        Located::new(value, Origin::Default)
    }

    fn keys() -> Credentials {
        Credentials {
            access_key_id: Some(located("AKIA".to_owned())),
            secret_access_key: Some(located(Secret::new("s"))),
            ..Credentials::default()
        }
    }

    fn names(environment: &Environment) -> Vec<&'static str> {
        environment.set().iter().map(|(name, _)| *name).collect()
    }

    #[test]
    fn variables_that_are_not_set_are_removed() {
        let environment = Environment::of(&keys(), None, None).unwrap();
        assert_eq!(names(&environment), ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]);
        assert_eq!(environment.removed().count(), VARIABLES.len() - 2);
        assert_eq!(Environment::empty().removed().count(), VARIABLES.len());
    }

    #[test]
    fn a_whole_identity() {
        let credentials = Credentials {
            session_token: Some(located(Secret::new("t"))),
            account_id: Some(located("123456789012".to_owned())),
            expiration: Some(located("2026-11-21T19:00:00+01:00".parse::<jiff::Timestamp>().unwrap().into())),
            ..keys()
        };
        let environment = Environment::of(&credentials, Some("eu-west-1"), Some("dev")).unwrap();
        assert_eq!(names(&environment), VARIABLES[..10]);
        let expiration = environment.set()[4].1.expose();
        assert_eq!(expiration, "2026-11-21T18:00:00Z");
    }

    #[test]
    fn half_a_pair_and_nul_are_refused_and_an_empty_token_is_none() {
        let half = Credentials { secret_access_key: Some(located(Secret::new(""))), ..keys() };
        let error = Environment::of(&half, None, None).unwrap_err();
        assert_eq!(error.to_string(), "the credentials have no secret access key");
        let error = Environment::of(&keys(), Some("a\0b"), None).unwrap_err();
        assert!(error.to_string().starts_with("the value for AWS_REGION contains a NUL"), "{error}");
        let empty = Credentials { session_token: Some(located(Secret::new(""))), ..keys() };
        assert!(
            Environment::of(&empty, None, None).unwrap().removed().any(|name| name == "AWS_SESSION_TOKEN")
        );
    }
}
