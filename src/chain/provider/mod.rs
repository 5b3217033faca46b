//! The providers, with one row each, in botocore's order.

pub(super) mod container;
mod env;
mod explicit;
mod file;
mod imds;
mod legacy;
mod login;
mod process;
mod role;
mod sso;
mod web_identity;

use super::ask::Providers;
use crate::profile::FileKind;
use crate::sdk::Provider;

pub use container::fault as container_fault;
pub(super) use container::{FULL, RELATIVE};
pub(super) use env::environment_expiration;
pub(super) use imds::ask as instance;
pub use legacy::ec2_fault as ec2_file_fault;
pub(super) use web_identity::{ROLE, SESSION, TOKEN_FILE};
pub use web_identity::{fault as web_identity_fault, file_fault as token_file_fault};

pub(super) const ALL: Providers = &[
    (Provider::Explicit, &explicit::Explicit),
    (Provider::Env, &env::Env),
    (Provider::AssumeRole, &role::AssumeRole),
    (Provider::AssumeRoleWithWebIdentity, &web_identity::WebIdentity),
    (Provider::Sso, &sso::Sso),
    (Provider::SharedCredentialsFile, &file::File { kind: FileKind::Credentials }),
    (Provider::Login, &login::Login),
    (Provider::CustomProcess, &process::CustomProcess),
    (Provider::ConfigFile, &file::File { kind: FileKind::Config }),
    (Provider::Ec2CredentialsFile, &legacy::Ec2File),
    (Provider::BotoConfig, &legacy::Boto),
    (Provider::ContainerRole, &container::Container),
    (Provider::IamRole, &imds::Instance),
];
