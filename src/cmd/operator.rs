//! The person at the terminal, for the chain: who types codes, and sees what is waited for.

use std::io::{IsTerminal, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use zeroize::Zeroizing;

use crate::chain::{self, Error, Waiting};
use crate::preferences::Preferences;
use crate::profile::words;
use crate::secret::Secret;
use crate::ui::{Dialogue, PromptError, Ui, harmless};

/// The variable that tells a program which device's code is asked for.
const SERIAL: &str = "XCRED_MFA_SERIAL";

/// How long a wait may be before it is told.
const PATIENCE: Duration = Duration::from_millis(500);

/// The person at the terminal, or a program that answers for them.
pub(super) struct Operator<'u> {
    ui: &'u Ui,
    preferences: &'u Preferences,
}

impl<'u> Operator<'u> {
    pub(super) fn new(ui: &'u Ui, preferences: &'u Preferences) -> Operator<'u> {
        Operator { ui, preferences }
    }
}

impl chain::Operator for Operator<'_> {
    fn mfa_code(&self, serial: &str) -> Result<Secret, Error> {
        if let Some(command) = self.preferences.mfa_command(serial) {
            return from_program(command, serial);
        }
        let failed = |error: PromptError| match error {
            PromptError::Interrupted => Error::Interrupted,
            PromptError::Ended | PromptError::Io(_) => Error::NeedsTerminal { serial: serial.to_owned() },
        };
        let Some(dialogue) = Dialogue::open(self.ui).map_err(failed)? else {
            return Err(Error::NeedsTerminal { serial: serial.to_owned() });
        };
        let code = dialogue.secret(&format!("Enter MFA code for {serial}"), None).map_err(failed)?;
        code.ok_or(Error::Interrupted)
    }

    fn waiting(&self, what: &str) -> Box<dyn Waiting> {
        Box::new(Wait::new(what))
    }
}

/// The first line that a program prints.
fn from_program(command: &str, serial: &str) -> Result<Secret, Error> {
    let failed = |message: String| Error::Provider {
        provider: format!("MFA code for {serial}"),
        message,
        origin: None,
        help: Some("see `xcred settings list`".to_owned()),
    };
    let words = words::split(command).filter(|words| !words.is_empty());
    let Some(words) = words else { return Err(failed("the command has an unbalanced quote".to_owned())) };
    let mut program = Command::new(&words[0]);
    program.args(&words[1..]).env(SERIAL, serial).stdout(Stdio::piped());
    let output = program.spawn().and_then(std::process::Child::wait_with_output);
    let output = output.map_err(|error| failed(format!("`{}` can't be started: {error}", words[0])))?;
    let printed = Zeroizing::new(output.stdout);
    let text = String::from_utf8_lossy(&printed);
    let code = text.lines().next().unwrap_or_default().trim();
    if !output.status.success() || code.is_empty() {
        return Err(failed(format!("`{}` printed no code ({})", words[0], output.status)));
    }
    Ok(Secret::new(code))
}

/// A line on the terminal that appears when a wait takes long, and goes when it is over.
struct Wait(Option<(Sender<()>, JoinHandle<()>)>);

impl Wait {
    fn new(what: &str) -> Wait {
        if !std::io::stderr().is_terminal() {
            return Wait(None);
        }
        let (over, ended) = mpsc::channel();
        let line = format!("\rwaiting for {} …", harmless(what));
        let thread = thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                let mut terminal = std::io::stderr();
                let _ = terminal.write_all(line.as_bytes());
                let _ = ended.recv();
                let _ = terminal.write_all(b"\r\x1b[K");
            }
        });
        Wait(Some((over, thread)))
    }
}

impl Waiting for Wait {}

impl Drop for Wait {
    fn drop(&mut self) {
        if let Some((over, thread)) = self.0.take() {
            drop(over);
            let _ = thread.join();
        }
    }
}
