//! A line that is typed or pasted while the program waits for something else. Nothing of it is shown.

use console::Key;
use zeroize::Zeroizing;

use super::line::ERASE_LINE;
use crate::secret::Secret;

/// The longest line, in bytes. What follows is ignored. A buffer that grows leaves copies in memory that are never zeroed.
const LONGEST: usize = 64 << 10;

/// The line as far as it is typed.
pub(super) struct HiddenLine(Zeroizing<String>);

impl HiddenLine {
    pub(super) fn new() -> HiddenLine {
        HiddenLine(Zeroizing::default())
    }

    /// Adds a key. Returns the line at its end, unless it is empty.
    pub(super) fn take(&mut self, key: &Key) -> Option<Secret> {
        let HiddenLine(text) = self;
        match key {
            Key::Enter => {
                let line = std::mem::take(text);
                return (!line.trim().is_empty()).then(|| Secret::new(&**line));
            }
            Key::Backspace => drop(text.pop()),
            Key::Char(ERASE_LINE) => *text = Zeroizing::default(),
            Key::Char(c) if !c.is_control() && text.len() + c.len_utf8() <= LONGEST => {
                if text.capacity() == 0 {
                    text.reserve_exact(LONGEST);
                }
                text.push(*c);
            }
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of keys: `<` is Backspace.
    fn lines(keys: &str) -> Vec<String> {
        let mut line = HiddenLine::new();
        let keys = keys.chars().map(|c| match c {
            '\n' => Key::Enter,
            '<' => Key::Backspace,
            c => Key::Char(c),
        });
        let lines = keys.chain([Key::ArrowLeft]).filter_map(|key| line.take(&key));
        lines.map(|line| line.expose().to_owned()).collect()
    }

    #[test]
    fn a_line_ends_with_enter_and_an_empty_one_is_none() {
        assert_eq!(lines("code=a&state=b\n\n  \nrest"), ["code=a&state=b"]);
        assert_eq!(lines("ax<b\né<\nc\n"), ["ab", "c"]);
        assert_eq!(lines("wrong\u{15}right\u{4}\u{7}\n"), ["right"]);
        assert_eq!(
            lines(&format!("{}\nb\n", "x".repeat(LONGEST + 10))),
            ["x".repeat(LONGEST), "b".to_owned()]
        );
    }
}
