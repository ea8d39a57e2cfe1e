//! `theme.toml`: what a theme is called, and what it makes no use of.
//!
//! In comes its text, out go settings and a finding for every mistake in it.
//! A theme without the file has all columns and all files.

use super::wanted::{TABLES, Wanted};
use crate::diagnostic::{Code, Finding};
use crate::parse::document::Document;
use crate::parse::fields::{Fields, Key, Table, optional};
use crate::text::Span;

const THEME: &[Key] = &[
    optional("name"),
    optional("description"),
    optional("license"),
    optional("files"),
    optional("data"),
    optional("search"),
    optional("columns"),
];
const COLUMNS: &[Key] = &[optional("results"), optional("certifications")];

/// Reads the settings into `wanted`.
pub(super) fn read(text: &str, wanted: &mut Wanted) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (document, _) = Document::read(text, 0, &mut findings);
    let table = Table { document: &document, table: document.root(), span: Span::start_of_file() };
    let mut theme = Fields::open(table, 0, ("`theme.toml`", THEME), &mut findings);
    for key in ["name", "description", "license"] {
        theme.text(key);
    }
    wanted.has_files = theme.flag("files").unwrap_or(true);
    wanted.has_data = theme.flag("data").unwrap_or(true);
    wanted.has_search = theme.flag("search").unwrap_or(true);
    if let Some(columns) = theme.table("columns") {
        let mut columns = theme.inner(columns, ("`columns`", COLUMNS));
        for (name, known) in TABLES {
            if columns.key_span(name).is_none() {
                continue;
            }
            let mut shown = columns.texts(name);
            shown.retain(|column| {
                let is_known = known.contains(&column.value.as_str());
                if !is_known {
                    let message = format!("the table `{name}` has no column `{}`", column.value);
                    let help = format!("its columns after the first are `{}`", known.join("`, `"));
                    columns.report(Finding::new(Code::InvalidValue, column.span, message).help(help));
                }
                is_known
            });
            wanted.columns.insert(name, shown.into_iter().map(|column| column.value).collect());
        }
    }
    findings
}
