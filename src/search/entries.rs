//! What can be found: every record, release and step under its names and ids.
//!
//! In comes the catalogue, out go entries in one order, which numbers them for the index and lists them for the browsable pages.
//! Nothing is left out for its name: an entry that nobody can type is still in the lists.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::catalogue::{Catalogue, Certification, CertificationIx, ElementIx, FrameworkIx};
use crate::natural;
use crate::route::{self, Route};

/// What an entry is, in the order of the index. The order is part of its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An element of a framework.
    Element,
    /// A certification.
    Certification,
    /// The mapping of a certification.
    Mapping,
    /// An organization.
    Organization,
    /// A framework.
    Framework,
    /// A release of a framework.
    Release,
    /// A crosswalk.
    Crosswalk,
    /// A free page.
    Page,
    /// A notice.
    Notice,
    /// A step of a mapping.
    Step,
}

/// Since when an id or a name holds: a release by its position, or a time that is not known.
pub type Since = Option<usize>;

/// Something that can be found.
#[derive(Debug)]
pub struct Entry<'c> {
    /// What it is.
    pub kind: Kind,
    /// Its page.
    pub route: Route,
    /// The place on that page.
    pub anchor: Option<String>,
    /// The id of its record; of a step, that of its certification.
    pub key: &'c str,
    /// What pages call it.
    pub name: Cow<'c, str>,
    /// Its ids, oldest first; `None` from where it has none.
    pub ids: Vec<(Since, Option<&'c str>)>,
    /// Other names that it had or has.
    pub names: Vec<(Since, &'c str)>,
    /// Its framework.
    pub framework: Option<FrameworkIx>,
    /// The release that it is about.
    pub release: Option<usize>,
    /// Who or what it belongs to: the organization of a certification, the certification of a step.
    pub of: Cow<'c, str>,
}

impl<'c> Entry<'c> {
    fn new(kind: Kind, route: Route, key: &'c str, name: impl Into<Cow<'c, str>>) -> Self {
        Self {
            kind,
            route,
            anchor: None,
            key,
            name: name.into(),
            ids: Vec::new(),
            names: Vec::new(),
            framework: None,
            release: None,
            of: Cow::Borrowed(""),
        }
    }

    /// The id that it has last.
    pub fn id(&self) -> Option<&'c str> {
        self.ids.iter().rev().find_map(|(_, id)| *id)
    }
}

/// Something that can be found, by its place in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// Something with a page of its own.
    Page(Kind, Route),
    /// A step of a certification's mapping.
    Step(CertificationIx, usize),
}

impl Item {
    /// What it is.
    pub fn kind(self) -> Kind {
        match self {
            Self::Page(kind, _) => kind,
            Self::Step(..) => Kind::Step,
        }
    }
}

/// Everything that can be found, in the order of the index: by kind, and within it as pages list it.
pub fn items(catalogue: &Catalogue) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for framework in &catalogue.frameworks {
        let mut elements: Vec<(&str, ElementIx)> = framework
            .elements
            .iter()
            .map(|index| {
                let ids = catalogue.element(*index).ids();
                (ids.iter().rev().find_map(|(_, id)| *id).unwrap_or_default(), *index)
            })
            .collect();
        // The framework has them by their keys.
        elements.sort_by(|(a, _), (b, _)| natural::compare(a, b));
        items.extend(elements.iter().map(|(_, index)| Item::Page(Kind::Element, Route::Element(*index))));
    }
    let all = |kind: Kind, count: usize, route: fn(usize) -> Route| {
        (0..count).map(move |at| Item::Page(kind, route(at)))
    };
    let certifications = catalogue.certifications.len();
    items.extend(all(Kind::Certification, certifications, |at| Route::Certification(at.into())));
    let mapped = all(Kind::Mapping, certifications, |at| Route::Mapping(at.into()));
    let is_mapped = catalogue.certifications.iter().map(|one| one.mapping.is_some());
    items.extend(mapped.zip(is_mapped).filter(|(_, is_mapped)| *is_mapped).map(|(item, _)| item));
    items.extend(all(Kind::Organization, catalogue.organizations.len(), |at| Route::Organization(at.into())));
    items.extend(all(Kind::Framework, catalogue.frameworks.len(), |at| Route::Framework(at.into())));
    for (at, framework) in catalogue.frameworks.iter().enumerate() {
        let releases = 0..framework.releases.len();
        items.extend(releases.map(|release| Item::Page(Kind::Release, Route::Release(at.into(), release))));
    }
    items.extend(all(Kind::Crosswalk, catalogue.crosswalks.len(), Route::Crosswalk));
    items.extend(all(Kind::Page, catalogue.pages.len(), Route::Page));
    items.extend(all(Kind::Notice, catalogue.notices.len(), Route::Notice));
    for (at, certification) in catalogue.certifications.iter().enumerate() {
        let steps = certification.mapping.iter().flat_map(|mapping| 0..mapping.steps.len());
        items.extend(steps.map(|step| Item::Step(at.into(), step)));
    }
    items
}

impl<'c> Entry<'c> {
    /// What there is to know of something that can be found.
    pub fn of(catalogue: &'c Catalogue, item: Item) -> Self {
        match item {
            Item::Page(kind, route) => page(catalogue, kind, route),
            Item::Step(index, step) => self::step(catalogue, index, step),
        }
    }
}

fn page(catalogue: &Catalogue, kind: Kind, route: Route) -> Entry<'_> {
    match route {
        Route::Element(index) => element(catalogue, route, index),
        Route::Certification(index) => certification(route, catalogue, index),
        Route::Mapping(index) => {
            let one = catalogue.certification(index);
            Entry {
                framework: Some(one.framework),
                release: Some(one.release),
                of: Cow::Borrowed(catalogue.organization_name(one)),
                ..Entry::new(kind, route, &one.id, one.record.title())
            }
        }
        Route::Organization(index) => {
            let organization = catalogue.organization(index);
            let record = &organization.record;
            let names = record.former_names.iter().map(|name| (None, name.as_str()));
            let printed = printed_names(&organization.certifications, catalogue, &record.name);
            Entry {
                names: names.chain(printed.into_iter().map(|name| (None, name))).collect(),
                ..Entry::new(kind, route, &organization.id, record.name.as_str())
            }
        }
        Route::Framework(index) => {
            let framework = catalogue.framework(index);
            Entry {
                names: framework.record.short_name.iter().map(|name| (None, name.as_str())).collect(),
                framework: Some(index),
                ..Entry::new(kind, route, &framework.id, framework.record.name.as_str())
            }
        }
        Route::Release(index, release) => {
            let framework = catalogue.framework(index);
            let record = &framework.record.releases[release];
            let names = record.name.iter().chain(&record.suite);
            let name = format!("{} {}", framework.record.name, record.version.value);
            Entry {
                names: names.map(|name| (None, name.as_str())).collect(),
                framework: Some(index),
                release: Some(release),
                ..Entry::new(kind, route, &record.version.value, name)
            }
        }
        Route::Crosswalk(at) => {
            let crosswalk = &catalogue.crosswalks[at];
            Entry::new(kind, route, &crosswalk.id, crosswalk.record.name.as_str())
        }
        Route::Page(at) => {
            let page = &catalogue.pages[at];
            Entry::new(kind, route, &page.id, page.record.title.as_str())
        }
        Route::Notice(at) => {
            let notice = &catalogue.notices[at];
            Entry::new(kind, route, &notice.id, notice.record.title.as_str())
        }
        _ => Entry::new(kind, route, "", ""),
    }
}

fn step(catalogue: &Catalogue, index: CertificationIx, step: usize) -> Entry<'_> {
    let one = catalogue.certification(index);
    let record = one.mapping.as_ref().map(|mapping| &mapping.steps[step].record);
    let id = record.map_or("", |record| &record.id.value);
    let name = record.and_then(|record| record.name.as_deref()).unwrap_or_default();
    Entry {
        anchor: Some(route::step_anchor(id)),
        ids: vec![(None, Some(id))],
        framework: Some(one.framework),
        release: Some(one.release),
        of: Cow::Owned(one.record.title()),
        ..Entry::new(Kind::Step, Route::Mapping(index), &one.id, name)
    }
}

/// An element under the ids and names of all its states, with the id that its record calls original, and the names by which
/// certifications call it.
fn element(catalogue: &Catalogue, route: Route, index: ElementIx) -> Entry<'_> {
    let element = catalogue.element(index);
    let mut names: Vec<(Since, &str)> = Vec::new();
    for (from, state) in &element.states {
        if let Ok(state) = state
            && names.last().map(|(_, name)| *name) != Some(state.name.as_str())
        {
            names.push((Some(*from), &state.name));
        }
    }
    let name = element.name();
    if names.len() < 2 {
        names.clear();
    }
    let told: BTreeSet<&str> = catalogue
        .rows_about(element)
        .filter_map(|(_, _, _, result)| Some(result.name()?.value.as_str()))
        .filter(|told| *told != name)
        .collect();
    names.extend(told.into_iter().map(|name| (None, name)));
    Entry {
        ids: element.ids(),
        names,
        framework: Some(element.framework),
        ..Entry::new(Kind::Element, route, &element.record.key.value, name)
    }
}

fn certification(route: Route, catalogue: &Catalogue, index: CertificationIx) -> Entry<'_> {
    let certification = catalogue.certification(index);
    let record = &certification.record;
    let title = record.title();
    let mut names = BTreeSet::from([record.product.as_str()]);
    names.extend(record.certificate.as_deref());
    names.extend(printed(certification, "product"));
    names.remove(title.as_str());
    Entry {
        names: names.into_iter().map(|name| (None, name)).collect(),
        framework: Some(certification.framework),
        release: Some(certification.release),
        of: Cow::Borrowed(catalogue.organization_name(certification)),
        ..Entry::new(Kind::Certification, route, &certification.id, title)
    }
}

/// How a certification's source spells something.
fn printed<'c>(certification: &'c Certification, of: &str) -> impl Iterator<Item = &'c str> {
    let spellings = certification.record.printed.iter().filter(move |one| one.of == of);
    spellings.flat_map(|one| one.texts.iter().map(|text| text.value.as_str())).collect::<Vec<_>>().into_iter()
}

/// How sources spell the name of an organization, where it is another than the record's.
fn printed_names<'c>(
    certifications: &[CertificationIx],
    catalogue: &'c Catalogue,
    name: &str,
) -> BTreeSet<&'c str> {
    let certifications = certifications.iter().map(|index| catalogue.certification(*index));
    certifications.flat_map(|one| printed(one, "organization")).filter(|printed| *printed != name).collect()
}
