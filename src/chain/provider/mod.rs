//! The providers, one file and one row each. The SDK's rules have their order.

mod container;
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

use super::ask::Provide;

pub(super) const ALL: &[&dyn Provide] = &[
    &container::Container,
    &env::Env,
    &explicit::Explicit,
    &file::CONFIG,
    &file::CREDENTIALS,
    &imds::Instance,
    &legacy::Boto,
    &legacy::Ec2File,
    &login::Login,
    &process::CustomProcess,
    &role::AssumeRole,
    &sso::Sso,
    &web_identity::WebIdentity,
];
