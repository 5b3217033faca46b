//! The program as a process, with a home of its own and nothing of the outside: a cleared environment, no terminal,
//! and a watch for secrets that get out.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use xcred::internals::shell::VARIABLES;

use crate::advice;

/// A mark to plant in every secret. A run whose output shows it fails the test, unless the test asked for secrets.
pub(crate) const CANARY: &str = "c4n4ry/DoNotShow+Me";

/// A secret access key in which the canary sings, as long as real ones.
pub(crate) fn secret() -> String {
    format!("{CANARY}aaaaaaaaaaaaaaaaaKEYS")
}

/// A section of the credentials file with a pair of keys.
pub(crate) fn section(name: &str, id: &str, secret: &str) -> String {
    format!("[{name}]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n")
}

/// A home folder, the environment that goes with it, and the program to be run there.
pub(crate) struct Sandbox {
    home: TempDir,
    environment: Vec<(String, String)>,
    reveals: bool,
}

impl Sandbox {
    /// An empty home.
    pub(crate) fn new() -> Sandbox {
        let home = tempfile::tempdir().expect("a temporary folder");
        Sandbox { home, environment: Vec::new(), reveals: false }
    }

    /// Writes `.aws/config`.
    pub(crate) fn config(self, text: impl AsRef<[u8]>) -> Sandbox {
        self.file(".aws/config", text)
    }

    /// Writes `.aws/credentials`.
    pub(crate) fn credentials(self, text: impl AsRef<[u8]>) -> Sandbox {
        self.file(".aws/credentials", text)
    }

    /// Writes a file below the home.
    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Sandbox {
        self.put(path, text);
        self
    }

    /// The same between two runs.
    pub(crate) fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder above the file")).expect("the folder can be made");
        fs::write(&path, text).expect("the file can be written");
        // Credentials that others can read are warned of.
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("the mode can be set");
    }

    /// Sets an environment variable.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Sandbox {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the variables of an identity to what an earlier one left.
    pub(crate) fn stale(self) -> Sandbox {
        // The keys and the profile would be another identity; the region is the user's choice.
        const OTHERS: [&str; 4] = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_REGION"];
        let stale = VARIABLES.into_iter().filter(|name| !OTHERS.contains(name));
        stale.fold(self, |sandbox, name| sandbox.env(name, "stale"))
    }

    /// Takes an environment variable away.
    pub(crate) fn without(mut self, name: &str) -> Sandbox {
        self.environment.retain(|(known, _)| known != name);
        self
    }

    /// Lets the runs from here on show the canary: for commands that were asked to show a secret.
    pub(crate) fn revealing(mut self) -> Sandbox {
        self.reveals = true;
        self
    }

    /// A path below the home.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.home.path().join(path)
    }

    /// A path below the home as texts show it.
    #[expect(clippy::unused_self, reason = "the home of another sandbox is shown in full")]
    pub(crate) fn shown(&self, path: &str) -> String {
        format!("~/{path}")
    }

    /// The home.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// What a file below the home holds now.
    pub(crate) fn read(&self, path: &str) -> String {
        String::from_utf8(fs::read(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}")))
            .expect("UTF-8")
    }

    /// What `.aws/config` holds now.
    pub(crate) fn read_config(&self) -> String {
        self.read(".aws/config")
    }

    /// What `.aws/credentials` holds now.
    pub(crate) fn read_credentials(&self) -> String {
        self.read(".aws/credentials")
    }

    /// The command, ready to be started in other ways than [`run`](Sandbox::run) does.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xcred"));
        command.env_clear().env("HOME", self.home.path()).env("PATH", "/usr/local/bin:/usr/bin:/bin");
        // The machine that the tests run on may be an instance, or may wait long to find that it is none.
        if !self.environment.iter().any(|(name, _)| name.starts_with("AWS_EC2_METADATA")) {
            command.env("AWS_EC2_METADATA_DISABLED", "true");
        }
        command
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(self.home.path());
        command
    }

    /// Runs the program.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_with_input(arguments, "")
    }

    /// Runs the program with text on its standard input.
    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &str) -> Outcome {
        let mut command = self.command();
        command.args(arguments);
        self.finish(with_default_signals(command), input)
    }

    /// Runs a command to its end: [`command`](Sandbox::command) with arguments, or something around it.
    pub(crate) fn finish(&self, mut command: Command, input: &str) -> Outcome {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        // A program that doesn't read its input closes the pipe early; that is its right.
        let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
        let output = child.wait_with_output().expect("the program ends");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        let arguments: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy()).collect();
        let outcome = Outcome {
            call: format!("{} {}", command.get_program().to_string_lossy(), arguments.join(" ")),
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        };
        if !self.reveals {
            outcome.assert_no_canary();
        }
        // Not where the program is only a part of a command line, which has other programs' words.
        let is_alone = command.get_program() == env!("CARGO_BIN_EXE_xcred");
        if is_alone && outcome.code.is_some_and(|code| code != 0) {
            advice::follow(&command, &outcome.stderr);
        }
        outcome
    }
}

/// The command, or the same by `env`, where this process ignores signals that a terminal sends: scripts start so what
/// they leave in the background, and a program inherits it. The command must have a cleared environment.
pub(crate) fn with_default_signals(command: Command) -> Command {
    /// SIGHUP, SIGINT and SIGQUIT in the kernel's mask.
    const OF_TERMINALS: u64 = 0b111;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).map(str::trim);
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask, 16).ok()).unwrap_or_default();
    if ignored & OF_TERMINALS == 0 {
        return command;
    }
    // The program may be given a PATH without it.
    let mut by_env = Command::new("/usr/bin/env");
    by_env.env_clear().envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    if let Some(folder) = command.get_current_dir() {
        by_env.current_dir(folder);
    }
    by_env.arg("--default-signal=HUP,INT,QUIT").arg(command.get_program()).args(command.get_args());
    by_env
}

/// A document in JSON.
#[track_caller]
pub(crate) fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The mask of signals on a line of `/proc/PID/status`.
pub(crate) fn signal_mask(line: &str) -> u64 {
    u64::from_str_radix(line.rsplit('\t').next().expect("a mask"), 16).expect("a number")
}

/// No signal is blocked or ignored by these lines.
#[track_caller]
pub(crate) fn assert_no_signal_is_held(masks: &str) {
    // Beyond 31 are the C library's own.
    assert!(masks.lines().all(|line| signal_mask(line).trailing_zeros() >= 31), "{masks}");
}

/// The lines as one, however they are wrapped.
pub(crate) fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the process runs. One that has ended may still be listed: in a container, the status of a process whose parent
/// has ended may never be collected.
pub(crate) fn runs(process: &str) -> bool {
    match fs::read_to_string(format!("/proc/{process}/stat")) {
        Ok(stat) => !stat.rsplit(')').next().expect("a state").trim_start().starts_with(['Z', 'X']),
        // It may end between the opening of the file and its reading.
        Err(_) => false,
    }
}

/// What a run left behind.
#[must_use = "say what the run should have come to: `success`, `failure` or `code`"]
#[derive(Debug)]
pub(crate) struct Outcome {
    call: String,
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Outcome {
    /// It succeeded without a word on standard error; returns standard output.
    #[track_caller]
    pub(crate) fn success(self) -> String {
        assert_eq!((self.code, self.stderr.as_str()), (Some(0), ""), "{}", self.call);
        self.stdout
    }

    /// It succeeded and said something on standard error; returns standard output and standard error.
    #[track_caller]
    pub(crate) fn success_with_words(self) -> (String, String) {
        assert_eq!(self.code, Some(0), "{}: {}", self.call, self.stderr);
        assert_ne!(self.stderr, "", "{}: something was to be said", self.call);
        (self.stdout, self.stderr)
    }

    /// It failed with this exit code and nothing on standard output; returns standard error.
    #[track_caller]
    pub(crate) fn failure(self, code: i32) -> String {
        assert_eq!((self.code, self.stdout.as_str()), (Some(code), ""), "{}: {}", self.call, self.stderr);
        self.stderr
    }

    /// It ended with this exit code; returns standard output and standard error.
    #[track_caller]
    pub(crate) fn code(self, code: i32) -> (String, String) {
        assert_eq!(self.code, Some(code), "{}: {}{}", self.call, self.stdout, self.stderr);
        (self.stdout, self.stderr)
    }

    /// How it ended (nothing, if by a signal), and what it said on standard output and standard error.
    pub(crate) fn ended(self) -> (Option<i32>, String, String) {
        (self.code, self.stdout, self.stderr)
    }

    /// Whether it ended with this exit code.
    pub(crate) fn code_is(&self, code: i32) -> bool {
        self.code == Some(code)
    }

    #[track_caller]
    fn assert_no_canary(&self) {
        for (stream, text) in [("standard output", &self.stdout), ("standard error", &self.stderr)] {
            assert!(!text.contains(CANARY), "{}: a secret on {stream}: {text}", self.call);
        }
    }
}
