//! MFA devices, and where their codes come from.

use crate::origin::{Located, Origin};

/// Where the code of an MFA device comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeFrom {
    /// The program of a setting.
    Program(Origin),
    /// It is typed.
    Terminal,
    /// There is no program and no terminal.
    Unavailable,
}

/// The use of an MFA device by a provider.
#[derive(Clone, Debug)]
pub struct Device {
    pub serial: Located<String>,
    pub from: CodeFrom,
    /// The setting by which a session with the code is shared.
    pub session: Option<Origin>,
}
