//! `xcred configure role`: a profile that assumes a role with the credentials of another profile, or of the machine.

use std::borrow::Cow;

use super::cx::Cx;
use super::questions::{Question, Questions};
use super::target::Target;
use super::{chain, check};
use crate::chain::leads;
use crate::cli::configure::{MACHINE, Role};
use crate::failure::{Exit, Failure};
use crate::sdk::Provider;
use crate::settings::{self, Variable};
use crate::ui::Dialogue;

const GIVE_ARN: &str = "`--role-arn ARN`";
const GIVE_SOURCE: &str = "`--source-profile NAME` or `--credential-source SOURCE`";

/// Where the credentials that assume the role come from: one of [`SOURCES`], and its value.
type Source = (&'static Variable, String);

const SOURCES: [&Variable; 2] = [&settings::SOURCE_PROFILE, &settings::CREDENTIAL_SOURCE];

pub(super) fn run(args: Role, cx: &Cx<'_>) -> Result<Exit, Failure> {
    let target = Target::for_identity(cx, Provider::AssumeRole)?;
    let mut given = SOURCES.into_iter().zip([args.source_profile, args.credential_source]);
    let source = given.find_map(|(row, name)| Some((row, name?)));
    let complete = args.role_arn.is_some() && source.is_some();
    let mut questions = Questions::open(cx, target, complete, &settings::ROLE_ARN)?;
    questions.greet("Let's make it assume a role.")?;
    let arn = Question::new(&settings::ROLE_ARN, "Role ARN").needed(GIVE_ARN).checked(&check::role_arn);
    questions.ask(&arn, args.role_arn)?;
    let source = choose_source(&mut questions, source)?;
    let fits = |answer: &str| check::form(&settings::EXTERNAL_ID, answer);
    let external = Question::new(&settings::EXTERNAL_ID, "External ID").checked(&fits);
    questions.ask(&external, args.external_id)?;
    let fits = |answer: &str| check::form(&settings::MFA_SERIAL, answer);
    let device = Question::new(&settings::MFA_SERIAL, "MFA device (serial or ARN)").checked(&fits);
    questions.ask(&device, args.mfa_serial)?;
    let name = Question::new(&settings::ROLE_SESSION_NAME, "Role session name").checked(&check::session_name);
    questions.ask(&name, args.role_session_name)?;
    let duration =
        Question::new(&settings::DURATION_SECONDS, "Session duration in seconds").checked(&check::duration);
    questions.ask(&duration, args.duration_seconds)?;
    let region = source
        .and_then(|source| questions.files.profile(&source).text(settings::REGION.name).map(Cow::into_owned));
    questions.ask(&Question::region().offering(region), cx.global.region.clone())?;
    questions.finish(&[GIVE_ARN, GIVE_SOURCE], Some(Provider::AssumeRole), None)
}

/// Chooses the source of the credentials, and returns its name if it is a profile. A profile has one of the two kinds,
/// never both.
fn choose_source(questions: &mut Questions<'_>, given: Option<Source>) -> Result<Option<String>, Failure> {
    let current = |row| Some((row, questions.current(row)?.expose().to_owned()));
    let current = SOURCES.into_iter().find_map(current);
    let (row, name) = match (given, &questions.dialogue) {
        (Some(given), _) => {
            questions.given = true;
            given
        }
        (None, Some(dialogue)) => offered(questions, dialogue, current.as_ref())?,
        (None, None) => match current {
            Some(current) => current,
            None => {
                questions.missing.push(GIVE_SOURCE);
                return Ok(None);
            }
        },
    };
    if *row == settings::SOURCE_PROFILE {
        chain::check(&questions.files, questions.section.name(), &name)?;
    }
    questions.set(row, &name);
    SOURCES.into_iter().filter(|other| *other != row).for_each(|other| questions.unset(other));
    Ok(Some(name).filter(|_| *row == settings::SOURCE_PROFILE))
}

/// Offers every profile that can be a source, and the machine's own credentials.
fn offered(
    questions: &Questions<'_>,
    dialogue: &Dialogue,
    current: Option<&Source>,
) -> Result<Source, Failure> {
    let own = questions.section.name();
    let fits = |name: &String| chain::check(&questions.files, own, name).is_ok();
    let names = questions.files.profiles().map(Cow::into_owned);
    let profiles: Vec<String> = names.filter(fits).collect();
    let mut rows: Vec<String> = profiles.iter().map(|name| format!("profile {name}")).collect();
    rows.extend(MACHINE.iter().map(|(name, meaning)| format!("{name}: {meaning}")));
    let profiles = profiles.into_iter().map(|name| (SOURCES[0], name));
    let machine = MACHINE.into_iter().map(|(name, _)| (SOURCES[1], name.to_owned()));
    let mut sources: Vec<Source> = profiles.chain(machine).collect();
    let has_credentials =
        |(row, name): &Source| *row == SOURCES[0] && leads(&questions.files.profile(name)).next().is_some();
    let start = current.and_then(|current| sources.iter().position(|source| source == current));
    let start = start.or_else(|| sources.iter().position(has_credentials));
    let chosen = dialogue.choose("Credential source", &rows, start.unwrap_or(0))?;
    Ok(sources.swap_remove(chosen))
}
