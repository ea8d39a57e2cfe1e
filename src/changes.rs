//! What changed in a framework between two of its releases.
//!
//! In come two releases, out goes every element that differs, by kind of change, with how each change is known.
//! Everything follows from the elements' states and histories; no list of changes is kept anywhere.

use crate::catalogue::{Absence, Catalogue, Element, ElementIx, Framework, State};
use crate::lineage::release_of;
use crate::model::element::{Change, ChangeKind};
use crate::words::Term;

/// How an element differs between two releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Difference {
    /// It was not there before.
    Added,
    /// It is there again: the catalogue had lost its trace, or it was withdrawn.
    Returned,
    /// It has another name.
    Renamed,
    /// It has another id.
    Renumbered,
    /// It has another parent or domain.
    Moved,
    /// It has another level.
    Releveled,
    /// It became several.
    Split,
    /// It was made of several.
    Merged,
    /// Its definition changed.
    Modified,
    /// It left the framework.
    Withdrawn,
    /// The catalogue does not know what became of it.
    Untraced,
}

impl Difference {
    /// Every kind, in the order in which pages show them.
    pub const ALL: &'static [Self] = &[
        Self::Added,
        Self::Returned,
        Self::Renumbered,
        Self::Renamed,
        Self::Moved,
        Self::Releveled,
        Self::Split,
        Self::Merged,
        Self::Modified,
        Self::Withdrawn,
        Self::Untraced,
    ];

    /// The word for anchors and data.
    pub fn key(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Returned => "returned",
            Self::Renamed => "renamed",
            Self::Renumbered => "renumbered",
            Self::Moved => "moved",
            Self::Releveled => "level-changed",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Modified => "modified",
            Self::Withdrawn => "withdrawn",
            Self::Untraced => "untraced",
        }
    }
}

impl Term for Difference {
    fn term_key(self) -> &'static str {
        match self {
            Self::Added => "difference.added",
            Self::Returned => "difference.returned",
            Self::Renamed => "difference.renamed",
            Self::Renumbered => "difference.renumbered",
            Self::Moved => "difference.moved",
            Self::Releveled => "difference.releveled",
            Self::Split => "difference.split",
            Self::Merged => "difference.merged",
            Self::Modified => "difference.modified",
            Self::Withdrawn => "difference.withdrawn",
            Self::Untraced => "difference.untraced",
        }
    }
}

/// A kind of change within a line, after others.
#[derive(Clone, Copy, Debug)]
pub struct Inline(pub Difference);

impl Term for Inline {
    fn term_key(self) -> &'static str {
        match self.0 {
            Difference::Added => "inline.added",
            Difference::Returned => "inline.returned",
            Difference::Renamed => "inline.renamed",
            Difference::Renumbered => "inline.renumbered",
            Difference::Moved => "inline.moved",
            Difference::Releveled => "inline.releveled",
            Difference::Split => "inline.split",
            Difference::Merged => "inline.merged",
            Difference::Modified => "inline.modified",
            Difference::Withdrawn => "inline.withdrawn",
            Difference::Untraced => "inline.untraced",
        }
    }
}

/// One element that differs in one way.
#[derive(Clone, Debug)]
pub struct ElementChange<'c> {
    /// How.
    pub difference: Difference,
    /// The element.
    pub element: ElementIx,
    /// What held before.
    pub before: Option<&'c State>,
    /// What holds after.
    pub after: Option<&'c State>,
    /// The entries of its history that tell of it.
    pub entries: Vec<&'c Change>,
}

/// Everything that differs between two releases, by kind and in the order of the newer release's tree.
pub fn between<'c>(
    catalogue: &'c Catalogue,
    framework: &'c Framework,
    before: usize,
    after: usize,
) -> Vec<ElementChange<'c>> {
    let versions = framework.record.versions();
    let mut changes = Vec::new();
    for index in &framework.elements {
        let element = catalogue.element(*index);
        let old = element.in_release(before);
        changes.extend(of_element((*index, element), &versions, (old, before + 1), after));
    }
    let order =
        |element: &Element, release: usize| framework.releases[release].standing[element.position].order;
    changes.sort_by_key(|change| {
        let element = catalogue.element(change.element);
        let newer = order(element, after);
        (change.difference, newer.is_none(), newer, order(element, before))
    });
    changes
}

/// What happened to an element in a release, compared with the one before; in the first release, with nothing.
pub fn in_release<'c>(
    framework: &Framework,
    (index, element): (ElementIx, &'c Element),
    release: usize,
) -> Vec<ElementChange<'c>> {
    let versions = framework.record.versions();
    let old = release.checked_sub(1).map_or(Err(Absence::NotYet), |before| element.in_release(before));
    of_element((index, element), &versions, (old, release), release)
}

/// How an element differs from an older state, with the entries of the releases `first` to `after`.
fn of_element<'c>(
    (index, element): (ElementIx, &'c Element),
    versions: &[&str],
    (old, first): (Result<&'c State, Absence>, usize),
    after: usize,
) -> Vec<ElementChange<'c>> {
    let history = element.record.history.iter();
    let entries: Vec<&Change> = history
        .filter(|change| release_of(change, versions).is_some_and(|at| at >= first && at <= after))
        .collect();
    let new = element.in_release(after);
    let differences = differences(old, new, &entries).into_iter();
    let changes = differences.map(|difference| ElementChange {
        difference,
        element: index,
        before: old.ok(),
        after: new.ok(),
        entries: entries.clone(),
    });
    changes.collect()
}

fn differences(
    old: Result<&State, Absence>,
    new: Result<&State, Absence>,
    entries: &[&Change],
) -> Vec<Difference> {
    let mut found = Vec::new();
    let has = |kind: ChangeKind| entries.iter().any(|change| change.kind == kind);
    match (old, new) {
        (Err(Absence::NotYet), Ok(_)) => found.push(Difference::Added),
        (Err(_), Ok(_)) => found.push(Difference::Returned),
        (Ok(_), Err(Absence::Withdrawn)) => found.push(Difference::Withdrawn),
        (Ok(_), Err(_)) => found.push(Difference::Untraced),
        (Ok(old), Ok(new)) => {
            let tests = [
                (old.id != new.id, Difference::Renumbered),
                (old.name != new.name, Difference::Renamed),
                (old.parents != new.parents || old.domain != new.domain, Difference::Moved),
                (old.level != new.level, Difference::Releveled),
                (has(ChangeKind::Modification) || has(ChangeKind::Correction), Difference::Modified),
            ];
            found.extend(tests.iter().filter(|(differs, _)| *differs).map(|(_, difference)| *difference));
        }
        (Err(_), Err(_)) => {}
    }
    if has(ChangeKind::Split) {
        found.push(Difference::Split);
    }
    if has(ChangeKind::Merge) {
        found.push(Difference::Merged);
    }
    found
}
