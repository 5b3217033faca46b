//! A Python program that answers questions, one JSON document a line.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::python;

/// The program, waiting for questions. Starting it takes about half a second, so one serves a whole test.
pub(crate) struct Conversation {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// Where its files are. Ours, because a killed child doesn't tidy up.
    _folder: TempDir,
}

impl Conversation {
    /// Starts the program of `tests/it` with a folder of its own and more arguments; `None` where the peers can't be
    /// installed.
    pub(crate) fn start(program: &str, arguments: &[&str]) -> Option<Conversation> {
        let python = python()?;
        let folder = folder();
        let mut child = Command::new(python)
            // UTF-8 is what botocore reads on any POSIX system; the locale of this machine must not matter.
            .args(["-I", "-B", "-X", "utf8"])
            .arg(format!("{}/tests/it/{program}", env!("CARGO_MANIFEST_DIR")))
            .arg(folder.path())
            .args(arguments)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the prepared python starts");
        let questions = child.stdin.take().expect("it was piped");
        let answers = BufReader::new(child.stdout.take().expect("it was piped"));
        Some(Conversation { child, questions, answers, _folder: folder })
    }

    /// One question, one answer. Neither side writes before it has read the other's line to the end, so the two
    /// pipes cannot both be full.
    ///
    /// Panics when the program has no answer: then the test, not the thing tested, is broken.
    pub(crate) fn ask(&mut self, question: &Value) -> Value {
        let sent = self.questions.write_all(format!("{question}\n").as_bytes());
        let mut line = String::new();
        let read = sent.and_then(|()| self.answers.read_line(&mut line));
        assert!(line.ends_with('\n'), "Python failed: no answer to {question}: {read:?}");
        let answer: Value = serde_json::from_str(&line).expect("it answers in JSON");
        if let Some(fault) = answer.get("fault") {
            panic!("Python failed at {question}:\n{}", fault.as_str().unwrap_or_default());
        }
        answer
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        // It may have died already, which `ask` has reported.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder in memory where the system has one: every question writes a file.
fn folder() -> TempDir {
    let builder = &mut tempfile::Builder::new();
    let builder = builder.prefix("xcred-peer-");
    builder.tempdir_in("/dev/shm").or_else(|_| builder.tempdir()).expect("a temporary folder can be made")
}
