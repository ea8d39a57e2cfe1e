//! Every row of a certification, grouped by the parent of its element, in the framework's order.
//!
//! In comes a certification, out go its table of results and its table of deviations.
//! A row that the source prints twice is shown twice and counted once; nothing that the source prints is left out.

use std::collections::BTreeMap;

use super::Frame;
use super::shared::{counted, link, rating, release_words, row_anchor, score, score_or_absent};
use crate::catalogue::{Certification, ElementIx, Row, Verdict};
use crate::html::{Html, HtmlWriter};
use crate::model::certification::{Location, ResultRecord, Value};
use crate::route::{self, Route};
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::tally::{self, ParentCoverage, Tally};

/// The rows below one parent, with the rows' places in the record.
type Group<'c> = (Option<ElementIx>, Vec<(usize, &'c Row, &'c ResultRecord)>);

/// Rows by the first parent of their element, both in the framework's order; rows without a parent come first.
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
        let parent = state.and_then(|state| state.parents.first().copied());
        groups.entry((order(parent), parent)).or_default().push((at, row, result));
    }
    let sorted = groups.into_iter().map(|((_, parent), mut rows)| {
        rows.sort_by_key(|(at, row, _)| (order(row.element), *at));
        (parent, rows)
    });
    sorted.collect()
}

/// The table of all results.
pub(super) fn table(page: &Frame<'_>, certification: &Certification) -> Option<Html> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let noun = &framework.record.noun;
    let stated = certification.record.results.iter().filter(|result| result.value.value != Value::Unstated);
    let note = format!(
        "{}, {}",
        release_words(framework, certification.release),
        counted(stated.count(), "row", "rows")
    );
    let title = capitalized(&noun.one);
    let columns = [
        column(&title, ColumnKind::Name),
        column("Score", ColumnKind::Number),
        column("Result", ColumnKind::Status),
        column("Comment", ColumnKind::Text),
    ];
    let mut table = TableWriter::new(Heading::new("results", "Detailed results", &note), &columns);
    let coverages = tally::coverage(catalogue, certification);
    let mut anchors: BTreeMap<String, usize> = BTreeMap::new();
    for (parent, rows) in groups(page, certification) {
        if let Some(parent) = parent {
            let coverage = coverages.iter().find(|coverage| coverage.parent == parent);
            let element = catalogue.element(parent);
            let anchor = element
                .in_release(certification.release)
                .map_or(String::new(), |state| format!("g-{}", route::anchor(&state.id)));
            table.group(&anchor, |html| group_head(page, certification, (parent, coverage), html));
        }
        for (_, row, result) in rows {
            let mut anchor = row_anchor(&result.element.value);
            let times = anchors.entry(anchor.clone()).or_default();
            *times += 1;
            if *times > 1 {
                anchor = format!("{anchor}-{times}");
            }
            write_row(page, certification, (row, result, &anchor), &mut table);
        }
    }
    table.finish()
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
        html.literal(" <small>").text(&coverage_words(coverage)).literal("</small>");
    }
}

/// "3 of 6 submitted", "4 submitted", with what the source states where that differs.
pub(super) fn coverage_words(coverage: &ParentCoverage<'_>) -> String {
    let computed = coverage.computed;
    let mut words = if coverage.is_complete || coverage.stated.is_some() {
        format!("{} of {} submitted", computed.submitted, computed.total)
    } else {
        format!("{} submitted", computed.submitted)
    };
    if let Some(stated) = coverage.stated.filter(|stated| stated.value != computed) {
        words.push_str(&format!(", stated as {}/{}", stated.value.submitted, stated.value.total));
    }
    words
}

fn write_row(
    page: &Frame<'_>,
    certification: &Certification,
    (row, result, anchor): (&Row, &ResultRecord, &str),
    table: &mut TableWriter,
) {
    let catalogue = page.catalogue();
    let class = match catalogue.verdict(certification, row, result) {
        _ if row.repeated => "repeated",
        Verdict::Absent(_) => "missing",
        _ => "",
    };
    table.row_with(anchor, class);
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
                html.absent("Unknown");
            }
        }
        html.permalink(&route::fragment(anchor));
    });
    table.cell(|html| score(catalogue, certification, result, html));
    table.cell(|html| rating(catalogue, certification, (row, result), html));
    table.cell(|html| comment(page, certification, (row, result), html));
}

/// What the source adds to a row, and how it prints it where that is not how this page does.
fn comment(
    page: &Frame<'_>,
    certification: &Certification,
    (row, result): (&Row, &ResultRecord),
    html: &mut HtmlWriter,
) {
    let mut is_first = true;
    let mut part = |html: &mut HtmlWriter, write: &mut dyn FnMut(&mut HtmlWriter)| {
        if !std::mem::take(&mut is_first) {
            html.literal(" ");
        }
        write(html);
    };
    if let Some(comment) = &result.comment {
        part(html, &mut |html| {
            html.name(comment);
        });
    }
    let catalogue = page.catalogue();
    if !result.missing().is_empty() {
        part(html, &mut |html| {
            html.text("Parts not submitted: ");
            for (at, missing) in result.missing().iter().enumerate() {
                html.literal(if at == 0 { "" } else { ", " });
                write_part(page, certification, (usize::from(row.release), &missing.value), html);
            }
            html.text(".");
        });
    }
    if row.repeated {
        part(html, &mut |html| {
            html.text("The source prints this row a second time; it is counted once.");
        });
    }
    let framework = catalogue.framework(certification.framework);
    if usize::from(row.release) != certification.release {
        part(html, &mut |html| {
            html.text(&format!("By {}.", release_words(framework, usize::from(row.release))));
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
            html.literal("<span class=\"printed\">Printed as “").name(wording).literal("”.</span>");
        });
    }
    for (title, location) in result.evidence() {
        part(html, &mut |html| {
            match location {
                Location::Web(url) => html.link(url, title),
                Location::File(file) => html.link(&format!("{}", route::encode_path(&file.value)), title),
                Location::Unpublished => html.name(title),
            };
        });
    }
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

/// What the results leave out: parts that were not submitted, and what conforms only in part.
pub(super) fn deviations(page: &Frame<'_>, certification: &Certification) -> Option<Html> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let title = capitalized(&framework.record.noun.one);
    let columns = [
        column(&title, ColumnKind::Name),
        column("Score", ColumnKind::Number),
        column("What is left out", ColumnKind::Text),
    ];
    let mut table = TableWriter::new(Heading::new("deviations", "Deviations", ""), &columns);
    for (row, result) in certification.results().filter(|(row, _)| !row.repeated) {
        if result.missing().is_empty() {
            continue;
        }
        table.row();
        table.header(|html| {
            html.literal("<a").attribute("href", &route::fragment(&row_anchor(&result.element.value)));
            html.literal(">").id(&result.element.value).literal("</a> ");
            let element = row.element.map(|element| catalogue.element(element));
            html.name(element.map_or("", |element| element.name()));
        });
        table.cell(|html| score(catalogue, certification, result, html));
        table.cell(|html| {
            for (at, missing) in result.missing().iter().enumerate() {
                html.literal(if at == 0 { "" } else { ", " });
                write_part(page, certification, (usize::from(row.release), &missing.value), html);
            }
        });
    }
    table.finish()
}

/// Coverage by parent: how many of its children were submitted, as computed and as stated.
pub(super) fn coverage(page: &Frame<'_>, certification: &Certification) -> Option<Html> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let noun = &framework.record.noun;
    let title = capitalized(&noun.one);
    let columns = [
        column(&title, ColumnKind::Name),
        column("Submitted", ColumnKind::Number),
        column("Of", ColumnKind::Number),
        column("Stated", ColumnKind::Number),
        column("Full", ColumnKind::Number),
        column("Partial", ColumnKind::Number),
        column("Not submitted", ColumnKind::Number),
        column("Mean", ColumnKind::Number),
    ];
    let note =
        format!("{} submitted of those in {}", noun.many, release_words(framework, certification.release));
    let mut table = TableWriter::new(Heading::new("coverage", "Coverage", &note), &columns);
    let decimals = super::shared::mean_decimals(catalogue, certification);
    for coverage in tally::coverage(catalogue, certification) {
        let Ok(state) = catalogue.element(coverage.parent).in_release(certification.release) else {
            continue;
        };
        table.row();
        table.header(|html| {
            html.id(&state.id).literal(" ");
            link(page, Route::Element(coverage.parent), &state.name, html);
        });
        table.number(coverage.computed.submitted as usize);
        table.cell(|html| {
            if coverage.is_complete || coverage.stated.is_some() {
                html.number(coverage.computed.total as usize);
            } else {
                html.absent("The catalogue does not have all parts");
            }
        });
        table.cell(|html| match coverage.stated {
            Some(stated) if stated.value == coverage.computed => {
                html.text(&format!("{}/{}", stated.value.submitted, stated.value.total));
            }
            Some(stated) => {
                let words = format!("{}/{}", stated.value.submitted, stated.value.total);
                html.tag("warning", &words);
            }
            None => {
                html.absent("Not stated");
            }
        });
        let tally = &coverage.tally;
        table.number(tally.full).number(tally.partial).number(tally.not_submitted);
        table.cell(|html| super::shared::mean(tally, decimals, html));
    }
    table.finish()
}

/// What the rows add up to, by domain, with a last row for all.
pub(super) fn summary(page: &Frame<'_>, certification: &Certification, whole: &Tally) -> Option<Html> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let scale = catalogue.scale(certification);
    let decimals = super::shared::mean_decimals(catalogue, certification);
    let columns = [
        column("Domain", ColumnKind::Name),
        column("Rows", ColumnKind::Number),
        column("Submitted", ColumnKind::Number),
        column("Full", ColumnKind::Number),
        column("Partial", ColumnKind::Number),
        column("None", ColumnKind::Number),
        column("Not submitted", ColumnKind::Number),
        column("Mean", ColumnKind::Number),
        column("Lowest", ColumnKind::Number),
    ];
    let note = match scale {
        Some(scale) => format!("means of what was scored, on the scale “{}”", scale.name),
        None => String::new(),
    };
    let mut table = TableWriter::new(Heading::new("summary", "Summary", &note), &columns);
    let domains = tally::by_domain(catalogue, certification);
    let name = |domain: Option<usize>| {
        domain.map_or("No domain", |domain| framework.record.domains[domain].name.as_str())
    };
    let mut rows: Vec<_> = domains.into_iter().map(|(domain, tally)| (name(domain), tally)).collect();
    if rows.len() != 1 {
        rows.push(("All", whole.clone()));
    }
    for (name, tally) in rows.into_iter().filter(|(_, tally)| tally.rows > 0) {
        table.row();
        table.header(|html| {
            html.name(name);
        });
        for number in [tally.rows, tally.assessed, tally.full, tally.partial, tally.none, tally.not_submitted]
        {
            table.number(number);
        }
        table.cell(|html| super::shared::mean(&tally, decimals, html));
        table.cell(|html| {
            let words = |score| scale.map_or(String::new(), |scale| scale.score_words(score));
            score_or_absent(tally.lowest, words, html);
        });
    }
    table.finish()
}

/// The same by level, where rows of several levels say something: a summary row is not a sum of the others.
pub(super) fn levels(page: &Frame<'_>, certification: &Certification) -> Option<Html> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let levels = tally::by_level(catalogue, certification);
    if levels.len() < 2 {
        return None;
    }
    let columns = [
        column("Level", ColumnKind::Name),
        column("Rows", ColumnKind::Number),
        column("Submitted", ColumnKind::Number),
        column("Full", ColumnKind::Number),
        column("Partial", ColumnKind::Number),
        column("Not submitted", ColumnKind::Number),
        column("Mean", ColumnKind::Number),
    ];
    let note = format!("{} of every level that the source rates", framework.record.noun.many);
    let mut table = TableWriter::new(Heading::new("levels", "By level", &note), &columns);
    let decimals = super::shared::mean_decimals(catalogue, certification);
    for (level, tally) in levels {
        table.row();
        table.header(|html| {
            html.text(&super::shared::level_words(framework, level));
        });
        table.number(tally.rows).number(tally.assessed).number(tally.full).number(tally.partial);
        table.number(tally.not_submitted);
        table.cell(|html| super::shared::mean(&tally, decimals, html));
    }
    table.finish()
}

/// A word with its first letter in upper case, for the head of a column.
pub(super) fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
