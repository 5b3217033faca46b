//! The command as a process: its end, its signals, its terminal, its files.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use super::running::{Running, signal};
use super::{home, role};
use crate::harness::{assert_no_signal_is_held, signal_mask, with_default_signals};
use crate::loopback::Loopback;
use crate::terminal::Terminal;

/// The first line that [`Running`] expects.
const BEGIN: &str = "echo $$ $AWS_CONTAINER_CREDENTIALS_FULL_URI $AWS_CONTAINER_AUTHORIZATION_TOKEN;";

#[test]
fn the_exit_code_and_the_streams_are_the_command_s() {
    let home = home();
    for code in [0, 1, 7, 130, 255] {
        let script = format!("exit {code}");
        let _ = home.run(&["exec", "-q", "--serve", "dev", "--", "sh", "-c", &script]).code(code);
    }
    assert_eq!(
        home.run_with_input(&["exec", "-q", "--serve", "dev", "--", "cat"], "input\n").success(),
        "input\n"
    );
    let (_, stdout, stderr) =
        home.run(&["exec", "-q", "--serve", "dev", "--", "sh", "-c", "echo out; echo err >&2"]).ended();
    assert_eq!((stdout.as_str(), stderr.as_str()), ("out\n", "err\n"));
    // Not even a program that doesn't care for its children hides it.
    let mut command = crate::disk::around("env", &["--ignore-signal=CHLD"], &home.command());
    command.args([
        env!("CARGO_BIN_EXE_xcred"),
        "exec",
        "-q",
        "--serve",
        "dev",
        "--",
        "sh",
        "-c",
        "sleep 0.3; exit 3",
    ]);
    let _ = home.finish(command, "").code(3);
    // A text without `#!` is run by a shell.
    let home = home.file("bin/script", "echo \"$0 $*\"\n");
    fs::set_permissions(home.path("bin/script"), fs::Permissions::from_mode(0o700)).expect("a mode");
    let arguments = ["exec", "-q", "--serve", "dev", "--", "./bin/script", "a b", "c"];
    assert_eq!(home.run(&arguments).success(), "./bin/script a b c\n");
}

#[test]
fn a_command_that_dies_of_a_signal_takes_xcred_with_it() {
    let home = home();
    for (name, number) in [("INT", 2), ("QUIT", 3), ("KILL", 9), ("TERM", 15), ("USR1", 10), ("SEGV", 11)] {
        let script = format!("kill -{name} $$; echo survived");
        let mut command = home.command();
        command.args(["exec", "-q", "--serve", "dev", "--", "sh", "-c", &script]);
        let status = with_default_signals(command).stdout(Stdio::null()).status().expect("it starts");
        assert_eq!((status.signal(), status.core_dumped()), (Some(number), false), "{name}: {status}");
    }
}

#[test]
fn signals_for_xcred_reach_the_command() {
    for name in ["TERM", "HUP", "USR1", "USR2"] {
        let script = format!("trap 'echo got {name}; exit 5' {name}; {BEGIN} while :; do sleep 0.05; done");
        let mut running = Running::start_with(&home(), &["dev"], &script);
        running.signal(name);
        let ended = running.ended();
        assert_eq!((ended.status.code(), ended.output), (Some(5), format!("got {name}\n")), "{name}");
    }
    // Also from a process of the same group, as `timeout --foreground` is one.
    for name in ["INT", "QUIT"] {
        let script = format!("trap 'echo got {name}; exit 5' {name}; {BEGIN} while :; do sleep 0.05; done");
        let mut running = Running::start_with(&home(), &["dev"], &script);
        let signal = if name == "INT" { Signal::INT } else { Signal::QUIT };
        kill_process(Pid::from_child(&running.child), signal).expect("it runs");
        let ended = running.ended();
        assert_eq!((ended.status.code(), ended.output), (Some(5), format!("got {name}\n")), "{name}");
    }
}

/// Notes each signal in a line of the file `got`.
const NOTING: &str = "
import os, signal, sys, time
def note(number, frame):
    os.write(out, signal.Signals(number).name[3:].encode() + b'\\n')
out = os.open('got', os.O_CREAT | os.O_WRONLY | os.O_APPEND)
for name in sys.argv[1:]:
    signal.signal(getattr(signal, 'SIG' + name), note)
os.mkdir('ready')
while not os.path.exists('end'):
    time.sleep(0.01)
";

#[test]
fn a_signal_for_the_whole_group_reaches_the_command_once_and_one_for_xcred_alone_too() {
    const SIGNALS: [(&str, Signal); 6] = [
        ("INT", Signal::INT),
        ("QUIT", Signal::QUIT),
        ("TERM", Signal::TERM),
        ("HUP", Signal::HUP),
        ("USR1", Signal::USR1),
        ("USR2", Signal::USR2),
    ];
    if crate::missing::is_missing("python3") {
        return;
    }
    let home = home();
    let mut command = home.command();
    command.args(["exec", "-q", "--serve", "dev", "--", "python3", "-c", NOTING]);
    command.args(SIGNALS.map(|(name, _)| name));
    let mut command = with_default_signals(command);
    let mut child = command.process_group(0).stdin(Stdio::null()).spawn().expect("it starts");
    let process = Pid::from_child(&child);
    let begun = Instant::now();
    let wait_for = |is_there: &dyn Fn() -> bool| {
        while !is_there() {
            assert!(begun.elapsed() < Duration::from_mins(1));
            thread::sleep(Duration::from_millis(5));
        }
    };
    wait_for(&|| home.path("ready").exists());
    let got = || fs::read_to_string(home.path("got")).unwrap_or_default();
    let mut expected = String::new();
    for (name, signal) in SIGNALS.repeat(3) {
        for send in [kill_process_group, kill_process] {
            expected += &format!("{name}\n");
            send(process, signal).expect("it runs");
            wait_for(&|| got().len() >= expected.len());
            thread::sleep(Duration::from_millis(60));
            assert_eq!(got(), expected);
        }
    }
    fs::write(home.path("end"), "").expect("a file");
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_signal_for_the_whole_group_reaches_a_command_that_made_a_group_of_its_own() {
    for (name, signal) in
        [("TERM", Signal::TERM), ("HUP", Signal::HUP), ("INT", Signal::INT), ("USR1", Signal::USR1)]
    {
        let home = home();
        let mut command = home.command();
        // `timeout` leads a new group, and so does what `setsid` starts.
        let script = "touch ready; exec sleep 20";
        let own_group: &[&str] = if name == "HUP" { &["setsid"] } else { &["timeout", "20"] };
        command.args(["exec", "-q", "--serve", "dev", "--"]).args(own_group).args(["sh", "-c", script]);
        let mut command = with_default_signals(command);
        let mut child = command.process_group(0).stdout(Stdio::null()).spawn().expect("it starts");
        let begun = Instant::now();
        while !home.path("ready").exists() {
            assert!(begun.elapsed() < Duration::from_secs(20), "{name}");
            thread::sleep(Duration::from_millis(20));
        }
        kill_process_group(Pid::from_child(&child), signal).expect("it runs");
        let begun = Instant::now();
        let status = child.wait().expect("it ends");
        assert!(begun.elapsed() < Duration::from_secs(15), "{name}: {status}");
    }
}

#[test]
fn signals_of_the_terminal_reach_the_command_if_another_group_sends_them_to_xcred_alone() {
    for (name, number) in [("INT", 2), ("QUIT", 3)] {
        let home = home();
        let mut command = home.command();
        let script = "touch ready; exec sleep 20";
        command.args(["exec", "-q", "--serve", "dev", "--", "sh", "-c", script]);
        let mut command = with_default_signals(command);
        let mut child = command.process_group(0).stdout(Stdio::null()).spawn().expect("it starts");
        let begun = Instant::now();
        while !home.path("ready").exists() {
            assert!(begun.elapsed() < Duration::from_secs(20), "{name}");
            thread::sleep(Duration::from_millis(20));
        }
        let process = i32::try_from(child.id()).expect("a number");
        signal(process, name);
        let begun = Instant::now();
        let status = child.wait().expect("it ends");
        assert_eq!(status.signal(), Some(number), "{name}: {status}");
        assert!(begun.elapsed() < Duration::from_secs(15), "{name}");
    }
}

#[test]
fn signals_are_as_the_command_expects_them() {
    let home = home();
    let masks = ["exec", "-q", "--serve", "dev", "--", "grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"];
    let masks = home.run(&masks).success();
    assert_no_signal_is_held(&masks);
    // What is ignored around xcred stays so: plain `exec` and this one give the same.
    let ignored = |serve: &str| {
        let own = env!("CARGO_BIN_EXE_xcred");
        let line =
            format!("trap '' HUP INT QUIT USR1; {own} exec -q {serve} -p dev grep ^SigIgn /proc/self/status");
        let mut command = crate::disk::around("sh", &["-c", &line], &home.command());
        command.stdin(Stdio::null());
        home.finish(command, "").success()
    };
    // Beyond 31 are the C library's own.
    let [served, plain] = ["--serve", ""].map(|serve| signal_mask(ignored(serve).trim_end()) & 0x7fff_ffff);
    assert_eq!((served, served & 0b111), (plain, 0b111));
}

#[test]
fn no_descriptor_and_no_limit_is_left_to_the_command() {
    let home = home();
    // Other tests may leave theirs to every process, but xcred's are sockets and the kernel's own kinds.
    let open = home.run(&["exec", "-q", "--serve", "-p", "dev", "sh", "-c", "ls -l /proc/$$/fd"]).success();
    assert!(!open.contains("socket:") && !open.contains("anon_inode:"), "{open}");
    let running = Running::start(&home, &["dev"]);
    let limits = fs::read_to_string(format!("/proc/{}/limits", running.child.id())).expect("limits");
    let own = fs::read_to_string(format!("/proc/{}/limits", running.command)).expect("limits");
    let core = |text: &str| text.lines().find(|line| line.starts_with("Max core")).map(str::to_owned);
    assert!(core(&limits).is_some_and(|line| line.split_whitespace().nth(4) == Some("0")), "{limits}");
    let outside = fs::read_to_string("/proc/self/limits").expect("limits");
    assert_eq!(core(&own), core(&outside));
}

#[test]
fn the_door_is_shut_when_the_command_has_ended_or_xcred_was_killed() {
    let home = home();
    // Something of the command's goes on.
    let script = format!("{BEGIN} sleep 20 > /dev/null 2>&1 & read line; exit 0");
    let running = Running::start_with(&home, &["dev"], &script.replace(';', "\n"));
    let door = running.door.clone();
    assert_eq!(door.ask().0, 200);
    assert_eq!(running.end().status.code(), Some(0));
    assert!(door.send(&door.request()).is_none());

    let running = Running::start(&home, &["dev"]);
    let (door, command) = (running.door.clone(), running.command);
    running.signal("KILL");
    let start = Instant::now();
    while door.send(&door.request()).is_some() {
        assert!(start.elapsed() < Duration::from_secs(10));
        thread::sleep(Duration::from_millis(5));
    }
    // The command isn't killed; it ends by itself when its input does.
    assert!(fs::metadata(format!("/proc/{command}/fd")).is_ok());
    drop(running);
}

#[test]
fn a_command_that_is_stopped_and_continued_goes_on() {
    let mut running =
        Running::start_with(&home(), &["dev"], &format!("{BEGIN} read line; echo went on; exit 4"));
    signal(running.command, "STOP");
    thread::sleep(Duration::from_millis(150));
    // Here no shell could continue xcred, which therefore doesn't stop.
    let state = |process: u32| {
        let text = fs::read_to_string(format!("/proc/{process}/stat")).expect("a state");
        text.rsplit(')').next().expect("the rest").trim().chars().next()
    };
    assert_eq!(state(u32::try_from(running.command).expect("a number")), Some('T'));
    running.signal("CONT");
    signal(running.command, "CONT");
    let start = Instant::now();
    while state(running.child.id()) == Some('T') {
        assert!(start.elapsed() < Duration::from_secs(10));
        running.signal("CONT");
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(running.door.ask().0, 200);
    running.close();
    running.see("went on");
    assert_eq!(running.status().code(), Some(4));
}

#[test]
fn ctrl_c_is_for_the_command() {
    let home = home();
    let script = "trap 'echo interrupted' INT; echo ready; sleep 10; sleep 0.2; echo done; exit 9";
    let mut terminal = Terminal::run(&home, &["exec", "-q", "--serve", "dev", "--", "sh", "-c", script]);
    terminal.see("ready").keys("\u{3}");
    terminal.see("interrupted").see("done");
    terminal.end(9);
    // A command that dies of it is one that a shell takes for interrupted.
    let mut terminal =
        Terminal::run(&home, &["exec", "-q", "--serve", "dev", "--", "sh", "-c", "echo ready; sleep 10"]);
    terminal.see("ready").keys("\u{3}");
    terminal.end(130);
    let quit = ["exec", "-q", "--serve", "dev", "--", "sh", "-c", "echo ready; sleep 10"];
    let mut terminal = Terminal::run_by(&home, "trap : QUIT\n\"$@\"", &quit);
    terminal.see("ready").keys("\u{1c}");
    terminal.end(131);
}

#[test]
fn ctrl_z_stops_both_and_fg_continues_both() {
    let home = home();
    let line = "set -m\n\"$@\"\necho stopped with $?\nfg > /dev/null";
    let ask = format!("echo ready; read line; {} get aws_access_key_id; exit 6", env!("CARGO_BIN_EXE_xcred"));
    let mut terminal =
        Terminal::run_by(&home, line, &["exec", "-q", "--serve", "dev", "--", "sh", "-c", &ask]);
    terminal.see("ready").keys("\u{1a}");
    terminal.see("stopped with 148");
    thread::sleep(Duration::from_millis(100));
    terminal.answer("go");
    terminal.see("AKIAdev");
    terminal.end(6);
}

#[test]
fn a_shell_inside_suspends_and_comes_back() {
    if crate::missing::is_missing("bash") {
        return;
    }
    let home = home();
    let line = "set -m\n\"$@\"\necho stopped with $?\nfg > /dev/null";
    let inside = ["exec", "-q", "--serve", "dev", "--", "bash", "--norc", "-i"];
    let mut terminal = Terminal::run_by(&home, line, &inside);
    terminal.answer("PS1='inside> '; echo rea''dy");
    terminal.see("ready").answer("suspend");
    terminal.see("stopped with 1");
    thread::sleep(Duration::from_millis(100));
    terminal.answer("echo back $XCRED_PROFILE");
    terminal.see("back dev").answer("exit 5");
    terminal.end(5);
}

#[test]
fn a_code_is_asked_for_before_the_command_and_then_the_terminal_is_the_command_s() {
    let sts = Loopback::sts();
    let sandbox = role(&sts);
    let device = "arn:aws:iam::123456789012:mfa/me";
    let config = sandbox.read_config().replace("role_arn", &format!("mfa_serial = {device}\nrole_arn"));
    let sandbox = sandbox.config(config);
    let script = "trap 'echo interrupted' INT; echo ready; sleep 10; read line; echo \"got $line\"; exit 9";
    let mut terminal = Terminal::run(&sandbox, &["exec", "-q", "--serve", "dev", "--", "sh", "-c", script]);
    terminal.see("Enter MFA code for ").answer("654321");
    terminal.see("ready").keys("\u{3}");
    terminal.see("interrupted").answer("words");
    terminal.see("got words");
    terminal.end(9);
}
