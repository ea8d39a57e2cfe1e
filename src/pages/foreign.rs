//! Which texts of records are in another language than the page.
//!
//! In comes a text's record, out goes the language to mark it with, or nothing where the page speaks it.
//! A text that is translated into the page's language is never marked.

use super::{Context, Frame};
use crate::catalogue::{Catalogue, Certification, Framework};
use crate::html::{Html, HtmlWriter};
use crate::language;
use crate::route::Route;
use crate::table::Cells as _;
use crate::words::Words;

/// Whether pages have another language than records.
pub(super) fn records_are_foreign(catalogue: &Catalogue, words: &Words) -> bool {
    language::primary(&catalogue.config.content_language) != language::primary(words.language())
}

impl Context {
    /// The language of records, where pages have another.
    fn record_language(&self) -> Option<&str> {
        self.records_are_foreign.then_some(self.catalogue.config.content_language.as_str())
    }

    /// The language of the site's own texts, where pages have another.
    pub fn language_of_site(&self) -> Option<&str> {
        self.record_language().filter(|_| !self.catalogue.translated.contains("site"))
    }
}

impl<'p> Frame<'p> {
    /// The language of records, where the page has another.
    pub(super) fn record_language(&self) -> Option<&'p str> {
        self.context.record_language()
    }

    /// The language of the name of what a page is about.
    pub(super) fn language_of(&self, route: Route) -> Option<&'p str> {
        self.language_of_part(route, "")
    }

    fn language_of_part(&self, route: Route, part: &str) -> Option<&'p str> {
        let language = self.record_language()?;
        let catalogue = self.catalogue();
        let name = match route {
            Route::Home if catalogue.home.is_some() => "home".to_owned(),
            Route::Home => "site".to_owned(),
            Route::Certification(index) | Route::Embed(index) => {
                format!("certification/{}", catalogue.certification(index).id)
            }
            Route::Framework(index) | Route::Release(index, _) => {
                format!("framework/{}", catalogue.framework(index).id)
            }
            Route::Element(index) => {
                let element = catalogue.element(index);
                let framework = catalogue.framework(element.framework);
                format!("element/{}/{}", framework.id, element.record.key.value)
            }
            Route::Organization(index) => format!("organization/{}", catalogue.organization(index).id),
            Route::Crosswalk(_) => return Some(language),
            Route::Page(index) => format!("page/{}", catalogue.pages[index].id),
            Route::Notice(index) => format!("notice/{}", catalogue.notices[index].id),
            _ => return None,
        };
        (!catalogue.translated.contains(&format!("{name}{part}"))).then_some(language)
    }

    /// The prose of what a page is about, marked where it is in another language.
    pub(super) fn marked_prose(&self, route: Route, prose: Html) -> Html {
        let Some(tag) = self.language_of_part(route, "#body").filter(|_| !prose.is_empty()) else {
            return prose;
        };
        let mut html = HtmlWriter::with_capacity(prose.as_str().len() + 32);
        html.literal("<div").attribute("lang", tag).attribute("dir", language::direction(tag)).literal(">\n");
        html.html(&prose).literal("</div>\n");
        html.finish()
    }

    /// What a certification's source says of an element, marked where it is in another language.
    pub(super) fn comment(
        &self,
        certification: &Certification,
        (element, comment): (&str, &str),
        html: &mut HtmlWriter,
    ) {
        let is_translated = || {
            let name = format!("certification/{}#result/{element}", certification.id);
            self.catalogue().translated.contains(&name)
        };
        html.name_in(self.record_language().filter(|_| !is_translated()), comment);
    }

    /// The language of the name of a domain. What stands in no domain is named by the page itself.
    pub(super) fn language_of_domain(&self, framework: &Framework, domain: Option<usize>) -> Option<&'p str> {
        let language = self.record_language()?;
        let domain = framework.record.domains.get(domain?)?;
        let name = format!("framework/{}#domain/{}", framework.id, domain.id.value);
        (!self.catalogue().translated.contains(&name)).then_some(language)
    }

    /// The language of the ratings of a certification's scale, unless any of them is translated: then nothing tells which are.
    pub(super) fn language_of_ratings(&self, certification: &Certification) -> Option<&'p str> {
        let language = self.record_language()?;
        let framework = self.catalogue().framework(certification.framework);
        let scale = self.catalogue().scale(certification)?;
        let names = format!("framework/{}#scale/{}#rating/", framework.id, scale.id.value);
        let translated = self.catalogue().translated.range(names.clone()..).next();
        (!translated.is_some_and(|name| name.starts_with(&names))).then_some(language)
    }
}
