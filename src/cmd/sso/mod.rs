//! `xcred sso`: what a sign-in to IAM Identity Center gives access to, and profiles for it. One file for each verb.

mod accounts;
mod error;
mod listing;
mod report;
mod roles;
mod sign_in;
mod sync;

pub(crate) use error::Error;
pub(super) use error::first_of;
pub(super) use listing::User;

use super::Cx;
use crate::cli::Sso;
use crate::failure::{Exit, Failure};

pub(super) fn run(args: &Sso, cx: Cx<'_>) -> Result<Exit, Failure> {
    let portal = match args {
        Sso::Accounts(args) => &args.portal,
        Sso::Roles(args) => &args.portal,
        Sso::Sync(args) => &args.portal,
    };
    let world = cx.world_for(portal.sso_session.is_some());
    let cx = Cx { world: &world, ..cx };
    match args {
        Sso::Accounts(args) => accounts::run(args, cx),
        Sso::Roles(args) => roles::run(args, cx),
        Sso::Sync(args) => sync::run(args, cx),
    }
}
