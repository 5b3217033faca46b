//! What a rotation must not forget, on the disk before it counts: `xcred/rotations/ID.json` in the user's folder for
//! state, for its owner only. It is there from before a key is asked for until the rotation is over.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

use super::Error;
use crate::credentials::Credentials;
use crate::origin::{Located, Origin};
use crate::secret::Secret;
use crate::store::{self, Found, Held};
use crate::world::World;

/// The record of one rotation.
#[derive(Debug)]
pub struct Journal {
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub entry: Entry,
}

/// What the record says. The old pair is there for `--undo`; the new one from the moment that it exists.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The version of this shape.
    pub schema: u32,
    /// When it began, before the new key was asked for.
    pub begun: String,
    /// The profile that was named.
    pub profile: String,
    /// The account.
    pub account: String,
    /// The identity that both keys have to prove.
    pub arn: String,
    /// The user.
    pub user: String,
    /// The keys that the user had. Any other may be one whose answer was lost.
    pub known: Vec<String>,
    /// Where the old key stood.
    pub places: Vec<String>,
    /// Whether the old key is to be deleted at the end.
    pub delete: bool,
    /// Whether it is being taken back, so far that the new key may be gone.
    pub undone: bool,
    /// The key to be replaced.
    pub old: Pair,
    /// The key in its place.
    pub new: Option<Pair>,
}

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
    String::deserialize(from).map(Secret::new)
}

impl Entry {
    /// When it began.
    pub fn begun(&self) -> Timestamp {
        self.begun.parse().unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

impl Journal {
    /// Begins a rotation: nothing is asked of IAM before this is on the disk.
    pub fn begin(world: &World, entry: Entry) -> Result<Journal, Error> {
        let path = folder(world)?.join(format!("{}.json", entry.old.id));
        let journal = Journal { path, entry };
        journal.save()?;
        Ok(journal)
    }

    /// Writes the new key down.
    pub fn record(&mut self, new: Pair) -> Result<(), Error> {
        self.entry.new = Some(new);
        self.save()
    }

    /// A key is about to be asked for again; these are the ones that there are.
    pub fn renew(&mut self, now: Timestamp, known: Vec<String>) -> Result<(), Error> {
        self.entry.undone = false;
        (self.entry.begun, self.entry.known) = (now.to_string(), known);
        self.save()
    }

    /// Writes down whether the new key may be gone.
    pub fn undone(&mut self, undone: bool) -> Result<(), Error> {
        self.entry.undone = undone;
        self.save()
    }

    /// The rotation is over: nothing is left to be remembered.
    pub fn end(self) -> Result<(), Error> {
        Ok(store::remove(&self.path)?)
    }

    /// The unfinished rotation of the key `id`, be it the old or the new one, else of `profile`.
    pub fn find(world: &World, id: Option<&str>, profile: &str) -> Result<Option<Journal>, Error> {
        let mut all = Journal::all(world)?;
        let of_key = |journal: &Journal| {
            let new = journal.entry.new.as_ref().map(|new| new.id.as_str());
            id.is_some() && (id == Some(&journal.entry.old.id) || id == new)
        };
        let found = all.iter().position(of_key);
        let found = found.or_else(|| all.iter().position(|journal| journal.entry.profile == profile));
        Ok(found.map(|at| all.swap_remove(at)))
    }

    fn all(world: &World) -> Result<Vec<Journal>, Error> {
        let mut journals = Vec::new();
        for path in store::list(&folder(world)?)? {
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let Found::Bytes(bytes) = store::read_within(&path, store::SMALL)? else { continue };
            let bytes = Zeroizing::new(bytes);
            match serde_json::from_slice(&bytes) {
                Ok(entry) => journals.push(Journal { path, entry }),
                // Not the parser's words: they may quote what stands there.
                Err(_) => return Err(Error::Journal { path }),
            }
        }
        Ok(journals)
    }

    fn save(&self) -> Result<(), Error> {
        let text = serde_json::to_vec_pretty(&self.entry).map(Zeroizing::new);
        let text = text.map_err(|_| Error::Journal { path: self.path.clone() })?;
        store::edit(&[&self.path], |contents| {
            contents[0].clone_from(&text);
            Ok::<_, Error>(())
        })?;
        Ok(())
    }

    /// The old key, as requests are signed with it.
    pub fn old(&self) -> Credentials {
        self.signing(&self.entry.old)
    }

    /// The new key, as requests are signed with it.
    pub fn new_key(&self) -> Option<Credentials> {
        self.entry.new.as_ref().map(|new| self.signing(new))
    }

    fn signing(&self, pair: &Pair) -> Credentials {
        let origin = Origin::Cache { path: self.path.clone() };
        Credentials {
            access_key_id: Some(Located::new(pair.id.clone(), origin.clone())),
            secret_access_key: Some(Located::new(pair.secret.clone(), origin)),
            session_token: None,
            account_id: None,
            expiration: None,
        }
    }
}

/// Keeps other rotations of this user's out for as long as this one is at work.
pub fn hold(world: &World) -> Result<Held, Error> {
    let folder = folder(world)?;
    let held = store::hold(&folder.join("lock"))?;
    for path in store::list(&folder)? {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some((journal, _)) = name.strip_prefix('.').and_then(|name| name.split_once(".xcred-")) {
            // Left by a process that was killed while saving: any edit settles it.
            store::edit(&[&folder.join(journal)], |_| Ok::<_, Error>(()))?;
        }
    }
    Ok(held)
}

fn folder(world: &World) -> Result<PathBuf, Error> {
    world.state_folder().map(|folder| folder.join("rotations")).ok_or(Error::NoHome)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn entry() -> Entry {
        let pair = Pair { id: "OLD".to_owned(), secret: Secret::new("old/secret") };
        Entry {
            schema: 1,
            begun: "2026-11-21T12:00:00Z".to_owned(),
            profile: "dev".to_owned(),
            account: "1".to_owned(),
            arn: "arn:aws:iam::1:user/u".to_owned(),
            user: "u".to_owned(),
            known: vec!["OLD".to_owned()],
            places: Vec::new(),
            delete: false,
            undone: false,
            old: pair,
            new: None,
        }
    }

    #[test]
    fn what_is_written_down_is_found_by_either_key_and_by_the_profile() {
        let home = tempfile::tempdir().unwrap();
        let world = World::of([("HOME", home.path().to_str().unwrap())]);
        let found = |id: Option<&str>, profile: &str| Journal::find(&world, id, profile).unwrap();
        assert!(found(Some("OLD"), "dev").is_none());
        let mut journal = Journal::begin(&world, entry()).unwrap();
        assert!(journal.path.ends_with(".local/state/xcred/rotations/OLD.json"));
        journal.record(Pair { id: "NEW".to_owned(), secret: Secret::new("new/secret") }).unwrap();
        for (id, profile) in [(Some("OLD"), "x"), (Some("NEW"), "x"), (None, "dev"), (Some("OTHER"), "dev")] {
            let new = found(id, profile).unwrap().entry.new.unwrap();
            assert_eq!(new.secret.expose(), "new/secret");
        }
        assert!(found(Some("OTHER"), "x").is_none() && found(None, "x").is_none());
        assert!(!format!("{journal:?}").contains("/secret"), "{journal:?}");
        let path = journal.path.clone();
        journal.end().unwrap();
        assert!(!path.exists() && found(Some("OLD"), "dev").is_none());
    }

    #[test]
    fn a_journal_that_cannot_be_read_is_not_quoted() {
        let home = tempfile::tempdir().unwrap();
        let world = World::of([("XDG_STATE_HOME", home.path().to_str().unwrap())]);
        let journal = Journal::begin(&world, entry()).unwrap();
        store::edit(&[&journal.path], |contents| {
            contents[0] = br#"{"schema": "my/secret"}"#.to_vec();
            Ok::<_, Error>(())
        })
        .unwrap();
        let error = Journal::find(&world, None, "dev").unwrap_err();
        assert!(matches!(error, Error::Journal { .. }) && !format!("{error:?}").contains("/secret"));
    }

    #[test]
    fn what_a_killed_process_left_is_settled_by_the_next() {
        let home = tempfile::tempdir().unwrap();
        let world = World::of([("XDG_STATE_HOME", home.path().to_str().unwrap())]);
        let journal = Journal::begin(&world, entry()).unwrap();
        let left = journal.path.with_file_name(".OLD.json.xcred-new");
        fs::copy(&journal.path, &left).unwrap();
        journal.end().unwrap();
        drop(hold(&world).unwrap());
        assert!(!left.exists());
    }
}
