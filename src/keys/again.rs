//! How an unfinished rotation or creation continues.

use std::fmt;

use super::access::Access;
use crate::failure::{Command, Hint};
use crate::profile::SectionName;

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

/// An unfinished rotation or creation, to continue with a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    pub work: Work,
    pub access: Access,
    /// The user whose key is created.
    pub user: Option<String>,
    /// The account of a profile that is gone: any other one of that account may continue it.
    pub gone: Option<String>,
}

impl Again {
    /// The command with `--resume` or `--undo`.
    pub fn command(&self, way: &'static str) -> Command {
        self.named().command(self.work.verb()).flag(way).option_if("--user", self.user.as_ref())
    }

    fn named(&self) -> Access {
        if self.gone.is_some() { self.access.with_profile("NAME") } else { self.access.clone() }
    }

    /// One way to go on.
    pub(super) fn way(&self, way: &'static str) -> Hint {
        Hint::default().run(self.command(way))
    }

    /// Both ways to go on.
    pub fn ways(&self) -> Hint {
        self.ways_after(Hint::default())
    }

    /// Both ways, if the profile of a created key has another one: it needs another name first.
    pub(super) fn ways_beside(&self, section: &SectionName) -> Hint {
        const NEW_NAME: &str = "NEW_NAME";
        let SectionName::Profile(profile) = section else { return self.ways() };
        let rename = Command::xcred(["profile", "rename"]).argument(profile).argument(NEW_NAME);
        let is_own = self.access.is_of(profile);
        let own = is_own.then(|| Again { access: self.access.with_profile(NEW_NAME), ..self.clone() });
        let words = Hint::from("give that profile another name: ").run(rename).say("; then ");
        own.as_ref().unwrap_or(self).ways_after(words)
    }

    /// What activates the new key. With an `account`, only another profile of it can do that.
    pub(super) fn activation(&self, id: &str, user: Option<&str>, account: Option<&str>) -> Hint {
        let by = if account.is_some() { self.access.with_profile("NAME") } else { self.named() };
        let command = by.command("activate").argument(id).option_if("--user", user);
        let hint = Hint::from("to activate the new key: ").run(command);
        match account {
            Some(account) => hint.say(format!(", where NAME is another profile of account {account}")),
            None => hint,
        }
    }

    /// Both ways, behind other words.
    pub fn ways_after(&self, words: impl Into<Hint>) -> Hint {
        let [resume, undo] = ["--resume", "--undo"].map(|way| self.command(way));
        let hint = words.into().run(resume).say(" finishes it, ").run(undo).say(" rolls it back");
        match &self.gone {
            Some(account) => hint.say(format!(", where NAME is a profile of account {account}")),
            // Another shell may have others, or none.
            None if self.access.profile.is_none() => hint.say(", with the credentials that began it"),
            None => hint,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_profile_began_is_continued_with_the_same_credentials() {
        let access = Access { profile: None, region: Some("eu-central-1".to_owned()) };
        let again = Again { work: Work::Creation, access, user: Some("fay".to_owned()), gone: None };
        assert_eq!(
            again.ways().to_string(),
            "`xcred keys create --region eu-central-1 --resume --user fay` finishes it, \
             `xcred keys create --region eu-central-1 --undo --user fay` rolls it back, \
             with the credentials that began it"
        );
        let named = Again { access: Access::of("dev"), ..again };
        assert!(!named.ways().to_string().contains("credentials"));
    }
}
