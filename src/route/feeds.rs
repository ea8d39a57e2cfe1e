//! Where feeds, calendars, copies of pages and the files for search engines stand.
//!
//! In comes what a feed is about, out goes the path of its file, beside the page of the same thing.
//! These names are kept for certalog: no document may stand under one of them beside such a page.

use crate::catalogue::{Catalogue, FrameworkIx, OrganizationIx};
use crate::route::Route;
use crate::text::Place;

/// What a feed is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The whole catalogue.
    Site,
    /// A framework and the certifications against it.
    Framework(FrameworkIx),
    /// An organization and its certifications.
    Organization(OrganizationIx),
}

/// How a feed is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedForm {
    /// Atom.
    Atom,
    /// JSON Feed.
    Json,
    /// iCalendar, for ends of validity.
    Calendar,
}

/// The copy of a page in Markdown, beside the page.
pub const COPY: &str = "index.md";

impl Route {
    /// Whether the page has a copy in Markdown.
    pub fn has_copy(self) -> bool {
        matches!(self, Self::Certification(_) | Self::Element(_) | Self::Framework(_) | Self::Organization(_))
    }
}

/// Every page with its date, for search engines.
pub const SITEMAP: &str = "sitemap.xml";

/// What crawlers may read.
pub const ROBOTS: &str = "robots.txt";

/// How browsers search the site.
pub const OPEN_SEARCH: &str = "opensearch.xml";

/// Where language models begin.
pub const LLMS: &str = "llms.txt";

/// A part of the list of all pages, counted from 0, where one file cannot hold it.
pub fn sitemap_part(part: usize) -> String {
    format!("sitemap-{}.xml", part + 1)
}

/// The file of a feed.
pub fn feed_file(catalogue: &Catalogue, scope: Scope, form: FeedForm) -> String {
    let folder = match scope {
        Scope::Site => String::new(),
        Scope::Framework(index) => Route::Framework(index).folder(catalogue),
        Scope::Organization(index) => Route::Organization(index).folder(catalogue),
    };
    let name = match form {
        FeedForm::Atom => "feed.xml",
        FeedForm::Json => "feed.json",
        FeedForm::Calendar => "expiry.ics",
    };
    format!("{folder}{name}")
}

/// Every file of the kind, for conflicts of addresses: none is made of one record.
pub fn announcements(catalogue: &Catalogue) -> Vec<(String, Option<Place>)> {
    let frameworks = (0..catalogue.frameworks.len()).map(|index| Scope::Framework(index.into()));
    let organizations = (0..catalogue.organizations.len()).map(|index| Scope::Organization(index.into()));
    let scopes = std::iter::once(Scope::Site).chain(frameworks).chain(organizations);
    let feeds = scopes.flat_map(|scope| {
        [FeedForm::Atom, FeedForm::Json, FeedForm::Calendar].map(|form| feed_file(catalogue, scope, form))
    });
    let fixed = [SITEMAP, OPEN_SEARCH].map(str::to_owned);
    feeds.chain(fixed).map(|path| (path, None)).collect()
}
