//! The record of a rotation or creation, `xcred/rotations/ID.json` in the user's state folder, readable by its owner
//! only. It exists from before a key is requested until everything is done.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::again::Again;
use super::entry::{CREATION, Entry, Pair, Record, SCHEMA};
use super::error::Error;
use super::fault::Fault;
use super::folder::folder;
use super::request::Request;
use super::unfinished::Unfinished;
use crate::credentials::Credentials;
use crate::origin::{Located, Origin};
use crate::profile::KeyFiles;
use crate::store;
use crate::world::World;

/// In bytes. A journal has a few hundred.
const LARGEST: u64 = 1 << 20;

/// How far in the future a journal's date may be: AWS accepts no signature of a clock that is further off.
const AHEAD: SignedDuration = SignedDuration::from_mins(15);

/// 2010-01-01T00:00:00Z.
const IAM_BEGAN: Timestamp = Timestamp::constant(1_262_304_000, 0);

#[derive(Clone, Debug)]
pub struct Journal<R = Entry> {
    pub path: PathBuf,
    pub entry: R,
    /// Whether the profile that began it is gone, and no other credentials are at hand.
    pub is_orphan: bool,
}

impl<R: Record> Journal<R> {
    /// A journal that doesn't exist yet.
    ///
    /// # Errors
    /// There is one about the same key, or the same user.
    pub fn new(world: &World, entry: R) -> Result<Journal<R>, Error> {
        let path = folder(world)?.join(format!("{}.json", entry.stem()));
        if let Some(mut other) = Journal::<R>::read(path.clone(), world.now())? {
            other.entry.access_mut().clone_from(entry.access());
            return Err(other.unfinished());
        }
        Ok(Journal { path, entry, is_orphan: false })
    }

    /// Creates the journal, with room for the key, before anything is requested from IAM.
    pub fn begin(&self) -> Result<(), Error> {
        self.save()?;
        self.make_room().or_else(|error| {
            // Nothing was requested yet.
            store::remove(&self.path)?;
            Err(error)
        })
    }

    /// Checks that the new key can be saved.
    fn make_room(&self) -> Result<(), Error> {
        let mut longer = self.clone();
        let secret = crate::secret::Secret::new("x".repeat(128));
        *longer.entry.made_mut() = Some(Pair { id: "X".repeat(128), secret });
        Ok(store::try_out(&self.path, &longer.text()?)?)
    }

    /// Saves the new key.
    pub fn record(&mut self, new: Pair) -> Result<(), Error> {
        *self.entry.made_mut() = Some(new);
        self.save()
    }

    /// Saves another request, before it is sent.
    pub fn renew(&mut self, request: Request) -> Result<(), Error> {
        *self.entry.request_mut() = request;
        self.save()?;
        self.make_room()
    }

    /// Saves that the request was given up. Ignores errors: without this the journal is only less exact.
    pub fn give_up(&mut self, now: Timestamp) {
        self.entry.request_mut().ended = Some(now);
        let _ = self.save();
    }

    pub fn end(self) -> Result<(), Error> {
        Ok(store::remove(&self.path)?)
    }

    pub fn all(world: &World) -> Result<Vec<Journal<R>>, Error> {
        Journal::each(world)?.into_iter().collect()
    }

    /// All journals, and those that can't be used as errors.
    pub(super) fn each(world: &World) -> Result<Vec<Result<Journal<R>, Error>>, Error> {
        let mut journals = Vec::new();
        for path in store::list(&folder(world)?)? {
            let is_creation =
                path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(CREATION));
            let is_ours = is_creation == (R::WORK == super::Work::Creation);
            if is_ours && path.extension().is_some_and(|extension| extension == "json") {
                journals.extend(Journal::read(path, world.now()).transpose());
            }
        }
        Ok(journals)
    }

    /// Without those that can't be used: nothing is known of them. Without a home there are none.
    pub(super) fn usable(world: &World) -> Result<Vec<Journal<R>>, Error> {
        match Journal::each(world) {
            Err(Error::NoHome) => Ok(Vec::new()),
            journals => Ok(journals?.into_iter().flatten().collect()),
        }
    }

    fn read(path: PathBuf, now: Timestamp) -> Result<Option<Journal<R>>, Error> {
        let refused = |fault| Err(Error::Journal { path: path.clone(), fault });
        let bytes = match store::read_own(&path, LARGEST) {
            Ok(bytes) => bytes,
            // Its command ended meanwhile.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                let (reason, open) = (error.to_string(), store::writable_by_others(&path));
                return refused(match open {
                    Some(at) => Fault::Open { reason, at: at.to_owned() },
                    None if store::is_closed(&path) => Fault::Closed(reason),
                    None => Fault::Unreadable(reason),
                });
            }
        };
        match Journal::<R>::parse(&bytes, now) {
            Ok(entry) => Ok(Some(Journal { path, entry, is_orphan: false })),
            Err(fault) => refused(fault),
        }
    }

    pub(super) fn parse(bytes: &[u8], now: Timestamp) -> Result<R, Fault> {
        check(bytes)?;
        // Without the parser's message, which may quote the file.
        let entry: R = serde_json::from_slice(bytes).map_err(|_| Fault::Damaged)?;
        // They only decide which key may be the one whose response was lost.
        if entry.made().is_none() {
            check_dates(entry.request(), now)?;
        }
        Ok(entry)
    }

    pub(super) fn save(&self) -> Result<(), Error> {
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

    /// The new key, to sign requests.
    pub fn new_key(&self) -> Option<Credentials> {
        self.entry.made().map(|new| signing(&self.path, new))
    }

    /// Every file that may hold the keys, also those that only the command that began it had.
    pub fn files(&self, world: &World) -> Result<KeyFiles, Error> {
        Ok(KeyFiles::load_with(world, self.entry.files(world))?)
    }

    /// How to continue it.
    pub fn again(&self) -> Again {
        let gone = self.is_orphan.then(|| self.entry.account().to_owned());
        Again { gone, ..self.entry.again() }
    }

    pub fn stopped(&self, error: Error, step: impl Into<Cow<'static, str>>) -> Error {
        error.stopped(self.again(), step)
    }

    /// The error that reports the journal.
    pub fn unfinished(&self) -> Error {
        Error::Unfinished(Box::new(self.report(self.again())))
    }

    /// Saves whether it is being rolled back.
    pub fn undone(&mut self, undone: bool) -> Result<(), Error> {
        *self.entry.undone_mut() = undone;
        self.save()
    }

    pub(super) fn report(&self, again: Again) -> Unfinished {
        Unfinished {
            again,
            what: self.entry.what(),
            new: self.entry.made().map(|new| new.id.clone()),
            begun: self.entry.request().begun,
            path: self.path.clone(),
        }
    }
}

impl Journal<Entry> {
    /// The old key, to sign requests.
    pub fn old(&self) -> Credentials {
        signing(&self.path, &self.entry.old)
    }
}

/// Rejects journals of a newer xcred, in which everything else may differ.
fn check(bytes: &[u8]) -> Result<(), Fault> {
    #[derive(Deserialize)]
    struct Head {
        schema: u64,
        begun: String,
        #[serde(default)]
        ended: Option<String>,
    }
    let head: Head = serde_json::from_slice(bytes).map_err(|_| Fault::Damaged)?;
    if head.schema != u64::from(SCHEMA) {
        return Err(Fault::Schema(head.schema));
    }
    let is_date = |text: &str| text.parse::<Timestamp>().is_ok();
    if is_date(&head.begun) && head.ended.as_deref().is_none_or(is_date) { Ok(()) } else { Err(Fault::Date) }
}

/// Rejects impossible dates of a request.
fn check_dates(request: &Request, now: Timestamp) -> Result<(), Fault> {
    let Request { begun, ended, .. } = *request;
    if begun < IAM_BEGAN || ended.is_some_and(|ended| ended < begun) {
        return Err(Fault::Date);
    }
    // A clock may be at the end of time.
    let latest = now.saturating_add(AHEAD).unwrap_or(now);
    if begun > latest { Err(Fault::Ahead(begun)) } else { Ok(()) }
}

fn signing(path: &Path, pair: &Pair) -> Credentials {
    let origin = Origin::Cache { path: path.to_owned() };
    Credentials {
        access_key_id: Some(Located::new(pair.id.clone(), origin.clone())),
        secret_access_key: Some(Located::new(pair.secret.clone(), origin)),
        ..Credentials::default()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::super::access::Access;
    use super::super::entry::Creation;
    use super::super::owner::Caller;
    use super::super::{hold, may_be_unfinished, require_finished, unfinished};
    use super::*;
    use crate::profile::Files;
    use crate::profile::KeyPaths;
    use crate::secret::Secret;

    fn find(world: &World, id: Option<&str>, profile: &str) -> Result<Option<Journal>, Error> {
        Journal::find(world, &Files::of_texts("", ""), id, profile)
    }

    fn begin<R: Record>(world: &World, entry: R) -> Result<Journal<R>, Error> {
        let journal = Journal::new(world, entry)?;
        journal.begin().map(|()| journal)
    }

    fn request(ahead: Option<i64>, known: &[&str]) -> Request {
        let begun = "2026-11-21T12:00:00Z".parse().unwrap();
        let known = known.iter().map(|id| (*id).to_owned()).collect();
        Request { begun, ended: None, ahead, known, deleted: Vec::new() }
    }

    fn entry() -> Entry {
        let pair = Pair { id: "OLD".to_owned(), secret: Secret::new("old/secret") };
        Entry {
            schema: 1,
            request: request(None, &["OLD"]),
            access: Access::of("dev"),
            account: "1".to_owned(),
            arn: "arn:aws:iam::1:user/u".to_owned(),
            user: "u".to_owned(),
            places: Vec::new(),
            files: None,
            left: Vec::new(),
            delete: false,
            undone: false,
            old: pair,
            new: None,
        }
    }

    #[test]
    fn a_rotation_is_found_by_either_key_and_by_the_profile() {
        let home = tempfile::tempdir().unwrap();
        let world = World::of([("HOME", home.path().to_str().unwrap())]);
        let found = |id: Option<&str>, profile: &str| find(&world, id, profile).unwrap();
        assert!(found(Some("OLD"), "dev").is_none());
        let mut journal = begin(&world, entry()).unwrap();
        assert!(journal.path.ends_with(".local/state/xcred/rotations/OLD.json"));
        journal.record(Pair { id: "NEW".to_owned(), secret: Secret::new("new/secret") }).unwrap();
        for (id, profile) in
            [(Some("OLD"), "x"), (Some("NEW"), "x"), (None, "dev"), (None, "OLD"), (None, "NEW")]
        {
            let new = found(id, profile).unwrap().entry.new.unwrap();
            assert_eq!(new.secret.expose(), "new/secret");
        }
        // A profile with another key is another one, whatever its name.
        assert!(found(Some("OTHER"), "dev").is_none() && found(None, "x").is_none());
        assert!(!format!("{journal:?}").contains("/secret"), "{journal:?}");
        let path = journal.path.clone();
        journal.end().unwrap();
        assert!(!path.exists() && found(Some("OLD"), "dev").is_none());
    }

    fn written(world: &World, text: &str) -> Error {
        let journal = begin(world, entry()).unwrap();
        store::edit(&[&journal.path], |contents| {
            contents[0] = text.as_bytes().to_vec();
            Ok::<_, Error>(())
        })
        .unwrap();
        let error = find(world, None, "dev").unwrap_err();
        // It may be the profile's.
        let files = Files::of_texts("[profile bare]\n", "[dev]\naws_access_key_id = AKIA\n");
        let refused = require_finished(world, &files, "dev");
        assert!(matches!(&refused, Err(Error::Needed { .. })), "{refused:?}");
        assert!(require_finished(world, &files, "bare").is_ok());
        fs::remove_file(&journal.path).unwrap();
        assert!(!format!("{error:?} {error}").contains("/secret"), "{error:?}");
        error
    }

    #[test]
    fn a_damaged_journal_is_rejected_and_not_quoted() {
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
            // In a newer schema everything else may differ.
            (r#"{"schema": 2, "begun": "2026-11-21T12:00:00Z"}"#.to_owned(), Fault::Schema(2)),
            (begun("garbage my/secret"), Fault::Date),
            (begun(""), Fault::Date),
            (begun("1970-01-01T00:00:00Z"), Fault::Date),
            (begun("2026-11-22T12:15:01Z"), Fault::Ahead("2026-11-22T12:15:01Z".parse().unwrap())),
            (begun("9999-01-01T00:00:00Z"), Fault::Ahead("9999-01-01T00:00:00Z".parse().unwrap())),
            (ended("2026-11-21T11:59:59Z"), Fault::Date),
        ] {
            let error = written(&world, &text);
            assert!(
                matches!(&error, Error::Journal { fault, .. } if *fault == expected),
                "{text}: {error:?}"
            );
            // It may have the only copy of a secret.
            let help = crate::failure::Explain::help(&error).unwrap().to_string();
            assert!(!help.contains("rm "), "{help}");
            let is_readable =
                !matches!(expected, Fault::Damaged | Fault::Schema(_)) && !text.contains("my/secret");
            if is_readable && !text.contains("\"begun\": \"\"") {
                // With the new key in it the dates decide nothing.
                let new = r#""new": {"id": "NEW", "secret": "new/secret"}"#;
                let text = text.replace("\"new\": null", new);
                assert!(Journal::<Entry>::parse(text.as_bytes(), now).is_ok(), "{text}");
            }
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
            request: request(Some(-5), &[]),
            access: Access::of("admin"),
            by: None,
            account: "1".to_owned(),
            user: Some(user.to_owned()),
            files: KeyPaths::default(),
            save_as: Some("new".to_owned()),
            overwrite: false,
            replaces: None,
            half: false,
            undone: false,
            show_secret: false,
            new: None,
        };
        let mut fay = begin(&world, creation("fay")).unwrap();
        fay.record(Pair { id: "NEW".to_owned(), secret: Secret::new("new/secret") }).unwrap();
        begin(&world, creation("gil")).unwrap();
        assert!(matches!(begin(&world, creation("fay")), Err(Error::Unfinished(_))));
        let files = Files::of_texts("[profile admin]\nregion = r\n", "");
        let found = |profile: &str, user: Option<&str>| {
            let caller =
                Caller { access: &Access::of(profile), id: "ADMIN", account: "1", user: Some("ann") };
            let found = Journal::begun_by(&world, &files, caller, user, "--undo")?;
            Ok(found.map(|journal| (journal.entry.user.unwrap(), journal.entry.access.profile.unwrap())))
        };
        let several = found("admin", None).unwrap_err();
        assert!(matches!(&several, Error::Several { found, .. } if found.len() == 2), "{several:?}");
        let found = |profile: &str, user: Option<&str>| found(profile, user).unwrap();
        let of = |user: &str, profile: &str| Some((user.to_owned(), profile.to_owned()));
        assert_eq!(found("admin", Some("fay")), of("fay", "admin"));
        assert_eq!(found("admin", Some("gil")), of("gil", "admin"));
        assert_eq!([found("other", None), found("other", Some("gil"))], [None, of("gil", "other")]);
        // Rotations and creations do not meet.
        assert!(find(&world, Some("NEW"), "admin").unwrap().is_none());
        assert_eq!(unfinished(&world, &files).unwrap().len(), 2);
    }

    #[test]
    fn a_journal_in_a_folder_that_others_can_write_is_kept() {
        use std::os::unix::fs::PermissionsExt as _;

        let home = tempfile::tempdir().unwrap();
        let world = World::of([("XDG_STATE_HOME", home.path().to_str().unwrap())]);
        let journal = begin(&world, entry()).unwrap();
        let folder = journal.path.parent().unwrap();
        fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).unwrap();
        for error in [
            find(&world, None, "dev").unwrap_err(),
            begin(&world, Entry { old: Pair { id: "X".into(), ..entry().old }, ..entry() }).unwrap_err(),
        ] {
            let help = crate::failure::Explain::help(&error).unwrap().to_string();
            assert_eq!(
                help,
                format!("take away their write permission: `chmod go-w {}`", folder.display()),
                "{error}"
            );
        }
    }

    #[test]
    fn something_may_be_unfinished_only_where_there_is_a_journal_or_the_folder_cant_be_read() {
        let home = tempfile::tempdir().unwrap();
        let world = World::of([("XDG_STATE_HOME", home.path().to_str().unwrap())]);
        assert!(!may_be_unfinished(&world));
        let journal = begin(&world, entry()).unwrap();
        assert!(may_be_unfinished(&world));
        let folder = journal.path.parent().unwrap().to_owned();
        fs::remove_dir_all(&folder).unwrap();
        fs::write(&folder, "").unwrap();
        assert!(may_be_unfinished(&world));
    }

    #[test]
    fn a_file_in_place_of_the_folder_is_named() {
        let home = tempfile::tempdir().unwrap();
        let world = World::of([("XDG_STATE_HOME", home.path().to_str().unwrap())]);
        fs::create_dir(home.path().join("xcred")).unwrap();
        fs::write(home.path().join("xcred/rotations"), "").unwrap();
        let error = find(&world, None, "dev").unwrap_err().to_string();
        assert!(error.ends_with("/xcred/rotations` is a file, not a folder"), "{error}");
    }

    #[test]
    fn the_next_process_cleans_up_after_a_killed_one() {
        let home = tempfile::tempdir().unwrap();
        let world = World::of([("XDG_STATE_HOME", home.path().to_str().unwrap())]);
        let journal = begin(&world, entry()).unwrap();
        let left = journal.path.with_file_name(".OLD.json.xcred-new");
        fs::copy(&journal.path, &left).unwrap();
        journal.end().unwrap();
        drop(hold(&world, Duration::ZERO).unwrap());
        assert!(!left.exists());
    }
}

#[cfg(test)]
mod fuzz {
    use super::*;

    #[test]
    fn rotation_journal() {
        bolero::check!().for_each(|bytes: &[u8]| is_read_back_unchanged::<Entry>(bytes));
    }

    #[test]
    fn creation_journal() {
        bolero::check!()
            .for_each(|bytes: &[u8]| is_read_back_unchanged::<super::super::entry::Creation>(bytes));
    }

    fn is_read_back_unchanged<R: Record>(bytes: &[u8]) {
        let now = "2026-11-21T12:00:00Z".parse().unwrap();
        let Ok(entry) = Journal::<R>::parse(bytes, now) else { return };
        let written = serde_json::to_vec(&entry).unwrap();
        let again = Journal::<R>::parse(&written, now).unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!(serde_json::to_vec(&again).unwrap(), written);
    }
}
