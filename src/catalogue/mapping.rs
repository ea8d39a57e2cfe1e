//! A certification's mapping, linked: clauses know their steps, steps know the clauses that cite them.
//!
//! In come records from [`crate::link`], out go positions within the mapping that cannot dangle.
//! A range of steps counts as its two ends; a citation that led to nothing has no position and is an error already.

use std::collections::HashMap;
use std::ops::Range;

use super::ElementIx;
use crate::model::fingerprint::Fingerprint;
use crate::model::mapping::{Citation, ElementRecord, Mode, ScenarioRecord, StepRecord, WorkRecord};
use crate::model::shared::Remark;
use crate::model::waiver::Waiver;
use crate::text::{FileId, Place, Span};

/// The certification report of one certification.
#[derive(Debug, Default)]
pub struct Mapping {
    /// Its files, in the order of their paths.
    pub files: Vec<FileId>,
    /// How it was made.
    pub technique: Option<String>,
    /// The documents it cites.
    pub works: Vec<Work>,
    /// Scenarios, as listed.
    pub scenarios: Vec<Scenario>,
    /// The steps of all scenarios, one scenario after the other.
    pub steps: Vec<Step>,
    /// Elements, as listed.
    pub elements: Vec<MappedElement>,
    /// Faults of the source that an editor noted.
    pub remarks: Vec<(FileId, Remark)>,
    /// Findings that its files accept.
    pub waivers: Vec<(FileId, Waiver)>,
    /// Whether its citations print modes; where they do, a citation without one has none.
    pub prints_modes: bool,
    /// Whether everything in its files could be read, so that what is not here is missing.
    pub is_complete: bool,
    /// Steps by id.
    pub ids: HashMap<String, usize>,
    /// Positions in `elements`.
    pub mapped: HashMap<ElementIx, usize>,
}

/// A work cited.
#[derive(Debug)]
pub struct Work {
    /// Its file.
    pub file: FileId,
    /// What its record says.
    pub record: WorkRecord,
    /// The scenarios it describes.
    pub scenarios: Vec<usize>,
}

/// A scenario with its steps.
#[derive(Debug)]
pub struct Scenario {
    /// Its file.
    pub file: FileId,
    /// What its record says; its steps are in the mapping's own list.
    pub record: ScenarioRecord,
    /// Its steps.
    pub steps: Range<usize>,
}

/// A step with everything that refers to it.
#[derive(Debug)]
pub struct Step {
    /// Its file.
    pub file: FileId,
    /// What its record says.
    pub record: StepRecord,
    /// Its scenario.
    pub scenario: usize,
    /// The clauses that cite it, once for each citation.
    pub cited: Vec<ClauseAt>,
    /// The clauses whose notes name it.
    pub mentioned: Vec<ClauseAt>,
    /// The clauses that cite a range in which it lies.
    pub within: Vec<ClauseAt>,
}

/// Where a clause stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClauseAt {
    /// The mapped element.
    pub element: usize,
    /// The clause of it.
    pub clause: usize,
}

/// An element with its clauses.
#[derive(Debug)]
pub struct MappedElement {
    /// Its file.
    pub file: FileId,
    /// What its record says.
    pub record: ElementRecord,
    /// The element; `None` when its id led to nothing, which is an error.
    pub element: Option<ElementIx>,
    /// The row of the certification that states its result.
    pub row: Option<usize>,
    /// The fingerprint of the element's definition today; `None` where there is no element.
    pub definition: Option<Fingerprint>,
    /// The scenarios in which it takes part.
    pub scenarios: Vec<usize>,
    /// For each clause, the steps of its citations and of its mentions.
    pub clauses: Vec<ClauseSteps>,
}

/// The steps that a clause refers to, in the order of its record.
#[derive(Debug, Default)]
pub struct ClauseSteps {
    /// Of `evidence`.
    pub evidence: Vec<Ends>,
    /// Of `mentions`.
    pub mentions: Vec<Ends>,
}

/// The step of a citation, or the two ends of a range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// The step.
    pub step: Option<usize>,
    /// The last step of a range.
    pub to: Option<usize>,
}

/// One citation of one step: a range gives two.
#[derive(Clone, Copy, Debug)]
pub struct Cited<'m> {
    /// The clause that cites.
    pub at: ClauseAt,
    /// The citation.
    pub citation: &'m Citation,
    /// The step; `None` when it led to nothing, which is an error.
    pub step: Option<usize>,
}

impl Mapping {
    /// The position of a mapped element.
    pub fn of(&self, element: ElementIx) -> Option<usize> {
        self.mapped.get(&element).copied()
    }

    /// Every citation, in the order of the report.
    pub fn citations(&self) -> impl Iterator<Item = Cited<'_>> {
        (0..self.elements.len()).flat_map(move |element| {
            let clauses = 0..self.elements[element].clauses.len();
            clauses.flat_map(move |clause| self.cited_by(ClauseAt { element, clause }))
        })
    }

    /// The citations of one clause.
    pub fn cited_by(&self, at: ClauseAt) -> impl Iterator<Item = Cited<'_>> {
        let mapped = &self.elements[at.element];
        let citations = mapped.record.clauses[at.clause].evidence.iter();
        citations.zip(&mapped.clauses[at.clause].evidence).flat_map(move |(citation, ends)| {
            let first = Cited { at, citation, step: ends.step };
            let last = citation.to.as_ref().map(|_| Cited { at, citation, step: ends.to });
            std::iter::once(first).chain(last)
        })
    }

    /// How a step is done where it is cited: as printed there, or as its scenario says in a report that prints no modes.
    pub fn mode(&self, cited: &Cited<'_>) -> Option<Mode> {
        if self.prints_modes {
            return cited.citation.mode;
        }
        self.steps[cited.step?].record.mode.as_ref().map(|mode| mode.value)
    }
}

impl Step {
    /// Whether no clause cites it, names it or spans it with a range.
    pub fn is_unused(&self) -> bool {
        self.cited.is_empty() && self.mentioned.is_empty() && self.within.is_empty()
    }
}

impl MappedElement {
    /// Whether the definition has changed since the clauses were made against it.
    pub fn is_suspect(&self) -> bool {
        let noted = self.record.fingerprint.as_ref().filter(|noted| !noted.value.is_empty());
        noted.zip(self.definition).is_some_and(|(noted, now)| noted.value != now.to_string())
    }

    /// A place in its file.
    pub fn place(&self, span: Span) -> Place {
        Place::new(self.file, span)
    }
}
