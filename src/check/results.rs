//! Every element has one result in a certification, and results stand in the framework's order.
//!
//! In come linked rows, out go `duplicate-result`, `repeated-result` and `results-out-of-order`.
//! A row that repeats another word for word is a fault of the source only; two different rows make the site ambiguous.

use std::collections::HashMap;

use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::certification::ResultRecord;
use crate::model::date::Day;
use crate::text::Spanned;

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
                    .help("keep the one that the source means")
            });
        }
    }
}

/// Whether two rows about one element of one release differ in nothing but their place.
fn says_the_same(a: &ResultRecord, b: &ResultRecord) -> bool {
    fn said<T>(text: Option<&Spanned<T>>) -> Option<&T> {
        text.map(|text| &text.value)
    }
    let is_as_long = a.missing().len() == b.missing().len() && a.evidence.len() == b.evidence.len();
    a.value.value == b.value.value
        && said(a.printed.as_ref()) == said(b.printed.as_ref())
        && a.comment == b.comment
        && said(a.coverage()) == said(b.coverage())
        && said(a.name()) == said(b.name())
        && said(a.label()) == said(b.label())
        && is_as_long
        && a.missing().iter().zip(b.missing()).all(|(a, b)| a.value == b.value)
        && a.evidence.iter().zip(&b.evidence).all(|((a, _), (b, _))| a == b)
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
