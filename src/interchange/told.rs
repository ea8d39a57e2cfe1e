//! What a row says, in a few words of plain English and as exact values.
//!
//! In comes a row, out go its result, its score as its scale has it, and its comment.
//! An outcome is a word here too, and never a number.

use crate::catalogue::{Catalogue, Certification, CertificationIx, Row};
use crate::model::certification::{ResultRecord, Value};
use crate::route::{self, Route};

/// A row with all that it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Told<'c> {
    pub(super) catalogue: &'c Catalogue,
    pub(super) certification: &'c Certification,
    pub(super) row: &'c Row,
    pub(super) result: &'c ResultRecord,
    /// Its place among the rows.
    pub(super) at: usize,
}

impl<'c> Told<'c> {
    /// The rows that are about an element that the catalogue knows, each once.
    pub(super) fn rows(
        catalogue: &'c Catalogue,
        certification: &'c Certification,
    ) -> impl Iterator<Item = Self> + 'c {
        let rows = certification.results().enumerate();
        let rows = rows.filter(|(_, (row, _))| row.element.is_some() && !row.repeated);
        rows.map(move |(at, (row, result))| Self { catalogue, certification, row, result, at })
    }

    /// The rating, or why there is none; nothing where the row states a coverage alone.
    pub(super) fn rating(&self) -> Option<&'c str> {
        match (&self.result.value.value, self.catalogue.rating(self.certification, self.row)) {
            (Value::Outcome(outcome), _) => Some(outcome.words()),
            (Value::Unstated, _) => None,
            (_, Some(rating)) => Some(&rating.label),
            (_, None) => Some("Below every rating"),
        }
    }

    /// The score, exact.
    pub(super) fn score(&self) -> Option<String> {
        match &self.result.value.value {
            Value::Score(score) => Some(score.normalize().to_string()),
            _ => None,
        }
    }

    /// The coverage as stated.
    pub(super) fn coverage(&self) -> Option<String> {
        let coverage = self.result.coverage()?.value;
        Some(format!("{}/{}", coverage.submitted, coverage.total))
    }

    /// All of it as one sentence, with the comment after it.
    pub(super) fn sentence(&self) -> Option<String> {
        let mut sentence = self.rating()?.to_owned();
        let range = self.catalogue.scale(self.certification).and_then(|scale| scale.range);
        if let Some(score) = self.score() {
            sentence.push_str(", score ");
            sentence.push_str(&score);
            if let Some(range) = range {
                sentence.push_str(" of ");
                sentence.push_str(&range.max.normalize().to_string());
            }
        }
        sentence.push('.');
        if let Some(comment) = &self.result.comment {
            sentence.push(' ');
            sentence.push_str(comment);
        }
        Some(sentence)
    }
}

/// The address of a certification's page.
pub(super) fn address(catalogue: &Catalogue, index: CertificationIx) -> String {
    format!("{}{}", catalogue.config.base_url, Route::Certification(index).folder(catalogue))
}

/// A release in a file's name.
pub(super) fn release_name(catalogue: &Catalogue, certification: &Certification, release: usize) -> String {
    let framework = catalogue.framework(certification.framework);
    format!("{}-{}", framework.id, route::segment(&framework.record.releases[release].version.value))
}
