//! Links to ready-made lists of certifications: by release, by organization, by domain, and by year where all are too many for one page.
//!
//! In comes the catalogue, out go links with how many certifications stand at each.
//! Pages of releases and organizations list their certifications themselves, so that there is one list of each kind.

use super::Frame;
use super::shared::{domain_words, short_name};
use crate::catalogue::{CertificationIx, FrameworkIx};
use crate::route::lists::years;
use crate::route::{self, Route};
use crate::view::{LinkView, ListsView};

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

/// A year in words.
pub(super) fn year_words(page: &Frame<'_>, year: Option<i16>) -> String {
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
pub(super) fn in_domain<'p>(
    page: &'p Frame<'_>,
    index: FrameworkIx,
    domain: usize,
) -> impl Iterator<Item = CertificationIx> + 'p {
    let certifications = page.catalogue().framework(index).certifications.iter().copied();
    certifications.filter(move |one| page.context.domains(*one).contains(&domain))
}
