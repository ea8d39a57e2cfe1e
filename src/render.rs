//! Views become bytes: every page through its template, every document and static file as it is.
//!
//! In come a context, a theme and the list of pages, out goes the finished site with the mistakes of its templates.
//! Pages are rendered in parallel and never see each other; the site's order does not depend on threads.

mod redirects;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::data;
use crate::diagnostic::Diagnostic;
use crate::model::config::NavigationTarget;
use crate::pages::Context;
use crate::parse::highlight;
use crate::route::{self, Route};
use crate::site::Site;
use crate::site_path::SitePath;
use crate::theme::Theme;
use crate::view::{LinkView, NavigationView, PageView, PublisherView, SiteView, Visible as _};

/// A page with its path, or the mistake of its template.
type Rendered = Result<(SitePath, Vec<u8>), Option<Diagnostic>>;

/// Renders the whole site.
pub fn render(context: &Context<'_>, theme: &Theme) -> (Site, Vec<Diagnostic>) {
    let routes = route::all(context.catalogue);
    let rendered: Vec<Rendered> = routes
        .into_par_iter()
        .map_init(Vec::new, |buffer, route| page(context, theme, route, buffer))
        .collect();
    let rendered = rendered.into_iter().chain(redirects::pages(context, theme));
    let mut site = Site::default();
    let mut mistakes = BTreeSet::new();
    for page in rendered {
        match page {
            Ok((path, bytes)) => {
                site.add(path, bytes);
            }
            // A mistake in a template meets every page that uses it; it is told once.
            Err(mistake) => mistakes.extend(mistake),
        }
    }
    for (path, bytes) in data::files(context) {
        if let Ok(path) = SitePath::new(&path) {
            site.add(path, bytes);
        }
    }
    copy(context, theme, &mut site);
    (site, mistakes.into_iter().collect())
}

/// One page. The buffer only lends its room, so that a page takes no more memory than it has bytes.
fn page(context: &Context<'_>, theme: &Theme, route: Route, buffer: &mut Vec<u8>) -> Rendered {
    template(context, theme, (route, context.view(route)), buffer)?;
    // Addresses were checked before anything is rendered; one that cannot be is an error already.
    let path = SitePath::new(&route.file(context.catalogue)).map_err(|_| None)?;
    Ok((path, buffer.as_slice().to_vec()))
}

/// A view through the template of its kind, into a buffer.
fn template(
    context: &Context<'_>,
    theme: &Theme,
    (route, view): (Route, PageView),
    buffer: &mut Vec<u8>,
) -> Result<(), Option<Diagnostic>> {
    let template = format!("{}.html", view.kind);
    let mut values = tera::Context::new();
    values.insert_value("site", site_view(context, route, &view).into_value());
    values.insert_value("page", view.into_value());
    values.insert_value("words", context.words.visible());
    buffer.clear();
    theme.render(&template, &values, context.catalogue.config.file, buffer)
}

/// What every page says of the site, with links relative to the page.
fn site_view(context: &Context<'_>, route: Route, page: &PageView) -> SiteView {
    let catalogue = context.catalogue;
    let config = &catalogue.config;
    let words = context.words;
    let href = |other: Route| format!("{}{}", page.root, other.folder(catalogue));
    let links = config.navigation.iter().filter_map(|link| {
        let (href, current) = match &link.target {
            NavigationTarget::Web(url) => (url.clone(), false),
            NavigationTarget::Page(id) => {
                let index = catalogue.pages.iter().position(|page| page.id == id.value)?;
                (href(Route::Page(index)), route == Route::Page(index))
            }
        };
        Some(NavigationView { title: link.title.clone(), href, current })
    });
    let notices = config.notices.iter().filter_map(|id| {
        let index = catalogue.notices.iter().position(|notice| notice.id == id.value)?;
        let title = catalogue.notices[index].record.title.clone();
        Some(LinkView { title, href: href(Route::Notice(index)), note: None })
    });
    SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        language: words.language().to_owned(),
        direction: words.direction(),
        publisher: config
            .publisher
            .as_ref()
            .map(|publisher| PublisherView { name: publisher.name.clone(), url: publisher.url.clone() }),
        links: links.collect(),
        notices: notices.collect(),
    }
}

/// Documents, pictures, the theme's files and the colours of code.
fn copy(context: &Context<'_>, theme: &Theme, site: &mut Site) {
    let mut add = |path: &str, bytes: Vec<u8>| {
        if let Ok(path) = SitePath::new(path) {
            site.add(path, bytes);
        }
    };
    for (path, bytes) in &theme.statics {
        add(&format!("static/{path}"), bytes.clone());
    }
    add("static/words.js", context.words.script().as_bytes().to_vec());
    if let Some(list) = redirects::list(context) {
        add(redirects::LIST, list.into_bytes());
    }
    add("static/highlight.css", highlight::style_sheet().into_bytes());
    for (path, file) in &context.catalogue.assets {
        add(&route::asset_file(path), context.sources.bytes(*file).to_vec());
    }
}
