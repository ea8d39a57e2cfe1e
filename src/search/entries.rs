//! What can be found: every record, release and step under its names and ids.
//!
//! In comes the catalogue, out go entries in one order, which numbers them for the index and lists them for the browsable pages.
//! Nothing is left out for its name: an entry that nobody can type is still in the lists.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::catalogue::{Catalogue, Certification, Element, FrameworkIx};
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

/// Every entry, in the order of the index: by kind, and within it as pages list it.
pub fn entries(catalogue: &Catalogue) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for (at, framework) in catalogue.frameworks.iter().enumerate() {
        let mut elements: Vec<Entry<'_>> = framework
            .elements
            .iter()
            .map(|index| element(catalogue, Route::Element(*index), catalogue.element(*index), at.into()))
            .collect();
        elements.sort_by(|a, b| {
            natural::compare(a.id().unwrap_or_default(), b.id().unwrap_or_default()).then(a.key.cmp(b.key))
        });
        entries.append(&mut elements);
    }
    let certifications = || catalogue.certifications.iter().enumerate();
    entries.extend(certifications().map(|(at, one)| certification(catalogue, at, one)));
    let mapped = certifications().filter(|(_, one)| one.mapping.is_some());
    entries.extend(mapped.map(|(at, one)| Entry {
        framework: Some(one.framework),
        release: Some(one.release),
        of: Cow::Borrowed(catalogue.organization_name(one)),
        ..Entry::new(Kind::Mapping, Route::Mapping(at.into()), &one.id, one.record.title())
    }));
    for (at, organization) in catalogue.organizations.iter().enumerate() {
        let record = &organization.record;
        let names = record.former_names.iter().map(|name| (None, name.as_str()));
        let printed = printed_names(&organization.certifications, catalogue, &record.name);
        entries.push(Entry {
            names: names.chain(printed.into_iter().map(|name| (None, name))).collect(),
            ..Entry::new(
                Kind::Organization,
                Route::Organization(at.into()),
                &organization.id,
                record.name.as_str(),
            )
        });
    }
    let frameworks = || catalogue.frameworks.iter().enumerate();
    entries.extend(frameworks().map(|(at, framework)| Entry {
        names: framework.record.short_name.iter().map(|name| (None, name.as_str())).collect(),
        framework: Some(at.into()),
        ..Entry::new(
            Kind::Framework,
            Route::Framework(at.into()),
            &framework.id,
            framework.record.name.as_str(),
        )
    }));
    for (at, framework) in frameworks() {
        for (release, record) in framework.record.releases.iter().enumerate() {
            let names = record.name.iter().chain(&record.suite);
            let name = format!("{} {}", framework.record.name, record.version.value);
            entries.push(Entry {
                names: names.map(|name| (None, name.as_str())).collect(),
                framework: Some(at.into()),
                release: Some(release),
                ..Entry::new(Kind::Release, Route::Release(at.into(), release), &record.version.value, name)
            });
        }
    }
    let crosswalks = catalogue.crosswalks.iter().enumerate();
    entries.extend(crosswalks.map(|(at, crosswalk)| {
        Entry::new(Kind::Crosswalk, Route::Crosswalk(at), &crosswalk.id, crosswalk.record.name.as_str())
    }));
    let pages = catalogue.pages.iter().enumerate();
    entries.extend(
        pages.map(|(at, page)| Entry::new(Kind::Page, Route::Page(at), &page.id, page.record.title.as_str())),
    );
    let notices = catalogue.notices.iter().enumerate();
    entries.extend(notices.map(|(at, notice)| {
        Entry::new(Kind::Notice, Route::Notice(at), &notice.id, notice.record.title.as_str())
    }));
    for (at, one) in certifications() {
        let Some(mapping) = &one.mapping else { continue };
        entries.extend(mapping.steps.iter().map(|step| Entry {
            anchor: Some(route::step_anchor(&step.record.id.value)),
            ids: vec![(None, Some(&step.record.id.value))],
            framework: Some(one.framework),
            release: Some(one.release),
            of: Cow::Owned(one.record.title()),
            ..Entry::new(
                Kind::Step,
                Route::Mapping(at.into()),
                &one.id,
                step.record.name.as_deref().unwrap_or_default(),
            )
        }));
    }
    entries
}

/// An element under the ids and names of all its states, with the id that its record calls original, and the names by which
/// certifications call it.
fn element<'c>(
    catalogue: &'c Catalogue,
    route: Route,
    element: &'c Element,
    framework: FrameworkIx,
) -> Entry<'c> {
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
        framework: Some(framework),
        ..Entry::new(Kind::Element, route, &element.record.key.value, name)
    }
}

fn certification<'c>(catalogue: &'c Catalogue, at: usize, certification: &'c Certification) -> Entry<'c> {
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
        ..Entry::new(Kind::Certification, Route::Certification(at.into()), &certification.id, title)
    }
}

/// How a certification's source spells something.
fn printed<'c>(certification: &'c Certification, of: &str) -> impl Iterator<Item = &'c str> {
    let spellings = certification.record.printed.iter().filter(move |one| one.of == of);
    spellings.flat_map(|one| one.texts.iter().map(|text| text.value.as_str())).collect::<Vec<_>>().into_iter()
}

/// How sources spell the name of an organization, where it is another than the record's.
fn printed_names<'c>(
    certifications: &[crate::catalogue::CertificationIx],
    catalogue: &'c Catalogue,
    name: &str,
) -> BTreeSet<&'c str> {
    let certifications = certifications.iter().map(|index| catalogue.certification(*index));
    certifications.flat_map(|one| printed(one, "organization")).filter(|printed| *printed != name).collect()
}
