//! Copies of pages in Markdown, for readers that would rather not take a page apart: editors, scripts, language models.
//!
//! In comes a page of a certification, an element, a framework or an organization, out goes `index.md` beside it, with the facts of the page.
//! No text of a record can become markup: the writer escapes every one of them for the place where it stands.

mod markdown;
mod certification;
mod element;
mod framework;
mod organization;

pub use markdown::MarkdownWriter;

use crate::catalogue::{Catalogue, Certification, CertificationIx};
use crate::pages::Context;
use crate::route::{self, Route};

/// A copy in the making: what it is made from, and how it leads elsewhere.
struct Copy<'c> {
    context: &'c Context,
    root: String,
    markdown: MarkdownWriter,
}

impl<'c> Copy<'c> {
    fn catalogue(&self) -> &'c Catalogue {
        &self.context.catalogue
    }

    fn word(&self, key: &'static str) -> &'c str {
        self.context.words.get(key)
    }

    /// The address of another page's copy, as this one writes it; of a page without one, the page's.
    fn href(&self, route: Route) -> String {
        let folder = self.context.addresses.folder(route, self.catalogue());
        let copy = if route.has_copy() { route::COPY } else { "" };
        format!("{}{folder}{copy}", self.root)
    }

    /// A fact in a list: its term, and what `write` writes.
    fn fact(&mut self, term: &'static str, write: impl FnOnce(&mut Self)) {
        self.markdown.literal("- ").text(self.context.words.get(term)).literal(": ");
        write(self);
        self.markdown.literal("\n");
    }

    /// A fact that is a text.
    fn said(&mut self, term: &'static str, text: &str) {
        self.fact(term, |copy| {
            copy.markdown.text(text);
        });
    }

    fn heading(&mut self, key: &'static str) {
        self.markdown.literal("\n## ").text(self.context.words.get(key)).literal("\n\n");
    }

    fn link(&mut self, route: Route, text: &str) {
        let href = self.href(route);
        self.markdown.link(&href, text);
    }

    /// Certifications as a list, each with its organization, release and dates.
    fn certifications(&mut self, certifications: &[CertificationIx]) {
        if certifications.is_empty() {
            return;
        }
        self.heading("term.certifications");
        for index in certifications {
            let certification = self.catalogue().certification(*index);
            self.markdown.literal("- ");
            self.link(Route::Certification(*index), &certification.record.title());
            let organization = self.catalogue().organization_name(certification);
            let release = release_words(self.catalogue(), certification);
            let status = self.context.status(certification).word;
            self.markdown.literal(", ").text(organization);
            self.markdown.literal(", ").text(&release).literal(", ").text(&status).literal("\n");
        }
    }

    /// The paragraphs of a text.
    fn paragraphs(&mut self, plain: &str) {
        for line in plain.lines() {
            self.markdown.literal("\n").text(line).literal("\n");
        }
    }

    /// Where the same page stands for people, and its facts for programs.
    fn end(&mut self, route: Route, data: Option<String>) {
        let folder = self.context.addresses.folder(route, self.catalogue());
        let page = format!("{}{folder}", self.context.base_url);
        self.markdown.literal("\n---\n\n");
        let word = self.word("copy.page");
        self.fact("copy.original", |copy| {
            copy.markdown.link(&page, word);
        });
        if let Some(data) = data.filter(|_| self.context.wanted.has_data) {
            let address = format!("{}{data}", self.root);
            self.fact("footer.data", |copy| {
                copy.markdown.link(&address, "JSON");
            });
        }
    }
}

/// The framework with the release of a certification.
fn release_words(catalogue: &Catalogue, certification: &Certification) -> String {
    let record = &catalogue.framework(certification.framework).record;
    format!("{} {}", record.name, record.releases[certification.release].version.value)
}

/// The copy of a page that has one.
pub fn of(context: &Context, route: Route) -> Option<String> {
    let folder = context.addresses.folder(route, &context.catalogue);
    let root = route::root_from(&folder);
    let mut copy = Copy { context, root, markdown: MarkdownWriter::default() };
    match route {
        Route::Certification(index) => certification::write(&mut copy, index),
        Route::Element(index) => element::write(&mut copy, index),
        Route::Framework(index) => framework::write(&mut copy, index),
        Route::Organization(index) => organization::write(&mut copy, index),
        _ => return None,
    }
    Some(copy.markdown.finish())
}
