//! Scores lie on their scale, and a parent's score is the lowest of its children's.
//!
//! In come linked rows and scales, out go `score-off-scale`, `score-off-step` and `parent-score-differs`.
//! All arithmetic is decimal: 4.8 is a multiple of 0.1.

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::catalogue::{Catalogue, Certification, ElementIx};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::certification::{ResultRecord, Value};
use crate::model::date::Day;
use crate::model::scale::{Range, Scale};

pub(super) fn on_scale(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for certification in &catalogue.certifications {
        let Some(scale) = catalogue.scale(certification) else { continue };
        for result in &certification.record.results {
            if let Value::Score(score) = result.value.value {
                found.extend(off_scale(certification, scale, result, score));
            }
        }
    }
}

fn off_scale(
    certification: &Certification,
    scale: &Scale,
    result: &ResultRecord,
    score: Decimal,
) -> Option<Diagnostic> {
    let place = certification.place(result.value.span);
    let Some(Range { min, max, step }) = scale.range else {
        let message = format!("the scale `{}` has no numbers, and a score is given", scale.id.value);
        let ids = scale.ratings.iter().filter_map(|rating| rating.id.as_ref());
        let ids: Vec<String> = ids.map(|id| format!("`{}`", id.value)).collect();
        return Some(
            Diagnostic::new(Code::ScoreOffScale, place, message)
                .help(format!("give a `rating`, one of {}", ids.join(", "))),
        );
    };
    if score < min || score > max {
        let message =
            format!("the score {score} is not on the scale `{}` from {min} to {max}", scale.id.value);
        return Some(
            Diagnostic::new(Code::ScoreOffScale, place, message)
                .help("if the element was not assessed, give an `outcome` in place of the score"),
        );
    }
    let off = (score - min) % step;
    if off.is_zero() {
        return None;
    }
    let (below, above) = (score - off, score - off + step);
    let message = format!("the score {score} lies between two steps of the scale `{}`", scale.id.value);
    Some(Diagnostic::new(Code::ScoreOffStep, place, message).help(format!(
        "the nearest scores are {} and {}",
        below.normalize(),
        above.normalize()
    )))
}

pub(super) fn parents_lowest(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    let summarizing = catalogue
        .certifications
        .iter()
        .filter(|one| catalogue.scale(one).is_some_and(|scale| scale.summarizes_children));
    for certification in summarizing {
        let release = certification.release;
        let mut scores: HashMap<ElementIx, Decimal> = HashMap::new();
        for (row, result) in certification.results().filter(|(row, _)| !row.repeated) {
            if let (Some(element), Value::Score(score)) = (row.element, &result.value.value)
                && usize::from(row.release) == release
            {
                scores.insert(element, *score);
            }
        }
        for (row, result) in certification.results().filter(|(row, _)| !row.repeated) {
            let Some(element) = row.element else { continue };
            let Some(score) = scores.get(&element) else { continue };
            let children = catalogue.children(element, release);
            let Some(lowest) = children.iter().filter_map(|child| scores.get(child)).min() else { continue };
            if lowest == score {
                continue;
            }
            let message = format!(
                "`{}` has the score {score}, and the lowest of its parts has {lowest}",
                result.element.value
            );
            found.push(
                Diagnostic::new(Code::ParentScoreDiffers, certification.place(result.value.span), message)
                    .help("keep it if the source says so; a comment can say why"),
            );
        }
    }
}
