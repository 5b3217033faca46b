//! Masks secrets in free text: what a program says, a comment in a file, a command line that was typed.

use std::borrow::Cow;
use std::ops::Range;

use super::masking::without_secret_words;
use super::names::{is_command, is_of_name};
use super::program::without_arguments;
use crate::secret::Care;

/// Masks what has the name or the form of a secret, and the arguments of each command line that is the value of a key.
pub fn masked(text: &str, care: Care) -> String {
    without_secret_words(&without_command_lines(text), care)
}

/// Leaves only the program of each command line that is the value of a key: `credential_process = PROGRAM …`.
fn without_command_lines(text: &str) -> Cow<'_, str> {
    let shown = |line: &str| {
        let value = command_in(line)?;
        Some(format!("{}{}", &line[..value.start], without_arguments(&line[value])))
    };
    if !text.split('\n').any(|line| command_in(line).is_some()) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<_> =
        text.split('\n').map(|line| shown(line).map_or(Cow::Borrowed(line), Cow::Owned)).collect();
    Cow::Owned(lines.join("\n"))
}

/// The command line in a line of text, which is behind the name of its key and a `=`.
fn command_in(line: &str) -> Option<Range<usize>> {
    let mut delimiters = line.match_indices('=');
    let (at, _) = delimiters.find(|(at, _)| {
        let before = line[..*at].trim_end();
        let name = before.rsplit(|c| !is_of_name(c)).next().unwrap_or_default();
        is_command(name)
    })?;
    let rest = &line[at + 1..];
    let value = rest.trim();
    let start = at + 1 + rest.len() - rest.trim_start().len();
    (!value.is_empty()).then(|| start..start + value.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_command_line_in_a_text_only_the_program_is_shown() {
        for (text, shown) in [
            ("x\nc:5: credential_process = t -u me:x # y\nz", "x\nc:5: credential_process = t …\nz"),
            ("set a=b credential_proces='t -u me:x' z", "set a=b credential_proces=t …"),
            ("credential_process = t", "credential_process = t"),
            ("credential_process: it failed\nx =", "credential_process: it failed\nx ="),
        ] {
            assert_eq!(masked(text, Care::Usual), shown);
        }
    }
}
