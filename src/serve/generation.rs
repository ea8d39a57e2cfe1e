//! The site as it is now, with how new each of its files is to those who were sent it.
//!
//! In come a site and the generation before, out goes the next generation: a site with a number, whose files tell since which
//! generation they have had their bytes. A generation never changes, so that a request is answered from one and the same.

use std::sync::Arc;

use super::sent::Sent;
use crate::html::Html;
use crate::media::media_type;
use crate::site::Site;
use crate::site_path::SitePath;

/// A file of the site.
#[derive(Clone, Debug)]
pub struct File {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// The generation from which on it has had these bytes, as far as anyone was sent others.
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
    site: Arc<Site>,
    /// What stands in for a page that cannot be made, until that is told: the site before, where not every page was tried yet.
    stand_in: Option<Arc<Site>>,
    /// What was sent of this generation and of those before it.
    sent: Arc<Sent>,
    fault: Option<Arc<Fault>>,
    /// The generation in which the fault became what it is.
    fault_since: u64,
}

impl Generation {
    /// The generation before the first: no site, and no fault either.
    pub fn none() -> Self {
        Self {
            number: 0,
            base: "/".to_owned(),
            moved: 0,
            site: Arc::default(),
            stand_in: None,
            sent: Arc::default(),
            fault: None,
            fault_since: 0,
        }
    }

    /// The next generation, with another site.
    pub fn with_site(&self, site: Arc<Site>, base: &str) -> Self {
        let number = self.number + 1;
        let moved = if base == self.base { self.moved } else { number };
        let fault_since = if self.fault.is_some() { number } else { self.fault_since };
        Self {
            number,
            base: base.to_owned(),
            moved,
            site,
            stand_in: None,
            sent: Arc::clone(&self.sent),
            fault: None,
            fault_since,
        }
    }

    /// The same generation before all of its pages were tried: where one cannot be made, that of another site is sent.
    pub fn on_trial(self, stand_in: Arc<Site>) -> Self {
        Self { stand_in: Some(stand_in), ..self }
    }

    /// Whether some page may turn out to be one that cannot be made.
    pub fn is_on_trial(&self) -> bool {
        self.stand_in.is_some()
    }

    /// The same generation when all of its pages were tried.
    pub fn tried(&self) -> Self {
        Self { stand_in: None, ..self.clone() }
    }

    /// The next generation, with a fault; with the site that stood in, where this one did not stand its trial.
    pub fn with_fault(&self, fault: Fault) -> Self {
        let number = self.number + 1;
        let site = Arc::clone(self.stand_in.as_ref().unwrap_or(&self.site));
        let fault = Some(Arc::new(fault));
        Self { number, site, stand_in: None, fault, fault_since: number, ..self.clone() }
    }

    /// Its number; every generation has a higher one than those before it.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The path of the site's address: `/` or `/catalogue/`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The site, whose pages are made when they are asked for.
    pub fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// The file at a path, as it is sent from now on.
    pub fn file(&self, path: &str) -> Option<File> {
        let bytes = SitePath::new(path).ok().and_then(|path| match self.site.try_get(&path)? {
            Ok(bytes) => Some(Arc::clone(bytes)),
            Err(_) => self.stand_in.as_ref()?.get(&path).cloned(),
        });
        let since = self.sent.note(self.number, path, bytes.as_ref());
        bytes.map(|bytes| File { bytes, since })
    }

    /// Whether there is a page at a path, without making it.
    pub fn has_page(&self, path: &str) -> bool {
        self.site.contains(path)
    }

    /// Whether there is no site to show.
    pub fn is_empty(&self) -> bool {
        self.site.is_empty()
    }

    /// Why the catalogue cannot be published, and since when for this reason.
    pub fn fault(&self) -> Option<(&Fault, u64)> {
        self.fault.as_deref().map(|fault| (fault, self.fault_since))
    }

    /// Whether the site has another address since a generation, so that nothing is where it was.
    pub fn has_moved_since(&self, number: u64) -> bool {
        self.moved > number
    }

    /// Whether what stands at a path is something else than what was sent of a generation: other bytes, new, or gone.
    pub fn has_changed_since(&self, number: u64, path: &str) -> bool {
        let was_sent = self.sent.knows(path);
        match self.file(path) {
            Some(file) if was_sent => file.since > number,
            // what was never sent was not there for whoever asked
            Some(_) => self.number > number,
            None => self.sent.since(path).is_some_and(|since| since > number),
        }
    }

    /// The files that are no pages, were sent, and have changed since a generation, in the order of their paths.
    pub fn others_changed_since(&self, number: u64) -> Vec<String> {
        let is_page = |path: &String| media_type(path).starts_with("text/html");
        let sent = self.sent.paths().into_iter().filter(|path| !is_page(path));
        sent.filter(|path| self.has_changed_since(number, path)).collect()
    }
}
