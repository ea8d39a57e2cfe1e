//! `llms.txt`: a short way into the catalogue for language models (llmstxt.org).
//!
//! In comes the catalogue, out goes a Markdown file that leads to copies of pages in Markdown and to the data.
//! Of a large catalogue it has the newest certifications; the data have all of them.

use crate::catalogue::CertificationIx;
use crate::copies::MarkdownWriter;
use crate::pages::Context;
use crate::route::{self, Route};

/// How many certifications and how many organizations are listed.
const MOST: usize = 200;

pub(super) fn text(context: &Context) -> String {
    let (catalogue, words) = (&context.catalogue, &context.words);
    let config = &catalogue.config;
    let mut markdown = MarkdownWriter::default();
    markdown.literal("# ").text(&config.title).literal("\n");
    if let Some(description) = &config.description {
        markdown.literal("\n> ").text(description).literal("\n");
    }
    markdown.literal("\n").text(words.get("footer.faithful")).literal("\n");
    if context.wanted.has_data {
        markdown.literal("\n## ").text(words.get("footer.data")).literal("\n\n- ");
        markdown.link(&at(context, route::DATA_INDEX), "JSON").literal("\n- ");
        markdown.link(&at(context, route::OPENAPI), "OpenAPI").literal("\n");
    }
    let mut section = |key: &'static str, links: Vec<(Route, String)>| {
        if links.is_empty() {
            return;
        }
        markdown.literal("\n## ").text(words.get(key)).literal("\n\n");
        for (route, title) in links {
            let folder = context.addresses.folder(route, catalogue);
            let address = at(context, &format!("{folder}{}", route::COPY));
            markdown.literal("- ").link(&address, &title).literal("\n");
        }
    };
    let frameworks = catalogue.frameworks.iter().enumerate();
    section(
        "frameworks.title",
        frameworks.map(|(at, one)| (Route::Framework(at.into()), one.record.name.clone())).collect(),
    );
    let organizations = catalogue.organizations.iter().enumerate().take(MOST);
    section(
        "organizations.title",
        organizations.map(|(at, one)| (Route::Organization(at.into()), one.record.name.clone())).collect(),
    );
    let mut newest: Vec<CertificationIx> = (0..catalogue.certifications.len()).map(Into::into).collect();
    let day = |index: &CertificationIx| {
        let record = &catalogue.certification(*index).record;
        record.completed.as_ref().or(record.valid_from.as_ref()).map(|date| date.value.first_day())
    };
    newest.sort_by_key(|index| std::cmp::Reverse(day(index)));
    newest.truncate(MOST);
    section(
        "certifications.title",
        newest.iter().map(|index| (Route::Certification(*index), context.in_a_sentence(*index))).collect(),
    );
    markdown.finish()
}

fn at(context: &Context, path: &str) -> String {
    format!("{}{path}", context.base_url)
}
