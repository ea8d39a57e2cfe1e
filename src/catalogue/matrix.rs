//! Who certified what: the elements of one domain by the certifications that say something of them.
//!
//! In comes the linked catalogue, out go rows in the framework's order, below their parents, and columns in one order for all rows.
//! Only rows that certifications really have are asked for: nothing is inferred, averaged or left out here.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Catalogue, CertificationIx, Element, ElementIx, Framework, FrameworkIx};
use crate::model::certification::Value;

/// What the rows of a matrix stand below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Head {
    /// Nothing: they have no parent.
    Bare,
    /// A parent.
    Parent(ElementIx),
    /// They are in no tree of the release.
    Gone,
}

/// Rows below one head, in the framework's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they stand below.
    pub head: Head,
    /// The elements.
    pub elements: Vec<ElementIx>,
}

/// As much of a matrix as one page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The rows.
    pub groups: Vec<Group>,
    /// The columns; none where there are so many certifications that rows sum them up.
    pub columns: Vec<CertificationIx>,
}

/// Elements of one domain by certifications.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// The release whose ids the results use; `None` for results of any release.
    pub release: Option<usize>,
    /// The domain, as an index into the framework's.
    pub domain: Option<usize>,
    /// The rows.
    pub groups: Vec<Group>,
    /// Every certification that says something of a row: those on one scale together, the newest first.
    pub certifications: Vec<CertificationIx>,
    /// The pages that it takes: one at least.
    pub parts: Vec<Part>,
}

impl Matrix {
    /// The rows, without their heads.
    pub fn elements(&self) -> impl Iterator<Item = ElementIx> {
        self.groups.iter().flat_map(|group| group.elements.iter().copied())
    }
}

impl Catalogue {
    /// The matrices of a framework, one for each domain of which a certification says anything with the ids of a release,
    /// or in any release; what stands in no domain comes last.
    pub fn matrices(&self, index: FrameworkIx, release: Option<usize>) -> Vec<Matrix> {
        let framework = self.framework(index);
        let mut domains: BTreeMap<usize, Vec<Standing<'_>>> = BTreeMap::new();
        for element in &framework.elements {
            if self.covering(*element, release).next().is_some() {
                let standing = Standing::of(self, framework, *element, release);
                domains.entry(standing.domain.unwrap_or(usize::MAX)).or_default().push(standing);
            }
        }
        let matrices = domains.into_values().map(|rows| {
            let domain = rows.first().and_then(|row| row.domain);
            let certifications = self.columns(framework, &rows, release);
            Matrix { release, domain, groups: groups(rows), certifications, parts: Vec::new() }
        });
        matrices.collect()
    }

    /// The certifications that say something of an element with an id of a release, or in any; once for each row.
    pub fn covering(
        &self,
        element: ElementIx,
        release: Option<usize>,
    ) -> impl Iterator<Item = CertificationIx> {
        let rows = self.rows_about(self.element(element)).filter(move |(.., row, result)| {
            result.value.value != Value::Unstated
                && release.is_none_or(|release| usize::from(row.release) == release)
        });
        rows.map(|(index, ..)| index)
    }

    fn columns(
        &self,
        framework: &Framework,
        rows: &[Standing<'_>],
        release: Option<usize>,
    ) -> Vec<CertificationIx> {
        let mut is_named = vec![false; self.certifications.len()];
        for index in rows.iter().flat_map(|row| self.covering(row.index, release)) {
            is_named[index.index()] = true;
        }
        let mut columns: Vec<CertificationIx> =
            framework.certifications.iter().copied().filter(|index| is_named[index.index()]).collect();
        columns.sort_by_key(|index| self.certification(*index).scale);
        columns
    }
}

/// A place in the framework's order: the newest release first, then the order of its tree.
type Place = (Reverse<usize>, u32);

/// Where a row stands, in the release of the matrix or else in the newest that has the element.
struct Standing<'c> {
    index: ElementIx,
    domain: Option<usize>,
    order: Option<Place>,
    /// The first parent, which the tree lists its parts below, with its own place.
    parent: Option<(ElementIx, Option<Place>)>,
    element: &'c Element,
}

impl<'c> Standing<'c> {
    fn of(
        catalogue: &'c Catalogue,
        framework: &'c Framework,
        index: ElementIx,
        release: Option<usize>,
    ) -> Self {
        let element = catalogue.element(index);
        let newest = || (0..framework.releases.len()).rev().find(|at| element.in_release(*at).is_ok());
        let seen = release.filter(|at| element.in_release(*at).is_ok()).or_else(|| match release {
            Some(_) => None,
            None => newest(),
        });
        let place = |index: ElementIx| {
            let at = seen?;
            let order = framework.releases[at].standing[catalogue.element(index).position].order?;
            Some((Reverse(at), order))
        };
        let parents = seen.and_then(|at| element.in_release(at).ok()).map_or(&[][..], |state| &state.parents);
        let parent = parents.iter().copied().find(|parent| place(*parent).is_some());
        let last = framework.releases.len().checked_sub(1);
        let domain = release.or(last).and_then(|at| catalogue.domain(index, at));
        Self {
            index,
            domain,
            order: place(index),
            parent: parent.map(|parent| (parent, place(parent))),
            element,
        }
    }
}

/// Rows below their heads. A parent that has a row of its own heads its parts, and its row is the first below it.
fn groups(rows: Vec<Standing<'_>>) -> Vec<Group> {
    let parents: BTreeSet<ElementIx> = rows.iter().filter_map(|row| Some(row.parent?.0)).collect();
    let mut placed: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let (head, place) = match row.parent {
                _ if row.order.is_none() => (Head::Gone, None),
                _ if parents.contains(&row.index) => (Head::Parent(row.index), row.order),
                Some((parent, place)) => (Head::Parent(parent), place),
                None => (Head::Bare, None),
            };
            // What left the framework has no place in it, and comes last; its key keeps the order from being one of chance.
            let key = &row.element.record.key.value;
            ((head == Head::Gone, place, head, row.order), key.as_str(), head, row.index)
        })
        .collect();
    placed.sort();
    let mut groups: Vec<Group> = Vec::new();
    for (.., head, element) in placed {
        match groups.last_mut() {
            Some(group) if group.head == head => group.elements.push(element),
            _ => groups.push(Group { head, elements: vec![element] }),
        }
    }
    groups
}
