//! What a reader needs to sort and filter a table: a form with the questions that make sense for its rows.
//!
//! In comes what each row says of itself, out goes the form above the table, and attributes of rows that answer it.
//! The form works with the script `table.js` alone; without it the theme shows the whole table and no form.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::html::{Html, HtmlWriter};
use crate::natural;
use crate::route;
use crate::words::Words;

/// What rows can be filtered by; its name is in addresses and in attributes of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// Who certified.
    Organization,
    /// The framework.
    Framework,
    /// The release of a framework.
    Release,
    /// The domain of an element, or each domain that a certification covers.
    Domain,
    /// The level of an element.
    Level,
    /// The rating, or why there is none.
    Rating,
    /// Whether a certification holds.
    Validity,
    /// How grave a finding is.
    Severity,
    /// The kind of a finding.
    Code,
    /// Where an organization is.
    Country,
}

impl Facet {
    /// Its attribute of a row; without `data-` its name in addresses.
    fn attribute(self) -> &'static str {
        match self {
            Self::Organization => "data-organization",
            Self::Framework => "data-framework",
            Self::Release => "data-release",
            Self::Domain => "data-domain",
            Self::Level => "data-level",
            Self::Rating => "data-rating",
            Self::Validity => "data-validity",
            Self::Severity => "data-severity",
            Self::Code => "data-code",
            Self::Country => "data-country",
        }
    }

    fn label(self, words: &Words) -> &str {
        words.get(match self {
            Self::Organization => "term.organization",
            Self::Framework => "term.framework",
            Self::Release => "term.release",
            Self::Domain => "term.domain",
            Self::Level => "term.level",
            Self::Rating => "term.result",
            Self::Validity => "facet.validity",
            Self::Severity => "term.severity",
            Self::Code => "term.code",
            Self::Country => "term.country",
        })
    }
}

/// What a row says of itself.
#[derive(Clone, Debug)]
pub struct Said<'a> {
    /// About what.
    pub facet: Facet,
    /// What, as an id.
    pub value: Cow<'a, str>,
    /// What, in words.
    pub label: Cow<'a, str>,
    /// Its place among others; alike, they stand in the order of their words.
    pub order: usize,
}

impl<'a> Said<'a> {
    /// Something that stands among others in the order of its words.
    pub fn new(facet: Facet, value: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self { facet, value: value.into(), label: label.into(), order: 0 }
    }

    /// The same at a place among others.
    pub fn at(self, order: usize) -> Self {
        Self { order, ..self }
    }
}

/// The form above a table in the making; by default that of the main table of a page.
#[derive(Debug)]
pub struct Tools {
    /// What stands before the names in addresses; nothing for the main table of a page.
    prefix: String,
    /// The fewest rows for which there is a form.
    fewest: usize,
    /// The column of scores, for which a least one can be asked, and its heading.
    score: Option<(usize, String)>,
    /// Questions that a column answers by itself.
    columns: Vec<ColumnFacet>,
    rows: usize,
    has_groups: bool,
    /// What the group says for all of its rows.
    group: Vec<(Facet, String)>,
    choices: BTreeMap<Facet, BTreeMap<String, (usize, String)>>,
}

/// A question that a column answers: the script finds the answers there.
#[derive(Debug)]
struct ColumnFacet {
    facet: Facet,
    column: usize,
    /// The first cell.
    first: Option<Box<str>>,
    /// Whether another cell says something else.
    differs: bool,
}

/// A table with fewer rows is read faster than it is filtered.
const FEWEST: usize = 6;

impl Default for Tools {
    fn default() -> Self {
        Self {
            prefix: String::new(),
            fewest: FEWEST,
            score: None,
            columns: Vec::new(),
            rows: 0,
            has_groups: false,
            group: Vec::new(),
            choices: BTreeMap::new(),
        }
    }
}

impl Tools {
    /// The form of another table, which has names of its own in addresses.
    pub fn named(self, name: &str) -> Self {
        Self { prefix: format!("{}.", route::segment(name)), ..self }
    }

    /// The form from so many rows on.
    pub fn from_rows(self, fewest: usize) -> Self {
        Self { fewest, ..self }
    }

    /// Lets a reader ask for a least score, in this column.
    pub fn with_score(self, column: Option<(usize, &str)>) -> Self {
        Self { score: column.map(|(at, title)| (at, title.to_owned())), ..self }
    }

    /// Lets a reader choose among what the cells of a column say.
    pub fn with_column(mut self, facet: Facet, column: usize) -> Self {
        self.columns.push(ColumnFacet { facet, column, first: None, differs: false });
        self
    }

    /// Notes a group; what it says holds for all of its rows that say nothing else.
    pub(super) fn group(&mut self, said: &[Said<'_>], html: &mut HtmlWriter) {
        self.has_groups = true;
        self.group.clear();
        self.attributes(said, html);
        self.group.extend(said.iter().map(|said| (said.facet, route::segment(&said.value))));
    }

    /// Notes a cell.
    pub(super) fn cell(&mut self, column: usize, markup: &str) {
        for one in self.columns.iter_mut().filter(|one| one.column == column) {
            match &one.first {
                None => one.first = Some(markup.into()),
                Some(first) => one.differs |= **first != *markup,
            }
        }
    }

    /// Notes a row and writes what it says as attributes.
    pub(super) fn row(&mut self, said: &[Said<'_>], html: &mut HtmlWriter) {
        self.rows += 1;
        self.attributes(said, html);
    }

    fn attributes(&mut self, said: &[Said<'_>], html: &mut HtmlWriter) {
        let mut open = None;
        for Said { facet, value, label, order } in said {
            let value = route::segment(value);
            if self.group.iter().any(|(of_group, known)| of_group == facet && *known == value) {
                continue;
            }
            if open == Some(*facet) {
                html.literal(" ");
            } else {
                html.literal(if open.is_some() { "\" " } else { " " })
                    .literal(facet.attribute())
                    .literal("=\"");
            }
            open = Some(*facet);
            html.text(&value);
            let choices = self.choices.entry(*facet).or_default();
            choices.entry(value).or_insert_with(|| (*order, label.clone().into_owned()));
        }
        if open.is_some() {
            html.literal("\"");
        }
    }

    /// Whether there is enough to sort and filter.
    pub(super) fn are_of_use(&self) -> bool {
        self.rows >= self.fewest
    }

    /// Everything from the heading to the start of the table that it names.
    pub(super) fn write(&self, (caption, name): (&Html, &str), words: &Words, html: &mut HtmlWriter) {
        html.literal("<certalog-table");
        if !self.prefix.is_empty() {
            html.attribute("data-prefix", &self.prefix);
        }
        html.literal(">\n");
        if !caption.is_empty() {
            html.literal("<div class=\"caption\"").attribute("id", name).literal(">");
            html.html(caption).literal("</div>\n");
        }
        html.literal("<form class=\"tools\"").attribute("aria-labelledby", name).literal(">\n");
        html.literal("<label><span>").text(words.get("table.find")).literal("</span>");
        html.literal(
            "<input type=\"search\" name=\"q\" autocomplete=\"off\" spellcheck=\"false\"></label>\n",
        );
        self.facets(words, html);
        html.literal("</form>\n<div class=\"shown\"><p role=\"status\">");
        html.text(&words.count("count.rows", self.rows)).literal("</p><ul class=\"chips\"></ul>");
        html.literal("<button type=\"button\" name=\"csv\">").text(words.get("table.shown"));
        html.literal("</button></div>\n");
        html.literal("<table").attribute("aria-labelledby", name).literal(">\n");
    }

    /// The questions with more than one answer, behind a button where there is little room.
    fn facets(&self, words: &Words, html: &mut HtmlWriter) {
        html.literal("<button type=\"button\" name=\"more\" aria-expanded=\"false\">");
        html.text(words.get("table.more")).literal("</button>\n<div class=\"facets\">\n");
        for (facet, choices) in self.choices.iter().filter(|(_, choices)| choices.len() > 1) {
            html.literal("<label><span>").text(facet.label(words)).literal("</span><select");
            html.attribute("name", &facet.attribute()["data-".len()..]).literal("><option value=\"\">");
            html.text(words.get("table.all")).literal("</option>");
            let mut choices: Vec<(&String, &(usize, String))> = choices.iter().collect();
            choices.sort_by(|(_, (order, label)), (_, (other_order, other))| {
                order.cmp(other_order).then_with(|| natural::compare(label, other))
            });
            for (value, (_, label)) in choices {
                html.literal("<option")
                    .attribute("value", value)
                    .literal(">")
                    .text(label)
                    .literal("</option>");
            }
            html.literal("</select></label>\n");
        }
        for ColumnFacet { facet, column, .. } in self.columns.iter().filter(|one| one.differs) {
            html.literal("<label><span>").text(facet.label(words)).literal("</span><select data-column=\"");
            html.number(*column).literal("\"").attribute("name", &facet.attribute()["data-".len()..]);
            html.literal("><option value=\"\">").text(words.get("table.all"));
            html.literal("</option></select></label>\n");
        }
        if let Some((column, title)) = &self.score {
            html.literal("<label><span>").text(&words.fill("table.least", &[("column", title)]));
            html.literal("</span>");
            html.literal(
                "<input type=\"number\" name=\"score\" step=\"any\" inputmode=\"decimal\" data-column=\"",
            );
            html.number(*column).literal("\"></label>\n");
        }
        html.literal("<label class=\"order\"><span>").text(words.get("table.order"));
        html.literal("</span><select name=\"sort\"><option value=\"\">").text(words.get("table.listed"));
        html.literal("</option></select></label>\n");
        if self.has_groups {
            html.literal("<label><input type=\"checkbox\" name=\"flat\" value=\"1\"><span>");
            html.text(words.get("table.flat")).literal("</span></label>\n");
        }
        html.literal("</div>\n");
    }
}
