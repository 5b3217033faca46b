//! What interrupted commands have left, for those who only look.

use super::again::Work;
use super::entry::{Creation, Entry, Record};
use super::error::Error;
use super::folder::{folder, is_held};
use super::journal::Journal;
use super::unfinished::Unfinished;
use crate::failure::{Explain as _, Hint};
use crate::finding::{Aspect, Finding, Kind};
use crate::origin::Origin;
use crate::profile::Files;
use crate::store;
use crate::world::World;

/// What is wrong with a journal.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Leftover {
    #[error("{0}")]
    Unfinished(Unfinished),
    #[error("{problem}")]
    Unusable { problem: String, fix: Option<Hint> },
}

impl Kind for Leftover {
    fn code(&self) -> &'static str {
        match self {
            Leftover::Unfinished(unfinished) => match unfinished.again.work {
                Work::Rotation => "unfinished-rotation",
                Work::Creation => "unfinished-creation",
            },
            Leftover::Unusable { .. } => "unusable-journal",
        }
    }

    fn has(&self, aspect: Aspect) -> bool {
        aspect == Aspect::NamesPlace
    }

    fn fix(&self) -> Option<Hint> {
        match self {
            Leftover::Unfinished(unfinished) => Some(unfinished.again.ways()),
            Leftover::Unusable { fix, .. } => fix.clone(),
        }
    }
}

/// Whether there may be journals. Without any, the files need not be read for them.
pub fn may_be_unfinished(world: &World) -> bool {
    match folder(world).map(|folder| store::list(&folder)) {
        Ok(Ok(found)) => !found.is_empty(),
        Ok(Err(_)) => true,
        // Without a home there are no journals.
        Err(_) => false,
    }
}

/// The findings about the journals, with the profile that continues or began each. None while a command works on one.
pub fn leftovers(world: &World, files: &Files) -> Vec<(Option<String>, Finding)> {
    let mut found = of::<Entry>(world, files);
    found.extend(of::<Creation>(world, files));
    if !found.is_empty() && is_held(world) { Vec::new() } else { found }
}

fn of<R: Record>(world: &World, files: &Files) -> Vec<(Option<String>, Finding)> {
    let journals = match Journal::<R>::each(world) {
        Ok(journals) => journals,
        // Without a home there are no journals.
        Err(Error::NoHome) => Vec::new(),
        // Both kinds are in one folder.
        Err(error) if R::WORK == Work::Rotation => vec![Err(error)],
        Err(_) => Vec::new(),
    };
    let found = journals.into_iter().map(|journal| match journal {
        Ok(mut journal) => {
            let again = journal.meet(files, None);
            let profile = again.access.profile.clone();
            let place = Origin::Cache { path: journal.path.clone() };
            (profile, Finding::at(place, Leftover::Unfinished(journal.report(again))))
        }
        Err(error) => {
            let problem = Leftover::Unusable { problem: error.to_string(), fix: error.help() };
            (None, Finding::maybe_at(error.origin(), problem))
        }
    });
    found.collect()
}

#[cfg(test)]
mod examples;
