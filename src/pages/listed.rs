//! The pages of ready-made lists: the certifications of a year, and those that say something of a domain.
//!
//! In comes a year or a domain, out goes the page of its certifications with links to the other lists.
//! What a page cannot hold stands on the next one, or in the file below the table.

use super::Frame;
use super::certifications::{self, Known};
use super::lists::{all, in_domain, year_words};
use super::shared::{domain_words, isolated};
use crate::catalogue::{CertificationIx, FrameworkIx};
use crate::route::Route;
use crate::route::lists::{MOST_ROWS, years};
use crate::table::Heading;
use crate::tally::{self, Tally};
use crate::view::{CertificationListView, PageView, Visible as _};

/// The page of one year.
pub(super) fn of_year(page: &Frame<'_>, year: Option<i16>, part: usize) -> PageView {
    let years = years(page.catalogue());
    let found = years.iter().find(|one| one.year == year);
    let list = found.and_then(|found| found.parts().nth(part)).unwrap_or_default();
    let words = page.words();
    let (name, number) = (year_words(page, year), words.number(part + 1));
    let values = [("year", name.as_str()), ("part", number.as_str())];
    let title = match (year, part) {
        (None, 0) => words.get("lists.title_undated").to_owned(),
        (_, 0) => words.fill("lists.title_year", &values),
        _ => words.fill("lists.title_year_part", &values),
    };
    let total = found.map_or(0, |found| found.certifications.len());
    let note = if total > MOST_ROWS {
        let (first, last) = (part * MOST_ROWS + 1, part * MOST_ROWS + list.len());
        let (first, last, all) = (words.number(first), words.number(last), words.number(total));
        words.fill("lists.part_note", &[("first", &first), ("last", &last), ("all", &all)])
    } else {
        words.get("certifications.newest_first").to_owned()
    };
    let list = list.iter().map(|index| (*index, page.context.tally(*index)));
    listed(page, (&title, &note), &list.collect::<Vec<_>>())
}

/// The page of one domain: certifications with what they say of it.
pub(super) fn of_domain(page: &Frame<'_>, index: FrameworkIx, domain: usize) -> PageView {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(index);
    let words = page.words();
    let list: Vec<(CertificationIx, Tally)> = in_domain(page, index, domain)
        .map(|one| {
            let tallies = tally::by_domain(catalogue, catalogue.certification(one)).into_iter();
            let own = tallies.filter(|(of, _)| *of == Some(domain)).map(|(_, tally)| tally).next();
            (one, own.unwrap_or_default())
        })
        .collect();
    let name = domain_words(words, framework, Some(domain));
    let values = [("domain", name.as_str()), ("framework", &isolated(&framework.record.name))];
    let (title, note) = (words.fill("lists.title_domain", &values), words.fill("lists.domain_note", &values));
    let borrowed: Vec<(CertificationIx, &Tally)> = list.iter().map(|(one, tally)| (*one, tally)).collect();
    let view = listed(page, (&title, &note), &borrowed);
    let crumbs = [certifications::crumb(page), (Route::Framework(index), framework.record.name.as_str())];
    PageView { crumbs: page.crumbs(&crumbs), ..view }
}

fn listed(page: &Frame<'_>, (title, note): (&str, &str), list: &[(CertificationIx, &Tally)]) -> PageView {
    let words = page.words();
    let heading = Heading::new("certifications", words.get("term.certifications"), note);
    let wanted = page.context.wanted.by("certification-list");
    let content = CertificationListView {
        lists: wanted.of("lists", || all(page)),
        table: wanted.of("table", || certifications::table_of(page, (heading, Known::Nothing), list)),
    };
    PageView {
        description: Some(format!("{title}: {}", words.count("count.certifications", list.len()))),
        crumbs: page.crumbs(&[certifications::crumb(page)]),
        content: content.into_value(),
        ..page.page("certification-list", "certifications", title.to_owned())
    }
}
