//! The lineage of a framework's elements: from this one file, any two releases can be compared.
//!
//! In comes a framework with its elements, out goes what each element is in every release, and what its history says of that.
//! The tree of a release follows from `parents` and `place`; parents that are not in the release themselves leave an element at the top.

use schemars::JsonSchema;
use serde::Serialize;
use url::Url;

use super::value::{Date, Named, absence_word, domains, version};
use crate::catalogue::{Catalogue, ElementIx, Framework, FrameworkIx};
use crate::model::element::{Basis, Change, When};
use crate::route::Route;

/// What every element of a framework is in every release.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "lineage")]
pub(super) struct Lineage<'c> {
    /// The site's root, for the addresses below.
    site: &'c str,
    /// The framework's id.
    framework: &'c str,
    /// The framework's name.
    name: &'c str,
    /// The framework's page.
    address: String,
    /// The releases, oldest first.
    releases: Vec<ReleaseData<'c>>,
    /// The domains, in the framework's order.
    domains: Vec<Named<'c>>,
    /// The elements, by key.
    elements: Vec<ElementData<'c>>,
}

/// A release.
#[derive(Serialize, JsonSchema)]
struct ReleaseData<'c> {
    /// Its version, always a text.
    version: &'c str,
    /// A name besides the version; `null` where it has none.
    name: Option<&'c str>,
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
}

/// An element over all releases.
#[derive(Serialize, JsonSchema)]
struct ElementData<'c> {
    /// The same in every release; unique within the framework.
    key: &'c str,
    /// Its newest name.
    name: &'c str,
    /// The id by which the framework's publisher first knew it; `null` where the record states none.
    original_id: Option<&'c str>,
    /// Its page.
    address: String,
    /// What it is in every release, in their order.
    states: Vec<StateData<'c>>,
    /// What its record says happened to it, oldest first.
    history: Vec<EntryData<'c>>,
}

/// What an element is in one release.
#[derive(Serialize, JsonSchema)]
struct StateData<'c> {
    /// The release.
    release: &'c str,
    /// Whether it is there, and if not, why.
    #[schemars(extend("enum" = ["present", "not-yet", "withdrawn", "untraced"]))]
    presence: &'static str,
    /// Its id; `null` where `presence` says why it is not there.
    id: Option<&'c str>,
    /// Its name; `null` where `presence` says why it is not there.
    name: Option<&'c str>,
    /// Its level; `null` where `presence` says why it is not there, else where the record states none.
    level: Option<u8>,
    /// The keys of its parents, as stated.
    parents: Vec<&'c str>,
    /// The id of its domain, its own or its parent's; `null` where `presence` says why it is not there, else where it stands in none.
    domain: Option<&'c str>,
    /// Its place in the release's tree, from 0, parents before their parts; `null` where `presence` says why it is not there.
    place: Option<u32>,
}

/// Something that happened to an element.
#[derive(Serialize, JsonSchema)]
struct EntryData<'c> {
    /// The release in which it happened; `null` where `version` says when.
    release: Option<&'c str>,
    /// A version that is none of the releases; `null` where `release` says when.
    version: Option<&'c str>,
    /// What happened.
    #[schemars(extend("enum" = [
        "addition", "modification", "rename", "renumbering", "move", "split", "merge", "withdrawal",
        "correction", "untraced", "other",
    ]))]
    change: &'static str,
    /// How it is known; `null` where the record does not say.
    #[schemars(extend("enum" = ["official", "editor", "inferred", null]))]
    basis: Option<&'static str>,
    /// The keys of the elements that it became.
    into: Vec<&'c str>,
    /// The keys of the elements that became it.
    from: Vec<&'c str>,
    /// The source's own word; `null` where it does not differ.
    printed: Option<&'c str>,
    /// What the record adds; `null` where it adds nothing.
    note: Option<&'c str>,
    /// When it happened; `null` where the record does not say.
    date: Option<Date>,
    /// The framework's own number of the issue; `null` where the record has none.
    issue: Option<&'c str>,
    /// Where it is told; `null` where the record does not say.
    url: Option<&'c str>,
}

/// The lineage of a framework.
pub(super) fn of<'c>(catalogue: &'c Catalogue, base_url: &'c Url, index: FrameworkIx) -> Lineage<'c> {
    let framework = catalogue.framework(index);
    let releases = framework.record.releases.iter().enumerate().map(|(at, release)| ReleaseData {
        version: &release.version.value,
        name: release.name.as_deref(),
        suite: release.suite.as_deref(),
        date: release.date.map(Date),
        current: at == framework.current,
        address: Route::Release(index, at).folder(catalogue),
        changes: (at > 0).then(|| Route::Changes(index, at).folder(catalogue)),
    });
    Lineage {
        site: base_url.as_str(),
        framework: &framework.id,
        name: &framework.record.name,
        address: Route::Framework(index).folder(catalogue),
        releases: releases.collect(),
        domains: domains(framework),
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
        original_id: element.record.original_id.as_ref().map(|id| id.value.as_str()),
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
    let version = version(framework, release);
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
        Err(absence) => StateData { presence: absence_word(absence), ..nothing },
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
        date: change.date.map(Date),
        issue: change.issue.as_deref(),
        url: change.url.as_deref(),
    }
}
