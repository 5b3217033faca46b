//! What a sign-in changes in the files.

use super::super::Cx;
use super::super::diff;
use super::super::outcome::{self, KeyChange};
use crate::failure::Failure;
use crate::profile::{Error as ProfileError, Files, KeyChanges, KeyPath, SectionName};

/// Sets keys of a section, which depend on what the files have.
pub(super) fn write<'v>(
    cx: Cx<'_>,
    section: &SectionName,
    keys: impl Fn(&Files) -> Vec<(&'static str, &'v str)>,
) -> Result<(), Failure> {
    let change = |files: &mut Files| {
        let keys = keys(files).into_iter().map(|(name, value)| Ok((KeyPath::parse(name)?, value)));
        let keys = keys.collect::<Result<Vec<_>, ProfileError>>()?;
        let keys = keys.iter().map(|(key, value)| (key, Some(*value))).collect();
        let changes = [KeyChanges { section, keys, replace: false, overrides: false }];
        Ok::<_, ProfileError>(files.apply(&changes)?.swap_remove(0).set)
    };
    let ((placed, of_new), _) = Files::edit(cx.world, |files| diff::with_findings(files, change))?;
    cx.ui.findings(&of_new);
    for outcome in outcome::of_keys(KeyChange::Wrote, placed.iter().map(|placed| &placed.place)) {
        cx.ui.aside(outcome);
    }
    Ok(())
}
