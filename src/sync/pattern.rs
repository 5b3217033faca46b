//! Which accounts and roles are meant.

use std::convert::Infallible;
use std::str::FromStr;

/// `ACCOUNT` or `ACCOUNT/ROLE`, where an account is its name or its ID, `*` is any text and `?` any character. The
/// case of letters doesn't matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    account: Vec<char>,
    role: Vec<char>,
}

impl FromStr for Pattern {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Pattern, Infallible> {
        // A role's name has no slash; an account's may have one.
        let (account, role) = text.rsplit_once('/').unwrap_or((text, "*"));
        Ok(Pattern { account: folded(account), role: folded(role) })
    }
}

impl Pattern {
    pub fn includes_account(&self, id: &str, name: Option<&str>) -> bool {
        is_match(&self.account, &folded(id))
            || name.is_some_and(|name| is_match(&self.account, &folded(name)))
    }

    pub fn includes_role(&self, role: &str) -> bool {
        is_match(&self.role, &folded(role))
    }
}

fn folded(text: &str) -> Vec<char> {
    text.to_lowercase().chars().collect()
}

/// Whether the whole text matches. It goes back to the last `*` only, which is enough.
fn is_match(pattern: &[char], text: &[char]) -> bool {
    let (mut at, mut from, mut star) = (0, 0, None);
    while from < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, from));
                at += 1;
            }
            Some(c) if *c == '?' || *c == text[from] => {
                at += 1;
                from += 1;
            }
            _ => {
                let Some((behind, taken)) = star else { return false };
                star = Some((behind, taken + 1));
                at = behind + 1;
                from = taken + 1;
            }
        }
    }
    pattern[at..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_names_an_account_and_perhaps_a_role() {
        for (pattern, name, role, expected) in [
            ("prod", "prod", "Admin", true),
            ("PROD", "prod", "Admin", true),
            ("prod", "prod-eu", "Admin", false),
            ("prod*", "prod-eu", "Admin", true),
            ("*", "prod", "Admin", true),
            ("1111*", "prod", "Admin", true),
            ("111122223333/Admin", "prod", "Admin", true),
            ("*/Read*", "prod", "Admin", false),
            ("*/Read*Only", "prod", "ReadVeryOnlyOnly", true),
            ("a/b/Admin", "a/b", "Admin", true),
            ("pr?d/*", "prod", "Admin", true),
            ("pr?d", "prd", "Admin", false),
            ("", "prod", "Admin", false),
            ("a*b*c", "aXbYc", "Admin", true),
            ("a*b*c", "aXbYcd", "Admin", false),
        ] {
            let parsed: Pattern = pattern.parse().unwrap();
            let matches = parsed.includes_account("111122223333", Some(name)) && parsed.includes_role(role);
            assert_eq!(matches, expected, "{pattern} {name}/{role}");
        }
    }
}
