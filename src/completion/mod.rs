//! What can be typed at the cursor, for the shells' completions.
//!
//! When Tab is pressed, a shell's script passes the words up to the cursor to [`COMMAND`], and offers the words that it
//! prints. So the scripts know nothing of the command line, which would be defined again in the language of each shell,
//! and the names of profiles, sessions, settings and regions are those of this program and these files.

mod candidate;
mod line;
mod quoting;
mod script;
mod values;

use std::ffi::OsString;

use clap::{Arg, Command};

use crate::cli::Script;
use crate::world::World;
use candidate::{Candidate, subcommands};
use line::{Cursor, Line};
use values::{Known, Names};

/// The command that the scripts call, as in `xcred __complete bash -- get --profile de`. It is not one of the commands
/// that people type, and not in the help.
pub const COMMAND: &str = "__complete";

/// What the shell can offer at the cursor.
#[derive(Debug, PartialEq, Eq)]
enum Offer {
    /// These words.
    Words(Vec<Candidate>),
    /// The names of files.
    Files,
    /// The names of folders.
    Folders,
    /// What it offers for the command line that begins with this word, counted from 0, the first after `xcred`.
    Command(usize),
}

/// The reply to a script. `arguments` are those after [`COMMAND`]: the shell, `--`, and the words after `xcred` up to the
/// cursor, the last of which may be empty.
///
/// The first line is `words`, `files`, `folders` or `command N`; after `words` there is one word a line, with a
/// tab and an explanation except for bash. `None` if this isn't a script's question.
pub fn reply(mut program: Command, arguments: &[OsString], world: &World) -> Option<String> {
    let [shell, separator, words @ ..] = arguments else { return None };
    let script = Script::named(shell.to_str()?).filter(|_| separator == "--")?;
    let raw: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    program.build();
    let (words, style) = script.read(&raw);
    Some(match offer(&program, &words, world) {
        Offer::Words(candidates) => {
            let typed = words.last().map_or("", String::as_str);
            let lines = candidates.iter().filter_map(|candidate| style.line(candidate, typed));
            lines.fold("words\n".to_owned(), |reply, line| reply + &line + "\n")
        }
        Offer::Files => "files\n".to_owned(),
        Offer::Folders => "folders\n".to_owned(),
        Offer::Command(start) => format!("command {start}\n"),
    })
}

/// What can be typed for the last word. `program` is built.
fn offer(program: &Command, words: &[String], world: &World) -> Offer {
    let line = Line::read(program, words);
    let known = Known::of(world);
    match &line.cursor {
        Cursor::Value { argument, option, .. } => match values(argument, &line, &known) {
            Offer::Words(mut candidates) => {
                for candidate in &mut candidates {
                    candidate.word.insert_str(0, option);
                }
                Offer::Words(candidates)
            }
            other => other,
        },
        Cursor::Option => Offer::Words(options(&line)),
        Cursor::Word { argument, with_commands } => {
            let mut candidates = if *with_commands { subcommands(line.command()) } else { Vec::new() };
            match argument.map(|argument| values(argument, &line, &known)) {
                Some(Offer::Words(more)) => candidates.extend(more),
                Some(other) => return other,
                None if candidates.is_empty() => candidates = options(&line),
                None => {}
            }
            Offer::Words(candidates)
        }
        Cursor::Rest { start, is_escaped } => command_line(words, *start, *is_escaped, &line, &known),
    }
}

/// `exec`'s words: a profile with `--` after it, or another program's command line.
fn command_line(
    words: &[String],
    start: usize,
    is_escaped: bool,
    line: &Line<'_>,
    known: &Known<'_>,
) -> Offer {
    let rest = &words[start.min(words.len())..];
    let takes_profile = !is_escaped && line.value("profile").is_none();
    match rest {
        [] if takes_profile => Offer::Words(known.profiles()),
        [typed] if takes_profile => {
            let profiles = known.profiles();
            let fits = |candidate: &Candidate| candidate.word.starts_with(typed);
            if profiles.iter().any(fits) { Offer::Words(profiles) } else { Offer::Command(start) }
        }
        [profile, _] if takes_profile && known.is_profile(profile) => Offer::Words(vec![Candidate::of("--")]),
        [_, separator, ..] if takes_profile && separator == "--" => Offer::Command(start + 2),
        _ => Offer::Command(start),
    }
}

fn values(argument: &Arg, line: &Line<'_>, known: &Known<'_>) -> Offer {
    match values::names(&line.path(), argument) {
        Some(Names::File) => Offer::Files,
        Some(Names::Folder) => Offer::Folders,
        Some(Names::ValueOfSetting) if values::is_path(line) => Offer::Files,
        Some(names) => Offer::Words(known.candidates(names, line)),
        None => {
            let possible = argument.get_possible_values().into_iter().filter(|value| !value.is_hide_set());
            let candidates = possible.map(|value| Candidate {
                word: value.get_name().to_owned(),
                about: value.get_help().map(ToString::to_string).unwrap_or_default(),
            });
            Offer::Words(candidates.collect())
        }
    }
}

/// The options that can still be given, in their long form.
fn options(line: &Line<'_>) -> Vec<Candidate> {
    let option = |argument: &Arg| {
        let about = argument.get_help().map(ToString::to_string).unwrap_or_default();
        Some(Candidate { word: format!("--{}", argument.get_long()?), about })
    };
    line.options().filter_map(option).collect()
}

#[cfg(test)]
mod tests;
