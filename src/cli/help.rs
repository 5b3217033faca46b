//! Help in which what is between backquotes, and an indented line, is never broken over lines, because it is pasted. clap
//! breaks lines at spaces, so those spaces are another character until the help is laid out.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::ErrorKind;

use super::Cli;

/// What clap doesn't break a line at, and no help text has.
const GLUE: char = '\u{a0}';

/// The help that the arguments ask for, as it is printed.
pub fn laid_out(asked: clap::Error, arguments: &[OsString], is_colored: bool) -> String {
    let is_help =
        matches!(asked.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand);
    let mut text = asked.render();
    // Defining all commands takes longer than laying out the help of one.
    if is_help && quotes_several_words(&text.to_string()) {
        text = glued(Cli::definition()).try_get_matches_from(arguments).err().unwrap_or(asked).render();
    }
    let text = if is_colored { text.ansi().to_string() } else { text.to_string() };
    text.replace(GLUE, " ")
}

/// Whether there is a blank or a line break between two backquotes.
fn quotes_several_words(text: &str) -> bool {
    text.split('`').skip(1).step_by(2).any(|quoted| quoted.contains(char::is_whitespace))
}

fn glued(mut command: clap::Command) -> clap::Command {
    if let Some(about) = command.get_about().map(glue) {
        command = command.about(about);
    }
    if let Some(about) = command.get_long_about().map(glue) {
        command = command.long_about(about);
    }
    if let Some(help) = command.get_after_help().map(glue) {
        command = command.after_help(help);
    }
    let command = command.mut_args(|mut arg| {
        if let Some(help) = arg.get_help().map(glue) {
            arg = arg.help(help);
        }
        if let Some(help) = arg.get_long_help().map(glue) {
            arg = arg.long_help(help);
        }
        arg
    });
    command.mut_subcommands(glued)
}

fn glue(text: &StyledStr) -> StyledStr {
    let text = text.ansi().to_string();
    let lines: Vec<String> = text.split('\n').map(glued_line).collect();
    lines.join("\n").into()
}

fn glued_line(line: &str) -> String {
    let (is_row, mut is_quoted) = (line.starts_with("  "), false);
    let glued = line.chars().map(|c| {
        is_quoted ^= c == '`';
        if c == ' ' && (is_row || is_quoted) { GLUE } else { c }
    });
    glued.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_between_backquotes_are_glued() {
        let glued = glue(&"see `xcred set KEY -` or `x y".into()).to_string();
        assert_eq!(glued, "see `xcred\u{a0}set\u{a0}KEY\u{a0}-` or `x\u{a0}y");
        assert_eq!(glue(&"a ` b\nc d".into()).to_string(), "a `\u{a0}b\nc d");
        assert_eq!(glue(&"a b\n  c | d\n".into()).to_string(), "a b\n\u{a0}\u{a0}c\u{a0}|\u{a0}d\n");
    }
}
