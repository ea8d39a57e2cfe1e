//! A crosswalk as its record states it: how elements of one framework's release relate to those of another's.
//!
//! In comes the table of a crosswalk's file, out goes the record with its references still as text.
//! A relation is always said from the side of `from`; the other side's words follow from it.

use crate::model::element::{Basis, Provenance, basis, read_source, source};
use crate::model::shared::{description, read_description};
use crate::parse::definition::{Choice, Definition, Form, optional, required, words};
use crate::parse::fields::{Fields, Table};
use crate::parse::markdown::Body;
use crate::text::{Span, Spanned};

/// How one element relates to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Both mean the same.
    Equal,
    /// The first is part of the second.
    Subset,
    /// The first contains the second.
    Superset,
    /// They share something, and each has something of its own.
    Intersects,
}

impl Choice for Relation {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("equal", Self::Equal),
        ("subset", Self::Subset),
        ("superset", Self::Superset),
        ("intersects", Self::Intersects),
    ];
}

impl Relation {
    /// The same relation, said from the other side.
    pub fn reversed(self) -> Self {
        match self {
            Self::Subset => Self::Superset,
            Self::Superset => Self::Subset,
            same => same,
        }
    }

    /// The words for pages, between the two elements.
    pub fn words(self) -> &'static str {
        match self {
            Self::Equal => "The same as",
            Self::Subset => "Part of",
            Self::Superset => "Contains",
            Self::Intersects => "Overlaps with",
        }
    }

    /// The word of the record format.
    pub fn key(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Subset => "subset",
            Self::Superset => "superset",
            Self::Intersects => "intersects",
        }
    }
}

/// One of the two sides.
#[derive(Clone, Debug)]
pub struct Side {
    /// The framework's id.
    pub framework: Spanned<String>,
    /// Its release.
    pub release: Spanned<String>,
}

/// One relation between two elements.
#[derive(Clone, Debug)]
pub struct CrosswalkLink {
    /// Where the entry stands.
    pub span: Span,
    /// The id in the release of `from`.
    pub from: Spanned<Box<str>>,
    /// The id in the release of `to`.
    pub to: Spanned<Box<str>>,
    /// How the first relates to the second.
    pub relation: Relation,
    /// Why.
    pub reason: Option<String>,
}

/// A crosswalk's record.
#[derive(Clone, Debug)]
pub struct CrosswalkRecord {
    /// Its name.
    pub name: String,
    /// The side from which relations are said.
    pub from: Side,
    /// The other side.
    pub to: Side,
    /// How the relations are known.
    pub basis: Option<Basis>,
    /// Where they were taken from.
    pub source: Option<Provenance>,
    /// What readers should know about it.
    pub note: Option<String>,
    /// The relations, as listed.
    pub links: Vec<CrosswalkLink>,
    /// What it is, in prose.
    pub body: Body,
}

/// What the record may say.
pub static RECORD: Definition = Definition {
    what: "a crosswalk",
    says: "How elements of one framework's release relate to those of another's.",
    keys: &[
        required("name", Form::Text, "Its name.").such_as("Business Process Framework to Controls"),
        required("from", Form::Table(&SIDE), "The side from which relations are said."),
        required("to", Form::Table(&SIDE), "The other side."),
        basis("How the relations are known."),
        source("Where they were taken from."),
        optional("note", Form::LongText, "What readers should know about it.")
            .such_as("Made from the names alone."),
        description("What it is, in Markdown, for a `.toml` file."),
        optional("link", Form::Tables(&LINK), "The relations."),
    ],
    rules: &[],
};
static SIDE: Definition = Definition {
    what: "a side of a crosswalk",
    says: "A framework in one of its releases.",
    keys: &[
        required("framework", Form::Id, "The framework's id.").such_as("etom"),
        required("release", Form::Text, "One of its releases.").such_as("16.0"),
    ],
    rules: &[],
};
static LINK: Definition = Definition {
    what: "a link of a crosswalk",
    says: "One relation between two elements.",
    keys: &[
        required("from", Form::Text, "The element's id in the release of `from`.").such_as("1.3.7.4"),
        required("to", Form::Text, "The element's id in the release of `to`.").such_as("AC-2"),
        required(
            "relation",
            Form::Word(words::<Relation>),
            "How the first relates to the second: `subset` means that `from` is part of `to`, `superset` that it contains it.",
        )
        .such_as("intersects"),
        optional("reason", Form::LongText, "Why.").such_as("Both ask for a record of every contact."),
    ],
    rules: &[],
};
impl CrosswalkRecord {
    /// Reads the record; `None` when a side or the name is missing.
    pub fn read(fields: &mut Fields<'_, '_>, body: Option<Body>) -> Option<Self> {
        let from = read_side(fields, "from");
        let to = read_side(fields, "to");
        let links = fields.tables("link");
        let links = links.into_iter().filter_map(|table| read_link(fields, table)).collect();
        Some(Self {
            basis: fields.choice("basis").map(|basis| basis.value),
            source: read_source(fields),
            note: fields.text("note").map(|text| text.value),
            links,
            body: read_description(fields, body),
            name: fields.text("name")?.value,
            from: from?,
            to: to?,
        })
    }
}

fn read_side(fields: &mut Fields<'_, '_>, key: &str) -> Option<Side> {
    let table = fields.table(key)?;
    let mut side = fields.inner(table, &SIDE);
    let (framework, release) = (side.text("framework"), side.text("release"));
    Some(Side { framework: framework?, release: release? })
}

fn read_link(fields: &mut Fields<'_, '_>, table: Table<'_>) -> Option<CrosswalkLink> {
    let mut link = fields.inner(table, &LINK);
    let mut id = |key: &str| link.text(key).map(|id| Spanned::new(id.value.into_boxed_str(), id.span));
    let (from, to) = (id("from"), id("to"));
    let relation = link.choice("relation");
    let reason = link.text("reason").map(|text| text.value);
    Some(CrosswalkLink { span: table.span, from: from?, to: to?, relation: relation?.value, reason })
}
