//! The access key of a profile: its ID, its secret and its session token, typed, pasted or given by options.

use super::cx::Cx;
use super::halves::{check_id, check_secret};
use super::pasted::{Part, Pasted};
use super::questions::{Questions, confirmed};
use crate::failure::Failure;
use crate::finding::Finding;
use crate::secret::{Secret, are_swapped, is_temporary_key_id};
use crate::settings::{self, Variable};
use crate::ui::{Dialogue, without_blanks};

pub(super) const ID: &Variable = &settings::AWS_ACCESS_KEY_ID;
pub(super) const SECRET: &Variable = &settings::AWS_SECRET_ACCESS_KEY;
pub(super) const TOKEN: &Variable = &settings::AWS_SESSION_TOKEN;
/// The old name of the token, which takes precedence.
pub(super) const OLD_TOKEN: &Variable = &settings::AWS_SECURITY_TOKEN;

pub(super) const GIVE_ID: &str = "`--access-key-id ID`";
pub(super) const GIVE_SECRET: &str = "`--secrets-from-stdin` with the secret access key on standard input";
const GIVE_TOKEN: &str = "the session token on the second line of standard input";

/// An access key, as far as it is given.
#[derive(Default)]
pub(super) struct Key {
    pub(super) id: Option<String>,
    pub(super) secret: Option<Secret>,
    pub(super) token: Option<Secret>,
    /// What a paste or a pipe has besides.
    pub(super) region: Option<String>,
}

impl From<Pasted> for Key {
    fn from(Pasted { id, secret, token, region, .. }: Pasted) -> Key {
        let text = |secret: Secret| secret.expose().to_owned();
        Key { id: id.map(text), secret, token, region: region.map(text) }
    }
}

/// The new access key, without the halves that stay the same.
pub(super) fn answered(questions: &mut Questions<'_>, given: Key) -> Result<Key, Failure> {
    let current = Key {
        id: questions.current(ID).map(|id| id.expose().to_owned()),
        secret: questions.current(SECRET),
        token: questions.current(OLD_TOKEN).or_else(|| questions.current(TOKEN)),
        region: None,
    };
    let Some(dialogue) = &questions.dialogue else {
        let (key, missing) = silently(given, &current, questions.cx)?;
        questions.missing.extend(missing);
        return Ok(key);
    };
    let mut pasted = Pasted::default();
    let is_given = given.id.is_some();
    let mut id = match given.id {
        Some(id) => Some(accepted_id(&id, questions.cx)?),
        None => ask_id(dialogue, &current, false, &mut pasted)?,
    }
    .filter(|id| current.id.as_ref() != Some(id));
    // Of several IDs in a paste the first one is used, and none of them in place of an option.
    let is_settled = is_given || pasted.had_id;
    let secret = match given.secret {
        Some(secret) => Some(secret),
        None => ask_secret(dialogue, &current, id.as_deref(), &mut pasted)?,
    };
    if !is_settled {
        take_pasted_id(&mut id, &mut pasted, &current, dialogue)?;
    }
    if id.is_none() && current.id.is_none() && secret.is_some() && !pasted.begun {
        dialogue.say("A secret access key needs its access key ID.")?;
        id = ask_id(dialogue, &current, true, &mut pasted)?;
    }
    let mut token = match given.token {
        Some(token) => Some(token),
        None => ask_token(dialogue, &current, id.as_deref(), &mut pasted)?,
    };
    if pasted.begun {
        take_rest(dialogue, &mut pasted)?;
        if !is_settled {
            take_pasted_id(&mut id, &mut pasted, &current, dialogue)?;
        }
        // A secret from a paste belongs to a key whose ID was lost, not to the stored one.
        if id.is_none() && secret.is_some() && !is_given && !pasted.had_id {
            dialogue.say("A secret access key needs its access key ID.")?;
            // Not the stored one, which Enter would seem to keep.
            id = ask_id(dialogue, &Key::default(), true, &mut pasted)?;
        }
        let is_temporary = id.as_deref().is_some_and(is_temporary_key_id);
        token = token.or_else(|| pasted.token.take().filter(|_| is_temporary));
        let masked = id.as_ref().map(|id| format!("access key ID {}", Secret::new(id).masked()));
        let hidden = [(&secret, "secret access key"), (&token, "session token")];
        let hidden = hidden.into_iter().filter_map(|(value, name)| value.as_ref().map(|_| name.to_owned()));
        let parts: Vec<String> = masked.into_iter().chain(hidden).collect();
        if !parts.is_empty() {
            dialogue.say(&format!("Pasted: {}", parts.join(", ")))?;
        }
    }
    let region = pasted.region.map(|region| region.expose().to_owned());
    Ok(Key { id, secret, token, region })
}

/// The access key from options, and the options that are missing.
fn silently(given: Key, current: &Key, cx: &Cx<'_>) -> Result<(Key, Vec<&'static str>), Failure> {
    let id = given.id.map(|id| accepted_id(&id, cx)).transpose()?;
    if let (Some(id), Some(secret)) = (&id, &given.secret)
        && are_swapped(id, secret.expose())
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
    if id.as_deref().is_some_and(is_temporary_key_id) && given.token.is_none() {
        missing.push(GIVE_TOKEN);
    }
    Ok((Key { id, ..given }, missing))
}

fn ask_id(
    dialogue: &Dialogue,
    current: &Key,
    needed: bool,
    pasted: &mut Pasted,
) -> Result<Option<String>, Failure> {
    let shown = current.id.as_deref().map(|id| Secret::new(id).masked());
    loop {
        let answer = match pasted.id.take() {
            Some(id) => Some(id),
            None => dialogue.key_id("AWS Access Key ID", shown.as_deref())?,
        };
        let Some(answer) = answer else {
            if needed || is_within(pasted, dialogue) {
                continue;
            }
            return Ok(None);
        };
        if pasted.read(answer.expose()) {
            continue;
        }
        let id = without_blanks(answer.expose()).expose().to_owned();
        let findings = check_id(&id);
        if !findings.is_empty() && !pasted.begun && dialogue.has_more() {
            // A paste whose first line isn't known, perhaps a comment: the other lines may be.
            take_rest(dialogue, pasted)?;
            if !pasted.begun {
                dialogue.say(
                    "This paste isn't recognized. Paste the lines that set AWS_ACCESS_KEY_ID and the others, or the \
                     section of a credentials file; `xcred configure import -` reads a whole CSV.",
                )?;
            }
            continue;
        }
        if current.id.as_ref() == Some(&id) || is_accepted(dialogue, &findings, pasted)? {
            return Ok(Some(id));
        }
    }
}

/// Asks whether a value is meant, if it looks wrong. The lines that a paste still has don't answer that.
fn is_accepted(dialogue: &Dialogue, findings: &[Finding], pasted: &mut Pasted) -> Result<bool, Failure> {
    if pasted.begun && !findings.is_empty() {
        take_rest(dialogue, pasted)?;
    }
    confirmed(dialogue, findings)
}

fn take_rest(dialogue: &Dialogue, pasted: &mut Pasted) -> Result<(), Failure> {
    for line in dialogue.rest()?.expose().lines() {
        pasted.read(line);
    }
    Ok(())
}

/// Takes the access key ID of a paste that arrived after the question for it: what it came with belongs to it.
fn take_pasted_id(
    id: &mut Option<String>,
    pasted: &mut Pasted,
    current: &Key,
    dialogue: &Dialogue,
) -> Result<(), Failure> {
    let Some(other) = pasted.id.take().map(|other| other.expose().to_owned()) else { return Ok(()) };
    if id.as_ref().or(current.id.as_ref()).is_some_and(|known| *known != other) {
        dialogue.say("The paste has another access key ID: that one is used.")?;
    }
    *id = Some(other).filter(|other| current.id.as_ref() != Some(other));
    Ok(())
}

/// Whether an empty line is one of a paste, not an answer.
fn is_within(pasted: &Pasted, dialogue: &Dialogue) -> bool {
    pasted.begun && dialogue.has_more()
}

/// A hidden part of the key, from the paste if it has it. A line of a paste is recognized as such.
fn ask_hidden(
    dialogue: &Dialogue,
    label: &str,
    current: Option<&Secret>,
    part: Part,
    pasted: &mut Pasted,
) -> Result<Option<Secret>, Failure> {
    loop {
        if let Some(value) = pasted.part(part).take() {
            return Ok(Some(value));
        }
        match dialogue.hidden(label, current)? {
            None if is_within(pasted, dialogue) => {}
            None => return Ok(None),
            Some(answer) if pasted.read(answer.expose()) => {}
            Some(answer) => return Ok(Some(Secret::held(without_blanks(answer.expose()).expose()))),
        }
    }
}

fn ask_secret(
    dialogue: &Dialogue,
    current: &Key,
    new_id: Option<&str>,
    pasted: &mut Pasted,
) -> Result<Option<Secret>, Failure> {
    loop {
        let stored = current.secret.as_ref();
        match ask_hidden(dialogue, "AWS Secret Access Key", stored, Part::Secret, pasted)? {
            None if new_id.is_none() => return Ok(None),
            None if current.secret.is_some() => {
                dialogue.say("The stored secret belongs to the old key.")?;
            }
            None => dialogue.say("An access key ID needs its secret access key.")?,
            Some(secret) => {
                if is_accepted(dialogue, &check_secret(&secret), pasted)? {
                    return Ok(Some(secret));
                }
            }
        }
    }
}

/// Asks for a token if the key needs one, or if the current key has one.
fn ask_token(
    dialogue: &Dialogue,
    current: &Key,
    new_id: Option<&str>,
    pasted: &mut Pasted,
) -> Result<Option<Secret>, Failure> {
    let is_temporary = new_id.or(current.id.as_deref()).is_some_and(is_temporary_key_id);
    if !is_temporary && (new_id.is_some() || current.token.is_none()) {
        return Ok(None);
    }
    loop {
        let stored = current.token.as_ref();
        if let Some(token) = ask_hidden(dialogue, "AWS Session Token", stored, Part::Token, pasted)? {
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
