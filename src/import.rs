//! Tables of other programs become records: results a certification, lists of elements the elements of a framework.
//!
//! In come the bytes of a table and the catalogue it is for, out go new files and a report of everything that is not in them.
//! No row vanishes: it is in a file or in the report, with its line, its words and the reason; no record that exists is touched.

mod table;
mod columns;
mod delimited;
mod objects;
mod cells;
mod keys;
mod record;
mod results;
mod moves;
mod elements;

use std::fmt;

use crate::publish::NewFile;
pub use cells::{Decimals, read_word};
pub use columns::{Column, Vocabulary, column};
pub use delimited::Delimiter;
pub use elements::{ElementsOptions, elements};
pub use results::{ResultsOptions, results};
pub use table::{Row, Table};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Fields with a separator between them, which is found out unless it is said.
    Csv(Option<Delimiter>),
    /// A list of objects.
    Json,
}

/// Reads a table: its headings are the first line that has one for an id.
pub fn read(name: &str, bytes: &[u8], format: Format, vocabulary: &Vocabulary) -> Result<Table, Unusable> {
    match format {
        Format::Csv(delimiter) => delimited::read(name, bytes, delimiter, vocabulary),
        Format::Json => objects::read(name, bytes),
    }
}

/// Why nothing can be made of a table, or of what was said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Unusable {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Something of a table that is in no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The file, as it was named.
    pub file: String,
    /// The line on which the row begins, or its number where rows are counted.
    pub line: u64,
    /// The words of the row or of the cell.
    pub words: String,
    /// Why it is not in a record, and what to do about it.
    pub why: String,
}

/// A column that is in no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The file, as it was named.
    pub file: String,
    /// Its heading.
    pub heading: String,
    /// How many of its cells say something.
    pub cells: usize,
    /// Why.
    pub why: &'static str,
}

/// What became of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Whether rows are told by their number, not by their line.
    pub counts_rows: bool,
    /// How many rows there were: as many as were written and lost.
    pub rows: usize,
    /// How many of them are in a record.
    pub written: usize,
    /// The rows that are in no record.
    pub lost: Vec<Loss>,
    /// Cells that are in no record, of rows that are.
    pub partly: Vec<Loss>,
    /// What was concluded from the table and is for a person to judge.
    pub doubts: Vec<Loss>,
    /// Columns that are in no record.
    pub left_out: Vec<LeftOut>,
}

impl Report {
    /// A report on tables of which nothing is written yet.
    fn on<'t>(tables: impl IntoIterator<Item = &'t Table>) -> Self {
        let mut report = Self::default();
        for table in tables {
            report.counts_rows |= table.counts_rows;
            report.rows += table.rows.len() + table.lost.len();
            report.lost.extend(table.lost.iter().cloned());
        }
        report
    }

    /// Puts what is said into the order of files and lines.
    fn sorted(mut self) -> Self {
        for losses in [&mut self.lost, &mut self.partly, &mut self.doubts] {
            losses.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        }
        self
    }

    /// Whether a row that says something is in no record.
    pub fn has_losses(&self) -> bool {
        self.lost.iter().any(|loss| !loss.words.is_empty()) || !self.partly.is_empty()
    }
}

/// The records that were made of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The files, below the catalogue.
    pub files: Vec<NewFile>,
    /// What is not in them.
    pub report: Report,
}
