//! The name of a setting: the keys that lead to it in the file.

use std::fmt;

use toml_edit::Key;

use super::Error;

/// A dotted name such as `cache.roles` or `mfa.devices."arn:aws:iam::1:mfa/me"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(Vec<String>);

impl Name {
    /// A name of these parts.
    pub fn of(parts: impl IntoIterator<Item = String>) -> Name {
        Name(parts.into_iter().collect())
    }

    /// Reads a name as TOML writes it.
    ///
    /// Shells take the quotes of `mfa.devices."arn:…"` away, so whatever TOML can't read after `mfa.devices.` is
    /// one serial.
    pub fn parse(text: &str) -> Result<Name, Error> {
        if let Ok(keys) = Key::parse(text) {
            return Ok(Name::of(keys.iter().map(|key| key.get().to_owned())));
        }
        match text.strip_prefix("mfa.devices.") {
            Some(serial) if !serial.is_empty() && !serial.contains(['"', '\'']) => {
                Ok(Name::of(["mfa", "devices", serial].map(str::to_owned)))
            }
            _ => Err(Error::Name { text: text.to_owned() }),
        }
    }

    /// The keys, the outermost first.
    pub fn parts(&self) -> &[String] {
        &self.0
    }
}

/// As it can be parsed again.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, part) in self.0.iter().enumerate() {
            let key = Key::new(part.as_str());
            write!(f, "{}{}", if at > 0 { "." } else { "" }, key.display_repr())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_as_in_toml_and_also_after_a_shell_took_its_quotes() {
        let parts = |text: &str| Name::parse(text).map(|name| name.0.join("|"));
        assert_eq!(parts("cache.roles").unwrap(), "cache|roles");
        assert_eq!(
            parts("mfa.devices.\"arn:aws:iam::1:mfa/a.b\"").unwrap(),
            "mfa|devices|arn:aws:iam::1:mfa/a.b"
        );
        assert_eq!(
            parts("mfa.devices.arn:aws:iam::1:mfa/a.b").unwrap(),
            "mfa|devices|arn:aws:iam::1:mfa/a.b"
        );
        assert_eq!(parts("mfa.devices.GAHT12345678").unwrap(), "mfa|devices|GAHT12345678");
        for text in ["", ".", "a b", "cache.", "mfa.devices.", "mfa.devices.\"a", "x.arn:aws"] {
            assert!(matches!(parts(text), Err(Error::Name { .. })), "{text}");
        }
    }

    #[test]
    fn a_name_is_shown_as_it_is_read() {
        for parts in [&["a", "b"][..], &["mfa", "devices", "arn:aws"], &["a.b", "", "\"", "'\"\n"]] {
            let name = Name::of(parts.iter().map(|part| (*part).to_owned()));
            assert_eq!(Name::parse(&name.to_string()).unwrap(), name);
        }
    }
}
