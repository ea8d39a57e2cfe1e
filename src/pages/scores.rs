//! How the scores of one element are distributed over the certifications that scored it.
//!
//! In comes an element, out goes one table for each scale on which enough certifications scored it, a bar for each step or rating.
//! Unlike scales are never put together, and what has no score stands apart and is never a low one.

use std::collections::BTreeMap;

use super::shared::isolated;
use super::{Frame, matrix};
use crate::catalogue::{Element, Row};
use crate::figure::{Measure, Measured as _};
use crate::html::Html;
use crate::model::certification::{Outcome, Value};
use crate::model::scale::Scale;
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};

/// From so many certifications on one scale on, their scores are worth a table.
const ENOUGH: usize = 5;

/// How the scores of an element are distributed: one table for each scale on which enough certifications scored it.
/// What has no score stands in a group of its own.
pub(super) fn of_element(page: &Frame<'_>, element: &Element) -> Vec<Html> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(element.framework);
    let scales = framework.record.scales.iter().enumerate();
    scales.filter_map(|(at, scale)| on_scale(page, element, (at, scale))).collect()
}

fn on_scale(page: &Frame<'_>, element: &Element, (at, scale): (usize, &Scale)) -> Option<Html> {
    let (catalogue, words) = (page.catalogue(), page.words());
    let rows = catalogue.rows_about(element).filter(|(_, certification, row, result)| {
        !row.repeated && certification.scale == Some(at) && result.value.value != Value::Unstated
    });
    let rows: Vec<_> = rows.map(|(_, _, row, result)| (row, &result.value.value)).collect();
    let scored = rows.iter().filter(|(_, value)| !matches!(value, Value::Outcome(_))).count();
    if scored < ENOUGH {
        return None;
    }
    let step_of = |value: &Value| match (value, scale.range) {
        (Value::Score(score), Some(range)) => Some(range.step_of(*score)),
        _ => None,
    };
    let mut bands: Vec<(String, &'static str, usize)> = Vec::new();
    for step in scale.ramp().iter().rev() {
        let count = rows.iter().filter(|(_, value)| step_of(value) == Some(step.number)).count();
        let tone = step.ratings.first().map_or("none", |rating| rating.tone.word());
        bands.push((matrix::scores(words, scale, step), tone, count));
    }
    if scale.range.is_none() {
        for (place, rating) in scale.ratings.iter().enumerate() {
            let is_it = |row: &Row| row.rating.is_some_and(|own| usize::from(own) == place);
            let count =
                rows.iter().filter(|(row, value)| is_it(row) && matches!(value, Value::Rating(_))).count();
            bands.push((rating.label.clone(), rating.tone.word(), count));
        }
    }
    let mut absent: BTreeMap<Outcome, usize> = BTreeMap::new();
    for (_, value) in &rows {
        if let Value::Outcome(outcome) = value {
            *absent.entry(*outcome).or_default() += 1;
        }
    }
    let most = bands.iter().map(|(.., count)| *count).chain(absent.values().copied()).max().unwrap_or(0);
    let id = if at == 0 { "spread".to_owned() } else { format!("spread-{at}") };
    let note = words.count_with("spread.note", rows.len(), &[("scale", &isolated(&scale.name))]);
    let title = words.get("spread.title");
    let heading = Heading { id: &id, class: "spread", title, note: &note, is_part: false };
    let first = if scale.range.is_some() { "spread.score" } else { "spread.rating" };
    let columns = [
        column(words.get(first), ColumnKind::Name),
        column(words.get("spread.certifications"), ColumnKind::Measure),
    ];
    let mut table = TableWriter::new(heading, &columns);
    let row = |table: &mut TableWriter, label: &str, tone, count: usize| {
        table.row();
        table.header(|html| {
            html.name(label);
        });
        table.cell(|html| {
            html.measured(Measure::count(count, most).toned(tone), &words.number(count));
        });
    };
    for (label, tone, count) in &bands {
        row(&mut table, label, tone, *count);
    }
    if !absent.is_empty() {
        table.group("", |html| {
            html.literal("<span>").text(words.get("spread.without")).literal("</span>");
        });
        for (outcome, count) in &absent {
            row(&mut table, words.of(*outcome), "absent", *count);
        }
    }
    table.finish()
}
