//! Ready-made lists of certifications: by release, by organization, by domain, and by year where all are too many for one page.
//!
//! In comes a year or a domain, out goes the page of its certifications; every such page leads to the other lists.
//! Pages of releases and organizations list their certifications themselves, so that there is one list of each kind.

use super::Frame;
use super::certifications::{self, Known};
use super::shared::{domain_words, isolated, short_name};
use crate::catalogue::{CertificationIx, FrameworkIx};
use crate::route::lists::{MOST_ROWS, years};
use crate::route::{self, Route};
use crate::table::Heading;
use crate::tally::{self, Tally};
use crate::view::{CertificationListView, LinkView, ListsView, PageView, Visible as _};

/// So many organizations are linked one by one; of more, there is their own list.
const MOST_ORGANIZATIONS: usize = 12;

/// All lists, as links.
pub(super) fn all(page: &Frame<'_>) -> Vec<ListsView> {
    let lists = [
        ("lists.by_year", by_year(page)),
        ("lists.by_release", by_release(page)),
        ("lists.by_organization", by_organization(page)),
        ("lists.by_domain", by_domain(page)),
    ];
    let lists = lists.into_iter().filter(|(_, links)| !links.is_empty());
    lists.map(|(key, links)| ListsView { title: page.words().get(key).to_owned(), links }).collect()
}

/// A link with how many certifications stand there.
fn counted(page: &Frame<'_>, title: String, href: String, count: usize) -> LinkView {
    LinkView { title, href, note: Some(page.words().number(count)) }
}

fn year_words(page: &Frame<'_>, year: Option<i16>) -> String {
    year.map_or_else(|| page.words().get("lists.undated").to_owned(), |year| year.to_string())
}

fn by_year(page: &Frame<'_>) -> Vec<LinkView> {
    let mut links = Vec::new();
    for year in years(page.catalogue()) {
        let name = year_words(page, year.year);
        for (part, certifications) in year.parts().enumerate() {
            let number = page.words().number(part + 1);
            let values = [("year", name.as_str()), ("part", number.as_str())];
            let title = if part == 0 { name.clone() } else { page.words().fill("lists.year_part", &values) };
            links.push(counted(page, title, page.href(Route::Year(year.year, part)), certifications.len()));
        }
    }
    links
}

fn by_release(page: &Frame<'_>) -> Vec<LinkView> {
    let catalogue = page.catalogue();
    let mut links = Vec::new();
    for (index, framework) in catalogue.frameworks.iter().enumerate() {
        for (at, release) in framework.record.releases.iter().enumerate().rev() {
            let certifications = framework.certifications.iter();
            let count = certifications.filter(|one| catalogue.certification(**one).release == at).count();
            if count > 0 {
                let title = format!("{} {}", short_name(framework), release.version.value);
                let href = page.href(Route::Release(index.into(), at)) + "#certifications";
                links.push(counted(page, title, href, count));
            }
        }
    }
    links
}

fn by_organization(page: &Frame<'_>) -> Vec<LinkView> {
    let catalogue = page.catalogue();
    let own = catalogue.organizations.iter().enumerate();
    let own: Vec<_> = own.filter(|(_, one)| !one.certifications.is_empty()).collect();
    if own.len() > MOST_ORGANIZATIONS {
        let title = page.words().get("not_found.organizations").to_owned();
        return vec![counted(page, title, page.href(Route::Organizations), own.len())];
    }
    let mut links: Vec<LinkView> = own
        .into_iter()
        .map(|(index, one)| {
            let href = page.href(Route::Organization(index.into())) + "#certifications";
            counted(page, one.record.name.clone(), href, one.certifications.len())
        })
        .collect();
    links.sort_by_key(|link| link.title.to_lowercase());
    links
}

fn by_domain(page: &Frame<'_>) -> Vec<LinkView> {
    let catalogue = page.catalogue();
    let mut links = Vec::new();
    for (index, framework) in catalogue.frameworks.iter().enumerate() {
        for domain in route::matrices(framework) {
            let count = in_domain(page, index.into(), domain).count();
            if count > 0 {
                let name = domain_words(page.words(), framework, Some(domain));
                let title = if catalogue.frameworks.len() > 1 {
                    format!("{}: {name}", short_name(framework))
                } else {
                    name
                };
                links.push(counted(page, title, page.href(Route::Domain(index.into(), domain)), count));
            }
        }
    }
    links
}

/// The certifications that say something of a domain.
fn in_domain<'p>(
    page: &'p Frame<'_>,
    index: FrameworkIx,
    domain: usize,
) -> impl Iterator<Item = CertificationIx> + 'p {
    let certifications = page.catalogue().framework(index).certifications.iter().copied();
    certifications.filter(move |one| page.context.domains(*one).contains(&domain))
}

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
    let content = CertificationListView {
        lists: all(page),
        table: certifications::table_of(page, (heading, Known::Nothing), list),
    };
    PageView {
        description: Some(format!("{title}: {}", words.count("count.certifications", list.len()))),
        crumbs: page.crumbs(&[certifications::crumb(page)]),
        content: content.into_value(),
        ..page.page("certification-list", "certifications", title.to_owned())
    }
}
