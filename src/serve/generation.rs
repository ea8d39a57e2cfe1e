//! The site as it is now, with how new each file of it is.
//!
//! In come a site and the generation before, out goes the next generation: a table of files, each with the number of the
//! generation that gave it its bytes. A generation never changes, so that a request is answered from one and the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::html::Html;
use crate::site::Site;
use crate::site_path::SitePath;

/// A file of the site.
#[derive(Clone, Debug)]
pub struct File {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// The generation that gave it these bytes.
    pub since: u64,
}

/// Why the catalogue cannot be published as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, in one line: `2 errors in 1 file`.
    pub title: String,
    /// What is wrong, as a report.
    pub report: Html,
}

/// What is served at one moment.
#[derive(Clone, Debug)]
pub struct Generation {
    number: u64,
    /// The path of the site's address, decoded, with a slash at both ends.
    base: String,
    /// The generation that moved the whole site to another address.
    moved: u64,
    files: BTreeMap<SitePath, File>,
    /// When files went that are not there any more.
    removed: BTreeMap<SitePath, u64>,
    fault: Option<Arc<Fault>>,
    /// The generation in which the fault became what it is.
    fault_since: u64,
}

/// How many files of each kind differ between two generations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Pages with other bytes.
    pub pages_changed: usize,
    /// Pages that were not there.
    pub pages_added: usize,
    /// Pages that are gone.
    pub pages_removed: usize,
    /// Other files that are new, changed or gone.
    pub others: usize,
}

impl Generation {
    /// The generation before the first: no site, and no fault either.
    pub fn none() -> Self {
        Self {
            number: 0,
            base: "/".to_owned(),
            moved: 0,
            files: BTreeMap::new(),
            removed: BTreeMap::new(),
            fault: None,
            fault_since: 0,
        }
    }

    /// The next generation, with another site. Files that are the same keep their number.
    pub fn with_site(&self, site: &Site, base: &str) -> (Self, Difference) {
        let number = self.number + 1;
        let mut difference = Difference::default();
        let mut removed = self.removed.clone();
        let mut files = BTreeMap::new();
        for (path, bytes) in site.iter() {
            let known = self.files.get(path);
            let same = known.filter(|known| Arc::ptr_eq(&known.bytes, bytes) || known.bytes == *bytes);
            if same.is_none() {
                difference.count(path, known.is_some(), true);
                removed.remove(path);
            }
            let file = same.cloned().unwrap_or_else(|| File { bytes: Arc::clone(bytes), since: number });
            files.insert(path.clone(), file);
        }
        for path in self.files.keys().filter(|path| !files.contains_key(*path)) {
            difference.count(path, true, false);
            removed.insert(path.clone(), number);
        }
        let moved = if base == self.base { self.moved } else { number };
        let fault_since = if self.fault.is_some() { number } else { self.fault_since };
        let next = Self { number, base: base.to_owned(), moved, files, removed, fault: None, fault_since };
        (next, difference)
    }

    /// The next generation, with the same site and a fault.
    pub fn with_fault(&self, fault: Fault) -> Self {
        let number = self.number + 1;
        Self { number, fault: Some(Arc::new(fault)), fault_since: number, ..self.clone() }
    }

    /// Its number; every generation has a higher one than those before it.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The path of the site's address: `/` or `/catalogue/`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The file at a path.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.get(path)
    }

    /// Every file with its path.
    pub fn files(&self) -> impl Iterator<Item = (&SitePath, &File)> {
        self.files.iter()
    }

    /// Whether there is no site to show.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Why the catalogue cannot be published, and since when for this reason.
    pub fn fault(&self) -> Option<(&Fault, u64)> {
        self.fault.as_deref().map(|fault| (fault, self.fault_since))
    }

    /// Whether the site has another address since a generation, so that nothing is where it was.
    pub fn has_moved_since(&self, number: u64) -> bool {
        self.moved > number
    }

    /// Whether what stands at a path has changed since a generation: other bytes, new, or gone.
    pub fn has_changed_since(&self, number: u64, path: &str) -> bool {
        self.files.get(path).is_some_and(|file| file.since > number)
            || self.removed.get(path).is_some_and(|when| *when > number)
    }

    /// The files that are no pages and have changed since a generation, in the order of their paths.
    pub fn others_changed_since(&self, number: u64) -> impl Iterator<Item = &SitePath> {
        let changed = self.files.iter().filter(move |(_, file)| file.since > number).map(|(path, _)| path);
        let removed = self.removed.iter().filter(move |(_, when)| **when > number).map(|(path, _)| path);
        changed.chain(removed).filter(|path| !path.is_page())
    }
}

impl Difference {
    fn count(&mut self, path: &SitePath, was: bool, is: bool) {
        let count = match (path.is_page(), was, is) {
            (false, _, _) => &mut self.others,
            (true, false, _) => &mut self.pages_added,
            (true, true, true) => &mut self.pages_changed,
            (true, true, false) => &mut self.pages_removed,
        };
        *count += 1;
    }

    /// Whether nothing differs.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}
