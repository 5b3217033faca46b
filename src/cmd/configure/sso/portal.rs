//! Where to sign in: an existing session, a new one, or a start URL of the profile's own.

use std::borrow::Cow;

use super::super::check;
use super::super::questions::Question;
use super::super::save::Changes;
use super::wizard::{Wizard, unanswered};
use crate::address;
use crate::cmd::prompter::Waits;
use crate::cmd::session::{ResolveOptions, Session};
use crate::failure::{Command, Failure, Hint};
use crate::login::{Configured, IdentityCenter, SignIn, start_url};
use crate::origin::{Located, Origin};
use crate::profile::{Files, SectionName};
use crate::secret::Secret;
use crate::settings::{
    self, ACCOUNT_SCOPE, KNOWN_REGIONS, SSO_REGION, SSO_REGISTRATION_SCOPES, SSO_SESSION, SSO_START_URL,
};
use crate::text::nearest;
use crate::ui::Dialogue;

pub(super) struct Portal {
    pub(super) found: IdentityCenter,
    /// Whether the files don't have it yet.
    pub(super) is_new: bool,
}

/// Said before the first question: a user may otherwise look for a name that doesn't exist yet.
const GREETING: &str = "Let's sign in to IAM Identity Center, and make a profile of a role there.\n\
    A session is a sign-in that profiles share. Its name is up to you.\n\
    The start URL is the address of the access portal.\n\
    Tab completes an answer, Ctrl-C cancels.\n";

impl Portal {
    /// The section of a new session.
    pub(super) fn session_changes(&self, found: &IdentityCenter) -> Option<Changes> {
        let SignIn::SsoSession(name) = &found.sign_in else { return None };
        if !self.is_new {
            return None;
        }
        let mut changes = Changes::new(SectionName::SsoSession(name.clone()));
        changes.set(&SSO_START_URL, Secret::new(&*found.start_url.value));
        changes.set(&SSO_REGION, Secret::new(&*found.region.value));
        changes.set(&SSO_REGISTRATION_SCOPES, Secret::new(found.scopes.join(",")));
        Some(changes)
    }
}

impl Wizard<'_> {
    pub(super) fn portal(&self, session: &Session<'_>) -> Result<Portal, Failure> {
        match self.session_name()? {
            Some(name) if self.files.find(&SectionName::SsoSession(name.clone())).exists() => {
                let Configured::IdentityCenter(found) = Configured::of_session(self.files, &name)? else {
                    return Err(unanswered(self.cx, "the session", "--sso-session NAME"));
                };
                self.refuse_contradiction(&name, &found)?;
                Ok(Portal { found, is_new: false })
            }
            Some(name) => {
                let section = Changes::new(SectionName::SsoSession(name.clone()));
                let attempt = |files: &mut Files| section.try_out(files, &SSO_START_URL);
                self.files.attempt(self.cx.world, attempt)?;
                self.new_portal(SignIn::SsoSession(name), session)
            }
            None => {
                let profile = self.named.as_ref().map_or_else(String::new, |named| named.name().to_owned());
                self.new_portal(SignIn::Sso { start_url: String::new(), profile }, session)
            }
        }
    }

    /// Options can't change a session that exists: other profiles use it.
    fn refuse_contradiction(&self, name: &str, found: &IdentityCenter) -> Result<(), Failure> {
        let args = self.args;
        for (row, given, stored) in [
            (&SSO_START_URL, &args.sso_start_url, &found.start_url),
            (&SSO_REGION, &args.sso_region, &found.region),
        ] {
            let Some(given) = given.as_ref().filter(|given| given.trim() != stored.value) else { continue };
            let shown = address::redacted(&stored.value);
            let message = format!("{}: session `{name}` has another {}: {shown}", stored.origin, row.name);
            let command = Command::set(row.name, given.trim());
            let help = Hint::from("name another session, or change it: ");
            return Err(Failure::usage(message).with_help(help.run(command.option("--sso-session", name))));
        }
        Ok(())
    }

    /// The name of the session; `None` for a profile with a start URL of its own.
    fn session_name(&self) -> Result<Option<String>, Failure> {
        if let Some(given) = &self.args.sso_session {
            return self.session_given(given.trim()).map(Some);
        }
        let current = self.current(&SSO_SESSION);
        let Some(dialogue) = &self.dialogue else {
            return match current {
                None if self.args.sso_start_url.is_none() => {
                    Err(unanswered(self.cx, "the session", "--sso-session NAME"))
                }
                current => Ok(current),
            };
        };
        let names: Vec<String> = self.files.sso_sessions().map(Cow::into_owned).collect();
        let words: Vec<&str> = names.iter().map(String::as_str).collect();
        let only = if let [only] = &names[..] { Some(only.clone()) } else { None };
        let offered = current.or(only);
        dialogue.say(GREETING)?;
        let answer = dialogue.text("SSO session name", offered.as_deref(), &words)?.or(offered);
        if let Some(similar) = answer.as_deref().and_then(|answer| self.similar_session(answer))
            && means(dialogue, &similar)?
        {
            return Ok(Some(similar));
        }
        if answer.is_none() {
            dialogue.say(
                "Without a session the sign-in can't be refreshed, and only profiles with the same start URL share it. \
                 Press Ctrl-C to start again with a name.",
            )?;
        }
        Ok(answer)
    }

    /// The session that was most likely meant by the name of one that doesn't exist.
    fn similar_session(&self, name: &str) -> Option<String> {
        let names: Vec<_> = self.files.sso_sessions().collect();
        let is_known = names.iter().any(|known| known == name);
        nearest(name, names).filter(|_| !is_known).map(Cow::into_owned)
    }

    /// The session that an option names. Without an address it is most likely one that exists.
    fn session_given(&self, name: &str) -> Result<String, Failure> {
        let is_new = self.args.sso_start_url.is_some();
        let Some(similar) = self.similar_session(name).filter(|_| !is_new) else {
            return Ok(name.to_owned());
        };
        let Some(dialogue) = &self.dialogue else {
            let failure = Failure::usage(format!("sso-session `{name}` not found"));
            return Err(failure.with_help(Hint::meant(name, similar)));
        };
        Ok(if means(dialogue, &similar)? { similar } else { name.to_owned() })
    }

    /// The start URL, which may be an address of the user's own that leads to AWS's. An answer that leads nowhere is asked for
    /// again: behind the other questions they would be asked again, too.
    fn start_url(&self, session: &Session<'_>) -> Result<String, Failure> {
        let given = self.args.sso_start_url.as_ref();
        let question = Question::new(&SSO_START_URL, "SSO start URL")
            .needed("`--sso-start-url URL`")
            .checked(&check::start_url);
        let mut current = self.current(&SSO_START_URL);
        loop {
            let url = self.answer(&question, given, current.as_deref())?;
            let url = url.ok_or_else(|| unanswered(self.cx, "the SSO start URL", "--sso-start-url URL"))?;
            // As a browser shows it.
            let url = url.trim_end_matches("#/").trim_end_matches("/#").to_owned();
            let is_asked = given.is_none() && !self.cx.options.dry_run;
            let Some(dialogue) = self.dialogue.as_ref().filter(|_| is_asked) else { return Ok(url) };
            let context = session.client(&Waits, ResolveOptions::default());
            let answer = Located::new(url.clone(), Origin::Default);
            let Err(error) = start_url::resolve(context.net, &answer) else { return Ok(url) };
            let failure = Failure::from(error);
            let help = failure.help().map(|help| format!("; {help}")).unwrap_or_default();
            dialogue.say(&format!("{}{help}", failure.chain().collect::<Vec<_>>().join(": ")))?;
            current = Some(url);
        }
    }

    fn new_portal(&self, sign_in: SignIn, session: &Session<'_>) -> Result<Portal, Failure> {
        let args = self.args;
        let required =
            |answer: Option<String>, what, option| answer.ok_or_else(|| unanswered(self.cx, what, option));
        let url = self.start_url(session)?;
        let named_by_url = start_url::region_of(&url);
        let question = Question::new(&SSO_REGION, "SSO region")
            .needed("`--sso-region NAME`")
            .completed(KNOWN_REGIONS)
            .checked(&check::region);
        let offered = named_by_url.or_else(|| self.current(&SSO_REGION));
        let region = self.answer(&question, args.sso_region.as_ref(), offered.as_deref())?;
        let region = required(region, "the SSO region", "--sso-region NAME")?;
        let scopes = match &sign_in {
            SignIn::SsoSession(_) => {
                let question = Question::new(&SSO_REGISTRATION_SCOPES, "SSO registration scopes")
                    .completed(&[ACCOUNT_SCOPE])
                    .checked(&check::scopes);
                let scopes =
                    self.answer(&question, args.sso_registration_scopes.as_ref(), Some(ACCOUNT_SCOPE))?;
                settings::scopes(scopes.as_deref().unwrap_or(ACCOUNT_SCOPE))
            }
            _ => Vec::new(),
        };
        let sign_in = match sign_in {
            SignIn::Sso { profile, .. } => SignIn::Sso { start_url: url.clone(), profile },
            session => session,
        };
        let located = |text, option| Located::new(text, Origin::Option { name: option });
        let found = IdentityCenter {
            sign_in,
            start_url: located(url, "--sso-start-url"),
            region: located(region, "--sso-region"),
            scopes,
        };
        Ok(Portal { found, is_new: true })
    }
}

/// Asks whether the session that is `similar` was meant.
fn means(dialogue: &Dialogue, similar: &str) -> Result<bool, Failure> {
    Ok(dialogue.accept(&format!("There is no session of this name yet. Use {similar}?"))?)
}

#[cfg(test)]
mod tests {
    use super::GREETING;

    #[test]
    fn no_line_of_the_greeting_is_broken_in_a_usual_window() {
        assert!(GREETING.lines().all(|line| line.len() <= 80));
    }
}
