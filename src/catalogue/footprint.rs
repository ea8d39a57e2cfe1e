//! The map of a release: rows of cells, each cell an element, on which certifications draw their footprints.
//!
//! In comes nothing that the catalogue does not know, out go the rows in order and where each element stands in them.
//! A map is of a release and never of a certification, so that two footprints of one release can be laid side by side.

use std::collections::{HashMap, HashSet};

use super::ElementIx;

/// What a row of cells has in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowOf {
    /// A domain of the framework.
    Domain(usize),
    /// A root of the release.
    Root(ElementIx),
    /// Nothing: a plain list, or what stands in no domain and under no root.
    Rest,
}

/// A cell of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapCell {
    /// Its element.
    pub element: ElementIx,
    /// The first column that it takes and how many, where the layout gives it a place.
    pub columns: Option<(usize, usize)>,
}

/// A row of the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapRow {
    /// What its cells have in common.
    pub of: RowOf,
    /// Its cells: those with a place line by line, then the others in the framework's order.
    pub cells: Vec<MapCell>,
}

/// The map of a release.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// Its rows in order; none is empty.
    pub rows: Vec<MapRow>,
    /// Where each element stands, as row and place in it; one with several parents may stand in several rows.
    pub places: HashMap<ElementIx, Vec<(usize, usize)>>,
    /// The elements above the cells: what a map of their parts leaves out on purpose.
    pub above: HashSet<ElementIx>,
}
