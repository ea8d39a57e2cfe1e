//! One language file: TOML tables of texts become texts by dotted keys.
//!
//! In comes the text of the file, out go its entries with their places and the findings about its form.
//! Whether a key is one that certalog asks for is not decided here.

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use super::Text;
use super::forms::{CATEGORIES, Forms};
use crate::diagnostic::{Code, Finding};
use crate::parse::document;
use crate::text::Span;

/// A text of a language file.
#[derive(Debug)]
pub(super) struct Entry {
    /// The tables around it and its own name, with dots between.
    pub(super) key: String,
    /// Where its name is written.
    pub(super) span: Span,
    /// The text.
    pub(super) text: Text,
}

/// Reads a language file; what is no text is reported and left out.
pub(super) fn read(text: &str) -> (Vec<Entry>, Vec<Finding>) {
    let mut findings = Vec::new();
    let (table, _) = document::parse_table(text, 0, &mut findings);
    let mut entries = Vec::new();
    table_of("", table.get_ref(), &mut entries, &mut findings);
    entries.sort_by(|a, b| a.key.cmp(&b.key));
    (entries, findings)
}

fn table_of(prefix: &str, table: &DeTable<'_>, entries: &mut Vec<Entry>, findings: &mut Vec<Finding>) {
    for (name, value) in table {
        let key = if prefix.is_empty() {
            name.get_ref().to_string()
        } else {
            format!("{prefix}.{}", name.get_ref())
        };
        let span = Span::from(name.span());
        match value.get_ref() {
            DeValue::String(text) => {
                entries.push(Entry { key, span, text: Text::One(text.clone().into_owned()) });
            }
            DeValue::Table(inner) if inner.contains_key("other") => {
                let text = Text::Counted(Box::new(forms(&key, inner, findings)));
                entries.push(Entry { key, span, text });
            }
            DeValue::Table(inner) => table_of(&key, inner, entries, findings),
            _ => findings.push(not_a_text(&key, value)),
        }
    }
}

/// The forms of a counted text: a table with the general form `other` and, where the language has them, others.
fn forms(key: &str, table: &DeTable<'_>, findings: &mut Vec<Finding>) -> Forms {
    let mut forms = Forms::default();
    for (name, value) in table {
        let category = CATEGORIES.iter().position(|known| *known == name.get_ref());
        match (category, value.get_ref()) {
            (Some(category), DeValue::String(text)) => forms.set(category, text.clone().into_owned()),
            (Some(_), _) => findings.push(not_a_text(&format!("{key}.{}", name.get_ref()), value)),
            (None, _) => {
                let message = format!("`{}` is no plural form", name.get_ref());
                let help =
                    format!("the forms are {}", CATEGORIES.map(|known| format!("`{known}`")).join(", "));
                findings.push(Finding::new(Code::UnknownWord, Span::from(name.span()), message).help(help));
            }
        }
    }
    forms
}

fn not_a_text(key: &str, value: &TomlSpanned<DeValue<'_>>) -> Finding {
    let message = format!("`{key}` must be a text in quotation marks");
    Finding::new(Code::WrongType, Span::from(value.span()), message)
}
