//! What is guessed of headers that no reader knows: words that are spelled wrong, glued to the name, or behind it.

use super::super::{FileKind, SectionName};
use super::meaning::{Certainty, Lines, Make, Meant, default_case};
use crate::text;

/// The first words of the config file's headers, without what separates their parts.
const WORDS: [(&str, Make); 3] = [
    ("profile", SectionName::Profile),
    ("ssosession", SectionName::SsoSession),
    ("services", SectionName::Services),
];

/// What people write in front of the name of a profile or a session to say what it is.
const QUALIFIERS: [(&str, Make); 7] = [
    ("aws", SectionName::Profile),
    ("awsprofile", SectionName::Profile),
    ("role", SectionName::Profile),
    ("user", SectionName::Profile),
    ("account", SectionName::Profile),
    ("iam", SectionName::Profile),
    ("sso", SectionName::SsoSession),
];

/// The number of slips, and whether one is a missing blank: of as many slips, the likelier have none.
type Slips = (usize, bool);

/// Where a header is cut in two.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    Blank,
    /// At another character than a letter or a digit.
    Separator,
    /// In the middle of a word.
    Glued,
}

/// No word is longer in bytes, with two characters too many.
const LONGEST: usize = 13;

/// What may be meant by the text of a header, the most probable first. With `has_word`, one of the first words is in front of it
/// already.
pub(super) fn guesses(kind: FileKind, plain: &str, lines: Lines, has_word: bool) -> Vec<Meant> {
    if lines == Lines::Foreign {
        return Vec::new();
    }
    let mut found: Vec<(Slips, Meant)> = Vec::new();
    let mut before = ' ';
    for (at, c) in plain.char_indices().take(LONGEST + 1) {
        let cut = match (before.is_alphanumeric(), c.is_alphanumeric()) {
            (true, false) if c == ' ' => Some(Cut::Blank),
            (true, false) => Some(Cut::Separator),
            (true, true) => Some(Cut::Glued),
            (false, _) => None,
        };
        before = c;
        let meant = cut.and_then(|cut| Some((cut, in_front(kind, plain.split_at(at), cut, lines)?)));
        found.extend(meant.map(|(cut, (slips, meant))| {
            let is_glued = cut == Cut::Glued;
            ((slips + usize::from(is_glued), is_glued), meant)
        }));
    }
    found.extend(behind(kind, plain, lines, has_word).map(|meant| ((0, false), meant)));
    // A text without separators can be cut anywhere: only the guesses with the fewest slips are kept.
    let is_guess = |meant: &Meant| meant.certainty == Certainty::Guess;
    let least = found.iter().filter(|(_, meant)| is_guess(meant)).map(|(slips, _)| *slips).min();
    found.retain(|(slips, meant)| !is_guess(meant) || Some(*slips) == least);
    found.sort_by_key(|(_, meant)| meant.certainty);
    found.into_iter().map(|(_, meant)| meant).collect()
}

/// A name behind a word that is nearly one of the first words, and by how many slips.
fn in_front(kind: FileKind, (head, rest): (&str, &str), cut: Cut, lines: Lines) -> Option<(usize, Meant)> {
    let name = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    if name.is_empty() {
        return None;
    }
    let word = letters(head);
    let most = match (kind, cut) {
        (_, Cut::Blank) => 2,
        (FileKind::Config, _) => 1,
        (FileKind::Credentials, Cut::Separator) => return None,
        (FileKind::Credentials, Cut::Glued) => 0,
    };
    let make = |make: Make| make(default_case(name.to_owned()));
    let slips = |(known, as_section): (&str, Make)| {
        let slips = text::slips(&word, known, most).filter(|_| is_possible(kind, as_section, lines))?;
        Some((slips, Meant::new(make(as_section), Certainty::Guess)))
    };
    let found = WORDS.into_iter().filter_map(slips).min_by_key(|(slips, _)| *slips);
    // A letter or two are more likely the end of the word.
    let found = found.filter(|(slips, _)| cut != Cut::Glued || name.chars().nth(slips + 1).is_some());
    found.or_else(|| {
        let is_one = kind == FileKind::Config && cut != Cut::Glued;
        let (_, as_section) = QUALIFIERS.into_iter().find(|(known, _)| is_one && word == *known)?;
        let fits = match as_section(String::new()) {
            SectionName::Profile(_) => lines == Lines::Settings,
            _ => lines == Lines::OfSession,
        };
        fits.then(|| (0, Meant::new(make(as_section), Certainty::Related)))
    })
}

/// A name in front of the word that belongs there: `[dev profile]`. With the word there, too, it is rather a part of the name.
fn behind(kind: FileKind, plain: &str, lines: Lines, has_word: bool) -> Option<Meant> {
    let (at, separator) = plain.char_indices().rev().find(|(_, c)| !c.is_alphanumeric())?;
    let is_blank = separator == ' ';
    let is_word = plain[at..].trim_start_matches(separator).eq_ignore_ascii_case("profile");
    let name = plain[..at].trim_end_matches(|c: char| !c.is_alphanumeric());
    let fits = kind == FileKind::Config && lines != Lines::Unknown || is_blank;
    let certainty = if is_blank && !has_word { Certainty::Guess } else { Certainty::Related };
    (is_word && fits && !name.is_empty())
        .then(|| Meant::new(SectionName::Profile(default_case(name.to_owned())), certainty))
}

/// Whether the lines may be those of such a section.
fn is_possible(kind: FileKind, make: Make, lines: Lines) -> bool {
    match make(String::new()) {
        SectionName::Profile(_) => true,
        SectionName::SsoSession(_) => {
            lines == Lines::OfSession || kind == FileKind::Config && lines != Lines::Nested
        }
        _ => lines == Lines::Nested || kind == FileKind::Config && lines == Lines::Unknown,
    }
}

/// The letters and digits of a text, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
