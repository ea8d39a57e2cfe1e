//! Whether clauses were mapped against the definition that stands there today.
//!
//! In come linked mappings that remember a fingerprint, out go the findings about those that want another look.
//! A mapping without a fingerprint is not asked, and no repair here pretends that somebody has looked.

use super::mapping::mappings;
use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::date::Day;

/// `suspect-claim` and `empty-fingerprint`.
pub(super) fn unchanged(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for mapping in mappings(catalogue) {
        for mapped in &mapping.elements {
            let (Some(noted), Some(now)) = (&mapped.record.fingerprint, mapped.definition) else { continue };
            let id = &mapped.record.element.value;
            let (place, value) = (mapped.place(noted.span), format!("\"{now}\""));
            if noted.value.is_empty() {
                let message = format!("the mapping of `{id}` has an empty fingerprint");
                found.push(
                    Diagnostic::new(Code::EmptyFingerprint, place, message)
                        .help("this is the fingerprint of its definition as it stands today")
                        .rewrite_as(value),
                );
            } else if mapped.is_suspect() {
                let message = format!(
                    "the definition of `{id}` has changed since its clauses were mapped: its fingerprint was `{}` and is `{now}`",
                    noted.value
                );
                found.push(
                    Diagnostic::new(Code::SuspectClaim, place, message)
                        .help("compare the clauses with the definition; if they hold, write its new fingerprint")
                        .replace_with(value),
                );
            }
        }
    }
}
