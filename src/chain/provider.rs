//! The providers, and the order in which each SDK asks them.

use std::fmt;

use crate::settings::Sdk;

/// A way to get credentials, under boto3's name for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Provider {
    /// Keys given on the command line, or in code.
    Explicit,
    /// `AWS_ACCESS_KEY_ID` and its companions.
    Env,
    /// A role, with another profile or source to assume it.
    AssumeRole,
    /// A role, with a token file to assume it.
    AssumeRoleWithWebIdentity,
    /// IAM Identity Center.
    Sso,
    /// Keys in the credentials file.
    SharedCredentialsFile,
    /// A console sign-in.
    Login,
    /// A program that prints credentials.
    CustomProcess,
    /// Keys in the config file.
    ConfigFile,
    /// The file of the first EC2 tools.
    Ec2CredentialsFile,
    /// boto2's configuration.
    BotoConfig,
    /// A container's credentials endpoint.
    ContainerRole,
    /// An EC2 instance's metadata.
    IamRole,
}

impl Provider {
    /// boto3's name.
    pub fn name(self) -> &'static str {
        match self {
            Provider::Explicit => "explicit",
            Provider::Env => "env",
            Provider::AssumeRole => "assume-role",
            Provider::AssumeRoleWithWebIdentity => "assume-role-with-web-identity",
            Provider::Sso => "sso",
            Provider::SharedCredentialsFile => "shared-credentials-file",
            Provider::Login => "login",
            Provider::CustomProcess => "custom-process",
            Provider::ConfigFile => "config-file",
            Provider::Ec2CredentialsFile => "ec2-credentials-file",
            Provider::BotoConfig => "boto-config",
            Provider::ContainerRole => "container-role",
            Provider::IamRole => "iam-role",
        }
    }

    /// The order in which an SDK asks (botocore's `create_credential_resolver`; AWS CLI v2 has the same).
    pub fn order(sdk: Sdk) -> &'static [Provider] {
        match sdk {
            Sdk::Boto3 | Sdk::AwsCli => &[
                Provider::Explicit,
                Provider::Env,
                Provider::AssumeRole,
                Provider::AssumeRoleWithWebIdentity,
                Provider::Sso,
                Provider::SharedCredentialsFile,
                Provider::Login,
                Provider::CustomProcess,
                Provider::ConfigFile,
                Provider::Ec2CredentialsFile,
                Provider::BotoConfig,
                Provider::ContainerRole,
                Provider::IamRole,
            ],
        }
    }

    /// The order in which a role's source profile is asked (botocore's `ProfileProviderBuilder`).
    pub fn order_of_source(sdk: Sdk) -> impl Iterator<Item = Provider> {
        let of_profiles = |provider: &Provider| {
            matches!(
                provider,
                Provider::AssumeRoleWithWebIdentity
                    | Provider::Sso
                    | Provider::SharedCredentialsFile
                    | Provider::Login
                    | Provider::CustomProcess
                    | Provider::ConfigFile
            )
        };
        Provider::order(sdk).iter().copied().filter(of_profiles)
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
