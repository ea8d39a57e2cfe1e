//! A site whose files are made from those of another, each when it is asked for.
//!
//! In comes the site as it was built, out go its pages with the lasting names of static files, those files a second time under these names, and compressed forms beside files.
//! Nothing of the first site is kept here, and what a file becomes depends on that file alone.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::compressed::{ENDING, compressed};
use super::fingerprint::Fingerprint;
use super::{Host, redirects};
use crate::diagnostic::Diagnostic;
use crate::readdress::{Fate, Tag, readdress};
use crate::site::{Made, Maker, Site};
use crate::site_path::SitePath;

/// The files of another site for one host.
pub(super) struct Delivered {
    site: Site,
    is_compressed: bool,
    /// The path below which the site stands, as pages write it.
    base: String,
    fingerprint: Option<Fingerprint>,
    /// The path of each file, and that of the file that it is made from.
    files: Vec<(SitePath, SitePath)>,
    pub(super) measured: Arc<Measured>,
}

/// How much there is of a site, file by file as they are made.
#[derive(Debug, Default)]
pub(super) struct Measured {
    sizes: Mutex<BTreeMap<String, u64>>,
}

impl Measured {
    pub(super) fn note(&self, path: &str, size: usize) {
        self.lock().insert(path.to_owned(), size as u64);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, u64>> {
        self.sizes.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// How many files were made.
    pub(super) fn files(&self) -> usize {
        self.lock().len()
    }

    /// How many files stand in each folder, itself without a slash at its end.
    pub(super) fn folders(&self) -> BTreeMap<String, usize> {
        let mut folders = BTreeMap::new();
        for path in self.lock().keys() {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            *folders.entry(folder.to_owned()).or_insert(0) += 1;
        }
        folders
    }

    /// How many bytes they have together.
    pub(super) fn bytes(&self) -> u64 {
        self.lock().values().sum()
    }

    /// The files that are larger than `size`, with their sizes.
    pub(super) fn larger_than(&self, size: u64) -> Vec<(String, u64)> {
        let sizes = self.lock();
        sizes.iter().filter(|(_, found)| **found > size).map(|(path, size)| (path.clone(), *size)).collect()
    }
}

impl Delivered {
    pub(super) fn new(site: &Site, host: Host, base: &str, fingerprint: Option<Fingerprint>) -> Self {
        let is_redirects = |path: &SitePath| path.as_str() == redirects::LIST;
        let mut files = Vec::with_capacity(site.len());
        for file in site.files().filter(|file| !is_redirects(file.path)) {
            files.push((file.path.clone(), file.path.clone()));
            let second = fingerprint.as_ref().and_then(|known| known.second_path(file.path.as_str()));
            if let Some(second) = second.and_then(|path| SitePath::new(&path).ok()) {
                files.push((second, file.path.clone()));
            }
        }
        Self {
            site: site.clone(),
            is_compressed: host.sends_compressed(),
            base: base.to_owned(),
            fingerprint,
            files,
            measured: Arc::default(),
        }
    }

    /// The paths of all files, by which the maker knows them.
    pub(super) fn paths(&self) -> Vec<SitePath> {
        self.files.iter().map(|(path, _)| path.clone()).collect()
    }

    /// The compressed form of a file, where no other file has its name.
    fn beside(&self, path: &SitePath, bytes: &[u8]) -> Option<(SitePath, Vec<u8>)> {
        let beside = SitePath::new(&format!("{path}{ENDING}")).ok()?;
        if !self.is_compressed || self.site.contains(beside.as_str()) || self.is_second(beside.as_str()) {
            return None;
        }
        Some((beside, compressed(path.as_str(), bytes)?))
    }

    /// Whether a path is the lasting name of a file.
    fn is_second(&self, path: &str) -> bool {
        self.fingerprint.as_ref().is_some_and(|fingerprint| fingerprint.has(path))
    }

    /// A page with the lasting names of static files and the digests of what it runs.
    fn page(&self, path: &SitePath, page: &str) -> Option<String> {
        let fingerprint = self.fingerprint.as_ref()?;
        Some(readdress(page, |tag| self.tag(fingerprint, path, tag)))
    }

    fn tag(&self, fingerprint: &Fingerprint, page: &SitePath, tag: &Tag<'_>) -> Fate {
        let mut values = Vec::new();
        let mut more = String::new();
        for (at, (name, value)) in tag.attributes.iter().enumerate() {
            if !matches!(*name, "href" | "src") {
                continue;
            }
            let Some(target) = within_site(page, value, &self.base) else { continue };
            let (path, rest) = target.split_at(target.find(['?', '#']).unwrap_or(target.len()));
            let Some(second) = fingerprint.second_path(path) else { continue };
            let before = &value[..value.len() - target.len()];
            values.push((at, format!("{before}{second}{rest}")));
            let is_run = tag.name == "script" || tag.get("rel") == Some("stylesheet");
            if is_run
                && tag.get("integrity").is_none()
                && let Some(integrity) = fingerprint.integrity(path)
            {
                more = format!(" integrity=\"{integrity}\"");
            }
        }
        if values.is_empty() { Fate::Stays } else { Fate::Changes { values, more } }
    }
}

/// The part of an address after the root of the site, where a page writes it from there: with as many `../` as it lies deep, or as a path of the host.
fn within_site<'v>(page: &SitePath, address: &'v str, base: &str) -> Option<&'v str> {
    if let Some(rest) = address.strip_prefix(base) {
        return Some(rest);
    }
    let mut rest = address.strip_prefix("./").unwrap_or(address);
    for _ in 0..page.parent_depth() {
        rest = rest.strip_prefix("../")?;
    }
    Some(rest)
}

impl Maker for Delivered {
    fn make(&self, number: u32, made: &mut Made) -> Result<(), Box<Diagnostic>> {
        made.bytes.clear();
        made.beside.clear();
        let (path, from) = &self.files[number as usize];
        let Some(file) = self.site.file(from) else { return Ok(()) };
        let mut is_first = true;
        file.each(&mut Made::default(), |found, bytes| {
            let own = if is_first { path } else { found };
            let page = own.is_page().then(|| std::str::from_utf8(bytes).ok()).flatten();
            let bytes = match page.and_then(|page| self.page(own, page)) {
                Some(page) => page.into_bytes(),
                None => bytes.to_vec(),
            };
            self.measured.note(own.as_str(), bytes.len());
            if let Some((beside, bytes)) = self.beside(own, &bytes) {
                self.measured.note(beside.as_str(), bytes.len());
                made.beside.push((beside, bytes));
            }
            if is_first {
                made.bytes = bytes;
            } else {
                made.beside.push((own.clone(), bytes));
            }
            is_first = false;
        })
    }
}
