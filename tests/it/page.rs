//! A page of the site as a reader's program meets it: in comes HTML, out go its elements, links, ids and table rows.
//!
//! Built on the parser that browsers' rules are written down in, so that what it sees is what a browser sees.
//! It knows HTML and the contract in docs/theming.md, and nothing of how a page is made.

use scraper::{ElementRef, Html, Selector};

/// One parsed page.
#[derive(Debug)]
pub(crate) struct Page {
    /// Where it stands in the site, such as `checks/index.html`.
    pub(crate) path: String,
    html: Html,
}

impl Page {
    pub(crate) fn parse(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), html: Html::parse_document(text) }
    }

    /// What the parser had to mend.
    pub(crate) fn mistakes(&self) -> Vec<String> {
        self.html.errors.iter().map(ToString::to_string).collect()
    }

    /// The elements that a CSS selector chooses.
    #[track_caller]
    pub(crate) fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&parse(selector)).collect()
    }

    /// The only element that a selector chooses.
    #[track_caller]
    pub(crate) fn one(&self, selector: &str) -> ElementRef<'_> {
        let found = self.all(selector);
        assert_eq!(found.len(), 1, "`{selector}` on {}", self.path);
        found[0]
    }

    /// The texts of the elements that a selector chooses.
    #[track_caller]
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).into_iter().map(text).collect()
    }

    /// A fact of the page's list of facts.
    pub(crate) fn fact(&self, term: &str) -> Option<String> {
        let facts = self.all("dl.facts > div").into_iter();
        let mut facts =
            facts.map(|fact| (text(first(fact, "dt").unwrap()), text(first(fact, "dd").unwrap())));
        facts.find(|(found, _)| found == term).map(|(_, value)| value)
    }

    /// The table in the section with this id, as far as it is there.
    pub(crate) fn table(&self, id: &str) -> Option<Table<'_>> {
        let section = self.all("section.table").into_iter().find(|section| section.attr("id") == Some(id))?;
        Some(Table { section })
    }
}

/// A table that certalog made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'p> {
    section: ElementRef<'p>,
}

impl<'p> Table<'p> {
    /// The words of the column heads.
    pub(crate) fn heads(&self) -> Vec<String> {
        all(self.section, "thead th").into_iter().map(text).collect()
    }

    /// The rows that say something; heads of groups are not among them.
    pub(crate) fn rows(&self) -> Vec<Row<'p>> {
        let heads = self.heads();
        let rows = all(self.section, "tbody tr").into_iter();
        let rows = rows.filter(|row| !row.value().classes().any(|class| class == "group"));
        rows.map(|row| Row { row, heads: heads.clone() }).collect()
    }

    /// The heads of groups.
    pub(crate) fn groups(&self) -> Vec<ElementRef<'p>> {
        all(self.section, "tr.group > th")
    }
}

/// One row of a table.
#[derive(Clone, Debug)]
pub(crate) struct Row<'p> {
    pub(crate) row: ElementRef<'p>,
    heads: Vec<String>,
}

impl<'p> Row<'p> {
    /// The cell below this head.
    #[track_caller]
    pub(crate) fn cell(&self, head: &str) -> ElementRef<'p> {
        let column = self.heads.iter().position(|found| found == head);
        let column = column.unwrap_or_else(|| panic!("no column `{head}` among {:?}", self.heads));
        all(self.row, "th, td")[column]
    }

    /// Whether the table has a column with this head; what would say nothing new is left out.
    pub(crate) fn has(&self, head: &str) -> bool {
        self.heads.iter().any(|found| found == head)
    }

    /// The head of the group that the row belongs to.
    pub(crate) fn group(&self) -> Option<ElementRef<'p>> {
        let body = self.row.parent().and_then(ElementRef::wrap)?;
        all(body, "tr.group > th").into_iter().next()
    }

    /// The words of a cell, without the link of the row to itself.
    #[track_caller]
    pub(crate) fn text(&self, head: &str) -> String {
        text(self.cell(head))
    }

    /// The exact number behind a cell: what its `data` element says, else its text.
    #[track_caller]
    pub(crate) fn number(&self, head: &str) -> String {
        let cell = self.cell(head);
        first(cell, "data").map_or_else(|| text(cell), |data| data.attr("value").unwrap().to_owned())
    }
}

/// The words of an element as they are read: white space closed up, permalinks and what only screen readers get left out.
pub(crate) fn text(element: ElementRef<'_>) -> String {
    let is_aside = |node: &ElementRef<'_>| {
        node.value().classes().any(|class| class == "permalink" || class == "hidden")
            && node.id() != element.id()
    };
    let mut words = String::new();
    for node in element.descendants() {
        let inside_aside = node.ancestors().filter_map(ElementRef::wrap).any(|ancestor| is_aside(&ancestor));
        if let Some(text) = node.value().as_text().filter(|_| !inside_aside) {
            words.push_str(text);
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A part of an address as it was before it was written there.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = after.get(..2).filter(|_| byte == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        let escaped = escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(escaped.unwrap_or(byte));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap()
}

/// The elements below another that a selector chooses.
#[track_caller]
pub(crate) fn all<'p>(element: ElementRef<'p>, selector: &str) -> Vec<ElementRef<'p>> {
    element.select(&parse(selector)).collect()
}

/// The first element below another that a selector chooses.
#[track_caller]
pub(crate) fn first<'p>(element: ElementRef<'p>, selector: &str) -> Option<ElementRef<'p>> {
    element.select(&parse(selector)).next()
}

#[track_caller]
fn parse(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}
