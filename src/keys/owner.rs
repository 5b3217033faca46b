//! Which profile continues a journal. The name in it is a hint: profiles are renamed, removed and made again, and only
//! their keys show which of them began it.

use super::access::Access;
use super::again::{Again, Work};
use super::entry::{Creation, Entry, Record};
use super::error::Error;
use super::folder::{PATIENCE, hold};
use super::journal::Journal;
use super::unfinished::Unfinished;
use crate::chain;
use crate::profile::{Files, SectionName};
use crate::settings::AWS_ACCESS_KEY_ID;
use crate::store::Held;
use crate::world::World;

/// Who continues a creation.
#[derive(Clone, Copy)]
pub struct Caller<'c> {
    pub access: &'c Access,
    /// The access key that signs.
    pub id: &'c str,
    pub account: &'c str,
    /// `None` unless it is a user.
    pub user: Option<&'c str>,
}

impl<R: Record> Journal<R> {
    /// Names the profile that continues it: `wanted` if that has one of its keys, otherwise another one that has. Returns
    /// how to continue it.
    pub fn meet(&mut self, files: &Files, wanted: Option<&str>) -> Again {
        let Some(name) = self.entry.access().profile.clone() else { return self.again() };
        let found = at_hand(&self.entry, &name, files, wanted);
        self.is_orphan = found.is_none();
        self.entry.access_mut().profile = Some(found.unwrap_or(name));
        self.again()
    }

    /// How the profile that continues it signs now.
    pub fn access_now(&self, world: &World) -> Access {
        let mut journal = self.clone();
        if let Ok(files) = Files::load(world) {
            journal.meet(&files, None);
        }
        journal.entry.access().clone()
    }
}

/// The profile that continues what the profile of this `name` began.
fn at_hand<R: Record>(entry: &R, name: &str, files: &Files, wanted: Option<&str>) -> Option<String> {
    let holders = entry.ids().into_iter().flat_map(|id| files.holders(id));
    let holders: Vec<String> = holders.filter_map(|holder| holder.profile).collect();
    let mut named = wanted.into_iter().chain([name]).map(str::to_owned);
    if let Some(found) = named.find(|name| holders.contains(name)).or_else(|| holders.first().cloned()) {
        return Some(found);
    }
    match R::WORK {
        // The journal has both keys, so that no profile is needed. One that has another key is not the one that began it.
        Work::Rotation if is_bare(files, name) => Some(name.to_owned()),
        Work::Rotation => entry.ids().first().map(|id| (*id).to_owned()),
        Work::Creation => (can_sign(entry, name, files) || entry.made().is_some()).then(|| name.to_owned()),
    }
}

/// Whether the profile that began it may still sign: the one of this name, if it began with other credentials than a key.
fn can_sign<R: Record>(entry: &R, name: &str, files: &Files) -> bool {
    files.profile(name).exists() && (entry.ids().is_empty() || !is_bare(files, name))
}

fn section(profile: &str) -> SectionName {
    SectionName::Profile(profile.to_owned())
}

/// Whether nothing gives a profile credentials.
fn is_bare(files: &Files, profile: &str) -> bool {
    chain::leads(&files.find(&section(profile))).next().is_none()
}

impl Journal<Entry> {
    /// The unfinished rotation whose old or new key is `id` or the one in the section of `profile`. If there is none, one
    /// that began under this name, or with the key of which this is the ID.
    pub fn find(
        world: &World,
        files: &Files,
        id: Option<&str>,
        profile: &str,
    ) -> Result<Option<Journal>, Error> {
        let own = files.profile(profile).text(AWS_ACCESS_KEY_ID.name);
        let id = id.or(own.as_deref());
        let is_bare = id.is_none() && is_bare(files, profile);
        let is_it = |journal: &Journal| match id {
            Some(id) => journal.entry.ids().contains(&id),
            None => {
                is_bare && (journal.entry.access.is_of(profile) || journal.entry.ids().contains(&profile))
            }
        };
        let found = Journal::<Entry>::all(world)?.into_iter().find(is_it);
        Ok(found.map(|mut journal| {
            journal.meet(files, Some(profile));
            journal
        }))
    }
}

impl Journal<Creation> {
    /// The unfinished creation that the caller began or can continue, for `user` if one is named. It may be in another
    /// account if it has the name of the caller's profile. `way` is the option that continues it.
    ///
    /// # Errors
    /// No user is named, and there are several.
    pub fn begun_by(
        world: &World,
        files: &Files,
        caller: Caller<'_>,
        user: Option<&str>,
        way: &'static str,
    ) -> Result<Option<Journal<Creation>>, Error> {
        let mut all = Journal::<Creation>::all(world)?;
        all.retain(|journal| user.is_none() || journal.entry.user.as_deref() == user);
        let is_near = |entry: &Creation| entry.account == caller.account;
        let by_key = |entry: &Creation| entry.by.as_deref() == Some(caller.id);
        let is_named = |entry: &Creation| {
            let profile = caller.access.profile.as_deref();
            let is_at_hand = |name: &str| at_hand(entry, name, files, profile).as_deref() == profile;
            entry.access.profile.as_deref() == profile && profile.is_none_or(is_at_hand)
        };
        let rules: [&dyn Fn(&Creation) -> bool; 4] = [
            &|entry| by_key(entry),
            &|entry| is_near(entry) && is_named(entry),
            // Whoever may create keys for this user can finish it.
            &|entry| is_near(entry) && (user.is_some() || entry.user.as_deref() == caller.user),
            &|entry| is_named(entry),
        ];
        let rule = rules.iter().find(|rule| all.iter().any(|journal| rule(&journal.entry)));
        all.retain(|journal| rule.is_some_and(|rule| rule(&journal.entry)));
        for journal in &mut all {
            caller.access.clone_into(&mut journal.entry.access);
        }
        only(all, user, way)
    }

    /// That no profile is left to sign for it.
    pub fn orphan(&self) -> Error {
        let profile = self.entry.access.profile.clone().unwrap_or_default();
        Error::Orphaned { profile, again: self.again() }
    }

    /// The unfinished creation that a profile began which is gone, or has no key any more; for `user` if one is named.
    pub fn orphaned(
        world: &World,
        files: &Files,
        profile: &str,
        user: Option<&str>,
        way: &'static str,
    ) -> Result<Option<Journal<Creation>>, Error> {
        let is_it = |Journal { entry, .. }: &Journal<Creation>| {
            entry.access.is_of(profile)
                && (user.is_none() || entry.user.as_deref() == user)
                && !can_sign(entry, profile, files)
                && at_hand(entry, profile, files, None).is_none_or(|found| found == profile)
        };
        let mut found = Journal::<Creation>::all(world)?;
        found.retain(is_it);
        for journal in &mut found {
            journal.is_orphan = true;
        }
        only(found, user, way)
    }
}

/// The first one of these creations. Without a named user, the only one.
fn only(
    found: Vec<Journal<Creation>>,
    user: Option<&str>,
    way: &'static str,
) -> Result<Option<Journal<Creation>>, Error> {
    if found.len() > 1 && user.is_none() {
        return Err(Error::Several { way, found: found.iter().map(Journal::again).collect() });
    }
    Ok(found.into_iter().next())
}

/// All journals, as they are reported.
pub fn unfinished(world: &World, files: &Files) -> Result<Vec<Unfinished>, Error> {
    let mut found = reported::<Entry>(world, files)?;
    found.extend(reported::<Creation>(world, files)?);
    Ok(found)
}

/// The journals of one kind.
fn reported<R: Record>(world: &World, files: &Files) -> Result<Vec<Unfinished>, Error> {
    let reported = Journal::<R>::all(world)?.into_iter().map(|mut journal| {
        let again = journal.meet(files, None);
        journal.report(again)
    });
    Ok(reported.collect())
}

impl Error {
    /// That no journal is the profile's.
    pub fn none<R: Record>(
        world: &World,
        files: &Files,
        profile: &str,
        access: &Access,
    ) -> Result<Error, Error> {
        let others = reported::<R>(world, files)?.into_iter().map(|unfinished| unfinished.again).collect();
        let (profile, access) = (profile.to_owned(), access.clone());
        Ok(Error::NoneUnfinished { work: R::WORK, profile, access, others })
    }
}

/// An error if a journal needs the profile, or can't be used: then it might need one with an access key.
pub fn require_finished(world: &World, files: &Files, profile: &str) -> Result<(), Error> {
    let needs = |Unfinished { again, .. }: &Unfinished| again.gone.is_none() && again.access.is_of(profile);
    let source = match unfinished(world, files) {
        Err(Error::NoHome) => return Ok(()),
        Err(Error::Journal { .. }) if !files.profile(profile).has(AWS_ACCESS_KEY_ID.name) => return Ok(()),
        Err(error @ Error::Journal { .. }) => error,
        all => match all?.into_iter().find(needs) {
            Some(unfinished) => Error::Unfinished(Box::new(unfinished)),
            None => return Ok(()),
        },
    };
    Err(Error::Needed { profile: profile.to_owned(), source: Box::new(source) })
}

/// Locks out other work on keys, if a journal names the profile.
pub fn hold_named(world: &World, profile: &str) -> Result<Option<Held>, Error> {
    let new_name = |name: &str| (name == profile).then(String::new);
    let is_named =
        Journal::<Entry>::usable(world)?.iter_mut().any(|journal| journal.entry.rename(&new_name, None))
            || Journal::<Creation>::usable(world)?
                .iter_mut()
                .any(|journal| journal.entry.rename(&new_name, None));
    is_named.then(|| hold(world, PATIENCE)).transpose()
}

/// Gives profiles their new names in the journals of the files that have them, each pair being the old name and the new one.
/// Only while this process [holds](hold) the journals. Returns the creations that save their key under an old name
/// nevertheless, because the profile got another key, or is one of other files: whose key each creates, and that name.
pub fn carry(world: &World, pairs: &[(String, String)]) -> Result<Vec<(String, String)>, Error> {
    let new_name = |name: &str| {
        let pair = pairs.iter().find(|(old, _)| old == name);
        pair.map(|(_, new)| new.clone())
    };
    let files = Files::load(world).ok();
    let files = files.as_ref();
    rename::<Entry>(world, &new_name, files)?;
    rename::<Creation>(world, &new_name, files)?;
    let left = Journal::<Creation>::usable(world)?.into_iter().filter_map(|Journal { entry, .. }| {
        let save_as = entry.save_as.clone()?;
        let is_carried = |new: &String| entry.files.are_of(world) && entry.is_for(new, files);
        new_name(&save_as).filter(|new| !is_carried(new)).map(|_| (entry.what(), save_as))
    });
    Ok(left.collect())
}

/// Gives profiles their new names in the journals of one kind that are of these files.
fn rename<R: Record>(
    world: &World,
    new_name: &dyn Fn(&str) -> Option<String>,
    files: Option<&Files>,
) -> Result<(), Error> {
    for mut journal in Journal::<R>::usable(world)? {
        if journal.entry.files(world).are_of(world) && journal.entry.rename(new_name, files) {
            journal.save()?;
        }
    }
    Ok(())
}
