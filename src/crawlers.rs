//! What search engines, browsers and language models read before they read pages: where everything stands, and since when.
//!
//! In come the context of a build and its pages, out go sitemap, robots.txt, an OpenSearch description and llms.txt.
//! Dates of pages come from records; a page whose record has none has none here.

mod dates;
mod llms;
mod sitemap;

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::pages::Context;
use crate::route::{self, Route};
use sitemap::Sitemap;

/// A file that leads to pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// Every page with its date, or the parts where one file cannot hold them.
    Sitemap,
    /// A part of it.
    SitemapPart(usize),
    /// What crawlers may read.
    Robots,
    /// How browsers search the site.
    OpenSearch,
    /// Where language models begin.
    Llms,
}

/// Every such file with its path below the site's root, for a site of so many pages. A file of the catalogue's own keeps the place of
/// `robots.txt` and `llms.txt`; `robots.txt` means something at the root of a host alone.
pub fn files(context: &Context, pages: usize) -> Vec<(String, File)> {
    let wanted = &context.wanted;
    let mut files = Vec::new();
    if wanted.has_sitemap {
        files.push((route::SITEMAP.to_owned(), File::Sitemap));
        let parts = Sitemap::parts(context, pages);
        if parts > 1 {
            files.extend((0..parts).map(|part| (route::sitemap_part(part), File::SitemapPart(part))));
        }
        if context.base_url.path() == "/" {
            files.push((route::ROBOTS.to_owned(), File::Robots));
        }
    }
    if wanted.has_search {
        files.push((route::OPEN_SEARCH.to_owned(), File::OpenSearch));
    }
    if wanted.has_copies {
        files.push((route::LLMS.to_owned(), File::Llms));
    }
    let own = |path: &str| context.catalogue.assets.keys().any(|asset| route::asset_file(asset) == path);
    files.retain(|(path, _)| ![route::ROBOTS, route::LLMS].contains(&path.as_str()) || !own(path));
    files
}

/// Writes a file; `pages` are all pages of the site.
pub fn write(context: &Context, file: File, pages: &[Route], bytes: &mut Vec<u8>) {
    match file {
        File::Sitemap => Sitemap::new(context, pages).write(bytes),
        File::SitemapPart(part) => Sitemap::new(context, pages).write_part(part, bytes),
        File::Robots => {
            let sitemap = format!("{}{}", context.base_url, route::SITEMAP);
            bytes.extend(format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").into_bytes());
        }
        File::OpenSearch => open_search(context, bytes).expect("memory takes any bytes"),
        File::Llms => bytes.extend(llms::text(context).into_bytes()),
    }
}

/// How long a name may be that browsers show (OpenSearch 1.1).
const LONGEST_NAME: usize = 16;
/// How long a description may be.
const LONGEST_DESCRIPTION: usize = 1024;

fn open_search(context: &Context, bytes: &mut Vec<u8>) -> io::Result<()> {
    let config = &context.catalogue.config;
    let mut writer = Writer::new_with_indent(&mut *bytes, b' ', 0);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = writer
        .create_element("OpenSearchDescription")
        .with_attribute(("xmlns", "http://a9.com/-/spec/opensearch/1.1/"));
    root.write_inner_content(|writer| {
        let short: String = config.title.chars().take(LONGEST_NAME).collect();
        let description = config.description.as_ref().unwrap_or(&config.title);
        let description: String = description.chars().take(LONGEST_DESCRIPTION).collect();
        for (name, text) in [("ShortName", short.trim_end()), ("Description", &description)] {
            writer.create_element(name).write_text_content(BytesText::new(text))?;
        }
        for (name, text) in [("InputEncoding", "UTF-8"), ("Language", context.words.language())] {
            writer.create_element(name).write_text_content(BytesText::new(text))?;
        }
        let template = format!("{}search/?q={{searchTerms}}", context.base_url);
        let url = writer.create_element("Url");
        url.with_attributes([("type", "text/html"), ("template", template.as_str())]).write_empty()?;
        Ok(())
    })?;
    bytes.push(b'\n');
    Ok(())
}
