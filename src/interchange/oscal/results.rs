//! A certification as assessment results of OSCAL: an observation for every row, a finding for every judgement.
//!
//! In comes a certification, out go its results, or why there can be none: a format that wants a point in time gets the first moment of the
//! date as it is known, with the date beside it. Without a date, or without a single judgement, there is nothing that could be said.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::Document;
use crate::catalogue::Verdict;
use crate::interchange::markup::markdown;
use crate::interchange::told::Told;
use crate::model::date::instant;
use crate::model::scale::Tone;

pub(super) fn results(document: &Document<'_>) -> Result<Json, &'static str> {
    let certification = document.certification();
    let record = &certification.record;
    let date = record.completed.as_ref().or(record.valid_from.as_ref());
    let date = date.ok_or("its record has no date, and OSCAL wants the time of an assessment")?.value;
    let moment = instant(date.first_day());
    let (mut observations, mut findings, mut reviewed) = (Vec::new(), Vec::new(), BTreeSet::new());
    for told in Told::rows(document.catalogue, certification) {
        let (Some(control), Some(sentence)) = (document.control(&told), told.sentence()) else { continue };
        let uuid = document.uuid(&format!("observation/{}", told.at));
        observations.push(observation(document, &told, (&uuid, &moment, &sentence)));
        let verdict = document.catalogue.verdict(certification, told.row, told.result);
        if let Verdict::Assessed(tone) = verdict {
            reviewed.insert(control.clone());
            findings.extend(finding(document, &told, (tone, &control, &uuid, &sentence)));
        }
    }
    if reviewed.is_empty() {
        return Err("nothing was assessed");
    }
    let reviewed: Vec<Json> = reviewed.into_iter().map(|control| json!({ "control-id": control })).collect();
    let title = record.title();
    let framework = document.catalogue.framework(certification.framework);
    let version = &framework.record.releases[certification.release].version.value;
    let stated = [
        ("assessed", Some(date.to_string())),
        ("valid-from", record.valid_from.as_ref().map(|date| date.value.to_string())),
        ("valid-to", record.valid_to.as_ref().map(|date| date.value.to_string())),
        ("assurance", record.assurance.map(|assurance| assurance.words().to_owned())),
        ("scale", document.catalogue.scale(certification).map(|scale| scale.name.clone())),
    ];
    let properties: Vec<Json> =
        stated.into_iter().filter_map(|(name, value)| document.property(name, &value?)).collect();
    let mut result = json!({
        "uuid": document.uuid("result"),
        "title": markdown(&format!("{title}: {} {version}", framework.record.name)),
        "description": "The results as the source of the record states them.",
        "start": moment,
        "props": properties,
        "local-definitions": { "components": [{
            "uuid": document.component(),
            "type": "software",
            "title": markdown(&title),
            "description": markdown(&format!("The component of {title}.")),
            "status": { "state": "other" },
        }] },
        "reviewed-controls": { "control-selections": [{ "include-controls": reviewed }] },
        "observations": observations,
    });
    if !findings.is_empty() {
        result["findings"] = findings.into();
    }
    let plan = document.uuid("plan");
    let mut resources = vec![json!({ "uuid": plan, "title": "Assessment plan: not published" })];
    resources.extend(document.resources());
    Ok(json!({ "assessment-results": {
        "uuid": document.uuid("assessment-results"),
        "metadata": document.metadata(&format!("{title}: assessment results")),
        "import-ap": { "href": format!("#{plan}"), "remarks": "No plan is published; the reference is there because the format asks for one." },
        "results": [result],
        "back-matter": { "resources": resources },
    } }))
}

fn observation(
    document: &Document<'_>,
    told: &Told<'_>,
    (uuid, moment, sentence): (&str, &str, &str),
) -> Json {
    let mut observation = json!({
        "uuid": uuid,
        "description": markdown(sentence),
        "props": document.properties(told),
        "methods": ["UNKNOWN"],
        "subjects": [{ "subject-uuid": document.component(), "type": "component" }],
        "collected": moment,
    });
    let evidence = told.result.evidence.iter().map(|(title, location)| {
        let mut evidence = json!({ "description": markdown(title) });
        if let Some(href) = document.href(location) {
            evidence["href"] = href.into();
        }
        evidence
    });
    let evidence: Vec<Json> = evidence.collect();
    if !evidence.is_empty() {
        observation["relevant-evidence"] = evidence.into();
    }
    observation
}

/// What was judged: satisfied, or not. A rating that is neither good nor bad is an observation alone.
fn finding(
    document: &Document<'_>,
    told: &Told<'_>,
    (tone, control, observation, sentence): (Tone, &str, &str, &str),
) -> Option<Json> {
    let (state, reason) = match tone {
        Tone::Full => ("satisfied", "pass"),
        Tone::Partial => ("not-satisfied", "other"),
        Tone::None => ("not-satisfied", "fail"),
        Tone::Neutral => return None,
    };
    let element = document.catalogue.element(told.row.element?);
    let name = element
        .in_release(usize::from(told.row.release))
        .map_or_else(|_| element.name(), |state| &state.name);
    Some(json!({
        "uuid": document.uuid(&format!("finding/{}", told.at)),
        "title": markdown(&format!("{} {name}", told.result.element.value)),
        "description": markdown(sentence),
        "target": {
            "type": "statement-id",
            "target-id": format!("{control}_smt"),
            "status": { "state": state, "reason": reason, "remarks": markdown(told.rating().unwrap_or_default()) },
        },
        "related-observations": [{ "observation-uuid": observation }],
    }))
}
