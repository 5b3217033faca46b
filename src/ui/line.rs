//! One line typed at a prompt: it is drawn correctly in a window of any width, a secret is not drawn at all, and the end
//! of the input is not the same as an empty answer.

use std::io;

use console::{Key, Term, measure_text_width};
use zeroize::Zeroizing;

use super::before::next_key;
use super::wrap::wrapped;
use crate::secret::redacted;
use crate::text::{shared_beginning, visible};

pub(super) const END_OF_INPUT: char = '\u{4}';
const ERASE_REST: char = '\u{b}';
pub(super) const ERASE_LINE: char = '\u{15}';
pub(super) const ERASE_WORD: char = '\u{17}';

/// What a prompt shows of an answer, and what Tab completes.
#[derive(Clone, Copy)]
pub(super) enum Echo<'w> {
    /// The answer, unless it may be a secret: people paste one where something else belongs. It is drawn when no more
    /// keys wait to be read, so that nothing of a paste is shown before all of its line is known.
    Text {
        /// What Tab completes it to.
        words: &'w [&'w str],
        has_more: &'w dyn Fn() -> bool,
        may_be_secret: fn(&str) -> bool,
    },
    Nothing,
}

/// A line while it is typed.
struct Line<'p> {
    term: &'p Term,
    prompt: &'p str,
    echo: Echo<'p>,
    /// Whether the cursor can't be moved except to the start of its row.
    plain: bool,
    text: Zeroizing<String>,
    cursor: usize,
    /// The rows between the prompt's first row and the cursor.
    row: usize,
    /// How wide the drawing is.
    drawn: usize,
    /// What the drawing doesn't show yet.
    late: Late,
    /// Whether the drawing shows the answer.
    is_shown: bool,
    /// Whether the answer may be what is left of a secret.
    was_secret: bool,
}

/// What a drawing doesn't show yet.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Late {
    #[default]
    Nothing,
    /// The text behind these bytes.
    Addition(usize),
    Anything,
}

/// Asks for a line. `None` if the input ends before anything is typed. The prompt isn't trusted: a device's name comes
/// from a file. `awaits` may end the question before each key.
pub(super) fn read(
    term: &Term,
    prompt: &str,
    echo: Echo<'_>,
    plain: bool,
    awaits: &dyn Fn() -> io::Result<()>,
) -> io::Result<Option<Zeroizing<String>>> {
    let prompt = redacted(prompt);
    let prompt = &*visible(&prompt);
    // A long question is broken at words; what is typed follows its last line.
    let broken = wrapped(prompt, usize::from(term.size().1));
    let prompt = match broken.rsplit_once('\n') {
        Some((above, last)) => {
            term.write_line(above)?;
            last
        }
        None => prompt,
    };
    // Large enough for a session token, so that growing leaves no copies behind.
    let text = Zeroizing::new(String::with_capacity(4096));
    let (late, is_shown, was_secret) = (Late::Nothing, true, false);
    let mut line =
        Line { term, prompt, echo, plain, text, cursor: 0, row: 0, drawn: 0, late, is_shown, was_secret };
    line.begin()?;
    loop {
        awaits().or_else(|ended| line.leave().and(Err(ended)))?;
        match next_key(term)? {
            Key::Enter => {
                line.catch_up()?;
                line.leave()?;
                return Ok(Some(line.text));
            }
            Key::Char(END_OF_INPUT) if line.text.is_empty() => {
                line.leave()?;
                return Ok(None);
            }
            key => {
                line.take(&key)?;
                if let Echo::Text { has_more, .. } = echo
                    && !has_more()
                {
                    line.catch_up()?;
                }
            }
        }
    }
}

impl Line<'_> {
    fn take(&mut self, key: &Key) -> io::Result<()> {
        match key {
            Key::Tab => return self.complete(),
            // The shell has written to the terminal.
            Key::Unknown => self.begin()?,
            Key::Char(c) if !c.is_control() && self.cursor == self.text.len() => {
                self.append(c.encode_utf8(&mut [0; 4]));
                return Ok(());
            }
            Key::Backspace => self.erase(self.before()),
            Key::Del => self.erase_to(self.after()),
            Key::Char(ERASE_LINE) => self.erase(0),
            Key::Char(ERASE_REST) => self.erase_to(self.text.len()),
            Key::Char(ERASE_WORD) => {
                let kept = self.text[..self.cursor].trim_end().rfind(char::is_whitespace);
                self.erase(kept.map_or(0, |blank| blank + 1));
            }
            Key::ArrowLeft => self.cursor = self.before(),
            Key::ArrowRight => self.cursor = self.after(),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = self.text.len(),
            Key::Char(c) if !c.is_control() => {
                self.text.insert(self.cursor, *c);
                self.cursor += c.len_utf8();
            }
            _ => return Ok(()),
        }
        self.late = Late::Anything;
        Ok(())
    }

    /// Draws what has not been drawn yet. What was only added needs no escape sequences.
    fn catch_up(&mut self) -> io::Result<()> {
        let late = std::mem::take(&mut self.late);
        match (self.echo, late) {
            (Echo::Nothing, _) | (_, Late::Nothing) => Ok(()),
            (_, Late::Addition(start)) if self.is_shown && !self.is_secret() => {
                let width = measure_text_width(&self.shown(self.cursor));
                self.row = width / self.columns();
                self.drawn = width;
                self.term.write_str(&format!("{}{}", visible(&self.text[start..]), self.wrap(width)))
            }
            _ => self.draw(),
        }
    }

    /// Adds text at the end.
    fn append(&mut self, addition: &str) {
        self.late = match self.late {
            Late::Nothing => Late::Addition(self.text.len()),
            late => late,
        };
        self.text.push_str(addition);
        self.cursor = self.text.len();
    }

    /// Whether the answer may be a secret, so that it isn't shown.
    fn is_secret(&self) -> bool {
        self.was_secret || matches!(self.echo, Echo::Text { may_be_secret, .. } if may_be_secret(&self.text))
    }

    /// Where the character before the cursor begins.
    fn before(&self) -> usize {
        self.text[..self.cursor].char_indices().next_back().map_or(0, |(at, _)| at)
    }

    /// Where the character at the cursor ends.
    fn after(&self) -> usize {
        self.cursor + self.text[self.cursor..].chars().next().map_or(0, char::len_utf8)
    }

    /// Removes the text between `start` and the cursor.
    fn erase(&mut self, start: usize) {
        self.was_secret |= self.is_secret();
        self.text.drain(start..self.cursor);
        self.cursor = start;
        self.was_secret &= !self.text.is_empty();
    }

    /// Removes the text between the cursor and `end`.
    fn erase_to(&mut self, end: usize) {
        let start = std::mem::replace(&mut self.cursor, end);
        self.erase(start);
    }

    fn complete(&mut self) -> io::Result<()> {
        let Echo::Text { words, .. } = self.echo else { return Ok(()) };
        let candidates: Vec<&str> =
            words.iter().copied().filter(|word| word.starts_with(self.text.as_str())).collect();
        let completed = shared_beginning(&candidates);
        if completed.len() <= self.text.len() && candidates.len() > 1 {
            self.leave()?;
            self.term.write_line(&visible(&candidates.join("  ")))?;
            (self.row, self.drawn) = (0, 0);
        }
        self.cursor = self.text.len();
        self.draw()?;
        let missing = completed.get(self.text.len()..).unwrap_or_default();
        self.append(missing);
        Ok(())
    }

    /// The first drawing has no escape sequences, so that a plain prompt is plain text in a recording of the terminal.
    fn begin(&mut self) -> io::Result<()> {
        let width = measure_text_width(self.prompt);
        self.row = width / self.columns();
        self.drawn = width;
        self.term.write_str(&format!("{}{}", self.prompt, self.wrap(width)))
    }

    fn draw(&mut self) -> io::Result<()> {
        let drawing = if self.plain { self.plain_drawing() } else { self.drawing() };
        self.late = Late::Nothing;
        self.is_shown = !self.is_secret();
        self.term.write_str(&drawing)
    }

    /// The text over the old one, if both are in one row, otherwise below it.
    fn plain_drawing(&mut self) -> String {
        let shown = self.shown(self.text.len());
        let width = measure_text_width(&shown);
        let covered = self.drawn.saturating_sub(width);
        let is_one_row = self.drawn.max(width) < self.columns();
        self.drawn = width;
        if is_one_row {
            format!("\r{shown}{:covered$}\r{}", "", self.shown(self.cursor))
        } else {
            format!("\r\n{shown}")
        }
    }

    fn drawing(&mut self) -> String {
        let mut drawing = String::new();
        if self.row > 0 {
            drawing.push_str(&format!("\u{1b}[{}A", self.row));
        }
        let shown = self.shown(self.text.len());
        let width = measure_text_width(&shown);
        drawing.push_str(&format!("\r\u{1b}[J{shown}{}", self.wrap(width)));
        let columns = self.columns();
        let at = measure_text_width(&self.shown(self.cursor));
        if at < width {
            if width / columns > at / columns {
                drawing.push_str(&format!("\u{1b}[{}A", width / columns - at / columns));
            }
            drawing.push('\r');
            if !at.is_multiple_of(columns) {
                drawing.push_str(&format!("\u{1b}[{}C", at % columns));
            }
        }
        self.row = at / columns;
        drawing
    }

    /// The prompt and what is shown of the first `end` bytes of the answer.
    fn shown(&self, end: usize) -> String {
        match self.echo {
            Echo::Text { .. } if !self.is_secret() => {
                format!("{}{}", self.prompt, visible(&self.text[..end]))
            }
            _ => self.prompt.to_owned(),
        }
    }

    /// After filling a row a terminal stays on it; a line break moves the cursor to where the next character will be.
    fn wrap(&self, width: usize) -> &'static str {
        if width > 0 && width.is_multiple_of(self.columns()) { "\r\n" } else { "" }
    }

    fn leave(&mut self) -> io::Result<()> {
        if self.cursor < self.text.len() && !matches!(self.echo, Echo::Nothing) {
            self.cursor = self.text.len();
            self.draw()?;
        }
        self.term.write_line("")
    }

    fn columns(&self) -> usize {
        usize::from(self.term.size().1).max(1)
    }
}
