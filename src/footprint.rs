//! The footprint of a certification: which cells of its release's map it has in scope, and how much of each.
//!
//! In come a certification's rows and coverages, out goes the map of its release with what the rows say of each cell.
//! Nothing is placed here: where a cell stands was decided for the release, and what it looks like is the page's.

use std::collections::{BTreeMap, HashMap};

use crate::catalogue::footprint::{MapCell, RowOf};
use crate::catalogue::{Catalogue, Certification, ElementIx, Row, Verdict};
use crate::model::certification::{Outcome, ResultRecord, Value};
use crate::tally::{ParentCoverage, Tally};

/// What a certification says of a cell.
#[derive(Clone, Debug)]
pub struct Scope<'c> {
    /// How many of its parts were submitted, where the certification says something of its parts.
    pub coverage: Option<&'c ParentCoverage<'c>>,
    /// What it says of the element itself.
    pub own: Option<(&'c Row, &'c ResultRecord)>,
    /// What the rows below it add up to, whatever their depth.
    pub below: Tally,
    /// The first row about it or below it.
    pub first: (&'c Row, &'c ResultRecord),
}

impl Scope<'_> {
    /// Whether anything of it was assessed, and it is not only in scope.
    pub fn is_assessed(&self, catalogue: &Catalogue, certification: &Certification) -> bool {
        let own = self.own.map(|(row, result)| catalogue.verdict(certification, row, result));
        self.below.assessed > 0
            || self.coverage.is_some_and(|coverage| coverage.computed.submitted > 0)
            || matches!(own, Some(Verdict::Assessed(_)))
    }
}

/// A cell of the map with what the certification says of it; `None` where it is not in scope.
pub type Cell<'c> = (MapCell, Option<&'c Scope<'c>>);

/// A certification's footprint.
#[derive(Debug)]
pub struct Footprint<'c> {
    catalogue: &'c Catalogue,
    certification: &'c Certification,
    scopes: BTreeMap<ElementIx, Scope<'c>>,
    /// The rows about elements that are neither on the map nor above its cells.
    pub elsewhere: usize,
}

impl<'c> Footprint<'c> {
    /// The footprint of a certification.
    pub fn new(
        catalogue: &'c Catalogue,
        certification: &'c Certification,
        coverages: &'c [ParentCoverage<'c>],
    ) -> Self {
        let map = &catalogue.framework(certification.framework).releases[certification.release].map;
        let coverages: HashMap<ElementIx, &ParentCoverage<'_>> =
            coverages.iter().map(|coverage| (coverage.parent, coverage)).collect();
        let mut scopes: BTreeMap<ElementIx, Scope<'c>> = BTreeMap::new();
        let mut elsewhere = 0;
        for (row, result) in certification.results().filter(|(row, _)| !row.repeated) {
            let Some(element) = row.element else { continue };
            let verdict = catalogue.verdict(certification, row, result);
            if verdict == Verdict::Absent(Outcome::OutOfScope) {
                continue;
            }
            let cells = cells_of(catalogue, certification, element);
            elsewhere += usize::from(cells.is_empty() && !map.above.contains(&element));
            for cell in cells {
                let scope = scopes.entry(cell).or_insert_with(|| Scope {
                    coverage: coverages.get(&cell).copied(),
                    own: None,
                    below: Tally::default(),
                    first: (row, result),
                });
                if cell == element {
                    scope.own =
                        scope.own.or((result.value.value != Value::Unstated).then_some((row, result)));
                } else {
                    scope.below.add(verdict, &result.value.value);
                }
            }
        }
        Self { catalogue, certification, scopes, elsewhere }
    }

    /// How many elements of the map are in scope, each counted once, and how many it has.
    pub fn size(&self) -> (usize, usize) {
        let release = self.certification.release;
        let map = &self.catalogue.framework(self.certification.framework).releases[release].map;
        (self.scopes.len(), map.places.len())
    }

    /// The level that all cells have in common.
    pub fn level(&self) -> Option<u8> {
        let release = self.certification.release;
        let map = &self.catalogue.framework(self.certification.framework).releases[release].map;
        let level = |cell: &MapCell| self.catalogue.element(cell.element).in_release(release).ok()?.level;
        let mut levels = map.rows.iter().flat_map(|row| &row.cells).map(level);
        let first = levels.next()??;
        levels.all(|level| level == Some(first)).then_some(first)
    }

    /// The rows of the map with their cells.
    pub fn rows(&self) -> impl Iterator<Item = (RowOf, impl Iterator<Item = Cell<'_>>)> {
        let release = self.certification.release;
        let map = &self.catalogue.framework(self.certification.framework).releases[release].map;
        map.rows
            .iter()
            .map(|row| (row.of, row.cells.iter().map(|cell| (*cell, self.scopes.get(&cell.element)))))
    }

    /// The cells that a module's elements stand in.
    pub fn cells_of(&self, element: ElementIx) -> Vec<ElementIx> {
        cells_of(self.catalogue, self.certification, element)
    }
}

/// The cells that an element is, or is below of, in the certification's release.
fn cells_of(catalogue: &Catalogue, certification: &Certification, element: ElementIx) -> Vec<ElementIx> {
    let release = certification.release;
    let map = &catalogue.framework(certification.framework).releases[release].map;
    let (mut cells, mut waiting, mut seen) = (Vec::new(), vec![element], Vec::new());
    while let Some(element) = waiting.pop() {
        if seen.contains(&element) {
            continue;
        }
        seen.push(element);
        if map.places.contains_key(&element) {
            cells.push(element);
        } else if let Ok(state) = catalogue.element(element).in_release(release) {
            waiting.extend(state.parents.iter().copied());
        }
    }
    cells.sort_unstable();
    cells
}
