//! Organizations as data: the list, and one file an organization.
//!
//! In come organizations, out go their names and the certifications that they have.
//! Organizations are not ranked, and nothing is added up over certifications whose scales differ.

use schemars::JsonSchema;
use serde::Serialize;

use super::value::{Named, plain};
use crate::catalogue::OrganizationIx;
use crate::pages::Context;
use crate::route::{self, Route};

/// Every organization.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "organizations")]
pub(super) struct List<'c> {
    /// The site's root, for the addresses below.
    site: &'c str,
    /// The organizations, by id.
    organizations: Vec<Entry<'c>>,
}

/// An organization in the list.
#[derive(Serialize, JsonSchema)]
struct Entry<'c> {
    /// Its id.
    id: &'c str,
    /// Its name.
    name: &'c str,
    /// How many certifications it has.
    certifications: usize,
    /// Its page.
    address: String,
    /// Its facts.
    data: String,
}

/// An organization that had products certified.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "organization")]
pub(super) struct Facts<'c> {
    /// The site's root, for the addresses below.
    site: &'c str,
    /// Its id.
    id: &'c str,
    /// Its name.
    name: &'c str,
    /// Names that it had before.
    former_names: Vec<&'c str>,
    /// Its page.
    address: String,
    /// Its home; `null` where the record does not say.
    url: Option<&'c str>,
    /// Where it sits; `null` where the record does not say.
    country: Option<&'c str>,
    /// The organization that took its place; `null` where there is none.
    successor: Option<Named<'c>>,
    /// What it is, in words without markup; `null` where the record does not say.
    description: Option<&'c str>,
    /// The ids of its certifications, newest first.
    certifications: Vec<&'c str>,
}

/// The list of organizations.
pub(super) fn list(context: &Context) -> List<'_> {
    let catalogue = &context.catalogue;
    let organizations = catalogue.organizations.iter().enumerate().map(|(index, organization)| Entry {
        id: &organization.id,
        name: &organization.record.name,
        certifications: organization.certifications.len(),
        address: Route::Organization(index.into()).folder(catalogue),
        data: route::organization_data(&organization.id),
    });
    List { site: context.base_url.as_str(), organizations: organizations.collect() }
}

/// One organization.
pub(super) fn facts(context: &Context, index: OrganizationIx) -> Facts<'_> {
    let catalogue = &context.catalogue;
    let organization = catalogue.organization(index);
    let record = &organization.record;
    let certifications = organization.certifications.iter();
    Facts {
        site: context.base_url.as_str(),
        id: &organization.id,
        name: &record.name,
        former_names: record.former_names.iter().map(String::as_str).collect(),
        address: Route::Organization(index).folder(catalogue),
        url: record.url.as_deref(),
        country: record.country.as_deref(),
        successor: organization.successor.map(|successor| {
            let successor = catalogue.organization(successor);
            Named { id: &successor.id, name: &successor.record.name }
        }),
        description: plain(&record.body.plain),
        certifications: certifications.map(|index| catalogue.certification(*index).id.as_str()).collect(),
    }
}
