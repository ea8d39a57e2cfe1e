//! What every page of the site shows, as a view for its template.
//!
//! In come the linked catalogue and its diagnostics, out goes one view a page; a page's view is its whole input.
//! Nothing is read, written or rendered with a template here, and pages do not depend on each other.

mod addresses;
mod foreign;
mod shared;
mod files;
mod facets;
mod counts;
mod lists;
mod spread;
mod calendar;
mod certifications;
mod listed;
mod excerpt;
mod source;
mod results;
mod covered;
mod footprint;
mod distribution;
mod sums;
mod compare;
mod standing;
mod badge;
mod snippets;
mod certification;
mod embed;
mod matrix;
mod uncertified;
mod crosswalk;
mod framework;
mod history;
mod changes;
mod checks;
mod timeline;
mod strip;
mod scores;
mod element;
mod home;
mod mapping;
mod organization;
mod redirect;
mod release;
mod search;
mod alternates;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use url::Url;

use crate::catalogue::{Catalogue, Certification, CertificationIx};
use crate::diagnostic::{LevelReason, Leveled};
use crate::html::Html;
use crate::model::date::Day;
use crate::parse::markdown::{Body, Reference, ReferenceKind, Resolved};
use crate::route::{self, Route};
use crate::search::lists::Lists;
use crate::sources::Sources;
use crate::tally::{self, Tally};
use crate::text::FileId;
use crate::theme::wanted::Wanted;
use crate::view::{
    CrumbView, FactView, FindingView, NotFoundView, NoticeView, PageView, StatusView, TextView, Visible as _,
};
use crate::words::Words;

pub use addresses::Addresses;
pub use badge::BadgeFile;
pub use files::PageFile;

/// What all pages are made from.
pub struct Context {
    /// The linked catalogue.
    pub catalogue: Catalogue,
    /// The files, for the places of findings.
    pub sources: Sources,
    /// The words of the interface.
    pub words: Arc<Words>,
    /// What the theme makes use of.
    pub wanted: Wanted,
    /// Whether pages have another language than records.
    records_are_foreign: bool,
    /// The day for which validity is judged.
    pub as_of: Day,
    /// Where the site will stand.
    pub base_url: Url,
    /// Every address, made once.
    pub addresses: Addresses,
    /// What the rows of each certification add up to, counted once for the many pages that say so.
    tallies: Vec<Tally>,
    /// The domains that each certification has rows in.
    domains: Vec<Vec<usize>>,
    /// The findings of each file.
    findings: BTreeMap<FileId, Vec<Finding>>,
    /// All findings, in order.
    pub leveled: Vec<Leveled>,
    /// The line of each of them.
    lines: Vec<u32>,
    /// The lists of what can be found, made when the first of their pages is.
    lists: OnceLock<Lists>,
    /// Whether pages name no files and lines of sources, nor what was found there: for comparing what else they say.
    pub hides_places: bool,
}

/// A finding as pages show it, before it has an address relative to one.
#[derive(Clone)]
struct Finding {
    code: &'static str,
    severity: &'static str,
    message: String,
    place: String,
    offset: u32,
}

impl Context {
    /// Makes the context of a build.
    pub fn new(
        catalogue: Catalogue,
        sources: Sources,
        (words, wanted): (Arc<Words>, Wanted),
        as_of: Day,
        leveled: Vec<Leveled>,
    ) -> Self {
        let mut findings: BTreeMap<FileId, Vec<Finding>> = BTreeMap::new();
        let lines = sources.lines(leveled.iter().map(|finding| finding.diagnostic.place));
        for (Leveled { diagnostic, severity, reason }, line) in leveled.iter().zip(&lines) {
            let place = diagnostic.place;
            findings.entry(place.file).or_default().push(Finding {
                code: diagnostic.code.name(),
                severity: severity.word(),
                message: match reason {
                    LevelReason::Waived { reason, .. } => {
                        format!("{}; accepted: {reason}", diagnostic.message)
                    }
                    _ => diagnostic.message.clone(),
                },
                place: format!("{}:{line}", sources.path(place.file)),
                offset: place.span.start,
            });
        }
        let certifications = catalogue.certifications.par_iter();
        let counted = certifications.map(|certification| {
            (tally::whole(&catalogue, certification), tally::domains(&catalogue, certification))
        });
        let (tallies, domains) = counted.unzip();
        let addresses = Addresses::new(&catalogue);
        let base_url = catalogue.config.base_url.clone();
        let records_are_foreign = foreign::records_are_foreign(&catalogue, &words);
        Self {
            catalogue,
            sources,
            words,
            wanted,
            records_are_foreign,
            as_of,
            base_url,
            addresses,
            tallies,
            domains,
            findings,
            leveled,
            lines,
            lists: OnceLock::new(),
            hides_places: false,
        }
    }

    /// The lists of what can be found.
    pub fn lists(&self) -> &Lists {
        self.lists.get_or_init(|| Lists::of(&self.catalogue))
    }

    /// The findings in order, each with its line.
    pub fn with_lines(&self) -> impl Iterator<Item = (&Leveled, u32)> {
        self.leveled.iter().zip(self.lines.iter().copied())
    }

    /// What the rows of a certification add up to.
    pub fn tally(&self, index: CertificationIx) -> &Tally {
        &self.tallies[index.index()]
    }

    /// The domains that a certification has rows in, in the framework's order.
    pub fn domains(&self, index: CertificationIx) -> &[usize] {
        &self.domains[index.index()]
    }

    /// What came of a certification, in one sentence.
    pub fn in_a_sentence(&self, index: CertificationIx) -> String {
        certification::in_a_sentence(self, index)
    }

    /// Whether a certification holds on the day of the build.
    pub fn status(&self, certification: &Certification) -> StatusView {
        shared::status(self, certification)
    }

    /// The view of a page, and the files that stand beside it.
    pub fn page(&self, route: Route) -> (PageView, Vec<PageFile>) {
        let page = Frame::new(self, route);
        let mut view = view(&page);
        view.alternates = self.wanted.by(view.kind).of("alternates", || alternates::of(&page));
        (view, page.files.into_inner())
    }
}

/// The view of a page, by what it is of.
fn view(page: &Frame<'_>) -> PageView {
    match page.route {
        Route::Home => home::view(page),
        Route::Certifications => certifications::view(page),
        Route::Certification(index) => certification::view(page, index),
        Route::Mapping(index) => mapping::view(page, index),
        Route::Embed(index) => embed::view(page, index),
        Route::Frameworks => framework::list(page),
        Route::Framework(index) => framework::view(page, index),
        Route::Release(index, release) => release::view(page, index, release),
        Route::Changes(index, release) => changes::view(page, index, release),
        Route::Element(index) => element::view(page, index),
        Route::Crosswalk(index) => crosswalk::view(page, index),
        Route::Organizations => organization::list(page),
        Route::Organization(index) => organization::view(page, index),
        Route::Matrix(index, domain) => matrix::view(page, index, domain),
        Route::ReleaseMatrix(index, matrix, part) => matrix::of_release(page, index, matrix, part),
        Route::Year(year, part) => listed::of_year(page, year, part),
        Route::Domain(index, domain) => listed::of_domain(page, index, domain),
        Route::Search => search::view(page),
        Route::Names(part) => search::names(page, part),
        Route::Ids(part) => search::ids(page, part),
        Route::Compare => compare::view(page),
        Route::Pair(first, second) => compare::pair(page, [first, second]),
        Route::Checks => checks::view(page),
        Route::Page(index) => text(page, index),
        Route::Notice(index) => notice(page, index),
        Route::NotFound => not_found(page),
    }
}

/// A page in the making: where it stands and how it leads elsewhere.
pub struct Frame<'p> {
    /// What all pages are made from.
    pub context: &'p Context,
    /// The page.
    pub route: Route,
    /// The prefix of every address inside the site.
    pub root: String,
    /// The files that will stand beside the page, as its tables are finished.
    files: RefCell<Vec<PageFile>>,
}

impl<'p> Frame<'p> {
    fn new(context: &'p Context, route: Route) -> Self {
        let root = match route {
            // Served for addresses at any depth, so nothing can be relative to it.
            Route::NotFound => context.base_url.path().to_owned(),
            _ => route::root_from(&context.addresses.folder(route, &context.catalogue)),
        };
        Self { context, route, root, files: RefCell::default() }
    }

    /// The catalogue.
    pub fn catalogue(&self) -> &'p Catalogue {
        &self.context.catalogue
    }

    /// The words of the interface.
    pub fn words(&self) -> &'p Words {
        &self.context.words
    }

    /// The address of another page, as this one writes it.
    pub fn href(&self, route: Route) -> String {
        [self.root.as_str(), &self.folder(route)].concat()
    }

    /// The folder of a page, below the site's root.
    pub fn folder(&self, route: Route) -> Cow<'p, str> {
        self.context.addresses.folder(route, &self.context.catalogue)
    }

    /// A text with its links filled in. `folder` holds the record's own files, below `content/`.
    pub fn prose(&self, body: &Body, folder: &str) -> Html {
        self.marked_prose(self.route, self.prose_with_prefix(body, folder, ""))
    }

    /// A text on a page that holds several, with a prefix before its anchors.
    pub fn prose_with_prefix(&self, body: &Body, folder: &str, prefix: &str) -> Html {
        body.render_with_prefix(prefix, &mut |reference| self.resolve(reference, folder))
    }

    fn resolve(&self, reference: &Reference, folder: &str) -> Resolved {
        match reference.kind {
            ReferenceKind::File | ReferenceKind::Picture => {
                let path = crate::link::texts::join(folder, &reference.target);
                let href = format!("{}{}", self.root, route::encode_path(&route::asset_file(&path)));
                Resolved { href, text: reference.target.clone() }
            }
            ReferenceKind::Record => {
                // Steps are known by their bare ids in the certification's own texts only, not in a notice beside them.
                let scope = match self.route {
                    Route::Certification(index) if folder.starts_with("certifications/") => Some(index),
                    _ => None,
                };
                let found = crate::link::texts::resolve_in(self.catalogue(), scope, &reference.target);
                let Some(target) = found else {
                    return Resolved { href: String::new(), text: reference.target.clone() };
                };
                let (route, anchor) = Route::of_target(target, self.catalogue());
                let fragment = anchor.map(|anchor| route::fragment(&route::tree_anchor(&anchor)));
                Resolved {
                    href: format!("{}{}", self.href(route), fragment.unwrap_or_default()),
                    text: shared::target_words(self.catalogue(), target),
                }
            }
        }
    }

    /// The pages above this one: home first.
    pub fn crumbs(&self, routes: &[(Route, &str)]) -> Vec<CrumbView> {
        let home = [(Route::Home, self.words().get("nav.home"))];
        let crumbs = home.iter().chain(routes).map(|(route, title)| CrumbView {
            title: (*title).to_owned(),
            href: self.href(*route),
            // The way home is in the page's own words.
            language: self.language_of(*route).filter(|_| *route != Route::Home).map(str::to_owned),
        });
        crumbs.collect()
    }

    /// A fact whose term has this key.
    pub fn fact(&self, term: &'static str, value: Html) -> FactView {
        FactView { term: self.words().get(term).to_owned(), value }
    }

    /// The findings of a file; with a range of offsets, those within it.
    pub fn findings(&self, file: FileId, within: Option<(u32, u32)>) -> Vec<FindingView> {
        let all = self.context.findings.get(&file).map(Vec::as_slice).unwrap_or_default();
        let here = all.iter().filter(|finding| {
            within.is_none_or(|(start, end)| finding.offset >= start && finding.offset < end)
        });
        let views = here.map(|finding| FindingView {
            code: finding.code,
            severity: finding.severity,
            message: finding.message.clone(),
            place: finding.place.clone(),
            href: format!("{}#{}", self.href(Route::Checks), finding.code),
            language: self.words().of_messages(),
        });
        views.collect()
    }

    /// The notices that apply, with their texts.
    pub fn notices(&self, indexes: &[usize]) -> Vec<NoticeView> {
        let notices = indexes.iter().map(|index| (index, &self.catalogue().notices[*index]));
        let views = notices.map(|(index, notice)| NoticeView {
            id: notice.id.clone(),
            title: notice.record.title.clone(),
            body: {
                let prefix = format!("notice-{}-", notice.id);
                let prose = self.prose_with_prefix(&notice.record.body, "notices", &prefix);
                self.marked_prose(Route::Notice(*index), prose)
            },
            language: self.language_of(Route::Notice(*index)).map(str::to_owned),
        });
        views.collect()
    }

    /// The view of a page without a record: no source, no findings.
    pub fn page(&self, kind: &'static str, section: &'static str, title: String) -> PageView {
        let folder = self.route.folder(self.catalogue());
        PageView {
            kind,
            title,
            description: None,
            root: self.root.clone(),
            canonical: format!("{}{folder}", self.context.base_url),
            crumbs: Vec::new(),
            section,
            edit: None,
            source: None,
            findings: Vec::new(),
            language: None,
            alternates: Vec::new(),
            structured: Html::empty(),
            content: tera::Value::none(),
        }
    }

    /// The same for a page that is made from a record.
    pub fn page_of(
        &self,
        (kind, section): (&'static str, &'static str),
        title: String,
        file: FileId,
    ) -> PageView {
        let path = self.context.sources.path(file);
        let repository = self.catalogue().config.repository.as_deref();
        PageView {
            edit: repository.map(|repository| {
                format!("{}/{}", repository.trim_end_matches('/'), route::encode_path(path))
            }),
            source: Some(path.to_owned()),
            findings: self.findings(file, None),
            language: self.language_of(self.route).map(str::to_owned),
            ..self.page(kind, section, title)
        }
    }
}

fn text(page: &Frame<'_>, index: usize) -> PageView {
    let text = &page.catalogue().pages[index];
    let folder = crate::link::texts::page_folder(&text.id);
    let content = TextView { body: page.prose(&text.record.body, &folder) };
    PageView {
        description: text.record.description.clone(),
        crumbs: page.crumbs(&[]),
        content: content.into_value(),
        ..page.page_of(("page", ""), text.record.title.clone(), text.file)
    }
}

fn notice(page: &Frame<'_>, index: usize) -> PageView {
    let notice = &page.catalogue().notices[index];
    let content = TextView { body: page.prose(&notice.record.body, "notices") };
    PageView {
        description: notice.record.description.clone(),
        crumbs: page.crumbs(&[]),
        content: content.into_value(),
        ..page.page_of(("page", ""), notice.record.title.clone(), notice.file)
    }
}

fn not_found(page: &Frame<'_>) -> PageView {
    PageView {
        content: NotFoundView {}.into_value(),
        canonical: format!("{}404.html", page.context.base_url),
        ..page.page("not-found", "", page.words().get("not_found.title").to_owned())
    }
}
