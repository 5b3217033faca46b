//! `xcred login`: signs in to IAM Identity Center or to the console.

mod at_terminal;
mod chosen;
mod edit;
mod identity;
mod report;
mod signing_in;
mod status;

use super::Cx;
use super::session::Session;
use crate::cli::Login;
use crate::config::Config;
use crate::failure::{Exit, Failure};
use crate::login::{Configured, IdentityCenter};
use crate::sdk::Sdk;
pub(super) use chosen::{configured, nothing, of_profile};
#[cfg(test)]
pub(crate) use identity::OtherIdentity;
use report::report;
pub(super) use signing_in::{How, SigningIn};

pub(super) fn run(args: &Login, cx: Cx<'_>) -> Result<Exit, Failure> {
    let world = cx.world_for(args.sso_session.is_some());
    let cx = Cx { world: &world, ..cx };
    if args.status {
        refuse_region(cx)?;
        return status::run(args, &Session::new(cx, cx.sdk(None)?)?, cx);
    }
    let session = Session::new(cx, Sdk::default())?;
    session.files.check()?;
    let config = Config::load(cx.world)?;
    let configured = match &args.sso_session {
        Some(name) => Some(Configured::of_session(&session.files, name)?),
        None if args.console => None,
        None => of_profile("login", &session, cx.world)?,
    };
    let how = How {
        use_device_code: args.use_device_code,
        no_browser: args.no_browser,
        remote: args.remote,
        port: args.port,
        seconds: args.timeout,
        replace: args.replace,
        asks: true,
    };
    // The sign-in becomes the profile's.
    let may_write = || session.selection.clone().for_edit(cx.world);
    let sign_in = Attempt { args, signing_in: SigningIn { cx, session: &session, config: &config, how } };
    match configured {
        Some(Configured::IdentityCenter(found)) => {
            refuse_region(cx)?;
            sign_in.identity_center(&found)
        }
        Some(Configured::Console(console)) => {
            may_write()?;
            sign_in.console(&console.profile)
        }
        None if args.console => {
            may_write()?;
            sign_in.console(&session.selection.name.value)
        }
        None => Err(nothing("login", &session.selection.name.value, &session.files)),
    }
}

/// Only sign-ins to the console are made in a region that the user chooses.
fn refuse_region(cx: Cx<'_>) -> Result<(), Failure> {
    if cx.global.region.is_none() {
        return Ok(());
    }
    Err(Failure::usage("--region has no effect on `xcred login` without a sign-in to the console"))
}

/// A run of the command.
struct Attempt<'c> {
    args: &'c Login,
    signing_in: SigningIn<'c>,
}

impl Attempt<'_> {
    fn identity_center(&self, found: &IdentityCenter) -> Result<Exit, Failure> {
        let Attempt { args, signing_in } = self;
        if args.if_needed && signing_in.lasts(found) {
            let configured = Configured::IdentityCenter(found.clone());
            return report(&configured, false, args.format, signing_in.session);
        }
        let configured = Configured::IdentityCenter(signing_in.sign_in(found)?);
        report(&configured, true, args.format, signing_in.session)
    }
}
