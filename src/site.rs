//! The finished site as a value: every output path with its bytes.
//!
//! In come rendered pages and copied files, out goes one ordered map that `build` publishes and tests compare.
//! A site never touches the disk and two sites of the same catalogue are equal.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use crate::site_path::SitePath;

/// Every file of the published site, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    files: BTreeMap<SitePath, Arc<[u8]>>,
}

impl Site {
    /// Adds a file; returns false, changing nothing, when the path is taken: by a file, or by a folder where
    /// this is a file, or by a file where this needs a folder.
    pub fn add(&mut self, path: SitePath, bytes: impl Into<Arc<[u8]>>) -> bool {
        if self.files.contains_key(&path)
            || self.is_folder(path.as_str())
            || path.folders().any(|folder| self.files.contains_key(folder))
        {
            return false;
        }
        self.files.insert(path, bytes.into());
        true
    }

    /// Whether some file stands below this path.
    fn is_folder(&self, path: &str) -> bool {
        let below = format!("{path}/");
        let from = (Bound::Included(below.as_str()), Bound::Unbounded);
        self.files.range::<str, _>(from).next().is_some_and(|(first, _)| first.as_str().starts_with(&below))
    }

    /// The files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&SitePath, &Arc<[u8]>)> {
        self.files.iter()
    }

    /// The bytes at a path.
    pub fn get(&self, path: &SitePath) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
