//! INI as readers other than Python's take it: what they differ in is a [`Dialect`], and one reader knows them all.

mod blanks;
mod lines;
mod patterns;
mod reader;
mod reading;

pub use blanks::Blanks;
pub use lines::Ends;
pub use reader::read;
pub use reading::{Block, Malformed, Pair, What};

/// How a reader takes the lines of a text.
#[derive(Debug)]
pub struct Dialect {
    pub ends: Ends,
    /// What is trimmed off headers, keys and values.
    pub blanks: Blanks,
    /// What a line of nothing but this is: none.
    pub empty_lines: Blanks,
    /// What an indented line begins with.
    pub indent: Blanks,
    /// What begins a comment behind a value, and after which blanks.
    pub comment_marks: &'static [u8],
    pub comment_blanks: Blanks,
    pub comment_lines: CommentLines,
    pub headers: HeaderLines,
    /// What ends a key.
    pub delimiters: &'static [u8],
    pub key_case: KeyCase,
    pub sub_key_case: KeyCase,
    /// Whether nothing is a key: `= value`.
    pub nameless_keys: bool,
    pub odd_keys: OddKeys,
    /// Whether a pair of quotes around a value is removed.
    pub removes_quotes: bool,
    pub indented: Indented,
    /// Whether a value of nothing but whitespace is the last character of it, and not empty.
    pub keeps_last_blank: bool,
    pub on_malformed: OnMalformed,
}

impl Dialect {
    /// What most readers do. What most don't agree on, each dialect states.
    pub const USUAL: Dialect = Dialect {
        ends: Ends::Lf,
        blanks: Blanks::SpaceAndTab,
        empty_lines: Blanks::SpaceAndTab,
        indent: Blanks::SpaceAndTab,
        comment_marks: b"#;",
        comment_blanks: Blanks::SpaceAndTab,
        comment_lines: CommentLines::All,
        headers: HeaderLines::Unindented,
        delimiters: b"=",
        key_case: KeyCase::Kept,
        sub_key_case: KeyCase::Kept,
        nameless_keys: false,
        odd_keys: OddKeys::Kept,
        removes_quotes: false,
        indented: Indented::Key,
        keeps_last_blank: false,
        on_malformed: OnMalformed::Ignored,
    };
}

impl Dialect {
    /// Whether the whole file is refused because of a header with this character in it.
    pub fn refuses_in_header(&self, c: char) -> bool {
        // It ends the header, so that there is no bracket.
        let is_end = self.headers == HeaderLines::Unindented && ['#', ';'].contains(&c);
        is_end && self.on_malformed == OnMalformed::Fails
    }
}

/// Which lines that begin with `#` or `;` are comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentLines {
    All,
    Unindented,
    /// None: they are like any other, and with a delimiter keys that nothing looks for.
    Keys,
}

/// Which lines are headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderLines {
    /// Every line that begins with `[`, and it is malformed without the `]`. The first `#` or `;` ends it.
    Unindented,
    /// A line that has `[` and `]` at its ends. Others that begin with `[` are lines like any other.
    Bracketed {
        /// Whether a comment behind it needs a blank, or begins at the first `#` or `;`.
        blank_before_comment: bool,
    },
    /// A line that begins with `[` and has `]` at its end, or before a `#`, with a name and no other bracket between them.
    /// Others are lines like any other.
    Whole,
}

/// What becomes of the letters of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyCase {
    Kept,
    /// Only A to Z are lowered.
    AsciiLowered,
    Lowered,
}

/// What becomes of a key that is no [identifier](is_identifier).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OddKeys {
    Kept,
    /// It is left out, but the lines that continue it have to be well-formed.
    LeftOut,
    /// It is left out together with the lines that continue it.
    LeftOutWhole,
}

/// What an indented line is that is neither a comment nor a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indented {
    /// More of the value above it. Below a key without a value it has to be a sub-key.
    Continuation {
        /// Whether a sub-key needs its `=` before what would be a comment. Its value keeps that.
        sub_keys_before_comments: bool,
    },
    /// A key like any other. Below one without a value it is a sub-key, and so is all that follows up to the next key that
    /// has a value and no indentation.
    Key,
    /// A sub-key below a key without a value, and so is all that follows up to the next key that has a value and no
    /// indentation. Without such a key it is lost below a key, and the whole file is refused below any other line.
    SubKey,
    /// With a delimiter a sub-key below a key without a value, else a key like any other; without one more of the value above
    /// it.
    KeyOrContinuation,
}

/// What a line does that has no meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnMalformed {
    Fails,
    Ignored,
}

/// Whether a text has only the characters that SDKs allow in names: ASCII letters, digits and `_-/.%@:+`.
pub fn is_identifier(text: &[u8]) -> bool {
    text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-/.%@:+".contains(byte))
}
