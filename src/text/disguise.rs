//! Names that look like other names: with characters that can't be seen, blanks that aren't spaces, and letters of other scripts.

use super::unseen::is_unseen;

/// Letters of other scripts, and the ones of ASCII that they look like.
const TWINS: &str =
    "аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwӏlАAВBЕEКKМMНHОOРPСCТTУYХXЅSІIЈJοoνvιiΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX";

/// The ASCII letter, digit or sign that a character looks like.
fn twin(c: char) -> Option<char> {
    if let full @ '\u{ff01}'..='\u{ff5e}' = c {
        return char::from_u32(u32::from(full) - 0xfee0);
    }
    let mut pairs = TWINS.chars();
    while let (Some(other), Some(ascii)) = (pairs.next(), pairs.next()) {
        if other == c {
            return Some(ascii);
        }
    }
    None
}

/// A blank that isn't a space, such as the one of web pages that no line is broken at.
fn is_odd_blank(c: char) -> bool {
    !c.is_ascii() && c.is_whitespace()
}

/// The ASCII text that other text is taken for. `None` if all of it is what it looks like, as a name in another script is.
pub(crate) fn taken_for(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let seen = text.chars().filter(|c| c.is_ascii() || !is_unseen(*c));
    let plain = seen.map(|c| {
        if is_odd_blank(c) {
            Some(' ')
        } else if c.is_ascii() {
            Some(c)
        } else {
            twin(c)
        }
    });
    let plain: String = plain.collect::<Option<_>>()?;
    // A word of another script may have no letters but those.
    let is_mixed = |word: &str| has_twins(word) && word.contains(|c: char| c.is_ascii_alphabetic());
    (!has_twins(text) || text.split(|c: char| !c.is_alphanumeric()).any(is_mixed)).then_some(plain)
}

/// Whether a letter of another script looks like one of ASCII.
pub(crate) fn has_twins(text: &str) -> bool {
    text.contains(|c: char| !c.is_ascii() && twin(c).is_some())
}

/// What disguises a text that is taken for another one, such as "a no-break space (U+00A0)".
pub(crate) fn disguise(text: &str) -> Option<String> {
    taken_for(text)?;
    let c = text.chars().find(|c| !c.is_ascii())?;
    let what = match c {
        '\u{a0}' | '\u{202f}' => "a no-break space".to_owned(),
        '\u{200b}' => "a zero-width space".to_owned(),
        '\u{feff}' => "a byte order mark".to_owned(),
        '\u{ad}' => "a soft hyphen".to_owned(),
        c if is_odd_blank(c) => "a blank that isn't a space".to_owned(),
        c => match twin(c) {
            Some(twin) => format!("a letter that looks like `{twin}`"),
            None => "an invisible character".to_owned(),
        },
    };
    Some(format!("{what} (U+{:04X})", u32::from(c)))
}

/// A text that is taken for another one, with all that disguises it escaped.
pub(crate) fn undisguised(text: &str) -> Option<String> {
    taken_for(text)?;
    let shown =
        text.chars().map(|c| if c.is_ascii() { c.to_string() } else { c.escape_unicode().to_string() });
    Some(shown.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disguised_name_is_taken_for_another_one_and_shown_as_it_is() {
        for (text, taken, what) in [
            ("profile\u{a0}dev", "profile dev", "a no-break space (U+00A0)"),
            ("profile\u{3000}dev", "profile dev", "a blank that isn't a space (U+3000)"),
            ("dev\u{200b}", "dev", "a zero-width space (U+200B)"),
            ("d\u{435}v", "dev", "a letter that looks like `e` (U+0435)"),
            ("\u{ff44}ev", "dev", "a letter that looks like `d` (U+FF44)"),
            ("de\u{2060}v", "dev", "an invisible character (U+2060)"),
        ] {
            assert_eq!(taken_for(text).as_deref(), Some(taken), "{text:?}");
            assert_eq!(disguise(text).as_deref(), Some(what), "{text:?}");
        }
        assert_eq!(undisguised("d\u{435}v\u{a0}x").as_deref(), Some("d\\u{435}v\\u{a0}x"));
    }

    #[test]
    fn a_name_in_another_script_is_what_it_looks_like() {
        for text in [
            "dev",
            "a b",
            "прод",
            "рос",
            "開発\u{3000}環境",
            "développement",
            "ａｂｃ",
            "نیم\u{200c}فاصله",
            "МСК2",
            "prod-РОС",
            "МСК 1",
        ] {
            assert_eq!((taken_for(text), disguise(text), undisguised(text)), (None, None, None), "{text}");
        }
    }
}
