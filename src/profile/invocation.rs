//! Command lines that give a program a profile: the value of `credential_process` and its like.

mod own;
mod programs;

use std::ops::Range;

use programs::{
    BEHIND_SUBCOMMAND, FIRST, SHORT, SUBCOMMANDS, SWITCHES, VARIABLES, base, behind_short, names,
};

pub use own::{Printed, printed};

use crate::text::words;

/// A place in a command line that names a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The program, or the variable that is set for one.
    pub program: String,
    /// How to name another profile there, if the program is xcred.
    edit: Option<Edit>,
}

/// A word that ends with the profile's name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Edit {
    span: Range<usize>,
    /// What the word has before the name, such as `--profile=`.
    prefix: String,
    /// It is part of a word that another shell takes apart, so that quotes are not an option.
    nested: bool,
}

/// Whether a word is a subcommand of xcred that gives credentials or tells about them.
pub fn is_subcommand(word: &str) -> bool {
    SUBCOMMANDS.contains(&word)
}

/// Whether a command line only makes xcred print a profile's credentials, as `configure bridge` writes it. Such a line has no
/// place for a secret.
pub fn is_bridge(line: &str) -> bool {
    let words = words::split(line).unwrap_or_default();
    let [program, subcommand, rest @ ..] = &*words else { return false };
    let is_profile = match rest {
        [option] => option.starts_with("--profile="),
        [option, _] => ["-p", "--profile"].contains(&option.as_str()),
        _ => false,
    };
    program.rsplit('/').next() == Some("xcred") && is_subcommand(subcommand) && is_profile
}

/// The places in `line` that name the profile `name`.
pub fn mentions(line: &str, name: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    Search { name, nested: false, editable: true }.scan(line, 0, &mut found);
    found
}

/// `line` with `to` in place of `from` wherever xcred is given it, and what else names `from`.
pub(super) fn renamed(line: &str, from: &str, to: &str) -> (String, Vec<Mention>) {
    let mut new = line.to_owned();
    for mention in mentions(line, from).into_iter().rev() {
        let Some(Edit { span, prefix, nested }) = mention.edit else { continue };
        let word = &line[span.clone()];
        let plain = words::is_plain_in_shells(to);
        let option = prefix.is_empty() && to.starts_with('-');
        if !option && (plain || !nested) {
            new.replace_range(span, &respelled(word, &prefix, to));
        }
    }
    let left = mentions(&new, from);
    (new, left)
}

/// `prefix` and `value` as one word, quoted as `word` is where that is possible.
fn respelled(word: &str, prefix: &str, value: &str) -> String {
    if let Some(rest) = word.strip_prefix(prefix)
        && !prefix.is_empty()
    {
        return format!("{prefix}{}", respelled(rest, "", value));
    }
    for quote in ['\'', '"'] {
        let inside = word.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        // Between double quotes a shell expands variables and runs commands.
        let simple = |text: &str| !text.contains([quote, '\\', '$', '`']);
        if prefix.is_empty() && inside.is_some_and(simple) && simple(value) {
            return format!("{quote}{value}{quote}");
        }
    }
    words::quote_for_shells(&format!("{prefix}{value}"))
}

#[derive(Clone, Copy)]
struct Search<'n> {
    name: &'n str,
    nested: bool,
    /// Whether a place in the text is a place in the whole line.
    editable: bool,
}

/// A program on its way to the end of its arguments.
#[derive(Default)]
struct Program {
    name: String,
    /// The words so far that are neither options nor their values.
    arguments: Vec<String>,
    /// Its last word, if that was an option.
    option: Option<String>,
}

impl Search<'_> {
    fn scan(self, line: &str, offset: usize, found: &mut Vec<Mention>) {
        let mut program: Option<Program> = None;
        for word in tokens(line, self.nested).unwrap_or_default() {
            let Some(text) = &word.text else {
                program = None;
                continue;
            };
            let span = word.span.start + offset..word.span.end + offset;
            if let Some((variable, value)) = text.split_once('=')
                && VARIABLES.contains(&variable)
                && (names(variable, value, self.name) || !value.contains(words::separates))
            {
                if names(variable, value, self.name) {
                    found.push(Mention { program: variable.to_owned(), edit: None });
                }
                continue;
            }
            match &mut program {
                Some(running) if running.takes(text, self.name) => {
                    let prefix = text[..text.len() - self.name.len()].to_owned();
                    let own = running.name == "xcred" && self.editable;
                    let edit = own.then_some(Edit { span, prefix, nested: self.nested });
                    found.push(Mention { program: running.name.clone(), edit });
                }
                Some(running) if running.was_profile_option() => running.option = None,
                running => {
                    // By the same blanks as `tokens`: each level is shorter than the one around it.
                    if text.contains(words::separates) {
                        let raw = &line[word.span.clone()];
                        let inside = raw.get(1..raw.len().saturating_sub(1)).filter(|inside| inside == text);
                        let editable = self.editable && inside.is_some();
                        Search { nested: true, editable, ..self }.scan(text, span.start + 1, found);
                    }
                    let base = base(text);
                    match running {
                        // Behind `xcred exec dev --` another program begins.
                        Some(outer) if text == "--" && outer.starts_another() => *running = None,
                        // Behind `sudo -u me` and its like.
                        Some(_) if is_known(base) => *running = Some(Program::new(base)),
                        Some(running) => running.pass(text),
                        None if is_prelude(text) => {}
                        None => *running = Some(Program::new(base)),
                    }
                }
            }
        }
    }
}

impl Program {
    fn new(name: &str) -> Program {
        Program { name: name.to_owned(), ..Program::default() }
    }

    /// Whether this word, or the end of it, is the profile `name`.
    fn takes(&self, word: &str, name: &str) -> bool {
        let short = SHORT.contains(&self.name.as_str());
        if let Some(option) = &self.option
            && self.was_profile_option()
        {
            return word == name && (short || option.starts_with("--"));
        }
        let joined =
            ["--profile=", "--profile-name="].iter().any(|prefix| word.strip_prefix(prefix) == Some(name));
        let glued = short
            && behind_short(word).is_some_and(|rest| rest == name || rest.strip_prefix('=') == Some(name));
        if joined || glued {
            return true;
        }
        let free =
            self.option.as_deref().is_none_or(|option| SWITCHES.contains(&option) || option.contains('='));
        let behind = match self.arguments.as_slice() {
            [] => FIRST.contains(&self.name.as_str()),
            [verb] if self.name == "xcred" => SUBCOMMANDS.contains(&verb.as_str()),
            [_] => BEHIND_SUBCOMMAND.contains(&self.name.as_str()),
            _ => false,
        };
        word == name && free && behind
    }

    /// Whether its command line ends with that of another program.
    fn starts_another(&self) -> bool {
        self.arguments.first().is_some_and(|verb| verb == "exec")
    }

    fn was_profile_option(&self) -> bool {
        let is_profile = |option: &str| {
            matches!(option, "--profile" | "--profile-name") || behind_short(option) == Some("")
        };
        self.option.as_deref().is_some_and(is_profile)
    }

    fn pass(&mut self, word: &str) {
        if word.starts_with('-') {
            self.option = Some(word.to_owned());
        } else {
            let value = self
                .option
                .take()
                .is_some_and(|option| !SWITCHES.contains(&option.as_str()) && !option.contains('='));
            if !value {
                self.arguments.push(word.to_owned());
            }
        }
    }
}

fn is_known(base: &str) -> bool {
    BEHIND_SUBCOMMAND.contains(&base) || FIRST.contains(&base) || SHORT.contains(&base) || base == "aws"
}

/// What comes before a program: variables for it, which may be secret, and programs that only start another.
fn is_prelude(word: &str) -> bool {
    let starters = ["env", "exec", "command", "nohup", "nice", "sudo", "timeout"];
    starters.contains(&base(word))
        || word.contains('=')
        || word.starts_with(|c: char| c == '-' || c.is_ascii_digit())
}

/// A word, or without a text what separates two commands.
struct Token {
    span: Range<usize>,
    text: Option<String>,
}

/// The words as Python's `shlex.split` has them; in a shell's script also what separates commands. Nothing where a
/// quote is left open.
fn tokens(line: &str, script: bool) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut start = None;
    let mut quote = None;
    let mut chars = line.char_indices();
    let mut end_word = |start: &mut Option<usize>, end: usize| {
        if let Some(begun) = start.take() {
            let text = words::split(&line[begun..end]).and_then(|mut words| words.pop());
            tokens.push(Token { span: begun..end, text: Some(text.unwrap_or_default()) });
        }
    };
    let mut separators = Vec::new();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some('\''), _) => {}
            (_, '\\') => {
                start.get_or_insert(at);
                chars.next()?;
            }
            (Some(_), _) => {}
            (None, '\'' | '"') => {
                start.get_or_insert(at);
                quote = Some(c);
            }
            (None, c) if words::separates(c) && !(script && c == '\n') => end_word(&mut start, at),
            (None, ';' | '&' | '|' | '(' | ')' | '<' | '>' | '\n' | '`') if script => {
                end_word(&mut start, at);
                separators.push(at);
            }
            (None, _) => _ = start.get_or_insert(at),
        }
    }
    if quote.is_some() {
        return None;
    }
    end_word(&mut start, line.len());
    tokens.extend(separators.into_iter().map(|at| Token { span: at..at + 1, text: None }));
    tokens.sort_by_key(|token| token.span.start);
    Some(tokens)
}

#[cfg(test)]
mod tests;
