//! Tables as markup: caption, header row, groups, rows, written cell by cell.
//!
//! In come columns and cells, out goes one `<section class="table">` with its scope attributes and permalinks.
//! Every text is escaped by the writer; a table without a row is no table.

mod markup;
mod field;
pub mod sheet;
mod tools;
mod under;

pub use tools::{Facet, Said, Tools};

use crate::html::{Html, HtmlWriter};
use crate::words::Words;

/// What a column holds; it is the class of its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// What the row is about.
    Name,
    /// An identifier.
    Id,
    /// A number.
    Number,
    /// A number with its bar.
    Measure,
    /// Prose.
    Text,
    /// A tag.
    Status,
    /// A date.
    Date,
    /// A cell of a matrix.
    Cell,
}

impl ColumnKind {
    fn class(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Id => "id",
            Self::Number => "number",
            Self::Measure => "number measure",
            Self::Text => "text",
            Self::Status => "status",
            Self::Date => "date",
            Self::Cell => "cell",
        }
    }
}

/// A column with its heading.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// The words of its header cell.
    pub title: &'a str,
    /// What it holds.
    pub kind: ColumnKind,
}

/// A column; short for the lists that tables are made of.
pub const fn column(title: &str, kind: ColumnKind) -> Column<'_> {
    Column { title, kind }
}

/// What stands above a table.
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a> {
    /// The anchor of its section.
    pub id: &'a str,
    /// What kind of table it is, as the class that themes style; the anchor where it is empty.
    pub class: &'a str,
    /// The title.
    pub title: &'a str,
    /// What the numbers are of: source, release, how many rows.
    pub note: &'a str,
    /// Whether it is one of several below a heading of their own.
    pub is_part: bool,
}

impl<'a> Heading<'a> {
    /// A heading whose anchor is its class too.
    pub fn new(id: &'a str, title: &'a str, note: &'a str) -> Self {
        Self { id, class: "", title, note, is_part: false }
    }
}

/// A link from a table to the same table as a file.
#[derive(Clone, Copy)]
pub struct FileLink<'a> {
    /// Where the file is.
    pub href: &'a str,
    /// The name under which it is kept, where it is the table's own.
    pub name: Option<&'a str>,
    /// The words of the link.
    pub text: &'a str,
    /// The words of the interface.
    pub words: &'a Words,
}

/// Writes a table.
pub struct TableWriter {
    opening: Opening,
    /// The head of the table and its rows.
    html: HtmlWriter,
    columns: usize,
    kinds: Vec<ColumnKind>,
    /// Which columns are shown; all where it is empty.
    shown: Vec<bool>,
    next: usize,
    rows: usize,
    tools: Option<Tools>,
}

/// What stands before the head of a table.
struct Opening {
    /// The start of the section.
    section: Html,
    /// What stands in the caption; nothing where a heading of the page names the table.
    caption: Html,
    /// The id of what names the table.
    name: String,
}

impl TableWriter {
    /// Starts a table.
    pub fn new(heading: Heading<'_>, columns: &[Column<'_>]) -> Self {
        Self::showing(heading, columns, &|_| true)
    }

    /// Starts a table of which only some columns are shown, by their positions; the others are never written.
    pub fn showing(heading: Heading<'_>, columns: &[Column<'_>], is_shown: &dyn Fn(usize) -> bool) -> Self {
        let shown: Vec<bool> = (0..columns.len()).map(is_shown).collect();
        let mut table = Self::start(heading, columns.iter().map(|column| column.kind).collect());
        table.columns = shown.iter().filter(|shown| **shown).count();
        let columns = columns.iter().zip(&shown).filter(|(_, shown)| **shown);
        let columns: Vec<Column<'_>> = columns.map(|(column, _)| *column).collect();
        table.heads(&columns);
        table.shown = shown;
        table
    }

    /// Starts a table whose header cells are markup, such as links to what the columns are about.
    pub fn with_headers(heading: Heading<'_>, columns: &[(ColumnKind, Html)]) -> Self {
        let mut table = Self::start(heading, columns.iter().map(|(kind, _)| *kind).collect());
        for (kind, title) in columns {
            table.html.literal("<th scope=\"col\" class=\"").literal(kind.class()).literal("\">");
            table.html.html(title).literal("</th>");
        }
        table.html.literal("</tr></thead>\n<tbody>\n");
        table
    }

    fn start(heading: Heading<'_>, kinds: Vec<ColumnKind>) -> Self {
        let mut section = HtmlWriter::default();
        let class = if heading.class.is_empty() { heading.id } else { heading.class };
        section.literal("<section class=\"table ").text(class).literal("\" aria-labelledby=\"");
        section.text(heading.id).literal("-caption\" tabindex=\"0\" id=\"").text(heading.id).literal("\">\n");
        let mut caption = HtmlWriter::default();
        caption.literal(if heading.is_part { "<h3>" } else { "<h2>" }).text(heading.title);
        caption.literal(if heading.is_part { "</h3>" } else { "</h2>" });
        if !heading.note.is_empty() {
            caption.literal(" <small>").text(heading.note).literal("</small>");
        }
        let name = format!("{}-caption", heading.id);
        Self::opened(Opening { section: section.finish(), caption: caption.finish(), name }, kinds)
    }

    fn heads(&mut self, columns: &[Column<'_>]) {
        for column in columns {
            self.html.literal("<th scope=\"col\" class=\"").literal(column.kind.class()).literal("\">");
            self.html.text(column.title).literal("</th>");
        }
        self.html.literal("</tr></thead>\n<tbody>\n");
    }

    fn opened(opening: Opening, kinds: Vec<ColumnKind>) -> Self {
        let mut html = HtmlWriter::with_capacity(4096);
        html.literal("<thead><tr>");
        let (columns, shown) = (kinds.len(), Vec::new());
        Self { opening, html, columns, kinds, shown, next: 0, rows: 0, tools: None }
    }

    /// Gives the table what a reader needs to sort and filter it, if it has a link to a file too. A table without some of its
    /// columns goes without.
    pub fn with_tools(mut self, tools: Tools) -> Self {
        self.tools = self.shown.iter().all(|shown| *shown).then_some(tools);
        self
    }

    /// Takes away what only a script makes use of.
    pub fn without_tools(mut self) -> Self {
        self.tools = None;
        self
    }

    /// Whether rows shall say what they can be filtered by.
    pub fn has_tools(&self) -> bool {
        self.tools.is_some()
    }

    /// A row that names the group of the rows below it.
    pub fn group(&mut self, anchor: &str, write: impl FnOnce(&mut HtmlWriter)) {
        self.group_of(anchor, &[], write);
    }

    /// The same with what all of its rows can be filtered by.
    pub fn group_of(&mut self, anchor: &str, said: &[Said<'_>], write: impl FnOnce(&mut HtmlWriter)) {
        self.end_row();
        if self.rows > 0 {
            self.html.literal("</tbody>\n<tbody>\n");
        }
        self.html.literal("<tr class=\"group\"");
        if let Some(tools) = &mut self.tools {
            tools.group(said, &mut self.html);
        }
        self.html.literal("><th scope=\"rowgroup\" colspan=\"").number(self.columns);
        self.html.literal("\"");
        if !anchor.is_empty() {
            self.html.attribute("id", anchor);
        }
        self.html.literal(">");
        write(&mut self.html);
        self.html.literal("</th></tr>\n");
        self.rows += 1;
    }

    /// Starts a row.
    pub fn row(&mut self) -> &mut Self {
        self.row_with("", "")
    }

    /// Starts a row with an anchor and a class; an empty text leaves either out.
    pub fn row_with(&mut self, anchor: &str, class: &'static str) -> &mut Self {
        self.row_of(anchor, class, &[])
    }

    /// The same with what the row can be filtered by.
    pub fn row_of(&mut self, anchor: &str, class: &'static str, said: &[Said<'_>]) -> &mut Self {
        self.end_row();
        self.rows += 1;
        self.html.literal("<tr");
        if !anchor.is_empty() {
            self.html.attribute("id", anchor);
        }
        if !class.is_empty() {
            self.html.literal(" class=\"").literal(class).literal("\"");
        }
        if let Some(tools) = &mut self.tools {
            tools.row(said, &mut self.html);
        }
        self.html.literal(">");
        self
    }

    /// The next cell, as the row's header.
    pub fn header(&mut self, write: impl FnOnce(&mut HtmlWriter)) -> &mut Self {
        let class = self.kinds[self.next].class();
        self.html.literal("<th scope=\"row\" class=\"").literal(class).literal("\">");
        write(&mut self.html);
        self.html.literal("</th>");
        self.next += 1;
        self
    }

    /// The next cell.
    pub fn cell(&mut self, write: impl FnOnce(&mut HtmlWriter)) -> &mut Self {
        if self.shown.get(self.next) == Some(&false) {
            self.next += 1;
            return self;
        }
        let class = self.kinds[self.next].class();
        self.html.literal("<td class=\"").literal(class).literal("\">");
        let start = self.html.written();
        write(&mut self.html);
        if let Some(tools) = &mut self.tools {
            tools.cell(self.next, self.html.since(start));
        }
        self.html.literal("</td>");
        self.next += 1;
        self
    }

    /// The next cell, a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.cell(|html| {
            html.text(text);
        })
    }

    /// The next cell, a whole number.
    pub fn number(&mut self, number: usize) -> &mut Self {
        self.cell(|html| {
            html.number(number);
        })
    }

    fn end_row(&mut self) {
        if self.next > 0 {
            self.html.literal("</tr>\n");
            self.next = 0;
        }
    }

    /// The table, unless it has no row.
    pub fn finish(self) -> Option<Html> {
        self.finish_around(None)
    }

    /// The table with a link to its file, unless it has no row.
    pub fn finish_with_link(self, link: FileLink<'_>) -> Option<Html> {
        self.finish_around(Some(link))
    }

    fn finish_around(mut self, link: Option<FileLink<'_>>) -> Option<Html> {
        self.end_row();
        if self.rows == 0 {
            return None;
        }
        let Opening { section, caption, name } = self.opening;
        let mut html = HtmlWriter::with_capacity(self.html.written() + 1024);
        html.html(&section);
        let words = link.map(|link| link.words);
        let tools = self.tools.filter(Tools::are_of_use).zip(words);
        if let Some((tools, words)) = &tools {
            tools.write((&caption, &name), words, &mut html);
        } else if caption.is_empty() {
            html.literal("<table").attribute("aria-labelledby", &name).literal(">\n");
        } else {
            html.literal("<table>\n<caption").attribute("id", &name).literal(">").html(&caption);
            html.literal("</caption>\n");
        }
        html.html(&self.html.finish()).literal("</tbody>\n</table>\n");
        if let Some(link) = link {
            html.literal("<p class=\"files\"><a").attribute("href", link.href);
            if let Some(name) = link.name {
                html.attribute("download", name);
            }
            html.literal(">").text(link.text).literal("</a></p>\n");
        }
        html.literal(if tools.is_some() { "</certalog-table>\n</section>\n" } else { "</section>\n" });
        Some(html.finish())
    }
}

/// Small pieces of markup that tables and facts share.
pub trait Cells {
    /// A link inside the site or out of it, around a name in any script.
    fn link(&mut self, href: &str, text: &str) -> &mut Self;
    /// The same around a name in another language than the page, where one is given.
    fn link_in(&mut self, language: Option<&str>, href: &str, text: &str) -> &mut Self;
    /// A name in any script.
    fn name(&mut self, text: &str) -> &mut Self;
    /// The same in another language than the page, where one is given.
    fn name_in(&mut self, language: Option<&str>, text: &str) -> &mut Self;
    /// An identifier.
    fn id(&mut self, id: &str) -> &mut Self;
    /// A tag: its tone decides the glyph, the word is always there.
    fn tag(&mut self, tone: &'static str, word: &str) -> &mut Self;
    /// The same with a word in another language than the page, where one is given.
    fn tag_in(&mut self, language: Option<&str>, tone: &'static str, word: &str) -> &mut Self;
    /// A number with its machine-readable value.
    fn data(&mut self, value: &str, text: &str) -> &mut Self;
    /// A dash that says what is absent to those who cannot see it.
    fn absent(&mut self, word: &str) -> &mut Self;
    /// A link to the row itself.
    fn permalink(&mut self, fragment: &str, words: &str) -> &mut Self;
}

impl Cells for HtmlWriter {
    fn link(&mut self, href: &str, text: &str) -> &mut Self {
        self.link_in(None, href, text)
    }

    fn link_in(&mut self, language: Option<&str>, href: &str, text: &str) -> &mut Self {
        self.literal("<a").attribute("href", href);
        if let Some(tag) = language {
            self.attribute("lang", tag);
        }
        self.literal(">").name(text).literal("</a>")
    }

    fn name(&mut self, text: &str) -> &mut Self {
        if text.is_ascii() {
            return self.text(text);
        }
        self.literal("<bdi>").text(text).literal("</bdi>")
    }

    fn name_in(&mut self, language: Option<&str>, text: &str) -> &mut Self {
        match language {
            Some(tag) => {
                self.literal("<bdi").attribute("lang", tag).literal(">").text(text).literal("</bdi>")
            }
            None => self.name(text),
        }
    }

    fn id(&mut self, id: &str) -> &mut Self {
        self.literal("<span class=\"id\">").text(id).literal("</span>")
    }

    fn tag(&mut self, tone: &'static str, word: &str) -> &mut Self {
        self.tag_in(None, tone, word)
    }

    fn tag_in(&mut self, language: Option<&str>, tone: &'static str, word: &str) -> &mut Self {
        self.literal("<span class=\"tag ").literal(tone).literal("\"");
        if let Some(tag) = language {
            self.attribute("lang", tag);
        }
        self.literal(">").text(word).literal("</span>")
    }

    fn data(&mut self, value: &str, text: &str) -> &mut Self {
        self.literal("<data").attribute("value", value).literal(">").text(text).literal("</data>")
    }

    fn absent(&mut self, word: &str) -> &mut Self {
        self.literal("<span class=\"absent\"><span aria-hidden=\"true\">–</span><span class=\"hidden\">");
        self.text(word).literal("</span></span>")
    }

    fn permalink(&mut self, fragment: &str, words: &str) -> &mut Self {
        self.literal("<a class=\"permalink\"").attribute("href", fragment);
        self.attribute("aria-label", words).literal(">#</a>")
    }
}
