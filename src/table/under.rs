//! A table under a heading of its page, without a caption of its own.
//!
//! In come the heading's anchor and the columns, out goes the table that the heading names.
//! Such a table folds on narrow screens in place of scrolling, so its section takes no focus.

use super::{Column, TableWriter};
use crate::html::HtmlWriter;

impl TableWriter {
    /// Starts a table that the element with the id `heading` names.
    pub fn under(heading: &str, class: &'static str, columns: &[Column<'_>]) -> Self {
        let mut html = HtmlWriter::with_capacity(4096);
        html.literal("<section class=\"table ").literal(class).literal("\">\n<table");
        html.attribute("aria-labelledby", heading).literal(">\n<thead><tr>");
        for column in columns {
            html.literal("<th scope=\"col\" class=\"").literal(column.kind.class()).literal("\">");
            html.text(column.title).literal("</th>");
        }
        html.literal("</tr></thead>\n<tbody>\n");
        let kinds: Vec<_> = columns.iter().map(|column| column.kind).collect();
        Self { html, columns: kinds.len(), kinds, shown: Vec::new(), next: 0, rows: 0 }
    }
}
