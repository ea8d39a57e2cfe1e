//! Which pages the matrices of a framework take: by parents first, then by certifications.
//!
//! In comes a catalogue whose certifications are linked, out go the matrices of every release, each cut into parts that a browser shows well.
//! No row is in two parts with the same certification, and none is left out; where certifications are many, rows sum them up.

use std::collections::BTreeSet;

use crate::catalogue::matrix::{Group, Matrix, Part};
use crate::catalogue::{Catalogue, CertificationIx, FrameworkIx};

/// How many elements of HTML the table of one page may take: the page may have 5 000, with its frame, its legend and its
/// list of gaps.
pub const MOST_MARKUP: usize = 3600;

/// The most certifications side by side on one page.
pub const MOST_COLUMNS: usize = 24;

/// Above so many certifications nobody reads columns: rows say how many there are of each kind.
pub const MOST_CERTIFICATIONS: usize = 48;

/// What a row takes besides its cells: itself, its head with an id and a link, and its sums.
const ROW: usize = 12;
/// What a row of sums takes.
const SUMMED_ROW: usize = 30;
/// What the head of a group takes.
const GROUP: usize = 4;
/// What the head of a column takes.
const COLUMN: usize = 6;

/// The matrices of a framework: those of the newest release first, those of all releases together last.
pub(super) fn of(catalogue: &Catalogue, index: FrameworkIx) -> Vec<Matrix> {
    let releases = (0..catalogue.framework(index).releases.len()).rev().map(Some).chain([None]);
    let matrices = releases.flat_map(|release| catalogue.matrices(index, release));
    matrices.map(|matrix| Matrix { parts: parts(catalogue, &matrix), ..matrix }).collect()
}

/// The pages that a matrix takes.
pub fn parts(catalogue: &Catalogue, matrix: &Matrix) -> Vec<Part> {
    let is_summed = matrix.certifications.len() > MOST_CERTIFICATIONS;
    let widest = if is_summed { 0 } else { matrix.certifications.len().min(MOST_COLUMNS) };
    let longest =
        if is_summed { MOST_MARKUP / (SUMMED_ROW + GROUP) } else { MOST_MARKUP / (ROW + 3 * widest) };
    let mut rows = Rows::new(catalogue, matrix, is_summed);
    let mut parts = Vec::new();
    for group in &matrix.groups {
        for piece in group.elements.chunks(longest.max(1)) {
            let piece = Group { head: group.head, elements: piece.to_vec() };
            if !rows.has_room_for(&piece) {
                rows.finish(&mut parts);
            }
            rows.add(piece);
        }
    }
    rows.finish(&mut parts);
    parts
}

/// The rows that are gathered for one part.
struct Rows<'c> {
    catalogue: &'c Catalogue,
    matrix: &'c Matrix,
    is_summed: bool,
    groups: Vec<Group>,
    count: usize,
    results: usize,
    covering: BTreeSet<CertificationIx>,
}

impl<'c> Rows<'c> {
    fn new(catalogue: &'c Catalogue, matrix: &'c Matrix, is_summed: bool) -> Self {
        let (groups, covering) = (Vec::new(), BTreeSet::new());
        Self { catalogue, matrix, is_summed, groups, count: 0, results: 0, covering }
    }

    fn covering(&self, group: &Group) -> Vec<CertificationIx> {
        let elements = group.elements.iter();
        elements.flat_map(|element| self.catalogue.covering(*element, self.matrix.release)).collect()
    }

    fn has_room_for(&self, group: &Group) -> bool {
        let (groups, count) = (self.groups.len() + 1, self.count + group.elements.len());
        if self.is_summed {
            return groups * GROUP + count * SUMMED_ROW <= MOST_MARKUP;
        }
        let covering = self.covering(group);
        let all: BTreeSet<CertificationIx> = self.covering.iter().chain(&covering).copied().collect();
        let width = width(all.len());
        let results = (self.results + covering.len()).min(count * width);
        groups * GROUP + width * COLUMN + count * (ROW + 2 * width) + results <= MOST_MARKUP
    }

    fn add(&mut self, group: Group) {
        if !self.is_summed {
            let covering = self.covering(&group);
            self.results += covering.len();
            self.covering.extend(covering);
        }
        self.count += group.elements.len();
        self.groups.push(group);
    }

    /// Ends the part, as several with some of the columns each where there are many.
    fn finish(&mut self, parts: &mut Vec<Part>) {
        let groups = std::mem::take(&mut self.groups);
        if groups.is_empty() {
            return;
        }
        let covering = std::mem::take(&mut self.covering);
        (self.count, self.results) = (0, 0);
        if self.is_summed {
            parts.push(Part { groups, columns: Vec::new() });
            return;
        }
        let columns = self.matrix.certifications.iter().copied();
        let columns: Vec<CertificationIx> = columns.filter(|index| covering.contains(index)).collect();
        for columns in columns.chunks(width(columns.len())) {
            parts.push(Part { groups: groups.clone(), columns: columns.to_vec() });
        }
    }
}

/// How many columns stand side by side where there are so many: as even as they divide.
fn width(columns: usize) -> usize {
    columns.div_ceil(columns.div_ceil(MOST_COLUMNS).max(1)).max(1)
}
