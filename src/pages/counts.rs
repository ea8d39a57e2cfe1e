//! The counts of a tally as the columns of a table: how many fully, partially, not submitted, and the mean.
//!
//! In come the tallies of all rows, out go the headings that they need and the cells of each row.
//! A count of which no row has any gets no column, unless its absence would be missed.

use super::shared::measured_mean;
use crate::model::scale::Scale;
use crate::table::{Column, ColumnKind, TableWriter, column};
use crate::tally::Tally;
use crate::words::Words;

/// Something that is counted.
#[derive(Clone, Copy)]
struct Kind {
    /// The key of its words.
    title: &'static str,
    number: fn(&Tally) -> usize,
    is_always_shown: bool,
}

const KINDS: &[Kind] = &[
    Kind { title: "term.full", number: |tally| tally.full, is_always_shown: true },
    Kind { title: "term.partial", number: |tally| tally.partial, is_always_shown: true },
    Kind { title: "term.none", number: |tally| tally.none, is_always_shown: false },
    Kind { title: "term.neutral", number: |tally| tally.neutral, is_always_shown: false },
    Kind { title: "term.not_submitted", number: |tally| tally.not_submitted, is_always_shown: true },
    Kind { title: "term.not_assessed", number: |tally| tally.otherwise_absent, is_always_shown: false },
];

/// The columns of a table of tallies.
pub(super) struct Counts<'w> {
    words: &'w Words,
    kinds: Vec<Kind>,
    /// Whether any row has a mean, and with it a lowest score.
    pub(super) has_mean: bool,
}

impl<'w> Counts<'w> {
    /// The columns that these tallies need.
    pub(super) fn of<'t>(words: &'w Words, tallies: impl IntoIterator<Item = &'t Tally>) -> Self {
        let tallies: Vec<&Tally> = tallies.into_iter().collect();
        let kinds = KINDS
            .iter()
            .filter(|kind| kind.is_always_shown || tallies.iter().any(|tally| (kind.number)(tally) > 0));
        Self {
            words,
            kinds: kinds.copied().collect(),
            has_mean: tallies.iter().any(|tally| tally.scored > 0),
        }
    }

    /// Their headings.
    pub(super) fn columns(&self) -> Vec<Column<'w>> {
        let counts = self.kinds.iter().map(|kind| column(self.words.get(kind.title), ColumnKind::Number));
        counts
            .chain(self.has_mean.then_some(column(self.words.get("term.mean"), ColumnKind::Measure)))
            .collect()
    }

    /// The cells of one row, whose mean is on a scale.
    pub(super) fn write(&self, tally: &Tally, scale: Option<&Scale>, table: &mut TableWriter) {
        for kind in &self.kinds {
            table.number((kind.number)(tally));
        }
        if self.has_mean {
            table.cell(|html| measured_mean(self.words, tally, scale, html));
        }
    }
}
