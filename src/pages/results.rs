//! Every row of a certification, grouped by the parent of its element, in the framework's order.
//!
//! In comes a certification, out go its table of results and its table of deviations.
//! A row that the source prints twice is shown twice and counted once; nothing that the source prints is left out.

use std::collections::{BTreeMap, BTreeSet};

use super::shared::{link, measured_score, rating, release_words, row_anchor, score};
use super::{Frame, excerpt, facets, source};
use crate::catalogue::{Catalogue, Certification, ElementIx, Row, Verdict};
use crate::html::{Html, HtmlWriter};
use crate::model::certification::{Location, ResultRecord, Value};
use crate::route::{self, Route};
use crate::table::{Cells as _, ColumnKind, Facet, Heading, TableWriter, Tools, column};
use crate::tally::{ParentCoverage, Tally};
use crate::words::Words;

/// The rows below one parent, with the rows' places in the record.
type Group<'c> = (Option<ElementIx>, Vec<(usize, &'c Row, &'c ResultRecord)>);

/// Rows by the parents of their element, both in the framework's order; rows without a parent come first.
fn groups<'c>(page: &Frame<'c>, certification: &'c Certification) -> Vec<Group<'c>> {
    let catalogue = page.catalogue();
    let order = |element: Option<ElementIx>| {
        element.and_then(|element| catalogue.standing(element, certification.release).order)
    };
    let mut groups: BTreeMap<(Option<u32>, Option<ElementIx>), Vec<_>> = BTreeMap::new();
    for (at, (row, result)) in certification.results().enumerate() {
        if result.value.value == Value::Unstated {
            continue;
        }
        let release = usize::from(row.release);
        let state = row.element.and_then(|element| catalogue.element(element).in_release(release).ok());
        let parents = state.map_or(&[][..], |state| &state.parents);
        // An element with several parents stands below each of them; a row that is printed again, below the first.
        for parent in parents.iter().take(if row.repeated { 1 } else { parents.len() }) {
            groups.entry((order(Some(*parent)), Some(*parent))).or_default().push((at, row, result));
        }
        if parents.is_empty() {
            groups.entry((None, None)).or_default().push((at, row, result));
        }
    }
    let sorted = groups.into_iter().map(|((_, parent), mut rows)| {
        rows.sort_by_key(|(at, row, _)| (order(row.element), *at));
        (parent, rows)
    });
    sorted.collect()
}

/// Whether any row has a number; a scale of names has none.
fn has_scores(certification: &Certification) -> bool {
    certification.record.results.iter().any(|result| matches!(result.value.value, Value::Score(_)))
}

/// The table of all results.
pub(super) fn table(
    page: &Frame<'_>,
    certification: &Certification,
    (whole, coverages): (&Tally, &[ParentCoverage<'_>]),
) -> Option<Html> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let noun = &framework.record.noun;
    let stated = certification.record.results.iter().filter(|result| result.value.value != Value::Unstated);
    let stated = stated.count();
    let words = page.words();
    let summed = whole.rows;
    let rows = words.count("count.rows", stated);
    let note = if summed < stated {
        words.fill("results.summed", &[("rows", rows), ("count", words.number(summed))])
    } else {
        rows
    };
    let note = source::after(&note, page, certification);
    let title = capitalized(&noun.one);
    let has_scores = has_scores(certification);
    let mut columns = vec![column(&title, ColumnKind::Name)];
    if has_scores {
        columns.push(column(words.get("term.score"), ColumnKind::Measure));
    }
    columns.extend([
        column(words.get("term.result"), ColumnKind::Status),
        column(words.get("term.comment"), ColumnKind::Text),
    ]);
    let wanted = &page.context.wanted;
    let names: &[&str] = if has_scores { &["score", "result", "comment"] } else { &["result", "comment"] };
    let is_shown = |at: usize| at == 0 || wanted.shows("results", names[at - 1]);
    let rating = if has_scores { 2 } else { 1 };
    let tools = Tools::default()
        .with_score(has_scores.then_some((1, words.get("term.score"))))
        .with_column(Facet::Rating, rating);
    let heading = Heading::new("results", words.get("results.title"), &note);
    let mut table = TableWriter::showing(heading, &columns, &is_shown).with_tools(tools);
    let mut anchors = BTreeSet::new();
    for (parent, rows) in groups(page, certification) {
        if let Some(parent) = parent {
            let coverage = coverages.iter().find(|coverage| coverage.parent == parent);
            let anchor = group_anchor(catalogue, certification, parent).unwrap_or_default();
            let domain = facets::of_domain(page, parent, certification.release);
            table.group_of(&anchor, domain.as_slice(), |html| {
                group_head(page, certification, (parent, coverage), html);
            });
        }
        for (_, row, result) in rows {
            let plain = row_anchor(&result.element.value);
            let mut anchor = plain.clone();
            let mut numbers = 2..;
            while !anchors.insert(anchor.clone()) {
                anchor = format!("{plain}-{}", numbers.next().expect("numbers never end"));
            }
            write_row(page, certification, (row, result), (&anchor, has_scores), &mut table);
        }
    }
    page.with_file(table, "results")
}

/// The head of a group: the parent as the release calls it, and how much of it was submitted.
fn group_head(
    page: &Frame<'_>,
    certification: &Certification,
    (parent, coverage): (ElementIx, Option<&ParentCoverage<'_>>),
    html: &mut HtmlWriter,
) {
    let catalogue = page.catalogue();
    let element = catalogue.element(parent);
    match element.in_release(certification.release) {
        Ok(state) => {
            html.id(&state.id).literal(" ");
            link(page, Route::Element(parent), &state.name, html);
        }
        Err(_) => link(page, Route::Element(parent), element.name(), html),
    }
    if let Some(coverage) = coverage {
        html.literal(" <small>").text(&coverage_words(page.words(), coverage)).literal("</small>");
    }
}

/// The anchor of the rows below an element, where the release has it.
pub(super) fn group_anchor(
    catalogue: &Catalogue,
    certification: &Certification,
    parent: ElementIx,
) -> Option<String> {
    let state = catalogue.element(parent).in_release(certification.release).ok()?;
    Some(format!("g-{}", route::anchor(&state.id)))
}

/// Whether the results have rows below an element: its coverage may be stated and nothing else.
pub(super) fn has_group(coverage: Option<&ParentCoverage<'_>>) -> bool {
    coverage.is_some_and(|coverage| coverage.tally.rows > 0)
}

/// How many parts were submitted, and of how many, where that is known.
pub(super) fn coverage_of(coverage: &ParentCoverage<'_>) -> (usize, Option<usize>) {
    let computed = coverage.computed;
    let has_total = coverage.is_complete || coverage.stated.is_some();
    (computed.submitted as usize, has_total.then_some(computed.total as usize))
}

/// "3 of 6 submitted", "4 submitted", with what the source states where that differs.
pub(super) fn coverage_words(words: &Words, coverage: &ParentCoverage<'_>) -> String {
    let computed = coverage.computed;
    let has_total = coverage.is_complete || coverage.stated.is_some();
    let key = if has_total { "results.submitted_of" } else { "results.submitted" };
    let [submitted, total] = [computed.submitted, computed.total].map(|count| words.number(count as usize));
    let said = words.fill(key, &[("submitted", submitted), ("total", total)]);
    match coverage.stated.filter(|stated| stated.value != computed) {
        Some(stated) => {
            let stated = format!("{}/{}", stated.value.submitted, stated.value.total);
            words.fill("results.stated_as", &[("coverage", said), ("stated", stated)])
        }
        None => said,
    }
}

fn write_row(
    page: &Frame<'_>,
    certification: &Certification,
    (row, result): (&Row, &ResultRecord),
    (anchor, has_scores): (&str, bool),
    table: &mut TableWriter,
) {
    let catalogue = page.catalogue();
    let class = match catalogue.verdict(certification, row, result) {
        _ if row.repeated => "repeated",
        Verdict::Absent(_) => "missing",
        _ => "",
    };
    let domain = row.element.and_then(|element| facets::of_domain(page, element, usize::from(row.release)));
    table.row_of(anchor, class, domain.as_slice());
    table.header(|html| {
        html.id(&result.element.value).literal(" ");
        match row.element {
            Some(index) => {
                let element = catalogue.element(index);
                let state = element.in_release(usize::from(row.release));
                let name = state.map_or(element.name(), |state| &state.name);
                link(page, Route::Element(index), name, html);
            }
            None => {
                html.absent(page.words().get("absent.unknown"));
            }
        }
        html.permalink(&route::fragment(anchor), page.words().get("term.row_link"));
    });
    if has_scores {
        table.cell(|html| measured_score(page, certification, (row, result), html));
    }
    table.cell(|html| rating(page, certification, (row, result), html));
    table.cell(|html| {
        comment(page, certification, (row, result), html);
        excerpt::link_from_row(page, row.element, html);
    });
}

/// What the source adds to a row, and how it prints it where that is not how this page does.
fn comment(
    page: &Frame<'_>,
    certification: &Certification,
    (row, result): (&Row, &ResultRecord),
    html: &mut HtmlWriter,
) {
    let words = page.words();
    let mut is_first = true;
    let mut part = |html: &mut HtmlWriter, write: &mut dyn FnMut(&mut HtmlWriter)| {
        if !std::mem::take(&mut is_first) {
            html.literal(" ");
        }
        write(html);
    };
    if let Some(comment) = &result.comment {
        part(html, &mut |html| {
            page.comment(certification, (&result.element.value, comment), html);
        });
    }
    let catalogue = page.catalogue();
    if !result.missing().is_empty() {
        part(html, &mut |html| missing_parts(page, certification, (row, result), html));
    }
    if row.repeated {
        part(html, &mut |html| {
            html.text(words.get("results.repeated"));
        });
    }
    let framework = catalogue.framework(certification.framework);
    if usize::from(row.release) != certification.release {
        part(html, &mut |html| {
            let release = release_words(framework, usize::from(row.release));
            html.text(&words.fill("results.by_release", &[("release", release)]));
        });
    }
    let wordings = [
        result.name().map(|name| name.value.as_str()),
        result.label().map(|label| label.value.as_str()),
        result
            .printed
            .as_ref()
            .map(|printed| &*printed.value)
            .filter(|_| prints_otherwise(page, certification, result)),
    ];
    for wording in wordings.into_iter().flatten() {
        part(html, &mut |html| {
            html.literal("<span class=\"printed\">");
            words.write("results.printed", html, |_, html| {
                html.name(wording);
            });
            html.literal("</span>");
        });
    }
    if !result.evidence.is_empty() {
        part(html, &mut |html| evidence(page.words(), result, "", html));
    }
}

/// The evidence of a row, each piece a link where it can be had. `folder` leads to the certification's own files.
pub(super) fn evidence(words: &Words, result: &ResultRecord, folder: &str, html: &mut HtmlWriter) {
    for (at, (title, location)) in result.evidence.iter().enumerate() {
        html.text(if at == 0 { "" } else { words.get("list.comma") });
        match location {
            Location::Web(url) => html.link(url, title),
            Location::File(file) => html.link(&format!("{folder}{}", route::encode_path(&file.value)), title),
            Location::Unpublished => html.name(title),
        };
    }
}

/// The parts of an assessed element that were not submitted, as a sentence.
pub(super) fn missing_parts(
    page: &Frame<'_>,
    certification: &Certification,
    (row, result): (&Row, &ResultRecord),
    html: &mut HtmlWriter,
) {
    let words = page.words();
    words.write("results.missing_parts", html, |_, html| {
        for (at, missing) in result.missing().iter().enumerate() {
            html.text(if at == 0 { "" } else { words.get("list.comma") });
            write_part(page, certification, (usize::from(row.release), &missing.value), html);
        }
    });
}

/// Whether the printed wording tells a reader something that the row does not show already.
fn prints_otherwise(page: &Frame<'_>, certification: &Certification, result: &ResultRecord) -> bool {
    let Some(printed) = &result.printed else { return false };
    match &result.value.value {
        Value::Score(score) => {
            let shown = page.catalogue().scale(certification).map(|scale| scale.score_words(*score));
            let is_same_number =
                printed.value.parse::<rust_decimal::Decimal>().is_ok_and(|number| number == *score);
            shown.as_deref() != Some(&*printed.value) && !is_same_number
        }
        Value::Outcome(outcome) => !printed.value.eq_ignore_ascii_case(outcome.words()),
        _ => true,
    }
}

fn write_part(
    page: &Frame<'_>,
    certification: &Certification,
    (release, id): (usize, &str),
    html: &mut HtmlWriter,
) {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    html.id(id);
    if let Some(index) = framework.releases[release].ids.get(id) {
        let name = catalogue.element(*index).in_release(release).map_or("", |state| &state.name);
        html.literal(" ");
        link(page, Route::Element(*index), name, html);
    }
}

/// What the results leave out: parts of assessed elements that were not submitted.
pub(super) fn deviations(page: &Frame<'_>, certification: &Certification) -> Option<Html> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let title = capitalized(&framework.record.noun.one);
    let has_scores = has_scores(certification);
    let words = page.words();
    let mut columns = vec![column(&title, ColumnKind::Name)];
    if has_scores {
        columns.push(column(words.get("term.score"), ColumnKind::Number));
    }
    columns.push(column(words.get("term.without"), ColumnKind::Text));
    let is_mapped = certification.rows.iter().any(|row| excerpt::deviating(certification, row.element));
    let key = if is_mapped { "results.deviations_note_mapped" } else { "results.deviations_note" };
    let note = words.fill(key, &[("elements", capitalized(&framework.record.noun.many))]);
    let mut table =
        TableWriter::new(Heading::new("deviations", words.get("results.deviations"), &note), &columns);
    for (row, result) in certification.results().filter(|(row, _)| !row.repeated) {
        if result.missing().is_empty() && !excerpt::deviating(certification, row.element) {
            continue;
        }
        table.row();
        table.header(|html| {
            html.literal("<a").attribute("href", &route::fragment(&row_anchor(&result.element.value)));
            html.literal(">").id(&result.element.value).literal("</a> ");
            let element = row.element.map(|element| catalogue.element(element));
            html.name(element.map_or("", |element| element.name()));
        });
        if has_scores {
            table.cell(|html| score(page, certification, result, html));
        }
        table.cell(|html| {
            for (at, missing) in result.missing().iter().enumerate() {
                html.text(if at == 0 { "" } else { words.get("list.comma") });
                write_part(page, certification, (usize::from(row.release), &missing.value), html);
            }
            if excerpt::deviating(certification, row.element) {
                excerpt::deviations(page, row.element, html);
            }
        });
    }
    table.finish()
}

/// A word with its first letter in upper case, for the head of a column.
pub(super) fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
