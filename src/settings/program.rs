//! What may be shown of a command line: the program that it runs. Its arguments may hold a secret, and so may what is in
//! the program's place: an assignment, an address, or a whole command line in quotes.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use super::masking::{without_password, without_secret_parts, without_secret_words};
use super::names::REST;
use crate::secret::{Care, MASK};
use crate::text::words;

const QUOTES: [char; 2] = ['"', '\''];

/// What a shell takes for the end of a word, or for the beginning of a group.
const SIGNS: [char; 9] = ['|', '&', ';', '<', '>', '(', ')', '{', '}'];

/// The program of a command line, which is started without a shell.
pub fn program_name(words: &[String]) -> String {
    words.first().map_or_else(String::new, |word| shown_word(word))
}

/// The program of a command line that a shell runs, as far as that can be seen.
pub fn shell_program_name(command: &str) -> String {
    let ends = ['|', '&', ';', '<', '>', '(', ')'];
    let word = shell_program(command).unwrap_or_default();
    shown_word(word.split(ends).find(|part| !part.is_empty()).unwrap_or(&word))
}

/// What a shell said of a command line, in which it repeats the word that it took for the program.
pub fn without_shell_program<'t>(said: &'t str, command: &str) -> Cow<'t, str> {
    let Some(word) = shell_program(command) else { return Cow::Borrowed(said) };
    let shown = shown_word(&word);
    // What looks like a secret has been masked in it.
    let said_so = [without_secret_words(&word, Care::Usual), word]
        .into_iter()
        .find(|word| said.contains(word.as_str()));
    match said_so {
        Some(word) if shown != word => Cow::Owned(said.replace(&word, &shown)),
        _ => Cow::Borrowed(said),
    }
}

/// The word in the place of the program. Assignments and redirections before it are for the shell.
fn shell_program(command: &str) -> Option<String> {
    let spans = spans(command);
    let mut raw = spans.iter().map(|span| &command[span.clone()]);
    let mut program = None;
    while let Some(word) = raw.next().filter(|_| program.is_none()) {
        match redirected(word) {
            Some("") => drop(raw.next()),
            Some(_) => {}
            None if assigned(word).is_some() => {}
            None => program = Some(word),
        }
    }
    let word = program.or_else(|| Some(&command[spans.first()?.clone()]))?;
    words_of(word).into_iter().next().filter(|word| !word.is_empty())
}

/// The target of a redirection, as far as it is in the same word.
fn redirected(word: &str) -> Option<&str> {
    let operator = word.trim_start_matches(|c: char| c.is_ascii_digit());
    operator.starts_with(['<', '>']).then(|| operator.trim_start_matches(['<', '>', '&', '|']))
}

/// Where the words of a shell's command line are, with their quotes. What a substitution runs is a part of its word.
pub(super) fn spans(command: &str) -> Vec<Range<usize>> {
    let (mut spans, mut start, mut open) = (Vec::new(), None, Vec::new());
    let mut chars = command.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if open.is_empty() && words::separates(c) {
            spans.extend(start.take().map(|start| start..at));
            continue;
        }
        start.get_or_insert(at);
        match (c, open.last()) {
            (c, Some(end)) if c == *end => drop(open.pop()),
            (_, Some('\'')) => {}
            ('\\', _) => drop(chars.next()),
            ('$', _) => match chars.next_if(|(_, next)| matches!(next, '(' | '{')) {
                Some((_, '(')) => open.push(')'),
                Some(_) => open.push('}'),
                None => {}
            },
            ('(', Some(')')) => open.push(')'),
            ('"' | '`', _) => open.push(c),
            ('\'', end) if end != Some(&'"') => open.push(c),
            _ => {}
        }
    }
    spans.extend(start.map(|start| start..command.len()));
    spans
}

/// Leaves only the program of a command line, with a mark for its arguments.
pub fn without_arguments(command: &str) -> Cow<'_, str> {
    let words = words_of(command);
    let Some(first) = words.first() else { return Cow::Borrowed(command) };
    let name = shown_word(first);
    if words.len() == 1 && name == *first && words::split(command).is_some() {
        return Cow::Borrowed(command);
    }
    let name = if name == *first { words::quote(&name) } else { name };
    let is_cut = name.strip_suffix(REST).is_some_and(|before| before.ends_with(' '));
    Cow::Owned(if is_cut { name } else { format!("{name} {REST}") })
}

/// The words. Of a command with an open quote, which can't be run, only what is before the quote or right behind it.
pub(super) fn words_of(command: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_start_matches(QUOTES).split(QUOTES).next().map(str::to_owned);
    words::split(command).unwrap_or_else(|| command.split_whitespace().filter_map(bare).collect())
}

/// A word in the place of the program, without what may be a secret.
fn shown_word(word: &str) -> String {
    if let Some((at, name)) = assignment(word) {
        return format!("{}{name}={MASK}", shown_word(&word[..at]));
    }
    if let Some((scheme, rest)) = word.split_once("://") {
        return if rest.is_empty() { word.to_owned() } else { format!("{scheme}://…") };
    }
    let end = end_of_path(word);
    let path = without_password(&word[..end]).into_owned();
    let path = without_secret_parts(Cow::Owned(path)).into_owned();
    if end < word.len() { format!("{path} {REST}") } else { path }
}

/// Where an assignment begins in a word, and the name of its variable. A sign of a shell may be before it: `(A=b`, `a&&B=c`.
fn assignment(word: &str) -> Option<(usize, &str)> {
    let behind = word.match_indices(SIGNS).map(|(at, sign)| at + sign.len());
    std::iter::once(0).chain(behind).find_map(|at| Some((at, assigned(&word[at..])?)))
}

/// The name of the variable if the word is an assignment.
pub fn assigned(word: &str) -> Option<&str> {
    let (name, _) = word.split_once('=')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_name.then_some(name)
}

/// Where the path in a word ends. A path may have blanks, and a whole command line may be in quotes by mistake: what is behind
/// a blank is a part of the path if the file or the folder is there.
fn end_of_path(word: &str) -> usize {
    let is_path = |at: usize| {
        let rest = &word[at..];
        match rest.find('/') {
            Some(slash) => Path::new(&word[..at + slash]).is_dir(),
            None => Path::new(word).is_file(),
        }
    };
    let mut blanks = word.match_indices(char::is_whitespace).map(|(at, _)| at);
    blanks.find(|at| !is_path(*at)).unwrap_or(word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_program_of_a_command_line_is_shown() {
        for (line, name, in_list) in [
            ("corp-login", "corp-login", "corp-login"),
            ("/opt/login --password hunter2", "/opt/login", "/opt/login …"),
            ("\"/tmp/p --password hunter2 --user bob\"", "/tmp/p …", "/tmp/p …"),
            ("'/tmp/p hunter2'", "/tmp/p …", "/tmp/p …"),
            (r"/tmp/p\ --password\ hunter2", "/tmp/p …", "/tmp/p …"),
            ("'/no/such place/login' hunter2", "/no/such …", "/no/such …"),
            ("'/tmp/p hunter/2'", "/tmp/p …", "/tmp/p …"),
            ("'p hunter2 /opt/x'", "p …", "p …"),
            ("'p user:hunter2/x'", "p …", "p …"),
            ("PASSWORD=hunter2 /tmp/p", "PASSWORD=********", "PASSWORD=******** …"),
            ("'PASSWORD=hunter2 /tmp/p'", "PASSWORD=********", "PASSWORD=******** …"),
            ("STAGE=hunter2", "STAGE=********", "STAGE=******** …"),
            ("https://bob:hunter2@h/", "https://…", "https://… …"),
            ("bob:hunter2@h", "bob:********@h", "bob:********@h …"),
            ("(PW=hunter2 p)", "(PW=********", "(PW=******** …"),
            ("x&&PW=hunter2 p", "x&&PW=********", "x&&PW=******** …"),
            ("/no;PW=hunter2 p", "/no;PW=********", "/no;PW=******** …"),
            ("{PW=hunter2;p}", "{PW=********", "{PW=******** …"),
            ("'(x|PW=hunter2' p", "(x|PW=********", "(x|PW=******** …"),
            ("bob:hunter2@h;PW=hunter2", "bob:********@h;PW=********", "bob:********@h;PW=******** …"),
            ("--password=hunter2", "--password=********", "--password=******** …"),
        ] {
            let words = words::split(line).unwrap_or_default();
            assert_eq!(program_name(&words), name, "{line}");
            assert_eq!(without_arguments(line), in_list, "{line}");
        }
        assert_eq!(without_arguments("\"/tmp/p --password hunter2"), "/tmp/p …");
        assert_eq!(without_arguments("/tmp/p\"hunter2 x"), "/tmp/p …");
    }

    #[test]
    fn a_path_with_blanks_is_shown_whole_if_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let tools = folder.path().join("my own tools");
        std::fs::create_dir(&tools).unwrap();
        let path = tools.join("my login");
        let path = path.to_str().unwrap().to_owned();
        let name = || program_name(std::slice::from_ref(&path));
        assert_eq!(name(), format!("{}/my …", tools.display()));
        std::fs::write(&path, "").unwrap();
        assert_eq!(name(), path);
        assert_eq!(without_arguments(&format!("'{path}' x")), format!("'{path}' …"));
    }

    #[test]
    fn assignments_before_a_program_are_for_the_shell() {
        for (line, name) in [
            ("PASSWORD=hunter2 /tmp/p", "/tmp/p"),
            ("PASSWORD='hunter2 x' USER=bob p", "p"),
            ("PASSWORD=hunter2; p", "p"),
            ("PASSWORD=hunter2;p", "PASSWORD=********"),
            ("(p hunter2)", "p"),
            ("p<<<hunter2", "p"),
            ("p|q hunter2", "p"),
            ("\"/tmp/p --password hunter2\"", "/tmp/p …"),
            ("\"/tmp/p --password hunter2", "/tmp/p"),
            ("https://bob:hunter2@h/", "https://…"),
            ("PASSWORD=$(pass 'hunter2 x' \"$(id)\") p", "p"),
            ("PASSWORD=`pass hunter2` p", "p"),
            ("PASSWORD=$(pass hunter2)", "PASSWORD=********"),
            ("PASSWORD=${A:-hunter2 x} p", "p"),
            ("<hunter2 2>&1 > hunter2 p", "p"),
            ("'PASSWORD=hunter2' p", "PASSWORD=********"),
            ("$(pass hunter2) x", "$"),
            ("", ""),
        ] {
            assert_eq!(shell_program_name(line), name, "{line}");
        }
        let said = "sh: 1: /tmp/p --key hunter2: not found";
        assert_eq!(without_shell_program(said, "'/tmp/p --key hunter2'"), "sh: 1: /tmp/p …: not found");
        assert_eq!(without_shell_program("no profile dev", "p dev"), "no profile dev");
        let said = without_secret_words("sh: 1: https://bob:hunter2@h/x?t=hunter3: not found", Care::Usual);
        let command = "https://bob:hunter2@h/x?t=hunter3 y";
        assert_eq!(without_shell_program(&said, command), "sh: 1: https://…: not found");
        let said = "sh: 1: WORD=hunter2: not found";
        assert_eq!(without_shell_program(said, "'WORD=hunter2' p"), "sh: 1: WORD=********: not found");
    }
}
