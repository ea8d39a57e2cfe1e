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

/// A value as JSON, with a line end as texts have one. What could be read as markup is escaped, so that the file means
/// the same to whoever takes it for a page.
fn json(value: &impl serde::Serialize) -> Vec<u8> {
    let text = serde_json::to_string(value).expect("texts, numbers and lists are always JSON");
    let mut escaped = String::with_capacity(text.len() + 1);
    for letter in text.chars() {
        match letter {
            '<' => escaped.push_str("\\u003c"),
            '>' => escaped.push_str("\\u003e"),
            '&' => escaped.push_str("\\u0026"),
            _ => escaped.push(letter),
        }
    }
    escaped.push('\n');
    escaped.into_bytes()
}
