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
    /// The text of all cells, one behind the other: a table may have ten thousand rows.
    text: String,
    rows: Vec<Row<N>>,
    /// Of each column, without cells that are wider than any column gets.
    widths: [usize; N],
    /// Whether a column has a value in any row.
    is_filled: [bool; N],
    /// Whether the first row is a header.
    has_header: bool,
    /// What an empty cell shows.
    empty: &'static str,
    widest: usize,
    /// Whether a column without a value in any row is left out.
    drops_empty: bool,
    /// The width that the last column is broken to.
    columns: Option<usize>,
}

struct Row<const N: usize> {
    style: Style,
    /// The length of each cell's text, which begins where that of the one before it ends.
    lengths: [u32; N],
    /// Whether each character takes one byte and one column.
    is_plain: bool,
}

impl<const N: usize> Row<N> {
    /// In columns.
    fn width(&self, cell: &str) -> usize {
        if self.is_plain { cell.len() } else { measure_text_width(cell) }
    }
}

impl<const N: usize> Table<N> {
    /// A table with a header; an empty cell is a dash.
    pub fn new(names: [&str; N], header: Style) -> Table<N> {
        let mut table = Table { empty: "-", widest: usize::MAX, has_header: true, ..Table::of_facts() };
        table.push_styled(header, names);
        table
    }

    /// A table of facts, without a header.
    pub fn of_facts() -> Table<N> {
        Table {
            text: String::new(),
            rows: Vec::new(),
            widths: [0; N],
            is_filled: [false; N],
            has_header: false,
            empty: "",
            widest: WIDEST,
            drops_empty: false,
            columns: None,
        }
    }

    /// The same table, in which a column without a value in any row is left out.
    pub fn without_empty_columns(self) -> Table<N> {
        Table { drops_empty: true, ..self }
    }

    /// The same table for a terminal of this width, if it is one: the last column is broken at words.
    pub fn within(self, columns: Option<usize>) -> Table<N> {
        Table { columns, ..self }
    }

    pub fn push(&mut self, cells: [impl AsRef<str>; N]) {
        self.push_styled(Style::new(), cells);
    }

    /// Adds a row in a style. A cell is one line without control characters.
    #[expect(clippy::needless_pass_by_value, reason = "a row is made for this")]
    pub fn push_styled(&mut self, style: Style, cells: [impl AsRef<str>; N]) {
        let is_header = self.has_header && self.rows.is_empty();
        let texts = cells.each_ref().map(|cell| match cell.as_ref() {
            "" => self.empty,
            text => text,
        });
        let start = self.text.len();
        self.text.extend(texts);
        // Asked once a row for what `one_line` and the widths depend on.
        let is_plain = is_printable(&self.text[start..]);
        if !is_plain {
            self.text.truncate(start);
        }
        let mut row = Row { style, lengths: [0; N], is_plain };
        for (column, text) in texts.into_iter().enumerate() {
            let shown = if is_plain { Cow::Borrowed(text) } else { one_line(text) };
            if !is_plain {
                self.text.push_str(&shown);
            }
            let width = row.width(&shown);
            if width <= self.widest {
                self.widths[column] = self.widths[column].max(width);
            }
            self.is_filled[column] |= !is_header && text != self.empty;
            row.lengths[column] = u32::try_from(shown.len()).unwrap_or(u32::MAX);
        }
        self.rows.push(row);
    }
}

/// The lines, each with a line feed.
impl<const N: usize> fmt::Display for Table<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut line, plain) = (String::new(), Style::new().force_styling(false));
        let mut rest = &*self.text;
        for row in &self.rows {
            line.clear();
            let last = row.lengths.iter().rposition(|length| *length > 0).unwrap_or_default();
            let cells = row.lengths.map(|length| {
                let (cell, behind) = rest.split_at(length as usize);
                rest = behind;
                cell
            });
            for (column, shown) in cells.into_iter().enumerate() {
                if self.drops_empty && !self.is_filled[column] {
                    continue;
                }
                match self.columns.filter(|_| column == last) {
                    Some(columns) => {
                        let shown = last_cell(shown, width(&line), columns);
                        if shown.starts_with('\n') {
                            line.truncate(line.trim_end().len());
                        }
                        line.push_str(&shown);
                        break;
                    }
                    None => line.push_str(shown),
                }
                if column + 1 < N {
                    pad(&mut line, self.widths[column].saturating_sub(row.width(shown)) + 2);
                }
            }
            line.truncate(line.trim_end().len());
            // A style takes longer than the line itself, and nearly no row of a long table has one.
            if row.style == plain {
                f.write_str(&line)?;
                f.write_str("\n")?;
            } else {
                writeln!(f, "{}", row.style.apply_to(&line))?;
            }
        }
        Ok(())
    }
}

/// Appends spaces.
fn pad(line: &mut String, mut count: usize) {
    const SPACES: &str = "                                                                ";
    while count > 0 {
        let some = count.min(SPACES.len());
        line.push_str(&SPACES[..some]);
        count -= some;
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
