//! The list of organizations and the page of one: who they are and what they certified.
//!
//! In comes an organization, out go its names and its certifications, newest first.
//! Organizations are not ranked.

use super::shared::{fact_link, fact_text, link};
use super::{Frame, certifications};
use crate::catalogue::OrganizationIx;
use crate::html::Html;
use crate::route::{self, Route};
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::view::{FactView, OrganizationView, OrganizationsView, PageView, PictureView, Visible as _};

const CRUMB: (Route, &str) = (Route::Organizations, "Organizations");

pub(super) fn list(page: &Frame<'_>) -> PageView {
    let catalogue = page.catalogue();
    let columns = [
        column("Organization", ColumnKind::Name),
        column("Country", ColumnKind::Text),
        column("Certifications", ColumnKind::Number),
        column("Products", ColumnKind::Number),
    ];
    let note = page.words().counted(catalogue.organizations.len(), "organization", "organizations");
    let mut table = TableWriter::new(Heading::new("organizations", "All organizations", &note), &columns);
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
        table.row_with(&organization.id, "");
        table.header(|html| link(page, Route::Organization(index), &organization.record.name, html));
        table.cell(|html| match &organization.record.country {
            Some(country) => {
                html.name(country);
            }
            None => {
                html.absent("Not stated");
            }
        });
        table.number(organization.certifications.len()).number(products.len());
    }
    PageView {
        description: Some(format!("{note} with certified products.")),
        crumbs: page.crumbs(&[]),
        content: OrganizationsView { table: table.finish() }.into_value(),
        ..page.page("organizations", "organizations", "Organizations".to_owned())
    }
}

pub(super) fn view(page: &Frame<'_>, index: OrganizationIx) -> PageView {
    let organization = page.catalogue().organization(index);
    let record = &organization.record;
    let note = page.words().counted(organization.certifications.len(), "certification", "certifications");
    let heading = Heading::new("certifications", "Certifications", &note);
    let content = OrganizationView {
        facts: facts(page, index),
        description: page.prose(&record.body, "organizations"),
        logo: record.logo.as_ref().map(|logo| PictureView {
            src: format!("{}organizations/{}", page.root, route::encode_path(&logo.file.value)),
            alt: logo.alt.clone(),
        }),
        certifications: certifications::table(
            page,
            (heading, certifications::Known::Organization),
            organization.certifications.iter().copied(),
        ),
        remarks: super::shared::remarks(&record.remarks),
    };
    let mut view = page.page_of(("organization", "organizations"), record.name.clone(), organization.file);
    view.findings.retain(|finding| finding.code != "source-remark");
    PageView {
        description: Some(format!("{}: {note} in this catalogue.", record.name)),
        crumbs: page.crumbs(&[CRUMB]),
        content: content.into_value(),
        ..view
    }
}

fn facts(page: &Frame<'_>, index: OrganizationIx) -> Vec<FactView> {
    let organization = page.catalogue().organization(index);
    let record = &organization.record;
    let mut facts = Vec::new();
    let mut fact = |term: &'static str, value: Html| facts.push(FactView { term, value });
    if !record.former_names.is_empty() {
        fact("Former names", fact_text(&record.former_names.join(", ")));
    }
    if let Some(country) = &record.country {
        fact("Country", fact_text(country));
    }
    if let Some(url) = &record.url {
        fact("Home", fact_link(url, url));
    }
    if let Some(successor) = organization.successor {
        let name = &page.catalogue().organization(successor).record.name;
        fact("Successor", fact_link(&page.href(Route::Organization(successor)), name));
    }
    facts
}
