//! The copy of an element: its ids through the releases, its definition, and every certification that covers it.
//!
//! In comes an element, out goes the same as on its page without figures, its place in the tree and its history.
//! An id is told with the release since which it holds; where there is none, nothing stands for it.

use super::Copy;
use super::certification::said;
use crate::catalogue::ElementIx;
use crate::model::certification::Value;
use crate::route::{self, Route};

pub(super) fn write(copy: &mut Copy<'_>, index: ElementIx) {
    let context = copy.context;
    let (catalogue, words) = (&context.catalogue, &context.words);
    let element = catalogue.element(index);
    let framework = catalogue.framework(element.framework);
    copy.markdown.literal("# ");
    if let Some((_, state)) = element.newest() {
        copy.markdown.text(&state.id).literal(" ");
    }
    copy.markdown.text(element.name()).literal("\n\n");
    copy.fact("term.framework", |copy| {
        copy.link(Route::Framework(element.framework), &framework.record.name);
    });
    for (since, id) in element.ids() {
        let Some(id) = id else { continue };
        copy.fact(if since.is_some() { "term.id" } else { "term.original_identifier" }, |copy| {
            copy.markdown.text(id);
            if let Some(release) = since {
                let version = &framework.record.releases[release].version.value;
                let since = words.fill("framework.since", &[("release", version)]);
                copy.markdown.literal(" (").text(&since).literal(")");
            }
        });
    }
    copy.paragraphs(&element.record.body.plain);
    certifications(copy, index);
    copy.end(Route::Element(index), Some(route::lineage_file(&framework.id)));
}

/// Every row about the element.
fn certifications(copy: &mut Copy<'_>, index: ElementIx) {
    let catalogue = copy.catalogue();
    let element = catalogue.element(index);
    let framework = catalogue.framework(element.framework);
    if element.results.is_empty() {
        return;
    }
    copy.heading("term.certifications");
    let heads = ["term.product", "term.organization", "term.release", "term.score", "term.result"];
    for head in heads {
        let word = copy.word(head);
        copy.markdown.literal("| ").text(word).literal(" ");
    }
    copy.markdown.literal("|\n|---|---|---|---:|---|\n");
    for (certification, linked, row, result) in catalogue.rows_about(element) {
        copy.markdown.literal("| ");
        copy.link(Route::Certification(certification), &linked.record.title());
        copy.markdown.literal(" | ").text(catalogue.organization_name(linked)).literal(" | ");
        let release = usize::from(row.release);
        copy.markdown.text(&framework.record.releases[release].version.value).literal(" | ");
        match (&result.value.value, catalogue.scale(linked)) {
            (Value::Score(score), Some(scale)) => {
                copy.markdown.text(&copy.context.words.score(scale, *score));
            }
            _ => {
                copy.markdown.literal("–");
            }
        }
        let said = said(copy, linked, (row, result));
        copy.markdown.literal(" | ").text(&said).literal(" |\n");
    }
}
