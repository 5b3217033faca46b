//! A run of `exec --serve` whose command waits, and requests to it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdin, ChildStdout, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::harness::{CANARY, Sandbox, with_default_signals};

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the command does: it tells its process ID and where its credentials are, and waits for a line.
const COMMAND: &str =
    "echo $$ $AWS_CONTAINER_CREDENTIALS_FULL_URI $AWS_CONTAINER_AUTHORIZATION_TOKEN; read line; exit 7";

/// An address with credentials.
#[derive(Clone)]
pub(crate) struct Door {
    pub(crate) port: u16,
    pub(crate) path: String,
    pub(crate) token: String,
}

impl Door {
    /// The response to a request: its status and its body. `None` if nobody is there.
    pub(crate) fn send(&self, request: &str) -> Option<(u16, String)> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        stream.write_all(request.as_bytes()).ok()?;
        let mut response = String::new();
        stream.read_to_string(&mut response).ok()?;
        let (head, body) = response.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Some((status, body.to_owned()))
    }

    pub(crate) fn request(&self) -> String {
        let Door { port, path, token } = self;
        format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: {token}\r\n\r\n")
    }

    /// The status and the document that an SDK gets.
    #[track_caller]
    pub(crate) fn ask(&self) -> (u16, Value) {
        let (status, body) = self.send(&self.request()).expect("a response");
        (status, serde_json::from_str(&body).expect("JSON"))
    }

    /// The credentials.
    #[track_caller]
    pub(crate) fn credentials(&self) -> Value {
        let (status, document) = self.ask();
        assert_eq!(status, 200, "{document}");
        document
    }
}

/// The run; it is killed when the test ends.
pub(crate) struct Running {
    pub(crate) child: Child,
    /// The process ID of the command.
    pub(crate) command: i32,
    pub(crate) door: Door,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

/// How a run has ended, and what it said.
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) output: String,
    pub(crate) errors: String,
}

impl Running {
    /// Starts `xcred exec --serve` with these options.
    pub(crate) fn start(sandbox: &Sandbox, options: &[&str]) -> Running {
        Running::start_with(sandbox, options, COMMAND)
    }

    /// The same with a script that begins as [`COMMAND`] does.
    pub(crate) fn start_with(sandbox: &Sandbox, options: &[&str], script: &str) -> Running {
        let mut command = sandbox.command();
        command.args(["exec", "-q", "--serve"]).args(options).args(["--", "sh", "-c", script]);
        let mut command = with_default_signals(command);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let (input, output) = (child.stdin.take(), child.stdout.take().expect("a pipe"));
        let mut output = BufReader::new(output);
        let mut line = String::new();
        output.read_line(&mut line).expect("a line");
        let [command, url, token] = line.split_whitespace().collect::<Vec<_>>()[..] else {
            let mut errors = String::new();
            let _ = child.stderr.take().expect("a pipe").read_to_string(&mut errors);
            panic!("{line:?}: {errors}");
        };
        let (port, path) =
            url.strip_prefix("http://127.0.0.1:").and_then(|rest| rest.split_once('/')).expect("a URL");
        let door =
            Door { port: port.parse().expect("a port"), path: format!("/{path}"), token: token.to_owned() };
        Running { child, command: command.parse().expect("a number"), door, input, output }
    }

    /// Lets the command end, and waits until xcred has.
    pub(crate) fn end(mut self) -> Ended {
        self.close();
        self.ended()
    }

    /// Gives the command a line.
    pub(crate) fn type_line(&mut self, line: &str) {
        let input = self.input.as_mut().expect("it is open");
        input.write_all(format!("{line}\n").as_bytes()).expect("a pipe");
    }

    /// Ends the input of the command.
    pub(crate) fn close(&mut self) {
        drop(self.input.take());
    }

    /// Waits until xcred has ended.
    #[track_caller]
    pub(crate) fn ended(&mut self) -> Ended {
        let status = self.status();
        let (mut output, mut errors) = (String::new(), String::new());
        let _ = self.output.read_to_string(&mut output);
        let _ = self.child.stderr.take().expect("a pipe").read_to_string(&mut errors);
        assert!(!output.contains(CANARY) && !errors.contains(CANARY), "{output}{errors}");
        Ended { status, output, errors }
    }

    #[track_caller]
    pub(crate) fn status(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a status") {
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "it doesn't end");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits for a line of the command that has this text.
    #[track_caller]
    pub(crate) fn see(&mut self, text: &str) {
        let mut line = String::new();
        while !line.contains(text) {
            line.clear();
            assert_ne!(self.output.read_line(&mut line).expect("a line"), 0, "no `{text}`");
        }
    }

    /// Sends a signal to xcred alone.
    pub(crate) fn signal(&self, name: &str) {
        signal(i32::try_from(self.child.id()).expect("a number"), name);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a signal to a process.
pub(crate) fn signal(process: i32, name: &str) {
    let kill = std::process::Command::new("sh").args(["-c", &format!("kill -{name} {process}")]).status();
    assert!(kill.expect("kill starts").success(), "{name}");
}
