//! The program of `credential_process`: whether it can start, and the profile that it is given.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::issue::{Issue, Program};
use super::scene::{Diagnosis, Subject};
use crate::settings::CREDENTIAL_PROCESS;
use crate::store;
use crate::text::words;
use crate::world::World;

pub(super) fn command(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    let Some(setting) = subject.get(CREDENTIAL_PROCESS.name) else { return };
    let report = |issue| subject.report(setting.place(), issue);
    let Some(words) = words::split(&setting.text) else {
        return found.push(report(Issue::Program(Program::Unclosed)));
    };
    if let Some(problem) = program(&words, subject.scene.world) {
        let issue = match (problem, bridged(&words)) {
            (Program::NotFound(program), Some(profile)) => Issue::BridgeGone {
                bridge: subject.name.clone().into_owned(),
                program,
                profile: profile.to_owned(),
            },
            (problem, _) => Issue::Program(problem),
        };
        return found.push(report(issue));
    }
    if let Some((program, name)) = profile_of(&words)
        && !subject.scene.files.profile(name).exists()
    {
        let (program, name) = (program.to_owned(), name.to_owned());
        found.push(report(Issue::ProcessProfile { program, name }));
    }
}

/// Why the program can't start. It is started without a shell.
pub(super) fn program(words: &[String], world: &World) -> Option<Program> {
    let Some(program) = words.first().filter(|program| !program.is_empty()) else {
        return Some(Program::Nameless);
    };
    if program.starts_with('~') {
        return Some(Program::Tilde);
    }
    if program.starts_with('$') || program.contains("/$") || program.contains("${") {
        return Some(Program::Variable);
    }
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    if program.split_once('=').is_some_and(|(name, _)| is_name(name)) {
        return Some(Program::Assignment(program.clone()));
    }
    let is_path = program.contains('/');
    // What a relative path names depends on the folder; without PATH the system has a default of its own.
    if is_path && !program.starts_with('/') || !is_path && world.path("PATH").is_none() {
        return None;
    }
    let Some(path) = located(program, world) else { return Some(Program::NotFound(program.clone())) };
    if !store::is_executable(&path) {
        return Some(Program::NotExecutable(path));
    }
    is_text_without_interpreter(&path).then_some(Program::NoInterpreterLine(path))
}

/// The file of a program that is named by its absolute path, or found in a folder of PATH.
pub fn located(program: &str, world: &World) -> Option<PathBuf> {
    let folders = std::env::split_paths(world.path("PATH").unwrap_or_default());
    // Joined to an absolute path, a folder is forgotten.
    let candidates = folders.map(|folder| folder.join(program)).chain([PathBuf::from(program)]);
    candidates.filter(|path| path.is_absolute()).find(|path| path.is_file())
}

/// Whether the system refuses to run the file because it is a script and doesn't say what runs it.
fn is_text_without_interpreter(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(256).read_to_end(&mut start));
    read.is_ok() && !start.starts_with(b"#!") && !start.is_empty() && !start.contains(&0) && start.is_ascii()
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
