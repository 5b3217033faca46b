//! What must not be forgotten, on the disk before it counts: `xcred/rotations/ID.json` in the user's folder for state,
//! for its owner only. It is there from before a key is asked for until everything is done with it.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::entry::{Again, CREATION, Creation, Entry, Pair, Record, Request};
use super::error::{Error, Fault};
use super::folder::folder;
use crate::credentials::Credentials;
use crate::origin::{Located, Origin};
use crate::store;
use crate::world::World;

/// A journal takes some hundred bytes.
const LARGEST: u64 = 1 << 20;

/// A record and where it is.
#[derive(Clone, Debug)]
pub struct Journal<R = Entry> {
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub entry: R,
}

impl<R: Record> Journal<R> {
    /// Begins: nothing is asked of IAM before this is on the disk, with room for the key.
    pub fn begin(world: &World, entry: R) -> Result<Journal<R>, Error> {
        let path = folder(world)?.join(format!("{}.json", entry.stem()));
        if let Some(other) = Journal::<R>::read(path.clone(), world.now())? {
            return Err(other.unfinished());
        }
        let journal = Journal { path, entry };
        journal.save()?;
        match journal.make_room() {
            Ok(()) => Ok(journal),
            Err(error) => {
                // Nothing has happened yet.
                store::remove(&journal.path)?;
                Err(error)
            }
        }
    }

    /// Makes sure that the new key can be written down.
    fn make_room(&self) -> Result<(), Error> {
        let mut longer = self.clone();
        let secret = crate::secret::Secret::new("x".repeat(128));
        *longer.entry.made_mut() = Some(Pair { id: "X".repeat(128), secret });
        Ok(store::try_out(&self.path, &longer.text()?)?)
    }

    /// Writes the new key down.
    pub fn record(&mut self, new: Pair) -> Result<(), Error> {
        *self.entry.made_mut() = Some(new);
        self.save()
    }

    /// A key is about to be asked for again.
    pub fn renew(&mut self, request: Request) -> Result<(), Error> {
        self.entry.renew(request);
        self.save()?;
        self.make_room()
    }

    /// The request was given up. The journal holds without this, only less exactly.
    pub fn give_up(&mut self, now: Timestamp) {
        self.entry.give_up(now);
        let _ = self.save();
    }

    /// It is over: nothing is left to be remembered.
    pub fn end(self) -> Result<(), Error> {
        Ok(store::remove(&self.path)?)
    }

    /// All journals of this kind.
    pub fn all(world: &World) -> Result<Vec<Journal<R>>, Error> {
        let mut journals = Vec::new();
        for path in store::list(&folder(world)?)? {
            let is_creation =
                path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(CREATION));
            let is_ours = is_creation == (R::WORK == super::Work::Creation);
            if is_ours && path.extension().is_some_and(|extension| extension == "json") {
                journals.extend(Journal::read(path, world.now())?);
            }
        }
        Ok(journals)
    }

    fn read(path: PathBuf, now: Timestamp) -> Result<Option<Journal<R>>, Error> {
        let refused = |fault| Err(Error::Journal { path: path.clone(), fault });
        let bytes = match store::read_own(&path, LARGEST) {
            Ok(bytes) => bytes,
            // Its command has ended meanwhile.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return refused(Fault::Unreadable(error.to_string())),
        };
        match Journal::<R>::parse(&bytes, now) {
            Ok(entry) => Ok(Some(Journal { path, entry })),
            Err(fault) => refused(fault),
        }
    }

    pub(super) fn parse(bytes: &[u8], now: Timestamp) -> Result<R, Fault> {
        super::check::check(bytes, now)?;
        // Not the parser's words: they may quote what is there.
        serde_json::from_slice(bytes).map_err(|_| Fault::Damaged)
    }

    fn save(&self) -> Result<(), Error> {
        let text = self.text()?;
        store::edit(&[&self.path], |contents| {
            contents[0].clone_from(&text);
            Ok::<_, Error>(())
        })?;
        Ok(())
    }

    fn text(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        let text = serde_json::to_vec_pretty(&self.entry).map(Zeroizing::new);
        text.map_err(|_| Error::Journal { path: self.path.clone(), fault: Fault::Damaged })
    }

    /// The new key, as requests are signed with it.
    pub fn new_key(&self) -> Option<Credentials> {
        self.entry.made().map(|new| signing(&self.path, new))
    }

    /// What goes on with it.
    pub fn again(&self) -> Again {
        self.entry.again()
    }

    /// An error that stops what the journal is about.
    pub fn stopped(&self, error: Error, step: &'static str) -> Error {
        error.stopped(self.entry.again(), step)
    }

    /// What is told of it as long as it is there.
    pub fn unfinished(&self) -> Error {
        Error::Unfinished {
            again: self.entry.again(),
            what: self.entry.what(),
            new: self.entry.made().map(|new| new.id.clone()),
            begun: self.entry.request().begun,
            path: self.path.clone(),
        }
    }
}

impl Journal<Entry> {
    /// Writes down whether the new key may be gone.
    pub fn undone(&mut self, undone: bool) -> Result<(), Error> {
        self.entry.undone = undone;
        self.save()
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

    /// The old key, as requests are signed with it.
    pub fn old(&self) -> Credentials {
        signing(&self.path, &self.entry.old)
    }
}

impl Journal<Creation> {
    /// The unfinished creation that `profile` began, for `user` if one is named.
    pub fn begun_by(
        world: &World,
        profile: &str,
        user: Option<&str>,
    ) -> Result<Option<Journal<Creation>>, Error> {
        let is_it = |journal: &Journal<Creation>| {
            journal.entry.profile == profile && (user.is_none() || journal.entry.user.as_deref() == user)
        };
        Ok(Journal::all(world)?.into_iter().find(is_it))
    }
}

/// What is told of every journal that there is.
pub fn unfinished(world: &World) -> Result<Vec<Error>, Error> {
    let rotations = Journal::<Entry>::all(world)?.into_iter().map(|journal| journal.unfinished());
    let creations = Journal::<Creation>::all(world)?.into_iter().map(|journal| journal.unfinished());
    Ok(rotations.chain(creations).collect())
}

fn signing(path: &Path, pair: &Pair) -> Credentials {
    let origin = Origin::Cache { path: path.to_owned() };
    Credentials {
        access_key_id: Some(Located::new(pair.id.clone(), origin.clone())),
        secret_access_key: Some(Located::new(pair.secret.clone(), origin)),
        session_token: None,
        account_id: None,
        expiration: None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::super::entry::SCHEMA;
    use super::super::hold;
    use super::*;
    use crate::secret::Secret;

    fn entry() -> Entry {
        let pair = Pair { id: "OLD".to_owned(), secret: Secret::new("old/secret") };
        Entry {
            schema: 1,
            begun: "2026-11-21T12:00:00Z".parse().unwrap(),
            ended: None,
            ahead: None,
            profile: "dev".to_owned(),
            account: "1".to_owned(),
            arn: "arn:aws:iam::1:user/u".to_owned(),
            user: "u".to_owned(),
            known: vec!["OLD".to_owned()],
            places: Vec::new(),
            left: Vec::new(),
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

    fn written(world: &World, text: &str) -> Error {
        let journal = Journal::begin(world, entry()).unwrap();
        store::edit(&[&journal.path], |contents| {
            contents[0] = text.as_bytes().to_vec();
            Ok::<_, Error>(())
        })
        .unwrap();
        let error = Journal::find(world, None, "dev").unwrap_err();
        fs::remove_file(&journal.path).unwrap();
        assert!(!format!("{error:?} {error}").contains("/secret"), "{error:?}");
        error
    }

    #[test]
    fn a_journal_that_cannot_be_relied_on_is_refused_and_not_quoted() {
        let home = tempfile::tempdir().unwrap();
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        let world = World::of([("XDG_STATE_HOME", home.path().to_str().unwrap())]).at(now);
        let whole = String::from_utf8(serde_json::to_vec_pretty(&entry()).unwrap()).unwrap();
        let begun = |date: &str| whole.replace("2026-11-21T12:00:00Z", date);
        let ended = |date: &str| whole.replace("\"ended\": null", &format!("\"ended\": \"{date}\""));
        for (text, expected) in [
            (r#"{"schema": "my/secret"}"#.to_owned(), Fault::Damaged),
            (whole[..whole.len() / 2].to_owned(), Fault::Damaged),
            (String::new(), Fault::Damaged),
            (whole.replace("\"schema\": 1", "\"schema\": 99"), Fault::Schema(99)),
            // Of a newer shape nothing else need be as it is here.
            (r#"{"schema": 2, "begun": "2026-11-21T12:00:00Z"}"#.to_owned(), Fault::Schema(2)),
            (begun("garbage my/secret"), Fault::Date),
            (begun(""), Fault::Date),
            (begun("1970-01-01T00:00:00Z"), Fault::Date),
            (begun("2026-11-22T12:15:01Z"), Fault::Date),
            (begun("9999-01-01T00:00:00Z"), Fault::Date),
            (ended("2026-11-21T11:59:59Z"), Fault::Date),
        ] {
            let error = written(&world, &text);
            assert!(
                matches!(&error, Error::Journal { fault, .. } if *fault == expected),
                "{text}: {error:?}"
            );
            assert!(crate::failure::Explain::help(&error).is_some());
        }
        let error = written(&world, &format!("{whole}{}", " ".repeat(1 << 20)));
        assert!(error.to_string().ends_with("it is larger than 1 MiB"), "{error}");
    }

    #[test]
    fn a_creation_is_found_by_who_began_it_and_does_not_replace_another() {
        let home = tempfile::tempdir().unwrap();
        let world = World::of([("XDG_STATE_HOME", home.path().to_str().unwrap())]);
        let creation = |user: &str| Creation {
            schema: SCHEMA,
            begun: "2026-11-21T12:00:00Z".parse().unwrap(),
            ended: None,
            ahead: Some(-5),
            profile: "admin".to_owned(),
            account: "1".to_owned(),
            user: Some(user.to_owned()),
            known: Vec::new(),
            save_as: Some("new".to_owned()),
            overwrite: false,
            show_secret: false,
            new: None,
        };
        let mut fay = Journal::begin(&world, creation("fay")).unwrap();
        fay.record(Pair { id: "NEW".to_owned(), secret: Secret::new("new/secret") }).unwrap();
        Journal::begin(&world, creation("gil")).unwrap();
        assert!(matches!(Journal::begin(&world, creation("fay")), Err(Error::Unfinished { .. })));
        let found = |user: Option<&str>| {
            Journal::begun_by(&world, "admin", user).unwrap().unwrap().entry.user.unwrap()
        };
        assert_eq!([found(None), found(Some("gil"))], ["fay", "gil"]);
        assert!(Journal::begun_by(&world, "other", None).unwrap().is_none());
        // Rotations and creations do not meet.
        assert!(Journal::find(&world, Some("NEW"), "admin").unwrap().is_none());
        assert_eq!(unfinished(&world).unwrap().len(), 2);
    }

    #[test]
    fn what_a_killed_process_left_is_settled_by_the_next() {
        let home = tempfile::tempdir().unwrap();
        let world = World::of([("XDG_STATE_HOME", home.path().to_str().unwrap())]);
        let journal = Journal::begin(&world, entry()).unwrap();
        let left = journal.path.with_file_name(".OLD.json.xcred-new");
        fs::copy(&journal.path, &left).unwrap();
        journal.end().unwrap();
        drop(hold(&world, Duration::ZERO).unwrap());
        assert!(!left.exists());
    }
}

#[cfg(test)]
mod fuzz {
    use super::super::entry::Creation;
    use super::*;

    #[test]
    fn rotation_journal() {
        bolero::check!().for_each(|bytes: &[u8]| says_the_same_when_written_again::<Entry>(bytes));
    }

    #[test]
    fn creation_journal() {
        bolero::check!().for_each(|bytes: &[u8]| says_the_same_when_written_again::<Creation>(bytes));
    }

    fn says_the_same_when_written_again<R: Record>(bytes: &[u8]) {
        let now = "2026-11-21T12:00:00Z".parse().unwrap();
        let Ok(entry) = Journal::<R>::parse(bytes, now) else { return };
        let written = serde_json::to_vec(&entry).unwrap();
        let again = Journal::<R>::parse(&written, now).unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!(serde_json::to_vec(&again).unwrap(), written);
    }
}
