//! Arguments that are never repeated in messages: a file pasted into an argument, or a secret in the wrong one, must not
//! end up in a log.

use std::borrow::Cow;
use std::ffi::OsString;
use std::sync::{Mutex, PoisonError};

use super::keys::keys_in;
use super::shape::looks_secret;
use crate::text::{is_unseen, visible};

/// Text, and what is printed in its place. The longest is first.
static WITHHELD: Mutex<Vec<(String, &'static str)>> = Mutex::new(Vec::new());

/// In bytes. A longer argument doesn't make a message clearer.
const LONGEST: usize = 4096;

/// In bytes. A shorter line of an argument may be an ordinary word.
const SHORTEST_LINE: usize = 8;

const OF_LINES: &str = "(text with a line break)";
/// Printed in place of an argument that may be a secret.
pub const SECRET: &str = "(text that looks like a secret)";
const LONG: &str = "(a long text)";

/// Withholds the arguments that must not be repeated, and those with a value that `has_secret` knows by its name. The first
/// `own` of them are this program's; no message repeats a part of another program's.
pub fn withhold_arguments(arguments: &[OsString], own: usize, has_secret: impl Fn(&str) -> bool) {
    for (at, argument) in arguments.iter().enumerate().skip(1) {
        let text = argument.to_string_lossy();
        if let Some(instead) = reason(&text) {
            withhold(&text, instead);
        } else if has_secret(&text) {
            add(&text, SECRET);
            let value = text.split_once('=').map(|(_, value)| value).filter(|_| at < own);
            if let Some(value) = value.filter(|value| value.len() >= SHORTEST_LINE) {
                add(value, SECRET);
            }
        }
    }
}

/// Withholds an answer that came through a pipe.
pub fn withhold_answer(answer: &str) {
    add(answer, "(the answer)");
}

pub fn without_withheld(text: &str) -> Cow<'_, str> {
    let withheld = WITHHELD.lock().unwrap_or_else(PoisonError::into_inner);
    let first = |rest: &str| {
        let found = withheld
            .iter()
            .filter_map(|(part, instead)| Some((rest.find(part.as_str())?, part.len(), *instead)));
        // Of those that begin in one place the longest, which is the first.
        found.min_by_key(|(at, ..)| *at)
    };
    // What is printed in place of one is not searched for others.
    let (mut rest, mut shown) = (text, String::new());
    while let Some((at, length, instead)) = first(rest) {
        shown.push_str(&rest[..at]);
        shown.push_str(instead);
        rest = &rest[at + length..];
    }
    if shown.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(shown + rest) }
}

/// Whether an argument is too long, has a line break or looks like a secret.
pub fn is_withheld(text: &str) -> bool {
    reason(text).is_some()
}

/// Whether any program takes this character for the end of a line.
pub fn breaks_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn reason(text: &str) -> Option<&'static str> {
    if text.contains(breaks_line) {
        Some(OF_LINES)
    } else if text.len() > LONGEST {
        Some(LONG)
    } else if looks_secret(text) || is_pair(text) {
        Some(SECRET)
    } else {
        None
    }
}

/// Whether it is an access key ID and more, like a line of a CSV file.
fn is_pair(text: &str) -> bool {
    let is_upper = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let is_id = |word: &str| {
        (16..=128).contains(&word.len())
            && word.bytes().all(is_upper)
            && word.bytes().any(|byte| byte.is_ascii_uppercase())
    };
    text.contains([',', ';', '\t', '|']) && text.split(|c: char| !c.is_alphanumeric()).any(is_id)
}

/// Withholds an argument, and the parts of it that a message may repeat.
fn withhold(argument: &str, instead: &'static str) {
    let value = argument.split_once('=').map(|(_, value)| value).filter(|_| argument.starts_with('-'));
    let attached =
        argument.strip_prefix('-').filter(|rest| !rest.starts_with('-')).and_then(|rest| rest.get(1..));
    for text in [Some(argument), value, attached].into_iter().flatten().filter(|text| reason(text).is_some())
    {
        add(text, instead);
        // As the names of keys are.
        add(&text.to_lowercase(), instead);
        // Messages name the parts of `profile.NAME.KEY`, and an option without what follows its `=`.
        for place in keys_in(text) {
            let key = text[place].trim_end_matches('=');
            add(key, instead);
            add(&key.to_lowercase(), instead);
        }
        // Messages escape invisible characters.
        add(&visible(text), instead);
        for line in text.split(is_unseen).map(str::trim).filter(|line| line.len() >= SHORTEST_LINE) {
            add(line, instead);
        }
    }
}

fn add(text: &str, instead: &'static str) {
    if text.is_empty() {
        return;
    }
    let mut withheld = WITHHELD.lock().unwrap_or_else(PoisonError::into_inner);
    if withheld.iter().any(|(known, _)| known == text) {
        return;
    }
    withheld.push((text.to_owned(), instead));
    withheld.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_with_lines_and_keys_are_not_repeated() {
        for text in [
            "a\nb",
            "a\rb",
            "a\u{2028}b",
            "a\u{85}b",
            "AKIAIOSFODNN7EXAMPLE,short",
            "ann;AKIAIOSFODNN7EXAMPLE;short",
            "\"AKIAIOSFODNN7EXAMPLE\"\t\"short\"",
            "--csv=~/AKIAIOSFODNN7EXAMPLE,short",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            &"x".repeat(5000),
        ] {
            assert!(is_withheld(text), "{text}");
        }
        for text in
            ["AKIAIOSFODNN7EXAMPLE", "a,b", "dev", "--profile=dev", "eu-west-1", "/home/me/keys, old.csv"]
        {
            assert!(!is_withheld(text), "{text}");
        }
    }

    #[test]
    fn neither_the_argument_nor_a_line_of_it_is_repeated() {
        withhold_arguments(
            &["xcred", "--csv=User,Key\nann,pass-word-1", "-pone\rtwo-two-two"].map(OsString::from),
            3,
            |_| false,
        );
        assert_eq!(
            without_withheld("`User,Key\nann,pass-word-1` is not there"),
            format!("`{OF_LINES}` is not there")
        );
        assert_eq!(without_withheld("line ann,pass-word-1!"), format!("line {OF_LINES}!"));
        assert_eq!(without_withheld("profile `one\rtwo-two-two`"), format!("profile `{OF_LINES}`"));
        assert_eq!(without_withheld("`two-two-two`"), format!("`{OF_LINES}`"));
        assert_eq!(without_withheld("`one\\rtwo-two-two`"), format!("`{OF_LINES}`"));
        assert_eq!(without_withheld("two"), "two");
        assert_eq!(
            without_withheld("USER,KEY\nANN,PASS-WORD-1 user,key\nann,pass-word-1").matches(OF_LINES).count(),
            1
        );
    }

    #[test]
    fn a_word_with_a_line_break_garbles_no_message() {
        withhold_arguments(
            &["xcred", "a\n", "-p", "l\r", "(text\n", "\nerror-of-nine\n"].map(OsString::from),
            6,
            |_| false,
        );
        let message = "error: profile `NAME` not found, as all (text of it)";
        assert_eq!(without_withheld(message), message);
        assert_eq!(without_withheld("profile `a\n`, `a\\n`"), format!("profile `{OF_LINES}`, `{OF_LINES}`"));
        assert_eq!(without_withheld("`l\r`"), format!("`{OF_LINES}`"));
        assert_eq!(without_withheld("error-of-nine"), OF_LINES);
    }

    #[test]
    fn a_part_of_a_secret_argument_is_not_repeated_either() {
        let key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYc4n4ryKEY1";
        let dotted = format!("profile.{key}.region");
        let words = [
            "xcred",
            &format!("--{key}=="),
            &dotted,
            "AWS_SECRET_ACCESS_KEY=minioadmin1",
            "x=1",
            "--",
            "AWS_SECRET_NAME=production",
        ];
        withhold_arguments(&words.map(OsString::from), 5, |word| word.starts_with("AWS_SECRET"));
        assert_eq!(without_withheld("production AWS_SECRET_NAME=production"), format!("production {SECRET}"));
        for text in [format!("--{key}"), key.to_owned(), key.to_lowercase()] {
            assert!(!without_withheld(&text).to_lowercase().contains("wjalr"), "{text}");
        }
        for text in ["AWS_SECRET_ACCESS_KEY=minioadmin1", "minioadmin1"] {
            assert_eq!(without_withheld(text), SECRET);
        }
        assert_eq!(without_withheld("x=1"), "x=1");
    }
}
