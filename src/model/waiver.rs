//! A finding that a record accepts, with the reason.
//!
//! In come the `[[waiver]]` tables of a record, out go the codes that are accepted, why and until when.
//! Whether there is anything to accept is not asked here.

use crate::diagnostic::{Code, Finding};
use crate::model::config::read_code;
use crate::model::date::PartialDate;
use crate::model::shared::read_date;
use crate::parse::definition::{Definition, Form, Key, optional, required};
use crate::parse::fields::Fields;
use crate::text::Spanned;

/// One kind of finding that is accepted in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// What is accepted.
    pub code: Spanned<Code>,
    /// Why.
    pub reason: String,
    /// The last day, month or year in which it is.
    pub until: Option<Spanned<PartialDate>>,
    /// The element that it is accepted for, where it is not the whole record.
    pub element: Option<Spanned<String>>,
}

/// What a waiver may say.
static WAIVER: Definition = Definition {
    what: "a waiver",
    says: "A kind of finding that the record accepts.",
    keys: &[
        required("code", Form::Word(acceptable), "The code of the diagnostic.")
            .such_as("full-score-unsupported"),
        required("reason", Form::LongText, "Why it is accepted.")
            .such_as("The vendor corrects the report in version 1.2."),
        optional(
            "until",
            Form::Date,
            "The last day, month or year for which it is; without it, there is no end.",
        )
        .such_as("2027-06"),
        optional(
            "element",
            Form::Text,
            "In a certification or its mapping: the element for whose rows or clauses alone it is accepted.",
        )
        .such_as("1.3.7.4"),
    ],
    rules: &[],
};

/// The codes of what can be accepted.
fn acceptable() -> Vec<&'static str> {
    Code::ALL.iter().filter(|code| code.is_configurable()).map(|code| code.name()).collect()
}

/// The key for accepted findings.
pub(super) const fn waivers() -> Key {
    optional("waiver", Form::Tables(&WAIVER), "Findings that the record accepts.")
}

/// The `[[waiver]]` tables of a record.
pub fn read_waivers(fields: &mut Fields<'_, '_>) -> Vec<Waiver> {
    let tables = fields.tables("waiver").into_iter();
    let waivers = tables.filter_map(|table| {
        let mut waiver = fields.inner(table, &WAIVER);
        let (code, reason) = (waiver.word("code"), waiver.text("reason"));
        let (until, element) = (read_date(&mut waiver, "until"), waiver.text("element"));
        let name = code?;
        let code = match read_code(&name.value, name.span, "\"") {
            Ok(code) if code.is_configurable() => Spanned::new(code, name.span),
            Ok(code) => {
                let message = format!("`{}` is always an error and cannot be accepted", code.name());
                waiver.report(
                    Finding::new(Code::FixedDiagnostic, name.span, message)
                        .help("what cannot be read or linked cannot be published; mend the record instead"),
                );
                return None;
            }
            Err(finding) => {
                waiver.report(finding);
                return None;
            }
        };
        Some(Waiver { code, reason: reason?.value, until, element })
    });
    waivers.collect()
}
