//! The sitemap (sitemaps.org, version 0.9): every page that can be found, with the date of its records.
//!
//! In come the pages, out goes one file, or an index of several where one may not hold them all.
//! Not listed are the page for addresses that lead nowhere, former addresses, and summaries, which stand for a page that is.

use std::fmt::Write as _;

use super::dates::Dates;
use crate::pages::Context;
use crate::route::{self, Route};

/// How many pages a file may list.
const MOST: usize = 50_000;
/// How large a file may be.
const LARGEST: usize = 50 * 1024 * 1024;
/// What one page takes besides the site's address, with room to spare: a path has at most 240 bytes.
const ENTRY: usize = 512;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// How many pages a file lists.
fn each(context: &Context) -> usize {
    MOST.min(LARGEST / (context.base_url.as_str().len() + ENTRY))
}

/// The pages that can be found.
pub(super) struct Sitemap<'c> {
    context: &'c Context,
    pages: Vec<Route>,
    dates: Dates<'c>,
}

impl<'c> Sitemap<'c> {
    /// How many files the pages take.
    pub(super) fn parts(context: &Context, pages: usize) -> usize {
        pages.div_ceil(each(context)).max(1)
    }

    pub(super) fn new(context: &'c Context, pages: &[Route]) -> Self {
        let is_listed = |route: &Route| !matches!(route, Route::NotFound | Route::Embed(_));
        let pages = pages.iter().copied().filter(is_listed).collect();
        Self { context, pages, dates: Dates::of(&context.catalogue) }
    }

    /// The file that crawlers begin with.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        let parts = Self::parts(self.context, self.pages.len());
        if parts == 1 {
            self.write_part(0, bytes);
            return;
        }
        let mut text =
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"{NAMESPACE}\">\n");
        for part in 0..parts {
            let address = format!("{}{}", self.context.base_url, route::sitemap_part(part));
            writeln!(text, "<sitemap><loc>{}</loc></sitemap>", escaped(&address))
                .expect("a string takes any text");
        }
        text.push_str("</sitemapindex>\n");
        bytes.extend(text.into_bytes());
    }

    /// One of the files.
    pub(super) fn write_part(&self, part: usize, bytes: &mut Vec<u8>) {
        let each = each(self.context);
        let pages = self.pages.iter().skip(part * each).take(each);
        let base = escaped(self.context.base_url.as_str());
        let mut text =
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"{NAMESPACE}\">\n");
        for route in pages {
            let folder = self.context.addresses.folder(*route, &self.context.catalogue);
            text.push_str("<url><loc>");
            text.push_str(&base);
            text.push_str(&escaped(&folder));
            text.push_str("</loc>");
            if let Some(date) = self.dates.of_page(*route) {
                write!(text, "<lastmod>{date}</lastmod>").expect("a string takes any text");
            }
            text.push_str("</url>\n");
        }
        text.push_str("</urlset>\n");
        bytes.extend(text.into_bytes());
    }
}

/// An address as text of XML.
fn escaped(address: &str) -> std::borrow::Cow<'_, str> {
    quick_xml::escape::escape(address)
}
