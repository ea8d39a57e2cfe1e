//! Since when a page says what it says, as far as records tell.
//!
//! In comes a page, out goes the newest date of the records that it is made of: of assessments, releases and histories.
//! A date is never guessed, and the day of the build is none: where records state nothing, there is no date.

use crate::catalogue::{Catalogue, CertificationIx, ElementIx, FrameworkIx};
use crate::model::date::PartialDate;
use crate::model::element::When;
use crate::route::Route;

/// The newest date of every kind of thing, each looked up once.
pub(super) struct Dates<'c> {
    catalogue: &'c Catalogue,
    frameworks: Vec<Option<PartialDate>>,
    site: Option<PartialDate>,
}

fn newest(dates: impl Iterator<Item = PartialDate>) -> Option<PartialDate> {
    dates.max_by_key(|date| (date.first_day(), *date))
}

impl<'c> Dates<'c> {
    pub(super) fn of(catalogue: &'c Catalogue) -> Self {
        let frameworks = (0..catalogue.frameworks.len()).map(|index| framework(catalogue, index.into()));
        let frameworks: Vec<Option<PartialDate>> = frameworks.collect();
        let certifications = catalogue.certifications.iter().enumerate();
        let assessed = certifications.filter_map(|(index, _)| certification(catalogue, index.into()));
        let site = newest(assessed.chain(frameworks.iter().copied().flatten()));
        Self { catalogue, frameworks, site }
    }

    /// The date of a page.
    pub(super) fn of_page(&self, route: Route) -> Option<PartialDate> {
        let catalogue = self.catalogue;
        match route {
            Route::Certification(index) | Route::Mapping(index) | Route::Embed(index) => {
                certification(catalogue, index)
            }
            Route::Pair(one, other) => {
                newest([one, other].into_iter().filter_map(|index| certification(catalogue, index)))
            }
            Route::Framework(index)
            | Route::Matrix(index, _)
            | Route::ReleaseMatrix(index, _, _)
            | Route::Domain(index, _) => self.frameworks[index.index()],
            Route::Release(index, release) | Route::Changes(index, release) => {
                catalogue.framework(index).record.releases[release].date
            }
            Route::Element(index) => element(catalogue, index),
            Route::Organization(index) => {
                let certifications = catalogue.organization(index).certifications.iter();
                newest(certifications.filter_map(|one| certification(catalogue, *one)))
            }
            Route::Home | Route::Certifications | Route::Organizations | Route::Compare => self.site,
            Route::Frameworks => newest(self.frameworks.iter().copied().flatten()),
            // What these say does not follow from dates of records.
            Route::Year(..)
            | Route::Crosswalk(_)
            | Route::Search
            | Route::Names(_)
            | Route::Ids(_)
            | Route::Checks
            | Route::Page(_)
            | Route::Notice(_)
            | Route::NotFound => None,
        }
    }
}

fn certification(catalogue: &Catalogue, index: CertificationIx) -> Option<PartialDate> {
    let record = &catalogue.certification(index).record;
    record.completed.as_ref().or(record.valid_from.as_ref()).map(|date| date.value)
}

fn framework(catalogue: &Catalogue, index: FrameworkIx) -> Option<PartialDate> {
    let framework = catalogue.framework(index);
    let releases = framework.record.releases.iter().filter_map(|release| release.date);
    let assessed = framework.certifications.iter().filter_map(|one| certification(catalogue, *one));
    newest(releases.chain(assessed))
}

fn element(catalogue: &Catalogue, index: ElementIx) -> Option<PartialDate> {
    let element = catalogue.element(index);
    let releases = &catalogue.framework(element.framework).record.releases;
    let history = element.record.history.iter().filter_map(|change| match (&change.when, change.date) {
        (_, Some(date)) => Some(date),
        (When::Release(version), None) => {
            releases.iter().find(|release| release.version.value == version.value)?.date
        }
        (When::Version(_), None) => None,
    });
    let assessed = element.results.iter().filter_map(|(one, _)| certification(catalogue, *one));
    newest(history.chain(assessed))
}
