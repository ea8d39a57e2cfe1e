//! How two sites differ, file by file.
//!
//! In comes a site, out goes the digest of every file, which is made once and not kept, or the mistakes of templates that keep some
//! from being made; two surveys give numbers. A survey takes as long as a whole build, and ends early when nobody wants it any more.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::diagnostic::Diagnostic;
use crate::site::{Made, Site};
use crate::site_path::SitePath;

/// The digest of every file.
#[derive(Debug, Default)]
pub(super) struct Survey(BTreeMap<SitePath, [u8; 32]>);

/// How many files of each kind differ between two sites.
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

/// The digests of a file and of what is made with it; else its mistake, or nothing where the survey is not wanted any more.
type Surveyed = Result<Vec<(SitePath, [u8; 32])>, Option<Box<Diagnostic>>>;

/// Why there is no survey.
pub(super) enum Unfinished {
    /// These mistakes keep files from being made.
    Mistakes(Vec<Diagnostic>),
    /// It is not wanted any more.
    Unwanted,
}

impl Survey {
    /// Makes every file of a site, unless `is_unwanted` says so meanwhile.
    pub(super) fn of(site: &Site, is_unwanted: &(dyn Fn() -> bool + Sync)) -> Result<Self, Unfinished> {
        let files: Vec<_> = site.files().collect();
        let digests = files.par_iter().map_init(Made::default, |made, file| {
            if is_unwanted() {
                return Err(None);
            }
            let mut digests = Vec::new();
            let noted =
                file.each(made, |path, bytes| digests.push((path.clone(), Sha256::digest(bytes).into())));
            noted.map(|()| digests).map_err(Some)
        });
        let digests: Vec<Surveyed> = digests.collect();
        let (mut all, mut mistakes) = (BTreeMap::new(), BTreeSet::new());
        for digests in digests {
            match digests {
                Ok(digests) => all.extend(digests),
                Err(Some(mistake)) => drop(mistakes.insert(*mistake)),
                Err(None) => return Err(Unfinished::Unwanted),
            }
        }
        if mistakes.is_empty() {
            Ok(Self(all))
        } else {
            Err(Unfinished::Mistakes(mistakes.into_iter().collect()))
        }
    }

    /// How a later site differs from this one.
    pub(super) fn difference(&self, later: &Self) -> Difference {
        let mut difference = Difference::default();
        for (path, digest) in &later.0 {
            match self.0.get(path) {
                Some(known) if known == digest => {}
                known => difference.count(path, known.is_some(), true),
            }
        }
        let gone = self.0.keys().filter(|path| !later.0.contains_key(*path));
        gone.for_each(|path| difference.count(path, true, false));
        difference
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
