//! Tables in a window of the terminal, which may be narrow: no word is broken that fits on a line.

use std::fmt;

use super::{GAP, Table, pad, width, write};
use crate::ui::{HANG, last_cell};

impl<const N: usize> Table<N> {
    /// The table in a window of so many columns.
    pub(super) fn within_window(&self, columns: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_wider_than(columns) {
            false => self.lines_within(columns, N, f),
            true if self.has_header => self.records(columns, f),
            true => self.lines_within(columns, below_each_other(&self.widths, columns), f),
        }
    }

    /// Whether the columns before the last one alone need more room.
    pub(super) fn is_wider_than(&self, columns: usize) -> bool {
        let shown = (0..N - 1).filter(|column| self.is_shown(*column));
        shown.map(|column| self.widths[column] + GAP).sum::<usize>() > columns + GAP
    }

    /// The cells of the columns that are shown.
    fn shown<'t>(&self, cells: [&'t str; N]) -> impl Iterator<Item = (usize, &'t str)> {
        cells.into_iter().enumerate().filter(|(column, _)| self.is_shown(*column))
    }

    /// A line for each row, in which the first `padded` columns are below each other. One that is wider than the window is
    /// broken.
    fn lines_within(&self, columns: usize, padded: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = String::new();
        for (row, style, cells) in self.texts() {
            line.clear();
            let last = cells.iter().rposition(|cell| !cell.is_empty()).unwrap_or_default();
            // Where the line that is being written begins in a row of several.
            let mut start = 0;
            for (column, shown) in self.shown(cells) {
                let wide = row.width(shown);
                let before = width(&line[start..]);
                if column == last {
                    // Behind cells that aren't below each other, the rest of a cell would be anywhere.
                    let is_below = padded < column && before + wide > columns;
                    let shown = last_cell(shown, if is_below { columns } else { before }, columns, HANG);
                    if shown.starts_with('\n') {
                        line.truncate(line.trim_end().len());
                    }
                    line.push_str(&shown);
                    break;
                }
                if before > 0 && before + wide > columns && wide + HANG <= columns {
                    line.truncate(line.trim_end().len());
                    line.push('\n');
                    start = line.len();
                    pad(&mut line, HANG);
                } else if before + wide > columns {
                    let shown = last_cell(shown, before, columns, HANG);
                    if shown.starts_with('\n') {
                        line.truncate(line.trim_end().len());
                    }
                    line.push_str(&shown);
                    start = line.rfind('\n').map_or(start, |at| at + 1);
                    pad(&mut line, GAP);
                    continue;
                }
                line.push_str(shown);
                self.fill(&mut line, column, wide, padded);
            }
            line.truncate(line.trim_end().len());
            write(&mut line, style, f)?;
        }
        Ok(())
    }

    /// Each row as a record: the first cell, and below it a line for each other cell that has a value, with the column's
    /// name.
    fn records(&self, columns: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = self.texts();
        let Some((header, _, names)) = rows.next() else { return Ok(()) };
        let names = || self.shown(names).skip(1).map(|(_, name)| (name, header.width(name)));
        let widest = names().map(|(_, wide)| wide).max().unwrap_or_default();
        for (_, style, cells) in rows {
            let mut cells = self.shown(cells);
            let mut record = String::new();
            record.extend(cells.next().map(|(_, title)| title));
            for ((name, wide), (_, value)) in names().zip(cells) {
                if value == self.empty {
                    continue;
                }
                record.push('\n');
                pad(&mut record, HANG);
                record.push_str(name);
                pad(&mut record, widest - wide + GAP);
                let value = last_cell(value, HANG + widest + GAP, columns, 2 * HANG);
                if value.starts_with('\n') {
                    record.truncate(record.trim_end().len());
                }
                record.push_str(&value);
            }
            write(&mut record, style, f)?;
        }
        Ok(())
    }

    /// Appends what separates a cell from the next one.
    fn fill(&self, line: &mut String, column: usize, wide: usize, padded: usize) {
        if column + 1 == N {
            return;
        }
        if column < padded {
            pad(line, self.widths[column].saturating_sub(wide) + GAP);
        } else if wide > 0 {
            pad(line, GAP);
        }
    }
}

/// How many of the first columns stay below each other in a narrow window: those that take half of it at most.
fn below_each_other(widths: &[usize], columns: usize) -> usize {
    let mut taken = 0;
    let fits = |width: &&usize| {
        taken += **width + GAP;
        taken <= columns / 2
    };
    widths.iter().take_while(fits).count()
}
