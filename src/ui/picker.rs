//! Draws a list that typing narrows below the cursor, redraws it as keys arrive, and erases it at the end.

use std::io;

use console::{Term, measure_text_width};
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};

use super::before::next_key;
use super::list::{List, Step};
use super::text::fitting;
use crate::text::visible;

/// At most so many rows are in view.
const MOST: usize = 20;

/// The rows of the window that the list leaves free: those of the question, of the filter and of what is not in view.
const ABOVE: usize = 4;

const FILTER: &str = "Filter: ";

/// Lets the user choose one of `rows`, none of which may have control characters. `has_more` says whether more keys of a
/// paste wait to be read: nothing of it is shown before all of it is known. `None` if the input ends.
pub(super) fn pick(
    term: &Term,
    rows: &[String],
    start: usize,
    colored: bool,
    has_more: &dyn Fn() -> bool,
) -> io::Result<Option<usize>> {
    let mut list = List::new(rows, start);
    term.write_str(&drawn(&mut list, rows, Window::of(term), colored))?;
    loop {
        let step = list.take(&next_key(term)?, Window::of(term).page);
        match step {
            Step::Changed if has_more() => continue,
            Step::Changed => {}
            _ => term.write_str("\r\u{1b}[J")?,
        }
        match step {
            Step::Changed => term.write_str(&drawn(&mut list, rows, Window::of(term), colored))?,
            Step::Chosen(row) => return Ok(Some(row)),
            Step::Canceled => return Err(io::ErrorKind::Interrupted.into()),
            Step::Ended => return Ok(None),
        }
    }
}

/// The room that there is.
#[derive(Clone, Copy)]
struct Window {
    columns: usize,
    /// How many rows of the list are in view.
    page: usize,
}

impl Window {
    fn of(term: &Term) -> Window {
        let (rows, columns) = term.size();
        Window { columns: columns.into(), page: usize::from(rows).saturating_sub(ABOVE).clamp(1, MOST) }
    }
}

/// The text that replaces the drawing below the cursor, and leaves the cursor behind the filter.
fn drawn(list: &mut List, rows: &[String], window: Window, colored: bool) -> String {
    let Window { columns, page } = window;
    let (plain, colorful) = (SimpleTheme, ColorfulTheme::default());
    let theme: &dyn Theme = if colored { &colorful } else { &plain };
    let selected = list.selected();
    let filter = match list.filter() {
        Some(filter) => visible(filter).into_owned(),
        None => "(not shown)".to_owned(),
    };
    let count = match list.matching().len() {
        0 => "  (no match)".to_owned(),
        some if some < list.len() => format!("  ({some} of {})", list.len()),
        all if all > page => format!("  ({all})"),
        _ => String::new(),
    };
    // No row may wrap: the cursor goes back by as many rows as are drawn.
    let room = columns.saturating_sub(FILTER.len() + count.len() + 1);
    let typed = format!("{FILTER}{}", ending(&filter, room));
    let at = measure_text_width(&typed);
    let mut text = format!("\r\u{1b}[J{}", fitting(&format!("{typed}{count}"), columns.saturating_sub(1)));
    let matching = list.matching().len();
    let view = list.view(page);
    for row in view {
        let fitted = fitting(&rows[*row], columns.saturating_sub(3).max(1));
        text.push_str("\r\n");
        // Writing to a string can't fail.
        let _ = theme.format_select_prompt_item(&mut text, &fitted, Some(*row) == selected);
    }
    let hidden = matching.saturating_sub(view.len());
    if hidden > 0 {
        text.push_str(&format!("\r\n{}", fitting(&format!("  ({hidden} more)"), columns.saturating_sub(1))));
    }
    let below = view.len() + usize::from(hidden > 0);
    if below > 0 {
        text.push_str(&format!("\u{1b}[{below}A"));
    }
    text.push_str(&format!("\r\u{1b}[{}C", at.min(columns.saturating_sub(1)).max(1)));
    text
}

/// The end of a text, as much as fits.
fn ending(text: &str, columns: usize) -> &str {
    let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    starts.find(|at| measure_text_width(&text[*at..]) <= columns).map_or("", |at| &text[at..])
}

#[cfg(test)]
mod tests {
    use console::Key;

    use super::*;

    fn drawing(rows: &[&str], filter: &str, columns: usize, page: usize) -> String {
        let rows: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
        let mut list = List::new(&rows, 0);
        filter.chars().for_each(|c| _ = list.take(&Key::Char(c), page));
        drawn(&mut list, &rows, Window { columns, page }, false)
    }

    #[test]
    fn the_selected_row_is_marked_without_color_and_the_cursor_is_behind_the_filter() {
        assert_eq!(
            drawing(&["alpha", "beta"], "a", 40, 5),
            "\r\u{1b}[JFilter: a\r\n> alpha\r\n  beta\u{1b}[2A\r\u{1b}[9C"
        );
        assert!(
            drawing(&["alpha", "beta"], "bet", 40, 5).contains("Filter: bet  (1 of 2)\r\n> beta\u{1b}[1A")
        );
        assert!(drawing(&["alpha", "beta"], "x", 40, 5).contains("Filter: x  (no match)\r\u{1b}[9C"));
        assert!(
            drawing(&["alpha", "beta"], "", 40, 1)
                .contains("Filter:   (2)\r\n> alpha\r\n  (1 more)\u{1b}[2A")
        );
    }

    #[test]
    fn no_row_is_as_wide_as_the_window() {
        let row = "an account with a name that is very long indeed 日本日本日本日本";
        for columns in [1, 5, 20, 40] {
            for filter in [
                "",
                "a name that is very long indeed 日本日本日本日本",
                "zzzzzzzzzzzzzzzzzzzzzzzzz zzzzzzzzzz",
            ] {
                let drawing = drawing(&[row, row], filter, columns, 5);
                let end = drawing.rfind("\u{1b}[").unwrap();
                let wide = |line: &str| measure_text_width(line.trim_matches('\r')) > columns.max(4) - 1;
                assert!(!drawing[..end].split('\n').any(wide), "{columns}: {drawing:?}");
            }
        }
    }

    #[test]
    fn a_secret_is_not_drawn() {
        let drawing = drawing(&["alpha"], "CANARY/tnFEMI/K7MDENG/bPxRfiCYzQ3kTr9LmZ", 80, 5);
        assert!(
            drawing.contains("Filter: (not shown)  (no match)") && !drawing.contains("CANARY"),
            "{drawing}"
        );
    }
}
