//! The list of all certifications.
//!
//! In comes the whole catalogue, out goes one table, newest first.
//! Without scripts it is complete; sorting and filtering only make it quicker to use.

use std::collections::BTreeSet;

use super::counts::Counts;
use super::shared::{assessed, link, organization_link, short_name, status_tag};
use super::{Frame, facets, lists, spread};
use crate::catalogue::CertificationIx;
use crate::html::Html;
use crate::route::Route;
use crate::route::lists::{MOST_ROWS, newest_first};
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, Tools, column};
use crate::tally::Tally;
use crate::view::{CertificationsView, CountView, PageView, Visible as _};

pub(super) fn view(page: &Frame<'_>) -> PageView {
    let catalogue = page.catalogue();
    let list = newest_first(catalogue);
    let words = page.words();
    let total = list.len();
    let expired = list
        .iter()
        .filter(|index| catalogue.certification(**index).is_valid_on(page.context.as_of) == Some(false))
        .count();
    let count = |label: &'static str, value: usize| CountView {
        label: words.get(label).to_owned(),
        value: words.number(value),
        href: None,
    };
    let wanted = page.context.wanted.by("certifications");
    let years = wanted.of("years", || spread::years(page, &list));
    let counts = vec![count("term.certifications", total), count("term.expired", expired)];
    let heading = Heading::new(
        "certifications",
        words.get("certifications.all"),
        words.get("certifications.newest_first"),
    );
    let content = CertificationsView {
        counts,
        lists: wanted.of("lists", || lists::all(page)),
        table: wanted.of("table", || table(page, (heading, Known::Nothing), list)),
        years,
    };
    PageView {
        description: Some(words.count("certifications.description", total)),
        crumbs: page.crumbs(&[]),
        content: content.into_value(),
        ..page.page("certifications", "certifications", words.get("certifications.title").to_owned())
    }
}

/// The anchor of a list of certifications that can be filtered and has a file.
const LIST: &str = "certifications";

/// The crumb of this list.
pub(super) fn crumb<'p>(page: &Frame<'p>) -> (Route, &'p str) {
    (Route::Certifications, page.words().get("nav.certifications"))
}

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

/// A list of certifications with what each adds up to. Of more than a page can hold, the first ones are shown, and the
/// file has all.
pub(super) fn table(
    page: &Frame<'_>,
    of: (Heading<'_>, Known),
    list: impl IntoIterator<Item = CertificationIx>,
) -> Option<Html> {
    let list: Vec<(CertificationIx, &Tally)> =
        list.into_iter().map(|index| (index, page.context.tally(index))).collect();
    table_of(page, of, &list)
}

/// The same with what is to be counted of each.
pub(super) fn table_of(
    page: &Frame<'_>,
    (heading, known): (Heading<'_>, Known),
    list: &[(CertificationIx, &Tally)],
) -> Option<Html> {
    // The few that the home page shows are a part of a list that has a file.
    if heading.id != LIST {
        return written(page, (heading, known), list).finish();
    }
    let Some(shown) = list.get(..MOST_ROWS).filter(|shown| shown.len() < list.len()) else {
        return page.with_file(written(page, (heading, known), list), LIST);
    };
    let words = page.words();
    let whole = written(page, (heading, known), list).finish()?;
    page.file_of_tables(&[("", &whole)], "", LIST);
    let (first, all) = (words.number(shown.len()), words.number(list.len()));
    let note = words.fill("certifications.first_of", &[("shown", &first), ("all", &all)]);
    let table = written(page, (Heading { note: &note, ..heading }, known), shown);
    let href = format!("{LIST}.csv");
    page.with_link(table, (&href, words.get("certifications.all_as_file")))
}

fn written(
    page: &Frame<'_>,
    (heading, known): (Heading<'_>, Known),
    list: &[(CertificationIx, &Tally)],
) -> TableWriter {
    let catalogue = page.catalogue();
    let counts = Counts::of(page.words(), list.iter().map(|(_, tally)| *tally));
    let words = page.words();
    let mut columns = vec![column(words.get("term.product"), ColumnKind::Name)];
    if known != Known::Organization {
        columns.push(column(words.get("term.organization"), ColumnKind::Name));
    }
    if known != Known::Release {
        columns.push(column(words.get("term.release"), ColumnKind::Id));
    }
    columns.extend([
        column(words.get("term.assessed"), ColumnKind::Date),
        column(words.get("term.status"), ColumnKind::Status),
        column(words.get("term.submitted"), ColumnKind::Measure),
    ]);
    columns.extend(counts.columns());
    let scales = list.iter().map(|(index, _)| {
        let certification = catalogue.certification(*index);
        (certification.framework, certification.scale)
    });
    let mut note = heading.note.to_owned();
    if scales.collect::<BTreeSet<_>>().len() > 1 {
        note = match note.as_str() {
            "" => words.get("certifications.own_scales").to_owned(),
            note => words.fill("certifications.noted_own_scales", &[("note", note)]),
        };
    }
    let mean = counts.has_mean.then(|| (columns.len() - 1, columns[columns.len() - 1].title));
    let mut table = TableWriter::new(Heading { note: &note, ..heading }, &columns);
    if heading.id == LIST {
        table = table.with_tools(Tools::default().with_score(mean).from_rows(2));
    }
    for (index, tally) in list {
        let index = *index;
        let certification = catalogue.certification(index);
        table.row_of(&format!("c-{}", certification.id), "", &facets::of_certification(page, index));
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
                    html.literal(" ").tag("neutral", words.get("certifications.older"));
                }
            });
        }
        table.cell(|html| assessed(page, certification, html));
        table.cell(|html| status_tag(page, certification, html));
        table.cell(|html| spread::results(page.words(), tally, html));
        counts.write(tally, catalogue.scale(certification), &mut table);
    }
    table
}
