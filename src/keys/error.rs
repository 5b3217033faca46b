//! Why a key can't be rotated, or where a rotation or creation stopped.

use std::borrow::Cow;
use std::path::PathBuf;

use jiff::Timestamp;

use super::again::{Again, Work, command};
use super::fault::Fault;
use super::request::Alibi;
use super::unfinished::Unfinished;
use crate::chain::Provider;
use crate::client;
use crate::failure::{Code, Command, Exit, Explain, Hint};
use crate::origin::{Origin, shown};
use crate::profile::{self, SectionName};
use crate::service::iam::Use;
use crate::settings;
use crate::store::Problem;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The credentials are not a long-term key of a user in one of the two files.
    #[error("{what}, and only the long-term key of an IAM user in the files can be rotated")]
    NotRotatable { what: String, help: Hint, origin: Option<Origin> },
    #[error(transparent)]
    Service(Box<client::Error>),
    #[error(transparent)]
    Files(#[from] profile::Error),
    #[error(transparent)]
    Store(#[from] Problem),
    #[error("no home folder: `HOME` is not set, and the password file has no entry for this user")]
    NoHome,
    #[error("the journal `{path}` can't be used: {fault}", path = shown(.path))]
    Journal { path: PathBuf, fault: Fault },
    #[error("{0}")]
    Unfinished(Box<Unfinished>),
    /// A profile that is to be removed is that of a journal.
    #[error("profile `{profile}` is still needed")]
    Needed {
        profile: String,
        /// That the journal is unfinished.
        source: Box<Error>,
    },
    /// There is nothing to resume or to undo.
    #[error("there is no unfinished {work} for profile `{profile}`")]
    NoneUnfinished {
        work: Work,
        profile: String,
        /// Those of other profiles.
        others: Vec<Again>,
    },
    /// What began a creation is gone, and the journal has no key to sign with.
    #[error("profile `{profile}`, which began the creation, doesn't exist any more")]
    Orphaned { profile: String, again: Again },
    /// Each of these new keys may be the one whose response was lost.
    #[error("xcred can't tell whether {} the key whose secret was lost, or {} to someone else", list(.keys), if keys.len() == 1 { "belongs" } else { "belong" })]
    Undecided {
        again: Again,
        /// `--resume` or `--undo`.
        way: &'static str,
        /// Each key, and when it was created.
        keys: Vec<(String, Timestamp)>,
    },
    /// The user named a key as the lost one, and it is certainly another.
    #[error("{id} is not deleted: it {alibi}")]
    NotLost {
        id: String,
        alibi: Alibi,
        profile: String,
        /// Whether a journal has it.
        is_recorded: bool,
    },
    #[error("the new key {id} was deleted by someone else")]
    NewGone { id: String, again: Again },
    #[error("the new key {id} was deactivated by someone else")]
    NewInactive { id: String, again: Again },
    /// The key is in files that can't be edited.
    #[error("the old key is also in {places}, which xcred can't edit")]
    Elsewhere {
        /// With the reasons why xcred can't edit them.
        places: String,
        old: String,
    },
    /// The list is out of date, or not that of this user.
    #[error("IAM doesn't list {id} among the keys of user `{user}`, although the request was signed with it")]
    Unlisted { id: String, user: String },
    /// One of IAM's two answers is out of date.
    #[error("IAM says that key {id} doesn't exist, and lists it")]
    Contradicted { id: String },
    /// The reason why standard output doesn't take the secret.
    #[error("the secret can't be printed: {0}")]
    Unprinted(String),
    /// The key that `--undo` would delete is in use.
    #[error("{id} is already in {place}")]
    Saved { id: String, place: String, again: Again },
    /// The key that `--undo` would delete may be in a file that was moved away.
    #[error("{id} may be in {path}, which is missing", path = shown(.path))]
    MaybeSaved { id: String, path: PathBuf, again: Again },
    /// The journal is that of another account.
    #[error("profile `{profile}` is in account {found}, and the key was requested in account {expected}")]
    OtherAccount {
        profile: String,
        found: String,
        /// The journal's account.
        expected: String,
    },
    /// A user can have at most two keys.
    #[error("user `{user}` already has two access keys, and {id} {reason}")]
    TwoKeys {
        user: String,
        id: String,
        /// Why the other key is not deleted.
        reason: String,
        help: Hint,
    },
    /// The rotation or creation stopped, and its journal is kept.
    #[error("the {} stopped: {step}", again.work)]
    Stopped {
        again: Again,
        /// Where it stopped, and which key works.
        step: Cow<'static, str>,
        source: Box<Error>,
    },
    #[error("key {id} belongs to {found}, not to {expected}")]
    OtherIdentity { id: String, found: String, expected: String },
    /// No file holds one of the keys, and the journal may have the only copy of their secrets.
    #[error("{} in the files any more, and the journal `{path}` is needed for {}", neither(.old, .new.as_deref()), if new.is_some() { "their secrets" } else { "its secret" }, path = shown(.path))]
    Nowhere {
        old: String,
        new: Option<String>,
        /// The journal.
        path: PathBuf,
        /// `--resume` or `--undo`.
        way: &'static str,
        again: Again,
    },
    #[error("the old key {id} is deleted, so the rotation can't be rolled back")]
    OldGone { id: String, again: Again },
    /// The provider takes precedence over a key that is saved in the profile.
    #[error("{section} gets its credentials from `{provider}`, and a key there would not be used")]
    Provided { section: SectionName, provider: Provider },
}

fn list(keys: &[(String, Timestamp)]) -> String {
    let each = |(id, created): &(String, Timestamp)| format!("{id} (created {created})");
    let verb = if keys.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", keys.iter().map(each).collect::<Vec<_>>().join(" and "))
}

fn neither(old: &str, new: Option<&str>) -> String {
    new.map_or_else(|| format!("{old} is not"), |new| format!("neither {old} nor {new} is"))
}

impl From<client::Error> for Error {
    fn from(error: client::Error) -> Error {
        Error::Service(Box::new(error))
    }
}

impl Error {
    /// The key that `--undo` would delete was used.
    pub fn used(id: &str, used: Use, profile: &str) -> Error {
        let (id, profile) = (id.to_owned(), profile.to_owned());
        Error::NotLost { id, alibi: Alibi::Used(used), profile, is_recorded: true }
    }

    pub fn stopped(self, again: Again, step: impl Into<Cow<'static, str>>) -> Error {
        match self {
            // Complete already, or to be decided first.
            Error::Stopped { .. }
            | Error::Undecided { .. }
            | Error::NotLost { .. }
            | Error::Nowhere { .. } => self,
            _ => Error::Stopped { again, step: step.into(), source: Box::new(self) },
        }
    }
}

impl Explain for Error {
    fn inner(&self) -> Option<&dyn Explain> {
        match self {
            Error::Service(error) => Some(&**error),
            Error::Files(error) => Some(error),
            Error::Store(problem) => Some(problem),
            Error::Stopped { source, .. } | Error::Needed { source, .. } => Some(&**source),
            _ => None,
        }
    }

    fn code(&self) -> Code {
        match self {
            Error::Undecided { .. } => Code::NeedsTerminal,
            Error::NoHome | Error::Journal { .. } | Error::Unprinted(_) => Code::Io,
            Error::OtherIdentity { .. }
            | Error::NewGone { .. }
            | Error::NewInactive { .. }
            | Error::Contradicted { .. } => Code::ProviderFailed,
            _ => self.inner().map_or(Code::InvalidConfig, Explain::code),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Error::NoHome | Error::Journal { .. } => Exit::Configuration,
            _ => self.inner().map_or_else(|| self.code().exit(), Explain::exit),
        }
    }

    fn help(&self) -> Option<Hint> {
        match self {
            Error::NotRotatable { help, .. } | Error::TwoKeys { help, .. } => Some(help.clone()),
            Error::NoHome => Some("set HOME or XDG_STATE_HOME".into()),
            Error::Store(problem) => problem.help_instead("set XDG_STATE_HOME to another folder"),
            Error::Journal { fault: Fault::Schema(_), .. } => {
                Some("finish or undo it with the version of xcred that began it".into())
            }
            // It may have the only copy of a secret.
            Error::Journal { fault: Fault::Open { at, .. }, .. } => Some(
                Hint::from("take away their write permission: ")
                    .run(Command::new(["chmod", "go-w"]).argument(at)),
            ),
            Error::Journal { path, fault: Fault::Closed(_) } => {
                Some(Hint::from("make it readable: ").run(Command::new(["chmod", "u+r"]).argument(path)))
            }
            Error::Journal { path, .. } => Some(
                Hint::from("see `xcred keys list` for the existing keys; if no key's secret is missing: ")
                    .run(Command::new(["rm"]).argument(path)),
            ),
            Error::Unfinished(unfinished) => Some(unfinished.again.ways()),
            Error::Orphaned { again, .. } => Some(again.ways()),
            Error::Stopped { again, source, .. } => Some(match &**source {
                // Only one way is left, or something comes first.
                Error::NewGone { .. } | Error::NewInactive { .. } | Error::OldGone { .. } => source.help()?,
                Error::Files(profile::Error::HasKey { section, .. }) | Error::Provided { section, .. } => {
                    again.ways_beside(section)
                }
                _ => again.ways(),
            }),
            Error::Needed { source, .. } => {
                Some(source.help()?.say(", and `--force` removes the profile anyway"))
            }
            Error::Undecided { again, way, keys } => {
                let id = keys.first().map(|(id, _)| id.as_str()).unwrap_or_default();
                let [delete, keep] =
                    ["--delete-lost", "--keep"].map(|choice| again.command(way).option(choice, id));
                Some(Hint::from("if it is unused: ").run(delete).say("; to leave it alone: ").run(keep))
            }
            Error::NotLost { id, profile, is_recorded, .. } => {
                let delete = command("delete", profile).argument(id);
                let delete = if *is_recorded { delete.flag("--even-in-use") } else { delete };
                Some(Hint::from("if it is unused: ").run(delete))
            }
            Error::NewGone { again, .. } => Some(again.way("--undo").say(" rolls it back")),
            Error::NewInactive { id, again } => Some(again.ways_behind_activation(id)),
            Error::Elsewhere { old, .. } => {
                Some(format!("remove {old} there, or run this at a terminal to go on anyway").into())
            }
            Error::Saved { again, .. } => {
                Some(Hint::default().run(again.command("--resume")).say(" finishes it"))
            }
            Error::MaybeSaved { again, .. } => {
                Some(Hint::from("put the file back, or finish it: ").run(again.command("--resume")))
            }
            Error::OtherAccount { .. } => Some("name a profile of that account with `--profile`".into()),
            Error::NoneUnfinished { profile, others, .. } => Some(match &others[..] {
                [] => Hint::from("run ").run(command("list", profile)).say(" to see the keys"),
                [other] => other.ways_after("there is one of another profile: "),
                _ => Hint::from("see those of other profiles: ").run(Command::xcred(["doctor"])),
            }),
            // An earlier attempt may have deleted the key, and the list is out of date.
            Error::Contradicted { .. } => Some("try again in a few minutes".into()),
            Error::Unlisted { .. } => Some("nothing was changed; try again in a few minutes".into()),
            Error::OldGone { again, .. } => Some(again.way("--resume").say(" finishes it")),
            Error::Provided { .. } => Some("give `--save-as` another name".into()),
            Error::Nowhere { old, new, way, again, .. } => {
                let id = new.as_ref().filter(|_| *way == "--resume").unwrap_or(old);
                // A profile of its own: the usual one may hold another key by now.
                let save = Command::set(settings::AWS_ACCESS_KEY_ID.name, id).profile(id);
                let then = Again { profile: id.clone(), ..again.clone() }.command(way);
                let what = format!("to write {id} to a profile of its own: ");
                Some(Hint::from(what).run(save).say(", then ").run(then))
            }
            _ => self.inner()?.help(),
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Error::NotRotatable { origin, .. } => origin.clone(),
            Error::Unfinished(unfinished) => Some(Origin::Cache { path: unfinished.path.clone() }),
            _ => self.inner()?.origin(),
        }
    }
}

#[cfg(test)]
mod examples;
