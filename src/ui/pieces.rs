//! Long results, written while they are made. As one text a list of ten thousand rows would need more memory than the
//! file that it is about, and the system takes longer to provide new memory than the program to fill it.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, StdoutLock, Write};

use super::{OutputError, Ui, streams};
use crate::text::search;

/// How many bytes are collected before they are written. A shorter result is one write.
const LENGTH: usize = 32 << 10;

/// What each piece becomes before it is written. It gets whole lines, and what is behind the last one at the end.
pub type Treatment = fn(&[u8]) -> Cow<'_, [u8]>;

impl Ui {
    /// Standard output for a long result, which is written unchanged.
    pub fn pieces(&self) -> Pieces<StdoutLock<'static>> {
        self.treated_pieces(|piece| Cow::Borrowed(piece))
    }

    /// Standard output for a long result.
    pub fn treated_pieces(&self, treat: Treatment) -> Pieces<StdoutLock<'static>> {
        self.has_written.set(true);
        Pieces::new(streams::out().lock(), treat)
    }
}

/// A stream that is written line by line, many lines at once.
pub struct Pieces<W> {
    out: W,
    treat: Treatment,
    text: Vec<u8>,
    /// How long the text gets before its lines are written.
    full: usize,
    /// Why it can't be written.
    problem: Option<io::Error>,
}

impl<W: Write> Pieces<W> {
    fn new(out: W, treat: Treatment) -> Pieces<W> {
        Pieces { out, treat, text: Vec::new(), full: LENGTH, problem: None }
    }

    pub fn push(&mut self, text: &str) -> Result<(), OutputError> {
        Ok(self.write_all(text.as_bytes())?)
    }

    /// Writes what is left.
    pub fn finish(mut self) -> Result<(), OutputError> {
        if let Some(problem) = self.problem {
            return Err(problem.into());
        }
        self.out.write_all(&(self.treat)(&self.text))?;
        Ok(self.out.flush()?)
    }

    fn write_lines(&mut self) -> io::Result<()> {
        if let Some(last) = search::one(b'\n').rfind(&self.text) {
            self.out.write_all(&(self.treat)(&self.text[..=last]))?;
            self.text.drain(..=last);
        }
        self.full = self.text.len() + LENGTH;
        Ok(())
    }
}

impl<W: Write> Write for Pieces<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.text.extend_from_slice(bytes);
        if self.text.len() < self.full { Ok(()) } else { self.write_lines() }
    }

    /// The end of the result writes it; before that it is written by whole lines.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<W: Write> fmt::Write for Pieces<W> {
    #[inline]
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.write_all(text.as_bytes()).map_err(|problem| {
            self.problem.get_or_insert(problem);
            fmt::Error
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps each write by itself; the one that begins with `!` fails.
    struct Log<'l>(&'l mut Vec<Vec<u8>>);

    impl Write for Log<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if bytes.starts_with(b"!") {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            self.0.push(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn upper(piece: &[u8]) -> Cow<'_, [u8]> {
        assert!(piece.ends_with(b"\n") || piece.ends_with(b"end"), "a piece is whole lines");
        piece.to_ascii_uppercase().into()
    }

    #[test]
    fn a_long_text_is_written_in_whole_lines_and_a_short_one_at_once() {
        for (line, count, most) in [("row 1 ", 10, 1), ("row ", 2_000, 3), ("a line ", 9_000, 20)] {
            let (mut log, line) = (Vec::new(), line.repeat(7));
            let mut pieces = Pieces::new(Log(&mut log), upper);
            for _ in 0..count {
                // No line ends where a write does.
                pieces.push(&line).unwrap();
                pieces.push("é\nbegun ").unwrap();
            }
            pieces.push("end").unwrap();
            pieces.finish().unwrap();
            assert!(log.len() <= most && (count < 100 || log.len() > 1), "{count}: {}", log.len());
            let expected = format!("{}end", format!("{line}é\nbegun ").repeat(count));
            assert_eq!(log.concat(), expected.as_bytes().to_ascii_uppercase());
        }
    }

    #[test]
    fn a_line_longer_than_a_piece_stays_whole() {
        let (mut log, word) = (Vec::new(), "x".repeat(1000));
        let mut pieces = Pieces::new(Log(&mut log), upper);
        (0..200).for_each(|_| pieces.push(&word).unwrap());
        pieces.push("\nend").unwrap();
        pieces.finish().unwrap();
        assert_eq!(log.concat().len(), 200_004);
        assert!(log.iter().filter(|piece| !piece.is_empty()).count() <= 2);
    }

    #[test]
    fn a_text_that_cant_be_written_says_why() {
        let mut log = Vec::new();
        let mut pieces = Pieces::new(Log(&mut log), |piece| piece.into());
        let written = fmt::Write::write_str(&mut pieces, &format!("!{}", "line\n".repeat(LENGTH)));
        assert!(written.is_err() && pieces.finish().is_err());
        let mut pieces = Pieces::new(Log(&mut log), |piece| piece.into());
        assert!(pieces.push(&format!("!{}", "line\n".repeat(LENGTH))).is_err());
    }
}
