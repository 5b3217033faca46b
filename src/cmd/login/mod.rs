//! `xcred login`: signs in to IAM Identity Center or to the console.

mod at_terminal;
mod console;
mod report;
mod signing_in;
mod status;

use super::Cx;
use super::session::Session;
use crate::cli::Login;
use crate::config::Config;
use crate::failure::{Code, Command, Exit, Failure, Hint};
use crate::login::{Configured, IdentityCenter};
use crate::sdk::Sdk;
#[cfg(test)]
pub(crate) use console::OtherIdentity;
use report::{Report, State};
pub(super) use signing_in::{How, SigningIn};

pub(super) fn run(args: &Login, cx: Cx<'_>) -> Result<Exit, Failure> {
    // With a session, the profile isn't looked at, not even if a variable names one that doesn't exist.
    let without_profile;
    let cx = if args.sso_session.is_some() {
        without_profile = cx.world.without(&["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]);
        Cx { world: &without_profile, ..cx }
    } else {
        cx
    };
    let session = Session::new(cx, Sdk::default())?;
    if args.status {
        return status::run(args, &session, cx);
    }
    let config = Config::load(cx.world)?;
    let configured = match &args.sso_session {
        Some(name) => Some(Configured::of_session(&session.files, name)?),
        None if args.console => None,
        None => {
            session.require_profile()?;
            Configured::of_profile(&session.files, &session.selection.name.value)?
        }
    };
    let how = How {
        use_device_code: args.use_device_code,
        no_browser: args.no_browser,
        remote: args.remote,
        port: args.port,
        seconds: args.timeout,
    };
    let sign_in = Attempt { args, signing_in: SigningIn { cx, session: &session, config: &config, how } };
    match configured {
        Some(Configured::IdentityCenter(found)) => sign_in.identity_center(&found),
        Some(Configured::Console { session: principal, profile }) => {
            sign_in.console(&profile, Some(&principal))
        }
        None if args.console => sign_in.console(&session.selection.name.value, None),
        None => Err(nothing(&session.selection.name.value)),
    }
}

/// A profile that has no sign-in.
pub(super) fn nothing(profile: &str) -> Failure {
    let message = format!("profile `{profile}` has no sign-in");
    let [sso, console] = [Command::xcred(["configure", "sso"]), Command::xcred(["login", "--console"])];
    let help = Hint::from("set one up: ").run(sso.profile(profile)).say(" or ").run(console.profile(profile));
    Failure::plain(Code::InvalidConfig, message).with_help(help)
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
            return Report { configured: &configured, state: State::Kept }.print(args.format, signing_in.cx);
        }
        let configured = Configured::IdentityCenter(signing_in.sign_in(found)?);
        Report { configured: &configured, state: State::New }.print(args.format, signing_in.cx)
    }
}
