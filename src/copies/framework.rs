//! The copy of a framework: what it is, its releases and domains, and the certifications against it.
//!
//! In comes a framework, out goes the same as on its page without figures and matrices.
//! Its elements are not listed here: the files of its releases have them.

use super::Copy;
use crate::catalogue::FrameworkIx;
use crate::route::{self, Route};

pub(super) fn write(copy: &mut Copy<'_>, index: FrameworkIx) {
    let catalogue = copy.catalogue();
    let framework = catalogue.framework(index);
    let record = &framework.record;
    copy.markdown.literal("# ").text(&record.name).literal("\n\n");
    if let Some(name) = &record.short_name {
        copy.said("term.short_name", name);
    }
    if let Some(publisher) = &record.publisher {
        copy.said("term.publisher", publisher);
    }
    if let Some(url) = &record.url {
        copy.fact("term.home", |copy| {
            copy.markdown.link(url, url);
        });
    }
    copy.paragraphs(&record.body.plain);
    copy.heading("term.releases");
    for (at, release) in record.releases.iter().enumerate().rev() {
        copy.markdown.literal("- ");
        copy.link(Route::Release(index, at), &release.version.value);
        if let Some(date) = release.date {
            copy.markdown.literal(", ").text(&date.to_string());
        }
        if at == framework.current {
            let current = copy.word("term.current_release");
            copy.markdown.literal(", ").text(current);
        }
        if copy.context.wanted.has_data {
            let data = format!("{}{}", copy.root, route::release_data(catalogue, index, at));
            copy.markdown.literal(" (").link(&data, "JSON").literal(")");
        }
        copy.markdown.literal("\n");
    }
    if !record.domains.is_empty() {
        copy.heading("framework.domains");
        for domain in &record.domains {
            copy.markdown.literal("- ").text(&domain.name).literal("\n");
        }
    }
    copy.certifications(&framework.certifications);
    copy.end(Route::Framework(index), Some(route::framework_data(&framework.id)));
}
