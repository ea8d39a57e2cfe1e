//! Crosswalks as data: which elements of one framework relate to which of another, and how.
//!
//! In comes a crosswalk with its two sides, out go its relations, every element by its key and its id.
//! A relation is said from the side of `from`, as the record says it; nothing is concluded from it.

use schemars::JsonSchema;
use serde::Serialize;

use super::value::{plain, version};
use crate::catalogue::{Catalogue, ElementIx, FrameworkIx};
use crate::model::element::Basis;
use crate::pages::Context;
use crate::route::{self, Route};

/// Every crosswalk between two frameworks.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "crosswalks")]
pub(super) struct List<'c> {
    /// The site's root, for the addresses below.
    site: &'c str,
    /// The crosswalks, by id.
    crosswalks: Vec<Entry<'c>>,
}

/// A crosswalk in the list.
#[derive(Serialize, JsonSchema)]
struct Entry<'c> {
    /// Its id.
    id: &'c str,
    /// Its name.
    name: &'c str,
    /// Its page.
    address: String,
    /// Its facts.
    data: String,
}

/// How elements of one framework's release relate to those of another's.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "crosswalk")]
pub(super) struct Facts<'c> {
    /// The site's root, for the addresses below.
    site: &'c str,
    /// Its id.
    id: &'c str,
    /// Its name.
    name: &'c str,
    /// Its page.
    address: String,
    /// The side from which relations are said.
    from: Side<'c>,
    /// The other side.
    to: Side<'c>,
    /// How it is known; `null` where the record does not say.
    #[schemars(extend("enum" = ["official", "editor", "inferred", null]))]
    basis: Option<&'static str>,
    /// What readers should know about it; `null` where nothing is stated.
    note: Option<&'c str>,
    /// What it is, in words without markup; `null` where the record does not say.
    description: Option<&'c str>,
    /// Its relations, as listed.
    links: Vec<LinkFacts<'c>>,
}

/// One of the two sides.
#[derive(Serialize, JsonSchema)]
struct Side<'c> {
    /// The framework's id.
    framework: &'c str,
    /// Its release.
    release: &'c str,
}

/// One relation.
#[derive(Serialize, JsonSchema)]
struct LinkFacts<'c> {
    /// The element of the first side.
    from: End<'c>,
    /// How it relates to the other.
    #[schemars(extend("enum" = ["equal", "subset", "superset", "intersects"]))]
    relation: &'static str,
    /// The element of the other side.
    to: End<'c>,
    /// Why; `null` where the record does not say.
    reason: Option<&'c str>,
}

/// An element at one end of a relation.
#[derive(Serialize, JsonSchema)]
struct End<'c> {
    /// Its id in the release of its side.
    id: &'c str,
    /// Its key, the same in every release; `null` where the id leads to no element.
    key: Option<&'c str>,
}

/// The list of crosswalks.
pub(super) fn list(context: &Context) -> List<'_> {
    let catalogue = &context.catalogue;
    let crosswalks = catalogue.crosswalks.iter().enumerate().map(|(index, crosswalk)| Entry {
        id: &crosswalk.id,
        name: &crosswalk.record.name,
        address: Route::Crosswalk(index).folder(catalogue),
        data: route::crosswalk_data(&crosswalk.id),
    });
    List { site: context.base_url.as_str(), crosswalks: crosswalks.collect() }
}

/// One crosswalk.
pub(super) fn facts(context: &Context, index: usize) -> Facts<'_> {
    let catalogue = &context.catalogue;
    let crosswalk = &catalogue.crosswalks[index];
    let record = &crosswalk.record;
    let links = record.links.iter().zip(&crosswalk.links).map(|(link, linked)| LinkFacts {
        from: end(catalogue, &link.from.value, linked.from),
        relation: link.relation.key(),
        to: end(catalogue, &link.to.value, linked.to),
        reason: link.reason.as_deref(),
    });
    Facts {
        site: context.base_url.as_str(),
        id: &crosswalk.id,
        name: &record.name,
        address: Route::Crosswalk(index).folder(catalogue),
        from: side(catalogue, crosswalk.from),
        to: side(catalogue, crosswalk.to),
        basis: record.basis.map(Basis::words),
        note: record.note.as_deref(),
        description: plain(&record.body.plain),
        links: links.collect(),
    }
}

fn side(catalogue: &Catalogue, (framework, release): (FrameworkIx, usize)) -> Side<'_> {
    let framework = catalogue.framework(framework);
    Side { framework: &framework.id, release: version(framework, release) }
}

fn end<'c>(catalogue: &'c Catalogue, id: &'c str, element: Option<ElementIx>) -> End<'c> {
    End { id, key: element.map(|element| &*catalogue.element(element).record.key.value) }
}
