//! What `ui` needs from the operating system. Another system needs a file with the same types and functions.

use std::fs::{self, File};
use std::io::{self, IsTerminal as _, Write as _};
use std::os::fd::{AsFd, AsRawFd as _, IntoRawFd as _};
use std::os::unix::fs::MetadataExt as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use console::Term;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{FileType, Mode, OFlags, fcntl_getfl, fstat, open, stat};
use rustix::io::{Errno, fcntl_getfd};
use rustix::process::getpgrp;
use rustix::stdio::{dup2_stdin, stderr, stdin, stdout};
use rustix::termios::{
    InputModes, LocalModes, OptionalActions, QueueSelector, SpecialCodeIndex, Termios, tcflush, tcgetattr,
    tcgetpgrp, tcsetattr,
};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGPIPE, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::streams;

/// `_POSIX_VDISABLE`: no key has this meaning.
const DISABLED: u8 = if cfg!(target_os = "linux") { 0 } else { 0xff };

static OUT_WAS_CLOSED: AtomicBool = AtomicBool::new(false);

/// Does what Rust's runtime does for a `main`. A closed standard stream becomes `/dev/null`: otherwise the next file that is
/// opened would get its number, and the output. Writing to a closed pipe becomes an error: otherwise it would end the process in
/// the middle of an edit.
///
/// # Errors
/// If `/dev/null` can't be opened, or the signal of a closed pipe can't be handled. Nothing is safe then.
pub fn prepare() -> io::Result<()> {
    for stream in [stdin(), stdout(), stderr()] {
        if fcntl_getfd(stream) == Err(Errno::BADF) {
            // The lowest number that is free, which is this one. It stays open.
            let opened = open("/dev/null", OFlags::RDWR, Mode::empty())?.into_raw_fd();
            if opened == stdout().as_raw_fd() {
                OUT_WAS_CLOSED.store(true, Ordering::Relaxed);
            }
        }
    }
    // With a handler, because to ignore it takes unsafe code. Programs that are started have none.
    signal_hook::flag::register(SIGPIPE, Arc::default())?;
    Ok(())
}

/// Sets the flag when a signal of those that end a dialogue arrives, before its handler's thread runs and before a key that
/// was typed after it is read.
pub fn flag_interruptions(flag: &Arc<AtomicBool>) -> io::Result<()> {
    [SIGINT, SIGTERM, SIGHUP]
        .into_iter()
        .try_for_each(|signal| signal_hook::flag::register(signal, Arc::clone(flag)).map(drop))
}

/// Calls `stopping` before the process is stopped (`kill -TSTP`), and `continued` when it goes on, also after a stop that can't
/// be noticed.
pub fn on_job_control(stopping: fn(), continued: fn()) -> io::Result<()> {
    let mut signals = Signals::new([SIGTSTP, SIGCONT])?;
    let handle = move || {
        for signal in signals.forever() {
            if signal == SIGTSTP {
                stopping();
                // Returns when the process goes on.
                let _ = emulate_default_handler(SIGTSTP);
            } else {
                continued();
            }
        }
    };
    thread::Builder::new().spawn(handle).map(drop)
}

/// Whether standard output was closed when the process was started.
pub fn out_was_closed() -> bool {
    // Elsewhere Rust's runtime starts the program, and nothing calls [`prepare`].
    let is_prepared = cfg!(all(target_os = "linux", target_env = "gnu"));
    OUT_WAS_CLOSED.load(Ordering::Relaxed) || !is_prepared && is_null_of_runtime(stdout())
}

/// Whether a stream is `/dev/null`, open for reading and writing: Rust's runtime puts that in the place of a closed one.
fn is_null_of_runtime(stream: impl AsFd) -> bool {
    let is_both = fcntl_getfl(&stream).is_ok_and(|flags| flags.contains(OFlags::RDWR));
    is_both
        && matches!((fstat(&stream), stat("/dev/null")), (Ok(found), Ok(null)) if found.st_rdev == null.st_rdev)
}

/// Whether standard output is a pipe.
pub fn out_is_pipe() -> bool {
    fstat(streams::out()).is_ok_and(|found| FileType::from_raw_mode(found.st_mode) == FileType::Fifo)
}

/// A terminal in the modes that it had when it was opened.
pub struct Terminal {
    file: File,
    modes: Termios,
}

impl Terminal {
    /// Opens the terminal of this process, otherwise standard input and standard error, if both are a terminal.
    #[expect(clippy::disallowed_methods, reason = "a terminal, not a user's file")]
    pub fn open() -> io::Result<Option<(Term, Terminal)>> {
        let (input, output) = match File::options().read(true).write(true).open("/dev/tty") {
            Ok(terminal) => (terminal.try_clone()?, terminal),
            Err(_) if io::stdin().is_terminal() && streams::err().is_terminal() => {
                (standard_input()?, cloned(streams::err())?)
            }
            Err(_) => return Ok(None),
        };
        let terminal = Terminal { modes: tcgetattr(&input)?, file: input.try_clone()? };
        Ok(Some((Term::read_write_pair(input, output), terminal)))
    }

    /// From here on keys arrive one by one, and the terminal echoes none of them. Ctrl-\ and Ctrl-Z do nothing: the program
    /// could not restore the terminal before it is killed or stopped.
    pub fn silence(&self) -> io::Result<()> {
        let mut silent = self.modes.clone();
        silent
            .local_modes
            .remove(LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::IEXTEN);
        // Ctrl-C leaves the keys before it: a thread that has seen them would wait for them, with the lock that Ctrl-C needs.
        silent.local_modes.insert(LocalModes::NOFLSH);
        silent.input_modes.remove(InputModes::IXON);
        for key in [SpecialCodeIndex::VQUIT, SpecialCodeIndex::VSUSP] {
            silent.special_codes[key] = DISABLED;
        }
        Ok(tcsetattr(&self.file, OptionalActions::Drain, &silent)?)
    }

    /// Restores the modes until [`silence`](Self::silence) is called again. Ignores errors: the terminal may be closed.
    pub fn unsilence(&self) {
        let _ = tcsetattr(&self.file, OptionalActions::Drain, &self.modes);
    }

    /// Whether keys were typed or pasted that are not read yet, or are within this time.
    pub fn has_more(&self, patience: Duration) -> bool {
        let mut polled = [PollFd::new(&self.file, PollFlags::IN)];
        let patience = Timespec::try_from(patience).ok();
        poll(&mut polled, patience.as_ref()).is_ok_and(|ready| ready > 0)
    }

    /// Forgets the keys that are not read yet.
    pub fn forget_keys(&self) {
        let _ = tcflush(&self.file, QueueSelector::IFlush);
    }

    /// Writes a last text and restores the modes. Ignores errors: the terminal may be closed.
    pub fn restore(mut self, last: &str) {
        let _ = self.file.write_all(last.as_bytes());
        self.unsilence();
    }
}

/// The modes that the terminal of this process had.
pub struct Modes {
    file: File,
    modes: Termios,
}

impl Modes {
    /// `None` without a terminal.
    #[expect(clippy::disallowed_methods, reason = "a terminal, not a user's file")]
    pub fn now() -> Option<Modes> {
        let file = File::options().read(true).write(true).open("/dev/tty").ok()?;
        Some(Modes { modes: tcgetattr(&file).ok()?, file })
    }

    /// Restores them, unless the terminal is another program's now. Ignores errors: the terminal may be closed.
    pub fn restore(&self) {
        if tcgetpgrp(&self.file).is_ok_and(|group| group == getpgrp()) {
            let _ = tcsetattr(&self.file, OptionalActions::Now, &self.modes);
        }
    }
}

/// Standard input without the standard library's buffer and lock.
pub fn standard_input() -> io::Result<File> {
    cloned(io::stdin())
}

/// Standard output without the standard library's buffer and lock.
pub fn standard_output() -> io::Result<File> {
    cloned(streams::out())
}

/// An inherited descriptor.
pub fn descriptor(number: u32) -> io::Result<File> {
    File::open(format!("/dev/fd/{number}"))
}

/// Takes an inherited descriptor, and all others of the same file, from the programs that are started from now on. Standard
/// input, which they need, is empty instead.
pub fn withhold(number: u32) -> io::Result<()> {
    let others = others(number);
    others.into_iter().chain([number]).try_for_each(take)
}

/// The other inherited descriptors of the same file, which could be read again from its start. What came through a pipe is
/// gone.
fn others(number: u32) -> Vec<u32> {
    let file = |number: u32| {
        let found = fs::metadata(format!("/dev/fd/{number}")).ok()?;
        found.is_file().then(|| (found.dev(), found.ino()))
    };
    let Some(own) = file(number) else { return Vec::new() };
    let names = fs::read_dir("/dev/fd").into_iter().flatten().flatten().map(|entry| entry.file_name());
    let open: Vec<u32> = names.filter_map(|name| name.to_str()?.parse().ok()).collect();
    // Standard output and standard error are for output.
    let is_other = |other: &u32| *other != number && !matches!(other, 1 | 2);
    open.into_iter().filter(is_other).filter(|other| file(*other) == Some(own)).collect()
}

fn take(number: u32) -> io::Result<()> {
    match number {
        0 => Ok(dup2_stdin(File::open("/dev/null")?)?),
        _ => {
            let number = i32::try_from(number).map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
            Ok(nix::unistd::close(number)?)
        }
    }
}

fn cloned(stream: impl AsFd) -> io::Result<File> {
    stream.as_fd().try_clone_to_owned().map(File::from)
}
