//! The words before the cursor, read by the command line's definition.

use clap::{Arg, ArgAction, Command};

/// A command line that is being typed.
pub(super) struct Line<'c> {
    /// The typed commands, the program first.
    pub(super) commands: Vec<&'c Command>,
    /// The arguments before the cursor, with their values.
    pub(super) given: Vec<(&'c Arg, String)>,
    pub(super) cursor: Cursor<'c>,
    /// The word at the cursor, as far as it is typed.
    pub(super) typed: String,
}

/// What the word at the cursor can become.
pub(super) enum Cursor<'c> {
    /// The value of an argument. In one word with its option (`--profile=de`), the option precedes it.
    Value {
        argument: &'c Arg,
        option: String,
    },
    Option,
    /// A subcommand, the value of a positional argument, or both.
    Word {
        argument: Option<&'c Arg>,
        with_commands: bool,
    },
    /// A word of another program's command line. It begins with word `start`, which is the cursor's or one before it.
    Rest {
        start: usize,
        is_escaped: bool,
    },
}

impl<'c> Line<'c> {
    /// Reads `words`, the last of which is at the cursor; the name of the program is not among them. `program` is built.
    pub(super) fn read(program: &'c Command, words: &[String]) -> Line<'c> {
        let (last, before) = words.split_last().map_or(("", words), |(last, before)| (last.as_str(), before));
        let mut reader =
            Reader { commands: vec![program], given: Vec::new(), positional: 0, is_escaped: false };
        let mut words = before.iter().enumerate();
        let cursor = loop {
            let Some((at, word)) = words.next() else { break reader.cursor(last, before.len()) };
            match reader.step(word, at) {
                Step::Done => {}
                Step::Value(argument) => match words.next() {
                    Some((_, value)) => reader.given.push((argument, value.clone())),
                    None => break Cursor::Value { argument, option: String::new() },
                },
                Step::Rest(cursor) => break cursor,
            }
        };
        Line { commands: reader.commands, given: reader.given, cursor, typed: last.to_owned() }
    }

    /// The command that is typed.
    pub(super) fn command(&self) -> &'c Command {
        self.commands[self.commands.len() - 1]
    }

    /// The names of the typed subcommands.
    pub(super) fn path(&self) -> Vec<&'c str> {
        self.commands[1..].iter().map(|command| command.get_name()).collect()
    }

    /// The value that was given to an argument.
    pub(super) fn value(&self, id: &str) -> Option<&str> {
        self.given.iter().find(|(argument, _)| argument.get_id() == id).map(|(_, value)| value.as_str())
    }

    /// The options that can still be given.
    pub(super) fn options(&self) -> impl Iterator<Item = &'c Arg> {
        let is_left = |argument: &&Arg| {
            let repeats = matches!(argument.get_action(), ArgAction::Append | ArgAction::Count);
            repeats || !self.given.iter().any(|(given, _)| given.get_id() == argument.get_id())
        };
        self.command()
            .get_arguments()
            .filter(|option| option.get_long().is_some() && !option.is_hide_set())
            .filter(is_left)
    }
}

/// What a word before the cursor was.
enum Step<'c> {
    Done,
    /// An option whose value is the next word.
    Value(&'c Arg),
    Rest(Cursor<'c>),
}

struct Reader<'c> {
    commands: Vec<&'c Command>,
    given: Vec<(&'c Arg, String)>,
    /// How many positional arguments the command has got.
    positional: usize,
    is_escaped: bool,
}

impl<'c> Reader<'c> {
    fn command(&self) -> &'c Command {
        self.commands[self.commands.len() - 1]
    }

    fn step(&mut self, word: &str, at: usize) -> Step<'c> {
        if !self.is_escaped {
            if word == "--" {
                self.is_escaped = true;
                return Step::Done;
            }
            if let Some((argument, value)) = self.option(word) {
                let takes_value = argument.get_action().takes_values();
                match value {
                    None if takes_value => return Step::Value(argument),
                    value => self.given.push((argument, value.unwrap_or_default().to_owned())),
                }
                return Step::Done;
            }
            let below = self.command().find_subcommand(word).filter(|_| self.positional == 0);
            if let Some(command) = below {
                self.commands.push(command);
                return Step::Done;
            }
        }
        if let Some(argument) = self.next_positional() {
            if argument.is_trailing_var_arg_set() {
                return Step::Rest(Cursor::Rest { start: at, is_escaped: self.is_escaped });
            }
            self.given.push((argument, word.to_owned()));
            // The last one of some commands takes any number.
            if argument.get_num_args().is_none_or(|count| count.max_values() == 1) {
                self.positional += 1;
            }
        }
        Step::Done
    }

    fn cursor(&self, typed: &str, at: usize) -> Cursor<'c> {
        if !self.is_escaped && typed.starts_with('-') {
            return match self.option(typed) {
                Some((argument, Some(value))) if argument.get_action().takes_values() => {
                    let option = typed[..typed.len() - value.len()].to_owned();
                    Cursor::Value { argument, option }
                }
                _ => Cursor::Option,
            };
        }
        match self.next_positional() {
            Some(argument) if argument.is_trailing_var_arg_set() => {
                Cursor::Rest { start: at, is_escaped: self.is_escaped }
            }
            argument => {
                let with_commands = !self.is_escaped && self.positional == 0;
                Cursor::Word { argument, with_commands }
            }
        }
    }

    fn next_positional(&self) -> Option<&'c Arg> {
        self.command().get_positionals().nth(self.positional)
    }

    /// The option that a word is, and its value if the word contains it. Of several letters (`-vp dev`) it is the last one:
    /// only that can have a value.
    fn option<'w>(&self, word: &'w str) -> Option<(&'c Arg, Option<&'w str>)> {
        if let Some(long) = word.strip_prefix("--") {
            let (name, value) =
                long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
            let is_named = |argument: &&Arg| {
                argument.get_long() == Some(name)
                    || argument.get_all_aliases().is_some_and(|aliases| aliases.contains(&name))
            };
            return self.command().get_arguments().find(is_named).map(|argument| (argument, value));
        }
        let letters = word.strip_prefix('-').filter(|letters| !letters.is_empty())?;
        let mut last = None;
        for (at, letter) in letters.char_indices() {
            let argument =
                self.command().get_arguments().find(|argument| argument.get_short() == Some(letter))?;
            let rest = &letters[at + letter.len_utf8()..];
            if argument.get_action().takes_values() {
                return Some((
                    argument,
                    Some(rest.strip_prefix('=').unwrap_or(rest)).filter(|_| !rest.is_empty()),
                ));
            }
            last = Some((argument, None));
        }
        last
    }
}
