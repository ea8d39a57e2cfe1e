//! What a certification says in a few words: for its badge, for frames and for the first sentence of its page.
//!
//! In comes a certification, out go its name, what it was assessed against, how it was rated, and whether it holds.
//! Each is counted and worded as on its page; the day of the build is not among them, so that what is unchanged keeps its bytes.

use super::Context;
use super::shared::{release_words, short_name, status};
use crate::catalogue::{Certification, CertificationIx};
use crate::tally::{self, Tally};
use crate::view::StatusView;

/// A certification in a few words.
pub(super) struct Standing<'c> {
    /// Product and version.
    pub(super) title: String,
    /// Who.
    pub(super) organization: &'c str,
    /// The framework, as short as it is called.
    pub(super) framework: &'c str,
    /// The version of its release.
    pub(super) version: &'c str,
    /// Both in full.
    pub(super) release: String,
    /// How many elements were assessed.
    pub(super) elements: String,
    /// How they were rated; that they were assessed, where there is no rating.
    pub(super) ratings: String,
    /// Both together.
    pub(super) result: String,
    /// Whether it holds.
    pub(super) status: StatusView,
}

impl<'c> Standing<'c> {
    pub(super) fn of(context: &'c Context, index: CertificationIx) -> Self {
        let (catalogue, words) = (&context.catalogue, &context.words);
        let certification = catalogue.certification(index);
        let framework = catalogue.framework(certification.framework);
        let (noun, tally) = (&framework.record.noun, context.tally(index));
        let elements = words.counted(tally.assessed, &noun.one, &noun.many);
        let ratings = ratings(context, certification, tally);
        let (ratings, result) = if ratings.is_empty() {
            (
                words.get("badge.assessed").to_owned(),
                words.fill("badge.all_assessed", &[("elements", &elements)]),
            )
        } else {
            let ratings = words.list(&ratings);
            let result = words.fill("badge.rated", &[("elements", &elements), ("ratings", &ratings)]);
            (ratings, result)
        };
        Self {
            title: certification.record.title(),
            organization: catalogue.organization_name(certification),
            framework: short_name(framework),
            version: &framework.record.releases[certification.release].version.value,
            release: release_words(framework, certification.release),
            elements,
            ratings,
            result,
            status: status(context, certification),
        }
    }

    /// All of it as one text, for those who do not see the badge.
    pub(super) fn sentence(&self, context: &Context) -> String {
        let values = [
            ("certification", self.title.as_str()),
            ("release", &self.release),
            ("result", &self.result),
            ("status", &self.status.word),
        ];
        context.words.fill("badge.sentence", &values)
    }
}

/// How many of the counted rows have each rating of the scale, in words, in its order and by its labels.
pub(super) fn ratings(context: &Context, certification: &Certification, tally: &Tally) -> Vec<String> {
    let (catalogue, words) = (&context.catalogue, &context.words);
    let ratings = catalogue.scale(certification).map_or(&[][..], |scale| &scale.ratings);
    let rows = tally::leaves(catalogue, certification);
    let counts = ratings.iter().enumerate().map(|(at, rating)| {
        let of_rating = rows.iter().filter(|(row, _)| row.rating.map(usize::from) == Some(at));
        (rating.label.as_str(), of_rating.count())
    });
    let said = counts.filter(|(_, count)| *count > 0).map(|(label, count)| {
        let key =
            if count == tally.assessed { "certification.all_rated" } else { "certification.some_rated" };
        words.fill(key, &[("rating", label), ("count", &words.number(count))])
    });
    said.collect()
}
