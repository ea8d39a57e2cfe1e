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
use crate::pages::shared::{rating, result_href};
use crate::route;
use crate::table::{Cells as _, ColumnKind, TableWriter, column};
use crate::view::SectionView;

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
    let words = page.words();
    let columns = [
        column(words.get("term.clause"), ColumnKind::Name),
        column(words.get("term.support"), ColumnKind::Status),
        column(words.get("term.steps"), ColumnKind::Id),
        column(words.get("term.note"), ColumnKind::Text),
    ];
    let columns = if has_notes { &columns[..] } else { &columns[..3] };
    let mut table = TableWriter::under(&format!("{id}-name"), "clauses", columns);
    for (clause, record) in mapped.record.clauses.iter().enumerate() {
        row((page, reported), (mapped, clause, record), has_notes, &mut table);
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
                (Value::Score(score), Some(scale)) => html.text(&page.words().score(scale, *score)),
                _ => html.text(page.words().get("term.result")),
            };
            html.literal("</a>").text(" · ");
            rating(page, certification, (&certification.rows[row], result), &mut html);
        }
        None => {
            html.tag("absent", page.words().get("absent.result"));
        }
    }
    for scenario in &mapped.scenarios {
        let scenario = &mapping.scenarios[*scenario].record;
        html.text(" · ").link(&route::fragment(&scenario_anchor(&scenario.id.value)), &scenario.name);
    }
    html.text(" · ").text(&page.words().count("count.clauses", mapped.record.clauses.len()));
    if mapped.is_suspect() {
        html.text(" · ").tag("warning", page.words().get("mapping.suspect"));
    }
    if let Some(printed) = &mapped.record.name {
        html.text(" · ");
        super::printed(page, &printed.value, &mut html);
    }
    html.finish()
}

fn row(
    (page, reported): (&Frame<'_>, &Reported<'_>),
    (mapped, clause, record): (&MappedElement, usize, &ClauseRecord),
    has_notes: bool,
    table: &mut TableWriter,
) {
    let words = page.words();
    let anchor = clause_anchor(&mapped.record.element.value, clause);
    let steps = &mapped.clauses[clause];
    table.row_with(&anchor, "");
    table.header(|html| {
        html.number(clause + 1).text(". ");
        html.name(&record.text.value).literal(" <small>").text(words.of(record.part)).literal("</small>");
    });
    table.cell(|html| support(words, record.support.value, html));
    table.cell(|html| citations((page, reported), &record.evidence, &steps.evidence, html));
    if !has_notes {
        return;
    }
    table.cell(|html| {
        if let Some(note) = &record.note {
            html.name(note);
        }
        if !record.mentions.is_empty() {
            html.literal(if record.note.is_some() { " " } else { "" });
            html.text(words.get("mapping.steps_named"));
            citations((page, reported), &record.mentions, &steps.mentions, html);
        }
    });
}

fn citations(
    (page, reported): (&Frame<'_>, &Reported<'_>),
    citations: &[Citation],
    ends: &[Ends],
    html: &mut HtmlWriter,
) {
    if citations.is_empty() {
        html.literal("–");
        return;
    }
    for (at, (citation, ends)) in citations.iter().zip(ends).enumerate() {
        html.text(if at == 0 { "" } else { page.words().get("list.comma") });
        step(reported, ends.step, &citation.step.value, html);
        if let Some(to) = &citation.to {
            html.text(" – ");
            step(reported, ends.to, &to.value, html);
        }
        // A step and its mode stay on one line.
        if let Some(mode) = citation.mode {
            html.text("\u{a0}·\u{a0}").text(page.words().of(mode));
        }
        if let Some(printed) = &citation.printed {
            page.words().write("mapping.printed_step", html, |_, html| {
                html.name(&printed.value);
            });
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
