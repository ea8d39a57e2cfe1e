//! The footprint of a certification as a list of cells, row by row, with the modules that support them.
//!
//! In comes a footprint, out goes one figure whose cells say in words what their look repeats, each a link to what it is about.
//! A cell that is not in scope is outlined and says so; where there are too many of these, they are counted and not listed.

mod modules;
mod numbers;

use super::results::{capitalized, coverage_of, group_anchor, has_group};
use super::shared::{isolated, level_words, release_words, row_anchor};
use super::{Frame, source};
use crate::catalogue::footprint::RowOf;
use crate::catalogue::{Certification, ElementIx, Row};
use crate::figure::{Caption, FigureWriter, Measure, Measured as _};
use crate::footprint::{Cell, Footprint, Scope};
use crate::html::{Html, HtmlWriter};
use crate::model::certification::{ResultRecord, Value};
use crate::route::{self, Route};
use crate::table::Cells as _;
use crate::tally::ParentCoverage;
use modules::Modules;

/// The anchor of the figure.
const ID: &str = "footprint";
/// The most cells of a map; of more, those that are not in scope are counted row by row, and then those that are.
const MOST_CELLS: usize = 150;

/// What is listed, by how many there are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listed {
    /// Every cell.
    All,
    /// The cells in scope.
    InScope,
    /// None: the rows alone say how many.
    Counts,
}

/// A row of the map, ready to be written.
struct MapRow<'f> {
    name: String,
    cells: Vec<Cell<'f>>,
}

impl MapRow<'_> {
    fn in_scope(&self) -> usize {
        self.cells.iter().filter(|(_, scope)| scope.is_some()).count()
    }
}

/// The figure, unless the release has no map or nothing of it is in scope.
pub(super) fn figure(
    page: &Frame<'_>,
    certification: &Certification,
    coverages: &[ParentCoverage<'_>],
) -> Option<Html> {
    let words = page.words();
    let footprint = Footprint::new(page.catalogue(), certification, coverages);
    let rows: Vec<MapRow<'_>> = footprint
        .rows()
        .map(|(of, cells)| MapRow { name: row_name(page, certification, of), cells: cells.collect() })
        .collect();
    let in_scope: usize = rows.iter().map(MapRow::in_scope).sum();
    if in_scope == 0 {
        return None;
    }
    let listed = match (rows.iter().map(|row| row.cells.len()).sum(), in_scope) {
        (0..=MOST_CELLS, _) => Listed::All,
        (_, 0..=MOST_CELLS) => Listed::InScope,
        _ => Listed::Counts,
    };
    let modules = Modules::new(certification, &footprint);
    let caption = caption(page, certification, &footprint);
    let title = words.get("footprint.title");
    let mut figure =
        FigureWriter::new(Caption { id: ID, class: ID, title, source: &caption, is_part: false });
    let map = Map { page, certification, listed, modules: &modules };
    figure.content(|html| {
        map.write(&rows, html);
        modules::list(page, certification, html);
    });
    let numbers = numbers::table(&map, &rows)?;
    Some(figure.finish(words.get("figure.numbers"), &numbers))
}

/// What the map shows and what it cannot, then the source.
fn caption(page: &Frame<'_>, certification: &Certification, footprint: &Footprint<'_>) -> String {
    let words = page.words();
    let framework = page.catalogue().framework(certification.framework);
    let noun = &framework.record.noun;
    let (in_scope, total) = footprint.size();
    let (in_scope, elements) = (words.number(in_scope), words.counted(total, &noun.one, &noun.many));
    let release = isolated(&release_words(framework, certification.release));
    let level = footprint.level().map(|level| level_words(words, framework, level));
    // A level that is called as its elements are says nothing.
    let level = level.filter(|level| level.to_lowercase() != noun.one.to_lowercase());
    let level = level.map(|level| isolated(&level));
    let mut caption = words.fill(
        if level.is_some() { "footprint.caption_level" } else { "footprint.caption" },
        &[
            ("in_scope", in_scope.as_str()),
            ("elements", &elements),
            ("level", level.as_deref().unwrap_or_default()),
            ("release", &release),
        ],
    );
    if footprint.elsewhere > 0 {
        caption.push(' ');
        caption.push_str(&words.count("footprint.elsewhere", footprint.elsewhere));
    }
    format!("{caption} {}", source::line(page, certification))
}

/// What the cells of a row have in common, in words.
fn row_name(page: &Frame<'_>, certification: &Certification, of: RowOf) -> String {
    let framework = page.catalogue().framework(certification.framework);
    match of {
        RowOf::Domain(domain) => framework.record.domains[domain].name.clone(),
        RowOf::Root(root) => {
            let element = page.catalogue().element(root);
            element.in_release(certification.release).map_or(element.name(), |state| &state.name).to_owned()
        }
        RowOf::Rest if framework.record.domains.is_empty() => capitalized(&framework.record.noun.many),
        RowOf::Rest => page.words().get("domain.none").to_owned(),
    }
}

/// Writes the map.
struct Map<'p> {
    page: &'p Frame<'p>,
    certification: &'p Certification,
    listed: Listed,
    modules: &'p Modules,
}

impl Map<'_> {
    fn write(&self, rows: &[MapRow<'_>], html: &mut HtmlWriter) {
        self.legend(rows, html);
        let columns = self.columns();
        html.literal("<div class=\"map").literal(width_class(columns.len())).literal("\">\n");
        if !columns.is_empty() {
            // Each cell says its column too, for those who do not see where it stands.
            html.literal("<p class=\"heads\" aria-hidden=\"true\">");
            for column in &columns {
                html.literal("<span>").text(column).literal("</span>");
            }
            html.literal("</p>\n");
        }
        for row in rows {
            self.row(row, html);
        }
        html.literal("</div>\n");
    }

    fn columns(&self) -> Vec<&str> {
        let framework = self.page.catalogue().framework(self.certification.framework);
        let columns = framework.record.footprint.iter().flat_map(|layout| &layout.columns);
        columns.map(|column| column.value.as_str()).collect()
    }

    /// How cells look and what that means; only looks that occur.
    fn legend(&self, rows: &[MapRow<'_>], html: &mut HtmlWriter) {
        let words = self.page.words();
        let looks = || rows.iter().flat_map(|row| &row.cells).map(|(_, scope)| self.look(*scope));
        html.literal("<ul class=\"legend\">\n");
        for (look, key) in [
            (Look::In, "footprint.legend_in"),
            (Look::Empty, "footprint.legend_empty"),
            (Look::Out, "footprint.legend_out"),
        ] {
            if looks().any(|other| other == look) {
                html.literal("<li><span class=\"swatch cell ").literal(look.class()).literal("\"></span> ");
                html.text(words.get(key)).literal("</li>\n");
            }
        }
        html.literal("</ul>\n");
    }

    fn look(&self, scope: Option<&Scope<'_>>) -> Look {
        match scope {
            None => Look::Out,
            Some(scope) if scope.is_assessed(self.page.catalogue(), self.certification) => Look::In,
            Some(_) => Look::Empty,
        }
    }

    fn row(&self, row: &MapRow<'_>, html: &mut HtmlWriter) {
        let words = self.page.words();
        let (in_scope, total) = (words.number(row.in_scope()), words.number(row.cells.len()));
        html.literal("<div class=\"row\">\n<h3>").name(&row.name).literal(" <small>");
        html.text(&words.fill("footprint.in_scope", &[("count", &in_scope), ("total", &total)]));
        html.literal("</small></h3>\n");
        let is_listed = |cell: &&Cell<'_>| match self.listed {
            Listed::All => true,
            Listed::InScope => cell.1.is_some(),
            Listed::Counts => false,
        };
        let listed: Vec<&Cell<'_>> = row.cells.iter().filter(is_listed).collect();
        let rest = row.cells.len() - listed.len();
        if !listed.is_empty() || rest > 0 {
            html.literal("<ul>\n");
            for cell in listed {
                self.cell(cell, html);
            }
            let rest_out = row.cells.len() - row.in_scope();
            if self.listed == Listed::Counts && row.in_scope() > 0 {
                self.rest(("in", "#results"), "footprint.more_in", row.in_scope(), html);
            }
            if self.listed != Listed::All && rest_out > 0 {
                let release = Route::Release(self.certification.framework, self.certification.release);
                self.rest(("out", &self.page.href(release)), "footprint.more_out", rest_out, html);
            }
            html.literal("</ul>\n");
        }
        html.literal("</div>\n");
    }

    /// One cell for many: how many there are, and where they can be seen.
    fn rest(
        &self,
        (class, href): (&'static str, &str),
        key: &'static str,
        count: usize,
        html: &mut HtmlWriter,
    ) {
        html.literal("<li class=\"cell ")
            .literal(class)
            .literal("\"><a")
            .attribute("href", href)
            .literal(">");
        html.text(&self.page.words().count(key, count)).literal("</a></li>\n");
    }

    fn cell(&self, (cell, scope): &Cell<'_>, html: &mut HtmlWriter) {
        html.literal("<li class=\"cell ").literal(self.look(*scope).class());
        if let Some((first, count)) = cell.columns {
            html.literal(" from-").number(first + 1).literal(" over-").number(count);
        }
        html.literal("\"><a").attribute("href", &self.href(cell.element, *scope)).literal(">");
        self.name(cell.element, html);
        html.literal("</a>");
        if let Some((first, count)) = cell.columns {
            let columns = self.columns()[first..first + count].join(", ");
            html.literal(" <small class=\"column\">").text(&columns).literal("</small>");
        }
        html.literal(" <span class=\"filling\">");
        self.filling(*scope, html);
        html.literal("</span>");
        self.modules.calls(self.page.words(), cell.element, html);
        html.literal("</li>\n");
    }

    /// Id and name as the release has them.
    fn name(&self, element: ElementIx, html: &mut HtmlWriter) {
        let element = self.page.catalogue().element(element);
        match element.in_release(self.certification.release) {
            Ok(state) => html.id(&state.id).literal(" ").name(&state.name),
            Err(_) => html.name(element.name()),
        };
    }

    /// Where a cell leads: to its group of the results, to its row, or to the page of its element.
    fn href(&self, element: ElementIx, scope: Option<&Scope<'_>>) -> String {
        let Some(scope) = scope else { return self.page.href(Route::Element(element)) };
        let row = |result: &ResultRecord| route::fragment(&row_anchor(&result.element.value));
        let group = group_anchor(self.page.catalogue(), self.certification, element);
        match (group, scope.own, scope.coverage) {
            (Some(group), ..) if has_group(scope.coverage) => route::fragment(&group),
            (_, Some((_, own)), _) => row(own),
            (_, None, Some(_)) => "#coverage".to_owned(),
            (_, None, None) => match scope.first.1.value.value {
                Value::Unstated => "#coverage".to_owned(),
                _ => row(scope.first.1),
            },
        }
    }

    /// How much of a cell, in words and with a bar.
    fn filling(&self, scope: Option<&Scope<'_>>, html: &mut HtmlWriter) {
        let words = self.page.words();
        let Some(scope) = scope else {
            html.text(words.get("footprint.out"));
            return;
        };
        if let Some((row, result)) = scope.own {
            self.own(row, result, html);
            // A score is not its rating for those who do not see the glyph before it.
            if matches!(result.value.value, Value::Score(_)) {
                let rating = self.page.catalogue().rating(self.certification, row);
                let label = rating.map_or(words.get("rating.below"), |rating| &rating.label);
                html.literal("<span class=\"hidden\"> ").text(label).literal("</span>");
            }
        }
        if let Some(coverage) =
            scope.coverage.filter(|coverage| coverage.tally.rows > 0 || coverage.stated.is_some())
        {
            let (submitted, total) = coverage_of(coverage);
            html.literal(if scope.own.is_some() { " " } else { "" });
            match total {
                Some(total) => {
                    let (part, whole) = (words.number(submitted), words.number(total));
                    let said = words.fill("footprint.part", &[("count", &part), ("total", &whole)]);
                    html.measured(Measure::count(submitted, total), &said);
                }
                None => {
                    html.text(&words.count("footprint.submitted", submitted));
                }
            }
            if let Some(stated) = coverage.stated.filter(|stated| stated.value != coverage.computed) {
                let stated = format!("{}/{}", stated.value.submitted, stated.value.total);
                html.literal(" <small>").text(&words.fill("footprint.stated", &[("stated", &stated)]));
                html.literal("</small>");
            }
        } else if scope.own.is_none() {
            html.text(&words.count("footprint.below", scope.below.assessed));
        }
    }

    /// What is said of the element itself, as a tag.
    fn own(&self, row: &Row, result: &ResultRecord, html: &mut HtmlWriter) {
        let (words, catalogue) = (self.page.words(), self.page.catalogue());
        let rating = catalogue.rating(self.certification, row);
        let tone = rating.map_or("none", |rating| rating.tone.word());
        match (&result.value.value, catalogue.scale(self.certification), rating) {
            (Value::Outcome(outcome), ..) => html.tag("absent", words.of(*outcome)),
            (Value::Score(score), Some(scale), _) => html.tag(tone, &words.score(scale, *score)),
            (_, _, Some(rating)) => html.tag(tone, &rating.label),
            _ => html.tag(tone, words.get("rating.below")),
        };
    }
}

/// How a cell looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Something of it was assessed.
    In,
    /// In scope, and nothing of it was submitted.
    Empty,
    /// Not in scope.
    Out,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Empty => "empty",
            Self::Out => "out",
        }
    }
}

/// The class of a map with so many columns.
fn width_class(columns: usize) -> &'static str {
    [
        "",
        " columns-1",
        " columns-2",
        " columns-3",
        " columns-4",
        " columns-5",
        " columns-6",
        " columns-7",
        " columns-8",
    ][columns.min(8)]
}
