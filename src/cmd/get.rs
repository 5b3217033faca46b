//! `xcred get`: the effective value of a key, or all of them.

mod print;
mod value;

use serde_json::{Map, Value as Json};

use super::Cx;
use super::findings::Found;
use super::session::Session;
use crate::checks;
use crate::cli::Get;
use crate::effective::{self, Selection, Setting};
use crate::failure::{Command, Exit, Explain as _, Failure, Hint};
use crate::finding::{Aspect, Finding};
use crate::origin::{Located, Origin};
use crate::profile::{FileKind, Files, KeyPath, SectionName, Wanted};
use crate::sdk::Sdk;
use crate::settings;
use crate::text::nearest;
use crate::ui::Ui;
use print::{print_all, print_one};
use value::{NAMED_BY_KEY, credential_row, effective_settings, in_profile, in_section, named_by};

pub(super) fn run(args: &Get, cx: Cx<'_>) -> Result<Exit, Failure> {
    let sdk = cx.sdk(args.sdk)?;
    // What a file holds doesn't depend on who reads it.
    let is_of_file = args.stored || args.elsewhere.section().is_some();
    let session = if is_of_file {
        Session::new(cx, if sdk.ruled.is_some() { Sdk::default() } else { sdk })?
    } else {
        Session::for_values(cx, sdk)?
    };
    session.report_unread();
    match session.view() {
        None => session.files.check()?,
        Some(view) => {
            if let Some(fault) = view.fault() {
                cx.ui.problem(&**fault);
                cx.ui.note(format_args!("  {} reads nothing of the files", sdk.title));
            }
        }
    }
    match &args.key {
        Some(key) => one(args, key, session, cx.ui),
        None => all(args, &session, cx.ui),
    }
}

fn all(args: &Get, session: &Session<'_>, ui: &Ui) -> Result<Exit, Failure> {
    let section = args.elsewhere.section();
    match &section {
        Some(section) => session.files.require(section, &named_by(section))?,
        None => session.require_profile()?,
    }
    let asked = section.clone().unwrap_or_else(|| session.selection.section());
    ui.findings(&session.true_of_sdk(session.files.notices(&asked)));
    if section.is_none() && !args.stored {
        let mut findings = session.findings();
        findings.retain(|found| !found.has(Aspect::OfNotices));
        session.warn(findings);
    }
    let settings = if args.stored || section.is_some() {
        effective::all_stored(&session.files, &asked)
    } else {
        effective_settings(session, args.reveal)?
    };
    if args.reveal && (args.stored || section.is_some()) {
        check_stored(&settings, section.as_ref(), session)?;
    }
    let shown = |setting: Setting| if args.reveal { setting } else { setting.without_arguments() };
    let settings: Vec<Setting> = settings.into_iter().map(shown).collect();
    print_all(args, || document_of(section.as_ref(), session), &settings, ui)
}

fn one(args: &Get, key_as_typed: &str, mut session: Session<'_>, ui: &Ui) -> Result<Exit, Failure> {
    let (section, key) = match args.elsewhere.section() {
        Some(section) => (Some(section), KeyPath::parse(key_as_typed)?),
        None => match Wanted::parse(key_as_typed, &session.files)? {
            Wanted { section: Some(SectionName::Profile(name)), key } => {
                session.require_read()?;
                session.selection = Selection { name: Located::new(name, NAMED_BY_KEY) };
                (None, key)
            }
            wanted => {
                if wanted.section.is_some() {
                    session.require_read()?;
                }
                (wanted.section, wanted.key)
            }
        },
    };
    let asked = section.clone().unwrap_or_else(|| session.selection.section());
    if section.is_some() {
        session.files.check()?;
    }
    ui.findings(&session.true_of_sdk(session.files.notices(&asked)));
    let mut half = None;
    let found = match &section {
        Some(section) => in_section(&session, section, &key),
        None => in_profile(args, &session, &key, &mut half),
    };
    let has_warnings = section.is_none() && !args.stored;
    if has_warnings {
        // The command asks for one value, perhaps in a script; where there is none, what hides it may be the reason. Credentials
        // may be missing for any.
        let is_missing = is_setting(&key) && matches!(found, Ok(None)) && args.default.is_none();
        let about_it = |found: &Finding| match found.place() {
            Some(Origin::File(place)) => place.key.as_deref() == Some(&key.dotted()),
            Some(Origin::Environment { variable }) => settings::variable(&key.dotted())
                .is_some_and(|row| row.environment.contains(&variable.as_ref())),
            _ => false,
        };
        let findings = checks::warnings_of_settings(session.scene(), &session.selection.name.value);
        let mut findings = session.true_of_sdk(findings);
        let may_be_why = |found: &Finding| credential_row(&key).is_some() || found.hides(&key.dotted());
        findings.retain(|found| {
            !found.has(Aspect::OfNotices) && (about_it(found) || is_missing && may_be_why(found))
        });
        // A finding in the same place says the same.
        if let Some(half) = half
            && !findings.iter().any(|found| found.place() == half.origin().as_ref())
        {
            ui.warning(half);
        }
        session.warn(findings);
    }
    let found = found?;
    if args.stored || section.is_some() {
        check_stored(found.as_slice(), section.as_ref(), &session)?;
    }
    if found.is_none() {
        ui.findings(hidden_by_block(&asked, &key, &session).as_slice());
        if !(has_warnings && is_setting(&key) && args.default.is_none()) {
            let mut unread = session.files.notices_of_lookalikes(&asked);
            unread.retain(|found| !found.has(Aspect::OfNotices));
            ui.findings(&session.true_of_sdk(unread));
        }
        if section.is_none() && args.default.is_none() {
            hint_at_profile(key_as_typed, &key, &session.files, ui);
            hint_at_named(key_as_typed, &key, &session, ui);
        }
    }
    print_one(args, || document_of(section.as_ref(), &session), &key, found, ui)
}

/// Why a nested key that the config file has is not set.
fn hidden_by_block(section: &SectionName, key: &KeyPath, session: &Session<'_>) -> Option<Finding> {
    let (place, by) = effective::hidden_by_block(&session.files, section, key)?;
    let (block, key) = (key.name.clone(), key.dotted());
    Some(Finding::at(place, Found::HiddenInBlock { block, key, section: section.clone(), by }))
}

fn is_setting(key: &KeyPath) -> bool {
    settings::variable(&key.dotted()).is_some()
}

/// A nested key that looks like a setting of another profile: `dve.region`.
pub(super) fn hint_at_profile(typed: &str, key: &KeyPath, files: &Files, ui: &Ui) {
    let Some(nested) = key.nested.as_ref().filter(|name| settings::variable(name).is_some()) else { return };
    if !typed.eq_ignore_ascii_case(&key.dotted()) || KeyPath::is_known_block(&key.name) {
        return;
    }
    if let Some(similar) = nearest(&key.name, files.profiles()) {
        ui.warning(format_args!("profile `{}` not found", key.name));
        ui.help(Hint::meant(typed, format!("{similar}.{nested}")));
    }
}

/// A profile in the key that doesn't exist, as in `profile.dve.region`, or a profile in place of the key.
fn hint_at_named(typed: &str, key: &KeyPath, session: &Session<'_>, ui: &Ui) {
    let (files, name) = (&session.files, &session.selection.name);
    if name.origin == NAMED_BY_KEY && name.value != "default" && !files.profile(&name.value).exists() {
        if let Some(similar) = nearest(&name.value, files.profiles()) {
            ui.warning(format_args!("profile `{}` not found", name.value));
            ui.help(Hint::meant(typed, format!("profile.{similar}.{}", key.dotted())));
        }
    } else if key.nested.is_none() && !is_setting(key) && files.profile(typed).exists() {
        ui.warning(format_args!("AWS has no setting `{typed}`, but there is a profile of this name"));
        ui.help(Hint::from(Command::xcred(["get"]).flag("--all").profile(typed)).say(" shows its settings"));
    }
}

/// Checks the guards of the profile whose stored secrets are shown.
fn check_stored(
    settings: &[Setting],
    section: Option<&SectionName>,
    session: &Session<'_>,
) -> Result<(), Failure> {
    let is_secret = |setting: &Setting| setting.row.is_some_and(|row| row.credential && row.secret);
    let secrets: Vec<&Setting> = settings.iter().filter(|setting| is_secret(setting)).collect();
    match section {
        _ if secrets.is_empty() => Ok(()),
        None => session.check_stored(&session.selection.name.value, &secrets),
        Some(SectionName::Profile(name)) => session.check_stored(name, &secrets),
        Some(_) => Ok(()),
    }
}

/// A JSON document whose first member is what the values belong to.
fn document_of(section: Option<&SectionName>, session: &Session<'_>) -> Map<String, Json> {
    let (member, name) = match section {
        None => ("profile", session.selection.name.value.clone()),
        Some(section) => ("section", section.header(FileKind::Config)),
    };
    Map::from_iter([(member.to_owned(), name.into())])
}
