//! Layers for the Navigator of ATT&CK, format 4.5: a certification as colours on a matrix of techniques.
//!
//! In come certifications, out goes one layer each, with a technique for every row that says something.
//! A score is its place on its scale in whole percent; a rating by name is a colour and never a number.

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Map, Value as Json, json};

use super::Exported;
use super::markup::line;
use super::told::{Told, address};
use crate::catalogue::{Catalogue, CertificationIx, Verdict};
use crate::model::certification::Value;
use crate::model::scale::Tone;

/// The layers of certifications. `domain` is the matrix that the Navigator shows them on.
pub fn layers(catalogue: &Catalogue, chosen: &[CertificationIx], domain: &str) -> Exported {
    let mut exported = Exported::default();
    for index in chosen {
        let certification = catalogue.certification(*index);
        let techniques: Vec<Json> = Told::rows(catalogue, certification).filter_map(technique).collect();
        if techniques.is_empty() {
            let why = format!("`{}` has no result about an element of the catalogue", certification.id);
            exported.left_out.push(why);
            continue;
        }
        exported.add(format!("{}.json", certification.id), &layer(catalogue, *index, domain, &techniques));
    }
    exported
}

fn layer(catalogue: &Catalogue, index: CertificationIx, domain: &str, techniques: &[Json]) -> Json {
    let certification = catalogue.certification(index);
    let framework = catalogue.framework(certification.framework);
    let version = &framework.record.releases[certification.release].version.value;
    let organization = catalogue.organization_name(certification);
    let mut legend = Vec::new();
    for technique in techniques {
        let result = &technique["metadata"][0]["value"];
        let item = json!({ "label": result, "color": technique["color"] });
        if technique["color"].is_string() && !legend.contains(&item) {
            legend.push(item);
        }
    }
    json!({
        "name": line(&format!("{}: {} {version}", certification.record.title(), framework.record.name)),
        "versions": { "layer": "4.5", "attack": version, "navigator": "5.0.0" },
        "domain": domain,
        "description": line(&format!("{}, certified by {organization} against {} {version}.", certification.record.title(), framework.record.name)),
        "techniques": techniques,
        "gradient": { "colors": ["#f3d9dd", "#fdf0dc", "#00508a"], "minValue": 0, "maxValue": 100 },
        "legendItems": legend,
        "metadata": [{ "name": "Certification", "value": certification.id }],
        "links": [{ "label": "Certification", "url": address(catalogue, index) }],
    })
}

fn technique(told: Told<'_>) -> Option<Json> {
    let rating = told.rating()?;
    let mut technique = Map::new();
    technique.insert("techniqueID".to_owned(), line(&told.result.element.value).into());
    technique.insert("enabled".to_owned(), true.into());
    let range = told.catalogue.scale(told.certification).and_then(|scale| scale.range);
    match (&told.result.value.value, range) {
        (Value::Score(score), Some(range)) if range.max > range.min => {
            technique.insert("score".to_owned(), percent(*score, (range.min, range.max)).into());
        }
        _ => {
            let colour = match told.catalogue.verdict(told.certification, told.row, told.result) {
                Verdict::Assessed(Tone::Full) => "#00508a",
                Verdict::Assessed(Tone::Partial) => "#f7d774",
                Verdict::Assessed(Tone::None) => "#d9566b",
                Verdict::Assessed(Tone::Neutral) => "#aab4c2",
                Verdict::Absent(_) | Verdict::Unstated => "#eef0f3",
            };
            technique.insert("color".to_owned(), colour.into());
        }
    }
    let stated =
        [("Result", Some(rating.to_owned())), ("Score", told.score()), ("Coverage", told.coverage())];
    let metadata: Vec<Json> = stated
        .into_iter()
        .filter_map(|(name, value)| Some(json!({ "name": name, "value": line(&value?) })))
        .collect();
    technique.insert("metadata".to_owned(), metadata.into());
    if let Some(comment) = &told.result.comment {
        technique.insert("comment".to_owned(), line(comment).into());
    }
    Some(Json::Object(technique))
}

/// Where a score stands on its scale, in whole percent.
fn percent(score: Decimal, (min, max): (Decimal, Decimal)) -> u32 {
    let share =
        score.saturating_sub(min).clamp(Decimal::ZERO, max - min) / (max - min) * Decimal::ONE_HUNDRED;
    let whole = share.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    u32::try_from(whole).unwrap_or_default()
}
