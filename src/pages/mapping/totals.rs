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

const COUNTS: [Column<'static>; 9] = [
    column("Clauses", ColumnKind::Number),
    column("Supported", ColumnKind::Number),
    column("Partially", ColumnKind::Number),
    column("Not", ColumnKind::Number),
    column("Otherwise", ColumnKind::Number),
    column("Citations", ColumnKind::Number),
    column("Automated", ColumnKind::Number),
    column("Manual", ColumnKind::Number),
    column("Both", ColumnKind::Number),
];
const WITHOUT_MODE: Column<'static> = column("No mode", ColumnKind::Number);

fn columns<'a>(first: &'a str, second: &'a str, total: &Report) -> Vec<Column<'a>> {
    let mut columns = vec![column(first, ColumnKind::Name), column(second, ColumnKind::Number)];
    columns.extend(COUNTS);
    columns.extend((total.without_mode > 0).then_some(WITHOUT_MODE));
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
    let heading = format!("By {}", noun.one);
    let note = "clauses by what the report answers, citations by how the step is done";
    let total = report::whole(mapping);
    let columns = columns(&title, "Score", &total);
    let mut table = TableWriter::new(Heading::new("totals", &heading, note), &columns);
    for at in &reported.order {
        let mapped = &mapping.elements[*at];
        let id = &mapped.record.element.value;
        table.row();
        table.header(|html| {
            html.literal("<a").attribute("href", &route::fragment(&element_anchor(id))).literal(">");
            html.id(id).literal(" ").name(&name(page, reported, *at)).literal("</a>");
        });
        table.cell(|html| match mapped.row {
            Some(row) => score(page, certification, &certification.record.results[row], html),
            None => {
                html.absent("No result");
            }
        });
        counts(&report::of_element(mapping, *at), &total, &mut table);
    }
    if reported.order.len() > 1 {
        table.row();
        table.header(|html| {
            html.text("All");
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
    let total = report::whole(mapping);
    let mut columns = columns("Scenario", &many, &total);
    columns.insert(1, column("Steps", ColumnKind::Number));
    let note = format!(
        "clauses of its {}, citations of its steps; one that takes part in two scenarios counts in both",
        noun.many
    );
    let mut table = TableWriter::new(Heading::new("split", "By scenario", &note), &columns);
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
            html.text(&page.words().counted(mapping.scenarios.len(), "scenario", "scenarios"));
        });
        table.number(mapping.steps.len()).number(mapping.elements.len());
        counts(&total, &total, &mut table);
    }
    table.finish()
}
