//! `xcred configure`: asks for what a profile needs to get credentials, unless options give it, and writes it at once
//! when everything is answered.

mod answers;
mod bridge;
mod chain;
mod check;
mod cx;
mod export_credentials;
mod greeting;
mod halves;
mod import;
mod key;
mod keys;
mod list;
mod pasted;
mod process;
mod questions;
mod role;
mod save;
mod sso;
mod sso_session;
mod statements;
mod target;
mod web_identity;

use cx::Cx;

#[cfg(test)]
pub(crate) use bridge::BridgeError;
#[cfg(test)]
pub(crate) use check::Unlikely;
#[cfg(test)]
pub(crate) use halves::UnlikelyKey;
#[cfg(test)]
pub(crate) use import::{Invalid, NoColumns, SourceError};
#[cfg(test)]
pub(crate) use process::UnlikelyCommand;

use super::{get, list_profiles, set};
use crate::cli::configure::{Configure, Method};
use crate::cli::{Get, ListProfiles};
use crate::failure::{Exit, Failure};

pub(super) fn run(args: Configure, whole: super::Cx<'_>) -> Result<Exit, Failure> {
    let super::Cx { world, ui, global } = whole;
    let cx = Cx { options: args.options, global, world, ui };
    let Some(method) = args.method else { return keys::run(args.keys, &cx) };
    if let Some(option) = args.keys.first_given() {
        return Err(Failure::usage(format!(
            "{option} only applies to `xcred configure` without a subcommand"
        )));
    }
    match method {
        Method::Role(args) => role::run(args, &cx),
        Method::WebIdentity(args) => web_identity::run(args, &cx),
        Method::Process(args) => process::run(args, &cx),
        Method::Bridge(args) => bridge::run(&args, &cx),
        Method::Sso(args) => sso::run(&args, &cx, whole),
        Method::SsoSession(args) => sso_session::run(args, &cx),
        Method::Import(args) => import::run(&args, &cx),
        Method::Get { key, elsewhere } => {
            let args = Get { key: Some(key), elsewhere, stored: true, ..Get::default() };
            get::run(&args, whole)
        }
        Method::Set(args) => set::run(args, whole),
        Method::List => list::run(whole),
        Method::ListProfiles => list_profiles::run(&ListProfiles::default(), whole),
        Method::ExportCredentials { format } => export_credentials::run(format, whole),
    }
}
