//! The characters of profile names. The SDKs for JavaScript and for Rust don't see profiles with other names, and say
//! nothing about it.

/// Whether a value may have the character in a profile's name.
fn is_in_values(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_@+.%:-".contains(c)
}

/// Whether a profile's name may have the character.
pub(super) fn is_in_names(c: char) -> bool {
    is_in_values(c) || c == '/'
}

/// The value with a hyphen in place of other characters, however many there are in a row, and without hyphens at its
/// ends.
pub fn reduced(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut is_replaced = false;
    for c in value.chars() {
        let hyphen = !is_in_values(c);
        if (hyphen || c == '-') && text.ends_with('-') && (hyphen || is_replaced) {
            is_replaced |= hyphen;
        } else {
            text.push(if hyphen { '-' } else { c });
            is_replaced = hyphen;
        }
    }
    text.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_characters_become_one_hyphen() {
        for (value, expected) in [
            ("Log Archive", "Log-Archive"),
            ("a  b", "a-b"),
            ("R&D (Berlin)", "R-D-Berlin"),
            ("a - b", "a-b"),
            ("a--b", "a--b"),
            ("-a-", "a"),
            (" a\t", "a"),
            ("a/b", "a-b"),
            ("a@b.c+d%e:f_g", "a@b.c+d%e:f_g"),
            ("Z\u{fc}rich", "Z-rich"),
            ("\u{65e5}\u{672c}", ""),
            ("a]b\n[x", "a-b-x"),
            ("", ""),
        ] {
            assert_eq!(reduced(value), expected, "{value:?}");
        }
    }
}
