//! The parent process and child processes.

use std::fs;
use std::io;
use std::iter;
use std::os::fd::AsFd as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdout, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Access, access};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, getppid, kill_process, waitid};

/// How long a process may take to end that Ctrl-C has reached, too.
const MOMENT: Duration = Duration::from_millis(100);

/// How long a process may take to end after SIGTERM.
const FAREWELL: Duration = Duration::from_secs(1);

/// Whether this user may run the file.
pub fn is_executable(path: &Path) -> bool {
    access(path, Access::EXEC_OK).is_ok()
}

/// The names of the parent process: the executable's name, then the process's own name, which differs for scripts. None if
/// the system doesn't report them, and each is asked for when it is needed.
pub fn parent_names() -> impl Iterator<Item = String> {
    let folder = getppid().map(|parent| PathBuf::from(format!("/proc/{}", parent.as_raw_nonzero())));
    folder.into_iter().flat_map(|folder| {
        let executable = fs::read_link(folder.join("exe")).ok();
        let executable = executable.as_deref().and_then(Path::file_name);
        let executable = executable.map(|name| name.to_string_lossy().into_owned());
        let name = move || Some(fs::read_to_string(folder.join("comm")).ok()?.trim_end().to_owned());
        executable.into_iter().chain(iter::once_with(name).flatten())
    })
}

/// Which of two pipes can be read without waiting: they have data or are closed.
#[derive(Clone, Copy, Default)]
pub struct Readable {
    pub out: bool,
    pub err: bool,
}

/// Waits until one of the pipes can be read, at most for `limit`.
pub fn wait_readable(
    out: Option<&ChildStdout>,
    err: Option<&ChildStderr>,
    limit: Duration,
) -> io::Result<Readable> {
    let ends = [out.map(|out| out.as_fd()), err.map(|err| err.as_fd())];
    let mut polled: Vec<_> = ends.iter().flatten().map(|end| PollFd::new(end, PollFlags::IN)).collect();
    let limit = Timespec::try_from(limit).map_err(io::Error::other)?;
    match poll(&mut polled, Some(&limit)) {
        Ok(_) => {}
        Err(Errno::INTR) => return Ok(Readable::default()),
        Err(error) => return Err(error.into()),
    }
    let mut ready = polled.iter().map(|end| !end.revents().is_empty());
    let mut is_ready = |pipe: bool| pipe && ready.next().unwrap_or(false);
    Ok(Readable { out: is_ready(out.is_some()), err: is_ready(err.is_some()) })
}

/// Whether a process could not be started because the system, or the user, has too many of something.
pub fn is_shortage(error: &io::Error) -> bool {
    let shortages = [Errno::AGAIN, Errno::MFILE, Errno::NFILE, Errno::NOMEM];
    shortages.iter().any(|shortage| error.raw_os_error() == Some(shortage.raw_os_error()))
}

/// Whether the system doesn't know how to run the file.
pub fn is_no_program(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::NOEXEC.raw_os_error())
}

/// Whether a signal ended the process.
pub fn was_killed(status: ExitStatus) -> bool {
    status.signal().is_some()
}

/// Whether Ctrl-C ended the process, or a shell that reports it by its status.
pub fn was_interrupted(status: ExitStatus) -> bool {
    let signal = Signal::INT.as_raw();
    status.signal() == Some(signal) || status.code() == Some(128 + signal)
}

/// Ends a process and its descendants, as far as the system lists them: the child of a shell keeps running if only the
/// shell is ended.
pub fn stop(child: &mut Child) {
    let id = child.id();
    let signal = |signal| {
        for process in started_by(id) {
            let _ = kill_process(process, signal);
        }
    };
    signal(Signal::TERM);
    let until = Instant::now() + FAREWELL;
    while Instant::now() < until && !matches!(child.try_wait(), Ok(Some(_))) {
        thread::sleep(Duration::from_millis(5));
    }
    // After a wait, the number may belong to another process.
    if !matches!(child.try_wait(), Ok(Some(_))) {
        signal(Signal::KILL);
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// Asks a child of this process and its descendants to end, unless it does so by itself. For an end of this process: the child is
/// not waited for.
pub fn stop_soon(process: u32) {
    let Some(child) = i32::try_from(process).ok().and_then(Pid::from_raw) else { return };
    // As long as it is not waited for, no other process has its number.
    let runs = || {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        matches!(waitid(WaitId::Pid(child), options), Ok(None))
    };
    let until = Instant::now() + MOMENT;
    while runs() {
        if Instant::now() >= until {
            return started_by(process).into_iter().for_each(|found| _ = kill_process(found, Signal::TERM));
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// A process and its descendants.
fn started_by(process: u32) -> Vec<Pid> {
    let (mut found, mut next) = (Vec::new(), vec![process]);
    while let Some(process) = next.pop() {
        found.extend(i32::try_from(process).ok().and_then(Pid::from_raw));
        let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children"));
        let children = children.unwrap_or_default();
        next.extend(children.split_whitespace().filter_map(|child| child.parse::<u32>().ok()));
        if found.len() > 1000 {
            break;
        }
    }
    found
}
