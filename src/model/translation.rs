//! Translations: the texts of a record in another language.
//!
//! In comes the table of a file below `content/translations/<language>/`, out go its texts, each with the part of the record it is of.
//! Whether the record has that part is not decided here; ids, dates, scores and printed wordings have no translation.

use crate::model::Kind;
use crate::model::shared::read_description;
use crate::parse::fields::{Fields, Key, Table, optional, required};
use crate::parse::markdown::Body;
use crate::text::{Span, Spanned};

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

/// What of a table can be said in another language.
struct Shape {
    /// What the table is called in messages.
    what: &'static str,
    /// Every key that it may have.
    keys: &'static [Key],
    /// Those that are texts, without the prose.
    texts: &'static [&'static str],
    /// Lists of tables inside, each with the key that says which one is meant.
    parts: &'static [(&'static str, &'static str, Shape)],
}

const NONE: &[(&str, &str, Shape)] = &[];

const SITE: Shape = Shape {
    what: "a translation of `site.toml`",
    keys: &[optional("title"), optional("description"), optional("navigation")],
    texts: &["title", "description"],
    parts: &[(
        "navigation",
        "page",
        Shape {
            what: "a translated link",
            keys: &[required("page"), required("title")],
            texts: &["title"],
            parts: NONE,
        },
    )],
};

const PAGE: Shape = Shape {
    what: "a translation of a page",
    keys: &[optional("title"), optional("description")],
    texts: &["title", "description"],
    parts: NONE,
};

const ORGANIZATION: Shape = Shape {
    what: "a translation of an organization",
    keys: &[optional("name"), optional("country"), optional("description")],
    texts: &["name", "country"],
    parts: NONE,
};

const FRAMEWORK: Shape = Shape {
    what: "a translation of a framework",
    keys: &[
        optional("name"),
        optional("short_name"),
        optional("description"),
        optional("noun"),
        optional("release"),
        optional("domain"),
        optional("level"),
        optional("scale"),
    ],
    texts: &["name", "short_name"],
    parts: &[
        (
            "release",
            "version",
            Shape {
                what: "a translated release",
                keys: &[required("version"), optional("name"), optional("note")],
                texts: &["name", "note"],
                parts: NONE,
            },
        ),
        (
            "domain",
            "id",
            Shape {
                what: "a translated domain",
                keys: &[required("id"), optional("name"), optional("description")],
                texts: &["name", "description"],
                parts: NONE,
            },
        ),
        (
            "level",
            "number",
            Shape {
                what: "a translated level",
                keys: &[required("number"), required("name")],
                texts: &["name"],
                parts: NONE,
            },
        ),
        (
            "scale",
            "id",
            Shape {
                what: "a translated scale",
                keys: &[
                    required("id"),
                    optional("name"),
                    optional("note"),
                    optional("prefix"),
                    optional("rating"),
                ],
                texts: &["name", "note", "prefix"],
                parts: &[(
                    "rating",
                    "of",
                    Shape {
                        what: "a translated rating",
                        keys: &[required("of"), optional("label"), optional("meaning")],
                        texts: &["label", "meaning"],
                        parts: NONE,
                    },
                )],
            },
        ),
    ],
};

const CERTIFICATION: Shape = Shape {
    what: "a translation of a certification",
    keys: &[optional("product"), optional("description"), optional("result")],
    texts: &["product"],
    parts: &[(
        "result",
        "element",
        Shape {
            what: "a translated result",
            keys: &[required("element"), required("comment")],
            texts: &["comment"],
            parts: NONE,
        },
    )],
};

const ENTRIES: &[(&str, &str, Shape)] = &[(
    "history",
    "release",
    Shape {
        what: "a translated history entry",
        keys: &[required("release"), optional("name"), optional("note")],
        texts: &["name", "note"],
        parts: NONE,
    },
)];

const ELEMENT: Shape = Shape {
    what: "a translation of an element",
    keys: &[optional("name"), optional("description"), optional("history")],
    texts: &["name"],
    parts: ENTRIES,
};

const LISTED: Shape = Shape {
    keys: &[required("key"), optional("name"), optional("description"), optional("history")],
    ..ELEMENT
};

/// The record that a list of translated elements is, in messages, and its keys.
const LIST: (&str, &[Key]) = ("a list of translated elements", &[required("element")]);

/// What of a record can be said in another language; `None` for records without a translation.
fn shape(kind: &Kind) -> Option<&'static Shape> {
    Some(match kind {
        Kind::Config => &SITE,
        Kind::Home | Kind::Page(_) | Kind::Notice(_) => &PAGE,
        Kind::Organization(_) => &ORGANIZATION,
        Kind::Framework(_) => &FRAMEWORK,
        Kind::Certification(_) => &CERTIFICATION,
        Kind::Elements { .. } => &ELEMENT,
        _ => return None,
    })
}

/// Whether records of this kind can be said in another language.
pub(super) fn is_translatable(kind: &Kind) -> bool {
    shape(kind).is_some()
}

impl Translation {
    /// Reads a file of translations of records of this kind.
    pub(super) fn read(
        kind: &Kind,
        (table, offset): (Table<'_>, usize),
        body: Option<Body>,
        findings: &mut Vec<crate::diagnostic::Finding>,
    ) -> Option<Self> {
        let shape = shape(kind)?;
        if matches!(kind, Kind::Elements { .. }) && table.document.get(table.table, "element").is_some() {
            let mut list = Fields::open(table, offset, LIST, findings);
            let tables = list.tables("element");
            let records = tables.into_iter().filter_map(|table| {
                let mut fields = list.inner(table, (LISTED.what, LISTED.keys));
                let key = fields.text("key");
                let mut texts = Texts { key: Some(key?), texts: Vec::new(), body: Body::default() };
                texts.body = read_description(&mut fields, None);
                read_texts(&mut fields, &LISTED, &[], &mut texts.texts);
                Some(texts)
            });
            return Some(Self { records: records.collect() });
        }
        let mut fields = Fields::open(table, offset, (shape.what, shape.keys), findings);
        let mut texts = Texts { key: None, texts: Vec::new(), body: Body::default() };
        // A page's description is a sentence of its own; that of other records is their prose.
        texts.body = if shape.texts.contains(&"description") {
            body.unwrap_or_default()
        } else {
            read_description(&mut fields, body)
        };
        if let Some(table) = fields.table("noun").filter(|_| matches!(kind, Kind::Framework(_))) {
            let mut noun = fields.inner(table, ("a noun", &[required("one"), required("many")]));
            for (key, text) in [("noun.one", noun.text("one")), ("noun.many", noun.text("many"))] {
                texts.texts.extend(text.map(|value| Text { part: Vec::new(), key, value }));
            }
        }
        read_texts(&mut fields, shape, &[], &mut texts.texts);
        Some(Self { records: vec![texts] })
    }
}

fn read_texts(
    fields: &mut Fields<'_, '_>,
    shape: &Shape,
    around: &[(&'static str, Spanned<String>)],
    texts: &mut Vec<Text>,
) {
    for key in shape.texts {
        let value = if *key == "prefix" { fields.text_or_empty(key) } else { fields.text(key) };
        texts.extend(value.map(|value| Text { part: around.to_vec(), key, value }));
    }
    for (name, id, inner) in shape.parts {
        for table in fields.tables(name) {
            let mut fields = fields.inner(table, (inner.what, inner.keys));
            let id = match *id {
                "number" => fields.integer(id, 0..=99).map(|number| number.map(|number| number.to_string())),
                _ => fields.text(id),
            };
            let Some(id) = id else { continue };
            let mut part = around.to_vec();
            part.push((name, id));
            read_texts(&mut fields, inner, &part, texts);
        }
    }
}

impl Text {
    /// Where the text names its part, or where it stands itself.
    pub fn span(&self) -> Span {
        self.part.last().map_or(self.value.span, |(_, id)| id.span)
    }
}
