//! Saves a new key, shows it, or deletes it again. Until then it is in the journal.

use serde::Serialize;

use super::caller::{asked, told_on_interrupt, way};
use super::saving::{Replaceable, rehearse, save};
use crate::checks;
use crate::cli::Format;
use crate::cli::keys::Create;
use crate::client;
use crate::cmd::diff;
use crate::credentials::Credentials;
use crate::failure::{Code, Exit, Failure, Hint};
use crate::keys::{self, Account, Choices, Creation, Error, Issue, Journal, Pair, is_dispensable};
use crate::profile::Files;
use crate::render::json;
use crate::service::iam::Status;
use crate::ui::{Ui, Undo};
use crate::world::World;

const NOT_SAVED: &str = "the key is created, but not saved in the profile";

#[derive(Serialize)]
struct Document<'d> {
    id: &'d str,
    user: Option<&'d str>,
    secret_access_key: &'d str,
    saved_as: Option<&'d str>,
}

pub(super) struct Making<'m> {
    pub(super) account: Account<'m>,
    /// Signs the requests.
    pub(super) by: &'m Credentials,
    pub(super) world: &'m World,
    pub(super) ui: &'m Ui,
    pub(super) format: Format,
}

impl Making<'_> {
    /// Finishes or rolls back an interrupted creation.
    pub(super) fn go_on(&self, args: &Create, mut journal: Journal<Creation>) -> Result<Exit, Failure> {
        let ask = |question: &str| asked(false, question, self.ui);
        let choices = Choices { delete: &args.lost.delete_lost, keep: &args.lost.keep, ask: &ask };
        let told = told_on_interrupt(&journal, self.ui);
        let tell = |text: &str| self.ui.note(text);
        let issue = self.issue(&journal, &tell);
        match journal.entry.new.clone() {
            None => {
                let lost = issue.clear(&journal, choices, way(args.resume))?;
                if args.resume {
                    if let Some(save_as) = &journal.entry.save_as {
                        let world = journal.entry.files.world(self.world);
                        let tried = rehearse(save_as, Replaceable::of(&journal.entry), None, &world);
                        let step = "no key is requested, because it could not be saved in the profile";
                        tried.map_err(|error| journal.stopped(error, step))?;
                    }
                    journal.renew(lost)?;
                }
            }
            Some(new) if args.undo => self.delete(&issue, &mut journal, &new.id)?,
            Some(new) => {
                if let Some(save_as) = &journal.entry.save_as {
                    let world = journal.entry.files.world(self.world);
                    let tried = rehearse(save_as, Replaceable::of(&journal.entry), Some(&new), &world);
                    tried.map_err(|error| journal.stopped(error, NOT_SAVED))?;
                }
                let proved = issue.prove(&journal);
                let step = "the key is created, but could not be tested; it is not saved";
                proved.map_err(|error| journal.stopped(error, step))?;
                journal.undone(false)?;
            }
        }
        if args.resume {
            return self.finish(journal, told);
        }
        journal.end()?;
        self.ui.note("rolled back; the profile is unchanged");
        Ok(Exit::Success)
    }

    /// Requests the key unless the journal has it, saves it and shows it. Until it returns, `_told` makes Ctrl-C say how to
    /// continue.
    pub(super) fn finish(&self, mut journal: Journal<Creation>, _told: Undo) -> Result<Exit, Failure> {
        require_reader(journal.entry.show_secret, self.ui)?;
        if journal.entry.new.is_none() {
            let tell = |text: &str| self.ui.detail(text);
            let created = self.issue(&journal, &tell).create(&mut journal);
            created.map_err(|error| with_room(error, &journal.entry))?;
        }
        let Some(Pair { id, secret }) = &journal.entry.new else { return Ok(Exit::Success) };
        let Creation { save_as, show_secret, user, .. } = &journal.entry;
        if let Some(save_as) = save_as {
            let replaceable = Replaceable::of(&journal.entry);
            let write = |files: &mut Files| save(files, save_as, replaceable, id, secret.expose());
            let world = journal.entry.files.world(self.world);
            let saved = Files::edit(&world, |files| {
                let written = diff::with_findings(files, write)?;
                Ok((written, checks::left_behind(&files.profile(save_as))))
            });
            let (((place, of_new), left), _) =
                saved.map_err(|error| journal.stopped(error.into(), NOT_SAVED))?;
            self.ui.findings(&of_new);
            self.ui.note(format_args!("wrote {id} to {place}"));
            self.ui.findings(left.as_slice());
            if let Some(old) = journal.entry.replaces.as_ref().filter(|old| *old != id) {
                let deactivate = journal.entry.access.command("deactivate").argument(old);
                self.ui.note(format_args!(
                    "{old}, which it replaces, still exists; if nothing uses it: `{deactivate}`"
                ));
            }
        }
        let print = |bytes: &[u8]| {
            let step = "the key is created, but its secret was not shown";
            let written = self.ui.write(bytes);
            written.map_err(|error| journal.stopped(Error::Unprinted(error.reason()), step))
        };
        if *show_secret && self.format == Format::Json {
            let document = Document {
                id,
                user: user.as_deref(),
                secret_access_key: secret.expose(),
                saved_as: save_as.as_deref(),
            };
            print(json::document(&document).as_bytes())?;
        } else if *show_secret {
            let [id, secret] = [id, secret.expose()].map(|text| self.ui.shown(text));
            let text = format!("aws_access_key_id = {id}\naws_secret_access_key = {secret}\n");
            print(text.as_bytes())?;
        }
        journal.end()?;
        Ok(Exit::Success)
    }

    fn issue<'i>(&'i self, journal: &Journal<Creation>, tell: &'i dyn Fn(&str)) -> Issue<'i> {
        let (account, world) = (self.account, self.world);
        Issue { account, world, by: self.by.clone(), user: journal.entry.user.clone(), tell }
    }

    /// Deletes the key again, unless it is in use.
    fn delete(&self, issue: &Issue<'_>, journal: &mut Journal<Creation>, id: &str) -> Result<(), Failure> {
        let files = journal.files(self.world)?;
        let (id, again) = (id.to_owned(), journal.again());
        let step = "rolling it back: the new key could not be deleted";
        let stopped = |error: Error| error.stopped(again.clone(), step);
        let place = keys::place_of(&id, &files, self.world);
        let in_use = match (&place, files.missing().first()) {
            (Some(place), _) => {
                Some(Error::Saved { id: id.clone(), place: place.clone(), again: again.clone() })
            }
            (None, Some(path)) => {
                Some(Error::MaybeSaved { id: id.clone(), path: path.to_path_buf(), again: again.clone() })
            }
            (None, None) => None,
        };
        if let Some(error) = in_use {
            if !journal.new_key().is_some_and(|key| issue.is_gone(&key)) {
                return Err(error.into());
            }
            self.ui.note(format_args!("{id} is deleted already"));
            if let Some(place) = place {
                self.ui.warning(format_args!("{place} still has {id}"));
            }
            return Ok(());
        }
        let listed = match issue.keys().list() {
            // The caller may be allowed to delete keys and not to list them.
            Err(error) if is_dispensable(&error) => Vec::new(),
            listed => listed.map_err(|error| stopped(error.into()))?,
        };
        // One that isn't listed may exist: the list may be out of date. A roll-back that was interrupted may have deactivated it.
        let listed = listed.iter().find(|key| key.id == id).filter(|_| !journal.entry.undone);
        let status = listed.map_or(Status::Active, |key| key.status);
        let access = journal.entry.access.clone();
        let mut mark = |undone| journal.undone(undone);
        let Some(used) = issue.remove(&id, status, true, &mut mark).map_err(stopped)? else { return Ok(()) };
        Err(Error::used(&id, used, access).into())
    }
}

/// Adds to the refusal of a third key where the two are shown.
fn with_room(error: Error, entry: &Creation) -> Failure {
    let is_full = match &error {
        Error::Service(error) => {
            matches!(&**error, client::Error::Call(error) if error.is_refusal("LimitExceeded"))
        }
        _ => false,
    };
    let failure = Failure::from(error);
    if !is_full || failure.help().is_some() {
        return failure;
    }
    let list = entry.access.command("list");
    let list = entry.user.iter().fold(list, |list, user| list.option("--user", user));
    failure.with_help(Hint::from("delete a key that is not needed; ").run(list).say(" shows them"))
}

/// Checks, before anything is requested, that a secret that is to be shown reaches somebody.
pub(super) fn require_reader(show_secret: bool, ui: &Ui) -> Result<(), Failure> {
    if show_secret && ui.out_is_closed() {
        let failure =
            Failure::plain(Code::InvalidConfig, "standard output is closed, so the secret can't be shown");
        return Err(failure.with_help("run it in a terminal, or redirect standard output"));
    }
    Ok(())
}
