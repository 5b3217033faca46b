//! The person at the terminal, for the chain: who types codes, and sees what is waited for.

use std::path::Path;
use std::process::{Command, Stdio};

use zeroize::Zeroizing;

use crate::chain::{self, Error, Waiting};
use crate::preferences::Preferences;
use crate::profile::words;
use crate::secret::Secret;
use crate::ui::{Dialogue, Leftover, PromptError, Ui, Wait};

/// The variable that tells a program which device's code is asked for.
const SERIAL: &str = "XCRED_MFA_SERIAL";

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
            let _told = Wait::new(&format!("the MFA code of {serial}"));
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

    fn leftover(&self, path: &Path) -> Box<dyn Waiting> {
        Box::new(Leftover::new(path))
    }
}

/// The first line that a program prints.
fn from_program(command: &str, serial: &str) -> Result<Secret, Error> {
    let failed = |message: String| Error::Provider {
        provider: format!("MFA code for {serial}").into(),
        message,
        origin: None,
        help: Some("see `xcred settings list`".into()),
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

impl Waiting for Wait {}

impl Waiting for Leftover {}
