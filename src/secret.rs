//! [`Secret`] can't be printed, serialized or compared by accident, and is wiped when it is dropped. [`redacted`] masks
//! secrets in text, also in the forms that services and programs give them.

mod embedded;
mod encodings;
mod escapes;
mod gate;
mod key_id;
mod keys;
mod mask;
mod member;
mod secret_key;
mod shape;
mod withheld;

use std::fmt;

use zeroize::Zeroizing;

pub use embedded::{joined, without_name};
pub use gate::{forget, hold, mask_by_names, redacted, watch, without_values};
pub use key_id::{
    are_swapped, is_hidden_key_id, is_impossible_key_id, is_of_aws, is_plausible_access_key_id,
    is_temporary_key_id, new_key_id_fault, odd_access_key_id, shown_key_id,
};
pub use keys::{keys_in, without_keys};
pub use mask::{MASK, cover};
pub use secret_key::{SecretFault, is_unwritable_secret, secret_fault, stored_secret_fault};
pub use shape::{Care, looks_secret, without_secrets};
pub use withheld::{
    SECRET as WITHHELD, breaks_line, is_withheld, withhold_answer, withhold_arguments, without_withheld,
};

/// What `aws configure` shows before the last characters of a stored value.
pub const HIDDEN: &str = "****************";

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
    use super::Secret;

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(..)");
    }

    #[test]
    fn the_mask_shows_four_characters_of_a_long_value_only() {
        assert_eq!(Secret::new("AKIAIOSFODNN7EXAMPLE").masked(), "****************MPLE");
        assert_eq!(Secret::new("abc").masked(), "****************");
    }
}
