//! Counts and means, computed from the rows and never stated.
//!
//! In come a certification's rows, out go how many were assessed, how they were rated, their mean, and coverage by parent.
//! Absence is never a number here: what was not assessed is counted apart and enters no mean.

pub mod branches;
pub mod distribution;
pub mod report;

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::{Decimal, RoundingStrategy};

use crate::catalogue::{Catalogue, Certification, ElementIx, Row, Verdict};
use crate::model::certification::{Coverage, Outcome, ResultRecord, Value};
use crate::model::scale::Tone;
use crate::text::Spanned;

/// What some rows add up to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows that say something of their element; repeated rows and bare coverages are not among them.
    pub rows: usize,
    /// Rows with a score or a rating.
    pub assessed: usize,
    /// Of these, by the tone of their rating.
    pub full: usize,
    /// Partially conformant.
    pub partial: usize,
    /// Not conformant.
    pub none: usize,
    /// With a rating that is neither.
    pub neutral: usize,
    /// Rows in scope for which nothing was handed in.
    pub not_submitted: usize,
    /// Rows without a score for another reason.
    pub otherwise_absent: usize,
    /// Rows with a score.
    pub scored: usize,
    /// The sum of the scores.
    pub sum: Decimal,
    /// The lowest score.
    pub lowest: Option<Decimal>,
    /// The highest score.
    pub highest: Option<Decimal>,
}

impl Tally {
    /// Adds a row.
    pub fn add(&mut self, verdict: Verdict, value: &Value) {
        match verdict {
            Verdict::Unstated => return,
            Verdict::Absent(Outcome::NotSubmitted) => self.not_submitted += 1,
            Verdict::Absent(_) => self.otherwise_absent += 1,
            Verdict::Assessed(tone) => {
                self.assessed += 1;
                match tone {
                    Tone::Full => self.full += 1,
                    Tone::Partial => self.partial += 1,
                    Tone::None => self.none += 1,
                    Tone::Neutral => self.neutral += 1,
                }
            }
        }
        self.rows += 1;
        if let Value::Score(score) = value {
            self.scored += 1;
            self.sum += *score;
            self.lowest = Some(self.lowest.map_or(*score, |lowest| lowest.min(*score)));
            self.highest = Some(self.highest.map_or(*score, |highest| highest.max(*score)));
        }
    }

    /// The mean of the scores, to `decimals` places, halves away from zero; `None` without a score.
    pub fn mean(&self, decimals: u32) -> Option<Decimal> {
        if self.scored == 0 {
            return None;
        }
        let mean = self.sum / Decimal::from(self.scored);
        Some(mean.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero))
    }
}

/// The rows of a certification in which every element is counted once: those that are no summary of other rows.
pub fn leaves<'c>(
    catalogue: &'c Catalogue,
    certification: &'c Certification,
) -> Vec<(&'c Row, &'c ResultRecord)> {
    let summarizes = catalogue.scale(certification).is_some_and(|scale| scale.summarizes_children);
    let parents = if summarizes { parents_of_rows(catalogue, certification) } else { BTreeSet::new() };
    let rows = certification.results().filter(|(row, _)| !row.repeated);
    rows.filter(|(row, _)| row.element.is_none_or(|element| !parents.contains(&element))).collect()
}

/// The elements above the rows that say something.
fn parents_of_rows(catalogue: &Catalogue, certification: &Certification) -> BTreeSet<ElementIx> {
    let mut parents = BTreeSet::new();
    for (row, result) in certification.results() {
        if result.value.value == Value::Unstated {
            continue;
        }
        let mut waiting: Vec<ElementIx> = row.element.into_iter().collect();
        while let Some(element) = waiting.pop() {
            let Ok(state) = catalogue.element(element).in_release(usize::from(row.release)) else { continue };
            waiting.extend(state.parents.iter().copied().filter(|parent| parents.insert(*parent)));
        }
    }
    parents
}

/// The tally of all rows of a certification that are no summary of others.
pub fn whole(catalogue: &Catalogue, certification: &Certification) -> Tally {
    let mut tally = Tally::default();
    for (row, result) in leaves(catalogue, certification) {
        tally.add(catalogue.verdict(certification, row, result), &result.value.value);
    }
    tally
}

/// The domains of a certification's rows, in the framework's order.
pub fn domains(catalogue: &Catalogue, certification: &Certification) -> Vec<usize> {
    let elements = certification.rows.iter().filter_map(|row| Some((row.element?, usize::from(row.release))));
    let domains = elements.filter_map(|(element, release)| catalogue.domain(element, release));
    domains.collect::<BTreeSet<usize>>().into_iter().collect()
}

/// The tallies by domain, in the framework's order; rows without a domain come last, under `None`.
pub fn by_domain(catalogue: &Catalogue, certification: &Certification) -> Vec<(Option<usize>, Tally)> {
    let mut tallies: BTreeMap<usize, Tally> = BTreeMap::new();
    for (row, result) in leaves(catalogue, certification) {
        let domain = row
            .element
            .and_then(|element| catalogue.domain(element, usize::from(row.release)))
            .unwrap_or(usize::MAX);
        let tally = tallies.entry(domain).or_default();
        tally.add(catalogue.verdict(certification, row, result), &result.value.value);
    }
    tallies.into_iter().map(|(domain, tally)| ((domain != usize::MAX).then_some(domain), tally)).collect()
}

/// The tallies by level of the elements, summary rows included; rows without a level are left out.
pub fn by_level(catalogue: &Catalogue, certification: &Certification) -> BTreeMap<u8, Tally> {
    let mut tallies: BTreeMap<u8, Tally> = BTreeMap::new();
    for (row, result) in certification.results().filter(|(row, _)| !row.repeated) {
        let element = row.element.map(|element| catalogue.element(element));
        let state = element.and_then(|element| element.in_release(usize::from(row.release)).ok());
        if let Some(level) = state.and_then(|state| state.level) {
            let tally = tallies.entry(level).or_default();
            tally.add(catalogue.verdict(certification, row, result), &result.value.value);
        }
    }
    tallies.retain(|_, tally| tally.rows > 0);
    tallies
}

/// How many children of an element a certification submitted.
#[derive(Clone, Debug)]
pub struct ParentCoverage<'c> {
    /// The parent.
    pub parent: ElementIx,
    /// The children in the release and how many of them were assessed.
    pub computed: Coverage,
    /// What the source states.
    pub stated: Option<&'c Spanned<Coverage>>,
    /// Whether the catalogue has every child of the parent in this release, so that the total can be trusted.
    pub is_complete: bool,
    /// What the rows of the children add up to.
    pub tally: Tally,
}

/// The coverage of every parent of a row, and of every row that states one, in the framework's order.
pub fn coverage<'c>(catalogue: &'c Catalogue, certification: &'c Certification) -> Vec<ParentCoverage<'c>> {
    let release = certification.release;
    let mut children: BTreeMap<ElementIx, Tally> = BTreeMap::new();
    let mut stated = BTreeMap::new();
    for (row, result) in certification.results().filter(|(row, _)| !row.repeated) {
        let Some(element) = row.element else { continue };
        if let Some(coverage) = result.coverage() {
            stated.insert(element, coverage);
            children.entry(element).or_default();
        }
        if result.value.value == Value::Unstated {
            continue;
        }
        let Ok(state) = catalogue.element(element).in_release(usize::from(row.release)) else { continue };
        for parent in &state.parents {
            if catalogue.element(*parent).in_release(release).is_ok() {
                let tally = children.entry(*parent).or_default();
                tally.add(catalogue.verdict(certification, row, result), &result.value.value);
            }
        }
    }
    let framework = catalogue.framework(certification.framework);
    let version = &framework.record.releases[release].version.value;
    let mut coverages: Vec<ParentCoverage<'c>> = children
        .into_iter()
        .map(|(parent, tally)| {
            let complete_in = &catalogue.element(parent).record.complete_in;
            ParentCoverage {
                parent,
                computed: Coverage {
                    submitted: tally.assessed as u32,
                    total: catalogue.children(parent, release).len() as u32,
                },
                stated: stated.get(&parent).copied(),
                is_complete: complete_in.iter().any(|complete| complete.value == *version),
                tally,
            }
        })
        .collect();
    coverages.sort_by_key(|coverage| catalogue.standing(coverage.parent, release).order);
    coverages
}
