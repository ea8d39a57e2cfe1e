//! Frameworks as data: the list, one file a framework, and one file a release with the elements of its tree.
//!
//! In comes a framework with its releases, out go facts with the ids, names and levels of the release that they are about.
//! What elements were in other releases is not repeated here: the lineage has that.

use schemars::JsonSchema;
use serde::Serialize;

use super::scale::ScaleFacts;
use super::value::{Date, Linked, Named, Noun, domains, notices, plain, version};
use crate::catalogue::{Catalogue, ElementIx, Framework, FrameworkIx, Verdict};
use crate::pages::Context;
use crate::route::{self, Route};

/// Every framework.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "frameworks")]
pub(super) struct List<'c> {
    /// The site's root, for the addresses below.
    site: &'c str,
    /// The frameworks, by id.
    frameworks: Vec<Entry<'c>>,
}

/// A framework in the list.
#[derive(Serialize, JsonSchema)]
struct Entry<'c> {
    /// Its id.
    id: &'c str,
    /// Its name.
    name: &'c str,
    /// What people call it; `null` where that is no other name.
    short_name: Option<&'c str>,
    /// Its page.
    address: String,
    /// Its facts.
    data: String,
}

/// A versioned model with a hierarchy of elements.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "framework")]
pub(super) struct Facts<'c> {
    /// The site's root, for the addresses below.
    site: &'c str,
    /// Its id.
    id: &'c str,
    /// Its name.
    name: &'c str,
    /// What people call it; `null` where that is no other name.
    short_name: Option<&'c str>,
    /// Who publishes it; `null` where the record does not say.
    publisher: Option<&'c str>,
    /// Its home; `null` where the record does not say.
    url: Option<&'c str>,
    /// Its page.
    address: String,
    /// What its elements are called.
    noun: Noun<'c>,
    /// What it is, in words without markup; `null` where the record does not say.
    description: Option<&'c str>,
    /// The names of levels.
    levels: Vec<LevelFacts<'c>>,
    /// Its domains, in its order.
    domains: Vec<Named<'c>>,
    /// Its scales.
    scales: Vec<ScaleFacts<'c>>,
    /// Notices that apply.
    notices: Vec<Linked<'c>>,
    /// Its releases, oldest first.
    releases: Vec<ReleaseEntry<'c>>,
    /// What every element is in every release, as data.
    lineage: String,
    /// The ids of certifications against it, newest first.
    certifications: Vec<&'c str>,
}

/// A level with its name.
#[derive(Serialize, JsonSchema)]
struct LevelFacts<'c> {
    /// The level.
    level: i64,
    /// What the framework calls it.
    name: &'c str,
}

/// A release in the list of a framework.
#[derive(Serialize, JsonSchema)]
struct ReleaseEntry<'c> {
    /// Its version, always a text.
    version: &'c str,
    /// A name besides the version; `null` where it has none.
    name: Option<&'c str>,
    /// The suite that it was published in; `null` where the record names none.
    suite: Option<&'c str>,
    /// When it was published; `null` where the record does not say.
    date: Option<Date>,
    /// Where it is described; `null` where the record does not say.
    url: Option<&'c str>,
    /// What readers should know about it; `null` where nothing is stated.
    note: Option<&'c str>,
    /// Whether it is the one in force.
    current: bool,
    /// How many elements it has.
    elements: usize,
    /// How many certifications are against it.
    certifications: usize,
    /// Its page.
    address: String,
    /// Its elements, as data.
    data: String,
}

/// One release of a framework, with its elements in the order of its tree.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "release")]
pub(super) struct ReleaseFacts<'c> {
    /// The site's root, for the addresses below.
    site: &'c str,
    /// The framework's id.
    framework: &'c str,
    /// The framework's name.
    name: &'c str,
    /// Its version, always a text.
    version: &'c str,
    /// The suite that it was published in; `null` where the record names none.
    suite: Option<&'c str>,
    /// When it was published; `null` where the record does not say.
    date: Option<Date>,
    /// Whether it is the one in force.
    current: bool,
    /// Its page.
    address: String,
    /// The page of what changed since the release before; `null` of the first.
    changes: Option<String>,
    /// The ids of certifications against it, newest first.
    certifications: Vec<&'c str>,
    /// Its elements, parents before their parts.
    elements: Vec<ElementFacts<'c>>,
}

/// An element as the release has it.
#[derive(Serialize, JsonSchema)]
struct ElementFacts<'c> {
    /// The same in every release; unique within the framework.
    key: &'c str,
    /// Its id in this release.
    id: &'c str,
    /// Its name in this release.
    name: &'c str,
    /// Its level in this release; `null` where the record states none.
    level: Option<u8>,
    /// The id of its domain, its own or its parent's; `null` where it stands in none.
    domain: Option<&'c str>,
    /// The keys of its parents in this release; none for one that stands at the top.
    parents: Vec<&'c str>,
    /// Its page.
    address: String,
    /// How many results assess it under its id in this release.
    assessed: usize,
}

/// The list of frameworks.
pub(super) fn list(context: &Context) -> List<'_> {
    let catalogue = &context.catalogue;
    let frameworks = catalogue.frameworks.iter().enumerate().map(|(index, framework)| Entry {
        id: &framework.id,
        name: &framework.record.name,
        short_name: framework.record.short_name.as_deref(),
        address: Route::Framework(index.into()).folder(catalogue),
        data: route::framework_data(&framework.id),
    });
    List { site: context.base_url.as_str(), frameworks: frameworks.collect() }
}

fn certifications<'c>(
    catalogue: &'c Catalogue,
    framework: &'c Framework,
    release: Option<usize>,
) -> Vec<&'c str> {
    let all = framework.certifications.iter().map(|index| catalogue.certification(*index));
    let against = all.filter(|one| release.is_none_or(|release| one.release == release));
    against.map(|one| one.id.as_str()).collect()
}

/// One framework.
pub(super) fn facts(context: &Context, index: FrameworkIx) -> Facts<'_> {
    let catalogue = &context.catalogue;
    let framework = catalogue.framework(index);
    let record = &framework.record;
    let applying: Vec<usize> = record
        .notices
        .iter()
        .filter_map(|id| catalogue.notices.iter().position(|notice| notice.id == id.value))
        .collect();
    let releases = record.releases.iter().enumerate().map(|(at, release)| ReleaseEntry {
        version: &release.version.value,
        name: release.name.as_deref(),
        suite: release.suite.as_deref(),
        date: release.date.map(Date),
        url: release.url.as_deref(),
        note: release.note.as_deref(),
        current: at == framework.current,
        elements: framework.releases[at].members.len(),
        certifications: certifications(catalogue, framework, Some(at)).len(),
        address: Route::Release(index, at).folder(catalogue),
        data: route::release_data(catalogue, index, at),
    });
    Facts {
        site: context.base_url.as_str(),
        id: &framework.id,
        name: &record.name,
        short_name: record.short_name.as_deref(),
        publisher: record.publisher.as_deref(),
        url: record.url.as_deref(),
        address: Route::Framework(index).folder(catalogue),
        noun: Noun::of(framework),
        description: plain(&record.body.plain),
        levels: record.levels.iter().map(|(level, name)| LevelFacts { level: *level, name }).collect(),
        domains: domains(framework),
        scales: record.scales.iter().map(ScaleFacts::of).collect(),
        notices: notices(catalogue, &applying),
        releases: releases.collect(),
        lineage: route::lineage_file(&framework.id),
        certifications: certifications(catalogue, framework, None),
    }
}

/// One release.
pub(super) fn release(context: &Context, index: FrameworkIx, release: usize) -> ReleaseFacts<'_> {
    let catalogue = &context.catalogue;
    let framework = catalogue.framework(index);
    let record = &framework.record.releases[release];
    let mut members: Vec<ElementIx> = framework.releases[release].members.clone();
    members.sort_by_key(|element| catalogue.standing(*element, release).order);
    ReleaseFacts {
        site: context.base_url.as_str(),
        framework: &framework.id,
        name: &framework.record.name,
        version: version(framework, release),
        suite: record.suite.as_deref(),
        date: record.date.map(Date),
        current: release == framework.current,
        address: Route::Release(index, release).folder(catalogue),
        changes: (release > 0).then(|| Route::Changes(index, release).folder(catalogue)),
        certifications: certifications(catalogue, framework, Some(release)),
        elements: members
            .into_iter()
            .filter_map(|element| element_facts(context, framework, (element, release)))
            .collect(),
    }
}

fn element_facts<'c>(
    context: &'c Context,
    framework: &'c Framework,
    (index, release): (ElementIx, usize),
) -> Option<ElementFacts<'c>> {
    let catalogue = &context.catalogue;
    let element = catalogue.element(index);
    let state = element.in_release(release).ok()?;
    let domain = catalogue.standing(index, release).domain;
    let parents = state.parents.iter().map(|parent| catalogue.element(*parent));
    let parents = parents.filter(|parent| parent.in_release(release).is_ok());
    Some(ElementFacts {
        key: &element.record.key.value,
        id: &state.id,
        name: &state.name,
        level: state.level,
        domain: domain.map(|domain| framework.record.domains[domain].id.value.as_str()),
        parents: parents.map(|parent| &*parent.record.key.value).collect(),
        address: context.addresses.folder(Route::Element(index), catalogue).into_owned(),
        assessed: assessed(catalogue, index, release),
    })
}

/// How many results assess an element under its id in a release.
pub(super) fn assessed(catalogue: &Catalogue, element: ElementIx, release: usize) -> usize {
    let rows = catalogue.rows_about(catalogue.element(element));
    let assessed = rows.filter(|(_, certification, row, result)| {
        usize::from(row.release) == release
            && !row.repeated
            && matches!(catalogue.verdict(certification, row, result), Verdict::Assessed(_))
    });
    assessed.count()
}
