//! Why an edit was not made.

use super::lost::Cause;

/// What an edit would do to lines that may belong to another section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Effect {
    #[error("this change would also change or remove")]
    Change,
    #[error("the copy would also have")]
    Copy,
}

/// Why an edit was not made. The document is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The format has no way to hold the character.
    #[error("{part} can't contain {character}: it could not be read back")]
    Unrepresentable {
        /// What was to hold it: a value, a key or a section name.
        part: &'static str,
        /// The character's name.
        character: &'static str,
    },
    /// Readers trim what they read.
    #[error("{part} can't begin or end with whitespace: readers trim it")]
    EdgeSpace {
        /// What was to hold it.
        part: &'static str,
    },
    /// A name of no characters.
    #[error("{part} can't be empty")]
    Empty {
        /// What was empty.
        part: &'static str,
    },
    /// The first character would make the line something else.
    #[error("a key can't begin with `{0}`: the line would be read as something else")]
    KeyStart(char),
    /// A nested block was to go, for a plain value or because another one has its key.
    #[error("`{key}` is a nested block, and {} in it would be removed", settings(*count))]
    BlockInTheWay {
        key: String,
        /// Its line, counted from 1.
        line: u32,
        /// How many settings the block holds.
        count: usize,
    },
    /// A nested value was to go below a key that holds a plain value.
    #[error("`{key}` has a plain value, so nothing can be nested in it")]
    TextInTheWay {
        key: String,
        /// Its line, counted from 1.
        line: u32,
    },
    /// A header that isn't read as one is among the lines that would change.
    #[error("`{header}` {cause}; {effect} lines that belong below `{header}`")]
    LostHeader {
        /// The header as it is written, with the brackets that it has.
        header: String,
        /// Its line, counted from 1.
        line: u32,
        /// Why it isn't read.
        cause: Cause,
        effect: Effect,
    },
    /// What looks like a setting is part of the value that would go.
    #[error(
        "{} {cause}, and would be removed with it",
        lost.as_deref().map_or("what looks like a setting".to_owned(), |lost| format!("`{lost}`"))
    )]
    LostSetting {
        /// The key of what would be removed, unless it might be a piece of a secret.
        lost: Option<String>,
        /// Its line, counted from 1.
        line: u32,
        /// Why it is part of that value.
        cause: Cause,
    },
    /// A line below one without a meaning is part of the value that would go.
    #[error(
        "line {line} is read as part of the value of `{key}` on line {owner}, although line {stray} is between them, \
         and would be removed with it"
    )]
    BelowStray {
        /// The key that has it in its value.
        key: String,
        /// The line of that key, counted from 1.
        owner: u32,
        /// The line without a meaning.
        stray: u32,
        /// The line that would be removed.
        line: u32,
    },
    /// The key to be changed is below a line without a meaning, which may have been meant for a header.
    #[error("{NO_MEANING}, so `{key}` on line {line} may belong to another section")]
    BehindStray {
        /// With that of its block.
        key: String,
        /// The line of that key, counted from 1.
        line: u32,
        /// The line without a meaning.
        stray: u32,
    },
    /// The section to be removed or copied has a line without a meaning, which may have been meant for a header.
    #[error("{NO_MEANING}; {effect} lines below it, which may belong to another section")]
    StrayWithin {
        /// The line without a meaning, counted from 1.
        stray: u32,
        effect: Effect,
    },
    /// A merge left two versions of some lines, and the choice between them is open.
    #[error("unresolved merge conflict, so nothing is written to the file")]
    Conflict {
        /// The line of the first mark, counted from 1.
        line: u32,
    },
    /// Text that is not ASCII would be put among bytes of another encoding: no program could read both.
    #[error("invalid UTF-8, so only ASCII is written to the file")]
    NotUtf8 {
        /// The first such line, counted from 1.
        line: u32,
    },
    /// Two sections would have one header.
    #[error("there would be two sections `{header}`, and AWS CLI and boto3 could not read the file")]
    RepeatedSection {
        /// With its brackets.
        header: String,
    },
    /// The text around the place is such that other lines would be read differently.
    #[error("the edit would change other settings too, because of how the lines around it are laid out")]
    Entangled {
        /// The first line, counted from 1, that would be read differently.
        line: u32,
    },
}

const NO_MEANING: &str = "not a section header, a setting or a comment";

impl Refusal {
    /// The line, counted from 1, that is in the way.
    pub fn line(&self) -> Option<u32> {
        match self {
            Refusal::BlockInTheWay { line, .. }
            | Refusal::TextInTheWay { line, .. }
            | Refusal::LostHeader { line, .. }
            | Refusal::LostSetting { line, .. }
            | Refusal::BelowStray { line, .. }
            | Refusal::BehindStray { stray: line, .. }
            | Refusal::StrayWithin { stray: line, .. }
            | Refusal::Conflict { line }
            | Refusal::NotUtf8 { line }
            | Refusal::Entangled { line } => Some(*line),
            _ => None,
        }
    }

    /// The refusal with the lines of the whole document, for a part that begins `by` lines below its first one.
    pub(super) fn below(mut self, by: usize) -> Refusal {
        let by = u32::try_from(by).unwrap_or(u32::MAX);
        match &mut self {
            Refusal::BlockInTheWay { line, .. }
            | Refusal::TextInTheWay { line, .. }
            | Refusal::StrayWithin { stray: line, .. }
            | Refusal::Entangled { line } => {
                *line += by;
            }
            Refusal::LostHeader { line, cause, .. } | Refusal::LostSetting { line, cause, .. } => {
                *line += by;
                if let Cause::Indented { of } | Cause::InLine { of } = cause {
                    *of += by;
                }
            }
            Refusal::BelowStray { owner, stray, line, .. } => {
                for line in [owner, stray, line] {
                    *line += by;
                }
            }
            Refusal::BehindStray { line, stray, .. } => {
                *line += by;
                *stray += by;
            }
            _ => {}
        }
        self
    }
}

fn settings(count: usize) -> String {
    if count == 1 { "the setting".to_owned() } else { format!("the {count} settings") }
}
