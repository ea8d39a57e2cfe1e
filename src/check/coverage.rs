//! Stated coverage agrees with the computed one.
//!
//! In come rows that state n/m, out goes `coverage-differs` where the release's tree and the rows give another n or m.
//! Neither number is changed: the page shows both.

use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::certification::Value;
use crate::model::date::Day;
use crate::tally;

pub(super) fn agrees(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for certification in &catalogue.certifications {
        if certification.record.results.iter().all(|result| result.coverage().is_none()) {
            continue;
        }
        // A row that could not be read or leads to nothing was reported, and would be missed here a second time.
        let is_whole = certification.results().all(|(row, result)| {
            row.element.is_some() && (result.value.value != Value::Unstated || result.coverage().is_some())
        });
        if !is_whole || certification.record.has_unread_results {
            continue;
        }
        for coverage in tally::coverage(catalogue, certification) {
            // Without any part in the catalogue there is nothing to compare with.
            let is_known = coverage.computed.total > 0;
            let stated = coverage.stated.filter(|stated| is_known && stated.value != coverage.computed);
            let Some(stated) = stated else { continue };
            let element = catalogue.element(coverage.parent);
            let message = format!(
                "the source states {}/{} for `{}`, and the rows and the release give {}/{}",
                stated.value.submitted,
                stated.value.total,
                element.name(),
                coverage.computed.submitted,
                coverage.computed.total
            );
            found.push(
                Diagnostic::new(Code::CoverageDiffers, certification.place(stated.span), message).help(
                    "look for a missing row, or for a missing child in the framework's elements; keep it if the source is wrong",
                ),
            );
        }
    }
}
