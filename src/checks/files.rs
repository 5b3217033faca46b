//! The files as a whole: whether they can be read, their headers, their modes.

use std::cell::LazyCell;
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::issue::Issue;
use super::scene::{Diagnosis, Remedy, Scene, Subject};
use crate::chain;
use crate::config;
use crate::failure::{Explain as _, Hint};
use crate::finding::Finding;
use crate::ini::{FaultKind, Section, Stray, lowered};
use crate::origin::{Origin, Place};
use crate::profile::{
    self, FILE_VARIABLES, File, FileKind, Heading, Lookalike, Notice, Profile, Repair, SectionName,
};
use crate::settings::{self, SERVICES, SOURCE_PROFILE, SSO_SESSION};
use crate::store::{self, Changeable, Exposure};

/// The files, each of them once: one path may serve as both.
pub(super) fn distinct<'s>(scene: &Scene<'s>) -> impl Iterator<Item = File<'s>> + use<'s> {
    let [config, credentials] = scene.files.both();
    let is_one = config.path == credentials.path;
    [config, credentials].into_iter().take(if is_one { 1 } else { 2 })
}

/// Files that can't be read at all.
pub(super) fn unreadable(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    found.extend(scene.unread.iter().map(|problem| {
        let issue = Issue::Unreadable { problem: problem.to_string(), help: problem.help() };
        Diagnosis::new(Finding::maybe_at(problem.origin(), issue))
    }));
}

/// Files that an interrupted edit has changed in part, or not yet.
pub(super) fn interrupted(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    let paths: Vec<&Path> = distinct(scene).map(|file| &**file.path).collect();
    let interrupted = store::interrupted(&paths).into_iter();
    found.extend(
        interrupted.map(|path| Diagnosis::new(Finding::at(Place::whole(&path), Issue::Interrupted { path }))),
    );
}

/// Files that are taken for missing although something is there: without its config file, a profile for a role has the identity
/// of its keys.
pub(super) fn taken_for_missing(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    for file in scene.files.both().into_iter().filter(may_be_missing) {
        let Err(problem) = store::read_unless_absent(file.path, store::SMALL) else { continue };
        let problem = profile::Error::from(problem);
        let (text, origin) = (problem.to_string(), problem.origin());
        let is_reported = scene.unread.iter().any(|unread| unread.to_string() == text)
            || found.iter().any(|one| origin.is_some() && one.finding.place() == origin.as_ref());
        if !matches!(&problem, profile::Error::Store(problem) if problem.is_obstacle()) || is_reported {
            continue;
        }
        let issue = Issue::NotAFile { problem: text, help: problem.help() };
        found.push(Diagnosis::new(match origin {
            Some(origin) => Finding::at(origin, issue),
            None => Finding::new(issue),
        }));
    }
}

/// Files that a variable names, and that are missing.
pub(super) fn missing(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    let named = scene.files.both().into_iter().zip(FILE_VARIABLES);
    for (file, variable) in named.filter(|(_, variable)| scene.world.non_empty(variable).is_some()) {
        if may_be_missing(&file) && matches!(store::read_unless_absent(file.path, store::SMALL), Ok(None)) {
            let issue = Issue::NoFileOfVariable { variable, path: file.path.to_path_buf() };
            found.push(Diagnosis::new(Finding::at(Origin::environment(variable), issue)));
        }
    }
}

/// Whether a look at the file is worth it: most have something in them, and some are empty on purpose.
fn may_be_missing(file: &File<'_>) -> bool {
    file.document.bytes().is_empty() && !file.path.as_os_str().is_empty() && !is_nothing(file.path)
}

/// Whether a path leads to `/dev/null`, which people name to have no file.
fn is_nothing(path: &Path) -> bool {
    const NOTHING: &str = "/dev/null";
    path.starts_with(NOTHING) || std::fs::canonicalize(path).is_ok_and(|real| real == Path::new(NOTHING))
}

/// What makes a file invalid for botocore.
pub(super) fn faults(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    for file in distinct(scene) {
        let faults = file.document.faults();
        let lost = faults.iter().position(|fault| {
            matches!(
                fault.kind,
                FaultKind::LostHeader { .. }
                    | FaultKind::NoName
                    | FaultKind::ByteOrderMark
                    | FaultKind::Encoding(_)
            )
        });
        // The lines below a first header that is lost, or not read, have no section because of it.
        let is_consequence = |at: usize, kind: &FaultKind| {
            *kind == FaultKind::Stray(Stray::NoSection) && lost.is_some_and(|lost| lost < at)
        };
        let faults = faults.iter().enumerate().filter(|(at, fault)| !is_consequence(*at, &fault.kind));
        let mut fixes = file.fixes_of_twins();
        found.extend(faults.map(|(_, fault)| {
            let place = Place::line(file.path.clone(), fault.line);
            let repair = (fault.kind == FaultKind::ByteOrderMark).then_some(Remedy::Edit(Repair::Mark));
            let finding = Finding::at(place, Issue::Invalid(fault.kind.clone()));
            let fix = fixes.remove(&fault.line).map(Hint::from);
            Diagnosis { repair, ..Diagnosis::new(finding.fixed_by(fix)) }
        }));
    }
}

/// Text in another encoding whose bytes are valid UTF-8 nevertheless.
pub(super) fn encodings(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    for file in distinct(scene) {
        let is_reported =
            file.document.faults().iter().any(|fault| matches!(fault.kind, FaultKind::Encoding(_)));
        found.extend(file.encoding().filter(|_| !is_reported).map(Diagnosis::new));
    }
}

/// Whether the name is a prefix: one without a name means no profile of that name.
pub(super) fn is_prefix(name: &SectionName) -> bool {
    matches!(name.name(), "profile" | "sso-session" | "services")
}

/// Headers that aren't read, or not as they seem to be meant.
pub(super) fn headers(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    // A section that a profile names as its session is meant for one.
    let sessions = LazyCell::new(|| named_by(&SSO_SESSION, scene));
    let services = LazyCell::new(|| named_by(&SERVICES, scene));
    let sources = LazyCell::new(|| (named_by(&SOURCE_PROFILE, scene), scene.files.users()));
    // With another header it would no longer be what others name.
    let is_named = |file: &File<'_>, section: &Section<'_>| match Heading::read(
        file.kind,
        &file.document.text_of(section),
    ) {
        Heading::Profile(name) => sources.0.contains(&*name) || sources.1.of(&name).is_some(),
        Heading::SsoSession(name) => sessions.contains(&*name),
        Heading::Services(name) => services.contains(&*name),
        _ => false,
    };
    for file in distinct(scene) {
        let unread = unread(scene, &file);
        let mut meant: FxHashMap<SectionName, usize> = FxHashMap::default();
        for lookalike in &unread {
            *meant.entry(lookalike.name().clone()).or_default() += 1;
        }
        let lines: FxHashSet<u32> = unread.iter().map(|lookalike| lookalike.place.line).collect();
        for lookalike in unread.into_iter().filter(|lookalike| is_reported(&file, lookalike)) {
            let section = file.document.section_on(lookalike.place.line);
            let name = lookalike.name().clone();
            // Two headers of one name would make the file unreadable.
            let is_free = meant[&name] == 1 && !scene.files.find(&name).exists();
            let is_certain = lookalike.is_certain()
                || matches!(&name, SectionName::SsoSession(session) if sessions.contains(session));
            let is_certain = is_certain && (name.profile().is_some() || file.kind == FileKind::Config);
            let is_safe = |section: &Section<'_>| is_free && is_certain && !is_named(&file, section);
            let repair = section.filter(is_safe).map(|section| {
                Remedy::Edit(Repair::Header {
                    kind: file.kind,
                    section: section.index(),
                    header: name.header(file.kind),
                })
            });
            let finding = Finding::at(lookalike.place.clone(), Notice::UnreadHeader(lookalike));
            let profile = Some(name.name().to_owned());
            found.push(Diagnosis { profile, repair, ..Diagnosis::new(finding) });
        }
        let lost = file.document.lost_headers().iter().filter(|lost| !lines.contains(&lost.line));
        let lost = lost.filter(|lost| !is_faulty(&file, lost.line)).copied();
        found.extend(file.lost(lost).into_iter().map(Diagnosis::new));
    }
}

/// The headers of a file that aren't read, or not as they seem to be meant.
fn unread(scene: &Scene<'_>, file: &File<'_>) -> Vec<Lookalike> {
    let mut unread = scene.files.unread_headers(file);
    if file.kind == FileKind::Credentials {
        unread.extend(scene.files.misnamed_credentials());
    }
    unread.retain(|one| {
        let is_read = scene.files.is_read_as_other(one) || is_without_effect(scene, file, one);
        !is_prefix(one.name()) && !is_read
    });
    unread
}

/// Whether the header is reported as such: not as a fault, nor if it may be another program's.
fn is_reported(file: &File<'_>, lookalike: &Lookalike) -> bool {
    let line = lookalike.place.line;
    is_ours(file, lookalike, file.document.section_on(line).as_ref()) && !is_faulty(file, line)
}

fn is_faulty(file: &File<'_>, line: u32) -> bool {
    file.document.faults().binary_search_by_key(&line, |fault| fault.line).is_ok()
}

/// Whether the section of the header, if there is one, has something of AWS's: all others may belong to another program.
fn is_ours(file: &File<'_>, lookalike: &Lookalike, section: Option<&Section<'_>>) -> bool {
    let Some(section) = section.filter(|_| !lookalike.is_of_aws()) else { return true };
    let is_read_as_services =
        || matches!(Heading::read(file.kind, &file.document.text_of(section)), Heading::Services(_));
    // All keys of a services section are names of services, and none are settings.
    matches!(lookalike.name(), SectionName::Services(_)) && !is_read_as_services()
        || section.entries().any(|entry| settings::variable(&lowered(entry.key())).is_some())
}

/// What the profiles name by a setting.
fn named_by(row: &settings::Variable, scene: &Scene<'_>) -> FxHashSet<String> {
    let named = |(_, profile): (_, Profile<'_>)| Some(profile.find(row.name)?.text()?.into_owned());
    scene.files.listed().filter_map(named).collect()
}

/// Whether a profile isn't without credentials because a header of the credentials file isn't read as its own.
fn is_without_effect(scene: &Scene<'_>, file: &File<'_>, lookalike: &Lookalike) -> bool {
    let SectionName::Profile(name) = lookalike.name() else { return false };
    file.kind == FileKind::Credentials
        && file.document.section_on(lookalike.place.line).is_some()
        && chain::leads(&scene.files.profile(name)).next().is_some()
}

/// Headers that look as if they meant a profile, in a file that doesn't have it, or beside its own.
pub(super) fn lookalikes_of(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    let scene = &subject.scene;
    let [config, credentials] = scene.files.both();
    let section = subject.section();
    let lookalikes = scene.files.lookalikes_of_missing(&section).filter(|one| {
        let file = if one.place.path == *credentials.path { &credentials } else { &config };
        // The lines of the profile that swallowed a header say so already.
        let is_told = || found.iter().any(|told| told.finding.is_at(&one.place));
        !(is_without_effect(scene, file, one) || one.is_lost() && is_told())
    });
    let beside = distinct(scene)
        .filter(|file| file.section(&section).is_some() && !file.lookalikes(&section).is_empty())
        .flat_map(|file| {
            let mut all = unread(scene, &file);
            all.retain(|one| *one.name() == section && !one.is_lost() && is_reported(&file, one));
            all
        });
    let lookalikes: Vec<Lookalike> = lookalikes.chain(beside).collect();
    found.extend(
        Notice::unread(lookalikes)
            .into_iter()
            .map(|finding| Diagnosis { profile: Some(subject.owned_name()), ..Diagnosis::new(finding) }),
    );
}

/// Files with secrets that other users can open.
pub(super) fn modes(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    found.extend(distinct(scene).filter_map(|file| {
        let diagnosis = open_to_others(file.path)?;
        let mut entries = file.document.sections().flat_map(|section| section.entries());
        // A file of many profiles repeats a few keys.
        let mut known: FxHashSet<&[u8]> = FxHashSet::default();
        let holds_secrets =
            entries.any(|entry| known.insert(entry.key()) && settings::is_secret(&lowered(entry.key())));
        holds_secrets.then_some(diagnosis)
    }));
}

/// What is wrong with the mode of a file with secrets, which its owner may close.
pub(super) fn open_to_others(path: &Path) -> Option<Diagnosis> {
    let finding = exposed(path, false)?;
    let repair = store::is_own(path).then(|| Remedy::Close(path.to_owned()));
    Some(Diagnosis { repair, ..Diagnosis::new(finding) })
}

/// The finding that other users can open this file of credentials, if they can. `is_foreseen` is whether it may get them only by
/// an edit that is shown, and not made.
pub fn exposed(path: &Path, is_foreseen: bool) -> Option<Finding> {
    let Exposure { may, mode } = store::exposure(path)?;
    let is_closable = store::is_closable(path);
    let has = if is_foreseen { "would contain" } else { "contains" };
    let issue = Issue::Exposed { path: path.to_owned(), has, may, mode, is_closable };
    Some(Finding::at(Place::whole(path), issue))
}

/// Files of settings that other users can change or replace: they name the programs that run as this user.
pub(super) fn changeable(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    let mut paths: Vec<PathBuf> = distinct(scene).map(|file| file.path.to_path_buf()).collect();
    paths.extend(config::path(scene.world));
    for Changeable { path, mode, is_folder } in paths.iter().flat_map(|path| store::changeable(path)) {
        let place = Origin::File(Place::whole(&path));
        // One with secrets has a finding of its own, and one folder may have both files.
        if found.iter().any(|one| one.finding.place() == Some(&place)) {
            continue;
        }
        let is_closable = store::is_closable(&path);
        let issue = Issue::Changeable { path, mode, is_folder, is_closable };
        found.push(Diagnosis::new(Finding::at(place, issue)));
    }
}
