//! `xcred configure sso`: signs in to IAM Identity Center, and makes a profile of an account and a role there.

mod assignment;
mod portal;
mod wizard;

use std::borrow::Cow;

use super::check;
use super::cx::{Cx, FAREWELL};
use super::questions::Question;
use super::save::{self, Changes, Next};
use super::target::Identity;
use crate::cli::configure::Sso;
use crate::cmd::login::{How, SigningIn};
use crate::cmd::session::Session;
use crate::cmd::set;
use crate::config::Config;
use crate::failure::{Exit, Failure};
use crate::login::{IdentityCenter, SignIn};
use crate::origin::Origin;
use crate::profile::{Files, SectionName};
use crate::sdk::{Provider, Sdk};
use crate::secret::Secret;
use crate::settings::{
    OUTPUT, OUTPUT_FORMATS, REGION, SSO_ACCOUNT_ID, SSO_REGION, SSO_REGISTRATION_SCOPES, SSO_ROLE_NAME,
    SSO_SESSION, SSO_START_URL, Variable,
};
use crate::sync;
use assignment::Assignment;
use portal::Portal;
use wizard::{Wizard, unanswered};

/// What Ctrl-C leaves on the terminal after the sign-in.
const SIGNED_IN: &str = "canceled; no profile was written, and you are still signed in";

/// What Ctrl-C leaves on the terminal after a sign-in that nothing in the files names.
const SIGNED_IN_ANEW: &str = "canceled; no profile was written, and you are still signed in: `xcred logout --all` signs out of everything";

pub(super) fn run(args: &Sso, cx: &Cx<'_>, whole: crate::cmd::Cx<'_>) -> Result<Exit, Failure> {
    let selection = set::selected(cx.global, cx.world)?;
    let named = (selection.name.origin != Origin::Default).then(|| selection.section());
    let session = Session::new(whole, Sdk::default())?;
    let files = &session.files;
    files.check()?;
    let config = Config::load(cx.world)?;
    let dialogue = cx.dialogue(FAREWELL)?;
    // A profile with credentials of another kind is changed only if the user says so. Otherwise the last question is for another
    // one.
    let identity = named.as_ref().and_then(|section| Identity::of(files, section, &selection.name.origin));
    let other = identity.filter(|it| cx.global.profile.is_none() && it.provider != Provider::Sso);
    let is_kept = match (other, &dialogue) {
        (None, _) => false,
        (Some(identity), Some(dialogue)) => !identity.may_change(dialogue)?,
        (Some(identity), None) => return Err(identity.kept()),
    };
    let named = named.filter(|_| !is_kept);
    let mut wizard = Wizard { cx, args, files, dialogue, named };
    wizard.try_out()?;
    wizard.check_account()?;
    let portal = wizard.portal(&session)?;
    let how = How {
        use_device_code: args.use_device_code,
        no_browser: args.no_browser,
        remote: args.remote,
        asks: !cx.options.no_input && !cx.options.dry_run,
        ..How::default()
    };
    let signing_in = SigningIn { cx: whole, session: &session, config: &config, how };
    let mut found = portal.found.clone();
    if portal.is_new || !signing_in.lasts(&found) {
        let named = wizard.named_assignment();
        if cx.options.dry_run && named.is_some() {
            return wizard.finish(&portal, &found, named.as_ref());
        }
        wizard.check_choices(&portal, named.as_ref())?;
        // The terminal is needed for the sign-in, which may be pasted.
        wizard.dialogue = None;
        found = signing_in.sign_in(&found)?;
        wizard.dialogue = cx.dialogue(if portal.is_new { SIGNED_IN_ANEW } else { SIGNED_IN })?;
    }
    let assignment = wizard.assignment(&session, &found)?;
    wizard.finish(&portal, &found, assignment.as_ref())
}

impl Wizard<'_> {
    /// Checks that the profile, or a new one, can be written, before anybody is asked.
    fn try_out(&self) -> Result<(), Failure> {
        let section = self.named.clone().unwrap_or_else(|| SectionName::Profile("new".to_owned()));
        let changes = Changes::new(section);
        let attempt = |files: &mut Files| changes.try_out(files, &SSO_SESSION);
        Ok(self.files.try_out(self.cx.world, attempt)?)
    }

    /// Checks the account before anybody signs in for nothing.
    fn check_account(&self) -> Result<(), Failure> {
        if let Some(id) = &self.args.sso_account_id {
            Question::new(&SSO_ACCOUNT_ID, "Account")
                .checked(&check::account)
                .accept(id.trim(), self.cx.ui)?;
        }
        Ok(())
    }

    fn finish(
        mut self,
        portal: &Portal,
        found: &IdentityCenter,
        assignment: Option<&Assignment>,
    ) -> Result<Exit, Failure> {
        let current = self.current(&REGION);
        let region = Question::region().labeled("Default client Region");
        let region = self.answer(&region, self.cx.global.region.as_ref(), current.as_deref())?;
        let current = self.current(&OUTPUT);
        let output =
            Question::new(&OUTPUT, "Default output format").completed(OUTPUT_FORMATS).checked(&check::output);
        let output = self.answer(&output, self.args.output.as_ref(), current.as_deref())?;
        let section = self.section(assignment)?;
        let mut profile = Changes::new(section.clone());
        let existing = self.files.find(&section);
        let mut set = |row: &'static Variable, value: &str| {
            if existing.text(row.name).as_deref() != Some(value) {
                profile.set(row, Secret::new(value));
            }
        };
        match &found.sign_in {
            SignIn::SsoSession(session) => set(&SSO_SESSION, session),
            _ => {
                set(&SSO_START_URL, &found.start_url.value);
                set(&SSO_REGION, &found.region.value);
            }
        }
        if let Some(Assignment { account, role }) = assignment {
            set(&SSO_ACCOUNT_ID, account);
            set(&SSO_ROLE_NAME, role);
        }
        for (row, value) in [(&REGION, region), (&OUTPUT, output)] {
            if let Some(value) = value {
                set(row, &value);
            }
        }
        self.remove_contradictions(&mut profile, found, &section);
        let session = portal.session_changes(found);
        let all: Vec<&Changes> =
            std::iter::once(&profile).chain(&session).filter(|all| !all.is_empty()).collect();
        // The terminal gets its state back before anything is written.
        self.dialogue = None;
        if all.is_empty() {
            self.cx.ui.note(format_args!("nothing to change in {section}"));
            save::warn(&section, save::findings(self.files, &section, &[], self.cx), [], self.cx.ui);
            return Ok(Exit::Success);
        }
        save::save(&all, Some(Provider::Sso), &Next::Prove(section), self.cx)
    }

    /// Removes what contradicts the session, or would be taken for the other form.
    fn remove_contradictions(&self, profile: &mut Changes, found: &IdentityCenter, section: &SectionName) {
        let existing = self.files.find(section);
        let text = |row: &Variable| existing.text(row.name).map(Cow::into_owned);
        if let SignIn::SsoSession(_) = found.sign_in {
            for (row, value) in [(&SSO_START_URL, &found.start_url.value), (&SSO_REGION, &found.region.value)]
            {
                if text(row).is_some_and(|own| own != *value) {
                    profile.unset(row);
                }
            }
            if text(&SSO_REGISTRATION_SCOPES).is_some() {
                profile.unset(&SSO_REGISTRATION_SCOPES);
            }
        } else if text(&SSO_SESSION).is_some() {
            profile.unset(&SSO_SESSION);
        }
    }

    /// The name of the profile for a role, which all SDKs see, unless another role has it.
    fn usual_name(&self, assignment: &Assignment) -> String {
        let Assignment { account, role } = assignment;
        let name = format!("{role}-{account}");
        let reduced = sync::reduced(&name);
        let found = self.files.find(&SectionName::Profile(reduced.clone()));
        let is_taken = found.text(SSO_ROLE_NAME.name).is_some_and(|other| other != *role);
        if is_taken { name } else { reduced }
    }

    /// The profile to write: the named one, else the answer to the last question.
    fn section(&self, assignment: Option<&Assignment>) -> Result<SectionName, Failure> {
        if let Some(named) = &self.named {
            return Ok(named.clone());
        }
        let usual = assignment.map(|assignment| self.usual_name(assignment));
        let Some(dialogue) = &self.dialogue else {
            return match usual {
                Some(usual) => Ok(SectionName::Profile(usual)),
                None => Err(unanswered(self.cx, "the name of the profile", "--profile NAME")),
            };
        };
        loop {
            let answer = dialogue.text("Profile name", usual.as_deref(), &[])?.or_else(|| usual.clone());
            let Some(name) = answer else {
                dialogue.say("Required. Press Ctrl-C to cancel.")?;
                continue;
            };
            let section = SectionName::Profile(name);
            match Changes::new(section.clone()).check_name(self.files) {
                Ok(()) => return Ok(section),
                Err(error) => dialogue.say(&error.to_string())?,
            }
        }
    }
}
