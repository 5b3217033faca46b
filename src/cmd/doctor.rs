//! `xcred doctor`: what is wrong with the files, the environment and the caches.

mod online;
mod repair;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;

use rustc_hash::FxHashSet;
use serde_json::{Value as Json, json};

use super::Cx;
use super::session::net;
use crate::checks::{self, Diagnosis, Scene};
use crate::cli::{Doctor, Format};
use crate::effective::{self, Lookup, Options};
use crate::failure::{Command, Exit, Failure, Hint};
use crate::finding::{Finding, Reading, Severity};
use crate::guard;
use crate::keys;
use crate::origin::{Origin, whole};
use crate::profile::{self, Files, SectionName};
use crate::render::json;
use crate::secret::redacted;
use crate::settings;
use crate::ui::{Ui, harmless};
use crate::view::View;
#[cfg(test)]
pub(crate) use online::Online;

/// Runs the command.
pub(super) fn run(args: &Doctor, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, global } = cx;
    let sdk = match args.sdk[..] {
        [only] => only,
        _ => cx.checked_sdk(),
    };
    // One that is given by itself is the command's profile.
    let given = match &args.profiles[..] {
        [only] if global.profile.is_none() => Some(&**only),
        _ => global.profile.as_deref(),
    };
    let selection = effective::select(world, given, sdk)?;
    let names: Vec<String> = args.profiles.iter().chain(&global.profile).cloned().collect();
    let look = |files: &Files, unread: &[profile::Error]| {
        // Values are judged by the rules of each SDK that is asked about.
        let asked = if args.sdk.is_empty() { &[sdk][..] } else { &args.sdk };
        let mut found: Vec<Diagnosis> = Vec::new();
        for sdk in asked {
            let view = sdk.ruled.map(|rules| View::read(world, rules.files));
            let scene = Scene { view: view.as_ref(), ..Scene::new(world, files, unread, &selection, *sdk) };
            found.extend(self::found(scene, &names));
        }
        if asked.len() > 1 {
            let mut said = FxHashSet::default();
            found.retain(|one| said.insert((one.finding.code(), one.finding.to_string())));
        }
        if !args.sdk.is_empty() {
            let readers: Vec<&str> = args.sdk.iter().map(|sdk| sdk.reader()).collect();
            found.retain_mut(|one| one.finding.narrow(&readers));
        }
        found
    };
    let (mut files, mut unread) = Files::read(world).in_part();
    // A file with faults may have any profile, and what is wrong with it is the answer.
    if unread.is_empty() && files.check().is_ok() {
        for name in &names {
            files.require(&SectionName::Profile(name.clone()), &Origin::Option { name: "--profile" })?;
        }
    }
    let mut diagnoses = look(&files, &unread);
    if args.fix {
        if !unread.is_empty() {
            return Err(unread.swap_remove(0).into());
        }
        let repaired = repair::repair(args, &look, world, ui)?;
        if repaired > 0 && !args.dry_run {
            (files, unread) = Files::read(world).in_part();
            diagnoses = look(&files, &unread);
        }
    }
    if args.online {
        let (files, unread) = (&files, unread.as_slice());
        // The services are asked by AWS CLI's rules.
        let sdk = if sdk.ruled.is_some() { cx.checked_sdk() } else { sdk };
        let scene = Scene::new(world, files, unread, &selection, sdk);
        diagnoses.extend(asked(scene, &names, global.region.clone()));
    }
    let scene = Scene::new(world, &files, &unread, &selection, sdk);
    let profiles = match &names[..] {
        [] => files.profiles().count(),
        names => wanted(scene, names).iter().filter(|name| files.profile(name).exists()).count(),
    };
    if args.format == Format::Json {
        print_json(&diagnoses, profiles, &files, ui)?;
    } else if !args.dry_run {
        print(&diagnoses, profiles, !args.fix, ui)?;
    }
    let is_bad = diagnoses.iter().any(|one| one.finding.severity() > Severity::Note);
    Ok(if is_bad { Exit::NoValue } else { Exit::Success })
}

/// What the services say.
fn asked(scene: Scene<'_>, names: &[String], region: Option<String>) -> Vec<Diagnosis> {
    let names: Vec<String> = match names {
        [] => scene.files.profiles().map(Cow::into_owned).collect(),
        names => wanted(scene, names).into_iter().collect(),
    };
    let Scene { world, files, selection: profile, sdk, .. } = scene;
    let options = Options { region };
    let lookup = Lookup { world, options: &options, files, profile, sdk, view: None };
    online::findings(scene, &names, &options, &net(&lookup))
}

/// These profiles, and those that they get their credentials from.
fn wanted(scene: Scene<'_>, names: &[String]) -> BTreeSet<String> {
    names.iter().flat_map(|name| checks::sources(scene, name)).collect()
}

fn found(scene: Scene<'_>, names: &[String]) -> Vec<Diagnosis> {
    let mut found = checks::all(scene);
    let wanted = wanted(scene, names);
    let is_wanted = |profile: &String| names.is_empty() || wanted.contains(profile);
    found.retain(|one| one.profile.as_ref().is_none_or(is_wanted) || one.shared_by.iter().any(is_wanted));
    let of_guards = guard::findings(scene.world, scene.files, scene.unread.is_empty());
    found.extend(of_guards.into_iter().map(Diagnosis::new));
    let is_about = |profile: &Option<String>| profile.as_ref().is_none_or(is_wanted);
    let left = keys::leftovers(scene.world, scene.files).into_iter().filter(|(profile, _)| is_about(profile));
    found.extend(left.map(|(profile, finding)| Diagnosis { profile, ..Diagnosis::new(finding) }));
    found
}

/// `offers` says whether to name the command that repairs some of them.
fn print(diagnoses: &[Diagnosis], profiles: usize, offers: bool, ui: &Ui) -> Result<(), Failure> {
    let mut text = String::new();
    let mut counts = [0_usize; 3];
    let mut repairs = 0;
    for Diagnosis { finding, repair, .. } in diagnoses {
        let severity = finding.severity();
        let style = match severity {
            Severity::Error => ui.style().red().bold(),
            Severity::Warning => ui.style().yellow().bold(),
            Severity::Note => ui.style().dim(),
        };
        counts[severity as usize] += 1;
        repairs += usize::from(repair.is_some());
        let message = message(finding);
        text.push_str(&format!(
            "{} {}\n",
            style.apply_to(format!("{}:", severity.name())),
            harmless(&message)
        ));
        for note in finding.notes() {
            text.push_str(&format!("    {}\n", harmless(&redacted(&note))));
        }
        if let Some(fix) = finding.fix() {
            let fix = redacted(&fix.to_string()).into_owned();
            text.push_str(&format!(
                "    {} {}\n",
                ui.style().cyan().bold().apply_to("help:"),
                harmless(&fix)
            ));
        }
    }
    let [notes, warnings, errors] = counts;
    let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    let profiles = count(profiles, "profile");
    let found = [count(errors, "error"), count(warnings, "warning"), count(notes, "note")].join(", ");
    text.push_str(&format!("{profiles} checked: {found}\n"));
    ui.write(ui.wrapped(&text).as_bytes())?;
    if repairs > 0 && offers {
        let command = Command::xcred(["doctor"]).flag("--fix");
        let what = if repairs == 1 { "one of them" } else { "some of them" };
        ui.help(Hint::from(command).say(format!(" repairs {what}")));
    }
    Ok(())
}

/// The message, which may repeat what a file has, without secrets.
fn message(finding: &Finding) -> String {
    redacted(&finding.to_string()).into_owned()
}

fn print_json(diagnoses: &[Diagnosis], profiles: usize, files: &Files, ui: &Ui) -> Result<(), Failure> {
    let mut paths = files.both().map(|file| whole(file.path).to_string()).to_vec();
    // One path may serve as both.
    paths.dedup();
    let findings: Vec<Json> = diagnoses.iter().map(row).collect();
    let checked = json!({"profiles": profiles, "paths": paths});
    Ok(json::print(&json!({"findings": findings, "checked": checked}), ui)?)
}

/// What a reader makes of a line, without secrets.
fn read_as(Reading { reader, text, .. }: &Reading) -> (&'static str, String) {
    (reader, redacted(text).into_owned())
}

fn row(Diagnosis { finding, profile, repair, .. }: &Diagnosis) -> Json {
    // Where a value has to be filled in, a person decides.
    let is_complete = |words: &Vec<OsString>| {
        !words.iter().any(|word| ["VALUE", "NAME", "ARN", "-"].iter().any(|blank| word == blank))
    };
    // Of two, one doesn't end it, or a person decides.
    let command = finding.fix().and_then(|fix| fix.only_command().map(Command::words));
    // One without its secret would do something else.
    let is_shown = |words: &Vec<OsString>| {
        words.iter().all(|word| word.to_str().is_none_or(|word| redacted(word) == word))
    };
    let command = command.filter(is_complete).filter(is_shown);
    let words = |words: Vec<OsString>| -> Vec<String> {
        words.iter().map(|word| word.to_string_lossy().into_owned()).collect()
    };
    let fix = if repair.is_some() {
        let command = Command::xcred(["doctor"]).flag("--fix");
        Some(json!({"command": words(command.words()), "safe": true}))
    } else {
        command.map(|command| json!({"command": words(command), "safe": false}))
    };
    let read_as: BTreeMap<&str, String> = finding.readings().iter().map(read_as).collect();
    json!({
        "code": finding.code(),
        "severity": finding.severity().name(),
        "profile": profile.as_deref().map(|name| settings::shown(name.into())),
        "message": message(finding),
        "origin": finding.place(),
        "facts": finding.facts().iter().map(|fact| redacted(fact).into_owned()).collect::<Vec<_>>(),
        "read_as": read_as,
        "help": finding.fix().map(|fix| redacted(&fix.to_string()).into_owned()),
        "fix": fix,
    })
}
