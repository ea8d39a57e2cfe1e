//! A certification, its rows, and what each of them amounts to.
//!
//! In comes the record with its references resolved, out go its rows beside what the record says, and whether it holds on a day.
//! Nothing is added up here, and what led to nothing stays nothing: it was reported.

use std::sync::Arc;

use super::{ElementIx, FrameworkIx, OrganizationIx, mapping};
use crate::model::certification::{CertificationRecord, Outcome, ResultRecord};
use crate::model::date::Day;
use crate::model::scale::Tone;
use crate::text::{FileId, Place, Span};

/// A row of a certification, linked.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The element; `None` when its id led to nothing, which is an error.
    pub element: Option<ElementIx>,
    /// The release whose id it uses.
    pub release: u16,
    /// The rating that its score or rating reaches, as an index into the scale's ratings.
    pub rating: Option<u8>,
    /// Whether it repeats an earlier row word for word; such a row is shown and not counted.
    pub repeated: bool,
}

/// A certification with its references resolved.
#[derive(Debug)]
pub struct Certification {
    /// Its id.
    pub id: String,
    /// Its file.
    pub file: FileId,
    /// What its record says.
    pub record: Arc<CertificationRecord>,
    /// Who certified; `None` when the id led to nothing, which is an error.
    pub organization: Option<OrganizationIx>,
    /// The framework.
    pub framework: FrameworkIx,
    /// The release, as an index into the framework's.
    pub release: usize,
    /// The scale, as an index into the framework's; `None` when there is none, which is an error once a row needs it.
    pub scale: Option<usize>,
    /// The rows, in the order of `record.results`.
    pub rows: Vec<Row>,
    /// The elements of each of its modules, in the order of `record.modules`.
    pub modules: Vec<Vec<ElementIx>>,
    /// Its certification report, where it has one.
    pub mapping: Option<mapping::Mapping>,
    /// Notices that apply: its own and its framework's, as indexes into the catalogue's.
    pub notices: Vec<usize>,
}

impl Certification {
    /// Each row with what its record says.
    pub fn results(&self) -> impl Iterator<Item = (&Row, &ResultRecord)> {
        self.rows.iter().zip(&self.record.results)
    }

    /// A place in its file.
    pub fn place(&self, span: Span) -> Place {
        Place::new(self.file, span)
    }

    /// Whether it holds on the given day; `None` when no end was published.
    pub fn is_valid_on(&self, day: Day) -> Option<bool> {
        self.record.valid_to.as_ref().map(|to| day <= to.value.last_day())
    }
}

/// What a row amounts to, for counts: independent of scales and labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Assessed, with the tone of its rating.
    Assessed(Tone),
    /// Not assessed, with the reason.
    Absent(Outcome),
    /// The row states a coverage only.
    Unstated,
}
