//! A table under a heading of its page, without a caption of its own.
//!
//! In come the heading's anchor and the columns, out goes the table that the heading names.
//! Such a table folds on narrow screens in place of scrolling, so its section takes no focus.

use super::{Column, Opening, TableWriter};
use crate::html::{Html, HtmlWriter};

impl TableWriter {
    /// Starts a table that the element with the id `heading` names.
    pub fn under(heading: &str, class: &'static str, columns: &[Column<'_>]) -> Self {
        let mut section = HtmlWriter::default();
        section.literal("<section class=\"table ").literal(class).literal("\">\n");
        let opening = Opening { section: section.finish(), caption: Html::empty(), name: heading.to_owned() };
        let mut table = Self::opened(opening, columns.iter().map(|column| column.kind).collect());
        table.heads(columns);
        table
    }
}
