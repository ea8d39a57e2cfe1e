//! `theme.toml`: what a theme is called, and what it makes no use of.
//!
//! In comes its text, out go settings and a finding for every mistake in it.
//! A theme without the file has all columns and all files.

use super::wanted::{TABLES, Wanted};
use crate::diagnostic::{Code, Finding};
use crate::limits::Limits;
use crate::parse::definition::{Definition, Form, optional};
use crate::parse::document::Document;
use crate::parse::fields::{Fields, Table};
use crate::text::Span;

/// The name of the file.
pub(super) const FILE: &str = "theme.toml";

/// What `theme.toml` may say.
pub static RECORD: Definition = Definition {
    what: "`theme.toml`",
    says: "What a theme is called, and what it makes no use of.",
    keys: &[
        optional("name", Form::Text, "Its name.").such_as("Plain"),
        optional("description", Form::Text, "One sentence about it.").such_as("Black on white."),
        optional("license", Form::Text, "Under which terms it may be used.").such_as("MIT"),
        optional("files", Form::Flag, "`false` where pages offer no tables as files.").such_as("false"),
        optional("data", Form::Flag, "`false` where the data of the catalogue is not published.")
            .such_as("false"),
        optional("feeds", Form::Flag, "`false` where there are no feeds and no calendars.").such_as("false"),
        optional("copies", Form::Flag, "`false` where pages have no copies in Markdown.").such_as("false"),
        optional("sitemap", Form::Flag, "`false` where there is no sitemap.").such_as("false"),
        optional(
            "badges",
            Form::Flag,
            "`false` where certifications have no badges and no summaries for other sites.",
        )
        .such_as("false"),
        optional("search", Form::Flag, "`false` where nothing can be searched.").such_as("false"),
        optional(
            "scripts",
            Form::Flag,
            "`false` where pages work without any script: none of certalog's own is copied, and tables have no form.",
        )
        .such_as("false"),
        optional("columns", Form::Table(&COLUMNS), "The columns of tables that are shown."),
    ],
    rules: &[],
};
static COLUMNS: Definition = Definition {
    what: "`columns`",
    says: "For a table, the columns after the first that are shown; all where it is not named.",
    keys: &[
        optional("results", Form::Words(columns::<0>), "Of the table of results.").such_as(r#"["score"]"#),
        optional("certifications", Form::Words(columns::<1>), "Of tables of certifications.")
            .such_as(r#"["status"]"#),
    ],
    rules: &[],
};

/// The columns of a table after the first.
fn columns<const TABLE: usize>() -> Vec<&'static str> {
    TABLES[TABLE].1.to_vec()
}

/// Reads the settings.
pub(super) fn read(text: &str) -> (Wanted, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut wanted = Wanted::default();
    let (document, _) = Document::read(text, 0, &mut findings);
    let table = Table { document: &document, table: document.root(), span: Span::start_of_file() };
    let limits = Limits::default();
    let mut theme = Fields::open(table, (0, &limits), &RECORD, &mut findings);
    for key in ["name", "description", "license"] {
        theme.text(key);
    }
    wanted.has_files = theme.flag("files").unwrap_or(true);
    wanted.has_data = theme.flag("data").unwrap_or(true);
    wanted.has_feeds = theme.flag("feeds").unwrap_or(true);
    wanted.has_copies = theme.flag("copies").unwrap_or(true);
    wanted.has_sitemap = theme.flag("sitemap").unwrap_or(true);
    wanted.has_badges = theme.flag("badges").unwrap_or(true);
    wanted.has_search = theme.flag("search").unwrap_or(true);
    wanted.has_scripts = theme.flag("scripts").unwrap_or(true);
    if let Some(columns) = theme.table("columns") {
        let mut columns = theme.inner(columns, &COLUMNS);
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
    (wanted, findings)
}
