//! A release of a framework as a catalogue of OSCAL: its elements as controls, by domain.
//!
//! In comes a release, out go its elements with their ids and names, each below its domain and beside its parent.
//! The texts of elements stay where they are: a link leads to their pages.

use serde_json::{Value as Json, json};

use super::{metadata, uuid};
use crate::catalogue::{Catalogue, ElementIx, FrameworkIx, State};
use crate::interchange::markup::{line, markdown, token};
use crate::model::date::Day;
use crate::route::Route;

pub(super) fn catalog(catalogue: &Catalogue, (index, release): (FrameworkIx, usize), as_of: Day) -> Json {
    let framework = catalogue.framework(index);
    let version = &framework.record.releases[release].version.value;
    let address =
        format!("{}{}", catalogue.config.base_url, Route::Release(index, release).folder(catalogue));
    let mut members: Vec<ElementIx> = framework.releases[release].members.clone();
    members.sort_by_key(|element| catalogue.standing(*element, release).order);
    let of_domain = |domain: Option<usize>| {
        let members =
            members.iter().filter(|element| catalogue.standing(**element, release).domain == domain);
        let controls = members.filter_map(|element| {
            let state = catalogue.element(*element).in_release(release).ok()?;
            Some(control(catalogue, *element, (state, release)))
        });
        controls.collect::<Vec<_>>()
    };
    let groups: Vec<Json> = framework
        .record
        .domains
        .iter()
        .enumerate()
        .map(|(at, domain)| (domain, of_domain(Some(at))))
        .filter(|(_, controls)| !controls.is_empty())
        .map(|(domain, controls)| {
            let id = format!("domain-{}", token(&domain.id.value));
            json!({ "id": id, "class": "domain", "title": markdown(&domain.name), "controls": controls })
        })
        .collect();
    let mut body = json!({
        "uuid": uuid(&address, "catalog"),
        "metadata": metadata(&format!("{} {version}", framework.record.name), as_of),
    });
    body["metadata"]["links"] = json!([{ "href": address, "rel": "canonical" }]);
    if !groups.is_empty() {
        body["groups"] = groups.into();
    }
    let rest = of_domain(None);
    if !rest.is_empty() {
        body["controls"] = rest.into();
    }
    json!({ "catalog": body })
}

fn control(catalogue: &Catalogue, index: ElementIx, (state, release): (&State, usize)) -> Json {
    let key = token(&catalogue.element(index).record.key.value);
    let page = format!("{}{}", catalogue.config.base_url, Route::Element(index).folder(catalogue));
    let mut links = vec![json!({ "href": page, "rel": "reference" })];
    links.extend(state.parents.iter().filter(|parent| catalogue.element(**parent).in_release(release).is_ok()).map(
        |parent| json!({ "href": format!("#{}", token(&catalogue.element(*parent).record.key.value)), "rel": "related" }),
    ));
    // A name may be said in several ways; what it is called in this release is its statement too.
    let statement =
        json!({ "id": format!("{key}_smt"), "name": "statement", "prose": markdown(&state.name) });
    let mut control =
        json!({ "id": key, "title": markdown(&state.name), "links": links, "parts": [statement] });
    let label = line(&state.id);
    if !label.is_empty() {
        control["props"] = json!([{ "name": "label", "value": label }]);
    }
    control
}
