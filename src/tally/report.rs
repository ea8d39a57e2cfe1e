//! What a certification report adds up to: clauses by support, citations by mode.
//!
//! In comes a linked mapping, out go the counts of an element, a scenario or the whole.
//! A citation is counted as often as it is made, a range as its two ends; nothing is weighed or rated.

use std::collections::BTreeSet;
use std::ops::AddAssign;

use crate::catalogue::mapping::{Cited, ClauseAt, Mapping};
use crate::model::mapping::{Mode, Support};

/// The counts of some clauses and citations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Clauses.
    pub clauses: usize,
    /// Of these, supported.
    pub full: usize,
    /// Supported in part.
    pub partial: usize,
    /// Not supported.
    pub none: usize,
    /// Not applicable, done elsewhere, covered below, or not stated.
    pub otherwise: usize,
    /// Citations.
    pub citations: usize,
    /// Of these, of automated steps.
    pub automated: usize,
    /// Of manual ones.
    pub manual: usize,
    /// Of steps that are both.
    pub both: usize,
    /// Without a mode.
    pub without_mode: usize,
}

impl Report {
    fn add_clause(&mut self, support: Support) {
        self.clauses += 1;
        match support {
            Support::Full => self.full += 1,
            Support::Partial => self.partial += 1,
            Support::None => self.none += 1,
            _ => self.otherwise += 1,
        }
    }

    fn add_citation(&mut self, mode: Option<Mode>) {
        self.citations += 1;
        match mode {
            Some(Mode::Automated) => self.automated += 1,
            Some(Mode::Manual) => self.manual += 1,
            Some(Mode::Both) => self.both += 1,
            None => self.without_mode += 1,
        }
    }
}

impl AddAssign for Report {
    fn add_assign(&mut self, other: Self) {
        self.clauses += other.clauses;
        self.full += other.full;
        self.partial += other.partial;
        self.none += other.none;
        self.otherwise += other.otherwise;
        self.citations += other.citations;
        self.automated += other.automated;
        self.manual += other.manual;
        self.both += other.both;
        self.without_mode += other.without_mode;
    }
}

/// The counts of one element.
pub fn of_element(mapping: &Mapping, element: usize) -> Report {
    let mut report = Report::default();
    for (clause, record) in mapping.elements[element].record.clauses.iter().enumerate() {
        report.add_clause(record.support.value);
        for cited in mapping.cited_by(ClauseAt { element, clause }) {
            report.add_citation(mapping.mode(&cited));
        }
    }
    report
}

/// The counts of the whole report.
pub fn whole(mapping: &Mapping) -> Report {
    let mut report = Report::default();
    for element in 0..mapping.elements.len() {
        report += of_element(mapping, element);
    }
    report
}

/// The counts of a scenario: the clauses of its elements, and the citations of its own steps.
pub fn of_scenario(mapping: &Mapping, scenario: usize) -> Report {
    let mut report = Report::default();
    for element in elements_of(mapping, scenario) {
        mapping.elements[element]
            .record
            .clauses
            .iter()
            .for_each(|clause| report.add_clause(clause.support.value));
    }
    let is_own = |cited: &Cited<'_>| cited.step.is_some_and(|step| mapping.steps[step].scenario == scenario);
    for cited in mapping.citations().filter(is_own) {
        report.add_citation(mapping.mode(&cited));
    }
    report
}

/// The elements that take part in a scenario: those that say so, and those that cite a step of it.
pub fn elements_of(mapping: &Mapping, scenario: usize) -> BTreeSet<usize> {
    let says = |element: &usize| mapping.elements[*element].scenarios.contains(&scenario);
    let mut elements: BTreeSet<usize> = (0..mapping.elements.len()).filter(says).collect();
    let steps = &mapping.steps[mapping.scenarios[scenario].steps.clone()];
    elements.extend(steps.iter().flat_map(|step| &step.cited).map(|at| at.element));
    elements
}

/// Counts of `each` step's citations by the mode they print, in the order of the modes, those without one last.
pub fn printed_modes(mapping: &Mapping, step: usize) -> Vec<(Option<Mode>, usize)> {
    let at: BTreeSet<ClauseAt> = mapping.steps[step].cited.iter().copied().collect();
    let cited = at.into_iter().flat_map(|at| mapping.cited_by(at)).filter(|cited| cited.step == Some(step));
    let printed: Vec<Option<Mode>> = cited.map(|cited| cited.citation.mode).collect();
    let modes = [Some(Mode::Automated), Some(Mode::Manual), Some(Mode::Both), None];
    let counts = modes.map(|mode| (mode, printed.iter().filter(|printed| **printed == mode).count()));
    counts.into_iter().filter(|(_, count)| *count > 0).collect()
}
