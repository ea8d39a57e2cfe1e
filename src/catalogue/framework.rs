//! A framework and its releases.
//!
//! In come the record and what the histories of the elements add up to, out go the tree, the ids and the order of each release.
//! Nothing is worked out here: [`crate::link`] does that, once.

use std::collections::HashMap;

use super::{CertificationIx, ElementIx, footprint, matrix};
use crate::model::framework::FrameworkRecord;
use crate::text::FileId;

/// A framework with its releases worked out.
#[derive(Debug)]
pub struct Framework {
    /// Its id.
    pub id: String,
    /// Its file.
    pub file: FileId,
    /// What its record says.
    pub record: FrameworkRecord,
    /// The releases, oldest first, as `record.releases` lists them.
    pub releases: Vec<Release>,
    /// The release in force.
    pub current: usize,
    /// Its elements, by key.
    pub elements: Vec<ElementIx>,
    /// The certifications against it, newest first.
    pub certifications: Vec<CertificationIx>,
    /// Who certified what, by domain: in each release, the newest first, and in all of them together.
    pub matrices: Vec<matrix::Matrix>,
}

/// One release of a framework, as the histories of its elements add up to it.
#[derive(Debug, Default)]
pub struct Release {
    /// The element that each id means in this release.
    pub ids: HashMap<Box<str>, ElementIx>,
    /// The withdrawn element that each former id meant; an id that is in use again is not here.
    pub withdrawn: HashMap<Box<str>, ElementIx>,
    /// Every element of the release once, parents before children, in the framework's order.
    pub members: Vec<ElementIx>,
    /// The members without a parent in this release.
    pub roots: Vec<ElementIx>,
    /// For each element of the framework (by its position in it), what holds for it here.
    pub standing: Vec<Standing>,
    /// The cells on which certifications draw their footprints.
    pub map: footprint::Map,
}

/// What holds for an element in one release.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// Its children in order.
    pub children: Vec<ElementIx>,
    /// Its domain, its own or its parent's, as an index into the framework's domains.
    pub domain: Option<usize>,
    /// Its place in `members`.
    pub order: Option<u32>,
}
