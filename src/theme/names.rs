//! Which names the templates of each kind of page use.
//!
//! In come the texts of all templates, out goes, for each, every name in it and in the templates that it is made with.
//! A name that merely stands in a text or a comment counts: too much is wanted then, and never too little.

use std::collections::{BTreeMap, BTreeSet};

/// The names used by each template: by its file's name without the ending.
pub(super) fn used(texts: &BTreeMap<&str, &str>) -> BTreeMap<String, BTreeSet<String>> {
    // Components can be called from everywhere.
    let components: Vec<&str> =
        texts.iter().filter(|(_, text)| text.contains("{% component")).map(|(name, _)| *name).collect();
    let with: BTreeMap<&str, Vec<&str>> =
        texts.iter().map(|(name, text)| (*name, named_files(text, texts))).collect();
    let names = texts.keys().filter_map(|template| {
        let kind = template.strip_suffix(".html")?;
        let mut parts = BTreeSet::new();
        let mut waiting = vec![*template];
        waiting.extend(&components);
        while let Some(part) = waiting.pop() {
            if parts.insert(part) {
                waiting.extend(&with[part]);
            }
        }
        Some((
            kind.to_owned(),
            parts.into_iter().flat_map(|part| words(texts[part])).map(str::to_owned).collect(),
        ))
    });
    names.collect()
}

/// The templates that a text names, to extend or to include them.
fn named_files<'t>(text: &str, texts: &BTreeMap<&'t str, &str>) -> Vec<&'t str> {
    let quoted: BTreeSet<&str> = text.split(['"', '\'']).collect();
    texts.keys().copied().filter(|name| quoted.contains(name)).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}
