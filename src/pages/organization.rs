//! The list of organizations and the page of one: who they are and what they certified.
//!
//! In comes an organization, out go its names and its certifications, newest first.
//! Organizations are not ranked.

use super::shared::{fact_link, fact_text, fact_to, link};
use super::{Frame, calendar, certifications, covered};
use crate::catalogue::{CertificationIx, OrganizationIx};
use crate::html::Html;
use crate::route::{self, Route};
use crate::table::{Cells as _, ColumnKind, Facet, Heading, Said, TableWriter, Tools, column};
use crate::view::{FactView, OrganizationView, OrganizationsView, PageView, PictureView, Visible as _};

pub(super) fn list(page: &Frame<'_>) -> PageView {
    let catalogue = page.catalogue();
    let words = page.words();
    let has_country = catalogue.organizations.iter().any(|one| one.record.country.is_some());
    let mut columns = vec![column(words.get("term.organization"), ColumnKind::Name)];
    if has_country {
        columns.push(column(words.get("term.country"), ColumnKind::Text));
    }
    columns.extend([
        column(words.get("term.certifications"), ColumnKind::Number),
        column(words.get("term.products"), ColumnKind::Number),
    ]);
    let note = words.count("count.organizations", catalogue.organizations.len());
    let heading = Heading::new("organizations", words.get("organizations.all"), &note);
    let mut table = TableWriter::new(heading, &columns).with_tools(Tools::default());
    let mut sorted: Vec<OrganizationIx> = (0..catalogue.organizations.len()).map(Into::into).collect();
    sorted.sort_by_key(|index| catalogue.organization(*index).record.name.to_lowercase());
    for index in sorted {
        let organization = catalogue.organization(index);
        let mut products: Vec<&str> = organization
            .certifications
            .iter()
            .map(|one| catalogue.certification(*one).record.product.as_str())
            .collect();
        products.sort_unstable();
        products.dedup();
        let country = organization.record.country.as_deref();
        let said = country.map(|country| Said::new(Facet::Country, country, country));
        table.row_of(&organization.id, "", said.as_slice());
        table.header(|html| link(page, Route::Organization(index), &organization.record.name, html));
        if has_country {
            table.cell(|html| match country {
                Some(country) => {
                    html.name(country);
                }
                None => {
                    html.absent(words.get("absent.stated"));
                }
            });
        }
        table.number(organization.certifications.len()).number(products.len());
    }
    PageView {
        description: Some(words.count("organizations.description", catalogue.organizations.len())),
        crumbs: page.crumbs(&[]),
        content: OrganizationsView { table: page.with_file(table, "organizations") }.into_value(),
        ..page.page("organizations", "organizations", words.get("organizations.title").to_owned())
    }
}

pub(super) fn view(page: &Frame<'_>, index: OrganizationIx) -> PageView {
    let organization = page.catalogue().organization(index);
    let record = &organization.record;
    let words = page.words();
    let count = organization.certifications.len();
    let note = words.count("count.certifications", count);
    let heading = Heading::new("certifications", words.get("term.certifications"), &note);
    let wanted = page.context.wanted.by("organization");
    let table = || {
        let all = organization.certifications.iter().copied();
        certifications::table(page, (heading, certifications::Known::Organization), all)
    };
    let content = OrganizationView {
        facts: wanted.of("facts", || facts(page, index)),
        description: wanted.of("description", || page.prose(&record.body, "organizations")),
        logo: record.logo.as_ref().map(|logo| PictureView {
            src: format!("{}organizations/{}", page.root, route::encode_path(&logo.file.value)),
            alt: logo.alt.clone(),
        }),
        certifications: wanted.of("certifications", table),
        timeline: wanted
            .of("timeline", || calendar::figure(page, &by_product(page, &organization.certifications))),
        coverage: wanted.of("coverage", || covered::of_organization(page, index)),
        remarks: super::shared::remarks(&record.remarks),
    };
    let mut view = page.page_of(("organization", "organizations"), record.name.clone(), organization.file);
    view.findings.retain(|finding| finding.code != "source-remark");
    PageView {
        description: Some(words.count_with("organization.description", count, &[("name", &record.name)])),
        crumbs: page.crumbs(&[(Route::Organizations, words.get("organizations.title"))]),
        content: content.into_value(),
        ..view
    }
}

/// The certifications of one product together, the newest of each first.
fn by_product(page: &Frame<'_>, list: &[CertificationIx]) -> Vec<CertificationIx> {
    let mut list = list.to_vec();
    list.sort_by_key(|index| page.catalogue().certification(*index).record.product.to_lowercase());
    list
}

fn facts(page: &Frame<'_>, index: OrganizationIx) -> Vec<FactView> {
    let organization = page.catalogue().organization(index);
    let record = &organization.record;
    let mut facts = Vec::new();
    let mut fact = |term: &'static str, value: Html| facts.push(page.fact(term, value));
    if !record.former_names.is_empty() {
        fact("term.former_names", fact_text(&record.former_names.join(", ")));
    }
    if let Some(country) = &record.country {
        fact("term.country", fact_text(country));
    }
    if let Some(url) = &record.url {
        fact("term.home", fact_link(url, url));
    }
    if let Some(successor) = organization.successor {
        let name = &page.catalogue().organization(successor).record.name;
        fact("term.successor", fact_to(page, Route::Organization(successor), name));
    }
    facts
}
