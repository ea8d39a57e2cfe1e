//! Data files: what the pages show, for programs and for the pages' own scripts.
//!
//! In comes the context of a build, out go JSON files by their place on the site, the same bytes for the same input.
//! A value that is absent is `null` and never a number; an address is relative to the site's root, which every file names.

mod certification;
mod lineage;

use crate::json;
use crate::pages::Context;
use crate::route;

/// Every data file: its path below the site's root, and its bytes.
pub fn files(context: &Context<'_>) -> Vec<(String, Vec<u8>)> {
    let frameworks = context.catalogue.frameworks.iter().enumerate();
    let lineages = frameworks.map(|(index, framework)| {
        let lineage = lineage::of(context.catalogue, context.base_url, index.into());
        (route::lineage_file(&framework.id), json::file(&lineage))
    });
    lineages.chain(certification::files(context)).collect()
}
