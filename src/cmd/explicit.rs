//! Credentials that options give.

use super::piped::Halves;
use crate::cli::Keys;
use crate::credentials::Credentials;
use crate::failure::Failure;
use crate::origin::{Located, Origin};
use crate::secret::Secret;
use crate::ui::Ui;
use crate::ui::input::Source;

/// Credentials from options: the ID is an argument; the secret and an optional token are lines on a file descriptor.
pub(super) fn explicit(keys: &Keys, ui: &Ui) -> Result<Option<Credentials>, Failure> {
    let option = |name| move |text: &String| Located::new(text.clone(), Origin::Option { name });
    let account_id = keys.account_id.as_ref().map(option("--account-id"));
    let access_key_id = keys.access_key_id.as_ref().map(option("--access-key-id"));
    if access_key_id.is_none() && account_id.is_none() {
        return Ok(None);
    }
    let has_key = access_key_id.is_some();
    let Halves { secret, token } = if has_key { halves(keys.secret_fd, ui)? } else { Halves::default() };
    let name = if keys.secret_fd.is_some() { "--secret-fd" } else { "standard input" };
    let located = |secret: Secret| Located::new(secret, Origin::Option { name });
    let (secret_access_key, session_token) = (secret.map(located), token.map(located));
    Ok(Some(Credentials {
        access_key_id,
        secret_access_key,
        session_token,
        account_id,
        ..Credentials::default()
    }))
}

/// The secret, and a token if there is one, from the descriptor or from standard input.
fn halves(number: Option<u32>, ui: &Ui) -> Result<Halves, Failure> {
    match number {
        // Standard output and standard error are needed.
        Some(number @ (1 | 2)) => {
            let failure = Failure::usage(format!("file descriptor {number} is for output"));
            Err(failure.with_help("give the secret on another descriptor, such as `--secret-fd 3 3< FILE`"))
        }
        Some(number) => Halves::read(Source::Descriptor(number), true, "", ui),
        None => Halves::read(Source::StandardInput, true, "", ui),
    }
}
