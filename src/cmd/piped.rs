//! Secrets from standard input or a file descriptor: the secret access key on the first line, a session token on the
//! second.

use crate::failure::Failure;
use crate::secret::Secret;
use crate::settings;
use crate::ui::input::{self, Source, Supplied};
use crate::ui::{PromptError, Ui, is_blank};

/// The secrets of the lines.
#[derive(Default)]
pub(super) struct Halves {
    pub(super) secret: Option<Secret>,
    pub(super) token: Option<Secret>,
}

const HELP: &str = "write the secret access key on the first line, and a session token on the second";

impl Halves {
    /// Reads the lines. At a terminal, it asks for them or, unless it `asks`, reads them without showing them. `farewell` is
    /// what Ctrl-C leaves there.
    pub(super) fn read(
        source: Source,
        asks: bool,
        farewell: &'static str,
        ui: &Ui,
    ) -> Result<Halves, Failure> {
        match input::supplied(source, input::LONGEST_VALUE, farewell, ui)? {
            Supplied::Text(text) => Halves::of(&text, &source.to_string()),
            Supplied::Typed(dialogue) => {
                if !asks {
                    return Halves::of(&dialogue.paste()?, &source.to_string());
                }
                let secret = dialogue.secret("AWS Secret Access Key")?;
                // Programs that write to a terminal end the input after the secret access key.
                let token = match dialogue.secret("AWS Session Token") {
                    Err(PromptError::Ended { .. }) => None,
                    token => token?,
                };
                Ok(Halves { secret, token })
            }
        }
    }

    /// Parses the lines. Messages call the text `from`.
    fn of(text: &Secret, from: &str) -> Result<Halves, Failure> {
        let mut lines = text.expose().lines().map(|line| line.trim_matches(is_blank));
        // The token must not be taken for the secret when the first line is empty.
        let first = lines.next().unwrap_or_default();
        let mut more = lines.filter(|line| !line.is_empty());
        let (token, surplus) = (more.next(), more.next());
        let refused = |what: &str| Err(Failure::usage(format!("{from} {what}")).with_help(HELP));
        if surplus.is_some() {
            return refused("has more than two lines");
        }
        if first.is_empty() && token.is_some() {
            return refused("has no secret access key: its first line is empty");
        }
        if [Some(first), token].into_iter().flatten().any(|line| line.contains(is_blank)) {
            return refused(
                "has a line that contains whitespace; a secret access key or session token has none",
            );
        }
        let given = |line: &str| Some(line).filter(|line| !line.is_empty()).map(Secret::held);
        Ok(Halves { secret: given(first), token: token.and_then(given) })
    }

    /// Refuses lines without a secret access key.
    pub(super) fn required(self, from: &str) -> Result<Halves, Failure> {
        if self.secret.is_none() {
            return Err(Failure::usage(format!("{from} has no secret access key")).with_help(HELP));
        }
        Ok(self)
    }
}

/// A value of a key that isn't empty: typed at a terminal, which shows it if it can't be a secret, otherwise standard input
/// without the line ending that a shell's `echo` adds.
pub(super) fn value(key: &str, farewell: &'static str, ui: &Ui) -> Result<Option<Secret>, Failure> {
    match input::supplied(Source::StandardInput, input::LONGEST_VALUE, farewell, ui)? {
        Supplied::Text(text) => {
            let line = text.expose().strip_suffix('\n').unwrap_or(text.expose());
            let value = Secret::new(line.strip_suffix('\r').unwrap_or(line));
            Ok(Some(value).filter(|value| !value.expose().is_empty()))
        }
        Supplied::Typed(dialogue) if is_shown(key) => Ok(dialogue.text(key, None, &[])?.map(Secret::new)),
        Supplied::Typed(dialogue) => Ok(dialogue.secret(key)?),
    }
}

/// Whether the value of a key can't be a secret: of a setting of AWS that has none.
fn is_shown(key: &str) -> bool {
    settings::variable(key).is_some() && !settings::is_secret(key) && !settings::is_command(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn halves(text: &str) -> Result<(Option<String>, Option<String>), String> {
        let halves = Halves::of(&Secret::new(text), "it").map_err(|failure| format!("{failure:?}"))?;
        let plain = |half: Option<Secret>| half.map(|half| half.expose().to_owned());
        Ok((plain(halves.secret), plain(halves.token)))
    }

    #[test]
    fn a_secret_and_a_token_have_a_line_each() {
        let (secret, token) = (Some("s".to_owned()), Some("t".to_owned()));
        for text in ["s", "s\n", "s\r\n", "s\r", " s \n\n", "s\n\r\n"] {
            assert_eq!(halves(text), Ok((secret.clone(), None)), "{text:?}");
        }
        for text in ["s\nt", "s\r\nt\r\n", "\u{200b}s\n\n t\u{a0}\n\n"] {
            assert_eq!(halves(text), Ok((secret.clone(), token.clone())), "{text:?}");
        }
        assert_eq!(halves(""), Ok((None, None)));
        assert_eq!(halves(" \n\n"), Ok((None, None)));
    }

    #[test]
    fn anything_else_is_refused() {
        for (text, reason) in [
            ("\nt", "first line is empty"),
            ("s\nt\nu", "more than two lines"),
            ("s t", "whitespace"),
            ("s\nt u", "whitespace"),
        ] {
            assert!(halves(text).unwrap_err().contains(reason), "{text:?}");
        }
    }
}
