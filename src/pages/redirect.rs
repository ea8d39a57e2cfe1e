//! The page at a former address: it leads on to where the record's page stands now.
//!
//! In come a former address and a page, out goes a view whose links are relative to the former address.
//! It says nothing of its own, so search engines are told to keep to the page that it leads to.

use super::{Context, Frame};
use crate::model::alias::Alias;
use crate::route::{self, Route};
use crate::view::{LinkView, PageView, RedirectView, Visible as _};

impl Context {
    /// The view of the page at a former address of `target`.
    pub fn redirect(&self, alias: &Alias, target: Route) -> PageView {
        let root = route::root_from(alias.file.as_str());
        let page = Frame { root, ..Frame::new(self, target) };
        let title = self.page(target).0.title;
        let target = LinkView { title: title.clone(), href: page.href(target), note: None };
        PageView { content: RedirectView { target }.into_value(), ..page.page("redirect", "", title) }
    }
}
