//! How to fix an error. A command is a list of words until it is shown, and is quoted here and nowhere else: names come
//! from files and arguments, and a pasted command must not run anything else.

use std::ffi::{OsStr, OsString};
use std::fmt::{self, Write as _};
use std::sync::OnceLock;

use crate::origin::Origin;
use crate::secret::redacted;
use crate::text::is_unseen;

static TYPED: OnceLock<Typed> = OnceLock::new();

struct Typed {
    /// The program and its arguments.
    words: Vec<OsString>,
    is_repeatable: fn(&[OsString]) -> bool,
}

/// From now on hints repeat this command line where one word of it was probably meant otherwise, if it is repeatable.
pub fn remember_typed(words: &[OsString], is_repeatable: fn(&[OsString]) -> bool) {
    let _ = TYPED.set(Typed { words: words.to_owned(), is_repeatable });
}

/// Text and commands, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hint(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Command(Command),
    /// A word that was probably meant by another one, which may be a part of what was typed.
    Meant {
        instead_of: String,
        word: String,
    },
}

/// A command line: a program, its subcommands, positional arguments and options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The program and its subcommands, never from a user.
    verbs: Vec<&'static str>,
    arguments: Vec<OsString>,
    options: Vec<(&'static str, Option<OsString>)>,
    /// Whether the arguments are another command.
    after_dashes: bool,
}

impl Command {
    /// `xcred` with a subcommand, such as `["keys", "rotate"]`.
    pub fn xcred(verbs: impl IntoIterator<Item = &'static str>) -> Command {
        Command::new(std::iter::once("xcred").chain(verbs))
    }

    pub fn set(key: impl Into<OsString>, value: impl Into<OsString>) -> Command {
        Command::xcred(["set"]).argument(key).argument(value)
    }

    pub fn unset(key: impl Into<OsString>) -> Command {
        Command::xcred(["unset"]).argument(key)
    }

    /// Another program with its subcommands.
    pub fn new(verbs: impl IntoIterator<Item = &'static str>) -> Command {
        Command {
            verbs: verbs.into_iter().collect(),
            arguments: Vec::new(),
            options: Vec::new(),
            after_dashes: false,
        }
    }

    #[must_use]
    pub fn argument(mut self, argument: impl Into<OsString>) -> Command {
        self.arguments.push(argument.into());
        self
    }

    #[must_use]
    pub fn option(mut self, name: &'static str, value: impl Into<OsString>) -> Command {
        self.options.push((name, Some(value.into())));
        self
    }

    #[must_use]
    pub fn flag(mut self, name: &'static str) -> Command {
        self.options.push((name, None));
        self
    }

    #[must_use]
    pub fn profile(self, name: impl Into<OsString>) -> Command {
        self.option("--profile", name)
    }

    /// Puts the arguments after the options and `--`: they are another command.
    #[must_use]
    pub fn after_dashes(self) -> Command {
        Command { after_dashes: true, ..self }
    }

    /// The program and its arguments. No word of a user can become an option.
    pub fn words(&self) -> Vec<OsString> {
        let mut words: Vec<OsString> = self.verbs.iter().map(OsString::from).collect();
        let is_option = |word: &OsString| word.as_encoded_bytes().starts_with(b"-") && word != "-";
        let options = self.options.iter().flat_map(|(name, value)| match value {
            Some(value) if value.as_encoded_bytes().starts_with(b"-") => {
                let mut joined = OsString::from(name);
                joined.push("=");
                joined.push(value);
                vec![joined]
            }
            value => std::iter::once(OsString::from(name)).chain(value.clone()).collect(),
        });
        if self.after_dashes || self.arguments.iter().any(is_option) {
            words.extend(options);
            words.push("--".into());
            words.extend(self.arguments.iter().cloned());
        } else {
            words.extend(self.arguments.iter().cloned());
            words.extend(options);
        }
        words
    }
}

/// The line that a POSIX shell and fish parse as [`words`](Command::words). It has no line breaks, control characters
/// and backticks, so that it can be shown between backticks.
impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, word) in self.words().iter().enumerate() {
            if at > 0 {
                f.write_char(' ')?;
            }
            f.write_str(&quoted(word))?;
        }
        Ok(())
    }
}

impl Hint {
    /// Asks whether another word was meant: with the whole command, if the wrong word was typed.
    pub fn meant(instead_of: impl Into<String>, word: impl Into<String>) -> Hint {
        Hint(vec![Part::Meant { instead_of: instead_of.into(), word: word.into() }])
    }

    /// Asks whether another word was meant than one with this origin: one of a file was not typed, even if the command line
    /// has it, too.
    pub fn meant_by(origin: &Origin, instead_of: impl Into<String>, word: impl Into<String>) -> Hint {
        match origin {
            Origin::File(_) => Hint::from(format!("did you mean `{}`?", word.into())),
            _ => Hint::meant(instead_of, word),
        }
    }

    pub fn did_you_mean(command: Command) -> Hint {
        Hint::from("did you mean ").run(command).say("?")
    }

    #[must_use]
    pub fn say(mut self, text: impl Into<String>) -> Hint {
        self.0.push(Part::Text(text.into()));
        self
    }

    #[must_use]
    pub fn run(mut self, command: Command) -> Hint {
        self.0.push(Part::Command(command));
        self
    }
}

impl Hint {
    /// The first command in it.
    pub fn command(&self) -> Option<&Command> {
        self.0.iter().find_map(|part| match part {
            Part::Command(command) => Some(command),
            Part::Text(_) | Part::Meant { .. } => None,
        })
    }
}

impl From<&str> for Hint {
    fn from(text: &str) -> Hint {
        Hint::default().say(text)
    }
}

impl From<String> for Hint {
    fn from(text: String) -> Hint {
        Hint::default().say(text)
    }
}

impl From<Command> for Hint {
    fn from(command: Command) -> Hint {
        Hint::default().run(command)
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Text(text) => f.write_str(text),
            Part::Command(command) => write!(f, "`{command}`"),
            Part::Meant { instead_of, word } => {
                let typed = TYPED.get().filter(|typed| (typed.is_repeatable)(&typed.words));
                let typed = typed.and_then(|typed| retyped(&typed.words, instead_of, word));
                write!(f, "did you mean `{}`?", typed.as_deref().unwrap_or(word))
            }
        })
    }
}

/// The command line with another word. `None` unless the wrong one was typed once, as a word or as an option's value, or
/// if the line can't be pasted: a part would be masked, or the other word would be an option.
fn retyped(typed: &[OsString], instead_of: &str, word: &str) -> Option<String> {
    // The functions for shells call the program by words of their own.
    let arguments = typed.get(1..).filter(|words| !words.iter().any(|word| is_internal(word)))?;
    let mut places = arguments.iter().enumerate().filter_map(|(at, argument)| {
        let (option, value) = match argument.to_str()?.split_once('=') {
            Some((option, value)) if option.starts_with("--") => (Some(option), value),
            _ => (None, argument.to_str()?),
        };
        (value == instead_of).then_some((at, option))
    });
    let (at, option) = places.next().filter(|_| places.next().is_none())?;
    if option.is_none() && word.starts_with('-') {
        return None;
    }
    let right = option.map_or_else(|| word.to_owned(), |option| format!("{option}={word}"));
    let words = arguments
        .iter()
        .enumerate()
        .map(|(place, argument)| quoted(if place == at { OsStr::new(&right) } else { argument.as_os_str() }));
    let line = std::iter::once("xcred".to_owned()).chain(words).collect::<Vec<_>>().join(" ");
    // A mask would become the value.
    let is_shown = |text: &str| redacted(text) == text;
    let is_whole = is_shown(&line) && arguments.iter().all(|word| is_shown(&word.to_string_lossy()));
    is_whole.then_some(line)
}

fn is_internal(word: &OsStr) -> bool {
    word.as_encoded_bytes().starts_with(b"__")
}

fn quoted(word: &OsStr) -> String {
    match word.to_str() {
        // It would be shown with a mask, which doesn't work as an argument.
        Some(text) if redacted(text) != text => "VALUE".to_owned(),
        Some(text) if is_plain(text) => text.to_owned(),
        // bash's history expansion may see a `!` after a quote that was closed and opened again.
        Some(text) if text.chars().all(is_seen) && !(text.contains('!') && text.contains('\'')) => {
            in_quotes(text)
        }
        _ => printed(word.as_encoded_bytes()),
    }
}

/// Whether no shell changes the unquoted text. zsh expands the text after a `=` at the start of a word, and may do so
/// after another `=`.
fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_@%+=:,./-".contains(c);
    !text.is_empty() && text.chars().all(plain) && !text.starts_with('=') && !text.contains("==")
}

/// Whether a character can be pasted as itself. A tab completes, a line break runs the line, and a backtick would seem
/// to end the command.
fn is_seen(c: char) -> bool {
    c != '`' && (c == ' ' || c.is_ascii_graphic() || c.is_alphanumeric() && !is_unseen(c))
}

/// In single quotes. Quotes and backslashes are outside of them, because fish unescapes backslashes inside.
fn in_quotes(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\u{0}").replace('\'', r"'\''").replace('\u{0}', r"'\\'"))
}

/// With `printf`, which can write any byte. `$()` removes newlines at the end, so text with them has the form `$''`.
fn printed(bytes: &[u8]) -> String {
    let ends = bytes.ends_with(b"\n");
    let mut text = String::from(if ends { "$'" } else { "\"$(printf '" });
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            // A leading hyphen would be an option of `printf`.
            b'-' if at == 0 => text.push_str("\\055"),
            b' ' | b'+'..=b'/' | b':' | b'=' | b'@' | b'_' => text.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => text.push(char::from(*byte)),
            byte => _ = write!(text, "\\{byte:03o}"),
        }
    }
    text.push_str(if ends { "'" } else { "')\"" });
    text
}

#[cfg(test)]
mod tests;
