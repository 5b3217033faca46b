//! How to fix an error. A command is a list of words until it is shown, and is quoted here and nowhere else: names come
//! from files and arguments, and a pasted command must not run anything else.

mod quoting;
mod worth;
mod written;

use std::ffi::{OsStr, OsString};
use std::fmt::{self, Write as _};
use std::sync::OnceLock;

use crate::origin::Origin;
use crate::secret::redacted;
use quoting::{is_masked, quoted};

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
    /// A command that changes what an edit wrote, with the text around it.
    OnWritten {
        before: &'static str,
        command: Command,
        after: &'static str,
    },
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

    /// The command with the option, if it has a value.
    #[must_use]
    pub fn option_if(self, name: &'static str, value: Option<impl Into<OsString>>) -> Command {
        match value {
            Some(value) => self.option(name, value),
            None => self,
        }
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

    #[must_use]
    pub fn profile_if(self, name: Option<impl Into<OsString>>) -> Command {
        self.option_if("--profile", name)
    }

    /// Puts the arguments after the options and `--`: they are another command.
    #[must_use]
    pub fn after_dashes(self) -> Command {
        Command { after_dashes: true, ..self }
    }

    /// Whether a key, or a name such as a profile's, would be masked in it.
    fn has_masked_name(&self) -> bool {
        // A person puts another value in the place of the last argument.
        let takes_value = usize::from(self.verbs.last() == Some(&"set"));
        let names = &self.arguments[..self.arguments.len().saturating_sub(takes_value)];
        let options = self.options.iter().filter_map(|(_, value)| value.as_ref());
        names.iter().chain(options).filter_map(|name| name.to_str()).any(is_masked)
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
        self.commands().next()
    }

    /// The command in it, if it takes no other one.
    pub fn only_command(&self) -> Option<&Command> {
        let mut commands = self.commands();
        commands.next().filter(|_| commands.next().is_none())
    }

    fn commands(&self) -> impl Iterator<Item = &Command> {
        self.0.iter().filter_map(|part| match part {
            Part::Command(command) | Part::OnWritten { command, .. } => Some(command),
            Part::Text(_) | Part::Meant { .. } => None,
        })
    }

    /// Whether it is to remove a setting.
    pub fn unsets(&self) -> bool {
        self.commands().any(|command| command.verbs == ["xcred", "unset"])
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
            Part::OnWritten { before, command, after } => write!(f, "{before}`{command}`{after}"),
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

#[cfg(test)]
mod tests;
