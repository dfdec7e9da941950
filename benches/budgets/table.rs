//! The tables of results, as Markdown that also reads well in a terminal.

use std::fmt;

/// What came out of one measurement.
pub(crate) enum Row {
    /// A figure that has no budget.
    Figure(String),
    /// A figure, its budget, and whether it keeps within.
    Budget {
        measured: String,
        budget: String,
        met: bool,
    },
    /// Why there is no figure.
    NotMeasured(String),
}

impl Row {
    pub(crate) fn budget(measured: String, budget: &str, met: bool) -> Row {
        Row::Budget {
            measured,
            budget: budget.to_owned(),
            met,
        }
    }

    pub(crate) fn measured(&self) -> String {
        match self {
            Row::Figure(measured) | Row::Budget { measured, .. } => measured.clone(),
            Row::NotMeasured(reason) => format!("not measured: {reason}"),
        }
    }

    fn cells(&self, what: &str) -> [String; 4] {
        let (budget, met) = match self {
            Row::Figure(_) => ("", ""),
            Row::Budget { budget, met, .. } => {
                (budget.as_str(), if *met { "yes" } else { "MISSED" })
            }
            Row::NotMeasured(_) => ("", "?"),
        };
        [
            what.to_owned(),
            self.measured(),
            budget.to_owned(),
            met.to_owned(),
        ]
    }
}

/// Rows under a title.
pub(crate) struct Table {
    title: String,
    rows: Vec<(String, Row)>,
}

impl Table {
    pub(crate) fn new(title: &str) -> Table {
        Table {
            title: title.to_owned(),
            rows: Vec::new(),
        }
    }

    pub(crate) fn push(&mut self, what: &str, row: Row) {
        self.rows.push((what.to_owned(), row));
    }

    /// Whether something could not be measured.
    pub(crate) fn has_gaps(&self) -> bool {
        self.rows
            .iter()
            .any(|(_, row)| matches!(row, Row::NotMeasured(_)))
    }

    /// Whether a budget is missed.
    pub(crate) fn is_missed(&self) -> bool {
        self.rows
            .iter()
            .any(|(_, row)| matches!(row, Row::Budget { met: false, .. }))
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["what", "measured", "budget", "met?"].map(str::to_owned);
        let rows: Vec<[String; 4]> = std::iter::once(head)
            .chain(self.rows.iter().map(|(what, row)| row.cells(what)))
            .collect();
        let width = |column: usize| {
            rows.iter()
                .map(|row| row[column].chars().count())
                .max()
                .unwrap_or(0)
        };
        let widths = [0, 1, 2, 3].map(width);
        writeln!(f, "## {}\n", self.title)?;
        for (number, row) in rows.iter().enumerate() {
            for (cell, width) in row.iter().zip(widths) {
                write!(f, "| {cell:width$} ")?;
            }
            writeln!(f, "|")?;
            if number == 0 {
                for width in widths {
                    write!(f, "|{}", "-".repeat(width + 2))?;
                }
                writeln!(f, "|")?;
            }
        }
        Ok(())
    }
}
