//! A shell as data: what is the same for all of them.

use std::fmt;

use super::{Environment, Error};
use crate::secret::Secret;

/// The length of what a text has beside its values, in bytes, at most.
pub(super) const ROOM: usize = 12 * 1024;

/// A shell, or another reader of variables.
pub struct Shell {
    /// The value of `--format`.
    pub name: &'static str,
    /// Other values of `--format` that mean it.
    pub aliases: &'static [&'static str],
    /// In the help of `--format`.
    pub about: &'static str,
    /// In a sentence.
    pub title: &'static str,
    /// The names of its processes, without versions.
    pub programs: &'static [&'static str],
    /// How its user evaluates the text; `None` if nothing evaluates it.
    pub usage: Option<&'static str>,
    /// The beginning of every text. Alone it makes the evaluation fail, so it is written before anything that can
    /// end the program silently.
    ///
    /// It usually opens one compound statement, so that the shell runs all of the text or nothing.
    pub opening: &'static str,
    /// Makes the evaluation fail and does nothing else. It begins with `opening`.
    pub failure: &'static str,
    /// Writes what follows the opening.
    pub(super) write: fn(&mut String, &Environment) -> Result<(), Error>,
}

impl Shell {
    /// The text that gives the shell this environment. It contains secrets.
    pub fn code(&self, environment: &Environment) -> Result<Secret, Error> {
        // Room for everything from the start: a string that grows leaves copies of its contents behind.
        let values: usize = environment.set().iter().map(|(_, value)| value.expose().len()).sum();
        let mut out = String::with_capacity(16 * values + ROOM);
        out.push_str(self.opening);
        (self.write)(&mut out, environment)?;
        Ok(Secret::new(out))
    }
}

impl PartialEq for Shell {
    fn eq(&self, other: &Shell) -> bool {
        self.name == other.name
    }
}

impl fmt::Debug for Shell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
