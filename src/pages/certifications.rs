//! The list of all certifications.
//!
//! In comes the whole catalogue, out goes one table, newest first.
//! Without scripts it is complete; sorting and filtering only make it quicker to use.

use std::collections::BTreeSet;

use super::Frame;
use super::counts::Counts;
use super::shared::{assessed, link, organization_link, short_name, status_tag};
use crate::catalogue::{Catalogue, CertificationIx};
use crate::html::Html;
use crate::link::certifications::age;
use crate::route::Route;
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::tally::Tally;
use crate::view::{CertificationsView, CountView, PageView, Visible as _};

/// All certifications, the newest first; undated ones last, then by id.
pub(super) fn newest_first(catalogue: &Catalogue) -> Vec<CertificationIx> {
    let mut list: Vec<CertificationIx> = (0..catalogue.certifications.len()).map(Into::into).collect();
    list.sort_by_key(|index| std::cmp::Reverse(age(catalogue.certification(*index))));
    list
}

pub(super) fn view(page: &Frame<'_>) -> PageView {
    let catalogue = page.catalogue();
    let list = newest_first(catalogue);
    let note = page.words().counted(list.len(), "certification", "certifications");
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
    let content = CertificationsView { counts, table: table(page, (heading, Known::Nothing), list) };
    PageView {
        description: Some(format!("{note} with framework, release, date, status and result.")),
        crumbs: page.crumbs(&[]),
        content: content.into_value(),
        ..page.page("certifications", "certifications", "Certifications".to_owned())
    }
}

/// The crumb of this list.
pub(super) const CRUMB: (Route, &str) = (Route::Certifications, "Certifications");

/// What the page around a list of certifications says already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// Nothing: the list is of all.
    Nothing,
    /// Whose they are.
    Organization,
    /// What they are against.
    Release,
}

/// A list of certifications with what each adds up to.
pub(super) fn table(
    page: &Frame<'_>,
    (heading, known): (Heading<'_>, Known),
    list: impl IntoIterator<Item = CertificationIx>,
) -> Option<Html> {
    let catalogue = page.catalogue();
    let list: Vec<(CertificationIx, &Tally)> =
        list.into_iter().map(|index| (index, page.context.tally(index))).collect();
    let counts = Counts::of(page.words(), list.iter().map(|(_, tally)| *tally));
    let mut columns = vec![column("Product", ColumnKind::Name)];
    if known != Known::Organization {
        columns.push(column("Organization", ColumnKind::Name));
    }
    if known != Known::Release {
        columns.push(column("Framework and release", ColumnKind::Id));
    }
    columns.extend([
        column("Assessed", ColumnKind::Date),
        column("Status", ColumnKind::Status),
        column("Submitted", ColumnKind::Number),
    ]);
    columns.extend(counts.columns());
    let scales = list.iter().map(|(index, _)| {
        let certification = catalogue.certification(*index);
        (certification.framework, certification.scale)
    });
    let mut note = heading.note.to_owned();
    if scales.collect::<BTreeSet<_>>().len() > 1 {
        note.push_str(if note.is_empty() { "Each" } else { "; each" });
        note.push_str(" mean is on the certification’s own scale");
    }
    let mut table = TableWriter::new(Heading { note: &note, ..heading }, &columns);
    for (index, tally) in list {
        let certification = catalogue.certification(index);
        table.row_with(&format!("c-{}", certification.id), "");
        table.header(|html| link(page, Route::Certification(index), &certification.record.title(), html));
        if known != Known::Organization {
            table.cell(|html| organization_link(page, certification, html));
        }
        if known != Known::Release {
            table.cell(|html| {
                let framework = catalogue.framework(certification.framework);
                let version = &framework.record.releases[certification.release].version.value;
                let release = Route::Release(certification.framework, certification.release);
                link(page, release, &format!("{} {version}", short_name(framework)), html);
                if certification.release != framework.current {
                    html.literal(" ").tag("neutral", "Older release");
                }
            });
        }
        table.cell(|html| assessed(page, certification, html));
        table.cell(|html| status_tag(page, certification, html));
        table.number(tally.assessed);
        counts.write(tally, catalogue.scale(certification), &mut table);
    }
    table.finish()
}
