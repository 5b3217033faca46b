//! A shell at a real terminal, and the keys that are pressed there.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, getsid, kill_process};
use tempfile::NamedTempFile;

use crate::harness::{CANARY, Sandbox};

/// Longer than any of this takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// What the shells say when they wait for a command. Where it is set it is spelled with a gap, so that the echo of
/// the setting is not taken for the prompt.
pub(crate) const PROMPT: &str = "ready> ";

/// With this a program asks the terminal where its cursor is.
const WHERE: &str = "\u{1b}[6n";

/// A shell on a pseudo-terminal, which `script` makes for it.
pub(crate) struct Keyboard {
    script: Child,
    keys: ChildStdin,
    /// The process ID of the first process on the terminal, which is the ID of their session.
    leader: NamedTempFile,
    screen: Receiver<Vec<u8>>,
    /// What the screen has shown since the last text that was waited for.
    shown: String,
}

impl Keyboard {
    /// Starts a shell by a line of `sh`. It finds the program, and what is in the folder `bin` of its home.
    pub(crate) fn at(shell: &str, sandbox: &Sandbox) -> Keyboard {
        let folder = Path::new(env!("CARGO_BIN_EXE_xcred")).parent().expect("a folder").display();
        let own = sandbox.path("bin").display().to_string();
        let mut command = Command::new("script");
        let leader = NamedTempFile::new().expect("a temporary file");
        let shell = format!("echo $$ > {}; {shell}", leader.path().display());
        command.args(["-qefc", &shell, "/dev/null"]).env_clear().current_dir(sandbox.home());
        command
            .env("HOME", sandbox.home())
            .env("PATH", format!("{own}:{folder}:/usr/local/bin:/usr/bin:/bin"));
        command.env("TERM", "xterm").env("LC_ALL", "C.UTF-8").env("NO_COLOR", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut script = command.spawn().expect("`script` starts");
        let mut output = script.stdout.take().expect("a pipe");
        let (sender, screen) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let keys = script.stdin.take().expect("a pipe");
        Keyboard { script, keys, leader, screen, shown: String::new() }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("the shell is there");
        self.keys.flush().expect("the shell is there");
    }

    /// Waits until the screen shows `text`, and after it the prompt.
    #[track_caller]
    pub(crate) fn expect(&mut self, text: &str) {
        self.wait(text, |after| after.contains(PROMPT));
        self.shown.clear();
    }

    /// Waits until the screen shows `text`.
    #[track_caller]
    pub(crate) fn see(&mut self, text: &str) {
        self.wait(text, |_| true);
        let end = self.shown.find(text).map_or(0, |at| at + text.len());
        self.shown.drain(..end);
    }

    #[track_caller]
    fn wait(&mut self, text: &str, is_followed: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while self.shown.find(text).is_none_or(|at| !is_followed(&self.shown[at + text.len()..])) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.screen.recv_timeout(left) {
                Ok(bytes) => self.shown.push_str(&String::from_utf8_lossy(&bytes)),
                Err(error) => panic!("no {text:?} ({error}); the screen shows:\n{}", self.shown),
            }
            assert!(!self.shown.contains(CANARY), "a secret on the screen:\n{}", self.shown);
            while let Some(at) = self.shown.find(WHERE) {
                self.shown.replace_range(at..at + WHERE.len(), "");
                self.press("\u{1b}[1;1R");
            }
        }
    }
}

impl Drop for Keyboard {
    /// A shell may outlive its terminal, as Nushell does, and look for it as fast as it can. What a killed one leaves is told
    /// by the system that the terminal is gone.
    fn drop(&mut self) {
        let leader = std::fs::read_to_string(self.leader.path()).unwrap_or_default();
        // After its end another process may have its ID, which hardly leads a session.
        let leader =
            leader.trim().parse().ok().and_then(Pid::from_raw).filter(|pid| getsid(Some(*pid)) == Ok(*pid));
        if let Some(leader) = leader {
            let _ = kill_process(leader, Signal::KILL);
        }
        let _ = self.script.kill();
        let _ = self.script.wait();
    }
}
