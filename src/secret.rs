//! [`Secret`] can't be printed, serialized or compared by accident, and is wiped when it is dropped. [`redacted`] masks
//! secrets in text, also in the forms that services and programs give them.

mod embedded;
mod encodings;
mod escapes;
mod gate;
mod key_id;
mod keys;
mod mask;
mod shape;
mod withheld;

use std::fmt;

use zeroize::Zeroizing;

pub use embedded::{joined, without_name};
pub use gate::{forget, hold, redacted, watch};
pub use key_id::{is_hidden_key_id, shown_key_id};
pub use keys::{keys_in, without_keys};
pub use mask::{MASK, cover};
pub use shape::{Care, looks_secret, without_secrets};
pub use withheld::{
    SECRET as WITHHELD, breaks_line, is_withheld, withhold_answer, withhold_arguments, without_withheld,
};

/// What `aws configure` shows before the last characters of a stored value.
pub const HIDDEN: &str = "****************";

/// Whether a value given as an access key ID is more likely a secret or a token: IDs don't have these characters, the
/// length of a secret, or lower-case letters in a text this long.
pub fn is_impossible_key_id(text: &str) -> bool {
    text.contains(['/', '+', '='])
        || text.len() == 40
        || text.len() > 32 && text.contains(|c: char| c.is_ascii_lowercase())
}

/// A value that only [`expose`](Secret::expose) reveals; searching the sources for `expose` is the audit.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(Zeroizing::new(text.into()))
    }

    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The mask of `aws configure`: sixteen stars and the last four characters.
    ///
    /// Shorter text than twelve characters is masked completely: four characters would reveal too much of it.
    pub fn masked(&self) -> String {
        let count = self.0.chars().count();
        let tail: String = if count < 12 { String::new() } else { self.0.chars().skip(count - 4).collect() };
        format!("{HIDDEN}{tail}")
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::{Secret, is_impossible_key_id};

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(..)");
    }

    #[test]
    fn a_secret_in_place_of_an_id_is_recognized() {
        for secret in [
            "wJalrXUtnFEMI/K7MDENG",
            "wJalrXUtnFEMIaK7MDENGabPxRfiCYc4n4ryKEY1",
            "IQoJb3JpZ2luX2VjEJr",
            "a+b",
        ] {
            assert_eq!(is_impossible_key_id(secret), !secret.starts_with("IQ"), "{secret}");
        }
        assert!(is_impossible_key_id(&"FwoGZXIvYXdz".repeat(9)));
        for id in
            ["AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE", "test", "minio-root", "LKIAQAAAAAAAABLX2V6I"]
        {
            assert!(!is_impossible_key_id(id), "{id}");
        }
    }

    #[test]
    fn the_mask_shows_four_characters_of_a_long_value_only() {
        assert_eq!(Secret::new("AKIAIOSFODNN7EXAMPLE").masked(), "****************MPLE");
        assert_eq!(Secret::new("abc").masked(), "****************");
    }
}
