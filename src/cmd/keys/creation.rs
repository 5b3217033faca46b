//! Saves a new key, shows it, or deletes it again. Until then it is in the journal.

use std::borrow::Cow;

use serde::Serialize;

use super::caller::asked;
use crate::cli::Format;
use crate::cli::keys::Create;
use crate::cmd::diff;
use crate::credentials::Credentials;
use crate::failure::{Code, Exit, Failure};
use crate::keys::{Account, Choices, Creation, Error, Issue, Journal, Pair};
use crate::origin::Origin;
use crate::profile::{self, Files, KeyChanges, KeyPath, SectionName};
use crate::render::json;
use crate::service::iam::Status;
use crate::settings;
use crate::ui::Ui;
use crate::world::World;

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
        let tell = |text: &str| self.ui.note(text);
        let issue = self.issue(&journal, &tell);
        let way = if args.resume { "--resume" } else { "--undo" };
        match journal.entry.new.clone() {
            None => {
                let lost = issue.clear(&journal, choices, way)?;
                if args.resume {
                    if let Some(save_as) = &journal.entry.save_as {
                        let world = journal.entry.files.world(self.world);
                        rehearse(save_as, Replaceable::of(&journal.entry), &world)?;
                    }
                    journal.renew(lost)?;
                }
            }
            Some(new) if args.undo => self.delete(&issue, &journal, &new.id)?,
            Some(_) => {}
        }
        if args.resume {
            return self.finish(journal);
        }
        journal.end()?;
        self.ui.note("rolled back; the profile is unchanged");
        Ok(Exit::Success)
    }

    /// Requests the key unless the journal has it, saves it and shows it.
    pub(super) fn finish(&self, mut journal: Journal<Creation>) -> Result<Exit, Failure> {
        require_reader(journal.entry.show_secret, self.ui)?;
        if journal.entry.new.is_none() {
            let tell = |text: &str| self.ui.detail(text);
            self.issue(&journal, &tell).create(&mut journal)?;
        }
        let Some(Pair { id, secret }) = &journal.entry.new else { return Ok(Exit::Success) };
        let Creation { save_as, show_secret, user, .. } = &journal.entry;
        if let Some(save_as) = save_as {
            let replaceable = Replaceable::of(&journal.entry);
            let write = |files: &mut Files| save(files, save_as, replaceable, id, secret.expose());
            let world = journal.entry.files.world(self.world);
            let saved = Files::edit(&world, |files| diff::with_twins(files, write));
            let step = "the key is created, but not saved in the profile";
            let ((place, twins), _) = saved.map_err(|error| journal.stopped(error.into(), step))?;
            self.ui.findings(&twins);
            self.ui.note(format_args!("wrote {id} to {place}"));
        }
        let print = |bytes: &[u8]| {
            let step = "the key is created, but its secret was not shown";
            self.ui.write(bytes).map_err(|error| journal.stopped(Error::Unprinted(error.reason()), step))
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
    fn delete(&self, issue: &Issue<'_>, journal: &Journal<Creation>, id: &str) -> Result<(), Failure> {
        let files = journal.files(self.world)?;
        let again = journal.again();
        if let Some(holder) = files.holders(id).first() {
            let place = holder.place.to_string();
            return Err(Error::Saved { id: id.to_owned(), place, again }.into());
        }
        if let Some(path) = files.missing().first() {
            return Err(Error::MaybeSaved { id: id.to_owned(), path: path.to_path_buf(), again }.into());
        }
        let listed = self.account.keys(self.by, journal.entry.user.as_deref())?;
        // One that isn't listed may exist: the list may be out of date.
        let status = listed.iter().find(|key| key.id == id).map_or(Status::Active, |key| key.status);
        let step = "rolling it back: the new key could not be deleted";
        match issue.remove(id, status, true).map_err(|error| journal.stopped(error, step))? {
            Some(used) => Err(Error::used(id, used, &journal.entry.profile).into()),
            None => Ok(()),
        }
    }
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

/// The key that a profile has before another one is saved in it.
#[derive(Default)]
pub(super) struct PresentKey {
    /// Whether it has one, or half of one.
    pub(super) is_any: bool,
    pub(super) id: Option<String>,
}

impl PresentKey {
    pub(super) fn of(profile: &str, files: &Files) -> PresentKey {
        let profile = files.profile(profile);
        let id = profile.text(settings::AWS_ACCESS_KEY_ID.name).map(Cow::into_owned);
        PresentKey { is_any: id.is_some() || profile.has(settings::AWS_SECRET_ACCESS_KEY.name), id }
    }
}

/// The key of a profile that a new one may replace.
#[derive(Clone, Copy)]
pub(super) enum Replaceable<'k> {
    None,
    Any,
    /// The one with this ID.
    Only(&'k str),
}

impl<'k> Replaceable<'k> {
    pub(super) fn only_if(self, may_replace: bool) -> Replaceable<'k> {
        if may_replace { self } else { Replaceable::None }
    }

    fn of(entry: &'k Creation) -> Replaceable<'k> {
        entry.replaces.as_deref().map_or(Replaceable::Any, Replaceable::Only).only_if(entry.overwrite)
    }

    /// Whether the key `held` may be replaced by the new one, which may be there in part already.
    fn includes(self, held: Option<&str>, new: &str) -> bool {
        match self {
            Replaceable::None => false,
            Replaceable::Any => true,
            Replaceable::Only(only) => [Some(only), Some(new)].contains(&held),
        }
    }
}

/// Checks that a key can be saved, with one that is as long as IAM's.
pub(super) fn rehearse(
    profile: &str,
    replaceable: Replaceable<'_>,
    world: &World,
) -> Result<(), profile::Error> {
    let (id, secret) = ("X".repeat(20), "x".repeat(40));
    Files::read(world)
        .for_edit()?
        .try_out(world, |files| save(files, profile, replaceable, &id, &secret))
        .map(drop)
}

/// Writes the pair and returns the place.
fn save(
    files: &mut Files,
    profile: &str,
    replaceable: Replaceable<'_>,
    id: &str,
    secret: &str,
) -> Result<String, profile::Error> {
    files.check()?;
    let section = SectionName::Profile(profile.to_owned());
    let held = PresentKey::of(profile, files).id;
    let is_replaceable = replaceable.includes(held.as_deref(), id);
    for (name, own) in
        [(settings::AWS_ACCESS_KEY_ID.name, id), (settings::AWS_SECRET_ACCESS_KEY.name, secret)]
    {
        if let Some(found) = files.find(&section).value(name)
            && found.value.as_text().is_none_or(|text| text.expose() != own)
            && let Origin::File(place) = found.origin
            && !is_replaceable
        {
            return Err(profile::Error::HasKey { section, place });
        }
    }
    let values = [
        (KeyPath::plain(settings::AWS_SESSION_TOKEN.name), None),
        (KeyPath::plain(settings::AWS_SECURITY_TOKEN.name), None),
        (KeyPath::plain(settings::AWS_ACCESS_KEY_ID.name), Some(id)),
        (KeyPath::plain(settings::AWS_SECRET_ACCESS_KEY.name), Some(secret)),
    ];
    let keys = values.iter().map(|(key, value)| (key, *value)).collect();
    let changes = KeyChanges { section: &section, keys, replace: false, overrides: false };
    let placed = files.apply(&[changes])?.swap_remove(0).set.swap_remove(0);
    Ok(placed.place.to_string())
}
