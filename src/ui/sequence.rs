//! The escape sequences of keys that [`console`] doesn't know. It returns what it has read as soon as it doesn't go on in a
//! known way, and the rest would be typed into an answer, where nobody sees it in a secret.
//!
//! The forms are those of ECMA-48 and of xterm's "Control Sequences".

use std::io;
use std::time::Duration;

use console::Key;

/// How long the next character of a sequence may take, over a slow line.
pub(super) const GAP: Duration = Duration::from_millis(50);

/// What is read of a sequence, behind its escape.
#[derive(Clone, Copy)]
enum State {
    Start,
    /// `ESC O`: a key while a program has the keypad for itself.
    Keypad,
    /// `ESC [`, with whether something stands between that and the last character.
    Control {
        has_parameters: bool,
    },
    /// A text for a program, to its end: an answer to a question that another program has asked.
    Text,
    /// So many more characters.
    Rest(u32),
}

/// What a character makes of a sequence.
enum Step {
    Goes(State),
    Ends(Key),
}

/// The key whose sequence begins with what was read; one that no prompt knows, if it has no meaning here. `next` is what follows
/// at once, or nothing.
///
/// # Errors
/// Those of `next`.
pub(super) fn completed(begun: Key, mut next: impl FnMut() -> io::Result<Option<Key>>) -> io::Result<Key> {
    let read = match begun {
        Key::Escape => Vec::new(),
        Key::UnknownEscSeq(read) => read,
        key => return Ok(key),
    };
    let is_lone = read.is_empty();
    let mut state = State::Start;
    let mut read = read.into_iter();
    for c in read.by_ref() {
        match state.step(c) {
            Step::Goes(on) => state = on,
            // One character too many was read.
            Step::Ends(key) => return Ok(read.next().map_or(key, Key::Char)),
        }
    }
    while !matches!(state, State::Rest(0)) {
        match next()? {
            Some(Key::Char(c)) => match state.step(c) {
                Step::Goes(on) => state = on,
                Step::Ends(key) => return Ok(key),
            },
            Some(Key::UnknownEscSeq(_)) if matches!(state, State::Text) => break,
            // Escape twice, or a sequence behind it.
            Some(key @ (Key::Escape | Key::UnknownEscSeq(_))) => return completed(key, next),
            Some(key) => return Ok(key),
            None if is_lone && matches!(state, State::Start) => return Ok(Key::Escape),
            None => break,
        }
    }
    Ok(unknown())
}

/// A key that means nothing to any prompt.
const fn unknown() -> Key {
    Key::UnknownEscSeq(Vec::new())
}

impl State {
    fn step(self, c: char) -> Step {
        match (self, c) {
            // Alt with a key that has a sequence.
            (State::Start, '\u{1b}') => Step::Goes(State::Start),
            (State::Start, 'O') | (State::Keypad, '0'..='9' | ';') => Step::Goes(State::Keypad),
            (State::Start, '[') => Step::Goes(State::Control { has_parameters: false }),
            (State::Start, ']' | 'P' | '^' | '_') => Step::Goes(State::Text),
            // Alt with a letter beyond ASCII, which is read byte by byte.
            (State::Start, '\u{c2}'..='\u{f4}') => {
                Step::Goes(State::Rest(1 + u32::from(c >= '\u{e0}') + u32::from(c >= '\u{f0}')))
            }
            // A function key of Linux's console; the mouse.
            (State::Control { has_parameters: false }, '[') => Step::Goes(State::Rest(1)),
            (State::Control { has_parameters: false }, 'M') => Step::Goes(State::Rest(3)),
            (State::Control { .. }, ' '..='?') => Step::Goes(State::Control { has_parameters: true }),
            (State::Keypad, 'M') => Step::Ends(Key::Enter),
            (State::Control { .. } | State::Keypad, '@'..='~') => Step::Ends(moving(c)),
            // Also Alt with a letter.
            (State::Text, '\u{7}') | (State::Rest(0) | State::Start, _) => Step::Ends(unknown()),
            (State::Text, _) => Step::Goes(State::Text),
            (State::Rest(left), _) => Step::Goes(State::Rest(left - 1)),
            // It is broken off: what follows is typed.
            (State::Control { .. } | State::Keypad, _) => Step::Ends(Key::Char(c)),
        }
    }
}

/// The key at the end of a sequence, whatever was held with it.
fn moving(last: char) -> Key {
    match last {
        'A' => Key::ArrowUp,
        'B' => Key::ArrowDown,
        'C' => Key::ArrowRight,
        'D' => Key::ArrowLeft,
        'H' => Key::Home,
        'F' => Key::End,
        _ => unknown(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is typed by keys as `console` reads them: what it has read of a sequence, then the characters that follow. Keys
    /// with a meaning are in angle brackets.
    fn typed(begun: Key, rest: &str) -> String {
        let mut keys = rest.chars().map(|c| match c {
            '\r' => Key::Enter,
            c => Key::Char(c),
        });
        let first = completed(begun, || Ok(keys.next())).unwrap();
        [first].into_iter().chain(keys).map(|key| said(&key)).collect()
    }

    fn said(key: &Key) -> String {
        match key {
            Key::Char(c) => c.to_string(),
            Key::UnknownEscSeq(_) => String::new(),
            key => format!("<{key:?}>"),
        }
    }

    fn sequence(read: &str) -> Key {
        Key::UnknownEscSeq(read.chars().collect())
    }

    #[test]
    fn nothing_of_a_sequence_is_typed() {
        for (read, rest, expected) in [
            // Ctrl and an arrow, F5, Ctrl and Delete, a pasted text with its marks.
            ("[1;", "5Dx", "<ArrowLeft>x"),
            ("[15", "~x", "x"),
            ("[3;", "5~x", "x"),
            ("[20", "0~x", "x"),
            // It came in two pieces.
            ("[1", ";2Hx", "<Home>x"),
            ("[", "Ax", "<ArrowUp>x"),
            // The keypad's.
            ("O", "Ax", "<ArrowUp>x"),
            ("O", "M", "<Enter>"),
            ("O", "Px", "x"),
            ("O", "5Cx", "<ArrowRight>x"),
            // The focus, and a character too many.
            ("[I", "", ""),
            ("[Ix", "y", "xy"),
            // Linux's console, and the mouse.
            ("[[A", "x", "x"),
            ("[M ", "!\"x", "x"),
            ("[<0", ";10;20Mx", "x"),
            // With Alt.
            ("b", "x", "x"),
            ("\u{1b}", "[Dx", "<ArrowLeft>x"),
            ("\u{c3}", "\u{a9}x", "x"),
            ("\u{e2}", "\u{82}\u{ac}x", "x"),
            // An answer about colors, ended in both ways.
            ("]", "11;rgb:0/0/0\u{7}x", "x"),
            // Broken off.
            ("[1;", "\rx", "<Enter>x"),
            ("[1;", "é", "é"),
            ("[1;", "", ""),
        ] {
            assert_eq!(typed(sequence(read), rest), expected, "{read:?} {rest:?}");
        }
    }

    #[test]
    fn a_text_for_a_program_ends_with_the_sequence_for_that() {
        let mut keys = [Key::Char('1'), sequence("\\"), Key::Char('x')].into_iter();
        let key = completed(sequence("]"), || Ok(keys.next())).unwrap();
        assert_eq!((said(&key), keys.next()), (String::new(), Some(Key::Char('x'))));
    }

    #[test]
    fn escape_is_a_key_where_nothing_follows() {
        assert_eq!(typed(Key::Escape, ""), "<Escape>");
        assert_eq!(typed(Key::Escape, "[1;5Dx"), "<ArrowLeft>x");
        assert_eq!(typed(Key::Escape, "\r"), "<Enter>");
        let mut keys = [Key::Escape].into_iter();
        assert_eq!(completed(Key::Escape, || Ok(keys.next())).unwrap(), Key::Escape);
        assert_eq!(typed(Key::Char('a'), "b"), "ab");
        assert_eq!(typed(Key::Enter, ""), "<Enter>");
    }
}
