//! The copy of an organization: its names, what it is, and its certifications.
//!
//! In comes an organization, out goes the same as on its page without figures.
//! Organizations are not ranked here either.

use super::Copy;
use crate::catalogue::OrganizationIx;
use crate::route::{self, Route};

pub(super) fn write(copy: &mut Copy<'_>, index: OrganizationIx) {
    let catalogue = copy.catalogue();
    let organization = catalogue.organization(index);
    let record = &organization.record;
    copy.markdown.literal("# ").text(&record.name).literal("\n\n");
    if !record.former_names.is_empty() {
        copy.said("term.former_names", &copy.context.words.list(&record.former_names));
    }
    if let Some(country) = &record.country {
        copy.said("term.country", country);
    }
    if let Some(url) = &record.url {
        copy.fact("term.home", |copy| {
            copy.markdown.link(url, url);
        });
    }
    if let Some(successor) = organization.successor {
        copy.fact("term.successor", |copy| {
            copy.link(Route::Organization(successor), &catalogue.organization(successor).record.name);
        });
    }
    copy.paragraphs(&record.body.plain);
    copy.certifications(&organization.certifications);
    copy.end(Route::Organization(index), Some(route::organization_data(&organization.id)));
}
