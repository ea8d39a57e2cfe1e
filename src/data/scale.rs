//! Scales and totals as data: how results are expressed, and what they add up to.
//!
//! In come a scale or a tally, out go exact numbers as texts and counts as numbers.
//! What nothing was counted for has no mean: it is absent with its reason and never 0.

use schemars::JsonSchema;
use serde::Serialize;

use super::value::Exact;
use crate::model::scale::Scale;
use crate::tally::Tally;

/// How results are expressed: by numbers with ratings from thresholds on, or by ratings alone.
#[derive(Serialize, JsonSchema)]
pub(super) struct ScaleFacts<'c> {
    /// Its id within the framework.
    id: &'c str,
    /// Its name.
    name: &'c str,
    /// What readers should know about it; `null` where nothing is stated.
    note: Option<&'c str>,
    /// The lowest score; `null` on a scale of named ratings.
    min: Option<Exact>,
    /// The highest score; `null` on a scale of named ratings.
    max: Option<Exact>,
    /// The distance between two scores; `null` on a scale of named ratings.
    step: Option<Exact>,
    /// Whether a parent's result sums up those of its children, so that counts leave it out.
    summarizes_children: bool,
    /// Its ratings; on a scale of numbers the highest threshold comes first.
    ratings: Vec<RatingFacts<'c>>,
}

/// A rating of a scale.
#[derive(Serialize, JsonSchema)]
struct RatingFacts<'c> {
    /// The id by which results give it; `null` on a scale of numbers, whose ratings follow from scores.
    id: Option<&'c str>,
    /// What the scale calls it.
    label: &'c str,
    /// What it stands for, whatever it is called.
    #[schemars(extend("enum" = ["full", "partial", "none", "neutral"]))]
    tone: &'static str,
    /// The lowest score that reaches it; `null` on a scale of named ratings.
    from: Option<Exact>,
    /// What it means, in a sentence; `null` where nothing is stated.
    meaning: Option<&'c str>,
}

/// What rows add up to: each element once, summary rows and repeated rows apart.
#[derive(Serialize, JsonSchema)]
pub(super) struct Totals {
    /// Rows that say something of their element: the assessed, the not submitted and the otherwise absent.
    rows: usize,
    /// Rows with a score or a rating; the four that follow add up to it.
    assessed: usize,
    /// Of these, by what their ratings stand for: everything conforms.
    full: usize,
    /// A part conforms.
    partial: usize,
    /// Nothing conforms.
    none: usize,
    /// Neither good nor bad.
    neutral: usize,
    /// Rows in scope for which nothing was handed in.
    not_submitted: usize,
    /// Rows without a score for another reason.
    otherwise_absent: usize,
    /// Rows with a score, which the mean is of.
    scored: usize,
    /// The mean of the scores to four decimals, halves away from zero; `null` where `scored` is 0.
    mean: Option<Exact>,
    /// The lowest score; `null` where `scored` is 0.
    lowest: Option<Exact>,
    /// The highest score; `null` where `scored` is 0.
    highest: Option<Exact>,
}

impl From<&Tally> for Totals {
    fn from(tally: &Tally) -> Self {
        Self {
            rows: tally.rows,
            assessed: tally.assessed,
            full: tally.full,
            partial: tally.partial,
            none: tally.none,
            neutral: tally.neutral,
            not_submitted: tally.not_submitted,
            otherwise_absent: tally.otherwise_absent,
            scored: tally.scored,
            mean: tally.mean(4).map(Exact),
            lowest: tally.lowest.map(Exact),
            highest: tally.highest.map(Exact),
        }
    }
}

impl<'c> ScaleFacts<'c> {
    /// The facts of a scale.
    pub(super) fn of(scale: &'c Scale) -> Self {
        let ratings = scale.ratings.iter().map(|rating| RatingFacts {
            id: rating.id.as_ref().map(|id| id.value.as_str()),
            label: &rating.label,
            tone: rating.tone.word(),
            from: rating.from.map(Exact),
            meaning: rating.meaning.as_deref(),
        });
        Self {
            id: &scale.id.value,
            name: &scale.name,
            note: scale.note.as_deref(),
            min: scale.range.map(|range| Exact(range.min)),
            max: scale.range.map(|range| Exact(range.max)),
            step: scale.range.map(|range| Exact(range.step)),
            summarizes_children: scale.summarizes_children,
            ratings: ratings.collect(),
        }
    }
}
