//! Text from standard input, another descriptor, or a file that someone else supplies. Text beyond a limit is rejected,
//! never truncated, and errors don't repeat any of it. Text from a terminal is typed in a dialogue, which shows none of it.

use std::fs::File;
use std::io::{self, IsTerminal, Read};

use zeroize::{Zeroize, Zeroizing};

use super::interrupt::handle_unless_ignored;
use super::{Dialogue, Ui, document, system};
use crate::failure::{Code, Explain, Failure, Hint};
use crate::secret::Secret;

/// The limit in bytes of a value, or of a secret access key with its session token. Session tokens have a few
/// thousand.
pub const LONGEST_VALUE: usize = 64 * 1024;

/// The name of standard input in messages.
const STANDARD_INPUT: &str = "standard input";

/// Why text was rejected.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    #[error("{from} is larger than {} KiB", limit / 1024)]
    TooLong { from: String, limit: usize },
    #[error("{from} is not UTF-8")]
    NotUtf8 { from: String },
    #[error("{from} contains a NUL byte")]
    Nul { from: String },
    #[error("{from} can't be read")]
    Io { from: String, source: io::Error },
    #[error("{from} is a terminal that would show what is typed")]
    Shown { from: String },
}

impl Explain for InputError {
    fn code(&self) -> Code {
        match self {
            InputError::Io { .. } => Code::Io,
            InputError::Shown { .. } => Code::NeedsTerminal,
            _ => Code::Usage,
        }
    }

    fn help(&self) -> Option<Hint> {
        match self {
            InputError::TooLong { .. } | InputError::Io { .. } => None,
            InputError::NotUtf8 { .. } | InputError::Nul { .. } => Some("write it as UTF-8 text".into()),
            InputError::Shown { .. } => Some("give the text through a pipe or from a file".into()),
        }
    }
}

/// Where text is read that may be a secret.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub enum Source {
    #[error("{STANDARD_INPUT}")]
    StandardInput,
    /// An inherited descriptor.
    #[error("file descriptor {0}")]
    Descriptor(u32),
}

/// Text that may be a secret.
pub enum Supplied {
    /// The whole text.
    Text(Secret),
    /// The source is a terminal, which shows what is typed outside this dialogue.
    Typed(Dialogue),
}

/// The whole text of a source, up to `limit` bytes, or the dialogue in which it is typed, on which Ctrl-C leaves
/// `farewell`. No other program gets it: those that are started later find the descriptor closed, and standard input empty,
/// even if it is a file, where they could go back to the start.
pub fn supplied(source: Source, limit: usize, farewell: &'static str, ui: &Ui) -> Result<Supplied, Failure> {
    let from = || source.to_string();
    let unreadable = |source| InputError::Io { from: from(), source };
    let (input, number) = match source {
        Source::StandardInput => (system::standard_input(), 0),
        Source::Descriptor(number) => (system::descriptor(number), number),
    };
    let input = input.map_err(unreadable)?;
    if input.is_terminal() {
        let dialogue = ui.dialogue(farewell)?;
        return Ok(Supplied::Typed(dialogue.ok_or_else(|| InputError::Shown { from: from() })?));
    }
    if document::is_awaited() {
        // Whoever writes the text may take long.
        handle_unless_ignored();
    }
    let text = read(input, &from(), limit)?;
    system::withhold(number).map_err(unreadable)?;
    Ok(Supplied::Text(text))
}

/// The whole text of `reader`, which messages call `from`, without a byte order mark.
pub fn read(reader: impl Read, from: &str, limit: usize) -> Result<Secret, InputError> {
    // Large enough from the start, so that growing leaves no copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(limit + 1));
    let reading = |source| InputError::Io { from: from.to_owned(), source };
    reader.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(reading)?;
    text(bytes, from, limit)
}

fn text(mut bytes: Zeroizing<Vec<u8>>, from: &str, limit: usize) -> Result<Secret, InputError> {
    let from = || from.to_owned();
    if bytes.len() > limit {
        return Err(InputError::TooLong { from: from(), limit });
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    if bytes.contains(&0) {
        // UTF-16 text has many NUL bytes.
        return Err(InputError::Nul { from: from() });
    }
    String::from_utf8(std::mem::take(&mut *bytes)).map(Secret::new).map_err(|error| {
        error.into_bytes().zeroize();
        InputError::NotUtf8 { from: from() }
    })
}

/// Lines of standard input, read one at a time. What follows the last one is left for the next reader.
pub struct Lines {
    input: File,
    /// The bytes read so far.
    taken: usize,
}

impl Lines {
    /// `None` if standard input is a terminal.
    pub fn piped() -> Result<Option<Lines>, InputError> {
        if io::stdin().is_terminal() {
            return Ok(None);
        }
        let input = system::standard_input().map_err(unreadable)?;
        Ok(Some(Lines { input, taken: 0 }))
    }

    /// The next line without its `\n` or `\r\n`; `None` at the end of the input.
    pub fn next_line(&mut self) -> Result<Option<Secret>, InputError> {
        let mut line = Zeroizing::new(Vec::with_capacity(LONGEST_VALUE + 1));
        let mut byte = Zeroizing::new([0]);
        loop {
            match self.input.read(&mut *byte) {
                Ok(0) if line.is_empty() => return Ok(None),
                Ok(0) => break,
                Ok(_) => self.taken += 1,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(unreadable(error)),
            }
            if self.taken > LONGEST_VALUE {
                return Err(InputError::TooLong { from: STANDARD_INPUT.to_owned(), limit: LONGEST_VALUE });
            }
            if byte[0] == b'\n' {
                break;
            }
            line.push(byte[0]);
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        text(line, STANDARD_INPUT, LONGEST_VALUE).map(Some)
    }
}

fn unreadable(source: io::Error) -> InputError {
    InputError::Io { from: STANDARD_INPUT.to_owned(), source }
}

#[cfg(test)]
mod examples;

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(bytes: &[u8]) -> Result<String, String> {
        read(bytes, "it", 16).map(|text| text.expose().to_owned()).map_err(|error| error.to_string())
    }

    #[test]
    fn text_beyond_the_limit_is_rejected_whole() {
        assert_eq!(outcome(b"sixteen bytes ok"), Ok("sixteen bytes ok".to_owned()));
        assert_eq!(outcome(b"seventeen bytes !"), Err("it is larger than 0 KiB".to_owned()));
        assert_eq!(outcome(b"\xef\xbb\xbfmarked"), Ok("marked".to_owned()));
        assert_eq!(outcome(b""), Ok(String::new()));
    }

    #[test]
    fn an_endless_input_is_rejected_at_the_limit() {
        let endless = read(io::repeat(b'y'), "it", LONGEST_VALUE);
        assert!(matches!(endless, Err(InputError::TooLong { .. })));
    }

    #[test]
    fn bytes_that_are_not_text_are_rejected() {
        assert_eq!(outcome(b"a\0b"), Err("it contains a NUL byte".to_owned()));
        assert_eq!(outcome(b"s\0e\0c\0"), Err("it contains a NUL byte".to_owned()));
        assert_eq!(outcome(b"\xff\xfes"), Err("it is not UTF-8".to_owned()));
        assert_eq!(outcome(b"\x80"), Err("it is not UTF-8".to_owned()));
    }
}
