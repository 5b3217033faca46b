//! The user at the terminal, if there is one.

use std::path::Path;

use super::attendance::Attendance;
use super::device::CodeFrom;
use super::error::Error;
use crate::client;
use crate::secret::Secret;

pub trait Interaction {
    /// Whether somebody may be at a terminal to be asked.
    fn has_user(&self) -> bool;

    /// Whether programs may read standard input. It may be that of another command.
    fn lends_input(&self) -> bool;

    /// The current code of an MFA device.
    fn mfa_code(&self, serial: &str) -> Result<Secret, Error>;

    /// Where the code of an MFA device would come from.
    fn code_from(&self, serial: &str) -> CodeFrom;

    /// Reports a problem that is not an error.
    fn warn(&self, what: &str);

    /// Called before a program is started, which may use the terminal.
    fn attend(&self) -> Box<dyn Attendance>;

    /// Removes an empty file if Ctrl-C ends the program before the guard is dropped.
    fn leftover(&self, path: &Path) -> Box<dyn client::Guard>;
}
