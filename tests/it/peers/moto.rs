//! moto, started once: AWS that checks signatures.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

use super::environment::python;

/// A user of moto's world and a role that they may assume.
pub(crate) struct Moto {
    /// The address of every service.
    pub(crate) url: String,
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) role: String,
    /// It serves until its standard input ends, which the end of this process sees to.
    _server: Child,
}

/// The server, or nothing where it cannot be had.
pub(crate) fn moto() -> Option<&'static Moto> {
    static MOTO: OnceLock<Option<Moto>> = OnceLock::new();
    MOTO.get_or_init(|| Some(start(python()?))).as_ref()
}

fn start(python: &std::path::Path) -> Moto {
    let mut command = Command::new(python);
    command.args(["-I", "-c", include_str!("moto.py")]).env_clear().env("HOME", "/nonexistent");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut server = command.spawn().expect("moto starts");
    let mut lines = BufReader::new(server.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
    let line = lines.find(|line| line.starts_with('{')).expect("moto says where it is");
    let told: Value = serde_json::from_str(&line).expect("JSON");
    let text = |name: &str| told[name].as_str().expect("text").to_owned();
    // Whatever it prints later must not fill the pipe.
    std::thread::spawn(move || lines.count());
    Moto { url: text("url"), id: text("id"), secret: text("secret"), role: text("role"), _server: server }
}
