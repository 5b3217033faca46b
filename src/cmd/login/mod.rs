//! `xcred login`: signs in to IAM Identity Center or to the console.

mod absence;
mod edit;
mod identity;
mod report;
mod status;
mod user;

use std::cell::OnceCell;
use std::time::Duration;

use jiff::SignedDuration;

use super::Cx;
use super::prompter::Waits;
use super::session::{ResolveOptions, Session};
use crate::cli::Login;
use crate::client::Context;
use crate::config::{Config, LoginFlow};
use crate::failure::{Command, Exit, Failure, Hint};
use crate::login::flow::{self, Choice, Machine, Preference, Wanted, Why};
use crate::login::{Configured, Error, IdentityCenter, NewToken, Scope, SignIn, forget_roles, start_url};
use crate::profile::SectionName;
use crate::sdk::Sdk;
use crate::settings::SSO_REGION;
pub(super) use absence::nothing;
use edit::write;
#[cfg(test)]
pub(crate) use identity::OtherIdentity;
use report::{Report, State};
use user::AtTerminal;

/// With `--if-needed`, a sign-in that lasts so long is left as it is.
const ENOUGH: SignedDuration = SignedDuration::from_mins(15);

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
        refuse_region(cx)?;
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
    let sign_in = Attempt { args, cx, session: &session, config: &config };
    match configured {
        Some(Configured::IdentityCenter(found)) => {
            refuse_region(cx)?;
            sign_in.identity_center(&found)
        }
        Some(Configured::Console { session: principal, profile }) => {
            sign_in.console(&profile, Some(&principal))
        }
        None if args.console => sign_in.console(&session.selection.name.value, None),
        None => Err(nothing(&session.selection.name.value)),
    }
}

/// Only sign-ins to the console are made in a region that the user chooses.
fn refuse_region(cx: Cx<'_>) -> Result<(), Failure> {
    if cx.global.region.is_none() {
        return Ok(());
    }
    Err(Failure::usage("--region has no effect on `xcred login` without a sign-in to the console"))
}

/// What a sign-in needs.
struct Attempt<'c> {
    args: &'c Login,
    cx: Cx<'c>,
    session: &'c Session<'c>,
    config: &'c Config,
}

impl Attempt<'_> {
    fn identity_center(&self, found: &IdentityCenter) -> Result<Exit, Failure> {
        let Attempt { args, cx, session, config } = self;
        let context = session.client(&Waits, ResolveOptions::default());
        if args.if_needed && lasts(found, &context) {
            let configured = Configured::IdentityCenter(found.clone());
            return Report { configured: &configured, state: State::Kept }.print(args.format, *cx);
        }
        let resolved = start_url::resolve(context.net, &found.start_url).map_err(Error::from)?;
        let mut found = found.clone();
        let mut correction = None;
        if let Some(region) = resolved.region.filter(|region| *region != found.region.value) {
            if self.may_correct(&found, &region)? {
                correction = Some(region.clone());
            }
            found.region.value = region;
        }
        let choice = self.choice(matches!(found.sign_in, SignIn::Sso { .. }));
        let user = self.user(Some(&choice));
        let wanted = NewToken {
            token: found.token(),
            scopes: &found.scopes,
            issuer: &resolved.url,
            flow: choice.flow,
            port: args.port.or(config.login_port()),
            limit: Duration::from_secs(args.timeout),
        };
        wanted.sign_in(&context, &user)?;
        drop(user);
        if let Some(region) = correction {
            write(*cx, &section_of(&found), |_| vec![(SSO_REGION.name, region.as_str())])?;
        }
        // It may be another user now.
        forget_roles(Scope::Of(&found.sign_in), &session.files, cx.world);
        Report { configured: &Configured::IdentityCenter(found), state: State::New }.print(args.format, *cx)
    }

    /// Warns that the start URL names another region than the files, and asks whether to correct these.
    fn may_correct(&self, found: &IdentityCenter, region: &str) -> Result<bool, Failure> {
        let Attempt { args, cx, .. } = self;
        cx.ui.warning(format_args!(
            "{}: the start URL is in {region}, not in {}",
            found.region.origin, found.region.value
        ));
        if args.replace {
            return Ok(true);
        }
        if let Some(dialogue) = cx.ui.dialogue()? {
            return Ok(dialogue.confirm(&format!("Set sso_region to {region}?"))?);
        }
        let command = Command::xcred(["set"]).argument(SSO_REGION.name).argument(region);
        let command = match section_of(found) {
            SectionName::SsoSession(name) => command.option("--sso-session", name),
            section => command.profile(section.name()),
        };
        cx.ui.help(Hint::from("correct it: ").run(command));
        Ok(false)
    }

    fn choice(&self, legacy: bool) -> Choice {
        let Attempt { args, cx, config, .. } = self;
        let wanted = Wanted {
            device_code: args.use_device_code,
            remote: args.remote,
            no_browser: args.no_browser,
            legacy,
            preference: match config.login_flow() {
                LoginFlow::Auto => Preference::Auto,
                LoginFlow::Browser => Preference::Browser,
                LoginFlow::Device => Preference::Device,
            },
            has_browser: config.login_browser().is_some(),
        };
        flow::choose(wanted, Machine::look(cx.world), cx.world)
    }

    fn user(&self, choice: Option<&Choice>) -> AtTerminal<'_> {
        AtTerminal {
            ui: self.cx.ui,
            world: self.cx.world,
            opens: choice.map_or(!self.args.no_browser && !self.args.remote, |choice| choice.opens),
            browser: self.config.login_browser(),
            why: choice
                .map(|choice| (choice.flow, choice.why))
                .filter(|(_, why)| !matches!(why, Why::Desktop)),
            dialogue: OnceCell::new(),
        }
    }
}

/// Where a sign-in has its region.
fn section_of(found: &IdentityCenter) -> SectionName {
    match &found.sign_in {
        SignIn::SsoSession(name) => SectionName::SsoSession(name.clone()),
        SignIn::Sso { profile, .. } | SignIn::Console { profile, .. } => {
            SectionName::Profile(profile.clone())
        }
    }
}

/// Whether a token lasts, refreshed if that is needed and possible without the user.
fn lasts(found: &IdentityCenter, context: &Context<'_>) -> bool {
    let token = found.token();
    let Ok(issued) = token.get(context) else { return false };
    issued.not_refreshed.is_none() && issued.ends.left(context.world.now()) >= ENOUGH
}
