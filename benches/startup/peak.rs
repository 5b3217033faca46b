//! The peak memory of one run, measured by a fresh copy of this program: the system keeps only the largest of all
//! children. A child also counts what its parent had when it was forked, so the parent has to be a small program.

use std::path::{Path, PathBuf};
use std::process::Command;

use nix::sys::resource::{UsageWho, getrusage};

use crate::files::Home;

/// The argument that makes this program measure another one.
const PEAK: &str = "--peak";

pub(crate) fn is_measuring() -> bool {
    std::env::args().any(|argument| argument == PEAK)
}

pub(crate) fn mebibytes(program: &Path, arguments: &[&str], home: &Home) -> f64 {
    let mut measuring = Command::new(std::env::current_exe().expect("this program has a path"));
    measuring.arg(PEAK).arg(program).args(arguments).env("HOME", home.path());
    let output = measuring.output().expect("this program starts");
    let kibibytes = String::from_utf8_lossy(&output.stdout);
    kibibytes.trim().parse::<f64>().expect("a number") / 1024.0
}

/// Runs the program behind the option, and prints its peak.
pub(crate) fn print() {
    let arguments: Vec<String> = std::env::args().skip_while(|argument| argument != PEAK).skip(1).collect();
    let (program, arguments) = arguments.split_first().expect("a program to measure");
    let home = Home::new(PathBuf::from(std::env::var_os("HOME").expect("a home")));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let status = home.command(Path::new(program), &arguments).status().expect("the program starts");
    assert!(status.success(), "{program}: {status}");
    println!("{}", getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system keeps count").max_rss());
}
