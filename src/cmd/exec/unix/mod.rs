//! How a command is started and ends on Unix. Another system needs a file with the same functions and types.

mod witness;

use std::fs;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rustix::process::{
    Pid, Resource, Rlimit, Signal, WaitId, WaitIdOptions, getpgid, getpgrp, getpid, kill_process, setrlimit,
    waitid,
};
use signal_hook::consts::{SIGCHLD, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2};
use signal_hook::iterator::SignalsInfo;
use signal_hook::iterator::exfiltrator::origin::{Origin, Process, WithOrigin};
use signal_hook::low_level::emulate_default_handler;

use witness::Witness;
pub use witness::answer;

/// Signals that are passed on to the command, unless it has them itself.
const PASSED_ON: [i32; 5] = [SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGCONT];

/// Signals of the terminal, which the command gets directly: it is in the same process group. What it makes of them
/// decides, so xcred survives them. One that a process sends to xcred alone is passed on, too.
const OF_TERMINAL: [i32; 2] = [SIGINT, SIGQUIT];

/// If xcred was started with this one ignored, the system would forget how the command has ended.
const OF_CHILD: [i32; 1] = [SIGCHLD];

/// How long a command must be stopped. One that is being continued together with xcred may seem stopped for a moment.
const MOMENT: Duration = Duration::from_millis(50);

/// How a command has ended.
pub(super) enum Ended {
    Exited(u8),
    /// By this signal.
    Killed(i32),
}

/// Replaces xcred with the command; returns why that failed.
pub(super) fn replace(mut command: Command) -> io::Error {
    let error = command.exec();
    if is_exec_format_error(&error) { by_shell(&command).exec() } else { error }
}

/// A command that runs.
pub(super) struct Running(Pid);

/// Starts the command. From then on nobody else reads the memory of xcred, which has the credentials: no debugger of the
/// command's, no core dump.
///
/// A signal that is handled here has its default action in the command. So those that are ignored, as by `nohup`, are
/// handled only when the command has started, and are ignored there, too. The others are handled before: the command may
/// be interrupted at once.
pub(super) fn start(command: Command) -> io::Result<Running> {
    let all = || PASSED_ON.into_iter().chain(OF_TERMINAL).chain(OF_CHILD);
    let ignored = ignored();
    let (later, first): (Vec<_>, Vec<_>) = all().partition(|signal| ignored >> (signal - 1) & 1 == 1);
    let mut signals = SignalsInfo::<WithOrigin>::new(first)?;
    // Set before the command could look, and not inherited.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
    let adding = signals.handle();
    let (started, child) = mpsc::channel();
    let mut witness = Witness::start();
    let pass_on = move || {
        // None if the command could not be started.
        let Ok(child) = child.recv() else { return };
        for origin in signals.forever() {
            if !is_for_command(&origin, child, &mut witness) {
                continue;
            }
            if let Some(signal) = Signal::from_named_raw(origin.signal) {
                // The command stays a zombie until xcred ends, so nobody else has its number.
                let _ = kill_process(child, signal);
            }
        }
    };
    // The command is not started if there can be no thread.
    thread::Builder::new().name("signals".to_owned()).spawn(pass_on)?;
    let child = spawn(command)?;
    // This is inherited.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    for signal in later {
        // Without it the command only misses what is sent to xcred alone.
        let _ = adding.add_signal(signal);
    }
    let _ = started.send(child);
    Ok(Running(child))
}

/// Whether the command lacks a signal unless it is passed on.
fn is_for_command(origin: &Origin, command: Pid, witness: &mut Option<Witness>) -> bool {
    // Asked for every signal: the witness compares with its last answer.
    let is_for_group = is_for_command_in_group(origin, witness);
    let is_passed_on = PASSED_ON.contains(&origin.signal) || OF_TERMINAL.contains(&origin.signal);
    // What xcred's group gets goes past a command that made a group of its own, such as `timeout` and a shell with jobs.
    is_for_group || is_passed_on && getpgid(Some(command)).is_ok_and(|group| group != getpgrp())
}

/// Whether a command in xcred's own process group lacks a signal unless it is passed on.
fn is_for_command_in_group(origin: &Origin, witness: &mut Option<Witness>) -> bool {
    if Witness::notes(origin.signal)
        && let Some(found) = witness
    {
        match found.has_got(origin.signal) {
            // The terminal's reach the whole group, and two of them may be noted as one.
            Some(got) => return !got && (origin.process.is_some() || !OF_TERMINAL.contains(&origin.signal)),
            // It was killed or stopped.
            None => *witness = None,
        }
    }
    is_probably_for_command(origin)
}

/// Whether the command probably lacks a signal, by who sent it: without a witness, nobody knows. One of the terminal's that this
/// process group sent to itself has probably reached the command, too; the terminal isn't a process.
fn is_probably_for_command(origin: &Origin) -> bool {
    let is_outside = |sender: Process| {
        // A process outside the container has no number here, and one that has ended no group.
        let group = Pid::from_raw(sender.pid).and_then(|sender| getpgid(Some(sender)).ok());
        group != Some(getpgrp())
    };
    PASSED_ON.contains(&origin.signal)
        || OF_TERMINAL.contains(&origin.signal) && origin.process.is_some_and(is_outside)
}

/// The signals that may be ignored, as the kernel shows them: the lowest bit is the first signal.
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // Without this file, on another system than Linux, each may be.
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(u64::MAX)
}

fn spawn(mut command: Command) -> io::Result<Pid> {
    let spawned = match command.spawn() {
        Err(error) if is_exec_format_error(&error) => by_shell(&command).spawn()?,
        spawned => spawned?,
    };
    Ok(Pid::from_child(&spawned))
}

/// Whether the system can't run the file, such as a script without `#!`.
fn is_exec_format_error(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::NOEXEC.raw_os_error())
}

/// The command, found and run by a shell. Shells and glibc's `execvp` run a script without `#!` this way; musl's doesn't,
/// nor does what starts a child.
fn by_shell(command: &Command) -> Command {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", r#"exec "$0" "$@""#]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell
}

impl Running {
    /// Waits for the end. While the command is stopped xcred is, too, so that a shell can continue both.
    pub(super) fn wait(&self) -> io::Result<Ended> {
        let Running(child) = *self;
        let ask = |options| loop {
            match waitid(WaitId::Pid(child), options) {
                Err(rustix::io::Errno::INTR) => {}
                answer => break answer,
            }
        };
        loop {
            let Some(status) = ask(WaitIdOptions::EXITED | WaitIdOptions::STOPPED | WaitIdOptions::NOWAIT)?
            else {
                continue;
            };
            if let Some(signal) = status.terminating_signal() {
                return Ok(Ended::Killed(signal));
            }
            if let Some(code) = status.exit_status() {
                return Ok(Ended::Exited(u8::try_from(code & 0xff).unwrap_or(u8::MAX)));
            }
            thread::sleep(MOMENT);
            if ask(WaitIdOptions::STOPPED | WaitIdOptions::NOHANG)?.is_some() {
                // Does nothing where no shell could continue xcred. Continuing passes SIGCONT on.
                let _ = kill_process(getpid(), Signal::TSTP);
            }
        }
    }
}

/// Ends xcred by the signal that ended the command, so that a shell learns of it. If that isn't possible, returns the
/// status that shells give to it.
pub(super) fn die_of(signal: i32) -> u8 {
    // In a container, where xcred is the first process and no signal ends it by default.
    if getpid().is_init() {
        return status_of(signal);
    }
    let _ = emulate_default_handler(signal);
    status_of(signal)
}

fn status_of(signal: i32) -> u8 {
    u8::try_from(128 + signal).unwrap_or(u8::MAX)
}
