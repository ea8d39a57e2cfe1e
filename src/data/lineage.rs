//! The lineage of a framework's elements: from this one file, any two releases can be compared.
//!
//! In comes a framework with its elements, out goes what each element is in every release, and what its history says of that.
//! The tree of a release follows from `parents` and `place`; parents that are not in the release themselves leave an element at the top.

use serde::Serialize;
use url::Url;

use crate::catalogue::{Absence, Catalogue, ElementIx, Framework, FrameworkIx};
use crate::model::element::{Basis, Change, When};
use crate::route::Route;

/// The file.
#[derive(Serialize)]
pub(super) struct Lineage<'c> {
    /// The site's root, for the addresses below.
    site: &'c str,
    framework: &'c str,
    name: &'c str,
    address: String,
    releases: Vec<ReleaseData<'c>>,
    domains: Vec<DomainData<'c>>,
    elements: Vec<ElementData<'c>>,
}

#[derive(Serialize)]
struct ReleaseData<'c> {
    version: &'c str,
    name: Option<&'c str>,
    suite: Option<&'c str>,
    date: Option<String>,
    current: bool,
    address: String,
    /// The page of what changed since the release before.
    changes: Option<String>,
}

#[derive(Serialize)]
struct DomainData<'c> {
    id: &'c str,
    name: &'c str,
}

#[derive(Serialize)]
struct ElementData<'c> {
    key: &'c str,
    name: &'c str,
    address: String,
    /// One for every release, in their order.
    states: Vec<StateData<'c>>,
    history: Vec<EntryData<'c>>,
}

#[derive(Serialize)]
struct StateData<'c> {
    release: &'c str,
    /// `present`, `not-yet`, `withdrawn` or `untraced`.
    presence: &'static str,
    id: Option<&'c str>,
    name: Option<&'c str>,
    level: Option<u8>,
    /// By key, as stated.
    parents: Vec<&'c str>,
    /// Its own or its parent's.
    domain: Option<&'c str>,
    /// Its place in the release's tree, from 0, parents before their parts.
    place: Option<u32>,
}

#[derive(Serialize)]
struct EntryData<'c> {
    /// A release of the framework, or else `version`.
    release: Option<&'c str>,
    version: Option<&'c str>,
    change: &'static str,
    /// `official`, `editor` or `inferred`.
    basis: Option<&'static str>,
    into: Vec<&'c str>,
    from: Vec<&'c str>,
    printed: Option<&'c str>,
    note: Option<&'c str>,
    date: Option<String>,
    issue: Option<&'c str>,
    url: Option<&'c str>,
}

/// The lineage of a framework.
pub(super) fn of<'c>(catalogue: &'c Catalogue, base_url: &'c Url, index: FrameworkIx) -> Lineage<'c> {
    let framework = catalogue.framework(index);
    let releases = framework.record.releases.iter().enumerate().map(|(at, release)| ReleaseData {
        version: &release.version.value,
        name: release.name.as_deref(),
        suite: release.suite.as_deref(),
        date: release.date.as_ref().map(ToString::to_string),
        current: at == framework.current,
        address: Route::Release(index, at).folder(catalogue),
        changes: (at > 0).then(|| Route::Changes(index, at).folder(catalogue)),
    });
    let domains = framework.record.domains.iter();
    Lineage {
        site: base_url.as_str(),
        framework: &framework.id,
        name: &framework.record.name,
        address: Route::Framework(index).folder(catalogue),
        releases: releases.collect(),
        domains: domains.map(|domain| DomainData { id: &domain.id.value, name: &domain.name }).collect(),
        elements: framework
            .elements
            .iter()
            .map(|element| element_data(catalogue, framework, *element))
            .collect(),
    }
}

fn element_data<'c>(catalogue: &'c Catalogue, framework: &'c Framework, index: ElementIx) -> ElementData<'c> {
    let element = catalogue.element(index);
    let states = (0..framework.releases.len()).map(|release| state(catalogue, framework, (index, release)));
    ElementData {
        key: &element.record.key.value,
        name: element.name(),
        address: Route::Element(index).folder(catalogue),
        states: states.collect(),
        history: element.record.history.iter().map(entry).collect(),
    }
}

fn state<'c>(
    catalogue: &'c Catalogue,
    framework: &'c Framework,
    (index, release): (ElementIx, usize),
) -> StateData<'c> {
    let element = catalogue.element(index);
    let version = &framework.record.releases[release].version.value;
    let nothing = StateData {
        release: version,
        presence: "present",
        id: None,
        name: None,
        level: None,
        parents: Vec::new(),
        domain: None,
        place: None,
    };
    match element.in_release(release) {
        Ok(state) => {
            let standing = &framework.releases[release].standing[element.position];
            let domain = standing.domain.map(|domain| framework.record.domains[domain].id.value.as_str());
            let parents = state.parents.iter().map(|parent| &*catalogue.element(*parent).record.key.value);
            StateData {
                id: Some(&state.id),
                name: Some(&state.name),
                level: state.level,
                parents: parents.collect(),
                domain,
                place: standing.order,
                ..nothing
            }
        }
        Err(Absence::NotYet) => StateData { presence: "not-yet", ..nothing },
        Err(Absence::Withdrawn) => StateData { presence: "withdrawn", ..nothing },
        Err(Absence::Untraced) => StateData { presence: "untraced", ..nothing },
    }
}

fn entry(change: &Change) -> EntryData<'_> {
    let (release, version) = match &change.when {
        When::Release(release) => (Some(release.value.as_str()), None),
        When::Version(version) => (None, Some(version.as_str())),
    };
    EntryData {
        release,
        version,
        change: change.kind.key(),
        basis: change.basis.map(Basis::words),
        into: change.into.iter().map(|key| key.value.as_str()).collect(),
        from: change.from.iter().map(|key| key.value.as_str()).collect(),
        printed: change.printed.as_deref(),
        note: change.note.as_deref(),
        date: change.date.as_ref().map(ToString::to_string),
        issue: change.issue.as_deref(),
        url: change.url.as_deref(),
    }
}
