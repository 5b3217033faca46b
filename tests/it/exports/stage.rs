//! A folder in which a shell reads the text, full of files that a pattern might match, and what came of it.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;
use xcred::internals::Secret;
use xcred::internals::shell::{Environment, Shell, VARIABLES};

/// Names that patterns in the values match, if a shell takes them for patterns.
const DECOYS: [&str; 6] = ["a", "ab", "-n", "export AWS_REGION=decoy;", "AWS_REGION='decoy';", "setenv"];

pub(super) struct Stage {
    folder: TempDir,
}

/// How a shell ended, and the environment that a program started by it had at the end.
pub(super) struct Ending {
    pub(super) success: bool,
    pub(super) stdout: String,
    pub(super) stderr: String,
    environment: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl Stage {
    pub(super) fn new(text: &str) -> Stage {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for decoy in DECOYS {
            fs::write(folder.path().join(decoy), "").expect("a file");
        }
        fs::create_dir(folder.path().join("home")).expect("a folder");
        fs::write(folder.path().join("code"), text).expect("a file");
        Stage { folder }
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Lets `program` run `script`, which reads the text from the file `code`. In the environment every variable of
    /// an identity is set to something stale.
    pub(super) fn play(&self, program: &Path, arguments: &[&str], locale: &str, script: &str) -> Ending {
        let folder = self.folder.path();
        fs::write(folder.join("script"), script).expect("a file");
        let before = self.listing();
        let mut command = Command::new(program);
        command.args(arguments).arg("script").current_dir(folder).env_clear().stdin(Stdio::null());
        command.env("PATH", "/usr/local/bin:/usr/bin:/bin").env("HOME", folder.join("home"));
        command.env("LC_ALL", locale).envs(VARIABLES.map(|name| (name, "stale")));
        let output = command.output().expect("the shell starts");
        assert_eq!(self.listing(), before, "{} {script}: something ran", program.display());
        // The environment is dumped after a NUL, so that it can't be mistaken for what was printed.
        let mut parts = output.stdout.splitn(2, |byte| *byte == 0);
        let stdout = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
        let entries = parts.next().unwrap_or_default().split(|byte| *byte == 0);
        let environment = entries.filter_map(|entry| {
            let at = entry.iter().position(|byte| *byte == b'=')?;
            Some((entry[..at].to_vec(), entry[at + 1..].to_vec()))
        });
        Ending {
            success: output.status.success(),
            stdout,
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            environment: environment.collect(),
        }
    }

    /// The files, without those that shells keep about themselves below their home.
    fn listing(&self) -> Vec<std::ffi::OsString> {
        let entries = fs::read_dir(self.folder.path()).expect("a folder");
        let mut names: Vec<_> = entries.map(|entry| entry.expect("an entry").file_name()).collect();
        names.sort();
        names
    }
}

/// Without the environment, which would be a page of numbers.
impl fmt::Debug for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ending { success, stdout, stderr, .. } = self;
        f.debug_struct("Ending")
            .field("success", success)
            .field("stdout", stdout)
            .field("stderr", stderr)
            .finish_non_exhaustive()
    }
}

impl Ending {
    pub(super) fn variable(&self, name: &str) -> Option<&[u8]> {
        self.environment.get(name.as_bytes()).map(Vec::as_slice)
    }

    /// The shell is this environment, byte for byte, and said nothing.
    #[track_caller]
    pub(super) fn assert_is(&self, environment: &Environment, context: &str) {
        assert!(self.success && self.stderr.is_empty() && self.stdout.is_empty(), "{context}: {self:?}");
        for (name, value) in environment.set() {
            let found = self.variable(name).map(String::from_utf8_lossy);
            assert_eq!(found.as_deref(), Some(value.expose()), "{context}: {name}");
        }
        for name in environment.removed() {
            assert_eq!(self.variable(name), None, "{context}: {name} is still there");
        }
        let leftover = self.environment.keys().find(|name| name.starts_with(b"xcred"));
        assert_eq!(leftover, None, "{context}");
    }
}

/// The shell of this name.
pub(super) fn shell(name: &str) -> &'static Shell {
    Shell::named(name).expect("a row of the table")
}

/// The text for a shell.
pub(super) fn text(name: &str, environment: &Environment) -> String {
    shell(name).code(environment).expect("the shell can say it").expose().to_owned()
}

/// Environments that together hold all of `values`; those that the shell can't say are left out.
pub(super) fn environments(name: &str, values: &[String]) -> Vec<Environment> {
    let shell = shell(name);
    let one = |name, value: &str| Environment::new([(name, Secret::new(value))]).expect("no NUL");
    let sayable: Vec<_> =
        values.iter().filter(|value| shell.code(&one(VARIABLES[0], value)).is_ok()).collect();
    let of = |values: &[&String]| {
        Environment::new(VARIABLES.into_iter().zip(values.iter().map(|value| Secret::new(value.as_str()))))
            .expect("no NUL")
    };
    sayable.chunks(20).map(of).collect()
}
