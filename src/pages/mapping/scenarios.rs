//! The other direction: each scenario with its steps, and for each step every clause that cites it.
//!
//! In comes a mapping, out go a section and a matrix for each scenario, and the steps that nothing cites.
//! The matrix is an ordinary table of links, so that it can be read with a keyboard and on a phone.

use std::collections::BTreeSet;

use super::{Reported, name};
use crate::catalogue::mapping::{ClauseAt, Mapping, Scenario, Step};
use crate::html::{Html, HtmlWriter};
use crate::model::mapping::Mode;
use crate::pages::Frame;
use crate::pages::excerpt::{clause_anchor, element_anchor, scenario_anchor, step_anchor};
use crate::route;
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::tally::report;
use crate::view::SectionView;
use crate::words::Words;

/// The sections of all scenarios.
pub(super) fn sections(page: &Frame<'_>, reported: &Reported<'_>) -> Vec<SectionView> {
    let scenarios = reported.mapping.scenarios.iter();
    scenarios.map(|scenario| section(page, reported, scenario)).collect()
}

fn section(page: &Frame<'_>, reported: &Reported<'_>, scenario: &Scenario) -> SectionView {
    let mapping = reported.mapping;
    let id = scenario_anchor(&scenario.record.id.value);
    let words = page.words();
    let columns = [
        column(words.get("term.step"), ColumnKind::Name),
        column(words.get("term.done"), ColumnKind::Status),
        column(words.get("term.cited"), ColumnKind::Number),
        column(words.get("mapping.citing"), ColumnKind::Text),
    ];
    let mut table = TableWriter::under(&format!("{id}-name"), "steps", &columns);
    for at in scenario.steps.clone() {
        let step = &mapping.steps[at];
        table.row_with(&step_anchor(&step.record.id.value), "");
        table.header(|html| step_head(words, step, html));
        table.cell(|html| done(words, mapping, at, html));
        // On a narrow screen the number stands without its heading.
        table.cell(|html| {
            html.number(step.cited.len()).text("×");
        });
        table.cell(|html| back_links(page, reported, step, html));
    }
    SectionView {
        title: Html::text(&scenario.record.name),
        line: line(page, mapping, scenario),
        note: scenario.record.note.clone(),
        table: table.finish(),
        id,
    }
}

fn line(page: &Frame<'_>, mapping: &Mapping, scenario: &Scenario) -> Html {
    let cited: usize = mapping.steps[scenario.steps.clone()].iter().map(|step| step.cited.len()).sum();
    let mut html = HtmlWriter::default();
    html.id(&scenario.record.id.value).text(" · ");
    html.text(&page.words().count("count.steps", scenario.steps.len())).text(" · ");
    html.text(&page.words().count("count.citations", cited));
    for printed in &scenario.record.printed {
        html.text(" · ");
        super::printed(page, &printed.value, &mut html);
    }
    html.finish()
}

fn step_head(words: &Words, step: &Step, html: &mut HtmlWriter) {
    html.name(&step.record.id.value);
    if let Some(name) = &step.record.name {
        html.literal(" ").name(name);
    }
    if let Some(actor) = &step.record.actor {
        html.literal(" <small>");
        words.write("mapping.by_actor", html, |_, html| {
            html.name(actor);
        });
        html.literal("</small>");
    }
    if let Some(description) = &step.record.description {
        html.literal(" <small>").name(description).literal("</small>");
    }
}

/// How a step is done by its scenario, and how it is cited where that is not one and the same.
fn done(words: &Words, mapping: &Mapping, at: usize, html: &mut HtmlWriter) {
    let own = mapping.steps[at].record.mode.as_ref().map(|mode| mode.value);
    let printed = report::printed_modes(mapping, at);
    let word = |mode: Option<Mode>| mode.map_or(words.get("mapping.without_mode"), |mode| words.of(mode));
    match own {
        Some(own) => {
            html.text(words.of(own));
        }
        None if printed.len() == 1 && printed[0].0.is_some() => {
            html.text(word(printed[0].0));
            return;
        }
        None => {
            html.absent(words.get("absent.mode"));
        }
    }
    if printed.iter().any(|(mode, _)| *mode != own) {
        let counts = printed.iter().map(|(mode, count)| {
            words.fill("mapping.times", &[("mode", word(*mode)), ("count", &words.number(*count))])
        });
        let counts: Vec<String> = counts.collect();
        let cited = words.fill("mapping.cited_as", &[("modes", &counts.join(words.get("list.comma")))]);
        html.literal(" <small>").text(&cited).literal("</small>");
    }
}

/// Every clause that refers to a step, by element: cited, named in a note, or within a range that is cited.
fn back_links(page: &Frame<'_>, reported: &Reported<'_>, step: &Step, html: &mut HtmlWriter) {
    if step.is_unused() {
        html.tag("absent", page.words().get("mapping.never_cited"));
        return;
    }
    let named: Vec<ClauseAt> = step.mentioned.iter().copied().filter(|at| !step.cited.contains(at)).collect();
    for (key, list) in [
        ("mapping.citing_clauses", &step.cited),
        ("mapping.named_by", &named),
        ("mapping.within_range", &step.within),
    ] {
        let clauses: BTreeSet<ClauseAt> = list.iter().copied().collect();
        if clauses.is_empty() {
            continue;
        }
        page.words().write(key, html, |_, html| clause_links(page, reported, &clauses, html));
        html.text(" ");
    }
}

/// Clauses by their element, each linked to its row.
fn clause_links(
    page: &Frame<'_>,
    reported: &Reported<'_>,
    clauses: &BTreeSet<ClauseAt>,
    html: &mut HtmlWriter,
) {
    let words = page.words();
    let elements = reported.order.iter().filter(|at| clauses.iter().any(|clause| clause.element == **at));
    for (nth, at) in elements.enumerate() {
        let id = &reported.mapping.elements[*at].record.element.value;
        html.literal(if nth == 0 { "" } else { "; " });
        for (nth, clause) in clauses.iter().filter(|clause| clause.element == *at).enumerate() {
            let number = words.number(clause.clause + 1);
            let text = match nth {
                0 => words.fill("mapping.clause_of", &[("id", &**id), ("number", &number)]),
                _ => number,
            };
            html.text(if nth == 0 { "" } else { words.get("list.comma") }).literal("<a");
            html.attribute("href", &route::fragment(&clause_anchor(id, clause.clause)));
            if nth == 0 {
                html.attribute("title", &name(page, reported, *at));
            }
            html.literal(">").text(&text).literal("</a>");
        }
    }
}

/// Steps by elements, one matrix a scenario.
pub(super) fn matrices(page: &Frame<'_>, reported: &Reported<'_>) -> Vec<Html> {
    let scenarios = reported.mapping.scenarios.iter().enumerate();
    scenarios.filter_map(|(at, scenario)| matrix(page, reported, (at, scenario))).collect()
}

fn matrix(page: &Frame<'_>, reported: &Reported<'_>, (at, scenario): (usize, &Scenario)) -> Option<Html> {
    let mapping = reported.mapping;
    let noun = &page.catalogue().framework(reported.certification.framework).record.noun;
    let takes_part = report::elements_of(mapping, at);
    let elements: Vec<usize> =
        reported.order.iter().copied().filter(|element| takes_part.contains(element)).collect();
    if elements.is_empty() {
        return None;
    }
    let id = format!("matrix-{}", route::anchor(&scenario.record.id.value));
    let title = &scenario.record.name;
    let words = page.words();
    let values = [
        ("steps", words.count("count.steps", scenario.steps.len())),
        ("elements", words.counted(elements.len(), &noun.one, &noun.many)),
    ];
    let note = words.fill("mapping.matrix_note", &values);
    let heading = Heading { id: &id, class: "matrix", title, note: &note, is_part: true };
    let first = (ColumnKind::Id, Html::text(words.get("term.step")));
    let heads = elements.iter().map(|element| {
        let id = &mapping.elements[*element].record.element.value;
        let mut html = HtmlWriter::default();
        let title = format!("{id} {}", name(page, reported, *element));
        html.link(&route::fragment(&element_anchor(id)), &title);
        (ColumnKind::Cell, html.finish())
    });
    let heads: Vec<(ColumnKind, Html)> = std::iter::once(first).chain(heads).collect();
    let mut table = TableWriter::with_headers(heading, &heads);
    for step in scenario.steps.clone() {
        let record = &mapping.steps[step].record;
        table.row();
        table.header(|html| {
            html.literal("<a").attribute("href", &route::fragment(&step_anchor(&record.id.value)));
            html.literal(">").text(&record.id.value).literal("</a>");
        });
        for element in &elements {
            table.cell(|html| cell(mapping, (step, *element), html));
        }
    }
    table.finish()
}

/// The modes with which an element cites a step, as a link to the first of its clauses that does.
fn cell(mapping: &Mapping, (step, element): (usize, usize), html: &mut HtmlWriter) {
    let clauses: BTreeSet<ClauseAt> =
        mapping.steps[step].cited.iter().copied().filter(|at| at.element == element).collect();
    let Some(first) = clauses.first() else {
        html.literal("–");
        return;
    };
    let cited = clauses.iter().flat_map(|at| mapping.cited_by(*at));
    let modes: BTreeSet<Option<Mode>> =
        cited.filter(|cited| cited.step == Some(step)).map(|cited| mapping.mode(&cited)).collect();
    let mut letters: Vec<&str> = modes.iter().flatten().copied().map(Mode::letters).collect();
    letters.extend(modes.contains(&None).then_some("?"));
    let id = &mapping.elements[element].record.element.value;
    html.literal("<a").attribute("href", &route::fragment(&clause_anchor(id, first.clause))).literal(">");
    html.text(&letters.join("/")).literal("</a>");
}

/// The steps of all scenarios that nothing cites.
pub(super) fn uncited(page: &Frame<'_>, reported: &Reported<'_>) -> Option<Html> {
    let mapping = reported.mapping;
    let words = page.words();
    let columns = [
        column(words.get("term.step"), ColumnKind::Name),
        column(words.get("term.scenario"), ColumnKind::Text),
    ];
    let unused: Vec<&Step> = mapping.steps.iter().filter(|step| step.is_unused()).collect();
    let note = words.count("mapping.uncited_note", unused.len());
    let heading = Heading::new("uncited", words.get("mapping.uncited"), &note);
    let mut table = TableWriter::new(heading, &columns);
    for step in unused {
        table.row();
        table.header(|html| {
            html.literal("<a").attribute("href", &route::fragment(&step_anchor(&step.record.id.value)));
            html.literal(">").id(&step.record.id.value).literal("</a>");
            if let Some(name) = &step.record.name {
                html.literal(" ").name(name);
            }
        });
        table.cell(|html| {
            html.name(&mapping.scenarios[step.scenario].record.name);
        });
    }
    table.finish()
}
