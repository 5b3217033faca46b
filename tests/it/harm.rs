//! A hundred concurrent edits and a thousand killed ones: none is lost or incomplete, and no files are left behind.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::disk::{mode, names};
use crate::harness::{Sandbox, with_default_signals};
use crate::random::Random;

impl Sandbox {
    fn start(&self, arguments: &[impl AsRef<str>]) -> Child {
        let mut command = self.command();
        command.args(arguments.iter().map(AsRef::as_ref));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("the program starts")
    }

    /// Runs them all at once. Each must succeed and print nothing.
    fn all_at_once(&self, calls: &[Vec<String>]) {
        let children: Vec<Child> = calls.iter().map(|call| self.start(call)).collect();
        for (child, call) in children.into_iter().zip(calls) {
            let Output { status, stdout, stderr } = child.wait_with_output().expect("the program ends");
            let said = String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned();
            assert_eq!((status.code(), said.as_str()), (Some(0), ""), "{call:?}");
        }
    }
}

/// Whether the text is the beginning followed by all the parts, in any order.
#[track_caller]
fn assert_consists_of(text: &str, beginning: &str, parts: impl Iterator<Item = String>) {
    assert!(text.starts_with(beginning), "{text}");
    let length =
        parts.inspect(|part| assert!(text.contains(part), "no {part} in {text}")).map(|part| part.len());
    assert_eq!(text.len(), beginning.len() + length.sum::<usize>(), "{text}");
}

fn words(call: &str) -> Vec<String> {
    call.split(' ').map(str::to_owned).collect()
}

#[test]
fn a_hundred_concurrent_edits_of_one_file_are_all_saved() {
    let before = "# kept\n[default]\nregion = eu-west-1\n";
    let sandbox = Sandbox::new().config(before);
    let calls: Vec<_> = (0..100).map(|n| words(&format!("set key{n} v{n}"))).collect();
    sandbox.all_at_once(&calls);

    let stored = sandbox.run(&["get", "--all", "--stored"]).success();
    let keys = || (0..100).map(|n| format!("key{n} = v{n}\n"));
    assert_consists_of(&stored, "", keys().chain(["region = eu-west-1\n".to_owned()]));
    assert_consists_of(&sandbox.read_config(), before, keys());
    assert_eq!(names(&sandbox.path(".aws")), ["config"]);
}

#[test]
fn a_hundred_concurrent_edits_of_two_files_in_a_new_folder_are_all_saved() {
    let sandbox = Sandbox::new();
    let key = |n: usize| format!("AKIAIOSFODNN7EXAM{n:03}");
    let calls: Vec<_> = (0..100)
        .map(|n| match n % 2 {
            0 => format!("set key{n} v{n} -p p"),
            _ => format!("set aws_access_key_id {} -p p{n}", key(n)),
        })
        .map(|call| words(&call))
        .collect();
    sandbox.all_at_once(&calls);

    // The order is random. Each edit is there, and nothing else.
    let config = (0..100).step_by(2).map(|n| format!("\nkey{n} = v{n}"));
    assert_consists_of(sandbox.read_config().trim_end(), "[profile p]", config);
    let credentials = (1..100).step_by(2).map(|n| format!("[p{n}]\naws_access_key_id = {}\n", key(n)));
    assert_consists_of(&sandbox.read_credentials(), "", credentials);
    assert_eq!(sandbox.run(&["list-profiles"]).success().lines().count(), 51);
    assert_eq!(names(&sandbox.path(".aws")), ["config", "credentials"]);
}

/// Consecutive edits: the contents of the config and of the credentials file after `n` edits, and the arguments of the
/// next one.
struct Series {
    contents: fn(usize) -> [Option<String>; 2],
    edit: fn(usize) -> Vec<String>,
}

/// How many edits ended in each way.
#[derive(Debug, Default)]
struct Tally {
    before_commit: usize,
    after_commit: usize,
    too_late: usize,
    /// Killed with a hidden file on the disk.
    littered: usize,
}

impl Series {
    /// Kills `times` edits, each at a random moment, and completes another edit after each. Runs several series at a time, so
    /// that the disk and the processors are busy.
    fn killed(&self, times: usize) -> Tally {
        const TOGETHER: usize = 4;
        let run = |seed: usize| self.killed_in_turn(times / TOGETHER, Random::new(seed as u64));
        let tallies: Vec<Tally> = thread::scope(|scope| {
            let threads: Vec<_> = (0..TOGETHER).map(|seed| scope.spawn(move || run(seed))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no kill did harm")).collect()
        });
        let sum = |part: fn(&Tally) -> usize| tallies.iter().map(part).sum();
        Tally {
            before_commit: sum(|tally| tally.before_commit),
            after_commit: sum(|tally| tally.after_commit),
            too_late: sum(|tally| tally.too_late),
            littered: sum(|tally| tally.littered),
        }
    }

    fn killed_in_turn(&self, times: usize, mut random: Random) -> Tally {
        let mut sandbox = Sandbox::new();
        for (name, content) in [".aws/config", ".aws/credentials"].into_iter().zip((self.contents)(0)) {
            if let Some(content) = content {
                sandbox = sandbox.file(name, content);
                crate::disk::set_mode(&sandbox.path(name), 0o600);
            }
        }
        let (mut done, mut tally) = (0, Tally::default());
        // The time of an edit depends on the other tests that run.
        let mut usual = self.edit_in_peace(&sandbox, &mut done);
        while tally.before_commit + tally.after_commit < times {
            let moment = usual * u32::try_from(random.below(1100)).expect("small") / 1000;
            let mut child = sandbox.start(&(self.edit)(done));
            thread::sleep(moment);
            child.kill().expect("it is ours");
            let was_killed = child.wait().expect("it ended").code().is_none();
            let committed = self.assert_whole(&sandbox, done);
            match (was_killed, committed) {
                (true, false) => tally.before_commit += 1,
                (true, true) => tally.after_commit += 1,
                (false, true) => tally.too_late += 1,
                (false, false) => panic!("success was claimed without an edit"),
            }
            tally.littered += usize::from(assert_only_private_litter(&sandbox));
            done += usize::from(committed);
            usual = (usual * 7 + self.edit_in_peace(&sandbox, &mut done)) / 8;
        }
        tally
    }

    /// Checks that every file has its content from before or after edit number `done`. Returns whether the edit was
    /// committed, which the first file shows; the others may be behind.
    fn assert_whole(&self, sandbox: &Sandbox, done: usize) -> bool {
        let [before, after] = [done, done + 1].map(self.contents);
        let found = contents(sandbox);
        let committed = found[0] == after[0];
        let whole = [&before, &after].map(|one| found == *one);
        let behind = found == [after[0].clone(), before[1].clone()];
        assert!(whole.contains(&true) || behind, "neither {before:?} nor {after:?}, but {found:?}");
        committed
    }

    fn edit_in_peace(&self, sandbox: &Sandbox, done: &mut usize) -> Duration {
        let child = sandbox.start(&(self.edit)(*done));
        // To start a program takes long in a large process, and kills come after it.
        let start = Instant::now();
        let output = child.wait_with_output().expect("the program ends");
        let took = start.elapsed();
        assert!(output.status.success(), "{output:?}");
        *done += 1;
        let wanted = (self.contents)(*done);
        assert_eq!(contents(sandbox), wanted);
        let proper =
            ["config", "credentials"].into_iter().zip(&wanted).filter(|(_, content)| content.is_some());
        assert_eq!(names(&sandbox.path(".aws")), proper.map(|(name, _)| name).collect::<Vec<_>>());
        took
    }
}

fn contents(sandbox: &Sandbox) -> [Option<String>; 2] {
    [".aws/config", ".aws/credentials"].map(|name| fs::read_to_string(sandbox.path(name)).ok())
}

/// Whether there are hidden files. They must be private.
fn assert_only_private_litter(sandbox: &Sandbox) -> bool {
    let folder = sandbox.path(".aws");
    let hidden: Vec<String> = names(&folder).into_iter().filter(|name| name.starts_with('.')).collect();
    for name in &hidden {
        assert!(name.contains(".xcred-"), "{name}");
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
    !hidden.is_empty()
}

#[test]
fn a_thousand_killed_edits_of_one_file_are_complete_or_without_effect() {
    let series = Series {
        contents: |n| [Some(format!("{0}[default]\nn = {n}\n{0}", "# many profiles\n".repeat(2000))), None],
        edit: |n| words(&format!("set n {}", n + 1)),
    };
    let tally = series.killed(1000);
    // Measured: 780 and 220, a few of them while the new file has its hidden name.
    assert!(tally.before_commit > 100 && tally.after_commit > 20, "{tally:?}");
}

#[test]
fn the_next_edit_completes_or_undoes_five_hundred_killed_edits_of_two_files() {
    fn name(n: usize) -> &'static str {
        ["one", "other"][n % 2]
    }
    let series = Series {
        contents: |n| {
            let config =
                format!("[profile {}]\nregion = eu-west-1\n[profile p]\nsource_profile = {0}\n", name(n));
            [Some(config), Some(format!("[{}]\naws_access_key_id = A\n", name(n)))]
        },
        edit: |n| words(&format!("profile rename {} {}", name(n), name(n + 1))),
    };
    let tally = series.killed(500);
    assert!(tally.before_commit > 50 && tally.after_commit > 10 && tally.littered > 10, "{tally:?}");
}

#[test]
fn a_signal_ends_an_edit_that_waits_for_a_lock_and_nothing_is_written() {
    let config = "[profile a]\nregion = eu-west-1\n";
    for call in ["profile remove a --yes", "profile rename a b", "profile copy a b", "set output json -p a"] {
        let sandbox = Sandbox::new().config(config);
        let folder = fs::File::open(sandbox.path(".aws")).expect("a folder");
        folder.lock().expect("a lock");
        let mut command = sandbox.command();
        command.args(words(call));
        let mut command = with_default_signals(command);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        thread::sleep(Duration::from_millis(500));
        kill_process(Pid::from_child(&child), Signal::INT).expect("it runs");
        let begun = Instant::now();
        let status = loop {
            match child.try_wait().expect("a status") {
                Some(status) => break status,
                None => assert!(begun.elapsed() < Duration::from_secs(20), "{call}: it goes on waiting"),
            }
            thread::sleep(Duration::from_millis(5));
        };
        drop(folder);
        assert_eq!((status.signal(), sandbox.read_config()), (Some(2), config.to_owned()), "{call}");
    }
}
