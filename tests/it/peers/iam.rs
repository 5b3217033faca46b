//! moto's server, and a back door to what it holds.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

use serde_json::{Value, json};

use super::python;
use crate::harness::CANARY;

/// A server of AWS's interfaces that checks signatures and permissions.
pub(crate) struct Iam {
    child: Child,
    door: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
    pub(crate) port: u16,
}

/// A key as moto holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) active: bool,
}

impl Iam {
    /// Starts it, or nothing where the peers cannot be had.
    pub(crate) fn start() -> Option<Iam> {
        let mut child = Command::new(python()?)
            .args(["-I", "-X", "utf8", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/peers/iam.py"), CANARY])
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the prepared python starts");
        let questions = child.stdin.take().expect("it was piped");
        let mut answers = BufReader::new(child.stdout.take().expect("it was piped"));
        let mut line = String::new();
        answers.read_line(&mut line).expect("moto says its port");
        let port = line.trim().parse().unwrap_or_else(|_| panic!("moto doesn't start: {line}"));
        Some(Iam { child, door: Mutex::new((questions, answers)), port })
    }

    fn ask(&self, question: &Value) -> Value {
        let mut door = self.door.lock().expect("nobody panicked here");
        writeln!(door.0, "{question}").expect("moto listens");
        let mut line = String::new();
        door.1.read_line(&mut line).expect("moto answers");
        let answer: Value = serde_json::from_str(&line).expect("JSON");
        assert!(
            answer.get("fault").is_none(),
            "{question}: {}",
            answer["fault"].as_str().unwrap_or_default()
        );
        answer
    }

    /// A new user who may do these things, and the key of it.
    pub(crate) fn user(&self, name: &str, may: &[&str]) -> Key {
        key(&self.ask(&json!({"ask": "user", "name": name, "may": may})))
    }

    /// One more key for a user.
    pub(crate) fn key(&self, name: &str) -> Key {
        key(&self.ask(&json!({"ask": "key", "name": name})))
    }

    /// The keys of a user.
    pub(crate) fn keys(&self, name: &str) -> Vec<Key> {
        let answer = self.ask(&json!({"ask": "keys", "name": name}));
        answer.as_array().expect("a list").iter().map(key).collect()
    }

    /// Deactivates a key.
    pub(crate) fn deactivate(&self, name: &str, id: &str) {
        self.ask(&json!({"ask": "status", "name": name, "id": id, "status": "Inactive"}));
    }

    /// Activates a key.
    pub(crate) fn activate(&self, name: &str, id: &str) {
        self.ask(&json!({"ask": "status", "name": name, "id": id, "status": "Active"}));
    }

    /// Makes a key some years old.
    pub(crate) fn age(&self, id: &str) {
        self.ask(&json!({"ask": "created", "id": id, "seconds": null}));
    }

    /// Sets when a key was created, in seconds from now.
    pub(crate) fn created(&self, id: &str, seconds: i64) {
        self.ask(&json!({"ask": "created", "id": id, "seconds": seconds}));
    }

    /// Lets IAM say that a key was used for a service a moment ago, or never.
    pub(crate) fn used(&self, id: &str, service: Option<&str>) {
        self.ask(&json!({"ask": "used", "id": id, "service": service}));
    }

    /// Deletes a key.
    pub(crate) fn delete(&self, name: &str, id: &str) {
        self.ask(&json!({"ask": "delete", "name": name, "id": id}));
    }

    /// Sets how many keys a user can have.
    pub(crate) fn limit(&self, most: u32) {
        self.ask(&json!({"ask": "limit", "most": most}));
    }

    /// The address.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Iam {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn key(answer: &Value) -> Key {
    let text = |name: &str| answer[name].as_str().map(str::to_owned);
    Key {
        id: text("id").expect("an ID"),
        secret: text("secret").expect("a secret"),
        active: text("status").is_none_or(|status| status == "Active"),
    }
}
