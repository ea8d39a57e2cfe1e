//! A table, however it was written: headings, and rows of as many cells, each with the line on which it begins.
//!
//! In come rows as a reader found them, out goes the table with what stood outside of it as losses.
//! No cell is changed here, and no row is dropped: what is no row of the table is told with its line.

use super::{LeftOut, Loss};

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The line on which it begins, or its number, from 1.
    pub line: u64,
    /// Its cells, in the order of the headings.
    pub cells: Vec<String>,
}

impl Row {
    /// What the row says, for a report.
    pub(super) fn words(&self) -> String {
        let cells = self.cells.iter().map(|cell| cell.trim()).collect::<Vec<_>>();
        let end = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        cells[..end].join(" | ")
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The file, as it was named.
    pub name: String,
    /// The heading of every column.
    pub headings: Vec<String>,
    /// The rows below.
    pub rows: Vec<Row>,
    /// Lines that are no rows of it.
    pub lost: Vec<Loss>,
    /// Whether rows are counted, because they do not begin on lines of their own.
    pub counts_rows: bool,
}

impl Table {
    /// Adds a row, if it says something and fits.
    pub(super) fn push(&mut self, mut row: Row) {
        let why = if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            "it is empty"
        } else if row.cells.iter().skip(self.headings.len()).any(|cell| !cell.trim().is_empty()) {
            "it has more cells than there are headings: a separator or a quotation mark may be missing"
        } else if self.headings.iter().zip(&row.cells).all(|(heading, cell)| heading == cell.trim()) {
            "it repeats the headings"
        } else {
            row.cells.resize(self.headings.len(), String::new());
            self.rows.push(row);
            return;
        };
        self.lost.push(self.loss(&row, why));
    }

    /// A row that is in no record.
    pub(super) fn loss(&self, row: &Row, why: impl Into<String>) -> Loss {
        Loss { file: self.name.clone(), line: row.line, words: row.words(), why: why.into() }
    }

    /// A cell that is in no record.
    pub(super) fn cell_loss(&self, row: &Row, words: &str, why: impl Into<String>) -> Loss {
        Loss { file: self.name.clone(), line: row.line, words: words.to_owned(), why: why.into() }
    }

    /// A column that is in no record: the cells that say something, in rows where one of those before does too if there are any.
    pub(super) fn left_out(&self, at: usize, why: &'static str, before: &[usize]) -> Option<LeftOut> {
        let says = |row: &Row, at: usize| !row.cells[at].trim().is_empty();
        let is_left_out = |row: &&Row| {
            says(row, at) && (before.is_empty() || before.iter().any(|before| says(row, *before)))
        };
        let cells = self.rows.iter().filter(is_left_out).count();
        let heading = self.headings[at].clone();
        (cells > 0).then(|| LeftOut { file: self.name.clone(), heading, cells, why })
    }
}
