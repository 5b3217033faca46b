//! A second process of xcred's in the same process group, which only notes signals. One that it got, too, was sent to the
//! whole group, so the command has it; the others were sent to xcred alone. A signal says who sent it, and not to whom.

use std::ffi::OsString;
use std::io::{Read as _, Write as _};
use std::os::unix::process::CommandExt as _;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::retry_on_intr;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2};

use crate::failure::Exit;

/// The word with which xcred starts itself as a witness.
const COMMAND: &str = "__witness";

/// Its name in lists of processes, so that `killall xcred` doesn't end it, too.
const NAME: &str = "signals";

/// The signals that it notes.
const NOTED: [i32; 6] = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2];

/// How long to wait for an answer. It may have been stopped.
const PATIENCE: Timespec = Timespec { tv_sec: 1, tv_nsec: 0 };

pub(super) struct Witness {
    questions: ChildStdin,
    answers: ChildStdout,
}

impl Witness {
    /// Starts it. It ends with xcred. `None` if it can't be started, and on other systems than Linux, where a program can't
    /// reliably start its own file again.
    pub(super) fn start() -> Option<Witness> {
        if !cfg!(target_os = "linux") {
            return None;
        }
        let mut command = Command::new("/proc/self/exe");
        command.arg0(NAME).arg(COMMAND).env_clear().current_dir("/");
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let child = child.ok()?;
        Some(Witness { questions: child.stdin?, answers: child.stdout? })
    }

    /// Whether it got this signal since the last question about it. Linux signals the youngest
    /// process of a group first, so the witness has the signal before xcred can ask. `None` if it doesn't answer.
    pub(super) fn has_got(&mut self, signal: i32) -> Option<bool> {
        self.questions.write_all(&[u8::try_from(signal).ok()?]).ok()?;
        let mut answer = [0];
        let mut answers = [PollFd::new(&self.answers, PollFlags::IN)];
        // Another signal may come meanwhile.
        if retry_on_intr(|| poll(&mut answers, Some(&PATIENCE))) != Ok(1) {
            return None;
        }
        self.answers.read_exact(&mut answer).ok()?;
        Some(answer == [1])
    }

    /// Whether the signal is one that it notes.
    pub(super) fn notes(signal: i32) -> bool {
        NOTED.contains(&signal)
    }
}

/// Does the witness's work if these are its arguments: answers questions until xcred ends.
pub fn answer(arguments: &[OsString]) -> Option<Exit> {
    let [_, command] = arguments else { return None };
    (command == COMMAND).then(|| {
        let noted = NOTED.map(|signal| {
            let flag = Arc::new(AtomicBool::new(false));
            // If this fails, the signal ends the witness, and xcred goes by the sender.
            let _ = signal_hook::flag::register(signal, flag.clone());
            (signal, flag)
        });
        let (input, output) = (rustix::stdio::stdin(), rustix::stdio::stdout());
        let mut question = [0];
        loop {
            match rustix::io::read(input, &mut question) {
                Err(rustix::io::Errno::INTR) => continue,
                Ok(1) => {}
                _ => return Exit::Success,
            }
            let flag = noted.iter().find(|(signal, _)| *signal == i32::from(question[0]));
            let got = flag.is_some_and(|(_, flag)| flag.swap(false, Ordering::SeqCst));
            if rustix::io::write(output, &[u8::from(got)]).is_err() {
                return Exit::Success;
            }
        }
    })
}
