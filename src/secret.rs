//! Text that must not be seen: [`Secret`] can't be printed, serialised or compared by accident, and is zeroed
//! when dropped. What others may have made of it on the way is taken out of all text by [`redacted`].

mod escapes;
mod gate;
mod shape;
mod withheld;

use std::fmt;

use zeroize::Zeroizing;

pub use gate::{REDACTED, forget, hold, redacted, watch};
pub use shape::{Care, looks_secret, without_secrets};
pub use withheld::{breaks_line, is_withheld, withhold_answer, withhold_arguments, without_withheld};

/// What stands where a secret is not shown.
pub const MASK: &str = "****************";

/// Whether what is given as the ID of an access key can't be one, and is most likely the secret or a token in its
/// place: IDs have no such marks, and neither the length of a secret nor small letters in such numbers.
pub fn is_no_key_id(text: &str) -> bool {
    text.contains(['/', '+', '='])
        || text.len() == 40
        || text.len() > 32 && text.contains(|c: char| c.is_ascii_lowercase())
}

/// A value that only [`expose`](Secret::expose) reveals; searching the sources for `expose` is the audit.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes ownership of `text`.
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(Zeroizing::new(text.into()))
    }

    /// The same for a value that may be sent to others, who may repeat it: [`redacted`] text does not have it.
    pub fn held(text: impl Into<String>) -> Secret {
        let secret = Secret::new(text);
        hold(secret.expose());
        secret
    }

    /// The text itself, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The mask of `aws configure`: sixteen stars and the last four characters.
    ///
    /// Text shorter than twelve characters is masked whole, because four characters would give too much of it away.
    pub fn masked(&self) -> String {
        let count = self.0.chars().count();
        let tail: String = if count < 12 { String::new() } else { self.0.chars().skip(count - 4).collect() };
        format!("{}{tail}", "*".repeat(16))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::{Secret, is_no_key_id};

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(..)");
    }

    #[test]
    fn a_secret_in_the_place_of_an_id_is_known_by_its_form() {
        for secret in [
            "wJalrXUtnFEMI/K7MDENG",
            "wJalrXUtnFEMIaK7MDENGabPxRfiCYc4n4ryKEY1",
            "IQoJb3JpZ2luX2VjEJr",
            "a+b",
        ] {
            assert_eq!(is_no_key_id(secret), !secret.starts_with("IQ"), "{secret}");
        }
        assert!(is_no_key_id(&"FwoGZXIvYXdz".repeat(9)));
        for id in
            ["AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE", "test", "minio-root", "LKIAQAAAAAAAABLX2V6I"]
        {
            assert!(!is_no_key_id(id), "{id}");
        }
    }

    #[test]
    fn the_mask_shows_the_last_four_of_a_long_value_only() {
        assert_eq!(Secret::new("AKIAIOSFODNN7EXAMPLE").masked(), "****************MPLE");
        assert_eq!(Secret::new("abc").masked(), "****************");
    }
}
