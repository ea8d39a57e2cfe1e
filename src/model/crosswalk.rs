//! A crosswalk as its record states it: how elements of one framework's release relate to those of another's.
//!
//! In comes the table of a crosswalk's file, out goes the record with its references still as text.
//! A relation is always said from the side of `from`; the other side's words follow from it.

use crate::model::element::{Basis, Provenance, read_source};
use crate::model::shared::read_description;
use crate::parse::fields::{Choice, Fields, Key, Table, optional, required};
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

const CROSSWALK: &[Key] = &[
    required("name"),
    required("from"),
    required("to"),
    optional("basis"),
    optional("source"),
    optional("note"),
    optional("description"),
    optional("link"),
];
const SIDE: &[Key] = &[required("framework"), required("release")];
const LINK: &[Key] = &[required("from"), required("to"), required("relation"), optional("reason")];

/// What the record is called in messages, and its keys.
pub const RECORD: (&str, &[Key]) = ("a crosswalk", CROSSWALK);

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
    let mut side = fields.inner(table, ("a side of a crosswalk", SIDE));
    let (framework, release) = (side.text("framework"), side.text("release"));
    Some(Side { framework: framework?, release: release? })
}

fn read_link(fields: &mut Fields<'_, '_>, table: Table<'_>) -> Option<CrosswalkLink> {
    let mut link = fields.inner(table, ("a link of a crosswalk", LINK));
    let mut id = |key: &str| link.text(key).map(|id| Spanned::new(id.value.into_boxed_str(), id.span));
    let (from, to) = (id("from"), id("to"));
    let relation = link.choice("relation");
    let reason = link.text("reason").map(|text| text.value);
    Some(CrosswalkLink { span: table.span, from: from?, to: to?, relation: relation?.value, reason })
}
