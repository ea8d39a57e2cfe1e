//! One form for one thing: how a source prints scores and outcomes.
//!
//! In come rows with their printed wording, out go `score-form-varies`, `zero-for-absence` and `outcome-wording-varies`.
//! The wording is kept and shown; these findings only tell readers that it varies.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::catalogue::{Catalogue, Certification};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::certification::{ResultRecord, Value};
use crate::model::date::Day;
use crate::text::Span;

pub(super) fn of_scores(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for certification in &catalogue.certifications {
        let mut forms: BTreeMap<u32, (Span, &str)> = BTreeMap::new();
        for result in &certification.record.results {
            let (Value::Score(_), Some(printed)) = (&result.value.value, &result.printed) else { continue };
            if let Ok(number) = printed.value.trim().parse::<Decimal>() {
                forms.entry(number.scale()).or_insert((printed.span, &printed.value));
            }
        }
        if forms.len() < 2 {
            continue;
        }
        let mut examples: Vec<(Span, &str)> = forms.into_values().collect();
        examples.sort_unstable();
        let (second, first) = (examples[1], examples[0]);
        let message =
            format!("scores are printed in several forms, such as `{}` and `{}`", first.1, second.1);
        found.push(
            Diagnostic::new(Code::ScoreFormVaries, certification.place(second.0), message)
                .label(certification.place(first.0), "another form stands here"),
        );
    }
}

pub(super) fn of_outcomes(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for certification in &catalogue.certifications {
        zero_for_absence(certification, found);
        let mut wordings: BTreeMap<_, BTreeMap<&str, Span>> = BTreeMap::new();
        for result in &certification.record.results {
            if let (Value::Outcome(outcome), Some(printed)) = (&result.value.value, &result.printed) {
                wordings.entry(*outcome).or_default().entry(&printed.value).or_insert(printed.span);
            }
        }
        for (outcome, wordings) in wordings.into_iter().filter(|(_, wordings)| wordings.len() > 1) {
            let mut places: Vec<(Span, &str)> =
                wordings.into_iter().map(|(text, span)| (span, text)).collect();
            places.sort_unstable();
            let texts: Vec<String> = places.iter().map(|(_, text)| format!("`{text}`")).collect();
            let message = format!(
                "the source prints {} for one and the same outcome, {}",
                texts.join(" and "),
                outcome.words().to_lowercase()
            );
            found.push(
                Diagnostic::new(Code::OutcomeWordingVaries, certification.place(places[1].0), message)
                    .label(certification.place(places[0].0), "another wording stands here"),
            );
        }
    }
}

fn zero_for_absence(certification: &Certification, found: &mut Vec<Diagnostic>) {
    let is_zero = |result: &&ResultRecord| {
        let printed = result.printed.as_ref().map(|printed| printed.value.trim().parse::<Decimal>());
        matches!(result.value.value, Value::Outcome(_))
            && printed.is_some_and(|number| number == Ok(Decimal::ZERO))
    };
    let rows: Vec<&ResultRecord> = certification.record.results.iter().filter(is_zero).collect();
    let Some(first) = rows.first().and_then(|result| result.printed.as_ref()) else { return };
    let ids: Vec<&str> = rows.iter().map(|result| &*result.element.value).collect();
    let message = match ids[..] {
        [id] => format!("the source prints `0` for `{id}`, which was not assessed"),
        _ => {
            format!("the source prints `0` for {} rows that were not assessed: {}", ids.len(), ids.join(", "))
        }
    };
    found.push(
        Diagnostic::new(Code::ZeroForAbsence, certification.place(first.span), message)
            .help("the pages say what it means, and no mean counts it as a zero"),
    );
}
