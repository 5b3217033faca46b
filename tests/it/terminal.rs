//! A real terminal for the program to run on. Everything that it shows is kept, and no secret may be among it.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use expectrl::Session;
use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;

use crate::harness::{CANARY, Sandbox, with_default_signals};

/// Long enough for a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(30);

/// A run of the program on a pseudo-terminal.
pub(crate) struct Terminal {
    session: OsSession,
    shown: String,
    seen: usize,
}

impl Terminal {
    /// Starts the program in a window of 80 columns.
    pub(crate) fn run(sandbox: &Sandbox, arguments: &[&str]) -> Terminal {
        Terminal::run_by(sandbox, r#""$@""#, arguments)
    }

    /// Starts the program by a line of shell in which it is `"$@"`. Afterwards the terminal's modes are shown.
    pub(crate) fn run_by(sandbox: &Sandbox, line: &str, arguments: &[&str]) -> Terminal {
        let program = sandbox.command();
        let environment = program.get_envs().filter_map(|(name, value)| Some((name, value?)));
        let script =
            format!("read go\nstty sane cols 80 rows 24\ntrap : INT\n{line}\ncode=$?\nstty -a\nexit $code");
        let mut command = Command::new("sh");
        command.env_clear().env("TERM", "xterm-256color").envs(environment).current_dir(sandbox.home());
        command.args(["-c", &script, "sh"]).arg(program.get_program()).args(arguments);
        let mut session = Session::spawn(with_default_signals(command)).expect("a pseudo-terminal");
        // `spawn` sets the size when the shell runs already, and would undo what the line does.
        std::io::Write::write_all(&mut session, b"\n").expect("the terminal takes keys");
        Terminal { session, shown: String::new(), seen: 0 }
    }

    /// Waits until the terminal shows `text`, after what was seen before.
    #[track_caller]
    pub(crate) fn see(&mut self, text: &str) -> &mut Terminal {
        let start = Instant::now();
        loop {
            if let Some(at) = self.shown[self.seen..].find(text) {
                self.seen += at + text.len();
                return self;
            }
            let more = self.read();
            assert!(more && start.elapsed() < PATIENCE, "no `{text}` in {:?}", self.shown);
        }
    }

    /// Everything that it has shown so far.
    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }

    /// Types text without Enter.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Terminal {
        std::io::Write::write_all(&mut self.session, keys.as_bytes()).expect("the terminal takes keys");
        self
    }

    /// Types an answer and Enter.
    pub(crate) fn answer(&mut self, answer: &str) -> &mut Terminal {
        self.keys(&format!("{answer}\r"))
    }

    /// Presses Ctrl-C, which ends it at once.
    #[track_caller]
    pub(crate) fn interrupt(mut self) {
        let start = Instant::now();
        self.keys("\u{3}");
        self.end(130);
        assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    }

    /// Waits for the end, which has to come with this exit code. The terminal must echo again, and no secret may have
    /// been shown. Returns everything that was.
    #[track_caller]
    pub(crate) fn end(mut self, code: i32) -> String {
        let start = Instant::now();
        while self.read() {
            assert!(start.elapsed() < PATIENCE, "it doesn't end: {:?}", self.shown);
        }
        let status = self.session.get_process().wait().expect("an exit status");
        assert!(
            matches!(status, WaitStatus::Exited(_, exited) if exited == code),
            "{status:?} instead of {code}: {:?}",
            self.shown
        );
        let modes: Vec<&str> =
            self.shown.rsplit("speed ").next().unwrap_or_default().split_whitespace().collect();
        for mode in ["echo", "icanon", "isig"] {
            assert!(modes.contains(&mode), "the terminal has no `{mode}`: {modes:?}");
        }
        assert!(!self.shown.contains(CANARY), "a secret on the terminal: {:?}", self.shown);
        let end = self.shown.rfind("speed ").unwrap_or(self.shown.len());
        self.shown.truncate(end);
        self.shown
    }

    /// Takes what the terminal shows. False where nothing more will come.
    fn read(&mut self) -> bool {
        let mut buffer = [0; 4096];
        match self.session.try_read(&mut buffer) {
            Ok(0) => false,
            Ok(length) => {
                self.shown.push_str(&String::from_utf8_lossy(&buffer[..length]));
                true
            }
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                thread::sleep(Duration::from_millis(5));
                true
            }
            // Linux's way to say that nobody has the terminal open any more.
            Err(_) => false,
        }
    }
}

/// The rows that a window of this many columns ends up with, after everything that was shown.
pub(crate) fn screen(shown: &str, columns: usize) -> Vec<String> {
    let mut rows = vec![Vec::new()];
    let (mut row, mut column) = (0_usize, 0_usize);
    let mut chars = shown.chars();
    while let Some(c) = chars.next() {
        match c {
            '\r' => column = 0,
            '\n' => row += 1,
            '\u{1b}' => {
                let sequence: String = chars.by_ref().skip(1).take_while(|c| !is_final(*c)).collect();
                // `take_while` swallowed the letter that ends the sequence, so it is read from the text again.
                let consumed = shown.len() - chars.as_str().len();
                let letter = shown[..consumed].chars().next_back();
                let count = sequence.parse().unwrap_or(1);
                match letter {
                    Some('A') => row = row.saturating_sub(count),
                    Some('B') => row += count,
                    Some('C') => column += count,
                    Some('D') => column = column.saturating_sub(count),
                    Some('J') => {
                        rows.truncate(row + 1);
                        rows[row].truncate(column);
                    }
                    Some('K') if sequence == "2" => rows[row].clear(),
                    Some('K') => rows[row].truncate(column),
                    _ => {}
                }
            }
            c if c.is_control() => {}
            c => {
                if column == columns {
                    (row, column) = (row + 1, 0);
                }
                grow(&mut rows, row, column + 1);
                rows[row][column] = c;
                column += 1;
            }
        }
        grow(&mut rows, row, 0);
    }
    rows.into_iter().map(|row| row.into_iter().collect::<String>().trim_end().to_owned()).collect()
}

fn is_final(c: char) -> bool {
    c.is_ascii_alphabetic()
}

/// Makes room up to a place on the screen.
fn grow(rows: &mut Vec<Vec<char>>, row: usize, columns: usize) {
    if rows.len() <= row {
        rows.resize(row + 1, Vec::new());
    }
    if rows[row].len() < columns {
        rows[row].resize(columns, ' ');
    }
}
