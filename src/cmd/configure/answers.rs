//! Answers from a pipe, one per line, as for `aws configure`. Since no one sees the questions, an answer in the wrong
//! place is refused before anything is written, and no answer is repeated.

use super::check;
use super::key::Key;
use super::pasted::{self, Pasted};
use crate::failure::Failure;
use crate::secret::{Secret, are_swapped, is_temporary_key_id, looks_secret, withhold_answer};
use crate::text::is_comment;
use crate::ui::input::Lines;
use crate::ui::is_blank;

const LABELS: [&str; 4] =
    ["AWS Access Key ID", "AWS Secret Access Key", "Default region name", "Default output format"];
const TOKEN_LABEL: &str = "AWS Session Token";

/// The lines from the second one on.
struct Questions {
    lines: Lines,
    labels: Vec<&'static str>,
    asked: usize,
}

/// Reads the new access key and the output format: `first` is the answer to the first question, `lines` has the others. An
/// empty line keeps the current value.
pub(super) fn piped(
    first: &Secret,
    lines: Lines,
    current_id: Option<&str>,
    has_token: bool,
) -> Result<(Key, Option<String>), Failure> {
    let mut paste = Pasted::default();
    if paste.read(first.expose()) {
        return pasted(paste, lines);
    }
    let mut questions = Questions { lines, labels: LABELS.to_vec(), asked: 0 };
    let id = questions.answer(Some(first))?.map(|id| id.expose().to_owned());
    // The current ID is not a new one.
    let id = id.filter(|id| current_id != Some(id.as_str()));
    // AWS CLI asks for a token if the new key needs one, or if the current key has one.
    let asks_token = id.as_ref().map_or(has_token, |id| is_temporary_key_id(id));
    if asks_token {
        questions.labels.insert(2, TOKEN_LABEL);
    }
    let secret = questions.ask()?;
    match (&id, &secret) {
        (Some(_), None) => {
            return questions.refuse("a new access key ID needs its own secret access key");
        }
        (None, Some(_)) if current_id.is_none() => {
            return questions.refuse("the profile has no access key ID, and none was given");
        }
        (Some(id), Some(secret)) if are_swapped(id, secret.expose()) => {
            return questions.refuse("the access key ID and the secret access key look swapped");
        }
        _ => {}
    }
    let token = if asks_token { questions.ask()? } else { None };
    if asks_token && id.is_some() && token.is_none() {
        return questions.refuse("a temporary access key works only with its session token");
    }
    let region = questions.ask_word()?;
    let output = questions.ask_word()?;
    Ok((Key { id, secret, token, region }, output))
}

/// The access key in the lines of a paste, of which the first one has been read, and the answers to the other questions behind it.
fn pasted(mut pasted: Pasted, mut lines: Lines) -> Result<(Key, Option<String>), Failure> {
    let (mut behind, mut number) = (Vec::new(), 1);
    while let Some(line) = lines.next_line()? {
        number += 1;
        // What is between the lines of a paste isn't an answer.
        if pasted.read(line.expose()) || pasted::is_foreign(line.expose()) && !is_comment(line.expose()) {
            behind.clear();
        } else if !is_comment(line.expose()) {
            behind.push((number, line));
        }
    }
    let refused = |reason: &str| {
        let failure = Failure::usage(format!("standard input {reason}; nothing was written"));
        Err(failure.with_help("pipe all lines that the access portal offers for one role, once"))
    };
    if let Some(part) = pasted.repeated {
        return refused(&format!("has more than one {part}"));
    }
    let (Some(id), Some(secret)) = (&pasted.id, &pasted.secret) else {
        return refused("has no access key ID with its secret access key");
    };
    if are_swapped(id.expose(), secret.expose()) {
        return refused("has an access key ID and a secret access key that look swapped");
    }
    let token = pasted.token.as_ref().map_or("", Secret::expose);
    if [id.expose(), secret.expose(), token].iter().any(|part| part.contains(char::is_whitespace)) {
        return refused("has whitespace in its access key or its session token");
    }
    if is_temporary_key_id(id.expose()) && token.is_empty() {
        return refused("has a temporary access key without its session token");
    }
    let (region, output) = answers_behind(&behind)?;
    let mut key = Key::from(pasted);
    key.region = region.or(key.region);
    Ok((key, output))
}

const NOT_A_WORD: &str = "it contains characters other than letters, digits and hyphens";

/// Whether an answer can be a region or an output format, and isn't a secret that was put in its place.
fn may_be_word(answer: &str) -> bool {
    check::is_word(answer) && !looks_secret(answer)
}

/// The region and the output format in the lines behind a paste.
fn answers_behind(lines: &[(usize, Secret)]) -> Result<(Option<String>, Option<String>), Failure> {
    let mut answers = [None, None];
    for (at, (number, line)) in lines.iter().enumerate() {
        let answer = line.expose().trim_matches(is_blank);
        if answer.is_empty() {
            continue;
        }
        let label = LABELS[2..].get(at);
        if label.is_none() || !may_be_word(answer) {
            withhold_answer(answer);
            let what = match label {
                Some(label) => format!("`{label}`: {NOT_A_WORD}"),
                None => "there is no question left for this line".to_owned(),
            };
            let failure = Failure::usage(format!("standard input:{number}: {what}; nothing was written"));
            return Err(failure.with_help(format!(
                "after the lines of the access key, write one answer on each line: {}",
                LABELS[2..].join(", ")
            )));
        }
        answers[at] = Some(answer.to_owned());
    }
    let [region, output] = answers;
    Ok((region, output))
}

impl Questions {
    /// The answer to the next question.
    fn ask(&mut self) -> Result<Option<Secret>, Failure> {
        let line = self.lines.next_line()?;
        self.answer(line.as_ref())
    }

    fn answer(&mut self, line: Option<&Secret>) -> Result<Option<Secret>, Failure> {
        let label = self.labels[self.asked];
        let Some(line) = line else {
            return Err(Failure::usage(format!(
                "standard input ended before the answer to `{label}`; nothing was written"
            ))
            .with_help(self.order()));
        };
        self.asked += 1;
        let answer = line.expose().trim_matches(is_blank);
        if !check::is_word(answer) {
            withhold_answer(answer);
        }
        if answer.contains(is_blank) {
            return self.refuse("it contains whitespace");
        }
        Ok(Some(answer).filter(|answer| !answer.is_empty()).map(Secret::new))
    }

    /// The answer to a question for a word.
    fn ask_word(&mut self) -> Result<Option<String>, Failure> {
        let Some(answer) = self.ask()? else { return Ok(None) };
        if !may_be_word(answer.expose()) {
            withhold_answer(answer.expose());
            return self.refuse(NOT_A_WORD);
        }
        Ok(Some(answer.expose().to_owned()))
    }

    /// Refuses the last answer.
    fn refuse<T>(&self, reason: &str) -> Result<T, Failure> {
        let (line, label) = (self.asked, self.labels[self.asked - 1]);
        let message = format!("standard input:{line}: `{label}`: {reason}; nothing was written");
        Err(Failure::usage(message).with_help(self.order()))
    }

    fn order(&self) -> String {
        let labels = self.labels.join(", ");
        format!(
            "write one answer on each line, in this order: {labels}; an empty line keeps the current value"
        )
    }
}
