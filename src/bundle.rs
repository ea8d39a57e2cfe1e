//! A site to be opened without a server: from a folder, a stick, an attachment.
//!
//! In comes a finished site, out goes the same site with links that name a file, since no server shows `index.html` for a folder, and without scripts, since browsers load no module and no data from a disk.
//! Every page has the words and tables it had; what only a script or a server made is left out, and lists by name and id stand in for the search.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::readdress::{Fate, Tag, readdress};
use crate::route;
use crate::site::{Made, Maker, Site};
use crate::site_path::SitePath;

/// The page that a server shows for a folder.
const INDEX: &str = "index.html";

/// The site as it can be opened from a disk.
pub fn bundled(site: &Site) -> Site {
    let paths: Vec<SitePath> =
        site.files().map(|file| file.path.clone()).filter(|path| !needs_a_server(path.as_str())).collect();
    Site::made_by(Arc::new(Bundled { site: site.clone(), paths: paths.clone() }), paths)
}

/// What no reader without a server has any use for: scripts, what they fetch, and what is for hosts.
fn needs_a_server(path: &str) -> bool {
    let is_script = path.rsplit_once('.').is_some_and(|(_, ending)| ending == "js");
    is_script || route::is_search_file(path) || path == "404.html" || path == "_redirects"
}

struct Bundled {
    site: Site,
    paths: Vec<SitePath>,
}

impl Maker for Bundled {
    fn make(&self, number: u32, made: &mut Made) -> Result<(), Box<Diagnostic>> {
        made.bytes.clear();
        made.beside.clear();
        let path = &self.paths[number as usize];
        let Some(file) = self.site.file(path) else { return Ok(()) };
        file.each(&mut Made::default(), |found, bytes| {
            if found != path {
                if !needs_a_server(found.as_str()) {
                    made.beside.push((found.clone(), bytes.to_vec()));
                }
                return;
            }
            let page = path.is_page().then(|| std::str::from_utf8(bytes).ok()).flatten();
            made.bytes = match page {
                Some(page) => readdress(page, |tag| self.tag(path, tag)).into_bytes(),
                None => bytes.to_vec(),
            };
        })
    }
}

impl Bundled {
    fn tag(&self, page: &SitePath, tag: &Tag<'_>) -> Fate {
        if tag.name.eq_ignore_ascii_case("script") {
            return Fate::Goes;
        }
        let is_refresh = tag.get("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh"));
        let mut values = Vec::new();
        for (at, (name, value)) in tag.attributes.iter().enumerate() {
            let (before, address) = match *name {
                "href" | "action" => ("", *value),
                "content" if is_refresh => match value.split_once("url=") {
                    Some((before, address)) => (before, address),
                    None => continue,
                },
                _ => continue,
            };
            if let Some(named) = self.named(page, address) {
                let before = if before.is_empty() { String::new() } else { format!("{before}url=") };
                values.push((at, before + &named));
            }
        }
        if values.is_empty() { Fate::Stays } else { Fate::Changes { values, more: String::new() } }
    }

    /// The address of a folder of the site with the name of its page; nothing for any other address.
    fn named(&self, page: &SitePath, address: &str) -> Option<String> {
        let (path, rest) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
        let is_folder = path.ends_with('/') || matches!(path, "." | "..") || path.ends_with("/..");
        if !is_folder || path.starts_with('/') || path.contains(':') {
            return None;
        }
        let slash = if path.ends_with('/') { "" } else { "/" };
        let file = format!("{path}{slash}{INDEX}");
        let target = within(page, &file)?;
        self.site.contains(&target).then(|| file + rest)
    }
}

/// The path of the site that a relative address leads to from a page.
fn within(page: &SitePath, address: &str) -> Option<String> {
    let address = percent_encoding::percent_decode_str(address).decode_utf8().ok()?;
    let mut parts: Vec<&str> = page.as_str().split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_from_its_page() {
        let page = SitePath::new("a/b/index.html").unwrap();
        for (address, expected) in [
            ("./index.html", Some("a/b/index.html")),
            ("../c/index.html", Some("a/c/index.html")),
            ("../../index.html", Some("index.html")),
            ("../../../index.html", None),
            ("%C3%A9/index.html", Some("a/b/é/index.html")),
        ] {
            assert_eq!(within(&page, address).as_deref(), expected, "{address}");
        }
    }
}
