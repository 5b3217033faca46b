//! Tables: columns as wide as they need to be.

use std::borrow::Cow;
use std::fmt;

use console::{Style, measure_text_width};

use crate::text::is_printable;
use crate::ui::{last_cell, one_line};

/// The widest a column gets: a very long value would push the other columns out of sight.
const WIDEST: usize = 48;

/// Rows of cells. The last column has no limit.
pub struct Table<const N: usize> {
    rows: Vec<(Style, [String; N])>,
    /// What an empty cell shows.
    empty: &'static str,
    widest: usize,
    /// Whether a column without a value in any row is left out.
    drops_empty: bool,
    /// The width that the last column is broken to.
    columns: Option<usize>,
}

impl<const N: usize> Table<N> {
    /// A table with a header; an empty cell is a dash.
    pub fn new(names: [&str; N], header: Style) -> Table<N> {
        let header = (header, names.map(str::to_owned));
        Table { rows: vec![header], empty: "-", widest: usize::MAX, drops_empty: false, columns: None }
    }

    /// A table of facts, without a header.
    pub fn of_facts() -> Table<N> {
        Table { rows: Vec::new(), empty: "", widest: WIDEST, drops_empty: false, columns: None }
    }

    /// The same table, in which a column without a value in any row is left out.
    pub fn without_empty_columns(self) -> Table<N> {
        Table { drops_empty: true, ..self }
    }

    /// The same table for a terminal of this width, if it is one: the last column is broken at words.
    pub fn within(self, columns: Option<usize>) -> Table<N> {
        Table { columns, ..self }
    }

    pub fn push(&mut self, cells: [impl Into<String>; N]) {
        self.push_styled(Style::new(), cells.map(Into::into));
    }

    /// Adds a row in a style. A cell is one line without control characters.
    pub fn push_styled(&mut self, style: Style, cells: [String; N]) {
        let shown = |cell: String| match one_line(&cell) {
            Cow::Borrowed("") => self.empty.to_owned(),
            Cow::Borrowed(_) => cell,
            Cow::Owned(shown) => shown,
        };
        self.rows.push((style, cells.map(shown)));
    }

    /// The lines, without line feeds.
    pub fn lines(&self) -> impl Iterator<Item = impl fmt::Display> {
        let widths: [usize; N] = std::array::from_fn(|column| {
            let widths = self.rows.iter().map(|(_, cells)| width(&cells[column]));
            widths.filter(|width| *width <= self.widest).max().unwrap_or(0)
        });
        let kept: [bool; N] = std::array::from_fn(|column| {
            !self.drops_empty || self.rows.iter().skip(1).any(|(_, cells)| cells[column] != self.empty)
        });
        self.rows.iter().map(move |(style, cells)| {
            let mut line = String::with_capacity(widths.iter().sum::<usize>() + 2 * N + cells[N - 1].len());
            let last = cells.iter().rposition(|cell| !cell.is_empty()).unwrap_or_default();
            for (column, cell) in cells.iter().enumerate().filter(|(column, _)| kept[*column]) {
                match self.columns.filter(|_| column == last) {
                    Some(columns) => {
                        let cell = last_cell(cell, width(&line), columns);
                        if cell.starts_with('\n') {
                            line.truncate(line.trim_end().len());
                        }
                        line.push_str(&cell);
                        break;
                    }
                    None => line.push_str(cell),
                }
                if column + 1 < N {
                    let missing = widths[column].saturating_sub(width(cell));
                    line.extend(std::iter::repeat_n(' ', missing + 2));
                }
            }
            line.truncate(line.trim_end().len());
            style.apply_to(line)
        })
    }
}

impl<const N: usize> fmt::Display for Table<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines().try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// In columns.
fn width(text: &str) -> usize {
    if is_printable(text) { text.len() } else { measure_text_width(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::new(["A", "LONGER", "C"], Style::new());
        table.push(["日本".to_owned(), String::new(), "a\nb\u{1b}[2J".to_owned()]);
        table.push(["x".to_owned(), "y".to_owned(), String::new()]);
        assert_eq!(table.to_string(), "A     LONGER  C\n日本  -       a b\\u{1b}[2J\nx     y       -\n");
    }

    #[test]
    fn in_a_window_the_last_cell_is_broken_or_on_a_line_of_its_own() {
        let mut table = Table::of_facts();
        table.push([
            "provider".to_owned(),
            "a role that would ask STS for something".to_owned(),
            String::new(),
        ]);
        table.push(["region".to_owned(), "eu-west-1".to_owned(), "~/.aws/config:7".to_owned()]);
        assert_eq!(
            table.within(Some(40)).to_string(),
            "provider  a role that would ask STS for\n          something\n\
             region    eu-west-1\n    ~/.aws/config:7\n"
        );
    }

    #[test]
    fn a_very_long_fact_does_not_widen_its_column() {
        let mut table = Table::of_facts();
        let long = "v".repeat(WIDEST + 1);
        table.push(["name".to_owned(), long.clone(), "origin".to_owned()]);
        table.push(["n".to_owned(), "v".to_owned(), String::new()]);
        assert_eq!(table.to_string(), format!("name  {long}  origin\nn     v\n"));
    }

    #[test]
    fn a_style_covers_the_line() {
        let mut table = Table::of_facts();
        table.push_styled(Style::new().force_styling(true).green(), ["a".to_owned(), String::new()]);
        assert_eq!(table.to_string(), "\u{1b}[32ma\u{1b}[0m\n");
    }
}
