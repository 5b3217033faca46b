//! A conversation with botocore: a child process that is asked thousands of questions.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::python;

/// botocore, waiting for questions. Starting it takes about half a second, so one serves a whole test.
///
/// Answers are the oracle's JSON (`oracle.py`), with members in botocore's order. What botocore raises is the
/// answer `{"error": class, "message": text}`; a file that does not parse adds `"cause"`, Python's class, and,
/// where the question had one file, `"line"`.
pub(crate) struct Botocore {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// Where the files lie that botocore is to read. Ours, because a killed child does not tidy up.
    _room: TempDir,
}

/// What a session of botocore sees: all of the environment, and the files under a home of its own.
#[derive(Clone, Copy, Default)]
pub(crate) struct World<'a> {
    /// Replaces the whole environment. `HOME` is the oracle's own unless it is given.
    pub(crate) env: &'a [(&'a str, &'a str)],
    /// `~/.aws/config`, or no such file.
    pub(crate) config: Option<&'a [u8]>,
    /// `~/.aws/credentials`, or no such file.
    pub(crate) credentials: Option<&'a [u8]>,
    /// The profile named in code, as opposed to the environment.
    pub(crate) profile: Option<&'a str>,
}

impl Botocore {
    /// Starts it, or nothing where the peers cannot be had.
    pub(crate) fn start() -> Option<Self> {
        let python = python()?;
        let room = room();
        let mut child = Command::new(python)
            // UTF-8 is what botocore reads on any POSIX system; the locale of this machine shall not matter.
            .args(["-I", "-X", "utf8", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/peers/oracle.py")])
            .arg(room.path())
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the prepared python starts");
        let questions = child.stdin.take().expect("it was piped");
        let answers = BufReader::new(child.stdout.take().expect("it was piped"));
        Some(Self { child, questions, answers, _room: room })
    }

    /// One question, one answer. Neither side writes before it has read the other's line to the end, so the two
    /// pipes cannot both be full.
    ///
    /// Panics when the oracle has no answer: then the test, not the thing tested, is broken.
    pub(crate) fn ask(&mut self, question: &Value) -> Value {
        let sent = self.questions.write_all(format!("{question}\n").as_bytes());
        let mut line = String::new();
        let read = sent.and_then(|()| self.answers.read_line(&mut line));
        assert!(line.ends_with('\n'), "botocore's oracle failed: no answer to {question}: {read:?}");
        let answer: Value = serde_json::from_str(&line).expect("the oracle speaks JSON");
        if let Some(fault) = answer.get("fault") {
            panic!("botocore's oracle failed at {question}:\n{}", fault.as_str().unwrap_or_default());
        }
        answer
    }

    /// How a config file is read: `{"profiles", "sso_sessions", "services", "other"}`.
    pub(crate) fn config(&mut self, bytes: &[u8]) -> Value {
        self.ask(&json!({"ask": "config", "bytes_b64": BASE64.encode(bytes)}))
    }

    /// How a credentials file is read: `{"profiles"}`.
    pub(crate) fn credentials(&mut self, bytes: &[u8]) -> Value {
        self.ask(&json!({"ask": "credentials", "bytes_b64": BASE64.encode(bytes)}))
    }

    /// How a session sees both files at once, in the shape of a config file. `None` is an absent file.
    pub(crate) fn merged(&mut self, config: Option<&[u8]>, credentials: Option<&[u8]>) -> Value {
        self.ask(&json!({
            "ask": "merged",
            "config_b64": config.map(|bytes| BASE64.encode(bytes)),
            "credentials_b64": credentials.map(|bytes| BASE64.encode(bytes)),
        }))
    }

    /// How Python splits a line as a shell would: `{"words"}`.
    pub(crate) fn words(&mut self, text: &str) -> Value {
        self.ask(&json!({"ask": "words", "text": text}))
    }

    /// What a session makes of a configuration variable: `{"value"}`.
    pub(crate) fn variable(&mut self, world: &World<'_>, name: &str) -> Value {
        self.ask(&json!({
            "ask": "variable",
            "env": world.env.iter().copied().collect::<BTreeMap<_, _>>(),
            "config_b64": world.config.map(|bytes| BASE64.encode(bytes)),
            "credentials_b64": world.credentials.map(|bytes| BASE64.encode(bytes)),
            "profile": world.profile,
            "name": name,
        }))
    }
}

impl Drop for Botocore {
    fn drop(&mut self) {
        // It may have died already, which its user has been told by `ask`.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A directory in memory where the system has one: every question writes a file.
pub(crate) fn room() -> TempDir {
    let builder = &mut tempfile::Builder::new();
    let builder = builder.prefix("xcred-botocore-");
    builder.tempdir_in("/dev/shm").or_else(|_| builder.tempdir()).expect("a temporary directory can be made")
}
