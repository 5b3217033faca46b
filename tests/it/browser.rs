//! A browser that only notes what it is told to open, and sign-ins that run while a test acts for the user.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::disk::names;
use crate::harness::{CANARY, Sandbox, json_of, with_default_signals};
use crate::services::{IdentityCenter, query};

pub(crate) const CONFIG: &str = "[profile dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\n\
     [sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n";

/// The name of the session's token.
pub(crate) const TOKEN: &str = ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

/// The longest that a test waits for the program.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A browser that only notes what it was told to open, its arguments, and its environment.
pub(crate) fn with_browser(home: Sandbox) -> Sandbox {
    let note = "env > \"$HOME/environment\"\nprintf '%s\\n' \"$#\" \"$@\" > \"$HOME/opened.new\"\n\
                mv \"$HOME/opened.new\" \"$HOME/opened\"\n";
    browser_of(home, note)
}

/// A browser that is a script of shell.
pub(crate) fn browser_of(home: Sandbox, script: &str) -> Sandbox {
    let home = home.file("bin/browser", format!("#!/bin/sh\n{script}"));
    fs::set_permissions(home.path("bin/browser"), fs::Permissions::from_mode(0o755))
        .expect("the mode can be set");
    let browser = home.path("bin/browser").to_str().expect("UTF-8").to_owned();
    home.env("BROWSER", &browser)
}

/// A sign-in that is running.
pub(crate) struct Running {
    child: Child,
    /// What it has written to standard error.
    words: Arc<Mutex<String>>,
    reading: JoinHandle<()>,
}

/// How it ended.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Running {
    pub(crate) fn start(home: &Sandbox, arguments: &[&str]) -> Running {
        let mut command = home.command();
        command.args(arguments);
        Running::of(command)
    }

    pub(crate) fn of(command: Command) -> Running {
        let mut command = with_default_signals(command);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let (words, mut errors) = (Arc::new(Mutex::new(String::new())), child.stderr.take().expect("a pipe"));
        let kept = Arc::clone(&words);
        let reading = thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(length @ 1..) = errors.read(&mut piece) {
                kept.lock().expect("a text").push_str(&String::from_utf8_lossy(&piece[..length]));
            }
        });
        Running { child, words, reading }
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("a child").is_none()
    }

    /// What it has written to standard error so far.
    pub(crate) fn words(&self) -> String {
        self.words.lock().expect("a text").clone()
    }

    /// The address of a line of its own on standard error, as soon as there is one.
    pub(crate) fn address(&self) -> String {
        let start = Instant::now();
        loop {
            let words = self.words();
            let whole = words.rsplit_once('\n').map_or("", |(whole, _)| whole);
            if let Some(line) = whole.lines().find(|line| line.starts_with("http")) {
                return line.to_owned();
            }
            assert!(start.elapsed() < PATIENCE, "no address: {words}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until it has written this to standard error.
    pub(crate) fn see(&self, text: &str) {
        let start = Instant::now();
        while !self.words().contains(text) {
            assert!(start.elapsed() < PATIENCE, "no `{text}`: {}", self.words());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Sends a signal, such as `INT`.
    pub(crate) fn signal(&self, name: &str) {
        let status = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status();
        assert!(status.expect("kill starts").success());
    }

    /// Interrupts it, which ends it at once.
    #[track_caller]
    pub(crate) fn interrupt(self) {
        let start = Instant::now();
        self.signal("INT");
        let ended = self.end();
        assert_eq!(ended.code, Some(130), "{}", ended.stderr);
        assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    }

    /// Waits for the end. No stream may show the canary.
    pub(crate) fn end(mut self) -> Ended {
        let start = Instant::now();
        while self.is_running() {
            assert!(start.elapsed() < PATIENCE, "it doesn't end: {}", self.words());
            thread::sleep(Duration::from_millis(10));
        }
        self.reading.join().expect("no panic");
        let stderr = self.words.lock().expect("a text").clone();
        let output = self.child.wait_with_output().expect("it has ended");
        let stdout = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(!stdout.contains(CANARY) && !stderr.contains(CANARY), "{stdout}{stderr}");
        Ended { code: output.status.code(), stdout, stderr }
    }
}

/// The address that the browser was told to open.
pub(crate) fn opened(home: &Sandbox) -> String {
    let start = Instant::now();
    loop {
        if let Ok(text) = fs::read_to_string(home.path("opened")) {
            let lines: Vec<&str> = text.lines().collect();
            assert_eq!((lines[0], lines.len()), ("1", 2), "{text}");
            return lines[1].to_owned();
        }
        assert!(start.elapsed() < PATIENCE, "nothing was opened");
        thread::sleep(Duration::from_millis(10));
    }
}

/// What a browser gets from an address of this machine: the whole response.
pub(crate) fn fetched(address: &str) -> String {
    let rest = address.strip_prefix("http://").expect("an address of this machine");
    let (host, path) = rest.split_at(rest.find('/').expect("a path"));
    asked(host, &format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: other=1\r\n\r\n"))
}

/// What a host responds to a request.
pub(crate) fn asked(host: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(host).expect("something listens there");
    stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
    // A refused request may not be read to its end.
    let _ = stream.write_all(request.as_bytes());
    let mut response = String::new();
    stream.read_to_string(&mut response).expect("a response");
    response
}

/// The address to which the browser comes back, without its path.
pub(crate) fn callback_of(address: &str) -> String {
    let back = query(address)["redirect_uri"].clone();
    back.strip_prefix("http://")
        .and_then(|rest| rest.strip_suffix("/oauth/callback"))
        .expect("a callback")
        .to_owned()
}

/// Whether anything listens there.
pub(crate) fn is_open(host: &str) -> bool {
    TcpStream::connect(host).is_ok()
}

/// Signs in to IAM Identity Center by the fake browser.
pub(crate) fn signed_in(service: &IdentityCenter, home: &Sandbox, arguments: &[&str]) -> Ended {
    signed_in_by(|address| service.agree(address), home, arguments)
}

/// Signs in by the fake browser. The user agrees at the address that it is told to open.
pub(crate) fn signed_in_by(agree: impl Fn(&str) -> String, home: &Sandbox, arguments: &[&str]) -> Ended {
    let _ = fs::remove_file(home.path("opened"));
    let running = Running::start(home, arguments);
    let page = fetched(&agree(&opened(home)));
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    running.end()
}

pub(crate) fn cached(home: &Sandbox, path: &str) -> Value {
    json_of(&home.read(path))
}

/// The names of the cached tokens and registrations.
pub(crate) fn files(home: &Sandbox) -> Vec<String> {
    if home.path(".aws/sso/cache").exists() { names(&home.path(".aws/sso/cache")) } else { Vec::new() }
}

/// A digest as names of files have it.
pub(crate) fn hex(digest: &[u8]) -> String {
    digest.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}
