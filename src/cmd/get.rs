//! `xcred get`: the effective value of a key, or all of them.

mod print;

use serde_json::{Map, Value as Json};

use super::Cx;
use super::findings;
use super::session::{ResolveOptions, Session};
use crate::chain;
use crate::checks;
use crate::cli::Get;
use crate::effective::{self, Selection, Setting};
use crate::failure::{Command, Exit, Explain as _, Failure, Hint};
use crate::finding::{Aspect, Finding};
use crate::origin::{Located, Origin};
use crate::profile::{FileKind, Files, KeyPath, SectionName, Wanted};
use crate::sdk::Sdk;
use crate::settings::{self, Variable};
use crate::text::nearest;
use crate::ui::Ui;
use print::{print_all, print_one};

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

/// The origin of a profile's name that is part of the key.
const NAMED_BY_KEY: Origin = Origin::Option { name: "KEY" };

/// The option that names a section.
fn named_by(section: &SectionName) -> Origin {
    let name = match section {
        SectionName::SsoSession(_) => "--sso-session",
        SectionName::Services(_) => "--services",
        SectionName::Profile(_) | SectionName::Other(_) => return NAMED_BY_KEY,
    };
    Origin::Option { name }
}

/// A JSON document whose first member is what the values belong to.
fn document_of(section: Option<&SectionName>, session: &Session<'_>) -> Map<String, Json> {
    let (member, name) = match section {
        None => ("profile", session.selection.name.value.clone()),
        Some(section) => ("section", section.header(FileKind::Config)),
    };
    Map::from_iter([(member.to_owned(), name.into())])
}

fn in_section(
    session: &Session<'_>,
    section: &SectionName,
    key: &KeyPath,
) -> Result<Option<Setting>, Failure> {
    // As in AWS CLI, a section named by the key need not exist.
    if !matches!(section, SectionName::Other(_)) {
        session.files.require(section, &named_by(section))?;
    }
    Ok(effective::stored(&session.files, section, key))
}

/// The value of a key of the profile. If it is half a pair of access keys, `half` is the error of those who need both.
fn in_profile(
    args: &Get,
    session: &Session<'_>,
    key: &KeyPath,
    half: &mut Option<chain::Error>,
) -> Result<Option<Setting>, Failure> {
    let Selection { name } = &session.selection;
    // As in AWS CLI, a profile named by the key need not exist.
    let exists = match session.view() {
        Some(view) => view.profile(&name.value).is_some(),
        None => session.files.find(&session.selection.section()).exists(),
    };
    if name.origin == NAMED_BY_KEY && !exists {
        let may_be_elsewhere = name.value == "default" && credential_row(key).is_none();
        return if may_be_elsewhere { look_up(args, session, key, half) } else { Ok(None) };
    }
    session.require_profile()?;
    look_up(args, session, key, half)
}

/// The stored or effective value of a key of the profile. The chain gives credentials.
fn look_up(
    args: &Get,
    session: &Session<'_>,
    key: &KeyPath,
    half: &mut Option<chain::Error>,
) -> Result<Option<Setting>, Failure> {
    if args.stored {
        return Ok(effective::stored(&session.files, &session.selection.section(), key));
    }
    let Some(row) = credential_row(key) else {
        return match session.lookup().key(key) {
            None if settings::variable(&key.dotted()) == Some(&settings::REGION) => {
                Ok(session.instance_region(ResolveOptions::default()))
            }
            found => Ok(found),
        };
    };
    let how = ResolveOptions::default();
    match session.resolve(how)?.outcome {
        Ok((provider, credentials)) => {
            if row.secret {
                session.check_shown(provider, &credentials, how)?;
            }
            if let Some(finding) = findings::expired(&credentials, session.world.now()) {
                session.ui.finding(&finding);
            }
            Ok(session.credential(provider, &credentials, row))
        }
        Err(chain::Error::NoCredentials { .. }) => Ok(None),
        // Half a pair isn't usable, but what isn't secret can be shown.
        Err(error) if !row.secret && error.is_half_pair() => {
            *half = Some(error);
            Ok(session.lookup().key(key))
        }
        Err(error) => Err(error.into()),
    }
}

/// All effective settings. No program is run and no request sent, so credentials that need one are left out.
fn effective_settings(session: &Session<'_>, reveal: bool) -> Result<Vec<Setting>, Failure> {
    let how = ResolveOptions { offline: true, ..ResolveOptions::default() };
    let outcome = session.resolve(how)?.outcome;
    let is_half = outcome.as_ref().is_err_and(chain::Error::is_half_pair);
    let credentials = outcome.ok();
    if let Some((provider, found)) = credentials.as_ref().filter(|_| reveal) {
        session.check_shown(*provider, found, how)?;
    }
    let settings = session.lookup().all().into_iter();
    Ok(settings
        .filter_map(|setting| match KeyPath::parse(&setting.name).ok().as_ref().and_then(credential_row) {
            // As with its key alone.
            Some(row) if is_half => Some(setting).filter(|_| !row.secret),
            Some(row) => {
                let (provider, found) = credentials.as_ref()?;
                session.credential(*provider, found, row)
            }
            None => Some(setting),
        })
        .collect())
}

/// The row of a key whose value comes from the chain.
fn credential_row(key: &KeyPath) -> Option<&'static Variable> {
    settings::variable(&key.name).filter(|row| row.credential)
}
