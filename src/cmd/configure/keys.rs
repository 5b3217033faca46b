//! `xcred configure` itself: an access key, a region and an output format, asked for as `aws configure` does.

use super::answers::{self, Current, Piped, TEMPORARY};
use super::cx::Cx;
use super::halves::{check_id, check_secret};
use super::questions::{Question, Questions, confirmed};
use super::target::Target;
use super::{check, save};
use crate::cli::configure::Answers;
use crate::cmd::piped::Halves;
use crate::failure::{Exit, Failure};
use crate::sdk::Provider;
use crate::secret::Secret;
use crate::settings::{self, Variable};
use crate::ui::input::{self, Lines};
use crate::ui::{Dialogue, without_blanks};

const ID: &Variable = &settings::AWS_ACCESS_KEY_ID;
const SECRET: &Variable = &settings::AWS_SECRET_ACCESS_KEY;
const TOKEN: &Variable = &settings::AWS_SESSION_TOKEN;
/// The old name of the token, which takes precedence.
const OLD_TOKEN: &Variable = &settings::AWS_SECURITY_TOKEN;

const GIVE_ID: &str = "`--access-key-id ID`";
const GIVE_SECRET: &str = "`--secrets-from-stdin` with the secret access key on standard input";
const GIVE_TOKEN: &str = "the session token on the second line of standard input";

/// An access key, as far as it is given.
#[derive(Default)]
struct Key {
    id: Option<String>,
    secret: Option<Secret>,
    token: Option<Secret>,
}

impl Answers {
    pub(super) fn first_given(&self) -> Option<&'static str> {
        let given = [
            ("--access-key-id", self.access_key_id.is_some()),
            ("--secrets-from-stdin", self.secrets_from_stdin),
            ("--output", self.output.is_some()),
        ];
        given.into_iter().find(|(_, given)| *given).map(|(option, _)| option)
    }
}

pub(super) fn run(args: Answers, cx: &Cx<'_>) -> Result<Exit, Failure> {
    let target = Target::profile(cx)?;
    if args.first_given().is_none()
        && cx.global.region.is_none()
        && !cx.options.no_input
        && let Some(mut lines) = Lines::piped()?
        && let Some(first) = lines.next_line()?
    {
        return piped(&first, lines, target, cx);
    }
    let mut given = Key { id: args.access_key_id, ..Key::default() };
    if args.secrets_from_stdin {
        let text = input::standard_input(input::LONGEST_VALUE)?;
        let Halves { secret, token } = Halves::of(&text, "standard input")?.required("standard input")?;
        (given.secret, given.token) = (secret, token);
    }
    let complete = given.id.is_some() && given.secret.is_some();
    let mut questions = Questions::open(cx, target, complete, ID)?;
    questions.given = given.id.is_some() || given.secret.is_some();
    questions.greet("Let's set it up with an access key.")?;
    let has_settings = questions.can_write(&settings::REGION);
    let key = answered(&mut questions, given)?;
    note_down(&mut questions, key);
    if has_settings {
        ask_settings(&mut questions, cx.global.region.clone(), args.output)?;
    }
    finish(questions)
}

/// Sets up the profile with answers that come through a pipe.
fn piped(first: &Secret, lines: Lines, target: Target, cx: &Cx<'_>) -> Result<Exit, Failure> {
    let mut questions = Questions::open(cx, target, true, ID)?;
    let id = questions.current(ID).map(|id| id.expose().to_owned());
    let current = Current { id, has_token: questions.has(TOKEN) || questions.has(OLD_TOKEN) };
    let Piped { id, secret, token, region, output } = answers::piped(first, lines, &current)?;
    let key = answered(&mut questions, Key { id, secret, token })?;
    note_down(&mut questions, key);
    ask_settings(&mut questions, region, output)?;
    questions.given = true;
    finish(questions)
}

fn ask_settings(
    questions: &mut Questions<'_>,
    region: Option<String>,
    output: Option<String>,
) -> Result<(), Failure> {
    questions.ask(&Question::region(), region)?;
    let question = Question::new(&settings::OUTPUT, "Default output format")
        .completed(check::OUTPUT_FORMATS)
        .checked(&check::output);
    questions.ask(&question, output)
}

fn finish(questions: Questions<'_>) -> Result<Exit, Failure> {
    let provider = questions.changes.has(SECRET).then_some(Provider::SharedCredentialsFile);
    let options = [GIVE_ID, GIVE_SECRET, "`--region NAME`", "`--output FORMAT`"];
    let has_key = questions.changes.has(ID) || questions.has(ID);
    let next = if has_key { save::prove(&questions.section) } else { save::look(&questions.section) };
    questions.finish(&options, provider, &next)
}

/// The new access key, without the halves that stay the same.
fn answered(questions: &mut Questions<'_>, given: Key) -> Result<Key, Failure> {
    let current = Key {
        id: questions.current(ID).map(|id| id.expose().to_owned()),
        secret: questions.current(SECRET),
        token: questions.current(OLD_TOKEN).or_else(|| questions.current(TOKEN)),
    };
    let Some(dialogue) = &questions.dialogue else {
        let (key, missing) = silently(given, &current, questions.cx)?;
        questions.missing.extend(missing);
        return Ok(key);
    };
    let mut id = match given.id {
        Some(id) => Some(accepted_id(&id, questions.cx)?),
        None => ask_id(dialogue, &current, false)?,
    }
    .filter(|id| current.id.as_ref() != Some(id));
    let secret = match given.secret {
        Some(secret) => Some(secret),
        None => ask_secret(dialogue, &current, id.as_deref())?,
    };
    if id.is_none() && current.id.is_none() && secret.is_some() {
        dialogue.say("A secret access key needs its access key ID.")?;
        id = ask_id(dialogue, &current, true)?;
    }
    let token = match given.token {
        Some(token) => Some(token),
        None => ask_token(dialogue, &current, id.as_deref())?,
    };
    Ok(Key { id, secret, token })
}

/// The access key from options, and the options that are missing.
fn silently(given: Key, current: &Key, cx: &Cx<'_>) -> Result<(Key, Vec<&'static str>), Failure> {
    let id = given.id.map(|id| accepted_id(&id, cx)).transpose()?;
    if let (Some(id), Some(secret)) = (&id, &given.secret)
        && settings::are_swapped(id, secret.expose())
    {
        return Err(Failure::usage("the access key ID and the secret access key look swapped")
            .with_help(format!("give the ID with {GIVE_ID}, and the secret access key on standard input")));
    }
    let id = id.filter(|id| current.id.as_ref() != Some(id));
    cx.ui.findings(&given.secret.as_ref().map(check_secret).unwrap_or_default());
    let mut missing = Vec::new();
    if id.is_some() && given.secret.is_none() {
        missing.push(GIVE_SECRET);
    }
    if given.secret.is_some() && id.is_none() && current.id.is_none() {
        missing.push(GIVE_ID);
    }
    if id.as_deref().is_some_and(|id| id.starts_with(TEMPORARY)) && given.token.is_none() {
        missing.push(GIVE_TOKEN);
    }
    Ok((Key { id, ..given }, missing))
}

/// Notes a new access key. A token of the old key is removed with it.
fn note_down(questions: &mut Questions<'_>, key: Key) {
    let (is_new, has_token) = (key.id.is_some(), key.token.is_some());
    for (row, value) in [(ID, key.id.map(Secret::new)), (SECRET, key.secret), (TOKEN, key.token)] {
        if let Some(value) = value {
            questions.set(row, value.expose());
        }
    }
    if is_new && !has_token {
        questions.unset(TOKEN);
    }
    if is_new || has_token {
        questions.unset(OLD_TOKEN);
    }
}

fn ask_id(dialogue: &Dialogue, current: &Key, needed: bool) -> Result<Option<String>, Failure> {
    let shown = current.id.as_deref().map(|id| Secret::new(id).masked());
    loop {
        let Some(answer) = dialogue.text("AWS Access Key ID", shown.as_deref(), &[])? else {
            if needed {
                continue;
            }
            return Ok(None);
        };
        let id = without_blanks(&answer).expose().to_owned();
        if current.id.as_ref() == Some(&id) || confirmed(dialogue, &check_id(&id))? {
            return Ok(Some(id));
        }
    }
}

fn ask_secret(dialogue: &Dialogue, current: &Key, new_id: Option<&str>) -> Result<Option<Secret>, Failure> {
    loop {
        match dialogue.secret("AWS Secret Access Key", current.secret.as_ref())? {
            None if new_id.is_none() => return Ok(None),
            None if current.secret.is_some() => {
                dialogue.say("The stored secret belongs to the old key.")?;
            }
            None => dialogue.say("An access key ID needs its secret access key.")?,
            Some(secret) => {
                if confirmed(dialogue, &check_secret(&secret))? {
                    return Ok(Some(secret));
                }
            }
        }
    }
}

/// Asks for a token if the key needs one, or if the current key has one.
fn ask_token(dialogue: &Dialogue, current: &Key, new_id: Option<&str>) -> Result<Option<Secret>, Failure> {
    let is_temporary = new_id.or(current.id.as_deref()).is_some_and(|id| id.starts_with(TEMPORARY));
    if !is_temporary && (new_id.is_some() || current.token.is_none()) {
        return Ok(None);
    }
    loop {
        if let Some(token) = dialogue.secret("AWS Session Token", current.token.as_ref())? {
            return Ok(Some(token));
        }
        if new_id.is_none() {
            return Ok(None);
        }
        dialogue.say(if current.token.is_some() {
            "The stored token belongs to the old key and goes with it; a temporary key works only with its own."
        } else {
            "A temporary key works only with its session token."
        })?;
        if dialogue.confirm("Go on without one?")? {
            return Ok(None);
        }
    }
}

/// The ID that an option gave. It is accepted with a warning if it looks wrong.
fn accepted_id(id: &str, cx: &Cx<'_>) -> Result<String, Failure> {
    let id = without_blanks(id).expose().to_owned();
    if id.is_empty() {
        return Err(Failure::usage("`--access-key-id` is empty"));
    }
    cx.ui.findings(&check_id(&id));
    Ok(id)
}
