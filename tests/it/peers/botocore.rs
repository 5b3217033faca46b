//! A conversation with botocore, which is asked thousands of questions.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

use super::conversation::Conversation;

/// Answers are the oracle's JSON (`oracle.py`), with members in botocore's order. What botocore raises is the
/// answer `{"error": class, "message": text}`; a file that doesn't parse adds `"cause"`, Python's class, and,
/// where the question had one file, `"line"`.
pub(crate) struct Botocore(Conversation);

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
    /// Starts it; `None` where the peers can't be installed.
    pub(crate) fn start() -> Option<Self> {
        Conversation::start("peers/oracle.py", &[]).map(Self)
    }

    pub(crate) fn ask(&mut self, question: &Value) -> Value {
        self.0.ask(question)
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
