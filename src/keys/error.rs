//! Why a key can't be rotated, or where a rotation or creation stopped.

mod explain;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::access::Access;
use super::again::{Again, Work};
use super::fault::Fault;
use super::request::Alibi;
use super::unfinished::Unfinished;
use crate::chain::Provider;
use crate::client;
use crate::failure::Hint;
use crate::origin::{Origin, shown};
use crate::profile::{self, SectionName};
use crate::service::iam::Use;
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
    #[error("profile `{profile}` {} needed", if matches!(**source, Error::Journal { .. }) { "may still be" } else { "is still" })]
    Needed {
        profile: String,
        /// That the journal is unfinished, or can't be used.
        source: Box<Error>,
    },
    /// There is nothing to resume or to undo.
    #[error("there is no unfinished {work} for profile `{profile}`")]
    NoneUnfinished {
        work: Work,
        profile: String,
        access: Access,
        /// Those of other profiles.
        others: Vec<Again>,
    },
    /// Which one to continue has to be said.
    #[error("there are several unfinished creations, and none of them is named")]
    Several {
        /// `--resume` or `--undo`.
        way: &'static str,
        found: Vec<Again>,
    },
    /// What began a creation is gone, and the journal has no key to sign with.
    #[error("profile `{profile}`, which began the creation, doesn't exist any more")]
    Orphaned { profile: String, again: Again },
    /// The caller may create keys and not list them.
    #[error("the key whose response was lost can't be looked for")]
    NotListed {
        again: Again,
        /// `--resume` or `--undo`.
        way: &'static str,
        source: Box<client::Error>,
    },
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
        access: Access,
        /// Whether a journal has it.
        is_recorded: bool,
    },
    #[error("the new key {id} was deleted by someone else")]
    NewGone { id: String, again: Again },
    #[error("the new key {id} was deactivated by someone else")]
    NewInactive {
        id: String,
        again: Again,
        /// What activates it.
        activation: Hint,
    },
    /// The keys of a rotation may be inactive, so that neither of them can activate the other.
    #[error("neither the old key {old} nor the new key {new} works")]
    NoneWorks {
        old: String,
        new: String,
        again: Again,
        /// What activates the new one.
        activation: Hint,
    },
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
        path: Box<Path>,
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
    pub fn used(id: &str, used: Use, access: Access) -> Error {
        Error::NotLost { id: id.to_owned(), alibi: Alibi::Used(used), access, is_recorded: true }
    }

    pub fn stopped(self, again: Again, step: impl Into<Cow<'static, str>>) -> Error {
        match self {
            // Complete already, or to be decided first.
            Error::Stopped { .. }
            | Error::Undecided { .. }
            | Error::NotLost { .. }
            | Error::NotListed { .. }
            | Error::NoneWorks { .. }
            | Error::Nowhere { .. } => self,
            _ => Error::Stopped { again, step: step.into(), source: Box::new(self) },
        }
    }
}

#[cfg(test)]
mod examples;
