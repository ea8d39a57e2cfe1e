//! Which lists of certifications there are: of all, or of each year where all are too many for one page.
//!
//! In comes the catalogue, out go its years with their certifications, newest first, and how many pages each takes.
//! A list has an end: what a page cannot hold stands on the next one, and in the file beside the list of all.

use crate::catalogue::{Catalogue, CertificationIx};
use crate::link::certifications::age;

/// So many certifications stand on one page. A row has about twenty-five elements, and no page has more
/// than five thousand.
pub const MOST_ROWS: usize = 150;

/// The certifications of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Year {
    /// The year; nothing for what has no date.
    pub year: Option<i16>,
    /// The newest first.
    pub certifications: Vec<CertificationIx>,
}

impl Year {
    /// The year as a part of addresses.
    pub fn name(year: Option<i16>) -> String {
        year.map_or_else(|| "undated".to_owned(), |year| year.to_string())
    }

    /// What stands on each of its pages.
    pub fn parts(&self) -> impl ExactSizeIterator<Item = &[CertificationIx]> {
        self.certifications.chunks(MOST_ROWS)
    }
}

/// All certifications, the newest first; undated ones last, then by id.
pub fn newest_first(catalogue: &Catalogue) -> Vec<CertificationIx> {
    let mut list: Vec<CertificationIx> = (0..catalogue.certifications.len()).map(Into::into).collect();
    list.sort_by_key(|index| std::cmp::Reverse(age(catalogue.certification(*index))));
    list
}

/// The years that have pages of their own, the newest first; none where one page holds all certifications.
pub fn years(catalogue: &Catalogue) -> Vec<Year> {
    if catalogue.certifications.len() <= MOST_ROWS {
        return Vec::new();
    }
    let mut years: Vec<Year> = Vec::new();
    for index in newest_first(catalogue) {
        let year = age(catalogue.certification(index)).map(jiff::civil::Date::year);
        match years.last_mut().filter(|last| last.year == year) {
            Some(last) => last.certifications.push(index),
            None => years.push(Year { year, certifications: vec![index] }),
        }
    }
    years
}
