//! `login` to the console, which becomes the profile's identity.

use std::borrow::Cow;
use std::time::Duration;

use super::super::prompter::Waits;
use super::super::session::ResolveOptions;
use super::edit::write;
use super::report::report;
use super::signing_in::is_fresh;
use super::{Attempt, SigningIn};
use crate::checks;
use crate::client::Context;
use crate::failure::{Code, Exit, Explain, Failure, Hint};
use crate::finding::Finding;
use crate::login::{Configured, Console, Error, NewConsole, NewCredentials, Scope, forget_roles};
use crate::net::callback::Callback;
use crate::origin::{Located, Origin};
use crate::profile::{Files, SectionName};
use crate::settings::{
    self, AWS_ACCESS_KEY_ID, CREDENTIAL_PROCESS, KNOWN_REGIONS, LOGIN_SESSION, REGION, ROLE_ARN,
    SSO_ACCOUNT_ID, SSO_ROLE_NAME, WEB_IDENTITY_TOKEN_FILE,
};
use crate::store;
use crate::ui::{UNCHANGED, Ui};

/// The region that `aws login` offers.
const USUAL: &str = "us-east-1";

/// A profile whose identity isn't a console sign-in, or is another one.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OtherIdentity {
    /// Keys that come before a console sign-in, or take its place, in some SDK.
    #[error("{origin}: profile `{profile}` gets its credentials from {key} already")]
    Keys { profile: String, key: &'static str, origin: Origin },
    #[error("profile `{profile}` is signed in as {old}, and {new} has signed in now")]
    Principal { profile: String, old: String, new: String },
    #[error("the console needs a region to sign in to, and none is set")]
    NoRegion,
}

impl Explain for OtherIdentity {
    fn code(&self) -> Code {
        match self {
            OtherIdentity::Keys { .. } => Code::InvalidConfig,
            OtherIdentity::Principal { .. } => Code::NeedsTerminal,
            OtherIdentity::NoRegion => Code::NoRegion,
        }
    }

    fn help(&self) -> Option<Hint> {
        Some(match self {
            OtherIdentity::Keys { .. } => "sign in with a profile of its own: `--profile NAME`".into(),
            OtherIdentity::Principal { .. } => "add `--replace` to replace it".into(),
            OtherIdentity::NoRegion => format!("name one: `--region {USUAL}`, for example").into(),
        })
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            OtherIdentity::Keys { origin, .. } => Some(origin.clone()),
            _ => None,
        }
    }
}

impl Attempt<'_> {
    pub(super) fn console(&self, profile: &str) -> Result<Exit, Failure> {
        let Attempt { args, signing_in } = self;
        let SigningIn { cx, session, config, how } = *signing_in;
        let files = &session.files;
        refuse_others(files, profile)?;
        let context = session.client(&Waits, ResolveOptions::default());
        let known = text(files, profile, LOGIN_SESSION.name);
        if let Some(session) = known.as_deref().filter(|_| args.if_needed)
            && lasts(profile, session, &context, cx.ui)
        {
            let configured = Configured::Console(console(profile, session));
            return report(&configured, false, args.format, signing_in.session);
        }
        if let Some(port) = args.port.or(config.login_port()).filter(|_| !args.remote) {
            // Tried before any question, and bound again when all are answered.
            Callback::bind(Some(port)).map_err(Error::from)?;
        }
        let region = self.region(&context)?;
        let user = signing_in.user(None);
        let wanted = NewConsole {
            profile,
            region: &region,
            is_remote: how.remote,
            port: how.port.or(config.login_port()),
            limit: Duration::from_secs(how.seconds),
        };
        let issued = wanted.sign_in(&context, &user)?;
        drop(user);
        if !args.replace && !self.agrees(profile, known.as_deref(), &issued)? {
            cx.ui.note("Nothing was changed.");
            return Ok(Exit::Interrupted);
        }
        let kept = issued.keep(&context)?;
        let saved = self.save(profile, issued.principal(), &region.value);
        if saved.is_err() && !kept.replaced {
            // Nothing names it: nobody could sign out of it.
            let _ = store::remove(&kept.path);
        }
        saved?;
        let configured = Configured::Console(console(profile, issued.principal()));
        forget_roles(Scope::Of(&configured.sign_in()), files, cx.world);
        let elsewhere = checks::elsewhere_than(files, profile, &region.value);
        for finding in checks::relative_folder(cx.world).into_iter().chain(elsewhere) {
            cx.ui.warning(&finding);
            finding.fix().into_iter().for_each(|fix| cx.ui.help(fix));
        }
        report(&configured, true, args.format, signing_in.session)
    }

    /// Where to sign in: an option, the profile, a variable, else the answer to a question.
    fn region(&self, context: &Context<'_>) -> Result<Located<String>, Failure> {
        let doubts = |region: &str| settings::doubts(REGION.name, region).into_iter().map(Finding::new);
        let ui = self.signing_in.cx.ui;
        if let Some(region) = context.region() {
            doubts(&region.value).for_each(|doubt| ui.finding(&doubt));
            return Ok(region);
        }
        let Some(dialogue) = ui.dialogue(UNCHANGED)? else {
            return Err(OtherIdentity::NoRegion.into());
        };
        loop {
            let answer = dialogue.text("AWS Region", Some(USUAL), KNOWN_REGIONS)?;
            let region = answer.unwrap_or_else(|| USUAL.to_owned());
            let mut is_doubtful = false;
            for doubt in doubts(&region) {
                is_doubtful = true;
                dialogue.say(&doubt.sentence())?;
            }
            if !is_doubtful || dialogue.confirm("Use it anyway?")? {
                return Ok(Located::new(region, Origin::Option { name: "--region" }));
            }
        }
    }

    /// Whether the profile may become this principal: it is the same, or the user says so.
    fn agrees(&self, profile: &str, old: Option<&str>, new: &NewCredentials) -> Result<bool, Failure> {
        let Some(old) = old.filter(|old| *old != new.principal()) else { return Ok(true) };
        let (old, new) = (old.to_owned(), new.principal().to_owned());
        let Some(dialogue) = self.signing_in.cx.ui.dialogue(UNCHANGED)? else {
            return Err(OtherIdentity::Principal { profile: profile.to_owned(), old, new }.into());
        };
        dialogue.say(&format!("Profile `{profile}` is {old}, and {new} has signed in now."))?;
        Ok(dialogue.confirm("Replace it?")?)
    }

    /// Writes `login_session`, and the region if the profile has none.
    fn save(&self, profile: &str, principal: &str, region: &str) -> Result<(), Failure> {
        write(self.signing_in.cx, &SectionName::Profile(profile.to_owned()), |files| {
            let mut keys = vec![(LOGIN_SESSION.name, principal)];
            if !files.profile(profile).has(REGION.name) {
                keys.push((REGION.name, region));
            }
            keys
        })
    }
}

/// Whether a sign-in lasts, refreshed if that is needed and possible without the user.
fn lasts(profile: &str, principal: &str, context: &Context<'_>, ui: &Ui) -> bool {
    console(profile, principal).credentials(context).is_ok_and(|(_, notice)| is_fresh(notice, ui))
}

fn console(profile: &str, principal: &str) -> Console {
    Console { session: principal.to_owned(), profile: profile.to_owned() }
}

/// The keys of other ways to get credentials, which SDKs try before a console sign-in, or instead of it.
const OTHERS: [&str; 6] = [
    WEB_IDENTITY_TOKEN_FILE.name,
    SSO_ROLE_NAME.name,
    SSO_ACCOUNT_ID.name,
    AWS_ACCESS_KEY_ID.name,
    ROLE_ARN.name,
    CREDENTIAL_PROCESS.name,
];

fn refuse_others(files: &Files, profile: &str) -> Result<(), OtherIdentity> {
    let found = files.profile(profile);
    let other = OTHERS.into_iter().find_map(|key| Some((key, found.find(key)?)));
    other.map_or(Ok(()), |(key, found)| {
        let (profile, origin) = (profile.to_owned(), Origin::File(found.place()));
        Err(OtherIdentity::Keys { profile, key, origin })
    })
}

fn text(files: &Files, profile: &str, key: &str) -> Option<String> {
    files.profile(profile).text(key).map(Cow::into_owned)
}

#[cfg(test)]
mod examples;
