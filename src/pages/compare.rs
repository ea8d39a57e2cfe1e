//! Comparisons: the choice of what to compare, two certifications side by side, and which others lend themselves to it.
//!
//! In come certifications, out go tables in which an element is one row whatever id each release gives it.
//! The same tables for any two to four are made by the theme's script from the data; these here need none.

use super::shared::{
    assessed, link, mean, mean_decimals, rating, release_words, result_href, score, status_tag,
};
use super::{Frame, results};
use crate::catalogue::{Absence, Certification, CertificationIx};
use crate::comparison::{Cell, Comparison, Cover, Difference, Line};
use crate::html::{Html, HtmlWriter};
use crate::model::certification::Value;
use crate::route::{self, Route};
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter};
use crate::tally::Tally;
use crate::view::{CompareView, ComparisonView, LinkView, PageView, Visible as _};

/// The crumb of the choice.
const CRUMB: (Route, &str) = (Route::Compare, "Compare");

/// The page on which readers choose.
pub(super) fn view(page: &Frame<'_>) -> PageView {
    let catalogue = page.catalogue();
    let overlap = &catalogue.overlap;
    let title = |index: CertificationIx| catalogue.certification(index).record.title();
    let pairs = overlap.pairs.iter().map(|pair| LinkView {
        title: format!("{} and {}", title(pair.first), title(pair.second)),
        href: page.href(Route::Pair(pair.first, pair.second)),
        note: Some(format!("{} in common", elements_words(page, pair.first, pair.elements))),
    });
    let matrices = catalogue.frameworks.iter().enumerate().flat_map(|(index, framework)| {
        let domains = route::matrices(framework).into_iter();
        domains.map(move |at| LinkView {
            title: framework.record.domains[at].name.clone(),
            href: page.href(Route::Matrix(index.into(), at)),
            note: Some(framework.record.name.clone()),
        })
    });
    let content = CompareView {
        list: route::CERTIFICATIONS_DATA,
        pairs: pairs.collect(),
        note: pairs_note(overlap.pairs.len(), overlap.all),
        matrices: matrices.collect(),
    };
    PageView {
        description: Some("Certifications side by side, element by element, across releases.".to_owned()),
        crumbs: page.crumbs(&[]),
        content: content.into_value(),
        ..page.page("compare", "compare", "Compare".to_owned())
    }
}

fn pairs_note(shown: usize, all: usize) -> String {
    match (shown, all) {
        (0, _) => "None of the certifications here have a comparison of their own.".to_owned(),
        (shown, all) if shown == all => {
            "Every two certifications that say something of the same elements, those with most in common first."
                .to_owned()
        }
        (shown, all) => format!(
            "The {shown} pairs with most in common, of {all} that have anything in common. The form above compares any."
        ),
    }
}

/// "14 processes", by the noun of the certification's framework.
fn elements_words(page: &Frame<'_>, certification: CertificationIx, count: u32) -> String {
    let catalogue = page.catalogue();
    let noun = &catalogue.framework(catalogue.certification(certification).framework).record.noun;
    page.words().counted(count as usize, &noun.one, &noun.many)
}

/// The certifications with which one has most in common, each linked to the comparison of the two.
pub(super) fn nearest(page: &Frame<'_>, index: CertificationIx) -> Vec<LinkView> {
    let catalogue = page.catalogue();
    let nearest = catalogue.overlap.nearest.get(index.index()).map_or(&[][..], Vec::as_slice);
    let links = nearest.iter().map(|(other, count)| {
        let linked = catalogue.certification(*other);
        LinkView {
            title: linked.record.title(),
            href: choice_href(page, [index, *other]),
            note: Some(format!(
                "{}, {}, {} in common",
                catalogue.organization_name(linked),
                release_words(catalogue.framework(linked.framework), linked.release),
                elements_words(page, index, *count)
            )),
        }
    });
    links.collect()
}

/// The address at which the form compares two; ids need no escaping in it.
fn choice_href(page: &Frame<'_>, [first, second]: [CertificationIx; 2]) -> String {
    let id = |index: CertificationIx| &page.catalogue().certification(index).id;
    format!("{}?a={}&b={}", page.href(Route::Compare), id(first), id(second))
}

/// The page of two certifications.
pub(super) fn pair(page: &Frame<'_>, pair: [CertificationIx; 2]) -> PageView {
    let catalogue = page.catalogue();
    let comparison = Comparison::of(catalogue, pair);
    let [first, second] = comparison.sides.each_ref().map(|side| side.certification.record.title());
    let title = format!("{first} and {second}");
    let content = ComparisonView {
        lead: lead(page, &comparison),
        notes: notes(page, &comparison),
        facts: facts(page, &comparison),
        sums: sums(page, &comparison),
        details: details(page, &comparison),
        choose: choice_href(page, pair),
    };
    PageView {
        description: Some(format!("{title} side by side, element by element.")),
        crumbs: page.crumbs(&[CRUMB]),
        content: content.into_value(),
        ..page.page("comparison", "compare", title)
    }
}

/// The noun of the first one's framework, for one and for many.
fn noun<'p>(page: &Frame<'p>, comparison: &Comparison<'p>) -> (&'p str, &'p str) {
    let framework = page.catalogue().framework(comparison.sides[0].certification.framework);
    (&framework.record.noun.one, &framework.record.noun.many)
}

fn lead(page: &Frame<'_>, comparison: &Comparison<'_>) -> Html {
    let (one, many) = noun(page, comparison);
    let [first, second] = &comparison.sides;
    let common = first.common.assessed;
    Html::text(&format!(
        "{} {} assessed for both. In all, {} submitted {} and {} {}.",
        page.words().counted(common, one, many),
        if common == 1 { "was" } else { "were" },
        first.label,
        first.whole.assessed,
        second.label,
        second.whole.assessed
    ))
}

/// What keeps the two from being compared number by number.
fn notes(page: &Frame<'_>, comparison: &Comparison<'_>) -> Vec<String> {
    let catalogue = page.catalogue();
    let (one, many) = noun(page, comparison);
    let [first, second] = comparison.sides.each_ref().map(|side| side.certification);
    let mut notes = Vec::new();
    if first.framework != second.framework {
        notes.push(
            "The certifications were assessed against different frameworks, which share no row.".to_owned(),
        );
    } else if first.release != second.release {
        let [first, second] = [first, second]
            .map(|side| &catalogue.framework(side.framework).record.releases[side.release].version.value);
        notes.push(format!(
            "The releases differ, {first} and {second}. A {one} is one row through its history, whatever its id and name in each."
        ));
    }
    if !comparison.has_one_scale {
        notes.push(
            "The scales differ: scores are shown and not subtracted, and there is no common mean.".to_owned(),
        );
    }
    for (side, certification) in comparison.sides.iter().map(|side| side.certification).enumerate() {
        let untraced = comparison.untraced(side);
        let framework = catalogue.framework(certification.framework);
        let version = &framework.record.releases[certification.release].version.value;
        let verb = if untraced == 1 { "is" } else { "are" };
        let note =
            format!("{} {verb} not traced to release {version}.", page.words().counted(untraced, one, many));
        if untraced > 0 && !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

/// The table's head: what a row is about, then one column a certification.
fn heads(
    page: &Frame<'_>,
    first: &str,
    comparison: &Comparison<'_>,
    kind: ColumnKind,
) -> Vec<(ColumnKind, Html)> {
    let mut heads = vec![(ColumnKind::Name, Html::text(first))];
    heads.extend(comparison.sides.iter().map(|side| {
        let mut html = HtmlWriter::default();
        link(page, Route::Certification(side.index), &side.certification.record.title(), &mut html);
        (kind, html.finish())
    }));
    heads
}

fn facts(page: &Frame<'_>, comparison: &Comparison<'_>) -> Option<Html> {
    let catalogue = page.catalogue();
    let heads = heads(page, "Fact", comparison, ColumnKind::Text);
    let mut table = TableWriter::with_headers(Heading::new("facts", "The two certifications", ""), &heads);
    let mut row = |term: &str, write: &dyn Fn(&Certification, &mut HtmlWriter)| {
        table.row().header(|html| {
            html.text(term);
        });
        for side in &comparison.sides {
            table.cell(|html| write(side.certification, html));
        }
    };
    row("Organization", &|certification, html| match certification.organization {
        Some(index) => {
            link(page, Route::Organization(index), catalogue.organization_name(certification), html);
        }
        None => {
            html.name(catalogue.organization_name(certification));
        }
    });
    row("Framework and release", &|certification, html| {
        let route = Route::Release(certification.framework, certification.release);
        let words = release_words(catalogue.framework(certification.framework), certification.release);
        link(page, route, &words, html);
    });
    row("Scale", &|certification, html| match catalogue.scale(certification) {
        Some(scale) => {
            html.name(&scale.name);
        }
        None => {
            html.absent("No scale");
        }
    });
    row("Assessed", &|certification, html| assessed(page, certification, html));
    row("Status", &|certification, html| status_tag(page, certification, html));
    table.finish()
}

/// What each adds up to, and what both do over the elements that they have in common.
fn sums(page: &Frame<'_>, comparison: &Comparison<'_>) -> Option<Html> {
    let catalogue = page.catalogue();
    let (one, many) = noun(page, comparison);
    let heads = heads(page, "Count", comparison, ColumnKind::Number);
    let note = format!("each {one} counted once; rows that sum up others are left out");
    let mut table = TableWriter::with_headers(Heading::new("sums", "Summary", &note), &heads);
    let with_result = format!("{} with a result", results::capitalized(many));
    for (term, count, is_always_shown) in counts() {
        let counts = comparison.sides.each_ref().map(|side| count(&side.whole));
        if is_always_shown || counts.into_iter().any(|count| count > 0) {
            let term = if term.is_empty() { &with_result } else { term };
            counted_row(&mut table, term, counts);
        }
    }
    counted_row(&mut table, "Assessed by both", comparison.sides.each_ref().map(|side| side.common.assessed));
    let is_scored = comparison.sides.iter().all(|side| side.common.scored > 0);
    table.row().header(|html| {
        html.text("Mean of those");
    });
    for side in &comparison.sides {
        table.cell(|html| match (comparison.has_one_scale, is_scored) {
            (true, true) => {
                mean(page.words(), &side.common, mean_decimals(catalogue, side.certification), html);
            }
            (true, false) => {
                html.absent("Nothing was scored by both");
            }
            (false, _) => {
                html.absent("Unlike scales");
            }
        });
    }
    let left_out = comparison.sides.each_ref().map(|side| side.whole.assessed - side.common.assessed);
    counted_row(&mut table, "Submitted and left out of it", left_out);
    table.finish()
}

/// A count of a summary: its words (empty for the rows themselves), how it is taken, and whether it is shown when it is 0.
type Count = (&'static str, fn(&Tally) -> usize, bool);

fn counts() -> [Count; 8] {
    [
        ("", |tally| tally.rows, true),
        ("Submitted", |tally| tally.assessed, true),
        ("Full", |tally| tally.full, true),
        ("Partial", |tally| tally.partial, true),
        ("Not conformant", |tally| tally.none, false),
        ("Other ratings", |tally| tally.neutral, false),
        ("Not submitted", |tally| tally.not_submitted, true),
        ("Without a result for another reason", |tally| tally.otherwise_absent, false),
    ]
}

fn counted_row(table: &mut TableWriter, term: &str, counts: [usize; 2]) {
    table.row().header(|html| {
        html.text(term);
    });
    for count in counts {
        table.number(count);
    }
}

fn details(page: &Frame<'_>, comparison: &Comparison<'_>) -> Option<Html> {
    let (one, many) = noun(page, comparison);
    let note = format!(
        "{}; differences first, then in the framework's order",
        page.words().counted(comparison.lines.len(), one, many)
    );
    let mut heads = heads(page, &results::capitalized(one), comparison, ColumnKind::Status);
    heads.push((ColumnKind::Text, Html::text("Difference")));
    let heading =
        Heading { id: "details", class: "details", title: "Side by side", note: &note, is_part: false };
    let mut table = TableWriter::with_headers(heading, &heads);
    for lines in comparison.lines.chunk_by(|a, b| a.cover == b.cover) {
        let cover = lines[0].cover;
        let words = match cover {
            Cover::Both => "Covered by both".to_owned(),
            Cover::First => format!("Only {}", comparison.sides[0].label),
            Cover::Second => format!("Only {}", comparison.sides[1].label),
            Cover::Neither => "Covered by neither".to_owned(),
        };
        table.group("", |html| {
            html.name(&words)
                .literal(" <small>")
                .text(&page.words().counted(lines.len(), one, many))
                .literal("</small>");
        });
        for line in lines {
            write_line(page, comparison, line, &mut table);
        }
    }
    table.finish()
}

fn write_line(page: &Frame<'_>, comparison: &Comparison<'_>, line: &Line<'_>, table: &mut TableWriter) {
    let element = page.catalogue().element(line.element);
    let id = element.newest().map_or("", |(_, state)| &state.id);
    let name = element.name();
    table.row().header(|html| {
        html.id(id).literal(" ");
        link(page, Route::Element(line.element), name, html);
    });
    for (side, cell) in comparison.sides.iter().zip(line.cells) {
        table.cell(|html| write_cell(page, (side.index, cell), (id, name), html));
    }
    let words = comparison.words(line.difference);
    table.cell(|html| {
        if line.difference == Difference::Neither {
            html.absent(&words);
        } else {
            html.name(&words);
        }
    });
}

/// What a certification says: its own id for the element where it is another, the score, the rating or the outcome.
fn write_cell(
    page: &Frame<'_>,
    (index, cell): (CertificationIx, Cell<'_>),
    (id, name): (&str, &str),
    html: &mut HtmlWriter,
) {
    let catalogue = page.catalogue();
    let certification = catalogue.certification(index);
    let version =
        &catalogue.framework(certification.framework).record.releases[certification.release].version.value;
    let (row, result) = match cell {
        Cell::Row(row, result) => (row, result),
        Cell::NotInScope => {
            html.absent("Not in scope");
            return;
        }
        Cell::NotInRelease(absence) => {
            html.literal("<small>").text(&absence_words(absence, version)).literal("</small>");
            return;
        }
        Cell::OtherFramework => {
            html.literal("<small>Other framework</small>");
            return;
        }
    };
    if *result.element.value != *id {
        html.literal("<a").attribute("href", &result_href(page, index, result)).literal(">");
        html.id(&result.element.value).literal("</a> ");
    }
    if let Value::Score(_) = result.value.value {
        score(page, certification, result, html);
        html.literal(" ");
    }
    if result.value.value != Value::Unstated {
        rating(page, certification, (row, result), html);
    }
    if let Some(coverage) = result.coverage() {
        let coverage = coverage.value;
        html.literal(" <small>").text(&format!("{} of {} submitted", coverage.submitted, coverage.total));
        html.literal("</small>");
    }
    let there = row.element.map(|element| catalogue.element(element));
    let there = there.and_then(|element| element.in_release(usize::from(row.release)).ok());
    if let Some(state) = there.filter(|state| state.name != name) {
        html.literal(" <small>").name(&state.name).literal("</small>");
    }
}

/// Why a release does not have an element.
fn absence_words(absence: Absence, version: &str) -> String {
    match absence {
        Absence::NotYet => format!("Not known in {version}"),
        Absence::Withdrawn => format!("No longer in {version}"),
        Absence::Untraced => format!("Not traced to {version}"),
    }
}
