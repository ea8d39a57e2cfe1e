//! Translations: the texts of a record in another language.
//!
//! In comes the table of a file below `content/translations/<language>/`, out go its texts, each with the part of the record it is of.
//! Whether the record has that part is not decided here; ids, dates, scores and printed wordings have no translation.

mod keys;

use crate::limits::Limits;
use crate::model::Kind;
use crate::model::shared::read_description;
use crate::parse::definition::{Definition, Form, Key};
use crate::parse::fields::{Fields, Table};
use crate::parse::markdown::Body;
use crate::text::{Span, Spanned};

pub use keys::LIST;

/// A text of a record in another language.
#[derive(Clone, Debug)]
pub struct Text {
    /// The tables around it, each with the id that says which one: `domain` `customer`.
    pub part: Vec<(&'static str, Spanned<String>)>,
    /// The key of the text in the record.
    pub key: &'static str,
    /// What it says.
    pub value: Spanned<String>,
}

/// The texts of one record.
#[derive(Clone, Debug)]
pub struct Texts {
    /// The key of an element in a list.
    pub key: Option<Spanned<String>>,
    /// The texts.
    pub texts: Vec<Text>,
    /// The prose.
    pub body: Body,
}

/// A file of translations: the texts of one record, or of many elements.
#[derive(Clone, Debug, Default)]
pub struct Translation {
    /// What it says of each record.
    pub records: Vec<Texts>,
}

/// What the translation of a record may say; `None` for records without one.
pub fn definition(of: &Kind) -> Option<&'static Definition> {
    Some(match of {
        Kind::Config => &keys::SITE,
        Kind::Home | Kind::Page(_) | Kind::Notice(_) => &keys::PAGE,
        Kind::Organization(_) => &keys::ORGANIZATION,
        Kind::Framework(_) => &keys::FRAMEWORK,
        Kind::Certification(_) => &keys::CERTIFICATION,
        Kind::Elements { .. } => &keys::ELEMENT,
        _ => return None,
    })
}

/// Whether records of this kind can be said in another language.
pub(super) fn is_translatable(kind: &Kind) -> bool {
    definition(kind).is_some()
}

impl Translation {
    /// Reads a file of translations of records of this kind.
    pub(super) fn read(
        kind: &Kind,
        (table, offset, limits): (Table<'_>, usize, &Limits),
        body: Option<Body>,
        findings: &mut Vec<crate::diagnostic::Finding>,
    ) -> Option<Self> {
        let definition = definition(kind)?;
        if matches!(kind, Kind::Elements { .. }) && table.document.get(table.table, "element").is_some() {
            let mut list = Fields::open(table, (offset, limits), &LIST, findings);
            let tables = list.tables("element");
            let records = tables.into_iter().filter_map(|table| {
                let mut fields = list.inner(table, &keys::LISTED);
                let key = fields.text("key");
                let mut texts = Texts { key: Some(key?), texts: Vec::new(), body: Body::default() };
                texts.body = read_description(&mut fields, None);
                read_texts(&mut fields, &keys::LISTED.keys[1..], &[], &mut texts.texts);
                Some(texts)
            });
            return Some(Self { records: records.collect() });
        }
        let mut fields = Fields::open(table, (offset, limits), definition, findings);
        let mut texts = Texts { key: None, texts: Vec::new(), body: Body::default() };
        // A page's description is a sentence of its own; that of other records is their prose.
        let is_prose = definition.key("description").is_some_and(|key| matches!(key.form, Form::Prose));
        texts.body = if is_prose { read_description(&mut fields, body) } else { body.unwrap_or_default() };
        if definition.key("noun").is_some()
            && let Some(table) = fields.table("noun")
        {
            let mut noun = fields.inner(table, &keys::NOUN);
            for (key, text) in [("noun.one", noun.text("one")), ("noun.many", noun.text("many"))] {
                texts.texts.extend(text.map(|value| Text { part: Vec::new(), key, value }));
            }
        }
        read_texts(&mut fields, definition.keys, &[], &mut texts.texts);
        Some(Self { records: vec![texts] })
    }
}

/// The texts under these keys, and those of the tables in them: the first key of a table says which one is meant.
fn read_texts(
    fields: &mut Fields<'_, '_>,
    keys: &'static [Key],
    around: &[(&'static str, Spanned<String>)],
    texts: &mut Vec<Text>,
) {
    for key in keys {
        let value = match key.form {
            Form::Text | Form::LongText => fields.text(key.name),
            Form::AnyText => fields.text_or_empty(key.name),
            _ => None,
        };
        texts.extend(value.map(|value| Text { part: around.to_vec(), key: key.name, value }));
        let Form::Tables(inner) = key.form else { continue };
        let [id, rest @ ..] = inner.keys else { continue };
        for table in fields.tables(key.name) {
            let mut fields = fields.inner(table, inner);
            let which = match id.form {
                Form::Integer(..) => {
                    fields.integer(id.name).map(|number| number.map(|number| number.to_string()))
                }
                _ => fields.text(id.name),
            };
            let Some(which) = which else { continue };
            let mut part = around.to_vec();
            part.push((key.name, which));
            read_texts(&mut fields, rest, &part, texts);
        }
    }
}

impl Text {
    /// Where the text names its part, or where it stands itself.
    pub fn span(&self) -> Span {
        self.part.last().map_or(self.value.span, |(_, id)| id.span)
    }
}
