//! Elements by certifications: who certified what, for each domain of a framework.
//!
//! In comes a framework, out goes one table a domain whose rows are elements of any release and whose columns are certifications.
//! A table that would grow beyond what a browser shows well is left to the pages of the releases.

use super::Frame;
use super::shared::{domain_words, link, outcome_key, result_href, short_name};
use crate::catalogue::{Catalogue, CertificationIx, Element, Framework, FrameworkIx};
use crate::html::{Html, HtmlWriter};
use crate::model::certification::Value;
use crate::route::{self, Route};
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter};
use crate::view::{DomainMatrixView, LinkView, PageView, Visible as _};

/// The most cells that one table may have; above, a browser slows down and a reader sees nothing.
const MOST_CELLS: usize = 4000;

/// The matrices of a framework, one for each domain that somebody certified something of, and links to them.
pub(super) fn tables(page: &Frame<'_>, framework: &Framework) -> (Vec<LinkView>, Vec<Html>) {
    let catalogue = page.catalogue();
    let domains = framework.record.domains.len();
    let tables = (0..=domains).filter_map(|at| {
        let domain = (at < domains).then_some(at);
        let rows: Vec<&Element> = rows(catalogue, framework, domain);
        let columns = columns(framework, &rows);
        if rows.is_empty() || rows.len() * columns.len() > MOST_CELLS {
            return None;
        }
        let link = LinkView {
            title: domain_words(page.words(), framework, domain),
            href: route::fragment(&anchor(framework, domain)),
            note: Some(rows.len().to_string()),
        };
        Some((link, table(page, framework, (domain, &rows, &columns), true)?))
    });
    tables.unzip()
}

/// The page of one domain's matrix.
pub(super) fn view(page: &Frame<'_>, index: FrameworkIx, domain: usize) -> PageView {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(index);
    let record = &framework.record;
    let name = &record.domains[domain].name;
    let rows = rows(catalogue, framework, Some(domain));
    let columns = columns(framework, &rows);
    let size = format!(
        "{} by {}",
        page.words().counted(rows.len(), &record.noun.one, &record.noun.many),
        page.words().counted(columns.len(), "certification", "certifications")
    );
    let is_too_large = rows.len() * columns.len() > MOST_CELLS;
    let lead = if rows.is_empty() {
        format!("No certification in this catalogue says anything of {name}.")
    } else if is_too_large {
        format!("{size} are more than one table shows well; compare two to four certifications instead.")
    } else {
        format!("What every certification says of {name}: {size}, in any release.")
    };
    let table = if rows.is_empty() || is_too_large {
        None
    } else {
        table(page, framework, (Some(domain), &rows, &columns), false)
    };
    let others = route::matrices(framework).into_iter().filter(|at| *at != domain);
    let domains = others.map(|at| LinkView {
        title: record.domains[at].name.clone(),
        href: page.href(Route::Matrix(index, at)),
        note: None,
    });
    let content = DomainMatrixView { lead: Html::text(&lead), table, domains: domains.collect() };
    PageView {
        description: Some(lead),
        crumbs: page.crumbs(&[(Route::Frameworks, "Frameworks"), (Route::Framework(index), &record.name)]),
        content: content.into_value(),
        ..page.page("domain-matrix", "frameworks", format!("{name}: who certified what"))
    }
}

/// Elements with a result, in the order of the newest release that has them.
fn rows<'c>(catalogue: &'c Catalogue, framework: &'c Framework, domain: Option<usize>) -> Vec<&'c Element> {
    let elements = framework.elements.iter().map(|index| catalogue.element(*index));
    let mut rows: Vec<(usize, u32, &Element)> = elements
        .filter(|element| has_result(catalogue, element))
        .filter_map(|element| {
            let release = (0..framework.releases.len()).rev().find(|at| element.in_release(*at).is_ok())?;
            let standing = &framework.releases[release].standing[element.position];
            (standing.domain == domain).then_some((release, standing.order.unwrap_or(u32::MAX), element))
        })
        .collect();
    rows.sort_by_key(|(release, order, _)| (std::cmp::Reverse(*release), *order));
    rows.into_iter().map(|(_, _, element)| element).collect()
}

fn has_result(catalogue: &Catalogue, element: &Element) -> bool {
    catalogue.rows_about(element).any(|(.., result)| result.value.value != Value::Unstated)
}

fn columns(framework: &Framework, rows: &[&Element]) -> Vec<CertificationIx> {
    let covers = |index: &CertificationIx| {
        rows.iter().any(|element| element.results.iter().any(|(other, _)| other == index))
    };
    framework.certifications.iter().copied().filter(covers).collect()
}

fn anchor(framework: &Framework, domain: Option<usize>) -> String {
    format!("matrix-{}", domain.map_or("other", |at| &framework.record.domains[at].id.value))
}

fn table(
    page: &Frame<'_>,
    framework: &Framework,
    (domain, rows, columns): (Option<usize>, &[&Element], &[CertificationIx]),
    is_part: bool,
) -> Option<Html> {
    let catalogue = page.catalogue();
    let noun = &framework.record.noun;
    let id = anchor(framework, domain);
    let title = domain_words(page.words(), framework, domain);
    let note = format!(
        "{} by {}, in any release",
        page.words().counted(rows.len(), &noun.one, &noun.many),
        page.words().counted(columns.len(), "certification", "certifications")
    );
    let heading = Heading { id: &id, class: "matrix", title: &title, note: &note, is_part };
    let first = {
        let mut html = HtmlWriter::default();
        html.text(&super::results::capitalized(&noun.one));
        (ColumnKind::Name, html.finish())
    };
    let heads = columns.iter().map(|index| {
        let certification = catalogue.certification(*index);
        let version = &framework.record.releases[certification.release].version.value;
        let mut html = HtmlWriter::default();
        let words = format!("{}, {}\u{a0}{version}", certification.record.title(), short_name(framework));
        link(page, Route::Certification(*index), &words, &mut html);
        (ColumnKind::Cell, html.finish())
    });
    let heads: Vec<(ColumnKind, Html)> = std::iter::once(first).chain(heads).collect();
    let mut table = TableWriter::with_headers(heading, &heads);
    for element in rows {
        table.row();
        table.header(|html| {
            if let Some((_, state)) = element.newest() {
                html.id(&state.id).literal(" ");
            }
            let index = framework.elements[element.position];
            link(page, Route::Element(index), element.name(), html);
        });
        for index in columns {
            table.cell(|html| cell(page, element, *index, html));
        }
    }
    table.finish()
}

/// One cell: the score or the rating, linked to its row. What was not submitted is a tag without a visible word,
/// what was not in scope is words alone; the theme draws both, and says above the tables how.
fn cell(page: &Frame<'_>, element: &Element, index: CertificationIx, html: &mut HtmlWriter) {
    let catalogue = page.catalogue();
    let stated = catalogue
        .rows_about(element)
        .find(|(other, .., result)| *other == index && result.value.value != Value::Unstated);
    let Some((_, certification, row, result)) = stated else {
        html.literal("<span class=\"hidden\">Not in scope</span>");
        return;
    };
    match &result.value.value {
        Value::Outcome(outcome) => {
            html.literal("<a class=\"tag absent\"").attribute("href", &result_href(page, index, result));
            html.literal("><span class=\"hidden\">")
                .text(page.words().get(outcome_key(*outcome)))
                .literal("</span></a>");
        }
        _ => {
            let rating = catalogue.rating(certification, row);
            let words = match (&result.value.value, catalogue.scale(certification)) {
                // The bare number: the head of the column says which certification, its page says which scale.
                (Value::Score(score), Some(scale)) => page.words().decimal(*score, scale.decimals()),
                _ => rating.map_or(String::new(), |rating| rating.label.clone()),
            };
            let tone = rating.map_or("none", |rating| rating.tone.word());
            html.literal("<a class=\"tag ").literal(tone).literal("\"");
            html.attribute("href", &result_href(page, index, result));
            html.literal(">").text(&words);
            if let Some(rating) = rating.filter(|rating| rating.label != words) {
                html.literal("<span class=\"hidden\"> ").text(&rating.label).literal("</span>");
            }
            html.literal("</a>");
        }
    }
}
