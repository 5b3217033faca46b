//! Decides what a sync does to the files, from the listing and what is in them.

use std::collections::{HashMap, HashSet};

use super::changes::{Change, Conflict, Kept, Why};
use super::listing::{Account, Portal, Roles};
use super::mark;
use super::names::{Wanted, wanted};
use super::owned::{Owned, is_same, keys, owned};
use super::renames::ordered;
use super::wishes::Wishes;
use crate::profile::{Batch, Files, NewProfile, SectionName, Users};

#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub added: Vec<Change>,
    pub changed: Vec<Change>,
    pub removed: Vec<Change>,
    pub kept: Vec<Kept>,
    pub conflicts: Vec<Conflict>,
    pub unchanged: usize,
    /// The profiles that pruning would look at.
    pub gone: Vec<String>,
    /// The edits that all this takes.
    pub batch: Batch,
}

impl Plan {
    /// What it takes to have a profile for everything in the listing.
    pub fn of(files: &Files, portal: &Portal, accounts: &[Account], wishes: &Wishes) -> Plan {
        let owned = owned(files, portal);
        let mut planner = Planner::of(files, portal, wishes, &owned);
        // First, because the names of profiles that are removed are free then.
        planner.plan_gone(accounts);
        planner.plan_wanted(&wanted(accounts, portal, wishes));
        planner.plan
    }
}

struct Planner<'p> {
    files: &'p Files,
    portal: &'p Portal,
    wishes: &'p Wishes,
    owned: &'p [Owned<'p>],
    by_identity: HashMap<(&'p str, &'p str), Vec<usize>>,
    by_name: HashMap<&'p str, usize>,
    /// Every name that a profile has, or will have. Profiles that are removed have none.
    taken: HashSet<String>,
    plan: Plan,
}

impl<'p> Planner<'p> {
    fn of(files: &'p Files, portal: &'p Portal, wishes: &'p Wishes, owned: &'p [Owned<'p>]) -> Planner<'p> {
        let mut by_identity: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, own) in owned.iter().enumerate() {
            if let (Some(account), Some(role)) = (&own.account, &own.role) {
                by_identity.entry((account.as_str(), role.as_str())).or_default().push(at);
            }
        }
        let by_name = owned.iter().enumerate().map(|(at, own)| (own.name.as_str(), at)).collect();
        let taken = files.profiles().map(std::borrow::Cow::into_owned).collect();
        let plan = Plan::default();
        Planner { files, portal, wishes, owned, by_identity, by_name, taken, plan }
    }

    fn plan_wanted(&mut self, wanted: &[Wanted<'_>]) {
        let mut results: HashMap<&str, u32> = HashMap::new();
        for one in wanted {
            *results.entry(&one.name).or_default() += 1;
        }
        let is_impossible = |one: &Wanted<'_>| results[one.name.as_str()] > 1 || one.name == "default";
        let (mut existing, mut new) = (Vec::new(), Vec::new());
        for one in wanted {
            match self.existing(one, is_impossible(one)) {
                Some(all) => existing.push((one, all)),
                None => new.push(one),
            }
        }
        let mut misnamed: Vec<(&str, &Wanted<'_>)> = existing
            .iter()
            .map(|(one, all)| (&self.owned[all[0]], *one))
            .filter(|(own, one)| self.wishes.rename && own.name != one.name && !own.is_of_another_kind())
            .map(|(own, one)| (own.name.as_str(), one))
            .collect();
        misnamed.retain(|(from, _)| {
            let other = self.files.respelled(from);
            let why = other.map(Why::DefinedTwice);
            self.plan.kept.extend(why.clone().map(|why| Kept { profile: (*from).to_owned(), why }));
            why.is_none()
        });
        let is_free = |one: &Wanted<'_>| {
            !is_impossible(one) && self.files.twin(&SectionName::Profile(one.name.clone())).is_none()
        };
        let possible = misnamed.iter().filter(|(_, one)| is_free(one));
        let pairs = possible.map(|(from, one)| ((*from).to_owned(), one.name.clone())).collect();
        let pairs = ordered(pairs, &mut self.taken);
        let renamed: HashMap<&str, &str> =
            pairs.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
        for (_, one) in misnamed.iter().filter(|(from, _)| !renamed.contains_key(from)) {
            self.refuse(one);
        }
        for (one, all) in existing {
            self.keep(one, &all, &renamed);
        }
        self.plan.batch.renamed = pairs;
        for one in new {
            if is_impossible(one) {
                self.refuse(one);
            } else {
                self.add(one);
            }
        }
        self.plan.added.sort_by(|one, other| one.profile.cmp(&other.profile));
        self.plan.batch.added.sort_by(|one, other| one.name.cmp(&other.name));
    }

    /// Our profiles for a role, one with the right name first.
    fn existing(&self, one: &Wanted<'_>, is_impossible: bool) -> Option<Vec<usize>> {
        let mut all = match self.by_identity.get(&(one.account.id.as_str(), one.role)) {
            Some(all) => all.clone(),
            // The name doesn't say which of several roles was meant.
            None if is_impossible => return None,
            // Somebody has removed the account or the role from it.
            None => {
                let at = *self.by_name.get(one.name.as_str())?;
                self.owned[at].may_be(&one.account.id, one.role).then(|| vec![at])?
            }
        };
        all.sort_by_key(|at| self.owned[*at].name != one.name);
        Some(all)
    }

    /// Repairs the profiles of a role.
    fn keep(&mut self, one: &Wanted<'_>, all: &[usize], renamed: &HashMap<&str, &str>) {
        for at in all {
            let own = &self.owned[*at];
            if own.is_of_another_kind() {
                // Its user has made something else of it.
                self.plan.unchanged += 1;
                continue;
            }
            let mut set = own.repairs(self.portal, &one.account.id, one.role);
            set.extend(own.missing(self.wishes.keys()));
            let new_name = renamed.get(own.name.as_str());
            if set.is_empty() && new_name.is_none() {
                self.plan.unchanged += 1;
                continue;
            }
            self.plan.changed.push(Change {
                profile: new_name.map_or_else(|| own.name.clone(), |name| (*name).to_owned()),
                renamed_from: new_name.map(|_| own.name.clone()),
                keys: set.iter().map(|(key, _)| key.dotted()).collect(),
                ..change(one)
            });
            if !set.is_empty() {
                self.plan.batch.set.push((own.name.clone(), set));
            }
        }
    }

    fn add(&mut self, one: &Wanted<'_>) {
        let Wanted { account, role, name } = one;
        let section = SectionName::Profile(name.clone());
        if self.taken.contains(name) {
            if is_same(self.files, name, self.portal, &account.id, role) {
                self.plan.unchanged += 1;
            } else {
                self.refuse(one);
            }
            return;
        }
        if self.files.twin(&section).is_some() {
            self.refuse(one);
            return;
        }
        self.taken.insert(name.clone());
        self.plan.added.push(change(one));
        let mut keys = keys(self.portal, &account.id, role);
        keys.extend(self.wishes.keys().iter().cloned());
        let comment = mark::of(self.portal.name());
        self.plan.batch.added.push(NewProfile { name: name.clone(), comment, keys });
    }

    fn refuse(&mut self, one: &Wanted<'_>) {
        let section = SectionName::Profile(one.name.clone());
        let place = self.files.find(&section).places().next();
        self.plan.conflicts.push(Conflict {
            profile: one.name.clone(),
            account_id: one.account.id.clone(),
            role_name: one.role.to_owned(),
            place: place.or_else(|| self.files.twin(&section)),
        });
    }

    /// Removes the profiles of roles that are gone.
    fn plan_gone(&mut self, accounts: &[Account]) {
        let by_id: HashMap<&str, &Account> =
            accounts.iter().map(|account| (account.id.as_str(), account)).collect();
        let listed: HashSet<(&str, &str)> = accounts
            .iter()
            .filter_map(|account| match &account.roles {
                Roles::Listed(roles) => Some(roles.iter().map(|role| (account.id.as_str(), role.as_str()))),
                Roles::Unknown => None,
            })
            .flatten()
            .collect();
        let users = if self.wishes.prune { self.files.users() } else { Users::default() };
        for own in self.owned {
            let (Some(id), Some(role)) = (&own.account, &own.role) else { continue };
            let account = by_id.get(id.as_str());
            let is_unknown = account.is_some_and(|account| account.roles == Roles::Unknown);
            let name = account.and_then(|account| account.name.as_deref());
            let is_meant = self.wishes.includes(id, name, role);
            if is_unknown || !is_meant || listed.contains(&(id.as_str(), role.as_str())) {
                continue;
            }
            self.plan.gone.push(own.name.clone());
            if !self.wishes.prune {
                continue;
            }
            let why = if own.is_changed(self.wishes.keys()) {
                Some(Why::ChangedByHand)
            } else {
                users.of(&own.name).map(|user| Why::SourceOf(user.to_owned()))
            };
            match why {
                Some(why) => self.plan.kept.push(Kept { profile: own.name.clone(), why }),
                None => {
                    self.taken.remove(&own.name);
                    self.plan.batch.removed.push(own.name.clone());
                    self.plan.removed.push(Change {
                        profile: own.name.clone(),
                        account_id: id.clone(),
                        account_name: name.map(str::to_owned),
                        role_name: role.clone(),
                        renamed_from: None,
                        keys: Vec::new(),
                    });
                }
            }
        }
    }
}

fn change(one: &Wanted<'_>) -> Change {
    Change {
        profile: one.name.clone(),
        account_id: one.account.id.clone(),
        account_name: one.account.name.clone(),
        role_name: one.role.to_owned(),
        renamed_from: None,
        keys: Vec::new(),
    }
}
