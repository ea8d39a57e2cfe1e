//! The steps in which pages shade the scores of a scale: five of equal width below the highest score, and the highest itself.
//!
//! In comes a numeric scale, out goes the step of a score, and for each step the scores that lie on it.
//! All arithmetic is decimal and checked: a scale with numbers beyond reason shades coarsely and fails nowhere.

use rust_decimal::Decimal;

use super::{Range, Rating, Scale};

/// How many steps there are.
pub const STEPS: usize = 6;

/// The scores of one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<'s> {
    /// Its number, from 0 for the lowest scores.
    pub number: usize,
    /// The lowest score on it.
    pub lowest: Decimal,
    /// The highest.
    pub highest: Decimal,
    /// The ratings that its scores have, the best first.
    pub ratings: Vec<&'s Rating>,
    /// Whether some of its scores reach no rating.
    pub has_unrated: bool,
}

impl Range {
    /// The step that a score lies on.
    pub fn step_of(self, score: Decimal) -> usize {
        if score >= self.max {
            return STEPS - 1;
        }
        let width = self.max.checked_sub(self.min);
        let share = score.checked_sub(self.min).and_then(|above| above.checked_mul(Decimal::from(STEPS - 1)));
        let share = share.zip(width).and_then(|(share, width)| share.checked_div(width));
        let step = share.and_then(|share| usize::try_from(share.floor().max(Decimal::ZERO)).ok());
        step.unwrap_or(0).min(STEPS - 2)
    }

    /// The lowest and the highest score of a step, of those that the scale has.
    fn scores_of(self, step: usize) -> Option<(Decimal, Decimal)> {
        if step == STEPS - 1 {
            return Some((self.max, self.max));
        }
        let lowest = self.first_from(step)?;
        let highest = match step {
            // The scale's steps may not reach its end: what lies below that is on the step before.
            4 => self.first_at(self.max)?.checked_sub(self.step)?,
            _ => self.first_from(step + 1)?.checked_sub(self.step)?,
        };
        (lowest <= highest).then_some((lowest, highest))
    }

    /// The lowest score of the scale on a step or above it.
    fn first_from(self, step: usize) -> Option<Decimal> {
        let width = self.max.checked_sub(self.min)?;
        let share = width.checked_mul(Decimal::from(step))?.checked_div(Decimal::from(STEPS - 1))?;
        self.first_at(self.min.checked_add(share)?)
    }

    /// The lowest score of the scale that is not below a number.
    fn first_at(self, number: Decimal) -> Option<Decimal> {
        let steps = number.checked_sub(self.min)?.checked_div(self.step)?.ceil();
        self.min.checked_add(self.step.checked_mul(steps)?)
    }
}

impl Scale {
    /// The steps that have scores, from the lowest; none on a scale of names.
    pub fn ramp(&self) -> Vec<Step<'_>> {
        let Some(range) = self.range else { return Vec::new() };
        let steps = (0..STEPS).filter_map(|number| {
            let (lowest, highest) = range.scores_of(number)?;
            // Ratings of a numeric scale begin at thresholds, the highest first: those from the best that is reached to the last that is.
            let best = self.rating_of(highest);
            let last = self.rating_of(lowest);
            let end = last.map_or(self.ratings.len(), |last| last + 1);
            let ratings = best.map_or(&[][..], |best| &self.ratings[best..end]);
            let ratings = ratings.iter().filter(|rating| rating.from.is_some()).collect();
            Some(Step { number, lowest, highest, ratings, has_unrated: last.is_none() })
        });
        steps.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(min: &str, max: &str, step: &str) -> Range {
        let number = |text: &str| text.parse().unwrap();
        Range { min: number(min), max: number(max), step: number(step) }
    }

    fn scores(range: Range) -> Vec<(usize, String)> {
        let steps = (0..STEPS).filter_map(|step| Some((step, range.scores_of(step)?)));
        steps
            .map(|(step, (lowest, highest))| {
                (step, format!("{}–{}", lowest.normalize(), highest.normalize()))
            })
            .collect()
    }

    #[test]
    fn a_scale_from_0_to_5_has_a_step_for_every_whole_number() {
        let range = range("0", "5", "0.1");
        for (score, step) in [("0", 0), ("0.9", 0), ("1", 1), ("3.9", 3), ("4.9", 4), ("5", 5)] {
            assert_eq!(range.step_of(score.parse().unwrap()), step, "{score}");
        }
        let expected = ["0–0.9", "1–1.9", "2–2.9", "3–3.9", "4–4.9", "5–5"];
        assert_eq!(scores(range).into_iter().map(|(_, scores)| scores).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_step_without_a_score_is_not_there() {
        let five = scores(range("1", "5", "1"));
        let expected = [(0, "1–1"), (1, "2–2"), (2, "3–3"), (3, "4–4"), (5, "5–5")];
        assert_eq!(five, expected.map(|(step, scores)| (step, scores.to_owned())));
        assert_eq!(scores(range("0", "1", "1")), [(0, "0–0".to_owned()), (5, "1–1".to_owned())]);
    }

    #[test]
    fn every_score_is_within_the_scores_of_its_step() {
        for range in
            [range("0", "5", "0.1"), range("1", "5", "1"), range("-3", "4", "0.25"), range("0", "100", "7")]
        {
            let mut score = range.min;
            while score <= range.max {
                let (lowest, highest) = range.scores_of(range.step_of(score)).unwrap();
                assert!(lowest <= score && score <= highest, "{score} on {range:?}");
                score += range.step;
            }
        }
    }

    #[test]
    fn numbers_beyond_reason_fail_nowhere() {
        let huge = Range { min: Decimal::MIN, max: Decimal::MAX, step: Decimal::MAX };
        assert_eq!(huge.step_of(Decimal::ZERO), 0);
        assert_eq!(huge.step_of(Decimal::MAX), 5);
        assert_eq!(huge.scores_of(1), None);
    }
}
