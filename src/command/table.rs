//! Rows of cells as aligned columns.

use crate::escape::printable_line;
use crate::wrap::columns;

/// One line for each row: its cells two columns apart, the last one as long as it is.
pub(super) fn lines<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let rows: Vec<[String; N]> = rows
        .iter()
        .map(|row| std::array::from_fn(|column| printable_line(&row[column])))
        .collect();
    let widths: [usize; N] = std::array::from_fn(|column| {
        let widths = rows.iter().map(|row| columns(&row[column]));
        widths.max().unwrap_or(0)
    });
    rows.iter()
        .map(|row| {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(widths) {
                line.push_str(cell);
                line.push_str(&" ".repeat(width + 2 - columns(cell)));
            }
            line.truncate(line.trim_end().len());
            line
        })
        .collect()
}
