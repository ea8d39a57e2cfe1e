//! What the colours and marks of a matrix mean, in words and numbers.
//!
//! In comes a part of a matrix, out goes one list for each scale of its certifications and one for the marks of absence.
//! Only what can stand in the table is explained, and unlike scales are never explained as one.

use std::collections::BTreeSet;

use super::Shown;
use super::cells::{STEP_CLASSES, outcome_class};
use crate::html::{Html, HtmlWriter};
use crate::model::certification::{Outcome, Value};
use crate::model::scale::{Scale, Step};
use crate::table::Cells as _;

impl Shown<'_> {
    /// The scales of the certifications, by their place in the framework.
    pub(super) fn scales(&self) -> BTreeSet<usize> {
        let certifications = self.matrix.certifications.iter();
        certifications.filter_map(|index| self.page.catalogue().certification(*index).scale).collect()
    }

    /// Whether numbers of the matrix cannot be compared, because they are of several scales.
    pub(super) fn has_unlike_scales(&self) -> bool {
        self.unlike_scales
    }

    /// The legend; none for a table of sums, whose heads say what they count.
    pub(super) fn legend(&self) -> Option<Html> {
        if self.part.columns.is_empty() {
            return None;
        }
        let mut html = HtmlWriter::default();
        let scales = self.scales();
        for scale in scales.iter().filter_map(|at| self.framework.record.scales.get(*at)) {
            html.literal("<ul class=\"key\">\n<li class=\"note\">").name(&scale.name).literal("</li>\n");
            match scale.range {
                Some(_) => scale.ramp().iter().for_each(|step| step_item(scale, step, &mut html)),
                None => scale.ratings.iter().for_each(|rating| {
                    html.literal("<li>").tag(rating.tone.word(), &rating.label).literal("</li>\n");
                }),
            }
            html.literal("</ul>\n");
        }
        html.literal("<ul class=\"key\">\n");
        for outcome in self.outcomes() {
            html.literal("<li><span class=\"swatch ").literal(outcome_class(outcome)).literal("\"></span> ");
            html.text(match outcome {
                Outcome::NotSubmitted => "not submitted: in scope, and nothing was handed in",
                Outcome::NotAssessed => "not assessed",
                Outcome::NotApplicable => "not applicable",
                Outcome::OutOfScope => "out of scope, as the source says",
            });
            html.literal("</li>\n");
        }
        html.literal(
            "<li><span class=\"swatch outside\"></span> not in scope: the certification does not name it",
        );
        html.literal("</li>\n</ul>\n");
        Some(html.finish())
    }

    /// The reasons for which cells of the table have no score.
    fn outcomes(&self) -> BTreeSet<Outcome> {
        let catalogue = self.page.catalogue();
        let elements = self.part.groups.iter().flat_map(|group| &group.elements);
        let rows = elements.flat_map(|element| catalogue.rows_about(catalogue.element(*element)));
        rows.filter_map(|(.., result)| match result.value.value {
            Value::Outcome(outcome) => Some(outcome),
            _ => None,
        })
        .collect()
    }
}

/// A step of the ramp: its scores, and what they amount to.
fn step_item(scale: &Scale, step: &Step<'_>, html: &mut HtmlWriter) {
    html.literal("<li><span class=\"swatch ").literal(STEP_CLASSES[step.number]).literal("\"></span> ");
    let words = |score| format!("{score:.*}", scale.decimals() as usize);
    if step.lowest == step.highest {
        html.text(&words(step.lowest));
    } else {
        html.text(&format!("{} to {}", words(step.lowest), words(step.highest)));
    }
    for (at, rating) in step.ratings.iter().enumerate() {
        html.literal(if at == 0 { ", " } else { " or " }).name(&rating.label);
    }
    html.literal("</li>\n");
}
