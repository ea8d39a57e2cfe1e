//! The list of all certifications.
//!
//! In comes the whole catalogue, out goes one table, newest first.
//! Without scripts it is complete; sorting and filtering only make it quicker to use.

use super::Frame;
use super::shared::{Known, certifications_table, counted};
use crate::catalogue::{Catalogue, CertificationIx};
use crate::link::certifications::age;
use crate::route::Route;
use crate::table::Heading;
use crate::view::{CertificationsView, CountView, PageView, Visible as _};

/// All certifications, the newest first; undated ones last, then by id.
pub(super) fn newest_first(catalogue: &Catalogue) -> Vec<CertificationIx> {
    let mut list: Vec<CertificationIx> = (0..catalogue.certifications.len()).map(Into::into).collect();
    list.sort_by_key(|index| std::cmp::Reverse(age(catalogue.certification(*index))));
    list
}

pub(super) fn view(page: Frame<'_>) -> PageView {
    let catalogue = page.catalogue();
    let list = newest_first(catalogue);
    let note = counted(list.len(), "certification", "certifications");
    let expired = list
        .iter()
        .filter(|index| catalogue.certification(**index).is_valid_on(page.context.as_of) == Some(false))
        .count();
    let count = |label: &str, value: usize| CountView {
        label: label.to_owned(),
        value: value.to_string(),
        href: None,
    };
    let counts = vec![count("Certifications", list.len()), count("Expired", expired)];
    let heading = Heading::new("certifications", "All certifications", "Newest first");
    let content =
        CertificationsView { counts, table: certifications_table(&page, (heading, Known::Nothing), list) };
    PageView {
        description: Some(format!("{note} with framework, release, date, status and result.")),
        crumbs: page.crumbs(&[]),
        content: content.into_value(),
        ..page.page("certifications", "certifications", "Certifications".to_owned())
    }
}

/// The crumb of this list.
pub(super) const CRUMB: (Route, &str) = (Route::Certifications, "Certifications");
