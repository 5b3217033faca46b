//! `xcred configure process`: a profile that gets its credentials from a program.

use std::path::Path;

use super::questions::{Question, Questions, Verdict};
use super::rivals::Way;
use super::{Setting, save};
use crate::cli::configure::Process;
use crate::cmd::set;
use crate::failure::{Exit, Failure};
use crate::profile::words;
use crate::world::World;

const GIVE_COMMAND: &str = "`--credential-process COMMAND`";

/// Runs the command.
pub(super) fn run(args: Process, setting: &Setting<'_>) -> Result<Exit, Failure> {
    let section = set::to_write(setting.global, setting.world)?;
    let region = setting.global.region.clone();
    let is_given = args.credential_process.is_some() || region.is_some();
    let mut questions =
        Questions::open(setting, section.clone(), args.credential_process.is_some(), "credential_process")?;
    questions
        .greet(&format!("Nothing is known of {section} yet, so let's have a program give it credentials."))?;
    let check = |answer: &str| check_command(answer, setting.world);
    let command = Question::new("credential_process", "Credential process").needed(GIVE_COMMAND);
    questions.ask(&command.checked(&check), args.credential_process)?;
    questions.ask(&Question::region(), region)?;
    questions.finish(is_given, &[GIVE_COMMAND], Some(Way::Process), &save::look(&section))
}

/// What would not run. The command is split into words and started without a shell.
fn check_command(command: &str, world: &World) -> Verdict {
    let Some(words) = words::split(command) else {
        return Verdict::Refused("a quote or a backslash is left open".to_owned());
    };
    let Some(program) = words.first().filter(|program| !program.is_empty()) else {
        return Verdict::Refused("it names no program".to_owned());
    };
    if program.starts_with('~') {
        return Verdict::Doubtful("`~` is not expanded here: give the whole path".to_owned());
    }
    if let Some(sign) = meant_for_a_shell(command) {
        return Verdict::Doubtful(format!(
            "no shell runs this, so `{sign}` is passed on as it is; write sh -c '...' to have a shell"
        ));
    }
    if program.contains('/') && !program.starts_with('/') {
        return Verdict::Doubtful(format!(
            "`{program}` is looked up in whichever folder a program runs in: give the whole path"
        ));
    }
    if !is_found(program, world) {
        return Verdict::Doubtful(format!("there is no program `{program}` here"));
    }
    Verdict::Fine
}

fn is_found(program: &str, world: &World) -> bool {
    if program.starts_with('/') {
        return Path::new(program).is_file();
    }
    let folders = world.path("PATH").unwrap_or_default();
    std::env::split_paths(folders).any(|folder| folder.join(program).is_file())
}

/// The first sign that would mean something to a shell, outside of the quotes that take its meaning away.
fn meant_for_a_shell(command: &str) -> Option<char> {
    let mut quote = None;
    let mut chars = command.chars();
    while let Some(c) = chars.next() {
        match (c, quote) {
            ('\\', None | Some('"')) => {
                chars.next();
            }
            ('\'' | '"', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            ('$' | '`', None | Some('"')) | ('|' | '&' | ';' | '<' | '>', None) => return Some(c),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::meant_for_a_shell;

    #[test]
    fn quotes_take_a_signs_meaning_away() {
        assert_eq!(meant_for_a_shell("a | b"), Some('|'));
        assert_eq!(meant_for_a_shell("a $HOME/x"), Some('$'));
        assert_eq!(meant_for_a_shell("a \"$HOME\""), Some('$'));
        assert_eq!(meant_for_a_shell("sh -c 'a | b > $c'"), None);
        assert_eq!(meant_for_a_shell(r#"a "x|y" \$z "o'n""#), None);
    }
}
