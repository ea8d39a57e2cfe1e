//! The columns of the tables that belong to a framework as a whole.
//!
//! In comes nothing, out go three lists: the files and their descriptions are both made from them.
//! A column has one name in all languages, beside the heading that readers see.

/// What the fields of a column are; each may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Datatype {
    /// A text.
    Text,
    /// An exact number.
    Decimal,
    /// A count.
    Count,
    /// A year, a month or a day.
    PartialDate,
    /// `1` or `0`.
    Flag,
    /// A whole address.
    Address,
    /// Keys of elements with spaces between them.
    Keys,
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// The key of its heading.
    pub(super) heading: &'static str,
    /// Its name for programs.
    pub(super) name: &'static str,
    /// What its fields are.
    pub(super) datatype: Datatype,
}

const fn column(heading: &'static str, name: &'static str, datatype: Datatype) -> Column {
    Column { heading, name, datatype }
}

/// Every result.
pub(super) const RESULTS: &[Column] = &[
    column("sheet.certification", "certification", Datatype::Text),
    column("term.product", "product", Datatype::Text),
    column("term.version", "version", Datatype::Text),
    column("term.organization", "organization", Datatype::Text),
    column("term.assessed", "assessed", Datatype::PartialDate),
    column("term.release", "release", Datatype::Text),
    column("sheet.element", "element", Datatype::Text),
    column("term.id", "id", Datatype::Text),
    column("term.name", "name", Datatype::Text),
    column("term.level", "level", Datatype::Count),
    column("term.domain", "domain", Datatype::Text),
    column("term.score", "score", Datatype::Decimal),
    column("term.result", "result", Datatype::Text),
    column("sheet.submitted", "submitted", Datatype::Count),
    column("sheet.of", "of", Datatype::Count),
    column("term.comment", "comment", Datatype::Text),
    column("sheet.counted", "counted", Datatype::Flag),
];

/// Every entry of the histories.
pub(super) const HISTORIES: &[Column] = &[
    column("sheet.element", "element", Datatype::Text),
    column("sheet.name_now", "name_now", Datatype::Text),
    column("term.release", "release", Datatype::Text),
    column("term.change", "change", Datatype::Text),
    column("term.id", "id", Datatype::Text),
    column("term.name", "name", Datatype::Text),
    column("term.level", "level", Datatype::Count),
    column("term.domain", "domain", Datatype::Text),
    column("term.parents", "parents", Datatype::Keys),
    column("sheet.into", "into", Datatype::Keys),
    column("sheet.out_of", "from", Datatype::Keys),
    column("term.how_known", "basis", Datatype::Text),
    column("sheet.printed", "printed", Datatype::Text),
    column("term.note", "note", Datatype::Text),
    column("sheet.date", "date", Datatype::PartialDate),
    column("sheet.issue", "issue", Datatype::Text),
    column("sheet.source", "source", Datatype::Text),
];

/// The elements of a release.
pub(super) const ELEMENTS: &[Column] = &[
    column("term.id", "id", Datatype::Text),
    column("term.name", "name", Datatype::Text),
    column("term.level", "level", Datatype::Count),
    column("term.domain", "domain", Datatype::Text),
    column("term.parents", "parents", Datatype::Text),
    column("sheet.element", "element", Datatype::Text),
    column("term.original_identifier", "original_id", Datatype::Text),
    column("term.certifications", "certifications", Datatype::Count),
    column("sheet.address", "address", Datatype::Address),
];
