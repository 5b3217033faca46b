//! `login` to IAM Identity Center: in a browser, and with a code.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::harness::{CANARY, Sandbox, with_default_signals};
use crate::services::IdentityCenter;

pub(crate) const CONFIG: &str = "[profile dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\n\
     [sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n";

/// The name of the session's token.
pub(crate) const TOKEN: &str = ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

/// The longest that a test waits for the program.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser that only notes what it was told to open, and its arguments.
pub(crate) fn with_browser(home: Sandbox) -> Sandbox {
    let script = "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$@\" > \"$HOME/opened.new\"\nmv \"$HOME/opened.new\" \"$HOME/opened\"\n";
    let home = home.file("bin/browser", script);
    fs::set_permissions(home.path("bin/browser"), fs::Permissions::from_mode(0o755)).unwrap();
    let browser = home.path("bin/browser").to_str().unwrap().to_owned();
    home.env("BROWSER", &browser)
}

/// A sign-in that is running.
pub(crate) struct Running {
    child: Child,
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
        let mut command = with_default_signals(command);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Running { child: command.spawn().unwrap() }
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the end. No stream may show the canary.
    pub(crate) fn end(mut self) -> Ended {
        let start = Instant::now();
        while self.is_running() {
            assert!(start.elapsed() < PATIENCE, "it doesn't end");
            thread::sleep(Duration::from_millis(20));
        }
        let output = self.child.wait_with_output().unwrap();
        let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
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
    let rest = address.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_at(rest.find('/').unwrap());
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: other=1\r\n\r\n").unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    response
}

/// Signs in by the fake browser.
pub(crate) fn signed_in(service: &IdentityCenter, home: &Sandbox, arguments: &[&str]) -> Ended {
    let _ = fs::remove_file(home.path("opened"));
    let running = Running::start(home, arguments);
    let back = service.agree(&opened(home));
    let page = fetched(&back);
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    running.end()
}

fn cached(home: &Sandbox, path: &str) -> Value {
    serde_json::from_str(&home.read(path)).unwrap()
}

fn files(home: &Sandbox) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(home.path(".aws/sso/cache"))
        .map(|entries| entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect())
        .unwrap_or_default();
    names.sort();
    names
}

#[test]
fn a_sign_in_in_the_browser_is_cached_where_every_sdk_finds_it() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG)).revealing();
    let ended = signed_in(&service, &home, &["login", "-p", "dev"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""), "{}", ended.stderr);
    assert!(ended.stderr.contains("Signed in to https://corp.awsapps.com/start until "), "{}", ended.stderr);
    assert_eq!(service.calls(), ["RegisterClient", "CreateToken authorization_code"]);
    assert_eq!(home.read_config(), CONFIG);
    assert_eq!(files(&home).len(), 2);
    let token = cached(&home, TOKEN);
    let mut names: Vec<&String> = token.as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(
        names,
        [
            "accessToken",
            "clientId",
            "clientSecret",
            "expiresAt",
            "refreshToken",
            "region",
            "registrationExpiresAt",
            "startUrl"
        ]
    );
    for file in files(&home) {
        let mode = fs::metadata(home.path(".aws/sso/cache").join(&file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    home.run(&["credential-process", "-p", "dev"]).success();
    assert_eq!(service.count("CreateToken refresh_token"), 0);
    // The registration is used again.
    signed_in(&service, &home, &["login", "--sso-session", "corp"]);
    assert_eq!(service.count("RegisterClient"), 1);
}

#[test]
fn a_code_is_polled_for_no_faster_than_the_service_wants() {
    let service = IdentityCenter::start();
    service.state(|state| state.polls = vec!["authorization_pending", "server_error", "ok"]);
    let home = with_browser(service.home().config(CONFIG));
    let ended = Running::start(&home, &["login", "-p", "dev", "--use-device-code"]).end();
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""), "{}", ended.stderr);
    assert!(ended.stderr.contains("ABCD-EFGH"), "{}", ended.stderr);
    assert_eq!(opened(&home), "https://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH");
    let polled = service.state(|state| state.polled.clone());
    assert_eq!(polled.len(), 3);
    for pair in polled.windows(2) {
        assert!(pair[1] - pair[0] >= Duration::from_millis(990), "{polled:?}");
    }
    assert_eq!(cached(&home, TOKEN)["clientId"], json!("client-1"));
}
