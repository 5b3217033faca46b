//! What the journals say: of a rotation, and of the creation of a key.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::window::Asked;
use crate::failure::Command;
use crate::secret::Secret;

/// The version of both shapes.
pub const SCHEMA: u32 = 1;

/// What a journal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Replacing a key.
    Rotation,
    /// Creating one.
    Creation,
}

impl Work {
    /// The command of `xcred keys` that does it.
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

/// What is to be finished or rolled back, as a command line names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    /// What it is.
    pub work: Work,
    /// The profile that it was begun for.
    pub profile: String,
    /// The user whose key is created, where that tells it from others.
    pub user: Option<String>,
}

impl Again {
    /// The command that goes on with it, `--resume` or `--undo`.
    pub fn command(&self, way: &'static str) -> Command {
        let command = super::command(self.work.verb(), &self.profile).flag(way);
        match &self.user {
            Some(user) => command.option("--user", user),
            None => command,
        }
    }
}

/// A record of a request for a key. Either the key is in the record, or the answer is still to come, or it was lost.
pub trait Record: Serialize + DeserializeOwned + Clone {
    /// What the key is for.
    const WORK: Work;

    /// What is so where the answer was lost.
    const ANSWER_LOST: &'static str;

    /// The name of the record's file, without `.json`.
    fn stem(&self) -> String;

    /// What it is about: the old key, or whose key is created.
    fn what(&self) -> String;

    /// The profile that the command was given.
    fn profile(&self) -> &str;

    /// What goes on with it.
    fn again(&self) -> Again;

    /// The request.
    fn request(&self) -> Request;

    /// Another request in place of this one.
    fn renew(&mut self, request: Request);

    /// Writes down that the request was given up at `ended`.
    fn give_up(&mut self, ended: Timestamp);

    /// The key in the answer.
    fn made(&self) -> Option<&Pair>;

    /// The same, to be changed.
    fn made_mut(&mut self) -> &mut Option<Pair>;

    /// What identifies the key, if its answer was lost.
    fn asked(&self) -> Asked {
        let Request { begun, ended, ahead, known } = self.request();
        Asked { begun, ended, ahead: ahead.map(SignedDuration::from_millis), known }
    }
}

/// A request for a key, on the disk before it is sent.
#[derive(Clone, Debug)]
pub struct Request {
    /// When it was sent, by this machine's clock.
    pub begun: Timestamp,
    /// When it was given up, if the process lived to see that.
    pub ended: Option<Timestamp>,
    /// How many milliseconds IAM's clock is ahead of this machine's, if it said.
    pub ahead: Option<i64>,
    /// The keys that the user had before.
    pub known: Vec<String>,
}

/// The record of a rotation. The old pair is there for `--undo`; the new one from the moment that it exists.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The version of this shape.
    pub schema: u32,
    /// When the new key was asked for.
    #[serde(serialize_with = "written", deserialize_with = "date")]
    pub begun: Timestamp,
    /// See [`Request::ended`].
    #[serde(default, serialize_with = "maybe_written", deserialize_with = "maybe_date")]
    pub ended: Option<Timestamp>,
    /// See [`Request::ahead`].
    #[serde(default)]
    pub ahead: Option<i64>,
    /// The profile that was named.
    pub profile: String,
    /// The account.
    pub account: String,
    /// The identity that both keys have to prove.
    pub arn: String,
    /// The user.
    pub user: String,
    /// See [`Request::known`].
    pub known: Vec<String>,
    /// Where the old key was.
    pub places: Vec<String>,
    /// Where it stays, because the file can't be edited and the user agreed.
    #[serde(default)]
    pub left: Vec<String>,
    /// Whether the old key is to be deleted at the end.
    pub delete: bool,
    /// Whether it is being taken back, so far that the new key may be gone.
    pub undone: bool,
    /// The key to be replaced.
    pub old: Pair,
    /// The key in its place.
    pub new: Option<Pair>,
}

/// The record of a key's creation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Creation {
    /// The version of this shape.
    pub schema: u32,
    /// When the key was asked for.
    #[serde(serialize_with = "written", deserialize_with = "date")]
    pub begun: Timestamp,
    /// See [`Request::ended`].
    #[serde(default, serialize_with = "maybe_written", deserialize_with = "maybe_date")]
    pub ended: Option<Timestamp>,
    /// See [`Request::ahead`].
    #[serde(default)]
    pub ahead: Option<i64>,
    /// The profile that asked for it.
    pub profile: String,
    /// The account.
    pub account: String,
    /// The user whose key it is; none where that is the one who asked and has no name, as the root user.
    pub user: Option<String>,
    /// See [`Request::known`].
    pub known: Vec<String>,
    /// The profile that gets the key.
    pub save_as: Option<String>,
    /// Whether it may replace a key there.
    pub overwrite: bool,
    /// Whether it is to be printed.
    pub show_secret: bool,
    /// The key.
    pub new: Option<Pair>,
}

macro_rules! record {
    ($shape:ty, $work:expr, $lost:expr, $stem:expr, $what:expr, $user:expr) => {
        impl Record for $shape {
            const WORK: Work = $work;
            const ANSWER_LOST: &'static str = $lost;

            fn stem(&self) -> String {
                let stem: fn(&$shape) -> String = $stem;
                stem(self)
            }

            fn what(&self) -> String {
                let what: fn(&$shape) -> String = $what;
                what(self)
            }

            fn profile(&self) -> &str {
                &self.profile
            }

            fn again(&self) -> Again {
                let user: fn(&$shape) -> Option<String> = $user;
                Again { work: $work, profile: self.profile.clone(), user: user(self) }
            }

            fn request(&self) -> Request {
                let known = self.known.clone();
                Request { begun: self.begun, ended: self.ended, ahead: self.ahead, known }
            }

            fn renew(&mut self, request: Request) {
                Request { begun: self.begun, ended: self.ended, ahead: self.ahead, known: self.known } =
                    request;
            }

            fn give_up(&mut self, ended: Timestamp) {
                self.ended = Some(ended);
            }

            fn made(&self) -> Option<&Pair> {
                self.new.as_ref()
            }

            fn made_mut(&mut self) -> &mut Option<Pair> {
                &mut self.new
            }
        }
    };
}

record!(
    Entry,
    Work::Rotation,
    "the answer with the new key was lost; the old key works",
    |entry| entry.old.id.clone(),
    |entry| entry.old.id.clone(),
    |_| None
);
record!(
    Creation,
    Work::Creation,
    "the answer was lost: a key may exist whose secret nobody has",
    |entry| {
        let user = entry.user.as_deref().unwrap_or("root");
        // IAM's names can't have a slash; those of its stand-ins might.
        format!("{CREATION}{}-{user}", entry.account).replace(['/', '\0'], "_")
    },
    |entry| match &entry.user {
        Some(user) => format!("a key for user `{user}`"),
        None => "a key".to_owned(),
    },
    |entry| entry.user.clone()
);

/// How the names of the journals of creations begin. No key's ID does.
pub(super) const CREATION: &str = "create-";

/// A key and its secret.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pair {
    /// The ID.
    pub id: String,
    /// The secret.
    #[serde(serialize_with = "exposed", deserialize_with = "taken")]
    pub secret: Secret,
}

/// The one place where a secret is written down as it is.
fn exposed<S: Serializer>(secret: &Secret, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(secret.expose())
}

fn taken<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
    String::deserialize(from).map(Secret::held)
}

fn written<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(at)
}

fn date<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
    String::deserialize(from)?.parse().map_err(|_| D::Error::custom("not a date"))
}

#[expect(clippy::ref_option, reason = "serde hands fields over by reference")]
fn maybe_written<S: Serializer>(at: &Option<Timestamp>, to: S) -> Result<S::Ok, S::Error> {
    at.map(|at| at.to_string()).serialize(to)
}

fn maybe_date<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    text.map(|text| text.parse().map_err(|_| D::Error::custom("not a date"))).transpose()
}
