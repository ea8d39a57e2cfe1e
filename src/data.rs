//! Data files: what the pages show, for programs.
//!
//! In comes the linked catalogue, out go JSON files by their place on the site.
//! A value that is absent is `null`; an address is relative to the site's root, which every file names.

mod lineage;

use url::Url;

use crate::catalogue::Catalogue;
use crate::route;

/// Every data file: its path below the site's root, and its bytes.
pub fn files(catalogue: &Catalogue, base_url: &Url) -> Vec<(String, Vec<u8>)> {
    let frameworks = catalogue.frameworks.iter().enumerate();
    let lineages = frameworks.map(|(index, framework)| {
        let lineage = lineage::of(catalogue, base_url, index.into());
        (route::lineage_file(&framework.id), json(&lineage))
    });
    lineages.collect()
}

/// A value as JSON, with a line end as texts have one.
fn json(value: &impl serde::Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(value).expect("texts, numbers and lists are always JSON");
    bytes.push(b'\n');
    bytes
}
