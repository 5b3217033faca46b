//! Edits that `--dry-run` only shows: as a unified diff, with secrets masked.

mod aligned;
mod shown;

use std::borrow::Cow;
use std::path::Path;

use rustc_hash::FxHashSet;
use similar::udiff::UnifiedHunkHeader;
use similar::{ChangeTag, group_diff_ops};

use super::findings::{Found, odd_name};
use crate::config::Foreseen;
use crate::failure::{Failure, Hint};
use crate::finding::Finding;
use crate::ini::Document;
use crate::origin::{self, Place};
use crate::profile::{Edited, Error, Files, Inherited, SectionName, Twin};
use crate::secret::MASK;
use crate::settings::REST;
use crate::ui::Ui;
use crate::world::World;

/// At most so many new profiles are named for each of the things that may be wrong with their names.
const MOST: usize = 3;

/// Makes a change, or with `--dry-run` shows it.
pub(super) fn apply<T>(
    change: impl FnMut(&mut Files) -> Result<T, Error>,
    dry_run: bool,
    world: &World,
    ui: &Ui,
) -> Result<T, Failure> {
    let (outcome, edited, of_new) = attempt_for_user(change, dry_run, world)?;
    tell(&edited, &of_new, dry_run, ui)?;
    Ok(outcome)
}

/// Reports a change, and what may not be meant about new profiles, or with `--dry-run` shows it.
pub(super) fn tell(edited: &[Edited], of_new: &[Finding], dry_run: bool, ui: &Ui) -> Result<(), Failure> {
    report_marks(edited, dry_run, ui);
    findings(of_new, dry_run, ui);
    report_faults(edited, ui);
    if dry_run {
        ui.write(&of(edited, ui))?;
    }
    Ok(())
}

/// Reports what was found in a change, or in one that is only shown.
pub(super) fn findings(found: &[Finding], dry_run: bool, ui: &Ui) {
    if dry_run { ui.foreseen(found) } else { ui.findings(found) }
}

/// Makes a change, or with `--dry-run` only finds out what it would do.
pub(super) fn attempt<T>(
    change: impl FnMut(&mut Files) -> Result<T, Error>,
    dry_run: bool,
    world: &World,
) -> Result<(T, Vec<Edited>), Error> {
    if dry_run { Files::rehearse(world, change) } else { Files::edit(world, change) }
}

/// Makes a change as [`attempt`] does, and returns what may not be meant about new profiles, too: their names, and
/// what they inherit.
pub(super) fn attempt_for_user<T>(
    mut change: impl FnMut(&mut Files) -> Result<T, Error>,
    dry_run: bool,
    world: &World,
) -> Result<(T, Vec<Edited>, Vec<Finding>), Error> {
    let ((outcome, found), edited) = attempt(|files| with_findings(files, &mut change), dry_run, world)?;
    Ok((outcome, edited, found))
}

/// What the sections that an edit added have from `[DEFAULT]` without being asked to.
fn newly_inherited(before: &Files, files: &Files) -> Vec<Finding> {
    let found = files
        .newly_inherited(before)
        .into_iter()
        .map(|Inherited { section, key, place }| Finding::at(place, Found::Inherits { section, key }));
    Finding::bounded(found.collect(), MOST)
}

/// Makes a change, and finds what may not be meant about new profiles: names that look like others or that some SDKs don't
/// see, and what they inherit.
pub(super) fn with_findings<T>(
    files: &mut Files,
    change: impl FnOnce(&mut Files) -> Result<T, Error>,
) -> Result<(T, Vec<Finding>), Error> {
    let before = files.clone();
    let outcome = change(files)?;
    let new = files.new_profiles(&before);
    let twins = files.twins(&new).into_iter();
    let found = twins.map(|Twin { name, similar }| Finding::new(Found::NewProfile { name, similar }));
    let mut found = Finding::bounded(found.collect(), MOST);
    let sections = files.new_sections(&before);
    let twins = sections.iter().filter_map(|section| {
        let (section, similar) = (section.clone(), before.section_twin(section)?);
        Some(Finding::new(Found::NewSection { section, similar }))
    });
    found.extend(Finding::bounded(twins.collect(), MOST));
    let mut new: Vec<String> = new.into_iter().map(Cow::into_owned).collect();
    new.sort_unstable();
    let new = new.into_iter().map(SectionName::Profile).chain(sections);
    let odd = new.filter_map(|section| odd_name(section, files));
    found.extend(Finding::bounded(odd.collect(), MOST));
    found.extend(newly_inherited(&before, files));
    Ok((outcome, found))
}

/// Reports the files that lose a byte order mark.
pub(super) fn report_marks(edited: &[Edited], dry_run: bool, ui: &Ui) {
    let verb = if dry_run { "would remove" } else { "removed" };
    for edited in edited.iter().filter(|edited| edited.drops_mark()) {
        let path = origin::shown(&edited.path);
        ui.note(format_args!("{path}:1: {verb} the byte order mark, which AWS CLI and boto3 can't read"));
    }
}

/// Reports the files that AWS CLI and boto3 can't read after the edit either.
pub(super) fn report_faults(edited: &[Edited], ui: &Ui) {
    for edited in edited {
        if let Some((fault, fix)) = edited.fault() {
            let place = Place { path: edited.path.clone(), line: fault.line, section: None, key: None };
            let finding = Finding::at(place, Found::InvalidFile(fault.kind.clone()));
            ui.finding(&finding.fixed_by(fix.map(Hint::from)));
        }
    }
}

/// The diff of each file that would change.
pub(super) fn of(edited: &[Edited], ui: &Ui) -> Vec<u8> {
    let diffs = edited.iter().map(|edited| of_one(&edited.path, [&edited.before, &edited.after], 3, ui));
    diffs.collect::<String>().into_bytes()
}

/// The diff of xcred's own settings, in which only guards change. The lines around them aren't shown: other settings may have secrets.
pub(super) fn of_guards(foreseen: &Foreseen, ui: &Ui) -> Vec<u8> {
    let [before, after] = [&foreseen.before, &foreseen.after].map(|bytes| Document::parse(bytes.clone()));
    of_one(&foreseen.path, [&before, &after], 0, ui).into_bytes()
}

/// The diff of a file, with so many lines around each change.
fn of_one(path: &Path, [before, after]: [&Document; 2], around: usize, ui: &Ui) -> String {
    let path = ui.shown(&origin::shown(path).to_string()).into_owned();
    let bold = ui.style().bold();
    let mut text =
        format!("{}\n{}\n", bold.apply_to(format!("--- {path}")), bold.apply_to(format!("+++ {path}")));
    hunks(before, after, around, ui, &mut text);
    text
}

fn hunks(before: &Document, after: &Document, around: usize, ui: &Ui, text: &mut String) {
    // The unmasked lines are compared: otherwise a changed secret would not appear.
    let (raw_before, raw_after) = (raw_lines(before), raw_lines(after));
    let hunks = group_diff_ops(aligned::steps(&raw_before, &raw_after), around);
    let (mut old, mut new) = (vec![false; raw_before.len()], vec![false; raw_after.len()]);
    for step in hunks.iter().flatten() {
        old[step.old_range()].fill(true);
        new[step.new_range()].fill(true);
    }
    let (shown_before, shown_after) = (shown::lines(before, &old), shown::lines(after, &new));
    for hunk in hunks {
        let changes = || hunk.iter().flat_map(|step| step.iter_changes(&*raw_before, &*raw_after));
        let removed = changes().filter(|change| change.tag() == ChangeTag::Delete);
        let removed: FxHashSet<&String> =
            removed.filter_map(|change| shown_before.get(change.old_index()?)).collect();
        let added = changes().filter(|change| change.tag() == ChangeTag::Insert);
        let added: FxHashSet<&String> =
            added.filter_map(|change| shown_after.get(change.new_index()?)).collect();
        // A secret or a command line that changes may look the same before and after.
        let hides = |line: &String| line.contains(MASK) || line.ends_with(REST);
        let is_twin = |line: &String| hides(line) && removed.contains(line) && added.contains(line);
        text.push_str(&format!(
            "{}\n",
            ui.style().cyan().apply_to(UnifiedHunkHeader::new(&hunk).to_string())
        ));
        for change in changes() {
            let (sign, style, line) = match (change.tag(), change.old_index(), change.new_index()) {
                (ChangeTag::Delete, Some(at), _) => ('-', ui.style().red(), &shown_before[at]),
                (ChangeTag::Insert, _, Some(at)) => ('+', ui.style().green(), &shown_after[at]),
                (_, Some(at), _) => (' ', ui.style(), &shown_before[at]),
                _ => continue,
            };
            let is_open = !change.value().ends_with(b"\n") && !change.value().ends_with(b"\r");
            let age = match sign {
                '-' if is_twin(line) => " (old)",
                '+' if is_twin(line) => " (new)",
                _ => "",
            };
            text.push_str(&format!("{}\n", style.apply_to(format!("{sign}{}{age}", ui.shown(line)))));
            if is_open {
                // As `diff` and git say it.
                text.push_str("\\ No newline at end of file\n");
            }
        }
    }
}

fn raw_lines(document: &Document) -> Vec<&[u8]> {
    document.lines().iter().map(|line| line.span.of(document.bytes())).collect()
}
