//! Every system call of an edit about its files fails in every usual way, and the edit is killed before each call. In all
//! cases: an edit that reports success is in place, a failed one says why, the files are complete, and the next edit
//! succeeds and leaves nothing behind.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::disk::{listing, mode, names, set_mode};
use crate::harness::Sandbox;
use crate::strace::{self, Call};

/// The contents of the config and the credentials file.
type State = [Option<String>; 2];

/// An edit and its scene.
struct Scene {
    home: fn() -> Sandbox,
    edit: &'static [&'static str],
    /// Whether a file is written in place, which changes the order of the files.
    is_in_place: bool,
}

/// What happens to a call.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Harm {
    Error(&'static str),
    /// The call fails, and all later calls of the same name.
    Errors(&'static str),
    Kill,
}

fn state(sandbox: &Sandbox) -> State {
    [".aws/config", ".aws/credentials"].map(|name| fs::read_to_string(sandbox.path(name)).ok())
}

/// The other files in the folder, and the files in the folder for records.
fn litter(sandbox: &Sandbox) -> Vec<String> {
    let proper = ["config", "credentials"];
    let records = names(&sandbox.path(".local/state/xcred/saves"));
    names(&sandbox.path(".aws"))
        .into_iter()
        .filter(|name| !proper.contains(&name.as_str()))
        .chain(records)
        .collect()
}

/// An edit that changes neither the profiles of the scenes nor the credentials. Returns `state` after it.
const NEXT: &[&str] = &["set", "next", "edit", "-p", "next"];

fn followed([config, credentials]: &State) -> State {
    [Some(config.clone().unwrap_or_default() + "[profile next]\nnext = edit\n"), credentials.clone()]
}

fn one_file() -> Sandbox {
    let sandbox = Sandbox::new().config("[default]\nregion = a\n").owned_by_another(".aws/config");
    set_mode(&sandbox.path(".aws/config"), 0o640);
    sandbox
}

fn two_files() -> Sandbox {
    let config = "[profile a]\nregion = a\n[profile p]\nsource_profile = a\n";
    let sandbox = Sandbox::new().config(config).credentials("[a]\naws_access_key_id = A\n");
    for name in [".aws/config", ".aws/credentials"] {
        set_mode(&sandbox.path(name), 0o600);
    }
    sandbox
}

/// A file with another name.
fn linked_file() -> Sandbox {
    linked(one_file(), "config")
}

fn linked(sandbox: Sandbox, name: &str) -> Sandbox {
    fs::hard_link(sandbox.path(".aws").join(name), sandbox.path(&format!("other-{name}"))).expect("a link");
    sandbox
}

/// Two files, one of which has another name.
fn linked_credentials() -> Sandbox {
    linked(two_files(), "credentials")
}

fn linked_both() -> Sandbox {
    linked(linked_credentials(), "config")
}

/// An edit of two files in place, killed when it had written them.
fn half_written() -> Sandbox {
    static SYNCED: LazyLock<Call> = LazyLock::new(|| {
        let calls = strace::trace(&linked_both(), RENAME);
        calls.into_iter().rfind(|call| call.name == "unlink").expect("the record is removed")
    });
    let sandbox = linked_both();
    strace::killed(&sandbox, &SYNCED, RENAME);
    assert_eq!(
        (litter(&sandbox).len(), sandbox.read_credentials()),
        (1, "[b]\naws_access_key_id = A\n".to_owned())
    );
    sandbox
}

const RENAME: &[&str] = &["profile", "rename", "a", "b"];

/// A rename of a profile, killed before it renamed the second file.
fn half_done() -> Sandbox {
    killed_before_rename(1)
}

/// A rename of a profile, killed when both new files had their hidden names.
fn not_committed() -> Sandbox {
    killed_before_rename(0)
}

fn killed_before_rename(which: usize) -> Sandbox {
    static RENAMES: LazyLock<Vec<Call>> = LazyLock::new(|| {
        let calls = strace::trace(&two_files(), RENAME);
        calls.into_iter().filter(|call| call.name.starts_with("rename")).collect()
    });
    let sandbox = two_files();
    strace::killed(&sandbox, &RENAMES[which], RENAME);
    assert_eq!(litter(&sandbox).len(), 2 - which);
    sandbox
}

impl Scene {
    fn play(&self) {
        if !strace::is_there() {
            return;
        }
        let calls = strace::trace(&(self.home)(), self.edit);
        let mut harms: Vec<(usize, Harm)> = Vec::new();
        for (at, call) in calls.iter().enumerate() {
            harms.push((at, Harm::Kill));
            harms.extend(call.errors().iter().map(|error| (at, Harm::Error(error))));
            // Failures of `write` would silence the program. If every `statx` fails, Rust's library assumes a kernel
            // without it.
            let is_first_statx = call.name == "statx" && call.nth == 1;
            if !["write", "fcntl", "close"].contains(&call.name.as_str()) && !is_first_statx {
                harms.push((at, Harm::Errors("EIO")));
            }
        }
        let states = self.states();
        let (next, bad) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = || {
            while let Some(&(at, harm)) = harms.get(next.fetch_add(1, Ordering::Relaxed)) {
                let outcome = catch_unwind(AssertUnwindSafe(|| self.harmed(&calls[at], harm, &states)));
                bad.fetch_add(usize::from(outcome.is_err()), Ordering::Relaxed);
            }
        };
        thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(work))));
        assert_eq!(bad.into_inner(), 0, "of {} harms did harm", harms.len());
    }

    fn harmed(&self, call: &Call, harm: Harm, [before, settled, after]: &[State; 3]) {
        let sandbox = (self.home)();
        let modes = |sandbox: &Sandbox| {
            [".aws/config", ".aws/credentials"]
                .map(|name| sandbox.path(name))
                .map(|path| path.exists().then(|| mode(&path)))
        };
        let kept = modes(&sandbox);
        let leftovers = litter(&sandbox);
        match harm {
            Harm::Kill => {
                strace::killed(&sandbox, call, self.edit);
                let found = state(&sandbox);
                let allowed = [before, settled, after];
                let half = [after[0].clone(), before[1].clone()];
                let is_fine = allowed.contains(&&found)
                    || found == half
                    || self.is_in_place && is_mixed(&found, allowed);
                assert!(is_fine, "killed before {}: {found:?}", call.text);
            }
            Harm::Error(error) | Harm::Errors(error) => {
                let lasting = harm == Harm::Errors(error);
                let (code, _, words) = strace::failing(&sandbox, call, error, lasting, self.edit).ended();
                let words = without_settled(&words);
                let found = state(&sandbox);
                let story = format!("{harm:?} of {}: {code:?}, {words}{found:?}", call.text);
                let torn = words.contains("was saved without the files that belong to it")
                    || words.contains("was written only in part");
                if code == Some(0) {
                    assert!(found == *after && !words.contains("error"), "{story}");
                } else {
                    // A rename looks for guards of the profile first.
                    let named = if self.is_in_place {
                        &["`~/"][..]
                    } else {
                        &["~/.aws", "~/.config/xcred", "~/.local/state/xcred"]
                    };
                    let told = words.starts_with("error: ") && named.iter().any(|name| words.contains(name));
                    assert!(told && matches!(code, Some(253 | 255)), "{story}");
                    assert!(lasting || !call.may_fail_with(error), "{story}");
                    let in_place = words.contains("the change was made");
                    let fits = if in_place { found == *after } else { found == *before || found == *settled };
                    let is_half = self.is_in_place && torn && is_mixed(&found, [before, settled, after]);
                    assert!(fits || is_half || lasting && torn, "{story}");
                }
                assert!(!words.contains("panicked"), "{story}");
                let may_litter = call.name.starts_with("unlink") || lasting;
                assert!(
                    may_litter || litter(&sandbox).iter().all(|name| leftovers.contains(name)),
                    "{story}"
                );
            }
        }
        for (kept, found) in kept.into_iter().zip(modes(&sandbox)) {
            assert!(
                found == kept || kept.is_none() && found == Some(0o600),
                "{harm:?} of {}: {found:?}",
                call.text
            );
        }
        let next = sandbox.run(NEXT).ended();
        let is_fine = next.0 == Some(0) && without_settled(&next.2).is_empty();
        assert!(is_fine, "{harm:?} of {}: {next:?}", call.text);
        let found = state(&sandbox);
        let whole = found == followed(settled) || found == followed(after);
        assert!(whole, "{harm:?} of {}: the next edit left {found:?}", call.text);
        assert_eq!(litter(&sandbox), [""; 0], "{harm:?} of {}", call.text);
    }

    /// The contents before the edit, after killed edits were settled, and after the edit.
    fn states(&self) -> [State; 3] {
        let sandbox = (self.home)();
        let before = state(&sandbox);
        // An edit that changes nothing, because the profile doesn't exist.
        let _ = sandbox.run(&["unset", "nothing", "-p", "nobody"]).failure(253);
        let settled = state(&sandbox);
        let _ = sandbox.run(self.edit).code(0);
        [before, settled, state(&sandbox)]
    }
}

/// What a command says besides what it did about interrupted edits.
fn without_settled(words: &str) -> String {
    let is_of_settled =
        |line: &&str| line.starts_with("warning: an edit of ") && line.contains(" was interrupted, and ");
    words.split_inclusive('\n').filter(|line| !is_of_settled(line)).collect()
}

/// Whether each file has its content of one of the states: files in place are written and restored one after the other.
/// Text that is cut off is overwritten with whitespace first.
fn is_mixed(found: &State, states: [&State; 3]) -> bool {
    let trimmed = |text: &Option<String>| text.as_ref().map(|text| text.trim_end_matches('\n').to_owned());
    (0..2).all(|file| states.iter().any(|state| trimmed(&state[file]) == trimmed(&found[file])))
}

#[test]
fn an_edit_of_one_file_survives_every_fault() {
    Scene { home: one_file, edit: &["set", "region", "eu-west-1"], is_in_place: false }.play();
}

#[test]
fn a_first_edit_survives_every_fault() {
    Scene { home: Sandbox::new, edit: &["set", "region", "eu-west-1"], is_in_place: false }.play();
}

#[test]
fn an_edit_of_two_files_survives_every_fault() {
    Scene { home: two_files, edit: RENAME, is_in_place: false }.play();
}

#[test]
fn an_edit_in_place_survives_every_fault() {
    Scene { home: linked_file, edit: &["set", "region", "eu-west-1"], is_in_place: true }.play();
}

#[test]
fn an_edit_in_place_that_makes_the_file_shorter_survives_every_fault() {
    Scene { home: linked_file, edit: &["unset", "region"], is_in_place: true }.play();
}

#[test]
fn an_edit_of_one_file_in_place_and_of_another_survives_every_fault() {
    Scene { home: linked_credentials, edit: RENAME, is_in_place: true }.play();
}

#[test]
fn an_edit_that_finds_two_files_half_written_survives_every_fault() {
    Scene { home: half_written, edit: &["set", "region", "eu-west-1", "-p", "a"], is_in_place: true }.play();
}

#[test]
fn an_edit_that_finds_half_of_a_killed_one_survives_every_fault() {
    let edit = &["set", "region", "eu-west-1", "-p", "b"];
    Scene { home: half_done, edit, is_in_place: false }.play();
}

#[test]
fn an_edit_that_finds_one_killed_before_its_commit_survives_every_fault() {
    let edit = &["set", "region", "eu-west-1", "-p", "a"];
    Scene { home: not_committed, edit, is_in_place: false }.play();
}

#[test]
fn a_folder_that_cannot_be_synced_is_reported_after_the_edit() {
    if !strace::is_there() {
        return;
    }
    let edit = ["set", "region", "eu-west-1"];
    let synced = strace::trace(&one_file(), &edit).into_iter().rfind(|call| call.name == "fsync");
    let sandbox = one_file();
    let words = strace::failing(&sandbox, &synced.expect("a sync"), "EIO", false, &edit).failure(255);
    let told = "error: the change was made, but may not survive a power failure";
    assert!(words.starts_with(told) && words.contains("(os error 5)"), "{words}");
    assert_eq!(sandbox.read_config(), "[default]\nregion = eu-west-1\n");
}

#[test]
fn a_value_that_cannot_be_read_is_not_a_missing_value() {
    if !strace::is_there() {
        return;
    }
    for arguments in [&["get", "region"][..], &["get", "--all", "--stored"]] {
        let config = "[default]\nregion = eu-west-1\n";
        let sandbox = Sandbox::new().config(config).owned_by_another(".aws/config");
        let before = listing(sandbox.home());
        let found = sandbox.run(arguments).success();
        for call in strace::trace(&sandbox, arguments) {
            for error in call.errors() {
                let (code, stdout, words) = strace::failing(&sandbox, &call, error, false, arguments).ended();
                // Which SDK is meant is a setting of xcred's own.
                let names_file = ["/.aws/", "/xcred/config.toml"].iter().any(|file| words.contains(file));
                let told = code == Some(253) && stdout.is_empty() && names_file;
                assert!(
                    told || code == Some(0) && stdout == found,
                    "{error} of {}: {words}{stdout}",
                    call.text
                );
                assert!(!told || !call.may_fail_with(error), "{error} of {}: {words}", call.text);
            }
        }
        assert_eq!(listing(sandbox.home()), before);
    }
}

#[test]
fn a_signal_that_comes_while_files_are_saved_changes_nothing() {
    if !strace::is_there() {
        return;
    }
    let calls = strace::trace(&two_files(), RENAME);
    let first = calls.iter().position(|call| call.name == "linkat").expect("a hidden name");
    for signal in ["INT", "TERM", "HUP", "QUIT"] {
        for call in &calls[first..] {
            if !["linkat", "fsync", "rename"].contains(&call.name.as_str()) {
                continue;
            }
            let sandbox = two_files();
            let (code, _, words) = strace::signaled(&sandbox, call, signal, RENAME).ended();
            assert_eq!(code, Some(0), "{signal}: {call:?}: {words}");
            assert!(words.starts_with("renamed `a` to `b`\n"), "{signal}: {call:?}: {words}");
            assert_eq!(litter(&sandbox), [""; 0], "{signal}: {call:?}");
            assert!(sandbox.read_config().starts_with("[profile b]\n"), "{signal}: {call:?}");
            assert_eq!(sandbox.read_credentials(), "[b]\naws_access_key_id = A\n", "{signal}: {call:?}");
        }
    }
}

#[test]
fn a_signal_during_the_edits_of_a_guarded_rename_leaves_none_of_them_out() {
    if !strace::is_there() {
        return;
    }
    let guarded = || two_files().file(".config/xcred/config.toml", "[profiles.a]\nconfirm = true\n");
    let calls = strace::trace(&guarded(), RENAME);
    let saves = |call: &&Call| ["linkat", "rename", "fsync"].contains(&call.name.as_str());
    let first = calls.iter().position(|call| call.name == "linkat").expect("a hidden name");
    for call in calls[first..].iter().filter(saves) {
        let sandbox = guarded();
        let (code, _, words) = strace::signaled(&sandbox, call, "TERM", RENAME).ended();
        assert_eq!(code, Some(0), "{call:?}: {words}");
        assert!(words.starts_with("renamed `a` to `b`\n"), "{call:?}: {words}");
        assert!(sandbox.read_config().starts_with("[profile b]\n"), "{call:?}");
        let guards = sandbox.read(".config/xcred/config.toml");
        assert_eq!(guards, "[profiles.b]\nconfirm = true\n", "{call:?}");
    }
}
