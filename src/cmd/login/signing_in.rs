//! Signing in to IAM Identity Center, for every command that offers it.

use std::cell::OnceCell;
use std::time::Duration;

use jiff::SignedDuration;

use super::at_terminal::AtTerminal;
use super::edit::write;
use crate::cmd::Cx;
use crate::cmd::prompter::Waits;
use crate::cmd::session::{ResolveOptions, Session};
use crate::config::{Config, LoginFlow};
use crate::failure::{Command, Failure, Hint};
use crate::finding::{Finding, Kind as _};
use crate::login::flow::{self, Choice, Machine, Wanted, Why};
use crate::login::{
    Console, Error, IdentityCenter, NewToken, Notice, Scope, SignIn, forget_roles, start_url,
};
use crate::origin::Origin;
use crate::profile::SectionName;
use crate::service::oidc::Flow;
use crate::settings::{self, SSO_REGION};
use crate::ui::Ui;

/// A sign-in that lasts so long needs no new one.
const ENOUGH: SignedDuration = SignedDuration::from_mins(15);

/// How long to wait for the user, in seconds.
const USUAL_WAIT: u64 = 600;

/// What the command line says about signing in.
#[derive(Clone, Copy)]
pub(in crate::cmd) struct How {
    pub(in crate::cmd) use_device_code: bool,
    pub(in crate::cmd) no_browser: bool,
    pub(in crate::cmd) remote: bool,
    pub(in crate::cmd) port: Option<u16>,
    pub(in crate::cmd) seconds: u64,
    /// Whether a wrong region may be corrected without a question.
    pub(in crate::cmd) replace: bool,
    /// Whether the user may be asked to correct it.
    pub(in crate::cmd) asks: bool,
}

impl Default for How {
    fn default() -> How {
        How {
            use_device_code: false,
            no_browser: false,
            remote: false,
            port: None,
            seconds: USUAL_WAIT,
            replace: false,
            asks: true,
        }
    }
}

/// Whether a sign-in could be refreshed if that was needed. Warns about one that was refreshed without a lock.
pub(super) fn is_fresh(notice: Option<Notice>, ui: &Ui) -> bool {
    match notice {
        Some(Notice::NotRefreshed { .. }) => return false,
        Some(unlocked) => ui.warning(unlocked),
        None => {}
    }
    true
}

/// What a sign-in needs.
#[derive(Clone, Copy)]
pub(in crate::cmd) struct SigningIn<'s> {
    pub(in crate::cmd) cx: Cx<'s>,
    pub(in crate::cmd) session: &'s Session<'s>,
    pub(in crate::cmd) config: &'s Config,
    pub(in crate::cmd) how: How,
}

impl<'s> SigningIn<'s> {
    /// Whether there is a sign-in that lasts, refreshed if that is needed and possible without the user.
    pub(in crate::cmd) fn lasts(&self, found: &IdentityCenter) -> bool {
        let context = self.session.client(&Waits, ResolveOptions::default());
        let Ok(issued) = found.token().get(&context) else { return false };
        is_fresh(issued.notice, self.cx.ui) && issued.ends.left(self.cx.world.now()) >= ENOUGH
    }

    /// Signs in. The region of the result is that of the start URL, if the URL names one.
    pub(in crate::cmd) fn sign_in(&self, found: &IdentityCenter) -> Result<IdentityCenter, Failure> {
        let SigningIn { cx, session, config, how } = *self;
        let context = session.client(&Waits, ResolveOptions::default());
        let resolved = start_url::resolve(context.net, &found.start_url).map_err(Error::from)?;
        let mut found = found.clone();
        let mut correction = None;
        if let Some(region) = resolved.region.filter(|region| *region != found.region.value) {
            if self.may_correct(&found, &region)? {
                correction = Some(region.clone());
            }
            found.region.value = region;
        }
        self.doubt_region(&found);
        let choice = self.choice(matches!(found.sign_in, SignIn::Sso { .. }));
        let user = self.user(Some(&choice));
        let wanted = NewToken {
            token: found.token(),
            scopes: &found.scopes,
            issuer: &resolved.url,
            flow: choice.flow,
            port: how.port.or(config.login_port()),
            limit: Duration::from_secs(how.seconds),
        };
        wanted.sign_in(&context, &user)?;
        drop(user);
        // It may be another user now.
        forget_roles(Scope::Of(&found.sign_in), &session.files, cx.world);
        if let Some(region) = correction {
            write(cx, &section_of(&found), |_| vec![(SSO_REGION.name, region.as_str())])?;
        }
        Ok(found)
    }

    /// Warns of a region in the files that AWS doesn't have: no connection to it comes about.
    fn doubt_region(&self, found: &IdentityCenter) {
        let (region, section) = (&found.region, section_of(found));
        if !matches!(region.origin, Origin::File(_)) || self.session.scene().is_another_vendors(&section) {
            return;
        }
        for doubt in settings::doubts(SSO_REGION.name, &region.value) {
            let fix = doubt.meant().map(|meant| Hint::did_you_mean(section.set(SSO_REGION.name, meant)));
            self.cx.ui.finding(&Finding::at(region.origin.clone(), doubt).fixed_by(fix));
        }
    }

    /// Warns that the start URL names another region than the files, and asks whether to correct these.
    fn may_correct(&self, found: &IdentityCenter, region: &str) -> Result<bool, Failure> {
        // What an option or an answer gives isn't in the files.
        if !matches!(found.region.origin, Origin::File(_)) {
            return Ok(false);
        }
        let ui = self.cx.ui;
        let (origin, configured) = (&found.region.origin, &found.region.value);
        ui.warning(format_args!("{origin}: the start URL is in {region}, not in {configured}"));
        if self.how.replace {
            return Ok(true);
        }
        if self.how.asks
            && let Some(dialogue) = ui.dialogue("")?
        {
            return Ok(dialogue.confirm(&format!("Set sso_region to {region}?"))?);
        }
        let command = Command::set(SSO_REGION.name, region);
        ui.help(Hint::from("correct it: ").run(section_of(found).name_in(command)));
        Ok(false)
    }

    fn choice(&self, legacy: bool) -> Choice {
        let SigningIn { cx, config, how, .. } = self;
        let wanted = Wanted {
            device_code: how.use_device_code,
            remote: how.remote,
            no_browser: how.no_browser,
            legacy,
            preference: match config.login.flow {
                LoginFlow::Auto => None,
                LoginFlow::Browser => Some(Flow::Browser),
                LoginFlow::Device => Some(Flow::Device),
            },
            has_browser: config.login_browser().is_some(),
        };
        flow::choose(wanted, Machine::look(cx.world), cx.world)
    }

    /// The user, who is asked to sign in. Without a choice, as for the console, the browser is opened unless an option
    /// forbids it.
    pub(super) fn user(&self, choice: Option<&Choice>) -> AtTerminal<'s> {
        let is_usual = |why: &Why| matches!(why, Why::Desktop);
        AtTerminal {
            ui: self.cx.ui,
            world: self.cx.world,
            opens: choice.map_or(!self.how.no_browser && !self.how.remote, |choice| choice.opens),
            browser: self.config.login_browser(),
            why: choice.map(|choice| (choice.flow, choice.why)).filter(|(_, why)| !is_usual(why)),
            dialogue: OnceCell::new(),
            canceling: OnceCell::new(),
        }
    }
}

/// Where a sign-in has its region.
fn section_of(found: &IdentityCenter) -> SectionName {
    match &found.sign_in {
        SignIn::SsoSession(name) => SectionName::SsoSession(name.clone()),
        SignIn::Sso { profile, .. } | SignIn::Console(Console { profile, .. }) => {
            SectionName::Profile(profile.clone())
        }
    }
}
