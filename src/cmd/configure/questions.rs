//! Answers from options or from the user.

use std::borrow::Cow;

use super::check::{self, Unlikely};
use super::cx::{Cx, FAREWELL};
use super::greeting::Greeting;
use super::save::{self, Changes, Next};
use super::target::Target;
use crate::failure::{Exit, Failure};
use crate::finding::{Finding, Severity};
use crate::origin::Origin;
use crate::profile::{Error, Files, SectionName};
use crate::sdk::Provider;
use crate::secret::Secret;
use crate::settings::{KNOWN_REGIONS, REGION, Variable, is_command, without_arguments};
use crate::ui::{Dialogue, Ui};

/// A question for a setting.
pub(super) struct Question<'q> {
    row: &'static Variable,
    label: &'static str,
    needs: Option<&'static str>,
    usual: Option<&'static str>,
    offered: Option<String>,
    words: &'q [&'q str],
    check: &'q dyn Fn(&str) -> Vec<Finding>,
}

/// A section that is being set up: its current values and its changes.
pub(super) struct Questions<'s> {
    pub(super) cx: &'s Cx<'s>,
    pub(super) section: SectionName,
    named: Option<Origin>,
    pub(super) files: Files,
    pub(super) changes: Changes,
    pub(super) dialogue: Option<Dialogue>,
    /// How messages name the options that give the missing answers.
    pub(super) missing: Vec<&'static str>,
    /// Whether an option gave any answer.
    pub(super) given: bool,
}

impl<'s> Questions<'s> {
    /// Reads the files, and opens the terminal unless everything required is given. Fails before the first question if
    /// `key` can't be written.
    pub(super) fn open(
        cx: &'s Cx<'s>,
        target: Target,
        complete: bool,
        key: &'static Variable,
    ) -> Result<Questions<'s>, Failure> {
        let files = Files::load_for_edit(cx.world)?;
        files.check()?;
        let Target { section, named, dialogue } = target;
        let changes = Changes::new(section.clone());
        let asks = !complete && !cx.options.no_input;
        let dialogue = match dialogue {
            _ if !asks => None,
            Some(open) => Some(open),
            None => cx.ui.dialogue(FAREWELL)?,
        };
        let questions =
            Questions { cx, section, named, files, changes, dialogue, missing: Vec::new(), given: false };
        questions.try_out(key)?;
        Ok(questions)
    }

    /// Checks that a key of the section can be written.
    fn try_out(&self, key: &'static Variable) -> Result<(), Error> {
        let Cx { options, world, .. } = *self.cx;
        let attempt = |files: &mut Files| self.changes.try_out(files, key);
        if self.dialogue.is_none() || options.dry_run {
            self.files.attempt(world, attempt).map(drop)
        } else {
            self.files.try_out(world, attempt)
        }
    }

    /// Whether an optional key can be written; if not, warns.
    pub(super) fn can_write(&self, key: &'static Variable) -> bool {
        if self.dialogue.is_none() {
            return true;
        }
        self.try_out(key).inspect_err(|error| self.cx.ui.problem(error)).is_ok()
    }

    /// Says what is edited and how to answer. `purpose` says what a new section is set up with.
    pub(super) fn greet(&self, purpose: &str) -> Result<(), Failure> {
        if let Some(dialogue) = &self.dialogue {
            let is_new = !self.files.find(&self.section).exists();
            let greeting = Greeting { section: &self.section, named: self.named.as_ref(), is_new, purpose };
            // Line by line: further lines of one text are indented.
            for line in greeting.to_string().lines().chain([""]) {
                dialogue.say(line)?;
            }
        }
        Ok(())
    }

    /// The current value in the files.
    pub(super) fn current(&self, row: &Variable) -> Option<Secret> {
        self.files.find(&self.section).value(row.name)?.value.as_text().cloned()
    }

    pub(super) fn has(&self, row: &Variable) -> bool {
        self.files.find(&self.section).has(row.name)
    }

    /// Gets the answer to a question and notes the change.
    pub(super) fn ask(&mut self, question: &Question<'_>, given: Option<String>) -> Result<(), Failure> {
        let current = self.current(question.row).map(|value| value.expose().to_owned());
        let usual = question.usual.filter(|_| current.is_none()).map(str::to_owned);
        let answer = match (given, &self.dialogue) {
            (Some(given), _) => {
                self.given = true;
                Some(question.accept(given.trim(), self.cx.ui)?)
            }
            (None, Some(dialogue)) => {
                // Enter keeps a value, and takes one that is offered.
                let offered = question.offered.clone().filter(|_| current.is_none());
                let shown = current.as_deref().or(offered.as_deref()).or(usual.as_deref());
                question.put(dialogue, shown)?.or(offered)
            }
            (None, None) => None,
        }
        .or(usual);
        match (answer, current) {
            (Some(answer), _) => self.set(question.row, &answer),
            (None, None) => self.missing.extend(question.needs),
            (None, Some(_)) => {}
        }
        Ok(())
    }

    /// Notes that a key gets a value, unless it has that value.
    pub(super) fn set(&mut self, row: &'static Variable, value: &str) {
        if self.current(row).is_none_or(|current| current.expose() != value) {
            self.changes.set(row, Secret::new(value));
        }
    }

    /// Notes that a key is removed, if it is set.
    pub(super) fn unset(&mut self, row: &'static Variable) {
        if self.has(row) {
            self.changes.unset(row);
        }
    }

    /// Saves the answers, unless a required one is missing. `options` are suggested if nothing was given at all; `next` is
    /// the suggested next command.
    pub(super) fn finish(
        self,
        options: &[&'static str],
        provider: Option<Provider>,
        next: Option<Next>,
    ) -> Result<Exit, Failure> {
        self.require_answers(options)?;
        // The terminal gets its state back before anything is written.
        drop(self.dialogue);
        if self.changes.is_empty() {
            let section = &self.section;
            let ui = self.cx.ui;
            if self.files.find(section).exists() {
                ui.note(format_args!("nothing to change in {section}"));
                save::warn(section, save::findings(&self.files, section, &[], self.cx), [], ui);
            } else {
                ui.note(format_args!("nothing was entered, {section} was not created"));
            }
            return Ok(Exit::Success);
        }
        let next = next.unwrap_or(Next::Prove(self.section));
        save::save(&[&self.changes], provider, &next, self.cx)
    }

    fn require_answers(&self, options: &[&'static str]) -> Result<(), Failure> {
        let missing = match self.missing.as_slice() {
            [] if self.given || self.dialogue.is_some() => return Ok(()),
            [] => options,
            missing => missing,
        };
        let what = if self.missing.is_empty() { "nothing" } else { "not everything required" };
        let why = self.cx.why_not_asked();
        let message = format!("{what} was given, and {why}");
        Err(Failure::usage(message).with_help(format!("give {}", missing.join(", "))))
    }
}

impl<'q> Question<'q> {
    /// Asks for a setting with the prompt `label`. Any answer will do, or none.
    pub(super) fn new(row: &'static Variable, label: &'static str) -> Question<'q> {
        Question { row, label, needs: None, usual: None, offered: None, words: &[], check: &|_| Vec::new() }
    }

    /// Makes the answer required. `option` is how a message names the option that gives it.
    pub(super) fn needed(self, option: &'static str) -> Question<'q> {
        Question { needs: Some(option), ..self }
    }

    pub(super) fn labeled(self, label: &'static str) -> Question<'q> {
        Question { label, ..self }
    }

    /// The default where the files have no value.
    pub(super) fn usually(self, usual: &'static str) -> Question<'q> {
        Question { usual: Some(usual), ..self }
    }

    /// Offers an answer where the files have no value. Only a user can take it.
    pub(super) fn offering(self, offered: Option<String>) -> Question<'q> {
        Question { offered, ..self }
    }

    /// The words that Tab completes.
    pub(super) fn completed(self, words: &'q [&'q str]) -> Question<'q> {
        Question { words, ..self }
    }

    /// Checks an answer.
    pub(super) fn checked(self, check: &'q dyn Fn(&str) -> Vec<Finding>) -> Question<'q> {
        Question { check, ..self }
    }

    /// The answer that an option gave. It is accepted with a warning if it looks wrong.
    pub(super) fn accept(&self, given: &str, ui: &Ui) -> Result<String, Failure> {
        let findings =
            if given.is_empty() { vec![Finding::new(Unlikely::Empty)] } else { (self.check)(given) };
        for finding in findings {
            if finding.severity() == Severity::Error {
                let message = format!("`{}` can't be `{}`: {finding}", self.shown(given), self.row.name);
                return Err(Failure::usage(message));
            }
            ui.finding(&finding);
        }
        Ok(given.to_owned())
    }

    /// The region of a profile.
    pub(super) fn region() -> Question<'q> {
        Question::new(&REGION, "Default region name").completed(KNOWN_REGIONS).checked(&check::region)
    }

    /// A value as it may be shown: of a command only the program.
    fn shown<'v>(&self, value: &'v str) -> Cow<'v, str> {
        if is_command(self.row.name) { without_arguments(value) } else { value.into() }
    }

    /// Asks until there is a usable answer, or Enter keeps the current value.
    pub(super) fn put(&self, dialogue: &Dialogue, current: Option<&str>) -> Result<Option<String>, Failure> {
        loop {
            let shown = current.map(|current| self.shown(current));
            let Some(answer) = dialogue.text(self.label, shown.as_deref(), self.words)? else {
                if current.is_none() && self.needs.is_some() {
                    dialogue.say("Required. Press Ctrl-C to cancel.")?;
                    continue;
                }
                return Ok(None);
            };
            if current == Some(answer.as_str()) {
                return Ok(Some(answer));
            }
            let findings = (self.check)(&answer);
            if let Some(meant) = findings.iter().find_map(Finding::meant) {
                for finding in &findings {
                    dialogue.say(&finding.to_string())?;
                }
                if dialogue.accept(&format!("Use {meant}?"))? {
                    return Ok(Some(meant.to_owned()));
                }
                let is_usable = findings.iter().all(|finding| finding.severity() < Severity::Error);
                if is_usable && dialogue.confirm(&format!("Use {answer} anyway?"))? {
                    return Ok(Some(answer));
                }
            } else if confirmed(dialogue, &findings)? {
                return Ok(Some(answer));
            }
        }
    }
}

/// Shows the findings about an answer, and asks whether to use it.
pub(super) fn confirmed(dialogue: &Dialogue, findings: &[Finding]) -> Result<bool, Failure> {
    for finding in findings {
        dialogue.say(&finding.sentence())?;
    }
    match findings.iter().map(Finding::severity).max() {
        None => Ok(true),
        Some(Severity::Error) => Ok(false),
        Some(_) => Ok(dialogue.confirm("Use it anyway?")?),
    }
}
