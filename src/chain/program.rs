//! Running a program that prints credentials or a code, with limits on its time and output.

use std::io::{self, Read};
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::attendance::Attendance;
use crate::secret::Care;
use crate::settings::masked;
use crate::world;

/// The limit of its output, in bytes. Credentials have a few thousand.
const MOST: usize = 1 << 20;

/// How much of the end of its standard error is kept, in bytes. The reason is usually there.
const TAIL: usize = 4 << 10;

/// How long its pipes are read after it has ended, because its children may write more.
const GRACE: Duration = Duration::from_millis(50);

/// How long this program waits for its own end when the other one was interrupted.
const INTERRUPTED: Duration = Duration::from_millis(500);

/// The longest time between two checks whether it has ended.
const TICK: Duration = Duration::from_millis(100);

pub struct Program<'p> {
    /// Its name and arguments. Must not be empty.
    pub words: &'p [String],
    /// Added to its environment.
    pub variables: &'p [(&'static str, String)],
    /// The time limit.
    pub limit: Duration,
    /// Whether its standard error is kept instead of shown.
    pub keeps_errors: bool,
    /// Whether it inherits standard input. Otherwise it has none.
    pub reads: bool,
}

/// A program that has ended.
#[derive(Clone)]
pub struct Ended {
    pub status: ExitStatus,
    pub printed: Zeroizing<Vec<u8>>,
    /// The end of its standard error, if that is kept.
    pub said: String,
}

/// Why a program could not be run to its end.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("can't be started: {0}")]
    NotStarted(io::Error),
    #[error("did not finish within {} s and was stopped{}", .limit.as_secs(), behind_colon(.said))]
    Slow {
        limit: Duration,
        /// The end of its standard error.
        said: String,
    },
    #[error("printed more than {} MiB and was stopped", MOST >> 20)]
    TooMuch,
    #[error("printed output that can't be read: {0}")]
    Lost(io::Error),
}

fn behind_colon(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!(": {said}") }
}

/// What a command is asked for.
pub(super) fn question(command: &str, has_shell: bool) -> Value {
    json!({"Process": [command, has_shell]})
}

/// Whether a program that starts without a shell has the same words from one: a shell finds nothing to do in the command.
pub(super) fn is_plain(command: &str) -> bool {
    !command.contains(|c: char| "|&;<>()$`\\\"'*?[]#~=%{}!\n".contains(c))
}

impl Program<'_> {
    /// Runs the program and waits for its end. Ctrl-C ends it, too.
    ///
    /// Does not wait for children that the program leaves running, even if they keep the pipes open.
    pub fn run(&self, mut attendance: Box<dyn Attendance>) -> Result<Ended, Fault> {
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]).envs(self.variables.iter().map(|(name, value)| (name, value)));
        let input = if self.reads { Stdio::inherit() } else { Stdio::null() };
        command.stdin(input).stdout(Stdio::piped());
        if self.keeps_errors {
            command.stderr(Stdio::piped());
        }
        let mut child = command.spawn().map_err(Fault::NotStarted)?;
        attendance.started(child.id());
        let mut pipes = Pipes::of(&mut child);
        let listened = self.listen(&mut child, &mut pipes);
        let status = listened.as_ref().ok().copied();
        if status.is_none() {
            world::stop(&mut child);
        }
        if status.is_none_or(world::was_killed) {
            attendance.stopped();
        }
        if status.is_some_and(world::was_interrupted) {
            // Ctrl-C is for this program, too, which ends on another thread.
            thread::sleep(INTERRUPTED);
        }
        let said = pipes.said();
        match listened {
            Ok(status) => Ok(Ended { status, printed: pipes.printed, said }),
            Err(Fault::Slow { limit, .. }) => Err(Fault::Slow { limit, said }),
            Err(fault) => Err(fault),
        }
    }

    fn listen(&self, child: &mut Child, pipes: &mut Pipes) -> Result<ExitStatus, Fault> {
        let deadline = Instant::now() + self.limit;
        let mut pause = Duration::from_micros(200);
        let mut looked = Instant::now();
        loop {
            let heard = if pipes.are_closed() {
                // The program is ending, or keeps running without output.
                thread::sleep(pause);
                false
            } else {
                pipes.read(pause.max(Duration::from_millis(1)))?
            };
            let now = Instant::now();
            if heard && !pipes.are_closed() && now - looked < TICK && now < deadline {
                continue;
            }
            looked = now;
            if let Some(status) = child.try_wait().map_err(Fault::Lost)? {
                return pipes.drain(now + GRACE).map(|()| status);
            }
            if now >= deadline {
                return Err(Fault::Slow { limit: self.limit, said: String::new() });
            }
            pause = (pause * 2).min(TICK);
        }
    }
}

/// A program's output.
struct Pipes {
    out: Option<ChildStdout>,
    err: Option<ChildStderr>,
    printed: Zeroizing<Vec<u8>>,
    /// At most twice the tail.
    tail: Zeroizing<Vec<u8>>,
    is_cut: bool,
    buffer: Zeroizing<Vec<u8>>,
}

impl Pipes {
    fn of(child: &mut Child) -> Pipes {
        // A buffer that grows leaves copies in memory that are never zeroed.
        let printed = Zeroizing::new(Vec::with_capacity(16 << 10));
        Pipes {
            out: child.stdout.take(),
            err: child.stderr.take(),
            printed,
            tail: Zeroizing::new(Vec::new()),
            is_cut: false,
            buffer: Zeroizing::new(vec![0; 16 << 10]),
        }
    }

    fn are_closed(&self) -> bool {
        self.out.is_none() && self.err.is_none()
    }

    /// Reads once from each pipe that becomes readable within `limit`. Returns whether there was one.
    fn read(&mut self, limit: Duration) -> Result<bool, Fault> {
        let readable =
            world::wait_readable(self.out.as_ref(), self.err.as_ref(), limit).map_err(Fault::Lost)?;
        if let Some(out) = &mut self.out
            && readable.out
        {
            match read_some(out, &mut self.buffer).map_err(Fault::Lost)? {
                0 => self.out = None,
                count => self.printed.extend_from_slice(&self.buffer[..count]),
            }
            if self.printed.len() > MOST {
                return Err(Fault::TooMuch);
            }
        }
        if let Some(err) = &mut self.err
            && readable.err
        {
            match read_some(err, &mut self.buffer).map_err(Fault::Lost)? {
                0 => self.err = None,
                count => self.tail.extend_from_slice(&self.buffer[..count]),
            }
            if let Some(more @ 1..) = self.tail.len().checked_sub(TAIL) {
                self.tail.drain(..more);
                self.is_cut = true;
            }
        }
        Ok(readable.out || readable.err)
    }

    /// Reads the rest of the output after the end of the program, at most until `until`.
    fn drain(&mut self, until: Instant) -> Result<(), Fault> {
        while !self.are_closed() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || !self.read(left)? {
                break;
            }
        }
        Ok(())
    }

    /// The end of its standard error, as whole lines if possible. Text that looks like a secret is masked.
    fn said(&self) -> String {
        let text = String::from_utf8_lossy(&self.tail);
        let text = match text.split_once('\n') {
            Some((_, whole)) if self.is_cut => format!("…\n{}", whole.trim()),
            _ if self.is_cut => format!("…{}", text.trim_start_matches('\u{fffd}').trim()),
            _ => text.trim().to_owned(),
        };
        // Known secrets are masked when the text is printed, but the program may have other secrets.
        masked(&text, Care::Usual).replace('\n', "\n    ")
    }
}

fn read_some(pipe: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match pipe.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::tests::Nothing;

    fn run(script: &str, limit: Duration) -> (Result<Ended, Fault>, Duration) {
        let words = ["/bin/sh", "-c", script].map(str::to_owned);
        let program = Program {
            words: &words,
            variables: &[("GIVEN", "x y".to_owned())],
            limit,
            keeps_errors: true,
            reads: true,
        };
        let begun = Instant::now();
        (program.run(Box::new(Nothing)), begun.elapsed())
    }

    const ENOUGH: Duration = Duration::from_mins(1);

    fn ended(script: &str) -> Ended {
        let (ended, took) = run(script, ENOUGH);
        assert!(took < ENOUGH / 2, "{script}: {took:?}");
        ended.unwrap_or_else(|fault| panic!("{script}: {fault}"))
    }

    #[test]
    fn all_output_is_read() {
        let found = ended("printf '%s' \"$GIVEN\"; printf 'a\\nb\\n' >&2; exit 3");
        assert_eq!((found.status.code(), found.said.as_str()), (Some(3), "a\n    b"));
        assert_eq!(*found.printed, b"x y");
        let found = ended("head -c 300000 /dev/zero | tr '\\0' x; printf end");
        assert_eq!((found.printed.len(), &found.printed[300_000..]), (300_003, &b"end"[..]));
        assert_eq!(*ended("exec >&- 2>&-; sleep 0.2").printed, b"");
        assert_eq!(*ended("printf a; sleep 0.3; printf b").printed, b"ab");
    }

    #[test]
    fn the_end_of_standard_error_is_kept() {
        let found =
            ended("head -c 20000000 /dev/zero | tr '\\0' x >&2; printf '\\nthe reason\\n' >&2; exit 1");
        assert_eq!(found.said, "…\n    the reason");
        let found = ended("i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i + 1)); done >&2");
        assert!(found.said.len() < 8 << 10 && found.said.ends_with("line 1999"), "{}", found.said);
        assert!(found.said.starts_with("…\n    line 1"), "{}", found.said);
    }

    #[test]
    fn a_program_that_prints_too_much_is_stopped() {
        for endless in ["exec yes", "yes; true", "head -c 1048577 /dev/zero"] {
            let (found, took) = run(endless, ENOUGH);
            assert!(matches!(found, Err(Fault::TooMuch)), "{endless}");
            assert!(took < ENOUGH / 2, "{endless}: {took:?}");
        }
        assert_eq!(ended("head -c 1048576 /dev/zero").printed.len(), MOST);
    }

    #[test]
    fn a_program_that_takes_too_long_is_stopped() {
        for slow in [
            "exec sleep 100",
            "sleep 100; true",
            "exec >&- 2>&-; sleep 100; true",
            "trap '' TERM; sleep 100; sleep 100",
            "while :; do echo x >&2; done",
        ] {
            let (found, took) = run(&format!("echo waiting >&2; {slow}"), Duration::from_millis(300));
            let words = found.err().map(|fault| fault.to_string()).unwrap_or_default();
            assert!(words.starts_with("did not finish within 0 s and was stopped: "), "{slow}: {words}");
            assert!(took < Duration::from_secs(20), "{slow}: {took:?}");
        }
    }

    #[test]
    fn programs_in_the_background_are_not_waited_for() {
        for script in
            ["sleep 20 & printf x", "(timeout 20 sh -c 'while :; do sleep 1; echo x; done' >&2) & printf x"]
        {
            let (found, took) = run(script, ENOUGH);
            assert_eq!(*found.unwrap_or_else(|fault| panic!("{fault}")).printed, b"x");
            assert!(took < Duration::from_secs(10), "{script}: {took:?}");
        }
        // A child that writes forever is not read forever.
        let (found, took) = run("(timeout 20 yes >&2) & printf x", ENOUGH);
        assert_eq!(*found.unwrap_or_else(|fault| panic!("{fault}")).printed, b"x");
        assert!(took < Duration::from_secs(10), "{took:?}");
    }

    #[test]
    fn a_missing_program_is_an_error() {
        let words = ["/nowhere/program".to_owned()];
        let program =
            Program { words: &words, variables: &[], limit: ENOUGH, keeps_errors: true, reads: true };
        assert!(matches!(program.run(Box::new(Nothing)), Err(Fault::NotStarted(_))));
    }
}
