//! A product as a component of OSCAL: which controls it implements, release by release.
//!
//! In comes a certification, out goes its component definition, with a requirement for every result that is full or in part.
//! What was not conformant, not submitted or not assessed is no implementation, and stands in the assessment results alone.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::Document;
use crate::catalogue::Verdict;
use crate::interchange::markup::markdown;
use crate::interchange::told::{Told, address};
use crate::model::scale::Tone;

pub(super) fn definition(document: &Document<'_>) -> Json {
    let certification = document.certification();
    let record = &certification.record;
    let organization = document.catalogue.organization_name(certification);
    let mut requirements: BTreeMap<usize, Vec<Json>> = BTreeMap::new();
    for told in Told::rows(document.catalogue, certification) {
        if let Some(requirement) = requirement(document, &told) {
            requirements.entry(usize::from(told.row.release)).or_default().push(requirement);
        }
    }
    let framework = document.catalogue.framework(certification.framework);
    let implementations: Vec<Json> = requirements
        .into_iter()
        .map(|(release, requirements)| {
            let version = &framework.record.releases[release].version.value;
            json!({
                "uuid": document.uuid(&format!("implementation/{version}")),
                "source": document.source(release),
                "description": markdown(&format!("As certified against {} {version}.", framework.record.name)),
                "implemented-requirements": requirements,
            })
        })
        .collect();
    let title = record.title();
    let mut component = json!({
        "uuid": document.component(),
        "type": "software",
        "title": markdown(&title),
        "description": markdown(&format!("{title}, a product of {organization}.")),
        "links": [{ "href": address(document.catalogue, document.index), "rel": "reference" }],
        "responsible-roles": [{ "role-id": "provider", "party-uuids": [document.party()] }],
    });
    let stated = [
        ("version", record.version.as_ref().map(|version| version.value.clone())),
        ("suite", record.suite.clone()),
        ("certificate", record.certificate.clone()),
    ];
    let properties: Vec<Json> =
        stated.into_iter().filter_map(|(name, value)| document.property(name, &value?)).collect();
    if !properties.is_empty() {
        component["props"] = properties.into();
    }
    if !implementations.is_empty() {
        component["control-implementations"] = implementations.into();
    }
    let mut body = json!({
        "uuid": document.uuid("component-definition"),
        "metadata": document.metadata(&title),
        "components": [component],
    });
    let resources = document.resources();
    if !resources.is_empty() {
        body["back-matter"] = json!({ "resources": resources });
    }
    json!({ "component-definition": body })
}

fn requirement(document: &Document<'_>, told: &Told<'_>) -> Option<Json> {
    let status = match document.catalogue.verdict(told.certification, told.row, told.result) {
        Verdict::Assessed(Tone::Full) => "implemented",
        Verdict::Assessed(Tone::Partial) => "partial",
        _ => return None,
    };
    let mut properties = document.properties(told);
    properties.extend(document.property("implementation-status", status));
    Some(json!({
        "uuid": document.uuid(&format!("requirement/{}", told.at)),
        "control-id": document.control(told)?,
        "description": markdown(&told.sentence()?),
        "props": properties,
    }))
}
