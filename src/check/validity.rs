//! Dates: periods that end after they begin, and validity on the day of the build.
//!
//! In come certifications and the day, out go `dates-reversed` and `lapsed-validity`.
//! The day is an input of the build; no clock is read here.

use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::date::Day;

pub(super) fn not_lapsed(catalogue: &Catalogue, as_of: Day, found: &mut Vec<Diagnostic>) {
    for certification in &catalogue.certifications {
        let Some(to) = &certification.record.valid_to else { continue };
        if to.value.last_day() < as_of {
            let message = format!("the certification was valid until {}", to.value.words());
            found.push(
                Diagnostic::new(Code::LapsedValidity, certification.place(to.span), message)
                    .help("its page says so; add a newer certification of the product if there is one"),
            );
        }
    }
}

pub(super) fn not_reversed(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for certification in &catalogue.certifications {
        let record = &certification.record;
        let Some(to) = &record.valid_to else { continue };
        let pairs = [("its beginning", &record.valid_from), ("the assessment", &record.completed)];
        for (what, date) in pairs {
            let Some(date) = date.as_ref().filter(|date| date.value.first_day() > to.value.last_day()) else {
                continue;
            };
            let message =
                format!("the validity ends ({}) before {what} ({})", to.value.words(), date.value.words());
            found.push(
                Diagnostic::new(Code::DatesReversed, certification.place(to.span), message)
                    .label(certification.place(date.span), "the later date"),
            );
        }
    }
}
