//! One section an element: each clause with what the report answers, the steps it cites and what it adds.
//!
//! In comes a mapping, out go its elements in the framework's order, their clauses in the report's.
//! A citation is shown as often as it is made, with its own mode, even where that contradicts the step's.

use super::{Reported, element_name};
use crate::catalogue::mapping::{Ends, MappedElement};
use crate::html::{Html, HtmlWriter};
use crate::model::certification::Value;
use crate::model::mapping::{Citation, ClauseRecord};
use crate::pages::Frame;
use crate::pages::excerpt::{clause_anchor, element_anchor, scenario_anchor, step_anchor, support};
use crate::pages::shared::{rating, result_href, score_words};
use crate::route;
use crate::table::{Cells as _, Column, ColumnKind, TableWriter, column};
use crate::view::SectionView;

const COLUMNS: [Column<'static>; 4] = [
    column("Clause", ColumnKind::Name),
    column("Support", ColumnKind::Status),
    column("Steps", ColumnKind::Id),
    column("Note", ColumnKind::Text),
];

/// The sections of all elements.
pub(super) fn sections(page: &Frame<'_>, reported: &Reported<'_>) -> Vec<SectionView> {
    reported.order.iter().map(|at| section(page, reported, *at)).collect()
}

fn section(page: &Frame<'_>, reported: &Reported<'_>, at: usize) -> SectionView {
    let mapped = &reported.mapping.elements[at];
    let id = element_anchor(&mapped.record.element.value);
    let mut title = HtmlWriter::default();
    element_name(page, reported, at, &mut title);
    let has_notes =
        mapped.record.clauses.iter().any(|clause| clause.note.is_some() || !clause.mentions.is_empty());
    let columns = if has_notes { &COLUMNS[..] } else { &COLUMNS[..3] };
    let mut table = TableWriter::under(&format!("{id}-name"), "clauses", columns);
    for (clause, record) in mapped.record.clauses.iter().enumerate() {
        row(reported, (mapped, clause, record), has_notes, &mut table);
    }
    SectionView {
        title: title.finish(),
        line: line(page, reported, at),
        note: mapped.record.note.clone(),
        table: table.finish(),
        id,
    }
}

/// Under the heading: the result, the scenarios, the counts, the printed name.
fn line(page: &Frame<'_>, reported: &Reported<'_>, at: usize) -> Html {
    let Reported { index, certification, mapping, .. } = reported;
    let catalogue = page.catalogue();
    let mapped = &mapping.elements[at];
    let mut html = HtmlWriter::default();
    match mapped.row {
        Some(row) => {
            let result = &certification.record.results[row];
            html.literal("<a").attribute("href", &result_href(page, *index, result));
            html.literal(">");
            match (&result.value.value, catalogue.scale(certification)) {
                (Value::Score(score), Some(scale)) => html.text(&score_words(page.words(), scale, *score)),
                _ => html.text("Result"),
            };
            html.literal("</a>").text(" · ");
            rating(page, certification, (&certification.rows[row], result), &mut html);
        }
        None => {
            html.tag("absent", "No result");
        }
    }
    for scenario in &mapped.scenarios {
        let scenario = &mapping.scenarios[*scenario].record;
        html.text(" · ").link(&route::fragment(&scenario_anchor(&scenario.id.value)), &scenario.name);
    }
    html.text(" · ").text(&page.words().counted(mapped.record.clauses.len(), "clause", "clauses"));
    if let Some(printed) = &mapped.record.name {
        html.text(" · ").literal("<span class=\"printed\">printed as “").name(&printed.value);
        html.literal("”</span>");
    }
    html.finish()
}

fn row(
    reported: &Reported<'_>,
    (mapped, clause, record): (&MappedElement, usize, &ClauseRecord),
    has_notes: bool,
    table: &mut TableWriter,
) {
    let anchor = clause_anchor(&mapped.record.element.value, clause);
    let steps = &mapped.clauses[clause];
    table.row_with(&anchor, "");
    table.header(|html| {
        html.number(clause + 1).text(". ");
        html.name(&record.text.value).literal(" <small>").text(record.part.word()).literal("</small>");
    });
    table.cell(|html| support(record.support.value, html));
    table.cell(|html| citations(reported, &record.evidence, &steps.evidence, html));
    if !has_notes {
        return;
    }
    table.cell(|html| {
        if let Some(note) = &record.note {
            html.name(note);
        }
        if !record.mentions.is_empty() {
            html.literal(if record.note.is_some() { " " } else { "" });
            html.text("Steps named: ");
            citations(reported, &record.mentions, &steps.mentions, html);
        }
    });
}

fn citations(reported: &Reported<'_>, citations: &[Citation], ends: &[Ends], html: &mut HtmlWriter) {
    if citations.is_empty() {
        html.literal("–");
        return;
    }
    for (at, (citation, ends)) in citations.iter().zip(ends).enumerate() {
        html.literal(if at == 0 { "" } else { ", " });
        step(reported, ends.step, &citation.step.value, html);
        if let Some(to) = &citation.to {
            html.text(" – ");
            step(reported, ends.to, &to.value, html);
        }
        // A step and its mode stay on one line.
        if let Some(mode) = citation.mode {
            html.text("\u{a0}·\u{a0}").text(mode.word());
        }
        if let Some(printed) = &citation.printed {
            html.text(" (printed ").name(&printed.value).text(")");
        }
    }
}

fn step(reported: &Reported<'_>, step: Option<usize>, id: &str, html: &mut HtmlWriter) {
    match step {
        Some(step) => {
            let id = &reported.mapping.steps[step].record.id.value;
            html.link(&route::fragment(&step_anchor(id)), id);
        }
        None => {
            html.name(id);
        }
    }
}
