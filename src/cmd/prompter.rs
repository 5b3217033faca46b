//! Asks the user, or a program, for MFA codes, and shows what a command is waiting for.

use std::path::Path;
use std::sync::Arc;

use crate::chain::{Attendance, Circle, CodeFrom, Error, Interaction, Mfa, Program};
use crate::client::{Guard, Progress};
use crate::config::Config;
use crate::secret::Secret;
use crate::settings::{is_security_key, program_name};
use crate::store;
use crate::text::words;
use crate::ui::{
    Modes, PromptError, Ui, Undo, Wait, is_blank, mfa_code, terminal_is_lent, undo_on_interrupt,
};
use crate::world::{self, World};

/// The variable that names the MFA device to the program that prints its codes.
const SERIAL: &str = "XCRED_MFA_SERIAL";

pub(super) struct Prompter<'u> {
    pub(super) world: &'u World,
    pub(super) ui: &'u Ui,
    pub(super) config: &'u Config,
    pub(super) circle: &'u Circle,
}

impl Prompter<'_> {
    /// The first line that the program prints and that isn't blank.
    fn ask_program(&self, command: &str, serial: &str) -> Result<Secret, Error> {
        let failed = |fault| Error::Mfa { serial: serial.to_owned(), fault };
        let words = words::split(command).filter(|words| !words.is_empty());
        let words = words.ok_or_else(|| failed(Mfa::UnbalancedQuote))?;
        let variable = self.circle.enter(self.world, "mfa.command")?;
        let program = Program {
            words: &words,
            variables: &[variable, (SERIAL, serial.to_owned())],
            limit: self.config.process_timeout(),
            keeps_errors: false,
            reads: self.lends_input(),
        };
        let name = || program_name(&words);
        let ended =
            program.run(self.attend()).map_err(|fault| failed(Mfa::Stopped { program: name(), fault }))?;
        let text = String::from_utf8_lossy(&ended.printed);
        let line = text.lines().find(|line| !line.chars().all(is_blank));
        let Some(line) = line.filter(|_| ended.status.success()) else {
            return Err(failed(Mfa::NoCode { program: name(), status: ended.status }));
        };
        let code = mfa_code(line).ok_or_else(|| failed(Mfa::NotACode { program: name() }))?;
        Ok(Secret::held(code.expose()))
    }
}

impl Interaction for Prompter<'_> {
    fn has_user(&self) -> bool {
        self.ui.has_user()
    }

    fn lends_input(&self) -> bool {
        !terminal_is_lent()
    }

    fn mfa_code(&self, serial: &str) -> Result<Secret, Error> {
        if let Some(command) = self.config.mfa_command(serial) {
            return self.ask_program(command, serial);
        }
        let failed = |error: PromptError| match error {
            PromptError::Interrupted => Error::Interrupted,
            PromptError::Ended { .. } | PromptError::Io(_) => {
                Error::NeedsTerminal { serial: serial.to_owned() }
            }
        };
        let Some(dialogue) = self.ui.dialogue("canceled").map_err(failed)? else {
            return Err(Error::NeedsTerminal { serial: serial.to_owned() });
        };
        if is_security_key(serial) {
            self.ui.warning("a security key (FIDO) can't be used here: AWS takes a six-digit code only");
        }
        let refused = |fault| Error::Mfa { serial: serial.to_owned(), fault };
        match dialogue.code(&format!("Enter MFA code for {serial}")) {
            // Ctrl-D is at a terminal.
            Err(PromptError::Ended { .. }) => Err(refused(Mfa::Ended)),
            code => code.map_err(failed)?.ok_or_else(|| refused(Mfa::NotTyped)),
        }
    }

    fn code_from(&self, serial: &str) -> CodeFrom {
        match self.config.mfa_command_place(serial) {
            Some(place) => CodeFrom::Program(place.clone().into()),
            None if self.ui.has_user() => CodeFrom::Terminal,
            None => CodeFrom::Unavailable,
        }
    }

    fn warn(&self, what: &str) {
        self.ui.warning(what);
    }

    fn attend(&self) -> Box<dyn Attendance> {
        // A renewal leaves the terminal alone, which belongs to the command that is served.
        let modes = if terminal_is_lent() { None } else { Modes::now() };
        Box::new(Attended { modes: modes.map(Arc::new), undo: None })
    }

    fn leftover(&self, path: &Path) -> Box<dyn Guard> {
        let path = path.to_owned();
        Box::new(undo_on_interrupt(move || store::remove_if_empty(&path)))
    }
}

struct Attended {
    /// Those of the terminal before the program.
    modes: Option<Arc<Modes>>,
    undo: Option<Undo>,
}

impl Attendance for Attended {
    fn started(&mut self, process: u32) {
        let modes = self.modes.clone();
        self.undo = Some(undo_on_interrupt(move || {
            world::stop_soon(process);
            if let Some(modes) = &modes {
                modes.restore();
            }
        }));
    }

    fn stopped(&self) {
        if let Some(modes) = &self.modes {
            modes.restore();
        }
    }
}

/// Shows what is waited for, on a terminal.
pub(super) struct Waits;

impl Progress for Waits {
    fn show(&self, what: &str) -> Box<dyn Guard> {
        Box::new(Wait::new(what))
    }
}

impl Guard for Wait {}

impl Guard for Undo {}
