//! The comment that makes a profile xcred's.

/// The words that every mark begins with.
const WORDS: [&str; 3] = ["#", "xcred", "sync"];

/// What follows the name of the session.
const ADVICE: &str = ": delete this line to keep the profile as your own";

/// The mark of a profile of a session, or of a start URL.
pub(super) fn of(session: &str) -> String {
    format!("{} {session}{ADVICE}", WORDS.join(" "))
}

/// Whether a comment makes its profile one of a sync.
pub fn is_mark(comment: &str) -> bool {
    comment.split_whitespace().take(WORDS.len()).eq(WORDS)
}

/// The session in a mark, as far as it is still there.
pub(super) fn session(comment: &str) -> &str {
    let mut rest = comment;
    for word in WORDS {
        rest = rest.trim_start().strip_prefix(word).unwrap_or_default();
    }
    rest.strip_suffix(ADVICE).unwrap_or(rest).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_recognized_by_its_first_words() {
        let mark = of("my corp");
        assert_eq!(mark, "# xcred sync my corp: delete this line to keep the profile as your own");
        assert!(is_mark(&mark) && session(&mark) == "my corp");
        assert!(is_mark("#  xcred sync") && session("# xcred sync").is_empty());
        assert!(is_mark("# xcred sync corp, edited") && session("# xcred sync corp") == "corp");
        for other in ["# xcred", "# xcred synced", "#xcred sync", "; xcred sync", "# my xcred sync", ""] {
            assert!(!is_mark(other), "{other}");
        }
    }
}
