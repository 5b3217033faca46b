//! How long xcred takes from spawn to exit beside `true` and `git config`, and how much memory it needs.
//!
//! `cargo bench` runs it. All programs take turns in one run, because on a busy machine only figures of the same
//! minute can be compared: trust the ratios, not the microseconds. The aims: a command takes at most 1.3 times as
//! long as `true` and at most 0.8 times as long as git; with ten thousand profiles at most four times as long as
//! with few, in less than 12 MiB. It is no test: a machine that is busy elsewhere must not make one fail.
#![expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "a program of its own, without a `Ui`"
)]

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

const ROUNDS: usize = 500;
const MANY: usize = 10_000;

/// The argument that makes this program measure another one's memory instead.
const PEAK: &str = "--peak";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == PEAK) {
        return print_peak(&arguments[at + 1..]);
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    // A copy, as after an installation: the system maps what a linker has just left in memory more slowly.
    let xcred = folder.path().join("xcred");
    let program = fs::read(env!("CARGO_BIN_EXE_xcred")).expect("the program is there");
    fs::write(&xcred, program).expect("it can be copied");
    fs::set_permissions(&xcred, fs::Permissions::from_mode(0o755)).expect("it can be made a program");
    let [few, many, keys] = ["few", "many", "keys"].map(|name| folder.path().join(name));
    home(&few, FEW);
    home(&many, &many_profiles());
    home(&keys, ROLE);
    let credentials = keys.join(".aws/credentials");
    fs::write(&credentials, KEYS).expect("the file can be written");
    fs::set_permissions(&credentials, fs::Permissions::from_mode(0o600)).expect("it can be made private");
    keep_role(&xcred, &keys);

    let few_config = few.join(".aws/config").display().to_string();
    let git = ["config", "-f", &few_config, "--get", "default.region"];
    let mut contestants = [
        Contestant::new("true", &found("true"), &[], &few),
        Contestant::new("git config --get default.region", &found("git"), &git, &few),
        Contestant::new("xcred get region", &xcred, &["get", "region"], &few),
        Contestant::new("xcred list-profiles", &xcred, &["list-profiles"], &few),
        Contestant::new("xcred get region, many", &xcred, &["get", "region"], &many),
        Contestant::new("xcred list-profiles, many", &xcred, &["list-profiles"], &many),
        Contestant::new("xcred resolve, keys at hand", &xcred, &["resolve"], &keys),
        Contestant::new("xcred export-env, keys at hand", &xcred, &["export-env"], &keys),
        Contestant::new("xcred export-env, a kept role", &xcred, &["export-env", "-p", "role"], &keys),
    ];
    for contestant in &mut contestants {
        contestant.run(); // so that every program is in the page cache
        contestant.times.clear();
    }
    let mut order: Vec<usize> = (0..contestants.len()).collect();
    let mut random = 0x9e37_79b9_7f4a_7c15;
    for _ in 0..ROUNDS {
        // In another order each time: who runs behind a large program finds the processor's caches cold, and who
        // runs behind itself finds them warm, by a tenth of a millisecond.
        for at in (1..order.len()).rev() {
            order.swap(at, below(at + 1, &mut random));
        }
        for at in &order {
            contestants[*at].run();
        }
    }
    report(&mut contestants);
    let size = fs::metadata(many.join(".aws/config")).expect("it was just written").len();
    println!("\npeak memory with {MANY} profiles ({size} bytes)");
    for arguments in [&["get", "region"][..], &["list-profiles"]] {
        println!("{:>9.1} MiB  xcred {}", peak_mib(&xcred, arguments, &many), arguments.join(" "));
    }
}

/// A small random source: xorshift.
fn below(bound: usize, state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state >> 33).expect("31 bits fit") % bound
}

/// A file as most people have it, in the letters that git can read too: it knows no key with an underscore.
const FEW: &str = "\
[default]
region = eu-west-1
output = json

[profile \"dev\"]
region = eu-central-1
";

/// Keys, and a role that they assume.
const KEYS: &str = "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\n";
const ROLE: &str = "\
[default]
region = eu-west-1

[profile role]
region = eu-west-1
role_arn = arn:aws:iam::123456789012:role/deployment
source_profile = default
";

/// What STS answers.
const ASSUMED: &str = "\
<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>\
<AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>\
<SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser>\
<Arn>arn:aws:sts::123456789012:assumed-role/deployment/s</Arn><AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser>\
</AssumeRoleResult></AssumeRoleResponse>";

/// Where the role is assumed; only once, by [`keep_role`].
const STS: &str = "127.0.0.1:39471";

/// Has xcred assume the role, so that it is kept from then on.
fn keep_role(xcred: &Path, home: &Path) {
    let listener = TcpListener::bind(STS).expect("the port is free");
    let answering = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a request");
        let _ = stream.read(&mut [0; 4096]).expect("its head");
        let head =
            format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", ASSUMED.len());
        stream.write_all((head + ASSUMED).as_bytes()).expect("an answer");
    });
    let status = command(xcred, &["export-env", "-p", "role"], home).status().expect("xcred starts");
    assert!(status.success(), "the role can be assumed: {status}");
    answering.join().expect("one request was answered");
}

/// A file of ten thousand profiles. The default profile stands last, so that nobody finds it early.
fn many_profiles() -> String {
    let mut text = String::new();
    for number in 0..MANY {
        text.push_str(&format!(
            "[profile team-{number:05}]\nregion = eu-west-1\nsource_profile = default\n\
             role_arn = arn:aws:iam::123456789012:role/deployment-{number:05}\n\n"
        ));
    }
    text + "[default]\nregion = eu-west-1\n"
}

/// A home with this config file.
fn home(path: &Path, config: &str) {
    fs::create_dir_all(path.join(".aws")).expect("the folder can be made");
    fs::write(path.join(".aws/config"), config).expect("the file can be written");
}

/// Where a program is: looked up once, so that the search is not a part of each start.
fn found(program: &str) -> PathBuf {
    let paths = std::env::var_os("PATH").expect("a search path");
    let mut candidates = std::env::split_paths(&paths).map(|folder| folder.join(program));
    candidates.find(|path| path.is_file()).unwrap_or_else(|| panic!("`{program}` is not installed"))
}

fn command(program: &Path, arguments: &[&str], home: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env_clear()
        .env("HOME", home)
        .env("AWS_ENDPOINT_URL_STS", format!("http://{STS}"));
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

struct Contestant {
    name: &'static str,
    command: Command,
    times: Vec<Duration>,
}

impl Contestant {
    fn new(name: &'static str, program: &Path, arguments: &[&str], home: &Path) -> Contestant {
        Contestant { name, command: command(program, arguments, home), times: Vec::with_capacity(ROUNDS) }
    }

    fn run(&mut self) {
        let start = Instant::now();
        let status = self.command.status().expect("the program starts");
        self.times.push(start.elapsed());
        assert!(status.success(), "{}: {status}", self.name);
    }

    /// Of the sorted times the one below which `percent` of them lie.
    fn percentile(&self, percent: usize) -> f64 {
        self.times[self.times.len() * percent / 100].as_secs_f64() * 1e6
    }
}

/// The 5th percentile is the figure to trust on a shared machine; the median tells how busy the machine was.
fn report(contestants: &mut [Contestant]) {
    for contestant in &mut *contestants {
        contestant.times.sort_unstable();
    }
    println!("spawn to exit, {ROUNDS} rounds");
    println!(
        "{:34}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}",
        "", "p5 µs", "× true", "× git", "× few", "median", "× true", "× git"
    );
    for (at, contestant) in contestants.iter().enumerate() {
        let mut line = format!("{:34}", contestant.name);
        for percent in [5, 50] {
            let time = contestant.percentile(percent);
            let ratio = |other: usize| time / contestants[other].percentile(percent);
            line.push_str(&format!("{time:>9.0}{:>9.2}{:>9.2}", ratio(0), ratio(1)));
            if percent == 5 {
                let many = contestant.name.ends_with("many");
                line.push_str(&if many { format!("{:>9.2}", ratio(at - 2)) } else { format!("{:>9}", "") });
            }
        }
        println!("{line}");
    }
}

/// The peak of one run, measured by a fresh copy of this program: the system keeps only the largest of all children.
///
/// A child also counts what its parent held when it was forked, so the parent has to be a small program.
fn peak_mib(program: &Path, arguments: &[&str], home: &Path) -> f64 {
    let mut measuring = Command::new(std::env::current_exe().expect("this program has a path"));
    measuring.arg(PEAK).arg(program).args(arguments).env("HOME", home);
    let output = measuring.output().expect("this program starts");
    let kibibytes = String::from_utf8_lossy(&output.stdout);
    kibibytes.trim().parse::<f64>().expect("a number") / 1024.0
}

fn print_peak(call: &[String]) {
    let (program, arguments) = call.split_first().expect("a program to measure");
    let home = PathBuf::from(std::env::var_os("HOME").expect("a home"));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let status = command(Path::new(program), &arguments, &home).status().expect("the program starts");
    assert!(status.success(), "{program}: {status}");
    println!("{}", getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system keeps count").max_rss());
}
