//! Data files: what the pages show, for programs and for the pages' own scripts.
//!
//! In comes the context of a build, out go JSON files by their place on the site, the same bytes for the same input.
//! A value that is absent is `null` and never a number; an address is relative to the site's root, which every file names.

mod certification;
mod lineage;

use crate::pages::Context;
use crate::route;

/// Every data file: its path below the site's root, and its bytes.
pub fn files(context: &Context<'_>) -> Vec<(String, Vec<u8>)> {
    let frameworks = context.catalogue.frameworks.iter().enumerate();
    let lineages = frameworks.map(|(index, framework)| {
        let lineage = lineage::of(context.catalogue, context.base_url, index.into());
        (route::lineage_file(&framework.id), json(&lineage))
    });
    lineages.chain(certification::files(context)).collect()
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
