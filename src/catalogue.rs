//! The linked catalogue: every record with its references resolved, in both directions.
//!
//! In come records from [`crate::link`], out go typed indexes that cannot dangle and the order in which things are shown.
//! Nothing here is read from disk, rendered or serialised; the catalogue is only asked.

pub mod footprint;
pub mod mapping;
pub mod matrix;
mod framework;
mod element;
mod certification;

use std::collections::{BTreeMap, BTreeSet};

pub use self::certification::{Certification, Row, Verdict};
pub use self::element::{Absence, Element, State};
pub use self::framework::{Framework, Release, Standing};
use crate::model::certification::{ResultRecord, Value};
use crate::model::config::Config;
use crate::model::crosswalk::CrosswalkRecord;
use crate::model::organization::OrganizationRecord;
use crate::model::page::PageRecord;
use crate::model::scale::{Rating, Scale, Tone};
use crate::text::FileId;

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
