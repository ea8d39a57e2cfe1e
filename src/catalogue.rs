//! The linked catalogue: every record with its references resolved, in both directions.
//!
//! In come records from [`crate::link`], out go typed indexes that cannot dangle and the order in which things are shown.
//! Nothing here is read from disk, rendered or serialised; the catalogue is only asked.

pub mod footprint;
pub mod mapping;
pub mod matrix;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::model::certification::{CertificationRecord, Outcome, ResultRecord, Value};
use crate::model::config::Config;
use crate::model::crosswalk::CrosswalkRecord;
use crate::model::date::Day;
use crate::model::element::ElementRecord;
use crate::model::framework::FrameworkRecord;
use crate::model::organization::OrganizationRecord;
use crate::model::page::PageRecord;
use crate::model::scale::{Rating, Scale, Tone};
use crate::text::{FileId, Place, Span};

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in the catalogue's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            fn from(index: usize) -> Self {
                Self(index as u32)
            }
        }
    )*};
}

index! {
    /// A framework of the catalogue.
    FrameworkIx;
    /// An element of any framework.
    ElementIx;
    /// An organization.
    OrganizationIx;
    /// A certification.
    CertificationIx;
}

/// A free page or a notice.
#[derive(Debug)]
pub struct Page {
    /// Its id, which is its address.
    pub id: String,
    /// Its file.
    pub file: FileId,
    /// What it says.
    pub record: PageRecord,
}

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

/// What an element is called and where it hangs, from one release on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Option<u8>,
    /// Its parents.
    pub parents: Vec<ElementIx>,
    /// Its own domain, as an index into the framework's domains.
    pub domain: Option<usize>,
}

/// Why an element is in no tree of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// It did not exist yet.
    NotYet,
    /// It left the framework.
    Withdrawn,
    /// The catalogue does not know.
    Untraced,
}

/// An element of a framework with its states and everything that covers it.
#[derive(Debug)]
pub struct Element {
    /// Its framework.
    pub framework: FrameworkIx,
    /// Its position among the framework's elements.
    pub position: usize,
    /// Its file.
    pub file: FileId,
    /// What its record says.
    pub record: Arc<ElementRecord>,
    /// Its states: each holds from its release until the next.
    pub states: Vec<(usize, Result<State, Absence>)>,
    /// Every row of every certification about it, in the order of certifications.
    pub results: Vec<(CertificationIx, u32)>,
}

impl Element {
    /// What holds in a release, or why nothing does.
    pub fn in_release(&self, release: usize) -> Result<&State, Absence> {
        let state = self.states.iter().rev().find(|(from, _)| *from <= release);
        match state {
            Some((_, Ok(state))) => Ok(state),
            Some((_, Err(absence))) => Err(*absence),
            None => Err(Absence::NotYet),
        }
    }

    /// The newest state there is, with the release it began in.
    pub fn newest(&self) -> Option<(usize, &State)> {
        self.states.iter().rev().find_map(|(from, state)| Some((*from, state.as_ref().ok()?)))
    }

    /// Its ids, oldest first, each with the release since when it holds; no id from where it has none. An id that its record
    /// calls original and no state has comes first, since a time that is not known.
    pub fn ids(&self) -> Vec<(Option<usize>, Option<&str>)> {
        let mut ids: Vec<(Option<usize>, Option<&str>)> = Vec::new();
        for (from, state) in &self.states {
            let id = state.as_ref().ok().map(|state| state.id.as_str());
            if ids.last().map(|(_, id)| *id) != Some(id) {
                ids.push((Some(*from), id));
            }
        }
        let is_known = |id: &str| ids.iter().any(|(_, known)| *known == Some(id));
        if let Some(original) = self.record.original_id.as_ref().filter(|id| !is_known(&id.value)) {
            ids.insert(0, (None, Some(&original.value)));
        }
        ids
    }

    /// The name by which pages call it: that of its newest state.
    pub fn name(&self) -> &str {
        self.newest().map_or(&self.record.name.value, |(_, state)| &state.name)
    }

    /// Where its record stands.
    pub fn place(&self) -> Place {
        Place::new(self.file, self.record.key.span)
    }
}

/// An organization with what it certified.
#[derive(Debug)]
pub struct Organization {
    /// Its id.
    pub id: String,
    /// Its file.
    pub file: FileId,
    /// What its record says.
    pub record: OrganizationRecord,
    /// The organization that took its place.
    pub successor: Option<OrganizationIx>,
    /// Its certifications, newest first.
    pub certifications: Vec<CertificationIx>,
}

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

/// A crosswalk with its two sides resolved.
#[derive(Debug)]
pub struct Crosswalk {
    /// Its id.
    pub id: String,
    /// Its file.
    pub file: FileId,
    /// What its record says.
    pub record: CrosswalkRecord,
    /// The framework and release from whose side relations are said.
    pub from: (FrameworkIx, usize),
    /// The other side.
    pub to: (FrameworkIx, usize),
    /// The ends of the links, in the order of `record.links`.
    pub links: Vec<CrosswalkLinked>,
}

/// The ends of one link; `None` where an id led to nothing, which is an error.
#[derive(Clone, Copy, Debug)]
pub struct CrosswalkLinked {
    /// The element of the first side.
    pub from: Option<ElementIx>,
    /// The element of the other side.
    pub to: Option<ElementIx>,
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

/// Two certifications that say something of the same elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The first by id.
    pub first: CertificationIx,
    /// The second.
    pub second: CertificationIx,
    /// How many elements both say something of.
    pub elements: u32,
}

/// Which certifications have elements in common; empty in a catalogue too large to count it.
#[derive(Debug, Default)]
pub struct Overlap {
    /// The pairs that have pages of their own, those with most in common first.
    pub pairs: Vec<Pair>,
    /// How many pairs have anything in common.
    pub all: usize,
    /// For each certification those with which it has most in common, and how many elements that is.
    pub nearest: Vec<Vec<(CertificationIx, u32)>>,
}

/// Everything, linked.
#[derive(Debug)]
pub struct Catalogue {
    /// `site.toml`.
    pub config: Config,
    /// The home page's text.
    pub home: Option<Page>,
    /// Free pages, by their order and id.
    pub pages: Vec<Page>,
    /// Notices, by their order and id.
    pub notices: Vec<Page>,
    /// Frameworks, by id.
    pub frameworks: Vec<Framework>,
    /// Elements of all frameworks, by framework and key.
    pub elements: Vec<Element>,
    /// Organizations, by id.
    pub organizations: Vec<Organization>,
    /// Certifications, by id.
    pub certifications: Vec<Certification>,
    /// Crosswalks, by id.
    pub crosswalks: Vec<Crosswalk>,
    /// The links of crosswalks about each element that has any: crosswalk and position in its list.
    pub related: BTreeMap<ElementIx, Vec<(usize, usize)>>,
    /// Which of them have elements in common.
    pub overlap: Overlap,
    /// Documents and pictures: path below `content/` → file.
    pub assets: BTreeMap<String, FileId>,
    /// Records that are there but could not be read or linked, as `organization/huawei`: known but broken.
    pub broken: BTreeSet<String>,
    /// Frameworks of which an element could not be read, so that any id may be one of theirs.
    pub incomplete: BTreeSet<String>,
    /// What is translated into the language of the site, by name: `element/etom/close-report`, with `#body` its prose.
    pub translated: BTreeSet<String>,
}

impl Catalogue {
    /// Whether a record is there but could not be read, so that references to it raise no second report.
    pub fn is_broken(&self, kind: &str, id: &str) -> bool {
        self.broken.contains(&format!("{kind}/{id}"))
    }

    /// A framework.
    pub fn framework(&self, index: FrameworkIx) -> &Framework {
        &self.frameworks[index.index()]
    }

    /// An element.
    pub fn element(&self, index: ElementIx) -> &Element {
        &self.elements[index.index()]
    }

    /// An organization.
    pub fn organization(&self, index: OrganizationIx) -> &Organization {
        &self.organizations[index.index()]
    }

    /// A certification.
    pub fn certification(&self, index: CertificationIx) -> &Certification {
        &self.certifications[index.index()]
    }

    /// The name of who certified; the id where no organization has it.
    pub fn organization_name<'a>(&'a self, certification: &'a Certification) -> &'a str {
        match certification.organization {
            Some(index) => &self.organization(index).record.name,
            None => &certification.record.organization.value,
        }
    }

    /// The scale of a certification.
    pub fn scale(&self, certification: &Certification) -> Option<&Scale> {
        certification.scale.map(|scale| &self.framework(certification.framework).record.scales[scale])
    }

    /// The rating of a row.
    pub fn rating<'a>(&'a self, certification: &Certification, row: &Row) -> Option<&'a Rating> {
        Some(&self.scale(certification)?.ratings[usize::from(row.rating?)])
    }

    /// Every row of every certification about an element, in the order of certifications.
    pub fn rows_about<'c>(
        &'c self,
        element: &'c Element,
    ) -> impl Iterator<Item = (CertificationIx, &'c Certification, &'c Row, &'c ResultRecord)> {
        element.results.iter().map(|(index, row)| {
            let (certification, row) = (self.certification(*index), *row as usize);
            (*index, certification, &certification.rows[row], &certification.record.results[row])
        })
    }

    /// Whether any certification assessed an element, in any release.
    pub fn is_assessed(&self, element: &Element) -> bool {
        self.rows_about(element).any(|(_, certification, row, result)| {
            matches!(self.verdict(certification, row, result), Verdict::Assessed(_))
        })
    }

    /// What a row amounts to.
    pub fn verdict(&self, certification: &Certification, row: &Row, result: &ResultRecord) -> Verdict {
        match result.value.value {
            Value::Outcome(outcome) => Verdict::Absent(outcome),
            Value::Unstated => Verdict::Unstated,
            Value::Score(_) | Value::Rating(_) => {
                Verdict::Assessed(self.rating(certification, row).map_or(Tone::None, |rating| rating.tone))
            }
        }
    }

    /// The children of an element in a release, in order.
    pub fn children(&self, element: ElementIx, release: usize) -> &[ElementIx] {
        &self.standing(element, release).children
    }

    /// The domain of an element in a release; for one that has left the framework, the last that it had.
    pub fn domain(&self, element: ElementIx, release: usize) -> Option<usize> {
        (0..=release).rev().find_map(|earlier| self.standing(element, earlier).domain)
    }

    /// What holds for an element in a release.
    pub fn standing(&self, element: ElementIx, release: usize) -> &Standing {
        let element = self.element(element);
        &self.framework(element.framework).releases[release].standing[element.position]
    }
}
