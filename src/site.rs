//! The finished site as a value: every output path with its bytes.
//!
//! In come rendered pages and copied files, out goes one ordered map that `build` publishes and tests compare.
//! A site never touches the disk and two sites of the same catalogue are equal.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::site_path::SitePath;

/// Every file of the published site, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    files: BTreeMap<SitePath, Arc<[u8]>>,
}

impl Site {
    /// Adds a file; returns false, changing nothing, when the path is taken.
    pub fn add(&mut self, path: SitePath, bytes: impl Into<Arc<[u8]>>) -> bool {
        use std::collections::btree_map::Entry;
        match self.files.entry(path) {
            Entry::Occupied(_) => false,
            Entry::Vacant(vacant) => {
                vacant.insert(bytes.into());
                true
            }
        }
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
