//! How an unfinished rotation or creation continues.

use std::fmt;

use crate::failure::{Command, Hint};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    Rotation,
    Creation,
}

impl Work {
    /// The subcommand of `xcred keys`.
    pub fn verb(self) -> &'static str {
        match self {
            Work::Rotation => "rotate",
            Work::Creation => "create",
        }
    }
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Work::Rotation => "rotation",
            Work::Creation => "creation",
        })
    }
}

/// A command of `keys` for a profile.
pub fn command(verb: &'static str, profile: &str) -> Command {
    Command::xcred(["keys", verb]).profile(profile)
}

/// An unfinished rotation or creation, to continue with a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    pub work: Work,
    pub profile: String,
    /// The user whose key is created.
    pub user: Option<String>,
    /// The account of a profile that is gone: any other one of that account may continue it.
    pub gone: Option<String>,
}

impl Again {
    /// The command with `--resume` or `--undo`.
    pub fn command(&self, way: &'static str) -> Command {
        let profile = if self.gone.is_some() { "NAME" } else { &self.profile };
        let command = command(self.work.verb(), profile).flag(way);
        match &self.user {
            Some(user) => command.option("--user", user),
            None => command,
        }
    }

    /// One way to go on.
    pub(super) fn way(&self, way: &'static str) -> Hint {
        Hint::default().run(self.command(way))
    }

    /// Both ways to go on.
    pub fn ways(&self) -> Hint {
        self.ways_after("")
    }

    /// The same behind other words.
    pub fn ways_after(&self, words: &str) -> Hint {
        let [resume, undo] = ["--resume", "--undo"].map(|way| self.command(way));
        let hint = Hint::from(words).run(resume).say(" finishes it, ").run(undo).say(" rolls it back");
        match &self.gone {
            Some(account) => hint.say(format!(", where NAME is a profile of account {account}")),
            None => hint,
        }
    }
}
