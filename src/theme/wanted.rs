//! What a theme makes use of: only that is made.
//!
//! In come the names in a theme's templates and what its `theme.toml` says, out goes whether a value, a column or a file is wanted.
//! A value that is not wanted stays empty; no template that could tell the difference names it.

use std::collections::{BTreeMap, BTreeSet};

/// What a theme makes use of.
#[expect(
    clippy::struct_excessive_bools,
    reason = "one for each key of `theme.toml`, and none depends on another"
)]
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// By kind of page, every name in the templates that make it.
    pub names: BTreeMap<String, BTreeSet<String>>,
    /// By table, the columns that the theme shows; a table that is not here has all of its columns.
    pub columns: BTreeMap<&'static str, Vec<String>>,
    /// Whether tables have files beside their pages.
    pub has_files: bool,
    /// Whether there are files of data.
    pub has_data: bool,
    /// Whether there are feeds and calendars.
    pub has_feeds: bool,
    /// Whether pages have copies in Markdown.
    pub has_copies: bool,
    /// Whether there is a sitemap.
    pub has_sitemap: bool,
    /// Whether certifications have badges and summaries for other sites.
    pub has_badges: bool,
    /// Whether there is a search index.
    pub has_search: bool,
    /// Whether there are scripts of certalog's own, with what only they make use of.
    pub has_scripts: bool,
}

/// The tables whose columns a theme may choose, with the columns besides the first.
pub const TABLES: &[(&str, &[&str])] = &[
    ("results", &["score", "result", "comment"]),
    ("certifications", &["assessed-as", "score", "result", "comment", "status"]),
];

impl Wanted {
    /// What the templates of a kind of page name.
    pub fn by(&self, kind: &str) -> Named<'_> {
        Named(self.names.get(kind))
    }

    /// Whether a table shows a column.
    pub fn shows(&self, table: &str, column: &str) -> bool {
        self.columns.get(table).is_none_or(|columns| columns.iter().any(|shown| shown == column))
    }
}

/// The names that the templates of one kind of page use.
#[derive(Clone, Copy, Debug)]
pub struct Named<'w>(Option<&'w BTreeSet<String>>);

impl Named<'_> {
    /// A field of the page's view, made only where some template names it.
    pub fn of<T: Default>(self, field: &str, make: impl FnOnce() -> T) -> T {
        if self.0.is_none_or(|names| names.contains(field)) { make() } else { T::default() }
    }
}
