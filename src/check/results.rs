//! Every element has one result in a certification, and results stand in the framework's order.
//!
//! In come linked rows, out go `duplicate-result`, `repeated-result` and `results-out-of-order`.
//! A row that repeats another word for word is a fault of the source only; two different rows make the site ambiguous.

use std::collections::HashMap;

use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::certification::{Rarities, ResultRecord};
use crate::model::date::Day;

pub(super) fn given_once(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for certification in &catalogue.certifications {
        if certification.rows.iter().all(|row| !row.repeated) {
            continue;
        }
        let mut firsts = HashMap::new();
        for (row, result) in certification.results() {
            let Some(element) = row.element else { continue };
            let first: &ResultRecord = firsts.entry((element, row.release)).or_insert(result);
            if std::ptr::eq(first, result) {
                continue;
            }
            let place = certification.place(result.element.span);
            let first_place = certification.place(first.element.span);
            let id = &result.element.value;
            found.push(if says_the_same(first, result) {
                Diagnostic::new(Code::RepeatedResult, place, format!("the result for `{id}` is given again"))
                    .label(first_place, "first given here, word for word")
                    .help("it is shown and counted once; remove it unless the source prints it twice")
            } else {
                let message = format!("a second, different result is given for `{id}`");
                Diagnostic::new(Code::DuplicateResult, place, message)
                    .label(first_place, "first given here")
                    .help("if this row is about another element, give it that one's id; else keep the row that the source means")
            });
        }
    }
}

/// Whether two rows differ in nothing but their place.
fn says_the_same(a: &ResultRecord, b: &ResultRecord) -> bool {
    let rare = |result: &ResultRecord| {
        result.rarities.as_deref().map(|rare: &Rarities| {
            let texts = |texts: &[crate::text::Spanned<String>]| {
                texts.iter().map(|text| text.value.clone()).collect::<Vec<_>>()
            };
            (
                rare.coverage.as_ref().map(|coverage| coverage.value),
                rare.name.as_ref().map(|name| name.value.clone()),
                rare.label.as_ref().map(|label| label.value.clone()),
                texts(&rare.missing),
                rare.evidence.iter().map(|(title, _)| title.clone()).collect::<Vec<_>>(),
            )
        })
    };
    let printed = |result: &ResultRecord| result.printed.as_ref().map(|printed| printed.value.clone());
    a.value.value == b.value.value && printed(a) == printed(b) && a.comment == b.comment && rare(a) == rare(b)
}

pub(super) fn in_order(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for certification in &catalogue.certifications {
        let framework = catalogue.framework(certification.framework);
        let mut before: Option<(u32, &ResultRecord)> = None;
        for (row, result) in certification.results().filter(|(row, _)| !row.repeated) {
            let Some(element) = row.element.filter(|_| usize::from(row.release) == certification.release)
            else {
                continue;
            };
            // An element below several parents has several places in the framework's order.
            let state = catalogue.element(element).in_release(certification.release);
            if state.is_ok_and(|state| state.parents.len() > 1) {
                continue;
            }
            let Some(order) = catalogue.standing(element, certification.release).order else { continue };
            if let Some((earlier, other)) = before
                && order < earlier
            {
                let message = format!(
                    "`{}` comes after `{}` here, and before it in {}",
                    result.element.value, other.element.value, framework.record.name
                );
                found.push(
                    Diagnostic::new(
                        Code::ResultsOutOfOrder,
                        certification.place(result.element.span),
                        message,
                    )
                    .label(certification.place(other.element.span), "the row before")
                    .help("keep it if the source prints it so: the page shows the framework's order"),
                );
            }
            before = Some((order, result));
        }
    }
}
