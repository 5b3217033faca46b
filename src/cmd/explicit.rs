//! Credentials that options give.

use std::io::{self, IsTerminal};

use super::piped::Halves;
use crate::cli::Keys;
use crate::credentials::Credentials;
use crate::failure::{Code, Failure};
use crate::origin::{Located, Origin};
use crate::secret::Secret;
use crate::ui::{Ui, input};

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

/// The secret, and a token if there is one: from the descriptor, from standard input, or from a prompt.
fn halves(number: Option<u32>, ui: &Ui) -> Result<Halves, Failure> {
    match number {
        // Standard output and standard error are needed.
        Some(number @ (1 | 2)) => {
            let failure = Failure::usage(format!("file descriptor {number} is for output"));
            Err(failure.with_help("give the secret on another descriptor, such as `--secret-fd 3 3< FILE`"))
        }
        Some(number) => {
            let text = input::secret_on_descriptor(number, input::LONGEST_VALUE)?;
            Halves::of(&text, &format!("file descriptor {number}"))
        }
        None if io::stdin().is_terminal() => ask(ui),
        None => Halves::of(&input::secret_on_standard_input(input::LONGEST_VALUE)?, "standard input"),
    }
}

/// Prompts for the secret, and for an optional token.
fn ask(ui: &Ui) -> Result<Halves, Failure> {
    let Some(dialogue) = ui.dialogue()? else {
        let failure = Failure::plain(
            Code::NeedsTerminal,
            "the secret access key has to be typed, and there is no terminal",
        );
        return Err(failure.with_help("give it on standard input, or on a descriptor with `--secret-fd`"));
    };
    let ask = |label| dialogue.secret(label, None);
    Ok(Halves { secret: ask("AWS Secret Access Key")?, token: ask("AWS Session Token")? })
}
