//! Threads that can't be created, as under `ulimit -u` or a container's limit of processes: what a thread is only a help for
//! is done without it, and a command that needs it isn't started.

use crate::disk::around;
use crate::harness::{CANARY, Sandbox, section};
use crate::loopback::Loopback;
use crate::strace;
use crate::terminal::Terminal;

/// A role whose STS has a name instead of an address.
fn home(sts: &Loopback) -> Sandbox {
    let role = "[profile r]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = dev\n";
    Sandbox::new()
        .env("AWS_ENDPOINT_URL_STS", &sts.url.replace("127.0.0.1", "localhost"))
        .env("AWS_REGION", "eu-west-1")
        .credentials(section("dev", "AKIADEV", CANARY))
        .config(role)
}

fn options(when: &str) -> [String; 6] {
    let inject = format!("inject=clone,clone3:error=EAGAIN:when={when}");
    ["-f", "-qq", "-o", "/dev/null", "-e", &inject].map(str::to_owned)
}

#[test]
fn without_threads_requests_are_made_and_programs_are_an_error() {
    if !strace::is_there() {
        return;
    }
    let sts = Loopback::sts();
    let sandbox = home(&sts)
        .config(format!("{}[profile p]\ncredential_process = /bin/true\n", home(&sts).read_config()));
    let run = |arguments: &[&str]| {
        let command = sandbox.command();
        let options = options("1+");
        let mut strace = around("strace", &options.each_ref().map(String::as_str), &command);
        strace.arg(command.get_program()).args(arguments);
        sandbox.finish(strace, "")
    };
    for arguments in [
        &["whoami", "-p", "dev"][..],
        &["resolve", "-p", "r", "--format", "json"],
        &["get", "aws_access_key_id", "-p", "r"],
    ] {
        let (shown, words) = run(arguments).code(0);
        assert!(!shown.is_empty() && words.is_empty(), "{arguments:?}: {shown}{words}");
    }
    let words = run(&["get", "aws_access_key_id", "-p", "p"]).failure(255);
    assert!(words.contains("`/bin/true` can't be started") && words.contains("ulimit -a"), "{words}");
    // On a terminal a thread shows what is waited for.
    let strace = format!("strace {} \"$@\"", options("1+").join(" "));
    let shown = Terminal::run_by(&sandbox, &strace, &["get", "aws_access_key_id", "-p", "r"]).end(0);
    assert!(shown.contains("ASIA"), "{shown}");
}

#[test]
fn a_command_that_can_not_be_served_is_not_started() {
    if !strace::is_there() {
        return;
    }
    let sts = Loopback::sts();
    let mut served = 0;
    for nth in 1..=7 {
        let sandbox = home(&sts);
        let command = sandbox.command();
        let options = options(&format!("{nth}+"));
        let mut strace = around("strace", &options.each_ref().map(String::as_str), &command);
        strace.arg(command.get_program()).args(["exec", "-q", "--serve", "dev", "--", "touch", "started"]);
        let (code, _, words) = sandbox.finish(strace, "").ended();
        let is_started = sandbox.path("started").exists();
        assert_eq!(code, Some(if is_started { 0 } else { 255 }), "{nth}: {words}");
        assert_eq!(words.contains("Resource temporarily unavailable"), !is_started, "{nth}: {words}");
        served += i32::from(is_started);
    }
    // The threads, and the command.
    assert!((1..=3).contains(&served), "{served}");
}
