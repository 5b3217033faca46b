//! `xcred configure` itself: an access key, a region and an output format, asked for as `aws configure` does.

use super::answers;
use super::check;
use super::cx::{Cx, FAREWELL};
use super::key::{GIVE_ID, GIVE_SECRET, ID, Key, OLD_TOKEN, SECRET, TOKEN, answered};
use super::questions::{Question, Questions};
use super::save::Next;
use super::target::Target;
use crate::cli::configure::Answers;
use crate::cmd::piped::Halves;
use crate::failure::{Exit, Failure};
use crate::sdk::Provider;
use crate::secret::Secret;
use crate::settings;
use crate::ui::input::{Lines, Source};

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
        let halves = Halves::read(Source::StandardInput, !cx.options.no_input, FAREWELL, cx.ui)?;
        let Halves { secret, token } = halves.required("standard input")?;
        (given.secret, given.token) = (secret, token);
    }
    let complete = given.id.is_some() && given.secret.is_some();
    let mut questions = Questions::open(cx, target, complete, ID)?;
    questions.given = given.id.is_some() || given.secret.is_some();
    questions.greet("Let's set it up with an access key.")?;
    let has_settings = questions.can_write(&settings::REGION);
    let key = answered(&mut questions, given)?;
    let pasted = key.region.clone();
    note_down(&mut questions, key);
    if has_settings {
        ask_settings(&mut questions, cx.global.region.clone(), pasted, args.output)?;
    }
    finish(questions)
}

/// Sets up the profile with answers that come through a pipe.
fn piped(first: &Secret, lines: Lines, target: Target, cx: &Cx<'_>) -> Result<Exit, Failure> {
    let mut questions = Questions::open(cx, target, true, ID)?;
    let id = questions.current(ID).map(|id| id.expose().to_owned());
    let has_token = questions.has(TOKEN) || questions.has(OLD_TOKEN);
    let (mut key, output) = answers::piped(first, lines, id.as_deref(), has_token)?;
    let region = key.region.take();
    let key = answered(&mut questions, key)?;
    note_down(&mut questions, key);
    ask_settings(&mut questions, region, None, output)?;
    questions.given = true;
    finish(questions)
}

/// Notes a new access key. A token of the old key is removed with it. Of a pair that no SDK finds, with a half in each file, both
/// are written: they get into one file.
fn note_down(questions: &mut Questions<'_>, mut key: Key) {
    let (is_new, has_token) = (key.id.is_some(), key.token.is_some());
    let is_about_key = questions.given || questions.dialogue.is_some() || is_new || key.secret.is_some();
    if is_about_key && questions.files.find(&questions.section).split_pair().is_some() {
        let id = key.id.take().map(Secret::new).or_else(|| questions.current(ID));
        let secret = key.secret.take().or_else(|| questions.current(SECRET));
        for (row, value) in [(ID, id), (SECRET, secret)] {
            if let Some(value) = value {
                questions.changes.set(row, value);
            }
        }
    }
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

fn ask_settings(
    questions: &mut Questions<'_>,
    region: Option<String>,
    pasted: Option<String>,
    output: Option<String>,
) -> Result<(), Failure> {
    questions.ask(&Question::region().offering(pasted), region)?;
    let question = Question::new(&settings::OUTPUT, "Default output format")
        .completed(settings::OUTPUT_FORMATS)
        .checked(&check::output);
    questions.ask(&question, output)
}

fn finish(questions: Questions<'_>) -> Result<Exit, Failure> {
    let provider = questions.changes.has(SECRET).then_some(Provider::SharedCredentialsFile);
    let options = [GIVE_ID, GIVE_SECRET, "`--region NAME`", "`--output FORMAT`"];
    let has_key = questions.changes.has(ID) || questions.has(ID);
    let next = (!has_key).then(|| Next::look(&questions.section));
    questions.finish(&options, provider, next)
}
