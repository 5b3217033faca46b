//! The providers of credentials, by botocore's names.

use std::fmt;

/// Makes the enum of the providers: a row each, in the order of botocore's `create_credential_resolver`.
macro_rules! providers {
    ($($(#[$attribute:meta])* $variant:ident = $name:literal,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Provider {
            $($(#[$attribute])* $variant,)*
        }

        impl Provider {
            /// botocore's name.
            pub fn name(self) -> &'static str {
                match self {
                    $(Provider::$variant => $name,)*
                }
            }
        }
    };
}

providers! {
    /// Keys given on the command line, or in code.
    Explicit = "explicit",
    Env = "env",
    AssumeRole = "assume-role",
    AssumeRoleWithWebIdentity = "assume-role-with-web-identity",
    /// IAM Identity Center.
    Sso = "sso",
    /// Keys in the credentials file.
    SharedCredentialsFile = "shared-credentials-file",
    /// A console sign-in.
    Login = "login",
    /// A program that prints credentials.
    CustomProcess = "custom-process",
    /// Keys in the config file.
    ConfigFile = "config-file",
    /// The file of the first EC2 tools.
    Ec2CredentialsFile = "ec2-credentials-file",
    /// boto2's configuration.
    BotoConfig = "boto-config",
    ContainerRole = "container-role",
    /// An EC2 instance's metadata.
    IamRole = "iam-role",
}

impl Provider {
    /// Whether its credentials are always those of a role: another role that is assumed with them lasts an hour at most.
    pub fn is_of_role(self) -> bool {
        matches!(
            self,
            Provider::AssumeRole | Provider::AssumeRoleWithWebIdentity | Provider::Sso | Provider::IamRole
        )
    }

    /// Whether it has the access keys of a profile in one of the two files.
    pub fn is_in_files(self) -> bool {
        matches!(self, Provider::SharedCredentialsFile | Provider::ConfigFile)
    }

    /// Whether it has keys that a person or a program has put there, which may be those of a user.
    pub fn has_own_keys(self) -> bool {
        matches!(
            self,
            Provider::Explicit
                | Provider::Env
                | Provider::SharedCredentialsFile
                | Provider::ConfigFile
                | Provider::Ec2CredentialsFile
                | Provider::BotoConfig
        )
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
