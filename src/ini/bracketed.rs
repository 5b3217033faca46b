//! Headers as they are typed with other brackets, or with more than a name between brackets on their lines.

use crate::text::{is_unseen, without_comment};

/// What people type for `[` and `]`; on keyboards of East Asia the others are nearer.
const OPENING: &str = "[(<{［（＜｛【〔〖「『〈《";
const CLOSING: &str = "])>}］）＞｝】〕〗」』〉》";

/// Headers of `dev` that are not read as such.
#[cfg(test)]
pub const DISGUISED: [&str; 13] = [
    "［dev］",
    "【dev】",
    "(dev)",
    "{dev}",
    "<dev>",
    "\"[dev]\"",
    "\\[dev]",
    "*[dev]",
    "- [dev]",
    "> [dev]",
    "//[dev]",
    "+[dev]",
    "%[dev]",
];

/// What the config file's headers begin with.
const WORDS: [&str; 3] = ["profile ", "sso-session ", "services "];

/// The name in a line that was meant for a header, and isn't one because its brackets are others or something else is around them.
/// Of `[name]` behind invisible characters, and of a header with one bracket of the usual ones, it knows nothing.
pub(super) fn disguised_name(line: &str) -> Option<&str> {
    let line = without_comment(line).trim();
    let is_mark = |brackets: &'static str| move |c: char| !c.is_alphanumeric() && !brackets.contains(c);
    let text = line.trim_start_matches(is_mark(OPENING)).trim_end_matches(is_mark(CLOSING));
    let (opening, closing) = (text.chars().next()?, text.chars().next_back()?);
    let name = match (OPENING.contains(opening), CLOSING.contains(closing)) {
        (true, true) if (opening, closing) == ('[', ']') && is_only_unseen(line, text) => return None,
        (true, true) => &text[opening.len_utf8()..text.len() - closing.len_utf8()],
        // One of the usual brackets alone is in prose and lists, too.
        (true, false) if !opening.is_ascii() => &text[opening.len_utf8()..],
        (false, true) if !closing.is_ascii() => &text[..text.len() - closing.len_utf8()],
        _ => return None,
    };
    let name = name.trim();
    let has_one_word = !name.contains(char::is_whitespace);
    let is_short = has_one_word || WORDS.iter().any(|word| name.starts_with(word));
    let is_name = name.starts_with(char::is_alphanumeric)
        && !name.contains(|c: char| ",=:\"".contains(c) || OPENING.contains(c) || CLOSING.contains(c));
    (is_name && is_short).then_some(name)
}

/// The text between the brackets of a header as it is written, which may lack one of them.
pub fn unbracketed(header: &str) -> &str {
    disguised_name(header).unwrap_or_else(|| {
        let inside = header.strip_prefix('[').unwrap_or(header);
        inside.strip_suffix(']').unwrap_or(inside)
    })
}

/// Whether what `line` has in front of `text` can't be seen, and nothing is behind it.
fn is_only_unseen(line: &str, text: &str) -> bool {
    line.strip_suffix(text).is_some_and(|before| before.chars().all(|c| c.is_whitespace() || is_unseen(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_with_other_brackets_or_more_around_them_has_the_name_that_was_meant() {
        let others = ["[dev］", "［dev]", "[dev)", "dev］", "［dev", "「dev」 # mine", "`[dev]`,"];
        for line in DISGUISED.into_iter().chain(others) {
            assert_eq!(disguised_name(line), Some("dev"), "{line}");
            assert_eq!(unbracketed(line), "dev", "{line}");
        }
        for line in ["(profile dev)", "［ profile dev ］", "[profile dev］"] {
            assert_eq!(disguised_name(line), Some("profile dev"), "{line}");
        }
        for line in [
            "[dev]",
            "\u{feff}[dev]",
            "[dev",
            "dev]",
            "dev",
            "profile dev",
            "[]",
            "()",
            "```",
            "(see the wiki)",
            "<<<<<<< HEAD",
            ">>>>>>> b",
            "||||||| a",
            "=======",
            "(a, b)",
            "- [ ] to do",
            "(dev",
            "dev)",
            "（）",
        ] {
            assert_eq!(disguised_name(line), None, "{line}");
        }
    }
}
