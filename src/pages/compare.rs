//! Comparisons: the choice of what to compare, two certifications side by side, and which others lend themselves to it.
//!
//! In come certifications, out go tables in which an element is one row whatever id each release gives it.
//! The same tables for any two to four are made by the theme's script from the data; these here need none.

use std::cell::LazyCell;

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
use crate::words::Words;

/// The page on which readers choose.
pub(super) fn view(page: &Frame<'_>) -> PageView {
    let catalogue = page.catalogue();
    let words = page.words();
    let overlap = &catalogue.overlap;
    let title = |index: CertificationIx| catalogue.certification(index).record.title();
    let pairs = overlap.pairs.iter().map(|pair| LinkView {
        title: words.fill("compare.pair", &[("first", title(pair.first)), ("second", title(pair.second))]),
        href: page.href(Route::Pair(pair.first, pair.second)),
        note: Some(
            words.fill("compare.in_common", &[("elements", elements_words(page, pair.first, pair.elements))]),
        ),
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
        note: pairs_note(words, overlap.pairs.len(), overlap.all),
        matrices: matrices.collect(),
    };
    PageView {
        description: Some(words.get("compare.description").to_owned()),
        crumbs: page.crumbs(&[]),
        content: content.into_value(),
        ..page.page("compare", "compare", words.get("compare.title").to_owned())
    }
}

fn pairs_note(words: &Words, shown: usize, all: usize) -> String {
    match (shown, all) {
        (0, _) => words.get("compare.pairs_none").to_owned(),
        (shown, all) if shown == all => words.get("compare.pairs_all").to_owned(),
        (shown, all) => {
            words.fill("compare.pairs_some", &[("shown", words.number(shown)), ("all", words.number(all))])
        }
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
            note: Some(page.words().fill(
                "compare.near",
                &[
                    ("organization", catalogue.organization_name(linked).to_owned()),
                    ("release", release_words(catalogue.framework(linked.framework), linked.release)),
                    ("elements", elements_words(page, index, *count)),
                ],
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
    let comparison = LazyCell::new(|| Comparison::of(catalogue, pair));
    let [first, second] = pair.map(|index| catalogue.certification(index).record.title());
    let words = page.words();
    let title = words.fill("compare.pair", &[("first", &first), ("second", &second)]);
    let wanted = page.context.wanted.by("comparison");
    let content = ComparisonView {
        lead: wanted.of("lead", || lead(page, &comparison)),
        notes: wanted.of("notes", || notes(page, &comparison)),
        facts: wanted.of("facts", || facts(page, &comparison)),
        sums: wanted.of("sums", || sums(page, &comparison)),
        details: wanted.of("details", || details(page, &comparison)),
        choose: choice_href(page, pair),
    };
    PageView {
        description: Some(words.fill("compare.pair_description", &[("pair", &title)])),
        crumbs: page.crumbs(&[(Route::Compare, words.get("compare.title"))]),
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
    let words = page.words();
    let keys = ["script.compare.first_side", "script.compare.other_side"];
    let sides = [first, second].into_iter().zip(keys).map(|(side, key)| {
        words.fill(key, &[("label", &side.label), ("count", &words.number(side.whole.assessed))])
    });
    let sides: Vec<String> = sides.collect();
    let values = [("elements", words.counted(common, one, many)), ("sides", words.list(&sides))];
    Html::text(&words.count_with("script.compare.lead_both", common, &values))
}

/// What keeps the two from being compared number by number.
fn notes(page: &Frame<'_>, comparison: &Comparison<'_>) -> Vec<String> {
    let catalogue = page.catalogue();
    let (one, many) = noun(page, comparison);
    let [first, second] = comparison.sides.each_ref().map(|side| side.certification);
    let words = page.words();
    let mut notes = Vec::new();
    if first.framework != second.framework {
        notes.push(words.get("script.compare.unlike_frameworks").to_owned());
    } else if first.release != second.release {
        let [first, second] = [first, second]
            .map(|side| &catalogue.framework(side.framework).record.releases[side.release].version.value);
        let releases = words.list(&[first, second]);
        let values = [("releases", releases.as_str()), ("element", one)];
        notes.push(words.fill("script.compare.unlike_releases", &values));
    }
    if !comparison.has_one_scale {
        notes.push(words.get("script.compare.unlike_scales_note").to_owned());
    }
    for (side, certification) in comparison.sides.iter().map(|side| side.certification).enumerate() {
        let untraced = comparison.untraced(side);
        let framework = catalogue.framework(certification.framework);
        let version = &framework.record.releases[certification.release].version.value;
        let elements = words.counted(untraced, one, many);
        let values = [("elements", elements.as_str()), ("release", version)];
        let note = words.count_with("script.compare.untraced", untraced, &values);
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
    let words = page.words();
    let heads = heads(page, words.get("script.compare.fact"), comparison, ColumnKind::Text);
    let mut table =
        TableWriter::with_headers(Heading::new("facts", words.get("script.compare.two"), ""), &heads);
    let mut row = |term: &'static str, write: &dyn Fn(&Certification, &mut HtmlWriter)| {
        table.row().header(|html| {
            html.text(words.get(term));
        });
        for side in &comparison.sides {
            table.cell(|html| write(side.certification, html));
        }
    };
    row("script.compare.organization", &|certification, html| match certification.organization {
        Some(index) => {
            link(page, Route::Organization(index), catalogue.organization_name(certification), html);
        }
        None => {
            html.name(catalogue.organization_name(certification));
        }
    });
    row("script.compare.framework_and_release", &|certification, html| {
        let route = Route::Release(certification.framework, certification.release);
        let title = release_words(catalogue.framework(certification.framework), certification.release);
        link(page, route, &title, html);
    });
    row("script.compare.scale", &|certification, html| match catalogue.scale(certification) {
        Some(scale) => {
            html.name(&scale.name);
        }
        None => {
            html.absent(words.get("script.compare.no_scale"));
        }
    });
    row("script.compare.assessed", &|certification, html| assessed(page, certification, html));
    row("script.compare.status", &|certification, html| status_tag(page, certification, html));
    table.finish()
}

/// What each adds up to, and what both do over the elements that they have in common.
fn sums(page: &Frame<'_>, comparison: &Comparison<'_>) -> Option<Html> {
    let catalogue = page.catalogue();
    let (one, many) = noun(page, comparison);
    let words = page.words();
    let heads = heads(page, words.get("script.compare.count"), comparison, ColumnKind::Number);
    let note = words.fill("script.compare.sums_note", &[("element", one)]);
    let mut table =
        TableWriter::with_headers(Heading::new("sums", words.get("script.compare.summary"), &note), &heads);
    let with_result = words.fill("script.compare.with_result", &[("elements", results::capitalized(many))]);
    for (term, count, is_always_shown) in counts() {
        let counts = comparison.sides.each_ref().map(|side| count(&side.whole));
        if is_always_shown || counts.into_iter().any(|count| count > 0) {
            let term = if term.is_empty() { &with_result } else { words.get(term) };
            counted_row(&mut table, term, counts);
        }
    }
    counted_row(
        &mut table,
        words.get("script.compare.assessed_both"),
        comparison.sides.each_ref().map(|side| side.common.assessed),
    );
    let is_scored = comparison.sides.iter().all(|side| side.common.scored > 0);
    table.row().header(|html| {
        html.text(words.get("script.compare.mean"));
    });
    for side in &comparison.sides {
        table.cell(|html| match (comparison.has_one_scale, is_scored) {
            (true, true) => {
                mean(page.words(), &side.common, mean_decimals(catalogue, side.certification), html);
            }
            (true, false) => {
                html.absent(words.get("script.compare.nothing_both"));
            }
            (false, _) => {
                html.absent(words.get("script.compare.unlike"));
            }
        });
    }
    let left_out = comparison.sides.each_ref().map(|side| side.whole.assessed - side.common.assessed);
    counted_row(&mut table, words.get("script.compare.left_out"), left_out);
    table.finish()
}

/// A count of a summary: its key (empty for the rows themselves), how it is taken, and whether it is shown when it is 0.
type Count = (&'static str, fn(&Tally) -> usize, bool);

fn counts() -> [Count; 8] {
    [
        ("", |tally| tally.rows, true),
        ("script.compare.submitted", |tally| tally.assessed, true),
        ("script.compare.full", |tally| tally.full, true),
        ("script.compare.partial", |tally| tally.partial, true),
        ("script.compare.none", |tally| tally.none, false),
        ("script.compare.neutral", |tally| tally.neutral, false),
        ("script.compare.not_submitted", |tally| tally.not_submitted, true),
        ("script.compare.otherwise_absent", |tally| tally.otherwise_absent, false),
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
    let words = page.words();
    let elements = words.counted(comparison.lines.len(), one, many);
    let note = words.fill("script.compare.details_note", &[("elements", elements)]);
    let mut heads = heads(page, &results::capitalized(one), comparison, ColumnKind::Status);
    heads.push((ColumnKind::Text, Html::text(words.get("script.compare.difference"))));
    let heading = Heading {
        id: "details",
        class: "details",
        title: words.get("script.compare.details"),
        note: &note,
        is_part: false,
    };
    let mut table = TableWriter::with_headers(heading, &heads);
    for lines in comparison.lines.chunk_by(|a, b| a.cover == b.cover) {
        let cover = lines[0].cover;
        let only = |side: usize| {
            words.fill("script.compare.cover_only", &[("label", &comparison.sides[side].label)])
        };
        let title = match cover {
            Cover::Both => words.get("script.compare.cover_both").to_owned(),
            Cover::First => only(0),
            Cover::Second => only(1),
            Cover::Neither => words.get("script.compare.cover_neither").to_owned(),
        };
        table.group("", |html| {
            html.name(&title)
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
    let words = comparison.words(page.words(), line.difference);
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
            html.absent(page.words().get("script.compare.in_scope"));
            return;
        }
        Cell::NotInRelease(absence) => {
            html.literal("<small>").text(&absence_words(page.words(), absence, version)).literal("</small>");
            return;
        }
        Cell::OtherFramework => {
            html.literal("<small>")
                .text(page.words().get("script.compare.other_framework"))
                .literal("</small>");
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
        let words = page.words();
        let counts = [("submitted", coverage.submitted), ("total", coverage.total)];
        let counts = counts.map(|(name, count)| (name, words.number(count as usize)));
        html.literal(" <small>").text(&words.fill("script.compare.of", &counts)).literal("</small>");
    }
    let there = row.element.map(|element| catalogue.element(element));
    let there = there.and_then(|element| element.in_release(usize::from(row.release)).ok());
    if let Some(state) = there.filter(|state| state.name != name) {
        html.literal(" <small>").name(&state.name).literal("</small>");
    }
}

/// Why a release does not have an element.
fn absence_words(words: &Words, absence: Absence, version: &str) -> String {
    let key = match absence {
        Absence::NotYet => "script.compare.not_known",
        Absence::Withdrawn => "script.compare.withdrawn",
        Absence::Untraced => "script.compare.not_traced",
    };
    words.fill(key, &[("release", version)])
}
