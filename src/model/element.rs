//! An element of a framework as its record states it: what holds for every release, and what changed when.
//!
//! In comes an `[[element]]` table or the front matter of an element's own file, out goes the record with its history.
//! Ids belong to releases; which element has which id where is worked out later, from this list alone.

mod keys;

use crate::diagnostic::{Code, Finding};
use crate::model::alias::{Alias, read_aliases};
use crate::model::date::PartialDate;
use crate::model::fingerprint::Fingerprint;
use crate::model::shared::{Remark, read_date, read_description, read_name, read_remarks, read_web_address};
use crate::model::waiver::{Waiver, read_waivers};
use crate::parse::definition::{Choice, word};
use crate::parse::fields::{Fields, Table};
use crate::parse::markdown::Body;
use crate::text::{Span, Spanned};

use keys::{HISTORY, SOURCE};
pub use keys::{LIST, LISTED, RECORD};
pub(super) use keys::{basis, source};

/// What happened to an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It came into the framework.
    Addition,
    /// Its definition changed.
    Modification,
    /// Its name changed.
    Rename,
    /// Its id changed.
    Renumbering,
    /// It has another parent or domain.
    Move,
    /// It became several elements.
    Split,
    /// Several elements became this one.
    Merge,
    /// It left the framework.
    Withdrawal,
    /// An error of the framework was mended.
    Correction,
    /// The catalogue does not know what became of it.
    Untraced,
    /// Something else, in the source's own word.
    Other,
}

impl Choice for ChangeKind {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("addition", Self::Addition),
        ("modification", Self::Modification),
        ("rename", Self::Rename),
        ("renumbering", Self::Renumbering),
        ("move", Self::Move),
        ("split", Self::Split),
        ("merge", Self::Merge),
        ("withdrawal", Self::Withdrawal),
        ("correction", Self::Correction),
        ("untraced", Self::Untraced),
        ("other", Self::Other),
    ];
}

impl ChangeKind {
    /// The word of the record format.
    pub fn key(self) -> &'static str {
        word(self)
    }

    /// The word for pages.
    pub fn words(self) -> &'static str {
        match self {
            Self::Addition => "Addition",
            Self::Modification => "Modification",
            Self::Rename => "Rename",
            Self::Renumbering => "Renumbering",
            Self::Move => "Move",
            Self::Split => "Split",
            Self::Merge => "Merge",
            Self::Withdrawal => "Withdrawal",
            Self::Correction => "Correction",
            Self::Untraced => "Not traced",
            Self::Other => "Other",
        }
    }
}

/// How a change is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The framework's publisher states it.
    Official,
    /// An editor of the catalogue established it from published facts.
    Editor,
    /// It was concluded from names or numbers.
    Inferred,
}

impl Choice for Basis {
    const WORDS: &'static [(&'static str, Self)] =
        &[("official", Self::Official), ("editor", Self::Editor), ("inferred", Self::Inferred)];
}

impl Basis {
    /// The word for pages.
    pub fn words(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Editor => "editor",
            Self::Inferred => "inferred",
        }
    }
}

/// When a change happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// In a release of the framework.
    Release(Spanned<String>),
    /// In a version that is not one of the releases: shown, and nothing more.
    Version(String),
}

/// One entry of an element's history.
#[derive(Clone, Debug)]
pub struct Change {
    /// Where the entry stands.
    pub span: Span,
    /// The release or version.
    pub when: When,
    /// What happened.
    pub kind: ChangeKind,
    /// The id from here on.
    pub id: Option<Spanned<String>>,
    /// The name from here on.
    pub name: Option<String>,
    /// The level from here on.
    pub level: Option<u8>,
    /// The parents from here on, if they changed.
    pub parents: Option<Vec<Spanned<String>>>,
    /// The domain from here on.
    pub domain: Option<Spanned<String>>,
    /// The elements it was split into.
    pub into: Vec<Spanned<String>>,
    /// The elements it was merged from.
    pub from: Vec<Spanned<String>>,
    /// How the change is known.
    pub basis: Option<Basis>,
    /// The source's own word.
    pub printed: Option<String>,
    /// What readers should know about it.
    pub note: Option<String>,
    /// When it was published.
    pub date: Option<PartialDate>,
    /// The framework's issue number.
    pub issue: Option<String>,
    /// Where it is described.
    pub url: Option<String>,
}

/// Where a definition was taken from.
#[derive(Clone, Debug)]
pub struct Provenance {
    /// The title of the source.
    pub title: String,
    /// When it was made.
    pub date: Option<PartialDate>,
    /// Where it is.
    pub url: Option<String>,
}

/// An element's record.
#[derive(Clone, Debug)]
pub struct ElementRecord {
    /// Its key in the catalogue; it names the element for ever.
    pub key: Spanned<String>,
    /// Its name, until the history says otherwise.
    pub name: Spanned<String>,
    /// Its id in every release, where that never changes.
    pub id: Option<Spanned<String>>,
    /// Its level, stated and never counted from an id.
    pub level: Option<u8>,
    /// Its domain.
    pub domain: Option<Spanned<String>>,
    /// Its parents, by key.
    pub parents: Vec<Spanned<String>>,
    /// Its place among its siblings, where ids do not give it.
    pub order: Option<i64>,
    /// The original identifier, as the framework prints it.
    pub original_id: Option<Spanned<String>>,
    /// The release to which that identifier belongs.
    pub original_release: Option<Spanned<String>>,
    /// The maturity level of its definition.
    pub maturity: Option<i64>,
    /// Releases in which the catalogue has all of its children.
    pub complete_in: Vec<Spanned<String>>,
    /// Sections that the framework keeps for later.
    pub reserved: Vec<String>,
    /// Sections that the framework prints with nothing in them.
    pub empty: Vec<String>,
    /// Where the definition was taken from.
    pub source: Option<Provenance>,
    /// What happened, as listed.
    pub history: Vec<Change>,
    /// Whether an entry could not be read, so that nothing can be said about ids that are not there.
    pub is_history_broken: bool,
    /// Former addresses of its page.
    pub aliases: Vec<Alias>,
    /// Faults of the source that an editor noted.
    pub remarks: Vec<Remark>,
    /// Findings that it accepts.
    pub waivers: Vec<Waiver>,
    /// The definition, in the language of the site where it is translated.
    pub body: Body,
    /// The fingerprint of the definition as the record has it, whatever the language of the site.
    pub fingerprint: Fingerprint,
}

impl ElementRecord {
    /// Reads the record. An element with a file of its own has its key from the file's name.
    pub fn read(fields: &mut Fields<'_, '_>, key: Option<String>, body: Option<Body>) -> Option<Self> {
        let key = match key {
            Some(key) => Some(Spanned::new(key, Span::start_of_file())),
            None => fields.text("key"),
        };
        let source = read_source(fields);
        let entries = fields.tables("history");
        let given = entries.len();
        let history: Vec<Change> =
            entries.into_iter().filter_map(|table| Change::read(fields, table)).collect();
        let body = read_description(fields, body);
        let texts = |texts: Vec<Spanned<String>>| texts.into_iter().map(|text| text.value).collect();
        Some(Self {
            id: fields.text("id"),
            level: read_level(fields),
            domain: fields.text("domain"),
            parents: fields.text_or_texts("parent"),
            order: fields.integer("order").map(|order| order.value),
            original_id: fields.text("original_id"),
            original_release: fields.text("original_release"),
            maturity: fields.integer("maturity").map(|maturity| maturity.value),
            complete_in: fields.texts("complete_in"),
            reserved: texts(fields.texts("reserved")),
            empty: texts(fields.texts("empty")),
            source,
            is_history_broken: history.len() < given,
            history,
            aliases: read_aliases(fields),
            remarks: read_remarks(fields),
            waivers: read_waivers(fields),
            fingerprint: Fingerprint::of(&body.plain),
            body,
            name: read_name(fields, "name")?,
            key: key?,
        })
    }
}

impl Change {
    fn read(fields: &mut Fields<'_, '_>, table: Table<'_>) -> Option<Self> {
        let mut entry = fields.inner(table, &HISTORY);
        let (release, version) = (entry.text("release"), entry.text("version"));
        let when = match (release, version) {
            (Some(release), None) => Some(When::Release(release)),
            (None, Some(version)) => Some(When::Version(version.value)),
            (Some(release), Some(version)) => {
                let message = "a history entry has either a `release` or a `version`";
                entry.report(Finding::new(Code::ConflictingKeys, version.span, message).help(
                    "`release` is one of the framework's releases; `version` is any other, and is shown only",
                ));
                Some(When::Release(release))
            }
            (None, None) => {
                if entry.key_span("release").or(entry.key_span("version")).is_none() {
                    let message = "a history entry needs a `release`, or a `version` that is not one of them";
                    entry.report(Finding::new(Code::MissingKey, table.span, message));
                }
                None
            }
        };
        let parents = entry.key_span("parent").map(|_| entry.text_or_texts("parent"));
        let kind = entry.choice("change");
        let is_other = kind.as_ref().is_some_and(|kind| kind.value == ChangeKind::Other);
        if is_other && entry.key_span("printed").is_none() {
            let message = "the change `other` needs the key `printed`, the source's own word for it";
            entry.report(Finding::new(Code::MissingKey, table.span, message));
        }
        Some(Self {
            span: table.span,
            id: entry.text("id"),
            name: entry.text("name").map(|text| text.value),
            level: read_level(&mut entry),
            parents,
            domain: entry.text("domain"),
            into: entry.texts("into"),
            from: entry.texts("from"),
            basis: entry.choice("basis").map(|basis| basis.value),
            printed: entry.text("printed").map(|text| text.value),
            note: entry.text("note").map(|text| text.value),
            date: read_date(&mut entry, "date").map(|date| date.value),
            issue: entry.text("issue").map(|text| text.value),
            url: read_web_address(&mut entry, "url"),
            when: when?,
            kind: kind?.value,
        })
    }
}

/// Where a definition or a crosswalk was taken from: the key `source`.
pub fn read_source(fields: &mut Fields<'_, '_>) -> Option<Provenance> {
    let table = fields.table("source")?;
    let mut source = fields.inner(table, &SOURCE);
    Some(Provenance {
        date: read_date(&mut source, "date").map(|date| date.value),
        url: read_web_address(&mut source, "url"),
        title: source.text("title")?.value,
    })
}

fn read_level(fields: &mut Fields<'_, '_>) -> Option<u8> {
    fields.integer("level").and_then(|level| u8::try_from(level.value).ok())
}
