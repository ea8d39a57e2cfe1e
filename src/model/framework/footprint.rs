//! The layout of a framework's map: which elements are its cells, and how they stand.
//!
//! In comes the `[footprint]` table of a framework, out goes the layout as written.
//! Domains, elements and columns are still text, and nothing has a size or a place on a page.

use crate::diagnostic::{Code, Finding};
use crate::parse::definition::{Definition, Form, Rule, optional, required};
use crate::parse::fields::{Fields, Table};
use crate::text::{Span, Spanned};

/// The most columns of a map; more cells side by side cannot be read.
pub const MOST_COLUMNS: usize = 8;

/// The layout as stated.
#[derive(Clone, Debug)]
pub struct FootprintRecord {
    /// Where it stands.
    pub span: Span,
    /// The level of the elements that are its cells.
    pub level: Option<Spanned<i64>>,
    /// The first rows, in order: domains, or roots in a framework without domains.
    pub rows: Vec<Spanned<String>>,
    /// The names of its columns.
    pub columns: Vec<Spanned<String>>,
    /// Cells with a place of their own.
    pub cells: Vec<CellRecord>,
}

/// A cell with a place of its own.
#[derive(Clone, Debug)]
pub struct CellRecord {
    /// The key of its element.
    pub element: Spanned<String>,
    /// The row it stands in, where that is not its element's.
    pub row: Option<Spanned<String>>,
    /// The columns that it takes.
    pub columns: Vec<Spanned<String>>,
}

pub(super) static FOOTPRINT: Definition = Definition {
    what: "a footprint",
    says: "The layout of the framework's map; every part may be left out.",
    keys: &[
        optional("level", Form::Integer(0, 99), "The level of the elements that are the cells.").such_as("2"),
        optional(
            "rows",
            Form::Texts,
            "The domains that come first, in order; in a framework without domains, the keys of roots.",
        )
        .such_as(r#"["customer", "service"]"#),
        optional("columns", Form::Texts, "The names of up to eight columns.").such_as(r#"["Plan", "Run"]"#),
        optional("cell", Form::Tables(&CELL), "Cells with a place of their own."),
    ],
    rules: &[Rule::Count("columns", 0, MOST_COLUMNS)],
};
static CELL: Definition = Definition {
    what: "a cell",
    says: "A cell with a place of its own.",
    keys: &[
        required("element", Form::Id, "The key of its element.").such_as("problem-handling"),
        optional("row", Form::Text, "The row it stands in, where it is not that of its element.")
            .such_as("customer"),
        optional("column", Form::TextOrTexts, "Its column, or the columns that it takes side by side.")
            .such_as("Run"),
    ],
    rules: &[],
};
impl FootprintRecord {
    /// Reads the table.
    pub(super) fn read(fields: &mut Fields<'_, '_>, table: Table<'_>) -> Self {
        let mut footprint = fields.inner(table, &FOOTPRINT);
        let cells = footprint.tables("cell").into_iter().filter_map(|table| {
            let mut cell = footprint.inner(table, &CELL);
            let (row, columns) = (cell.text("row"), cell.text_or_texts("column"));
            Some(CellRecord { element: cell.text("element")?, row, columns })
        });
        let cells: Vec<CellRecord> = cells.collect();
        let (rows, columns) = (footprint.texts("rows"), footprint.texts("columns"));
        super::report_repeated(&mut footprint, "row", rows.iter());
        super::report_repeated(&mut footprint, "column", columns.iter());
        super::report_repeated(&mut footprint, "cell", cells.iter().map(|cell| &cell.element));
        if let Some(extra) = columns.get(MOST_COLUMNS) {
            let message = format!("a footprint has at most {MOST_COLUMNS} columns");
            footprint.report(Finding::new(Code::InvalidFootprint, extra.span, message));
        }
        Self { span: table.span, level: footprint.integer("level"), rows, columns, cells }
    }
}
