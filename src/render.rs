//! Views become bytes: every page through its template, every document and static file as it is.
//!
//! In come a context and a theme, out goes the site, whose pages are made when somebody asks for their bytes.
//! Pages never see each other; what a page is does not depend on threads or on the order in which pages are asked for.

mod redirects;

use std::sync::Arc;

use crate::copies;
use crate::crawlers;
use crate::data::{self, Data};
use crate::diagnostic::Diagnostic;
use crate::feeds;
use crate::model::alias::Alias;
use crate::model::config::NavigationTarget;
use crate::pages::{BadgeFile, Context};
use crate::route::{self, Route};
use crate::site::{Made, Maker, Site};
use crate::site_path::SitePath;
use crate::structured;
use crate::theme::{self, Theme};
use crate::view::{LinkView, NavigationView, PageView, PictureView, PublisherView, SiteView, Visible as _};

/// Everything that pages are made from, and the list of what is made.
struct Renderer {
    context: Context,
    theme: Arc<Theme>,
    data: Data,
    /// Every former address with the page that it leads to.
    former: Vec<(Alias, Route)>,
    works: Vec<Work>,
}

/// A file that is made when its bytes are asked for.
#[derive(Clone, Copy)]
enum Work {
    /// A page through its template.
    Page(Route),
    /// The page at a former address, by its place in the list of all of them.
    Redirect(usize),
    /// A file of data.
    Data(data::File),
    /// A feed or a calendar.
    Feed(feeds::File),
    /// A file that leads to pages.
    Crawler(crawlers::File),
    /// A badge.
    Badge(BadgeFile),
}

impl Work {
    fn page(&self) -> Option<Route> {
        if let Self::Page(route) = self { Some(*route) } else { None }
    }
}

/// The whole site with a page for every route, its pages still to be made. Every path was checked for conflicts before.
pub fn render(context: Context, theme: Arc<Theme>, routes: Vec<Route>) -> Site {
    let catalogue = &context.catalogue;
    let crawlers = crawlers::files(&context, routes.len()).into_iter();
    let crawlers = crawlers.map(|(path, file)| (path, Work::Crawler(file)));
    let pages = routes.into_iter().map(|route| (route.file(catalogue), Work::Page(route)));
    let former: Vec<(Alias, Route)> =
        route::former(catalogue).into_iter().map(|(alias, route, _)| (alias.clone(), route)).collect();
    let redirects = former.iter().enumerate();
    let redirects = redirects.map(|(at, (alias, _))| (alias.file.as_str().to_owned(), Work::Redirect(at)));
    let data = if theme.wanted.has_data { data::files(catalogue) } else { Vec::new() };
    let sheets = if theme.wanted.has_files { data::sheets(catalogue) } else { Vec::new() };
    let data = data.into_iter().chain(sheets).map(|(path, file)| (path, Work::Data(file)));
    let feeds = if theme.wanted.has_feeds { feeds::files(catalogue) } else { Vec::new() };
    let feeds = feeds.into_iter().map(|(path, file)| (path, Work::Feed(file)));
    let badges = theme.wanted.has_badges.then(|| BadgeFile::all(catalogue)).into_iter().flatten();
    let badges = badges.map(|(path, file)| (path, Work::Badge(file)));
    // Addresses were checked before; one that cannot be is an error already.
    let made = pages
        .chain(redirects)
        .chain(data)
        .chain(feeds)
        .chain(crawlers)
        .chain(badges)
        .filter_map(|(path, work)| Some((SitePath::new(&path).ok()?, work)));
    let (paths, works): (Vec<SitePath>, Vec<Work>) = made.unzip();
    let ready = ready(&context, &theme);
    let data = Data::of(catalogue);
    let mut site = Site::made_by(Arc::new(Renderer { context, theme, data, former, works }), paths);
    for (path, bytes) in ready {
        if let Ok(path) = SitePath::new(&path) {
            site.add(path, bytes);
        }
    }
    site
}

impl Maker for Renderer {
    fn make(&self, number: u32, made: &mut Made) -> Result<(), Box<Diagnostic>> {
        made.bytes.clear();
        made.beside.clear();
        match self.works[number as usize] {
            Work::Page(route) => {
                let (mut view, beside) = self.context.page(route);
                let wanted = self.context.wanted.by(view.kind);
                view.structured = wanted.of("structured", || structured::of(&self.context, route, &view));
                if self.context.hides_places {
                    (view.edit, view.source, view.findings) = (None, None, Vec::new());
                }
                self.template(route, view, &mut made.bytes)?;
                let has_copy = self.context.wanted.has_copies && route.has_copy();
                let copy = if has_copy { copies::of(&self.context, route) } else { None };
                let folder = self.context.addresses.folder(route, &self.context.catalogue);
                let copy = copy.map(|copy| (format!("{folder}{}", route::COPY), copy.into_bytes()));
                let beside = beside.into_iter().chain(copy);
                made.beside
                    .extend(beside.filter_map(|(path, bytes)| Some((SitePath::new(&path).ok()?, bytes))));
            }
            Work::Redirect(at) => {
                let (alias, route) = &self.former[at];
                self.template(*route, self.context.redirect(alias, *route), &mut made.bytes)?;
            }
            Work::Data(file) => self.data.write(&self.context, file, &mut made.bytes),
            Work::Feed(file) => feeds::write(&self.context, file, &mut made.bytes),
            Work::Crawler(file) => {
                let pages: Vec<Route> = self.works.iter().filter_map(Work::page).collect();
                crawlers::write(&self.context, file, &pages, &mut made.bytes);
            }
            Work::Badge(file) => file.write(&self.context, &mut made.bytes),
        }
        Ok(())
    }
}

impl Renderer {
    /// A view through the template of its kind.
    fn template(&self, route: Route, view: PageView, bytes: &mut Vec<u8>) -> Result<(), Box<Diagnostic>> {
        let template = format!("{}.html", view.kind);
        let mut values = tera::Context::new();
        values.insert_value("site", site_view(&self.context, route, &view).into_value());
        values.insert_value("page", view.into_value());
        values.insert_value("words", self.context.words.visible());
        self.theme.render(&template, &values, self.context.catalogue.config.file, bytes)
    }
}

/// What every page says of the site, with links relative to the page.
fn site_view(context: &Context, route: Route, page: &PageView) -> SiteView {
    let catalogue = &context.catalogue;
    let config = &catalogue.config;
    let words = &context.words;
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
        written_in: context.language_of_site().map(str::to_owned),
        publisher: config
            .publisher
            .as_ref()
            .map(|publisher| PublisherView { name: publisher.name.clone(), url: publisher.url.clone() }),
        links: links.collect(),
        notices: notices.collect(),
        data: context.wanted.has_data.then(|| format!("{}{}", page.root, route::DATA_INDEX)),
        card: config.card.as_ref().map(|card| {
            let path = route::encode_path(&route::asset_file(&card.file.value));
            PictureView { src: format!("{}{path}", context.base_url), alt: card.alt.clone() }
        }),
        feed: context.wanted.has_feeds.then(|| {
            let feed = route::feed_file(catalogue, route::Scope::Site, route::FeedForm::Atom);
            format!("{}{feed}", page.root)
        }),
        open_search: context.wanted.has_search.then(|| format!("{}{}", page.root, route::OPEN_SEARCH)),
    }
}

/// Files that are there as bytes: the theme's, the list of redirects, documents and pictures.
fn ready(context: &Context, theme: &Theme) -> Vec<(String, Arc<[u8]>)> {
    let mut ready: Vec<(String, Arc<[u8]>)> = Vec::new();
    for (path, bytes) in &theme.statics {
        ready.push((format!("static/{path}"), Arc::clone(bytes)));
    }
    if theme.wanted.has_scripts {
        ready.push((theme::WORDS.to_owned(), context.words.script().as_bytes().into()));
    }
    if let Some(list) = redirects::list(context) {
        ready.push((redirects::LIST.to_owned(), list.into_bytes().into()));
    }
    for (path, file) in &context.catalogue.assets {
        ready.push((route::asset_file(path), context.sources.shared_bytes(*file)));
    }
    ready
}
