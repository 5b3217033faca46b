//! The headers of a text, read in pieces. Where the rest is not wanted, filling a small piece of memory again and
//! again takes a quarter of the time of filling a large one, every page of which the system has to find first.

use std::io::{self, Read};

use memchr::memmem;

use super::contents::INHERITED;
use super::document::Index;

/// So many bytes are looked at together: few enough to stay near the processor.
const PIECE: usize = 1 << 15;

/// Reads a text of about `size` bytes, and gives `each` the text between the brackets of every header.
///
/// True if that was all there is to say: each piece is without faults and lost headers, none begins amid a section, there is no
/// `[DEFAULT]`, and `each` was content. Otherwise the text has to be looked at as a whole, for which headers that stand
/// there twice are a reason too.
pub fn headers(text: &mut impl Read, size: usize, each: impl FnMut(&str) -> bool) -> io::Result<bool> {
    by_pieces(text, size.min(PIECE) + 1, each)
}

/// The same, by pieces of at most `length` bytes.
pub(super) fn by_pieces(
    text: &mut impl Read,
    length: usize,
    mut each: impl FnMut(&str) -> bool,
) -> io::Result<bool> {
    let mut piece = zeroize::Zeroizing::new(vec![0; length]);
    let mut filled = 0;
    loop {
        let read = text.read(&mut piece[filled..])?;
        filled += read;
        let end = if read == 0 { filled } else { last_header(&piece[..filled]) };
        if end == 0 && filled == piece.len() {
            return Ok(false);
        }
        let index = Index::of(&piece[..end]);
        let Ok(text) = std::str::from_utf8(&piece[..end]) else { return Ok(false) };
        let mut names = index.headers.iter().map(|header| &text[header.name.start()..header.name.end()]);
        if !index.faults.is_empty()
            || !index.lost.is_empty()
            || !names.all(|name| name.as_bytes() != INHERITED && each(name))
        {
            return Ok(false);
        }
        if read == 0 {
            return Ok(true);
        }
        piece.copy_within(end..filled, 0);
        filled -= end;
    }
}

/// Where the last line begins that looks like a header. If it is none, then what begins with it has a fault: text
/// that belongs to no section.
fn last_header(piece: &[u8]) -> usize {
    memmem::rfind(piece, b"\n[").map_or(0, |at| at + 1)
}
