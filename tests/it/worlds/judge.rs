//! A conversation with the judge: a process that plays worlds to botocore and to xcred.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::peers::{python, room};

/// The judge (`judge/judge.py`), with a fake AWS and a home of its own: several can be at work at once.
///
/// A world is a JSON object, in which `~~` stands for the home, `<http>` for the fake AWS and `<now+60>` for a
/// time. All its members may be missing:
///
/// - `options`: what is given in code or on the command line: `profile`, `region`, `access_key_id`,
///   `secret_access_key`, `session_token`, `account_id`
/// - `env`: variables beside the few that every world has; null takes one of those away
/// - `files`: texts by their path below the home
/// - `programs`: programs by their path, which write `out` and `err` and end with `exit`
/// - `sso`, `login`: token files by what their name is the digest of (`login_folder` names another folder)
/// - `aws`: what the services answer: `sts`, `sso`, `oidc`, `signin`, `container`, `imds` (`judge/answers.py`)
/// - `needs_link_local`: it asks for addresses that can be had only in a network of one's own
pub(crate) struct Judge {
    child: Child,
    worlds: ChildStdin,
    answers: BufReader<ChildStdout>,
    _room: TempDir,
}

impl Judge {
    /// Starts it, or nothing where the peers cannot be had. Without xcred only botocore is asked.
    pub(crate) fn start(with_xcred: bool) -> Option<Judge> {
        let python = python()?;
        let room = room();
        let mut command = Command::new(python);
        command
            .args(["-I", "-B", "-X", "utf8"])
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/worlds/judge/judge.py"))
            .arg(room.path())
            .args(with_xcred.then_some(env!("CARGO_BIN_EXE_xcred")));
        let mut child = command
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the prepared python starts");
        let worlds = child.stdin.take().expect("it was piped");
        let answers = BufReader::new(child.stdout.take().expect("it was piped"));
        Some(Judge { child, worlds, answers, _room: room })
    }

    /// What the sides made of a world.
    ///
    /// Panics when the judge has no answer: then the test, not the thing tested, is broken.
    pub(crate) fn play(&mut self, world: &Value) -> Value {
        let sent = self.worlds.write_all(format!("{world}\n").as_bytes());
        let mut line = String::new();
        let read = sent.and_then(|()| self.answers.read_line(&mut line));
        assert!(line.ends_with('\n'), "the judge failed: no answer to {world}: {read:?}");
        let answer: Value = serde_json::from_str(&line).expect("the judge speaks JSON");
        if let Some(fault) = answer.get("fault") {
            panic!("the judge failed at {world}:\n{}", fault.as_str().unwrap_or_default());
        }
        answer
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
