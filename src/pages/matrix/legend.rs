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
use crate::words::Words;

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
            if scale.range.is_some() {
                for step in scale.ramp() {
                    step_item(self.words(), scale, &step, &mut html);
                }
            } else {
                for rating in &scale.ratings {
                    html.literal("<li>").tag(rating.tone.word(), &rating.label).literal("</li>\n");
                }
            }
            html.literal("</ul>\n");
        }
        html.literal("<ul class=\"key\">\n");
        for outcome in self.outcomes() {
            html.literal("<li><span class=\"swatch ").literal(outcome_class(outcome)).literal("\"></span> ");
            html.text(self.words().get(match outcome {
                Outcome::NotSubmitted => "matrix.not_submitted",
                Outcome::NotAssessed => "matrix.not_assessed",
                Outcome::NotApplicable => "matrix.not_applicable",
                Outcome::OutOfScope => "matrix.out_of_scope",
            }));
            html.literal("</li>\n");
        }
        html.literal("<li><span class=\"swatch outside\"></span> ");
        html.text(self.words().get("matrix.outside")).literal("</li>\n</ul>\n");
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
fn step_item(words: &Words, scale: &Scale, step: &Step<'_>, html: &mut HtmlWriter) {
    html.literal("<li><span class=\"swatch ").literal(STEP_CLASSES[step.number]).literal("\"></span> ");
    let scores = scores(words, scale, step);
    if step.ratings.is_empty() {
        html.text(&scores).literal("</li>\n");
        return;
    }
    words.write("matrix.rated", html, |name, html| match name {
        "scores" => {
            html.text(&scores);
        }
        _ => {
            for (at, rating) in step.ratings.iter().enumerate() {
                html.text(if at == 0 { "" } else { words.get("matrix.or") }).name(&rating.label);
            }
        }
    });
    html.literal("</li>\n");
}

/// The scores of a step: "4.0 to 4.9", or the only one.
pub(in crate::pages) fn scores(words: &Words, scale: &Scale, step: &Step<'_>) -> String {
    let number = |score| words.decimal(score, scale.decimals());
    if step.lowest == step.highest {
        return number(step.lowest);
    }
    words.fill("matrix.scores", &[("lowest", number(step.lowest)), ("highest", number(step.highest))])
}
