//! Questions on the terminal, whatever standard output is. During a dialogue the terminal itself echoes nothing; its
//! state is restored however the dialogue ends: answered, interrupted, or killed by Ctrl-C.

mod error;

use std::cell::RefCell;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use console::{Key, Term};
use zeroize::Zeroizing;

use super::before::{
    Before, await_key, before, draws_below, forget_keys, has_more, next_key, notice_interruptions, restore,
};
use super::guard;
use super::hidden::HiddenLine;
use super::interrupt::{self, Undo};
use super::lent::terminal_is_lent;
use super::line::{self, Echo};
use super::list::{Answer, List};
use super::picker::pick;
use super::streams;
use super::system::Terminal;
use super::text::{foreign, is_blank, mfa_code, one_line, unpadded, without_blanks};
use super::wrap::wrapped;
use crate::secret::{Secret, hold, redacted};
pub use error::PromptError;

/// How long the next key of a paste may take. Typing is slower.
const WITHIN_A_PASTE: Duration = Duration::from_millis(15);

/// How long the next line of a paste may take.
const AFTER_A_LINE: Duration = Duration::from_millis(150);

/// Questions and their answers. Dropping it restores the terminal.
pub struct Dialogue {
    term: Term,
    colored: bool,
    /// What was typed of a line outside a question.
    typed: RefCell<HiddenLine>,
    /// Whether the terminal can't move its cursor, or shouldn't.
    plain: bool,
    _undo: Undo,
}

impl Dialogue {
    /// Opens the terminal, if there is one and a user may be at it: a program with neither standard input nor standard
    /// error on a terminal runs in the background. A `plain` one moves no cursor.
    pub fn open(colored: bool, plain: bool, farewell: &'static str) -> Result<Option<Dialogue>, PromptError> {
        if terminal_is_lent() || !io::stdin().is_terminal() && !streams::err().is_terminal() {
            return Ok(None);
        }
        let Some((term, terminal)) = Terminal::open()? else { return Ok(None) };
        interrupt::handle().map_err(|error| PromptError::Io(io::Error::other(error)))?;
        notice_interruptions()?;
        let undo = Undo::new(|| restore(true));
        let mut before = before();
        // What is typed or pasted ahead of a question, such as a secret, must not show.
        before.insert(Before { terminal, draws_below: false, farewell }).terminal.silence()?;
        Ok(Some(Dialogue { term, colored, plain, typed: RefCell::new(HiddenLine::new()), _undo: undo }))
    }

    /// Prints text between the questions.
    pub fn say(&self, text: &str) -> Result<(), PromptError> {
        let text = foreign(text);
        let (_, columns) = self.term.size();
        Ok(self.term.write_line(&wrapped(&text, columns.into()))?)
    }

    /// Asks `LABEL [CURRENT]: `. The answer is trimmed; `None` if the user just presses Enter.
    pub fn text(
        &self,
        label: &str,
        current: Option<&str>,
        words: &[&str],
    ) -> Result<Option<String>, PromptError> {
        loop {
            let answer = self.shown(&asked(label, current), words, guard::may_hold_secret)?;
            if guard::sets_a_key(&answer) {
                hold(&answer);
                self.rest()?;
                self.say("A line that sets an access key is not an answer here.")?;
                continue;
            }
            if guard::may_hold_secret(&answer) {
                // What is said about the answer doesn't repeat it.
                hold(&answer);
            }
            return Ok(Some(answer.trim_matches(is_blank).to_owned()).filter(|answer| !answer.is_empty()));
        }
    }

    /// Asks for an access key ID as it is typed or pasted. It is shown unless it may be a secret.
    pub fn key_id(&self, label: &str, current: Option<&str>) -> Result<Option<Secret>, PromptError> {
        let answer = self.shown(&asked(label, current), &[], guard::may_be_secret)?;
        Ok(Some(Secret::new(&*answer)).filter(|answer| !answer.expose().trim_matches(is_blank).is_empty()))
    }

    /// Asks for a line without showing it, and returns it as it is typed or pasted.
    pub fn hidden(&self, label: &str, current: Option<&Secret>) -> Result<Option<Secret>, PromptError> {
        let answer = self.line(&asked(label, current.map(Secret::masked).as_deref()), Echo::Nothing)?;
        Ok(Some(Secret::new(&*answer)).filter(|answer| !answer.expose().trim_matches(is_blank).is_empty()))
    }

    /// Asks `LABEL: ` for a line without showing it, for so long; an error of the kind `TimedOut` afterwards. `None` if the
    /// user just presses Enter.
    pub fn unseen(&self, label: &str, patience: Duration) -> Result<Option<Secret>, PromptError> {
        let start = Instant::now();
        let awaits = || {
            let is_in_time = await_key(patience.saturating_sub(start.elapsed()));
            is_in_time.then_some(()).ok_or_else(|| io::ErrorKind::TimedOut.into())
        };
        let answer = self.awaited(&format!("{label}: "), Echo::Nothing, &awaits)?;
        Ok(Some(Secret::held(&**answer)).filter(|answer| !answer.expose().is_empty()))
    }

    /// Everything that is typed or pasted until Ctrl-D, without showing it.
    pub fn paste(&self) -> Result<Secret, PromptError> {
        let mut text = Zeroizing::new(String::with_capacity(4096));
        loop {
            match next_key(&self.term).map_err(broken_off)? {
                Key::Enter => text.push('\n'),
                Key::Tab => text.push('\t'),
                // It is a NUL if it was typed before the terminal was taken over.
                Key::Char(line::END_OF_INPUT | '\0') => return Ok(Secret::new(&*text)),
                Key::Char(c) => text.push(c),
                Key::Backspace => drop(text.pop()),
                _ => {}
            }
        }
    }

    /// A line that is typed or pasted outside a question, if it ends within this time. It is not shown, and not empty.
    pub fn line_within(&self, patience: Duration) -> Result<Option<Secret>, PromptError> {
        let start = Instant::now();
        while await_key(patience.saturating_sub(start.elapsed())) {
            let key = next_key(&self.term).map_err(broken_off)?;
            if let Some(line) = self.typed.borrow_mut().take(&key) {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    /// Whether more of a paste is there.
    #[expect(clippy::unused_self, reason = "only who holds the terminal may look for keys")]
    pub fn has_more(&self) -> bool {
        has_more(AFTER_A_LINE)
    }

    /// The rest of a paste, so that the next question doesn't take it for its answer.
    pub fn rest(&self) -> Result<Secret, PromptError> {
        let mut rest = Zeroizing::new(String::with_capacity(4096));
        while has_more(AFTER_A_LINE) {
            match next_key(&self.term).map_err(broken_off)? {
                Key::Enter => rest.push('\n'),
                Key::Char(c) => rest.push(c),
                _ => {}
            }
        }
        Ok(Secret::new(&*rest))
    }

    /// Asks `LABEL: ` for text without showing it. No credential contains blanks, so blanks of a paste are removed. Enter keeps
    /// nothing, so what there is isn't in the prompt.
    pub fn secret(&self, label: &str) -> Result<Option<Secret>, PromptError> {
        let answer = self.line(&format!("{label}: "), Echo::Nothing)?;
        let secret = Some(without_blanks(&answer)).filter(|secret| !secret.expose().is_empty());
        Ok(secret.inspect(|secret| hold(secret.expose())))
    }

    /// Asks for an MFA code without showing it, again where it isn't six digits. `None` if three answers aren't.
    pub fn code(&self, label: &str) -> Result<Option<Secret>, PromptError> {
        for _ in 0..3 {
            let answer = self.line(&format!("{label}: "), Echo::Nothing)?;
            if let Some(code) = mfa_code(&answer) {
                hold(code.expose());
                return Ok(Some(code));
            }
            self.say("An MFA code has 6 digits.")?;
        }
        Ok(None)
    }

    /// Asks a question to which Enter means no.
    pub fn confirm(&self, question: &str) -> Result<bool, PromptError> {
        self.decide(&format!("{question} [y/N]: "), false)
    }

    /// Asks a question to which Enter means yes.
    pub fn accept(&self, question: &str) -> Result<bool, PromptError> {
        self.decide(&format!("{question} [Y/n]: "), true)
    }

    fn decide(&self, prompt: &str, usual: bool) -> Result<bool, PromptError> {
        loop {
            // Nobody can have answered a question before it was asked.
            forget_keys(WITHIN_A_PASTE);
            let answer = self.shown(prompt, &[], guard::is_no_yes_or_no)?;
            match answer.trim().to_lowercase().as_str() {
                "" => return Ok(usual),
                "y" | "yes" => return Ok(true),
                "n" | "no" => return Ok(false),
                _ => self.say("Answer y or n.")?,
            }
        }
    }

    /// Lets the user choose from a list, which typing narrows. Returns the index of the item.
    pub fn choose(&self, label: &str, items: &[String], start: usize) -> Result<usize, PromptError> {
        let rows: Vec<String> = items.iter().map(|item| one_line(&redacted(item)).into_owned()).collect();
        if self.plain {
            return self.choose_by_number(label, &rows, start);
        }
        self.say(&format!("{label} (arrows to move, type to filter, Enter to select):"))?;
        draws_below(true);
        let has_more = || has_more(WITHIN_A_PASTE);
        let chosen = pick(&self.term, &rows, start, self.colored, &has_more).map_err(broken_off)?;
        draws_below(false);
        let chosen = chosen.ok_or_else(PromptError::ended)?;
        self.say(&format!("{label}: {}", unpadded(&rows[chosen])))?;
        Ok(chosen)
    }

    fn choose_by_number(&self, label: &str, rows: &[String], start: usize) -> Result<usize, PromptError> {
        let mut list = List::new(rows, start);
        loop {
            self.say(&format!("{label}:"))?;
            for row in list.matching() {
                self.say(&format!("{:>4}  {}", row + 1, rows[*row]))?;
            }
            let selected = list.selected().map(|row| (row + 1).to_string());
            let prompt = format!("Number or part of a name [{}]: ", selected.unwrap_or_default());
            match list.answer(&self.shown(&prompt, &[], guard::may_hold_secret)?) {
                Answer::Chosen(row) => {
                    self.say(&format!("{label}: {}", unpadded(&rows[row])))?;
                    return Ok(row);
                }
                Answer::Narrowed => {}
                Answer::NoMatch => self.say("No match.")?,
            }
        }
    }

    /// An answer that is shown unless it may be a secret.
    fn shown(
        &self,
        prompt: &str,
        words: &[&str],
        may_be_secret: fn(&str) -> bool,
    ) -> Result<Zeroizing<String>, PromptError> {
        self.line(prompt, Echo::Text { words, has_more: &|| has_more(WITHIN_A_PASTE), may_be_secret })
    }

    fn line(&self, prompt: &str, echo: Echo<'_>) -> Result<Zeroizing<String>, PromptError> {
        self.awaited(prompt, echo, &|| Ok(()))
    }

    /// A line, with a function that waits for the next key.
    fn awaited(
        &self,
        prompt: &str,
        echo: Echo<'_>,
        awaits: &dyn Fn() -> io::Result<()>,
    ) -> Result<Zeroizing<String>, PromptError> {
        let line = line::read(&self.term, prompt, echo, self.plain, awaits).map_err(broken_off)?;
        line.ok_or_else(PromptError::ended)
    }
}

impl Drop for Dialogue {
    fn drop(&mut self) {
        restore(false);
    }
}

/// Ctrl-C reaches both this thread and the handler; the first of them restores the terminal.
fn broken_off(error: io::Error) -> PromptError {
    if error.kind() == io::ErrorKind::Interrupted {
        restore(true);
    }
    error.into()
}

/// A prompt as `aws configure` writes it.
fn asked(label: &str, current: Option<&str>) -> String {
    format!("{label} [{}]: ", current.unwrap_or("None"))
}

#[cfg(test)]
mod tests;
