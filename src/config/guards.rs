//! The guards of profiles: `[profiles.NAME]`. They follow a profile to its new name.

use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use toml_edit::{Item, Value};

use super::file::File;
use super::name::{TABLE, TABLES};
use super::values::{AccountId, Policies};
use super::{Config, Error, Name, Setting, edit, load, misplaced};
use crate::narrowing::Demand;
use crate::origin::{Located, Origin, Place};
use crate::world::World;

/// One guard, and where it is set.
#[derive(Clone, Debug)]
pub(crate) struct Guard<T> {
    pub(crate) profile: String,
    pub(crate) value: T,
    pub(crate) place: Place,
}

impl Config {
    /// The account that the credentials of a profile must belong to.
    pub(crate) fn account_guard(&self, profile: &str) -> Option<Guard<AccountId>> {
        self.guard(profile, "account", self.profiles.get(profile)?.account.clone()?)
    }

    /// Whether to ask before the credentials of a profile are handed out.
    pub(crate) fn confirm_guard(&self, profile: &str) -> Option<Guard<()>> {
        self.profiles.get(profile).filter(|guards| guards.confirm)?;
        self.guard(profile, "confirm", ())
    }

    /// What narrows the credentials of a profile.
    pub(crate) fn demands(&self, profile: &str) -> Vec<Demand> {
        let Some(guards) = self.profiles.get(profile) else { return Vec::new() };
        let read_only = self.guard(profile, "read_only", ()).filter(|_| guards.read_only);
        let policies = guards.policy_arns.clone().and_then(|found| self.guard(profile, "policy_arns", found));
        let read_only = read_only.map(|guard| Demand::ReadOnly(Origin::File(guard.place)));
        let policies = policies.map(|guard| {
            let Policies(policies) = guard.value;
            Demand::Policies(Located::new(policies, Origin::File(guard.place)))
        });
        read_only.into_iter().chain(policies).collect()
    }

    /// What narrows the credentials of every profile, if an agent runs xcred.
    pub(crate) fn agent_demand(&self) -> Option<Demand> {
        let place = self.place(&Name::of(["agents", "read_only"])).filter(|_| self.agents.read_only)?;
        Some(Demand::ReadOnly(Origin::File(place.clone())))
    }

    fn guard<T>(&self, profile: &str, key: &str, value: T) -> Option<Guard<T>> {
        let place = self.place(&Name::of([TABLE, profile, key]))?.clone();
        Some(Guard { profile: profile.to_owned(), value, place })
    }

    /// The profiles that have guards, and where the first one is set.
    pub(crate) fn guarded_profiles(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.first_guards().map(|(profile, _, place)| (profile, place))
    }

    /// The profiles that have guards, and the name and place of the first one.
    pub(crate) fn first_guards(&self) -> impl Iterator<Item = (&str, &Name, &Place)> {
        let mut first: FxHashMap<&str, (&Name, &Place)> = FxHashMap::default();
        for (name, place) in &self.places {
            if let [table, profile, ..] = name.parts()
                && table == TABLE
            {
                first.entry(profile).or_insert((name, place));
            }
        }
        self.profiles.keys().filter_map(move |profile| {
            let (name, place) = *first.get(profile.as_str())?;
            Some((profile.as_str(), name, place))
        })
    }
}

impl File {
    /// An error if there is something among the guards of profiles, or of agents, that isn't one, or elsewhere something that
    /// looks like one. A guard that is silently ignored would be worse than none.
    pub(super) fn check_guards(&self) -> Result<(), Error> {
        let items = self.items();
        let is_unknown = |name: &Name, item: &Item| match name.parts() {
            [table, _] if table == TABLE => !item.is_table_like(),
            [table, _, ..] => TABLES.contains(&table.as_str()) && Setting::of(name).is_none(),
            _ => false,
        };
        let unknown = items.into_iter().find(|(name, _, item)| is_unknown(name, item));
        match unknown.or_else(|| misplaced::find(self.tables())) {
            Some((name, key, item)) => {
                let (place, is_table) = (self.place_of(&name, key, item), item.is_table_like());
                Err(Error::UnknownGuard { place, name, is_table })
            }
            None => Ok(()),
        }
    }

    /// The guards of all profiles that are values, and where they are.
    pub(super) fn guards(&self) -> impl Iterator<Item = (Name, Place, Value)> {
        let guards = self
            .items()
            .into_iter()
            .filter(|(name, ..)| name.parts().first().is_some_and(|table| table == TABLE));
        guards.filter_map(|(name, key, item)| {
            let value = item.as_value().filter(|value| !value.is_inline_table())?.clone();
            Some((name.clone(), self.place_of(&name, key, item), value.decorated("", "")))
        })
    }

    /// The guards of one profile.
    pub(super) fn guards_of(&self, profile: &str) -> Vec<(Name, Value)> {
        let guards = self.guards().map(|(name, _, value)| (name, value));
        guards.filter(|(name, _)| matches!(name.parts(), [_, other, _] if other == profile)).collect()
    }
}

pub(crate) fn has_guards(world: &World, profile: &str) -> Result<bool, Error> {
    Ok(load(world)?.is_some_and(|file| !file.guards_of(profile).is_empty()))
}

/// The file before and after guards were given, and who was given those of whom.
pub(crate) struct Carried {
    before: File,
    after: Vec<u8>,
    pairs: Vec<(String, String)>,
}

/// Gives the guards of profiles to others, too, by the names of both: all of them, or none. Nothing if there are none.
///
/// # Errors
/// The other one has a guard with another value.
pub(crate) fn carry(world: &World, pairs: &[(String, String)]) -> Result<Option<Carried>, Error> {
    let carried = |before: File| {
        let file = given(before.clone(), pairs)?;
        let carried = Carried { before, after: file.to_bytes(), pairs: pairs.to_vec() };
        Ok((file, Some(carried)))
    };
    change(world, pairs.iter().map(|(from, _)| from), carried)
}

fn given(mut file: File, pairs: &[(String, String)]) -> Result<File, Error> {
    // All are taken before any is given.
    let found: Vec<_> = pairs.iter().map(|(from, to)| (to, file.guards_of(from))).collect();
    for (to, guards) in found {
        for (name, value) in guards {
            let name = Name::of([TABLE, to, name.last()]);
            match (file.place(&name), file.value(&name)) {
                (_, Some(same)) if same == value.to_string() => {}
                (Some(place), _) => return Err(Error::GuardInTheWay { place, name }),
                (None, _) => file = file.with(&name, &value)?,
            }
        }
    }
    Ok(file)
}

/// Takes their guards from profiles that have other names now, by both names; the new ones were given them. Unless the file was edited
/// meanwhile, the lines themselves get the new names, with their comments. Returns those that had any.
pub(crate) fn settle<'p>(
    world: &World,
    pairs: &[&'p (String, String)],
    carried: Option<&Carried>,
) -> Result<Vec<&'p (String, String)>, Error> {
    change(world, pairs.iter().map(|(from, _)| from), |file| {
        let mut guarded = pairs.to_vec();
        guarded.retain(|(from, _)| !file.guards_of(from).is_empty());
        Ok((settled(file, pairs, carried)?, guarded))
    })
}

fn settled(mut file: File, pairs: &[&(String, String)], carried: Option<&Carried>) -> Result<File, Error> {
    let Some(carried) = carried.filter(|carried| carried.after == file.to_bytes()) else {
        return pairs.iter().try_fold(file, |file, (from, _)| dropped(file, from));
    };
    let mut others = carried.pairs.clone();
    others.retain(|pair| !pairs.contains(&pair));
    file = given(carried.before.clone(), &others)?;
    for pair @ (from, to) in pairs {
        file = match file.renamed(from, to) {
            Some(renamed) => renamed,
            None => dropped(given(file, std::slice::from_ref(*pair))?, from)?,
        };
    }
    Ok(file)
}

/// Removes the guards of a profile. Returns whether there are any.
pub(crate) fn drop_guards(world: &World, profile: &str) -> Result<bool, Error> {
    change(world, std::iter::once(profile), |file| Ok((dropped(file, profile)?, true)))
}

fn dropped(mut file: File, profile: &str) -> Result<File, Error> {
    for (name, _) in file.guards_of(profile) {
        file = file.without(&name)?.unwrap_or(file);
    }
    Ok(file)
}

/// How guards follow the profiles of an edit.
#[derive(Default)]
pub(crate) struct Following<'f> {
    /// Who is given those of whom, by their names.
    pub(crate) given: &'f [(String, String)],
    /// Those among them whose old names are gone.
    pub(crate) settled: &'f [&'f (String, String)],
    /// Names that are gone without a new one.
    pub(crate) removed: Vec<&'f str>,
}

/// The file as it is, and as it would be.
pub(crate) struct Foreseen {
    pub(crate) path: Arc<Path>,
    pub(crate) before: Vec<u8>,
    pub(crate) after: Vec<u8>,
}

impl Following<'_> {
    /// What the file would be. `None` if it would stay as it is.
    pub(crate) fn foreseen(&self, world: &World) -> Result<Option<Foreseen>, Error> {
        let Some(before) = load(world)? else { return Ok(None) };
        let mut after = given(before.clone(), self.given)?;
        let carried = Carried { before: before.clone(), after: after.to_bytes(), pairs: self.given.to_vec() };
        after = settled(after, self.settled, Some(&carried))?;
        for name in &self.removed {
            after = dropped(after, name)?;
        }
        let (path, before, after) = (before.path().clone(), before.to_bytes(), after.to_bytes());
        Ok((before != after).then_some(Foreseen { path, before, after }))
    }
}

/// Edits the file if one of the profiles has guards.
fn change<'p, T: Default>(
    world: &World,
    mut profiles: impl Iterator<Item = impl AsRef<str> + 'p>,
    make: impl Fn(File) -> Result<(File, T), Error>,
) -> Result<T, Error> {
    let Some(file) = load(world)? else { return Ok(T::default()) };
    if !profiles.any(|profile| !file.guards_of(profile.as_ref()).is_empty()) {
        return Ok(T::default());
    }
    edit(world, |file| make(file).map(|(file, result)| (Some(file), result)))
}
