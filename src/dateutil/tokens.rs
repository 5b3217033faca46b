//! dateutil's `_timelex`: words, numbers and single characters.

use std::iter::Peekable;

/// The states of dateutil's `_timelex.get_token`: what the token has so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Letters.
    Word,
    /// Digits.
    Number,
    /// Letters at the end, after a dot.
    DottedWord,
    /// Digits at the end, after a dot or a comma.
    DottedNumber,
}

impl State {
    /// The state after the first character. `None` if the token can't be longer.
    fn first(character: char) -> Option<State> {
        if character.is_alphabetic() {
            Some(State::Word)
        } else {
            character.is_ascii_digit().then_some(State::Number)
        }
    }

    /// The state after `next`. `None` if `next` starts a new token.
    fn after(self, next: char, token: &str) -> Option<State> {
        let letter = next.is_alphabetic();
        let digit = next.is_ascii_digit();
        match self {
            State::Word if letter => Some(State::Word),
            State::Word | State::DottedWord if next == '.' => Some(State::DottedWord),
            State::DottedWord if letter => Some(State::DottedWord),
            State::DottedWord if digit && token.ends_with('.') => Some(State::DottedNumber),
            State::Number if digit => Some(State::Number),
            State::Number if next == ',' && token.len() >= 2 => Some(State::DottedNumber),
            State::Number | State::DottedNumber if next == '.' => Some(State::DottedNumber),
            State::DottedNumber if digit => Some(State::DottedNumber),
            State::DottedNumber if letter && token.ends_with('.') => Some(State::DottedWord),
            _ => None,
        }
    }

    /// Whether the token may have to be split at its dots and commas.
    fn is_dotted(self) -> bool {
        matches!(self, State::DottedWord | State::DottedNumber)
    }
}

/// As in dateutil, NUL is skipped, and each whitespace character is one space.
pub(super) fn split(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut characters = text.chars().filter(|&character| character != '\0').peekable();
    while let Some(first) = characters.next() {
        if let Some(state) = State::first(first) {
            run(first, state, &mut characters, &mut tokens);
        } else if is_space(first) {
            tokens.push(" ".to_owned());
        } else {
            tokens.push(first.to_string());
        }
    }
    tokens
}

/// Reads the rest of a word or number. Only its end shows whether a dot is a separator or a decimal point.
fn run(
    first: char,
    mut state: State,
    characters: &mut Peekable<impl Iterator<Item = char>>,
    tokens: &mut Vec<String>,
) {
    let mut token = first.to_string();
    let mut letters_seen = false;
    while let Some(&next) = characters.peek() {
        // dateutil notices letters only if something follows them: not the `a` in a text that ends with `1.a`.
        letters_seen |= matches!(state, State::Word | State::DottedWord);
        let Some(after) = state.after(next, &token) else { break };
        state = after;
        token.push(next);
        characters.next();
    }
    let dots = token.matches('.').count();
    if state.is_dotted() && (letters_seen || dots > 1 || token.ends_with(['.', ','])) {
        split_at_dots(&token, tokens);
    } else if state == State::DottedNumber && dots == 0 {
        tokens.push(token.replace(',', "."));
    } else {
        tokens.push(token);
    }
}

/// Splits a token at its dots and commas, which become tokens too.
fn split_at_dots(token: &str, tokens: &mut Vec<String>) {
    for part in token.split_inclusive(['.', ',']) {
        let text = part.trim_end_matches(['.', ',']);
        let separator = &part[text.len()..];
        tokens.extend([text, separator].into_iter().filter(|piece| !piece.is_empty()).map(str::to_owned));
    }
}

/// Python's `str.isspace`: Unicode's whitespace and four separators.
fn is_space(character: char) -> bool {
    character.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_split_as_by_dateutil() {
        for (text, tokens) in [
            ("", &[] as &[&str]),
            ("20261122T003713Z", &["20261122", "T", "003713", "Z"]),
            ("Sep.20.2009", &["Sep", ".", "20", ".", "2009"]),
            ("4:30:21.447", &["4", ":", "30", ":", "21.447"]),
            ("21,447", &["21.447"]),
            ("1,5", &["1", ",", "5"]),
            ("22,", &["22", ","]),
            ("12,.5", &["12,.5"]),
            ("1..2", &["1", ".", ".", "2"]),
            ("1.a", &["1.a"]),
            ("1.a ", &["1", ".", "a", " "]),
            ("a.m.", &["a", ".", "m", "."]),
            ("2\u{0}2\t\u{1f}é", &["22", " ", " ", "é"]),
        ] {
            assert_eq!(split(text), tokens, "{text:?}");
        }
    }
}
