//! Text that must not be seen: [`Secret`] can't be printed, serialised or compared by accident, and is zeroed
//! when dropped.

mod shape;
mod withheld;

use std::fmt;

use zeroize::Zeroizing;

pub use shape::{Care, looks_secret, without_secrets};
pub use withheld::{breaks_line, is_withheld, withhold_answer, withhold_arguments, without_withheld};

/// What stands where a secret is not shown.
pub const MASK: &str = "****************";

/// A value that only [`expose`](Secret::expose) reveals; searching the sources for `expose` is the audit.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes ownership of `text`.
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(Zeroizing::new(text.into()))
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
    use super::Secret;

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(..)");
    }

    #[test]
    fn the_mask_shows_the_last_four_of_a_long_value_only() {
        assert_eq!(Secret::new("AKIAIOSFODNN7EXAMPLE").masked(), "****************MPLE");
        assert_eq!(Secret::new("abc").masked(), "****************");
    }
}
