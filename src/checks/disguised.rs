//! Names of sections that look like other names.

use super::files::distinct;
use super::issue::Issue;
use super::scene::{Diagnosis, Scene};
use crate::finding::Finding;
use crate::profile::SectionName;
use crate::text::{disguise, taken_for, undisguised};

/// Sections whose names are taken for others: who names the other one doesn't get this one.
pub(super) fn names(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    for file in distinct(scene) {
        for (section, heading) in file.headings() {
            let Some(name) = heading.section() else { continue };
            let (Some(what), Some(taken)) = (disguise(name.name()), taken_for(name.name())) else { continue };
            let place = file.header_place(&section);
            // What isn't read as it seems to be meant says so.
            if found.iter().any(|one| one.finding.is_at(&place)) {
                continue;
            }
            let meant = match &name {
                SectionName::Profile(_) => SectionName::Profile(taken),
                SectionName::SsoSession(_) => SectionName::SsoSession(taken),
                SectionName::Services(_) => SectionName::Services(taken),
                SectionName::Other(_) => continue,
            };
            let header = undisguised(&name.header(file.kind)).unwrap_or_default();
            let instead = meant.header(file.kind);
            let profile = name.profile().map(str::to_owned);
            let finding = Finding::at(place, Issue::Disguised { header, what, instead });
            found.push(Diagnosis { profile, ..Diagnosis::new(finding) });
        }
    }
}
