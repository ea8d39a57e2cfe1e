//! What a certification report adds up to, element by element and scenario by scenario.
//!
//! In comes a mapping, out go two tables of counts, each with a last row for all.
//! An element of two scenarios counts in both, so the rows of scenarios do not add up to the last one; the note says so.

use super::{Reported, name};
use crate::html::{Html, HtmlWriter};
use crate::pages::Frame;
use crate::pages::excerpt::{element_anchor, scenario_anchor};
use crate::pages::results::capitalized;
use crate::pages::shared::score;
use crate::route;
use crate::table::{Cells as _, Column, ColumnKind, Heading, TableWriter, column};
use crate::tally::report::{self, Report};
use crate::words::Words;

/// The headings of the counts, as keys; the last one only where something has no mode.
const COUNTS: [&str; 10] = [
    "term.clauses",
    "mapping.supported",
    "mapping.partially",
    "mapping.not",
    "mapping.otherwise_answered",
    "term.citations",
    "mapping.automated",
    "mapping.manual",
    "mapping.both",
    "mapping.no_mode",
];

fn columns<'a>(words: &'a Words, first: &'a str, second: &'a str, total: &Report) -> Vec<Column<'a>> {
    let mut columns = vec![column(first, ColumnKind::Name), column(second, ColumnKind::Number)];
    let counts = if total.without_mode > 0 { &COUNTS[..] } else { &COUNTS[..COUNTS.len() - 1] };
    columns.extend(counts.iter().map(|key| column(words.get(key), ColumnKind::Number)));
    columns
}

fn counts(report: &Report, total: &Report, table: &mut TableWriter) {
    table.number(report.clauses).number(report.full).number(report.partial).number(report.none);
    table.number(report.otherwise).number(report.citations);
    table.number(report.automated).number(report.manual).number(report.both);
    if total.without_mode > 0 {
        table.number(report.without_mode);
    }
}

/// One row an element, in the framework's order.
pub(super) fn by_element(page: &Frame<'_>, reported: &Reported<'_>) -> Option<Html> {
    let Reported { certification, mapping, .. } = reported;
    let catalogue = page.catalogue();
    let noun = &catalogue.framework(certification.framework).record.noun;
    let title = capitalized(&noun.one);
    let words = page.words();
    let heading = words.fill("mapping.by_element", &[("element", &noun.one)]);
    let note = words.get("mapping.by_element_note");
    let total = report::whole(mapping);
    let columns = columns(words, &title, words.get("term.score"), &total);
    let mut table = TableWriter::new(Heading::new("totals", &heading, note), &columns);
    for at in &reported.order {
        let mapped = &mapping.elements[*at];
        let id = &mapped.record.element.value;
        table.row();
        table.header(|html| {
            let href = route::fragment(&element_anchor(id));
            html.id(id).literal(" ").link(&href, &name(page, reported, *at));
        });
        table.cell(|html| match mapped.row {
            Some(row) => score(page, certification, &certification.record.results[row], html),
            None => {
                html.absent(words.get("absent.result"));
            }
        });
        counts(&report::of_element(mapping, *at), &total, &mut table);
    }
    if reported.order.len() > 1 {
        table.row();
        table.header(|html| {
            html.text(words.get("term.all"));
        });
        table.text("");
        counts(&total, &total, &mut table);
    }
    table.finish()
}

/// One row a scenario, as listed.
pub(super) fn by_scenario(page: &Frame<'_>, reported: &Reported<'_>) -> Option<Html> {
    let Reported { certification, mapping, .. } = reported;
    let noun = &page.catalogue().framework(certification.framework).record.noun;
    let many = capitalized(&noun.many);
    let words = page.words();
    let total = report::whole(mapping);
    let mut columns = columns(words, words.get("term.scenario"), &many, &total);
    columns.insert(1, column(words.get("term.steps"), ColumnKind::Number));
    let note = words.fill("mapping.by_scenario_note", &[("elements", &noun.many)]);
    let mut table =
        TableWriter::new(Heading::new("split", words.get("mapping.by_scenario"), &note), &columns);
    for (at, scenario) in mapping.scenarios.iter().enumerate() {
        table.row();
        let anchor = scenario_anchor(&scenario.record.id.value);
        table.header(|html: &mut HtmlWriter| {
            html.link(&route::fragment(&anchor), &scenario.record.name);
        });
        table.number(scenario.steps.len()).number(report::elements_of(mapping, at).len());
        counts(&report::of_scenario(mapping, at), &total, &mut table);
    }
    if mapping.scenarios.len() > 1 {
        table.row();
        table.header(|html| {
            html.text(&words.count("count.scenarios", mapping.scenarios.len()));
        });
        table.number(mapping.steps.len()).number(mapping.elements.len());
        counts(&total, &total, &mut table);
    }
    table.finish()
}
