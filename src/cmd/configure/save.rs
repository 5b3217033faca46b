//! Writes the answers as one edit, and reports what was written where.

use super::cx::Cx;
use crate::checks::{self, Scene};
use crate::cmd::findings::Found;
use crate::cmd::outcome::{self, KeyChange};
use crate::cmd::{diff, exposure, precedence, set};
use crate::effective::{self, Selection};
use crate::failure::{Command, Exit, Failure, Hint};
use crate::finding::{Aspect, Finding};
use crate::origin::{Located, Origin, Place};
use crate::profile::{Error, FileKind, Files, KeyChanges, KeyPath, KeysChanged, Placed, SectionName};
use crate::sdk::{Provider, Sdk};
use crate::secret::Secret;
use crate::settings::{
    AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, CREDENTIAL_SOURCE, REGION, SOURCE_PROFILE, Variable,
};
use crate::ui::Ui;
use crate::world::World;

/// A region that every account has.
const ANY_REGION: &str = "us-east-1";

/// The changes of a section.
pub(super) struct Changes {
    section: SectionName,
    entries: Vec<(KeyPath, Option<Secret>)>,
}

/// The outcome of changes.
#[derive(Default)]
pub(super) struct Applied {
    pub(super) written: Vec<Place>,
    removed: Vec<Place>,
    repeated: Vec<Placed>,
    /// What keeps keys from having the value that was asked for.
    hidden: Vec<Finding>,
}

impl Changes {
    pub(super) fn new(section: SectionName) -> Changes {
        Changes { section, entries: Vec::new() }
    }

    pub(super) fn section(&self) -> &SectionName {
        &self.section
    }

    pub(super) fn set(&mut self, row: &Variable, value: Secret) {
        self.entries.push((KeyPath::plain(row.name), Some(value)));
    }

    pub(super) fn unset(&mut self, row: &Variable) {
        self.entries.push((KeyPath::plain(row.name), None));
    }

    pub(super) fn has(&self, row: &Variable) -> bool {
        self.entries.iter().any(|(path, value)| path.name == row.name && value.is_some())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Checks that the section can have this key.
    pub(super) fn try_out(&self, files: &mut Files, row: &Variable) -> Result<(), Error> {
        files.set(&self.section, &KeyPath::plain(row.name), "x", true).map(drop)
    }

    /// Refuses a section whose name can't be written.
    pub(super) fn check_name(&self, files: &Files) -> Result<(), Error> {
        files.check_name(&self.section)
    }

    /// Makes the changes of many sections in one edit.
    pub(super) fn apply_all<'c>(
        all: impl IntoIterator<Item = &'c Changes>,
        files: &mut Files,
    ) -> Result<Vec<Applied>, Error> {
        let all: Vec<&Changes> = all.into_iter().collect();
        let keys = all.iter().map(|changes| {
            let keys = changes.entries.iter();
            let keys = keys.map(|(key, value)| (key, value.as_ref().map(Secret::expose)));
            KeyChanges { section: &changes.section, keys: keys.collect(), replace: false, overrides: true }
        });
        let changed = files.apply(&keys.collect::<Vec<_>>())?;
        Ok(all.into_iter().zip(changed).map(|(changes, changed)| changes.applied(changed, files)).collect())
    }

    fn applied(&self, changed: KeysChanged, files: &Files) -> Applied {
        let removed = changed.removed.into_iter().map(|placed| placed.place).collect();
        let written: Vec<Place> = changed.set.iter().map(|placed| placed.place.clone()).collect();
        let section = files.find(&self.section);
        // The places are in the order of the keys that are set.
        let mut places = written.iter();
        let hidden = self.entries.iter().filter_map(|(key, value)| {
            let found = section.value(&key.name);
            let Some(asked) = value else {
                let place = found?.origin.place()?.clone();
                let inherits = Found::Inherits { section: self.section.clone(), key: key.name.clone() };
                return Some(Finding::at(place, inherits));
            };
            let place = places.next()?;
            let is_as_asked = found?.value.as_text().is_some_and(|text| text.expose() == asked.expose());
            if !is_as_asked {
                return set::set_twice(place, &self.section, key, files);
            }
            if key.name == AWS_ACCESS_KEY_ID.name { checks::left_behind(&section) } else { None }
        });
        let hidden = hidden.collect();
        Applied { written, removed, repeated: changed.set, hidden }
    }
}

impl Applied {
    pub(super) fn is_empty(&self) -> bool {
        self.written.is_empty() && self.removed.is_empty()
    }

    /// Reports what was written where, never a value, and what is wrong with that; with `--dry-run` only the latter.
    pub(super) fn tell(&self, dry_run: bool, ui: &Ui) {
        for placed in &self.repeated {
            set::report(placed, dry_run, ui);
        }
        if !dry_run {
            for (change, places) in [(KeyChange::Wrote, &self.written), (KeyChange::Removed, &self.removed)] {
                for outcome in outcome::of_keys(change, places) {
                    ui.note(outcome);
                }
            }
        }
        diff::findings(&self.hidden, dry_run, ui);
    }
}

/// Saves the changes of a profile, which comes first, and of other sections as one edit, and reports them and the next
/// command.
pub(super) fn save(
    all: &[&Changes],
    provider: Option<Provider>,
    next: &Next,
    cx: &Cx<'_>,
) -> Result<Exit, Failure> {
    let Cx { options, world, ui, .. } = *cx;
    let change = |files: &mut Files| {
        let applied = Changes::apply_all(all.iter().copied(), files)?;
        let section = all.first().map(|changes| &changes.section);
        let conflicts = section.zip(provider);
        let conflicts = conflicts.map(|(section, provider)| precedence::conflicts(provider, files, section));
        let written = applied.first().map_or(&[][..], |applied| &applied.written);
        let findings = section.map(|section| findings(files, section, written, cx));
        Ok((applied, conflicts, findings, next.hint(files, world)))
    };
    let ((applied, conflicts, findings, next), edited, of_new) =
        diff::attempt_for_user(change, options.dry_run, world)?;
    diff::tell(&edited, &of_new, options.dry_run, ui)?;
    for applied in &applied {
        applied.tell(options.dry_run, ui);
    }
    exposure::warn(applied.iter().flat_map(|applied| &applied.written), options.dry_run, ui);
    conflicts.iter().flatten().for_each(|conflict| ui.finding(conflict));
    if let Some((section, findings)) = all.first().map(|changes| &changes.section).zip(findings) {
        warn(section, findings, of_new.iter().chain(conflicts.iter().flatten()), ui);
    }
    if !options.dry_run {
        ui.note(format_args!("next: {next}"));
    }
    Ok(Exit::Success)
}

/// What is wrong with the profile as it is in the files, but not what was looked at before the lines in `written` were.
pub(super) fn findings(files: &Files, section: &SectionName, written: &[Place], cx: &Cx<'_>) -> Vec<Finding> {
    // Their value is only looked at together with what is around it.
    let is_checked = |place: &Place| {
        let rows = [&SOURCE_PROFILE, &CREDENTIAL_SOURCE];
        written.contains(place) && !rows.iter().any(|row| place.key.as_deref() == Some(row.name))
    };
    let SectionName::Profile(name) = section else { return Vec::new() };
    let selected = effective::select(cx.world, cx.global.profile.as_deref(), Sdk::default()).ok();
    let selected = selected.filter(|selection| selection.name.value == *name).unwrap_or_else(|| {
        let origin = Origin::Option { name: "--profile" };
        Selection { name: Located::new(name.clone(), origin) }
    });
    let scene = Scene::new(cx.world, files, &[], &selected, Sdk::default());
    let mut found = checks::warnings_of_settings(scene, name);
    found.retain(|finding| {
        finding.code() == checks::CIRCLE || !finding.place().and_then(Origin::place).is_some_and(is_checked)
    });
    found
}

/// Warns of them when the command ends. Nothing is said to be missing beside a line that `told` is about: it is to be removed.
pub(super) fn warn<'f>(
    section: &SectionName,
    mut findings: Vec<Finding>,
    told: impl IntoIterator<Item = &'f Finding>,
    ui: &Ui,
) {
    let told: Vec<&Place> = told.into_iter().filter_map(|finding| finding.place()?.place()).collect();
    let is_told = |finding: &Finding| told.iter().any(|place| finding.is_at(place));
    findings.retain(|finding| !(finding.has(Aspect::NeedsAllFiles) && is_told(finding)));
    ui.later(findings, Command::xcred(["doctor"]).argument(section.name()));
}

/// What to run when the changes are saved.
pub(super) enum Next {
    /// What finds out whether AWS accepts the credentials of the profile.
    Prove(SectionName),
    Other(Hint),
}

impl Next {
    /// What shows the profile.
    pub(super) fn look(section: &SectionName) -> Next {
        let command = section.name_in(Command::xcred(["get"]).flag("--all"));
        Next::Other(Hint::from(command).say(" shows the profile's settings"))
    }

    /// It, for the files as they are now.
    pub(super) fn hint(&self, files: &Files, world: &World) -> Hint {
        match self {
            Next::Prove(section) => {
                let command = section.name_in(Command::xcred(["whoami"]));
                let mut variables = REGION.environment.iter();
                // Without a region no service can be asked.
                let has_region = files.find(section).has(REGION.name)
                    || variables.any(|variable| world.non_empty(variable).is_some());
                let command = if has_region { command } else { command.option("--region", ANY_REGION) };
                Hint::from(command).say(" checks the credentials with AWS")
            }
            Next::Other(hint) => hint.clone(),
        }
    }
}

pub(super) fn access_key(files: &Files, section: &SectionName) -> Option<Place> {
    let found = FileKind::BY_PRECEDENCE.into_iter().find_map(|kind| {
        let profile = files.find(section);
        let value = |key| profile.value_in(kind, key);
        value(AWS_ACCESS_KEY_ID.name).or_else(|| value(AWS_SECRET_ACCESS_KEY.name))
    })?;
    found.origin.place().cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_takes_no_effect_is_written_nevertheless_and_says_so() {
        let mut files = Files::of_texts("", "[DEFAULT]\nregion = eu-west-1\n[new]\n");
        let mut changes = Changes::new(SectionName::Profile("new".to_owned()));
        changes.set(&REGION, Secret::new("ap-south-1".to_owned()));
        changes.set(&CREDENTIAL_SOURCE, Secret::new("Environment".to_owned()));
        let applied = Changes::apply_all([&changes], &mut files).unwrap().remove(0);
        let written: Vec<String> =
            outcome::of_keys(KeyChange::Wrote, &applied.written).iter().map(ToString::to_string).collect();
        assert_eq!(written, ["wrote region, credential_source in config [profile new]"]);
        let hidden: Vec<String> = applied.hidden.iter().map(Finding::sentence).collect();
        let [shadowed] = &hidden[..] else { panic!("{hidden:?}") };
        assert!(shadowed.starts_with("credentials:2: `region` is set here too, and takes precedence; "));

        let mut changes = Changes::new(SectionName::Profile("new".to_owned()));
        changes.unset(&REGION);
        let applied = Changes::apply_all([&changes], &mut files).unwrap().remove(0);
        let hidden: Vec<String> = applied.hidden.iter().map(Finding::sentence).collect();
        let [inherited] = &hidden[..] else { panic!("{hidden:?}") };
        assert!(inherited.starts_with("credentials:2: profile `new` inherits `region` from `[DEFAULT]`; "));
        assert_eq!(applied.removed.len(), 1);
    }
}
