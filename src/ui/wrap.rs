//! Text broken at words to the width of a terminal.

use console::measure_text_width;

/// How far the continuation of a line is indented at least: no line but a message's first begins at the left.
pub const HANG: usize = 4;

/// Windows that are narrower break the text by themselves.
const NARROWEST: usize = 20;

/// The text in lines of at most so many columns. What is in backquotes is never broken, because it is pasted; such a
/// line may be longer.
pub(super) fn wrapped(text: &str, columns: usize) -> String {
    if columns < NARROWEST {
        return text.to_owned();
    }
    text.split('\n').map(|line| hanging(line, columns)).collect::<Vec<_>>().join("\n")
}

fn hanging(line: &str, columns: usize) -> String {
    if measure_text_width(line) <= columns {
        return line.to_owned();
    }
    let start = line.len() - line.trim_start_matches(' ').len();
    let (mut shown, mut width) = (line[..start].to_owned(), start);
    let mut is_first = true;
    for word in words(&line[start..]) {
        let wide = measure_text_width(word);
        // A blank at the end stays where it is: it is behind a question.
        if !is_first && !word.is_empty() && width + 1 + wide > columns {
            let indent = start.max(HANG);
            shown.push('\n');
            shown.push_str(&" ".repeat(indent));
            width = indent;
        } else if !is_first {
            shown.push(' ');
            width += 1;
        }
        shown.push_str(word);
        width += wide;
        is_first = false;
    }
    shown
}

/// The text between the blanks that are not in backquotes.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    line.split(move |c: char| {
        is_quoted ^= c == '`';
        c == ' ' && !is_quoted
    })
}

/// The last cell of a row, broken at words to fit behind what is `before` it. Where there is no room for it, it is on
/// lines of its own, indented by `hang`.
pub fn last_cell(text: &str, before: usize, columns: usize, hang: usize) -> String {
    let room = columns.saturating_sub(before);
    if measure_text_width(text) <= room {
        return text.to_owned();
    }
    if before == 0 {
        return hanging(text, columns);
    }
    let longest = words(text).map(measure_text_width).max().unwrap_or_default();
    let below = columns.saturating_sub(hang);
    if room < NARROWEST || (room < longest && longest <= below) {
        return format!("\n{}{}", " ".repeat(hang), broken(text, below, hang));
    }
    broken(text, room, before)
}

/// Lines of words, of which all but the first are indented.
fn broken(text: &str, room: usize, indent: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in words(text) {
        match lines.last_mut() {
            Some(line) if measure_text_width(line) + 1 + measure_text_width(word) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join(&format!("\n{}", " ".repeat(indent)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_words_and_hang() {
        let text =
            "error: the profile has a value that is much too long\n  caused by: nothing in particular at all";
        assert_eq!(
            wrapped(text, 30),
            "error: the profile has a value\n    that is much too long\n  caused by: nothing in\n    particular at all"
        );
        assert_eq!(wrapped(text, 100), text);
        assert_eq!(wrapped(text, 10), text, "a window that narrow");
    }

    #[test]
    fn a_command_is_never_broken() {
        let text = "help: set the missing half: `xcred set aws_secret_access_key - --profile dev`";
        assert_eq!(
            wrapped(text, 40),
            "help: set the missing half:\n    `xcred set aws_secret_access_key - --profile dev`"
        );
        // A stray backquote, perhaps from a file, joins the rest.
        assert_eq!(wrapped("a ` b c d e f g h i j k", 20), "a\n    ` b c d e f g h i j k");
    }

    #[test]
    fn colors_and_wide_letters_are_measured_as_they_are_shown() {
        let red = "\u{1b}[31merror:\u{1b}[0m aaaa bbbb cccc dddd";
        assert_eq!(wrapped(red, 20), "\u{1b}[31merror:\u{1b}[0m aaaa bbbb\n    cccc dddd");
        assert_eq!(wrapped("日本 日本 日本 日本 日本", 20), "日本 日本 日本 日本\n    日本");
    }

    #[test]
    fn the_last_cell_stays_in_its_column() {
        assert_eq!(
            last_cell("one two three four five six", 10, 32, HANG),
            "one two three four\n          five six"
        );
        assert_eq!(
            last_cell("one two three four five six", 30, 40, HANG),
            "\n    one two three four five six"
        );
        assert_eq!(
            last_cell("one two three four five six", 18, 20, HANG),
            "\n    one two three\n    four five six"
        );
        assert_eq!(last_cell("one", 30, 40, HANG), "one");
        // The only one of its row.
        assert_eq!(last_cell("      one two three four", 0, 20, HANG), "      one two three\n      four");
    }

    #[test]
    fn a_long_word_is_on_a_line_of_its_own_where_it_fits_there() {
        let path = "see ~/.config/xcred/config.toml:2";
        assert_eq!(last_cell(path, 16, 40, HANG), "\n    see ~/.config/xcred/config.toml:2");
        assert_eq!(
            last_cell(path, 8, 30, HANG),
            "see\n        ~/.config/xcred/config.toml:2",
            "it is broken in either place"
        );
    }
}
