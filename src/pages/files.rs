//! Files that stand beside a page: its tables for spreadsheets.
//!
//! In come finished tables, out go the same tables with a link below each, and the files that the links lead to.
//! A file is read off its table, so that what it says is what the page shows.

use super::Frame;
use super::shared::short_name;
use crate::catalogue::FrameworkIx;
use crate::html::Html;
use crate::route::{self, Route};
use crate::table::sheet;
use crate::table::{FileLink, TableWriter};
use crate::view::LinkView;

/// A file with its path below the site's root.
pub type PageFile = (String, Vec<u8>);

impl Frame<'_> {
    /// The table, with a link to a file of it that stands beside the page.
    pub(super) fn with_file(&self, table: TableWriter, name: &str) -> Option<Html> {
        if !self.context.wanted.has_files {
            return table.finish();
        }
        let file = format!("{name}.csv");
        let words = self.words();
        let saved_as = self.saved_as(&file);
        let table = if self.context.wanted.has_scripts { table } else { table.without_tools() };
        let link = FileLink { href: &file, name: Some(&saved_as), text: words.get("table.download"), words };
        let table = table.finish_with_link(link)?;
        self.add_file(&file, sheet::of_table(&table, self.words()));
        Some(table)
    }

    /// The table, with a link to a file that holds more than it.
    pub(super) fn with_link(&self, table: TableWriter, (href, text): (&str, &str)) -> Option<Html> {
        if !self.context.wanted.has_files {
            return table.finish();
        }
        let table = if self.context.wanted.has_scripts { table } else { table.without_tools() };
        table.finish_with_link(FileLink { href, name: None, text, words: self.words() })
    }

    /// One file of several tables with the same columns, each with its name, to stand beside the page.
    /// The page says itself where it is.
    pub(super) fn file_of_tables(&self, tables: &[(&str, &Html)], title: &str, name: &str) {
        if !tables.is_empty() && self.context.wanted.has_files {
            self.add_file(&format!("{name}.csv"), sheet::of_tables(tables, title, self.words()));
        }
    }

    /// The files of a framework: its results and its histories.
    pub(super) fn framework_files(&self, index: FrameworkIx) -> Vec<LinkView> {
        if !self.context.wanted.has_files {
            return Vec::new();
        }
        let words = self.words();
        let name = short_name(self.catalogue().framework(index));
        let files = route::results_files(self.catalogue(), index);
        let count = files.len();
        let mut links: Vec<LinkView> = Vec::with_capacity(count + 1);
        for (part, file) in files.into_iter().enumerate() {
            let number = words.number(part + 1);
            let key = if count == 1 { "sheet.results" } else { "sheet.results_part" };
            let title = words.fill(key, &[("framework", name), ("part", &number)]);
            links.push(LinkView { title, href: format!("{}{file}", self.root), note: None });
        }
        links.push(LinkView {
            title: words.fill("sheet.histories", &[("framework", name)]),
            href: format!("{}{}", self.href(Route::Framework(index)), route::HISTORIES),
            note: None,
        });
        links
    }

    /// The file of a release: its elements, beside its page.
    pub(super) fn release_files(&self) -> Vec<LinkView> {
        let link = self.context.wanted.has_files.then(|| LinkView {
            title: self.words().get("sheet.elements").to_owned(),
            href: route::ELEMENTS.to_owned(),
            note: None,
        });
        link.into_iter().collect()
    }

    fn add_file(&self, name: &str, bytes: Vec<u8>) {
        debug_assert!(route::is_table_file(name), "{name} must be among the names that no document may have");
        let path = format!("{}{name}", self.route.folder(self.catalogue()));
        self.files.borrow_mut().push((path, bytes));
    }

    /// The name under which a reader keeps the file: many pages have a file of the same name.
    fn saved_as(&self, name: &str) -> String {
        let folder = self.route.folder(self.catalogue());
        let parts = folder.split('/').skip(1).filter(|part| !part.is_empty());
        parts.chain([name]).collect::<Vec<_>>().join("-")
    }
}
