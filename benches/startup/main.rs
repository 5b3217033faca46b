//! How long xcred takes from spawn to exit, and how much memory it needs, all beside something else in the same run: a
//! program that does nothing, `true`, `git config`, `curl`, and xcred itself on smaller files.
//!
//! `cargo bench` runs it. Only figures of the same minute can be compared on a busy machine, so all programs take turns:
//! trust the ratios, not the microseconds. Each ratio is printed with its aim. It is not a test: a machine that is busy
//! elsewhere must not make one fail.
#![expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "a program of its own, without a `Ui`"
)]

mod files;
mod peak;
mod race;
mod served;
mod sts;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use files::Home;
use race::{Contestant, Race};

/// Rounds of a race of small files, and of one that edits large ones.
const ROUNDS: usize = 300;
const FEW_ROUNDS: usize = 20;

const MANY: usize = 10_000;

/// A command of xcred, and the home that it runs in.
struct Case {
    home: &'static str,
    arguments: &'static [&'static str],
    /// What its time is compared with: the name of another contestant, and the largest ratio to aim at.
    aims: &'static [(&'static str, f64)],
    /// Whether each round needs the file as it was.
    edits: bool,
}

const fn reads(
    home: &'static str,
    arguments: &'static [&'static str],
    aims: &'static [(&'static str, f64)],
) -> Case {
    Case { home, arguments, aims, edits: false }
}

const fn edits(
    home: &'static str,
    arguments: &'static [&'static str],
    aims: &'static [(&'static str, f64)],
) -> Case {
    Case { home, arguments, aims, edits: true }
}

const SMALL: [Case; 11] = [
    reads("few", &["get", "region"], &[("nothing", 1.4), ("true", 1.2), ("git", 0.75)]),
    reads("few", &["list-profiles"], &[("nothing", 1.4), ("true", 1.2)]),
    reads("keys", &["export-env"], &[("nothing", 1.4), ("true", 1.2)]),
    reads("keys", &["resolve"], &[("nothing", 1.4), ("true", 1.2)]),
    reads("keys", &["status"], &[("nothing", 1.4), ("true", 1.2)]),
    reads("keys", &["status", "--prompt"], &[("nothing", 1.4), ("true", 1.2)]),
    reads("keys", &["__evaluated", "bash", "use", "default"], &[("true", 2.0)]),
    reads("keys", &["doctor"], &[("nothing", 1.5)]),
    reads("keys", &["resolve", "--sdk", "all", "--offline"], &[("keys resolve", 2.0)]),
    reads("keys", &["--version"], &[("keys resolve", 1.0)]),
    reads("keys", &["--help"], &[("keys resolve", 1.0)]),
];

const LARGE: [Case; 18] = [
    reads("few", &["get", "region"], &[]),
    reads("few", &["list-profiles"], &[]),
    reads("many", &["get", "region"], &[("few get region", 5.0)]),
    reads("many", &["list-profiles"], &[("few list-profiles", 5.0)]),
    reads("many", &["list-profiles", "--long"], &[("many get region", 3.0)]),
    reads("many", &["list-profiles", "--format", "json"], &[("many get region", 3.0)]),
    reads("many", &["resolve"], &[("many get region", 3.0)]),
    reads("many", &["export-env"], &[("many get region", 3.0)]),
    reads("many", &["doctor"], &[("many list-profiles", 10.0)]),
    edits("many", &["set", "output", "json"], &[("many get region", 8.0)]),
    edits("many", &["unset", "region"], &[("many get region", 8.0)]),
    edits("many", &["profile", "copy", "team-00007", "new"], &[("many get region", 8.0)]),
    edits("many", &["profile", "remove", "team-00007"], &[("many get region", 8.0)]),
    edits("many", &["profile", "rename", "default", "core"], &[("many get region", 20.0)]),
    reads("twice", &["get", "region"], &[("many get region", 2.0)]),
    reads("twice", &["list-profiles", "--long"], &[("many list-profiles --long", 2.0)]),
    edits("twice", &["set", "output", "json"], &[("many set output json", 2.0)]),
    edits("twice", &["profile", "rename", "default", "core"], &[("many profile rename default core", 2.0)]),
];

fn main() {
    if peak::is_measuring() {
        return peak::print();
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    // A copy, written at once, so that the system may hold it in large pages. What a linker has just left in memory, or what
    // has been read from the disk in small pieces, it maps more slowly: each command then takes up to twice the time.
    let xcred = folder.path().join("xcred");
    let program = fs::read(env!("CARGO_BIN_EXE_xcred")).expect("the program is there");
    fs::write(&xcred, program).expect("it can be copied");
    fs::set_permissions(&xcred, fs::Permissions::from_mode(0o755)).expect("it can be made a program");
    let home = |name: &str| Home::new(folder.path().join(name));
    let few = home("few").config(files::FEW);
    home("keys").config(files::PLAIN).credentials(files::KEYS);
    home("role").config(files::ROLE).credentials(files::KEYS);
    home("many").config(&files::profiles(MANY)).credentials(files::KEYS);
    home("twice").config(&files::profiles(2 * MANY)).credentials(files::KEYS);
    let contestants = |cases: &[Case]| {
        let all = cases.iter().map(|case| {
            let home = Home::new(folder.path().join(case.home));
            let name = format!("{} {}", case.home, case.arguments.join(" "));
            let command = home.command(&xcred, case.arguments);
            let contestant = Contestant::new(name, command, case.aims);
            if case.edits { contestant.with_fresh(&home.files()) } else { contestant }
        });
        all.collect::<Vec<Contestant>>()
    };

    let mut race = Race::new("small files", ROUNDS);
    match nothing(folder.path()) {
        Some(program) => race.enter(Contestant::new("nothing", bare(&program), &[])),
        None => println!("no `cc`, so nothing is compared with a static program that returns 0"),
    }
    race.enter(Contestant::new("true", bare(&found("true")), &[]));
    let mut git = few.command(&found("git"), &["config", "-f"]);
    git.arg(few.config_path()).args(["--get", "default.region"]);
    race.enter(Contestant::new("git", git, &[]));
    for contestant in contestants(&SMALL) {
        race.enter(contestant);
    }
    race.run();

    let mut race = Race::new(&format!("{MANY} profiles, and twice as many"), FEW_ROUNDS);
    for contestant in contestants(&LARGE) {
        race.enter(contestant);
    }
    race.run();

    println!("\npeak memory with {MANY} profiles (aim: below 24 MiB)");
    for case in LARGE.iter().filter(|case| case.home == "many") {
        let home = Home::new(folder.path().join(case.home));
        let before = home.files().map(|path| (fs::read(&path).expect("the file is there"), path));
        println!("{:>9.1} MiB  {}", peak::mebibytes(&xcred, case.arguments, &home), case.arguments.join(" "));
        for (content, path) in before {
            fs::write(path, content).expect("the file can be written");
        }
    }

    let mut race = Race::new("a role over TLS, from a cold start", ROUNDS / 4);
    let server = sts::Server::start();
    race.enter(Contestant::new("curl", server.curl(&found("curl")), &[]));
    let home = Home::new(folder.path().join("role"));
    let role = server.ask(home.command(&xcred, &["export-env", "-p", "role", "--no-cache"]));
    race.enter(Contestant::new("role export-env", role, &[("curl", 1.0)]));
    race.run();

    served::measure(&xcred, &Home::new(folder.path().join("keys")));
}

/// A static program that returns 0: nothing can start faster.
fn nothing(folder: &Path) -> Option<PathBuf> {
    let [source, program] = ["nothing.c", "nothing"].map(|name| folder.join(name));
    fs::write(&source, "int main(void) { return 0; }\n").expect("the file can be written");
    let status = Command::new("cc").args(["-static", "-O2", "-o"]).args([&program, &source]).status();
    status.is_ok_and(|status| status.success()).then_some(program)
}

/// A program without an environment, which cargo fills: a loader searches its `LD_LIBRARY_PATH`.
fn bare(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear();
    command
}

/// Where a program is: looked up once, so that the search is not a part of each start.
fn found(program: &str) -> PathBuf {
    let paths = std::env::var_os("PATH").expect("a search path");
    let mut candidates = std::env::split_paths(&paths).map(|folder| folder.join(program));
    candidates.find(|path| path.is_file()).unwrap_or_else(|| panic!("`{program}` is not installed"))
}
