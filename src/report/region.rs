//! Where a finding stands, as programs count: lines, columns and bytes, from its first character to one past its last.
//!
//! In comes a place, out go both of its ends. A finding about a file as a whole has no region.
//! Columns count Unicode scalar values from one, never bytes or UTF-16 units; SARIF output says so.

use super::Report;
use crate::text::{LineColumn, Place, Span};

/// Both ends of a marked piece of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region {
    pub(super) start: LineColumn,
    /// One past the last character.
    pub(super) end: LineColumn,
    pub(super) span: Span,
}

impl Region {
    /// The region of a place; `None` where the finding is about the file and marks nothing in it.
    pub(super) fn of(report: &Report<'_>, place: Place) -> Option<Self> {
        (!report.is_whole_file(place)).then(|| Self::of_edit(report, place))
    }

    /// The region of an edit, which may well be the empty one at the start of a file.
    pub(super) fn of_edit(report: &Report<'_>, place: Place) -> Self {
        let at = |offset| report.sources.line_column(place.file, offset);
        let (start, end) = (at(place.span.start), at(place.span.end));
        Self { start, end, span: place.span }
    }
}
