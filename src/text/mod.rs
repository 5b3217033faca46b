//! Text that is not of any format: invisible characters, shell words, quotes, similar names; and searches for bytes.

use std::cmp::Reverse;

use zeroize::Zeroizing;

mod disguise;
pub(crate) mod search;
mod unseen;
pub(crate) mod words;

pub(crate) use disguise::{disguise, has_twins, taken_for, undisguised};
pub(crate) use unseen::{are_printable_lines, is_printable, is_unseen, visible};

/// The text between quotes of one kind at both ends, which botocore keeps and some SDKs remove.
pub(crate) fn unquoted(text: &str) -> Option<&str> {
    ['"', '\''].into_iter().find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote))
}

/// What word processors, chats and keyboards of phones write in place of plain quotes.
const TYPOGRAPHIC: [char; 11] = ['“', '”', '„', '‟', '‘', '’', '‚', '‛', '«', '»', '＂'];

/// The text between quotes of any kind at both ends. No reader removes typographic ones.
pub(crate) fn without_quotes(text: &str) -> Option<&str> {
    unquoted(text).or_else(|| text.strip_prefix(TYPOGRAPHIC)?.strip_suffix(TYPOGRAPHIC))
}

/// A list in words, with `and` or `or` before the last: `a`, `a or b`, `a, b or c`.
pub(crate) fn listed(words: &[&str], conjunction: &str) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} {conjunction} {last}", first.join(", ")),
        _ => words.concat(),
    }
}

/// The value of a decimal digit. The ten digits of a script are consecutive in Unicode; these are the zeros.
pub(crate) fn digit(c: char) -> Option<u32> {
    const ZEROS: [u32; 37] = [
        0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
        0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0,
        0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    ];
    let code = u32::from(c);
    ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).map(|zero| code - zero)
}

/// The hexadecimal digits of bytes. The text is never moved, so that the digits of a secret stay in one place.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    let mut text = String::with_capacity(2 * bytes.len());
    text.extend(halves.filter_map(|half| char::from_digit(half.into(), 16)));
    text
}

/// The bytes of a text in which `%` and two digits are a byte, and `+` is `plus`. A `%` that encodes nothing stays.
pub(crate) fn decoded(text: &str, plus: u8) -> Zeroizing<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        let encoded = match others {
            [high, low, ..] if *first == b'%' => digit(*high).zip(digit(*low)),
            _ => None,
        };
        rest = if encoded.is_some() { &others[2..] } else { others };
        let plain = if *first == b'+' { plus } else { *first };
        bytes.push(encoded.map_or(plain, |(high, low)| high << 4 | low));
    }
    bytes
}

/// What begins a comment in other formats.
const MARKS: [u8; 2] = [b'#', b';'];

/// Whether text is what other formats take for a comment, from its start.
pub(crate) fn is_comment(text: &str) -> bool {
    text.trim_start().starts_with(MARKS.map(char::from))
}

/// Whether text ends in what other formats take for a comment.
pub(crate) fn looks_commented(text: &str) -> bool {
    without_comment(text).len() < text.len()
}

/// The text before what other formats take for a comment behind it: a mark after a blank or a tab.
pub(crate) fn without_comment(text: &str) -> &str {
    let is_behind = |at: &usize| text[..*at].ends_with([' ', '\t']);
    let [one, other] = MARKS;
    let marks = search::two(one, other);
    marks.iter(text.as_bytes()).find(is_behind).map_or(text, |at| &text[..at - 1])
}

/// The value that was probably meant: without a comment behind it, quotes of any kind, and a shell's mark after them.
pub(crate) fn without_wrapping(value: &str) -> &str {
    let text = without_comment(value).trim();
    without_quotes(text.strip_suffix(';').unwrap_or(text)).or_else(|| without_quotes(text)).unwrap_or(text)
}

/// A value without its comment and its quotes, as only some SDKs read it.
pub(crate) fn without_decoration(value: &str) -> &str {
    let text = without_comment(value).trim();
    unquoted(text).unwrap_or(text)
}

/// The longest text, in bytes, that is compared with others: no name is as long.
const LONGEST: usize = 1000;

/// The candidate that is most similar to `wanted`, if one is similar: one that is spelled alike but for case and separators, or
/// is the last word of `wanted`, which may have brackets and quotes around it; else the one with the fewest slips, else the one
/// with the most in common.
pub(crate) fn nearest<C: AsRef<str>>(wanted: &str, candidates: impl IntoIterator<Item = C>) -> Option<C> {
    if wanted.len() > LONGEST {
        return None;
    }
    let is_around = |c: char| c.is_whitespace() || "[]\"'`".contains(c) || TYPOGRAPHIC.contains(&c);
    let wanted = without_comment(wanted).trim_matches(is_around).to_lowercase();
    let bare = |name: &str| name.replace(['-', '_', '.', '/', ' '], "");
    let bare_wanted = bare(&wanted);
    let last_word = wanted.rsplit(is_around).next().unwrap_or_default();
    let likeness = |candidate: &str| {
        let candidate = candidate.to_lowercase();
        let is_alike = !bare_wanted.is_empty() && bare(&candidate) == bare_wanted
            || !last_word.is_empty() && candidate == last_word;
        let similarity = strsim::jaro_winkler(&wanted, &candidate);
        // The measure sees no likeness in names as short as `dve` and `dev`.
        if !is_alike && similarity <= 0.8 && wanted.len() != candidate.len() {
            return None;
        }
        #[expect(clippy::disallowed_methods, reason = "neither is long")]
        let slips = strsim::osa_distance(&wanted, &candidate);
        let is_similar = is_alike || similarity > 0.8 || slips == 1 && are_anagrams(&wanted, &candidate);
        is_similar.then_some((is_alike, Reverse(slips), similarity))
    };
    // The character that stands for bytes of another encoding can't be typed.
    let may_be = |name: &str| name.len() <= LONGEST && !name.contains(char::REPLACEMENT_CHARACTER);
    let candidates = candidates.into_iter().filter(|candidate| may_be(candidate.as_ref()));
    let scored = candidates.filter_map(|candidate| Some((likeness(candidate.as_ref())?, candidate)));
    let most = scored.max_by(|(one, _), (other, _)| {
        (one.0, one.1).cmp(&(other.0, other.1)).then(one.2.total_cmp(&other.2))
    });
    most.map(|(_, candidate)| candidate)
}

/// How many slips turn one text into the other, if they are not more than `most`. Texts whose lengths differ by more are not
/// compared: a file may have ten thousand keys, each of which is looked for among all settings, and a value of any length.
#[expect(clippy::disallowed_methods, reason = "their lengths are near")]
pub(crate) fn slips(one: &str, other: &str, most: usize) -> Option<usize> {
    let [length, others] = [one, other].map(|text| text.chars().count());
    let is_near = length.abs_diff(others) <= most;
    is_near.then(|| strsim::damerau_levenshtein(one, other)).filter(|slips| *slips <= most)
}

fn are_anagrams(one: &str, other: &str) -> bool {
    let sorted = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    sorted(one) == sorted(other)
}

/// The longest text with which all words begin.
pub(crate) fn shared_beginning<'w>(words: &[&'w str]) -> &'w str {
    let Some((first, others)) = words.split_first() else { return "" };
    let shared = |end: &usize| others.iter().all(|word| word.starts_with(&first[..*end]));
    let ends = first.char_indices().map(|(at, c)| at + c.len_utf8());
    &first[..ends.take_while(shared).last().unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::{
        LONGEST, looks_commented, nearest, shared_beginning, slips, unquoted, without_comment,
        without_quotes, without_wrapping,
    };

    #[test]
    fn what_is_longer_than_any_name_is_not_compared() {
        let long = "a".repeat(LONGEST + 1);
        assert_eq!(nearest(&long, [&long[1..]]), None);
        assert_eq!(nearest(&long[2..], [&long[..], &long[1..]]), Some(&long[1..]));
    }

    #[test]
    fn slips_are_counted_up_to_a_limit() {
        for (one, other, most, expected) in [
            ("regoin", "region", 2, Some(1)),
            ("region", "region", 0, Some(0)),
            ("région", "region", 1, Some(1)),
            ("rigoen", "region", 1, None),
            ("region", "regions", 0, None),
        ] {
            assert_eq!(slips(one, other, most), expected, "{one}, {other}");
        }
    }

    #[test]
    fn typographic_quotes_are_quotes_that_no_reader_removes() {
        for (text, expected) in [
            ("“a b”", Some("a b")),
            ("„a“", Some("a")),
            ("’a’", Some("a")),
            ("\"a\"", Some("a")),
            ("a’b", None),
            ("“a", None),
            ("“", None),
        ] {
            assert_eq!(without_quotes(text), expected, "{text}");
        }
        assert_eq!(unquoted("“a”"), None);
    }

    #[test]
    fn a_comment_begins_behind_a_blank() {
        for (text, expected) in [
            ("dev", "dev"),
            ("dev # mine", "dev"),
            ("dev\t;mine # yours", "dev"),
            ("a#b;c d", "a#b;c d"),
            ("a#b  # c", "a#b "),
            ("#dev", "#dev"),
            ("é ;x", "é"),
        ] {
            assert_eq!(without_comment(text), expected, "{text}");
            assert_eq!(looks_commented(text), text != expected, "{text}");
        }
    }

    #[test]
    fn what_is_around_a_value_is_removed_once() {
        for (value, meant) in [
            ("\"eu-west-1\"", "eu-west-1"),
            ("“json”", "json"),
            ("eu-west-1 # mine", "eu-west-1"),
            ("'a' ; b", "a"),
            ("\"AKIA\";", "AKIA"),
            ("a;", "a;"),
            ("\"", "\""),
            ("''", ""),
        ] {
            assert_eq!(without_wrapping(value), meant, "{value}");
        }
    }

    #[test]
    fn two_letters_that_changed_places_are_similar_in_a_short_name() {
        assert_eq!(nearest("dve", ["prod", "dev"]), Some("dev"));
        assert_eq!(nearest("xyz", ["prod", "dev"]), None);
        for wanted in ["\"dve\"", "“dve”", "[dve]", "dve # mine"] {
            assert_eq!(nearest(wanted, ["prod", "dev"]), Some("dev"), "{wanted}");
        }
    }

    #[test]
    fn a_name_with_a_word_in_front_of_it_or_brackets_around_it_means_the_name() {
        let names = ["default", "profile", "dev", "devops", "de"];
        for wanted in
            ["profile dev", "[profile dev]", "[dev]", "\"dev\"", " dev", "Profile DEV", "profile 'dev'"]
        {
            assert_eq!(nearest(wanted, names), Some("dev"), "{wanted}");
        }
        for wanted in ["profile prod", "[]", "\"", ""] {
            assert!(nearest(wanted, ["dev"]).is_none(), "{wanted}");
        }
        assert_eq!(nearest("sso dev", ["dev", "sso-dev"]), Some("sso-dev"));
    }

    #[test]
    fn a_name_with_other_separators_is_nearer_than_another_name() {
        for (wanted, names, meant) in [
            ("prod-AdministratorAccess", ["prod-7/AdministratorAccess", "prod/AdministratorAccess"], 1),
            ("acme-prod", ["acme-prod2", "acme_prod"], 1),
            ("prod-eu", ["prod_eu", "prod-eu-1"], 0),
            ("AcmeProd", ["acme-prod", "acmeprod2"], 0),
            ("prod-eu-wst", ["prod-eu-west", "prod-eu-ws-test"], 0),
        ] {
            assert_eq!(nearest(wanted, names), Some(names[meant]), "{wanted}");
        }
    }

    #[test]
    fn a_word_is_completed_as_far_as_all_candidates_agree() {
        assert_eq!(shared_beginning(&["eu-west-1", "eu-west-2"]), "eu-west-");
        assert_eq!(shared_beginning(&["json"]), "json");
        assert_eq!(shared_beginning(&["yaml", "yaml-stream"]), "yaml");
        assert_eq!(shared_beginning(&["a", "b"]), "");
        assert_eq!(shared_beginning(&[]), "");
    }
}
