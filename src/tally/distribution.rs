//! How many rows of a certification have each rating of its scale, domain by domain, with what is absent apart.
//!
//! In come a certification's rows, each element once, out go counts in the order of the scale and of the framework.
//! What was not assessed is in none of the ratings: it has counts of its own, by its reason.

use std::collections::BTreeMap;

use crate::catalogue::{Catalogue, Certification};
use crate::model::certification::{Outcome, Value};

/// The reasons for which a row has no result, in the order in which they are shown.
pub const OUTCOMES: [Outcome; 4] =
    [Outcome::NotSubmitted, Outcome::NotAssessed, Outcome::NotApplicable, Outcome::OutOfScope];

/// Counts of rows by rating and by the reason for having none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// For each rating of the scale, in its order.
    pub ratings: Vec<usize>,
    /// Scores that reach no rating.
    pub below: usize,
    /// For each of the [`OUTCOMES`].
    pub absent: [usize; 4],
}

impl Counts {
    /// How many were assessed.
    pub fn assessed(&self) -> usize {
        self.ratings.iter().sum::<usize>() + self.below
    }

    /// The largest of the counts.
    pub fn largest(&self) -> usize {
        let counts = self.ratings.iter().chain([&self.below]).chain(&self.absent);
        counts.copied().max().unwrap_or_default()
    }

    /// Adds the counts of another domain.
    pub fn add(&mut self, other: &Self) {
        self.ratings.resize(self.ratings.len().max(other.ratings.len()), 0);
        for (sum, count) in self.ratings.iter_mut().zip(&other.ratings) {
            *sum += count;
        }
        self.below += other.below;
        for (sum, count) in self.absent.iter_mut().zip(&other.absent) {
            *sum += count;
        }
    }
}

/// The counts of each domain that has any, in the framework's order; rows without a domain come last, under `None`.
pub fn by_domain(catalogue: &Catalogue, certification: &Certification) -> Vec<(Option<usize>, Counts)> {
    let ratings = catalogue.scale(certification).map_or(0, |scale| scale.ratings.len());
    let mut domains: BTreeMap<usize, Counts> = BTreeMap::new();
    for (row, result) in super::leaves(catalogue, certification) {
        if result.value.value == Value::Unstated {
            continue;
        }
        let domain = row.element.and_then(|element| catalogue.domain(element, usize::from(row.release)));
        let counts = domains
            .entry(domain.unwrap_or(usize::MAX))
            .or_insert_with(|| Counts { ratings: vec![0; ratings], ..Counts::default() });
        match (&result.value.value, row.rating) {
            (Value::Outcome(outcome), _) => {
                let at = OUTCOMES.iter().position(|known| known == outcome);
                counts.absent[at.expect("every outcome is listed")] += 1;
            }
            (_, Some(rating)) => counts.ratings[usize::from(rating)] += 1,
            (_, None) => counts.below += 1,
        }
    }
    domains.into_iter().map(|(domain, counts)| ((domain != usize::MAX).then_some(domain), counts)).collect()
}
