//! Tables in a window that is narrower than their columns.

use std::fmt;

use super::{GAP, HANG, Table, last_cell, pad};

/// How many of the first columns stay below each other: those that take half of the window at most.
pub(super) fn padded(widths: &[usize], columns: usize) -> usize {
    let mut taken = 0;
    let fits = |width: &&usize| {
        taken += **width + GAP;
        taken <= columns / 2
    };
    widths.iter().take_while(fits).count()
}

/// Each row as a record: the first cell, and below it a line for each other cell that has a value, with the column's name.
pub(super) fn records<const N: usize>(
    table: &Table<N>,
    columns: usize,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let Some((header, rows)) = table.rows.split_first() else { return Ok(()) };
    let names = || table.texts(header).skip(1);
    let widest = names().map(|(_, name, _)| name.width()).max().unwrap_or_default();
    for row in rows {
        let mut cells = table.texts(row);
        let mut record = String::new();
        record.extend(cells.next().map(|(.., title)| title));
        for ((_, name, label), (.., value)) in names().zip(cells) {
            if value == table.empty {
                continue;
            }
            record.push('\n');
            pad(&mut record, HANG);
            record.push_str(label);
            pad(&mut record, widest - name.width() + GAP);
            let value = last_cell(value, HANG + widest + GAP, columns, 2 * HANG);
            if value.starts_with('\n') {
                record.truncate(record.trim_end().len());
            }
            record.push_str(&value);
        }
        row.write(&record, f)?;
    }
    Ok(())
}
