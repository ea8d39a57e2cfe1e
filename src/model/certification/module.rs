//! A module of a certified product, and the elements that it supports.
//!
//! In comes a `[[module]]` table, out goes the module with the ids of its elements as stated.
//! Nothing is looked up here: an id may still lead to nothing.

use crate::diagnostic::{Code, Finding};
use crate::parse::definition::{Definition, Form, Rule, optional, required};
use crate::parse::fields::{Fields, Table};
use crate::text::Spanned;

/// A part of the product that the source names.
#[derive(Clone, Debug)]
pub struct ModuleRecord {
    /// Its name.
    pub name: String,
    /// What the source says of it.
    pub note: Option<String>,
    /// The ids of the elements that it supports, in the assessed release.
    pub elements: Vec<Spanned<String>>,
}

pub(super) static MODULE: Definition = Definition {
    what: "a module",
    says: "A part of the product that the source names; its number stands on the footprint.",
    keys: &[
        required("name", Form::Text, "Its name.").such_as("Order desk"),
        required(
            "elements",
            Form::Texts,
            "The ids of the elements that it supports, in the assessed release.",
        )
        .such_as(r#"["1.3.3.1", "1.3.3.2"]"#),
        optional("note", Form::LongText, "What the source says of it.").such_as("Sold as an option."),
    ],
    rules: &[Rule::Count("elements", 1, usize::MAX)],
};
impl ModuleRecord {
    pub(super) fn read(fields: &mut Fields<'_, '_>, table: Table<'_>) -> Option<Self> {
        let mut module = fields.inner(table, &MODULE);
        let elements = module.texts("elements");
        if let (true, Some(key)) = (elements.is_empty(), module.key_span("elements")) {
            let message = "a module without elements supports nothing";
            module.report(
                Finding::new(Code::EmptyValue, key, message)
                    .help("list the ids that the source gives, or leave the module out"),
            );
        }
        let note = module.text("note").map(|text| text.value);
        Some(Self { name: module.text("name")?.value, note, elements })
    }
}
