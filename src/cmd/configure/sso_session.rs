//! `xcred configure sso-session`: a sign-in to IAM Identity Center that profiles can share.

use std::borrow::Cow;

use super::check;
use super::cx::{Cx, FAREWELL};
use super::questions::{Question, Questions};
use super::save::Next;
use super::target::Target;
use crate::cli::configure::SsoSession;
use crate::failure::{Command, Exit, Failure, Hint};
use crate::profile::{Files, SectionName};
use crate::settings::{self, ACCOUNT_SCOPE, KNOWN_REGIONS};

const GIVE_NAME: &str = "`--name NAME`";
const GIVE_URL: &str = "`--sso-start-url URL`";
const GIVE_REGION: &str = "`--sso-region NAME`";

pub(super) fn run(args: SsoSession, cx: &Cx<'_>) -> Result<Exit, Failure> {
    for (given, option) in [(&cx.global.region, "--region"), (&cx.global.profile, "--profile")] {
        if given.is_some() {
            return Err(Failure::usage(format!("`{option}` doesn't apply to an SSO session")).with_help(
                "an SSO session doesn't belong to a profile; give its region with `--sso-region`",
            ));
        }
    }
    let name = match args.name {
        Some(name) => name.trim().to_owned(),
        None => ask_name(cx)?,
    };
    let section = SectionName::SsoSession(name);
    let complete = args.sso_start_url.is_some() && args.sso_region.is_some();
    let target = Target::own(section.clone());
    let mut questions = Questions::open(cx, target, complete, &settings::SSO_START_URL)?;
    questions.greet("Profiles can share it.")?;
    let url =
        Question::new(&settings::SSO_START_URL, "SSO start URL").needed(GIVE_URL).checked(&check::start_url);
    questions.ask(&url, args.sso_start_url)?;
    let region = Question::new(&settings::SSO_REGION, "SSO region").needed(GIVE_REGION);
    questions.ask(&region.completed(KNOWN_REGIONS).checked(&check::region), args.sso_region)?;
    let scopes = Question::new(&settings::SSO_REGISTRATION_SCOPES, "SSO registration scopes");
    let scopes = scopes.usually(ACCOUNT_SCOPE).completed(&[ACCOUNT_SCOPE]).checked(&check::scopes);
    questions.ask(&scopes, args.sso_registration_scopes)?;
    let command = Command::xcred(["configure", "sso"]).option("--sso-session", section.name());
    let next = Next::Other(Hint::from(command).say(" makes a profile of one of its roles"));
    questions.finish(&[GIVE_URL, GIVE_REGION], None, Some(next))
}

/// Asks for the name of the session; Tab completes existing names.
fn ask_name(cx: &Cx<'_>) -> Result<String, Failure> {
    let Some(dialogue) = cx.dialogue(FAREWELL)? else {
        return Err(Failure::usage(format!("no session name was given, and {}", cx.why_not_asked()))
            .with_help(format!("give {GIVE_NAME}, {GIVE_URL}, {GIVE_REGION}")));
    };
    let files = Files::load_for_edit(cx.world)?;
    let names: Vec<String> = files.sso_sessions().map(Cow::into_owned).collect();
    let words: Vec<&str> = names.iter().map(String::as_str).collect();
    loop {
        if let Some(name) = dialogue.text("SSO session name", None, &words)? {
            return Ok(name);
        }
        dialogue.say("Required. Press Ctrl-C to cancel.")?;
    }
}
