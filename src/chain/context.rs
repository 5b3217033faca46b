//! What a resolution depends on.

use std::path::Path;
use std::time::Duration;

use super::{Cache, Circle, Error};
use crate::client;
use crate::origin::Located;
use crate::secret::Secret;

pub struct Context<'c> {
    /// The profile and the network.
    pub client: client::Context<'c>,
    /// Credentials from options. With them no provider is asked.
    pub explicit: Option<&'c Explicit>,
    /// The cache of role credentials; none with `--no-cache`.
    pub cache: Option<Cache>,
    /// The profiles of the programs that started this run.
    pub circle: &'c Circle,
    /// How long a program may take.
    pub process_limit: Duration,
    pub interaction: &'c dyn Interaction,
}

/// The user at the terminal, if there is one.
pub trait Interaction: client::Progress {
    /// The current code of an MFA device.
    fn mfa_code(&self, serial: &str) -> Result<Secret, Error>;

    /// Reports a problem that prevents nothing.
    fn warn(&self, what: &str);

    /// Removes an empty file if Ctrl-C ends the program before the guard is dropped.
    fn leftover(&self, path: &Path) -> Box<dyn client::Guard>;
}

/// Credentials from options.
#[derive(Clone, Debug)]
pub struct Explicit {
    pub access_key_id: Option<Located<String>>,
    pub secret_access_key: Option<Located<Secret>>,
    pub session_token: Option<Located<Secret>>,
    pub account_id: Option<Located<String>>,
}
