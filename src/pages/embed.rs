//! The summary of a certification for a frame of another site.
//!
//! In comes a certification, out go the few facts that fit there, each as on its page.
//! It needs no script and leads out of the frame; search engines are told to keep to the certification's page.

use super::Frame;
use super::shared::{assessed, fact_text};
use super::standing::Standing;
use crate::catalogue::CertificationIx;
use crate::html::HtmlWriter;
use crate::route::Route;
use crate::view::{EmbedView, LinkView, PageView, Visible as _};

pub(super) fn view(page: &Frame<'_>, index: CertificationIx) -> PageView {
    let certification = page.catalogue().certification(index);
    let standing = Standing::of(page.context, index);
    let mut date = HtmlWriter::default();
    assessed(page, certification, &mut date);
    let link =
        |title: &str, route: Route| LinkView { title: title.to_owned(), href: page.href(route), note: None };
    let content = EmbedView {
        target: link(&standing.title, Route::Certification(index)),
        status: standing.status,
        result: standing.result,
        facts: vec![
            page.fact("term.organization", fact_text(standing.organization)),
            page.fact("term.framework_and_release", fact_text(&standing.release)),
            page.fact("term.assessed", date.finish()),
        ],
        home: link(&page.catalogue().config.title, Route::Home),
    };
    PageView {
        language: page.language_of(page.route).map(str::to_owned),
        canonical: format!("{}{}", page.context.base_url, page.folder(Route::Certification(index))),
        content: content.into_value(),
        ..page.page("embed", "certifications", standing.title)
    }
}
