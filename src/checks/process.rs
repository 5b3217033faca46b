//! The program of `credential_process`: whether it can start, and the profile that it is given.

use std::path::Path;

use super::issue::Issue;
use super::scene::{Diagnosis, Scene, Subject};
use crate::chain::{Provider, Unstartable, process_circle};
use crate::settings::CREDENTIAL_PROCESS;
use crate::text::words;

pub(super) fn command(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    let Some(setting) = subject.get(CREDENTIAL_PROCESS.name) else { return };
    let report = |issue| subject.report_of(Provider::CustomProcess, setting.place(), issue);
    let sign = words::meant_for_a_shell(&setting.text);
    // All SDKs but botocore give it to a shell. What botocore finds there may not be a program.
    if sign.is_some() && subject.scene.sdk.ruled.is_some() {
        return;
    }
    let Some(words) = words::split(&setting.text) else {
        return found.push(report(Issue::Program(Unstartable::Unclosed)));
    };
    if let Some(problem) = Unstartable::of(&words, subject.scene.world) {
        let issue = match (problem, bridged(&words)) {
            (Unstartable::NotFound(program), Some(profile)) => {
                Issue::BridgeGone { bridge: subject.owned_name(), program, profile: profile.to_owned() }
            }
            (problem, _) => Issue::Program(problem),
        };
        return found.push(report(issue));
    }
    let Scene { files, world, .. } = subject.scene;
    if let Some(chain) = process_circle(files, world, &subject.name, &setting.text) {
        // The chain begins and ends with the same profile. One that only leads there has the finding for itself.
        let is_member = chain.iter().any(|name| *name == subject.name);
        let mut shared_by = if is_member { chain[1..].to_vec() } else { Vec::new() };
        shared_by.sort_unstable();
        return found.push(Diagnosis { shared_by, ..report(Issue::Circle { chain, of_processes: true }) });
    }
    if let Some((program, name)) = profile_of(&words)
        && !files.profile(name).exists()
    {
        let (program, name) = (program.to_owned(), name.to_owned());
        return found.push(report(Issue::ProcessProfile { program, name }));
    }
    if let Some(sign) = sign {
        let bridge = bridged(&words).map(|profile| (subject.owned_name(), profile.to_owned()));
        found.push(report(Issue::ForShell { sign, bridge }));
    }
}

/// The profile whose credentials xcred is to print, in the words of a `credential_process`.
pub fn bridged(words: &[String]) -> Option<&str> {
    let calls = words.get(1).is_some_and(|verb| verb == "credential-process");
    profile_of(words).filter(|(program, _)| calls && *program == "xcred").map(|(_, profile)| profile)
}

/// The profile that AWS CLI or xcred is given.
fn profile_of(words: &[String]) -> Option<(&str, &str)> {
    let program = Path::new(words.first()?).file_name()?.to_str()?;
    if !matches!(program, "aws" | "xcred") {
        return None;
    }
    let options: &[&str] = if program == "aws" { &["--profile"] } else { &["--profile", "-p"] };
    let mut rest = words[1..].iter();
    while let Some(word) = rest.next() {
        if options.contains(&word.as_str()) {
            return Some((program, rest.next()?));
        }
        if let Some(name) = word.strip_prefix("--profile=") {
            return Some((program, name));
        }
    }
    None
}
