//! Whether certifications hold on the day of the build, as one of four answers.
//!
//! In come a certification's dates and the day, out goes the answer with its short word and its tone.
//! Three kinds of date are kept apart: nothing is valid or expired because of when it was assessed.

use crate::catalogue::Certification;
use crate::model::date::Day;

/// Whether a certification holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Validity {
    /// Its last day has not passed.
    Valid,
    /// It begins later.
    NotYet,
    /// No last day was published.
    Open,
    /// Its last day has passed.
    Expired,
}

impl Validity {
    /// The answer for a day.
    pub fn on(day: Day, certification: &Certification) -> Self {
        let record = &certification.record;
        let begins_later = record.valid_from.as_ref().is_some_and(|from| from.value.first_day() > day);
        match certification.is_valid_on(day) {
            Some(false) => Self::Expired,
            _ if begins_later => Self::NotYet,
            Some(true) => Self::Valid,
            None => Self::Open,
        }
    }

    /// The answer in one or two words, where its dates stand elsewhere, as a key of the words.
    pub fn key(self) -> &'static str {
        match self {
            Self::Valid => "validity.valid",
            Self::NotYet => "validity.not_yet",
            Self::Open => "validity.open",
            Self::Expired => "validity.expired",
        }
    }
}
