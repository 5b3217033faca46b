//! Tables: columns as wide as they need to be.

mod window;

use std::fmt;

use console::{Style, measure_text_width};

use crate::text::is_printable;
use crate::ui::one_line;

/// The blanks between two columns.
const GAP: usize = 2;

/// The length of a usual cell, in bytes.
const USUAL: usize = 16;

/// The widest a column gets: a very long value would push the other columns out of sight.
const WIDEST: usize = 48;

/// Rows of cells. The last column has no limit.
pub struct Table<const N: usize> {
    /// The text of all cells, one behind the other: a table may have ten thousand rows.
    text: String,
    rows: Vec<Row<N>>,
    /// The indexes of the rows that have a style, and these styles. In a long table hardly any row has one.
    styles: Vec<(usize, Style)>,
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
            styles: Vec::new(),
            widths: [0; N],
            is_filled: [false; N],
            has_header: false,
            empty: "",
            widest: WIDEST,
            drops_empty: false,
            columns: None,
        }
    }

    /// The same table with room for so many rows: one that grows is copied again and again.
    pub fn with_room(mut self, rows: usize) -> Table<N> {
        self.text.reserve(rows * N * USUAL);
        self.rows.reserve(rows);
        self
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
        if style != Style::new().force_styling(false) {
            self.styles.push((self.rows.len(), style));
        }
        let mut lengths = [0; N];
        for (column, text) in texts.into_iter().enumerate() {
            let (length, width) = if is_plain {
                (text.len(), text.len())
            } else {
                let shown = one_line(text);
                self.text.push_str(&shown);
                (shown.len(), width(&shown))
            };
            if width <= self.widest {
                self.widths[column] = self.widths[column].max(width);
            }
            self.is_filled[column] |= !is_header && text != self.empty;
            lengths[column] = u32::try_from(length).unwrap_or(u32::MAX);
        }
        self.rows.push(Row { lengths, is_plain });
    }
}

/// The lines, each with a line feed.
impl<const N: usize> fmt::Display for Table<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.columns {
            None => self.lines(f),
            Some(columns) => self.within_window(columns, f),
        }
    }
}

impl<const N: usize> Table<N> {
    /// The width of the widest line, in columns.
    pub fn width(&self) -> usize {
        self.to_string().lines().map(width).max().unwrap_or_default()
    }

    fn is_shown(&self, column: usize) -> bool {
        self.is_filled[column] || !self.drops_empty
    }

    /// The rows, each with its style and the texts of its cells.
    fn texts(&self) -> impl Iterator<Item = (&Row<N>, Option<&Style>, [&str; N])> {
        let mut rest = &*self.text;
        let mut styles = self.styles.iter().peekable();
        self.rows.iter().enumerate().map(move |(at, row)| {
            let cells = row.lengths.map(|length| {
                let (cell, behind) = rest.split_at(length as usize);
                rest = behind;
                cell
            });
            (row, styles.next_if(|(styled, _)| *styled == at).map(|(_, style)| style), cells)
        })
    }

    /// A line for each row, with the columns below each other.
    fn lines(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: Vec<usize> = (0..N).filter(|column| self.is_shown(*column)).collect();
        let mut line = String::new();
        for (row, style, cells) in self.texts() {
            line.clear();
            for column in &shown {
                let cell = cells[*column];
                line.push_str(cell);
                if *column + 1 < N {
                    pad(&mut line, self.widths[*column].saturating_sub(row.width(cell)) + GAP);
                }
            }
            line.truncate(line.trim_end().len());
            write(&mut line, style, f)?;
        }
        Ok(())
    }
}

fn write(line: &mut String, style: Option<&Style>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match style {
        Some(style) => writeln!(f, "{}", style.apply_to(line)),
        None => {
            line.push('\n');
            f.write_str(line)
        }
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
        table.push(["region".to_owned(), "eu-west-1".to_owned(), "~/work/aws/config.ini:7".to_owned()]);
        assert_eq!(
            table.within(Some(40)).to_string(),
            "provider  a role that would ask STS for\n          something\n\
             region    eu-west-1\n    ~/work/aws/config.ini:7\n"
        );
    }

    #[test]
    fn in_a_window_that_is_too_narrow_for_its_columns_each_row_is_a_record() {
        let mut table = Table::new(["  NAME", "ROLE", "REGION"], Style::new()).without_empty_columns();
        table.push(["* production", "administrator", "eu-west-1"]);
        table.push(["  dev", "", "a region with a very long name"]);
        let wide = "  NAME        ROLE           REGION\n\
                    * production  administrator  eu-west-1\n  \
                      dev         -              a region with a very long name\n";
        assert_eq!(table.to_string(), wide);
        // The last column alone may be broken.
        assert!(!table.is_wider_than(27));
        assert_eq!(
            table.within(Some(26)).to_string(),
            "* production\n    ROLE    administrator\n    REGION  eu-west-1\n  \
               dev\n    REGION\n        a region with a\n        very long name\n"
        );
    }

    #[test]
    fn in_a_narrow_window_no_fact_is_broken_that_fits_on_a_line() {
        let mut table = Table::of_facts();
        table.push(["region", "eu-west-1", "~/.aws/config:7"]);
        table.push(["role_arn", "arn:aws:iam::123456789012:role/x", "~/.aws/config:8"]);
        table.push(["source", "", "AWS_PROFILE"]);
        table.push(["sso", "absent", "neither sso_role_name nor sso_account_id"]);
        assert_eq!(
            table.within(Some(36)).to_string(),
            "region    eu-west-1  ~/.aws/config:7\n\
             role_arn\n    arn:aws:iam::123456789012:role/x\n    ~/.aws/config:8\n\
             source    AWS_PROFILE\n\
             sso       absent\n    neither sso_role_name nor\n    sso_account_id\n"
        );
    }

    #[test]
    fn a_fact_that_is_wider_than_the_window_is_broken_too() {
        let mut table = Table::of_facts();
        table.push([
            "sign-in",
            "session `corp`: until tomorrow at noon (in 20 h)",
            "~/.aws/sso/cache/a.json",
        ]);
        assert_eq!(
            table.within(Some(30)).to_string(),
            "sign-in  session `corp`: until\n         tomorrow at noon (in\n         20 h)\n    ~/.aws/sso/cache/a.json\n"
        );
    }

    #[test]
    fn in_a_narrow_window_only_columns_that_take_half_of_it_are_below_each_other() {
        let shown = |columns: usize| {
            let mut table = Table::of_facts();
            table.push(["a_long_setting", "value", "~/.aws/config:7"]);
            table.push(["a", "b", "c"]);
            table.within(Some(columns)).to_string()
        };
        assert_eq!(shown(33), "a_long_setting  value\n    ~/.aws/config:7\na               b      c\n");
        assert_eq!(shown(20), "a_long_setting\n    value\n    ~/.aws/config:7\na  b  c\n");
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
