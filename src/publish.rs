//! The site onto the disk. STUB of the report branch; the publisher replaces it.

use std::fmt;
use std::path::Path;

use crate::site::Site;

/// What changed in the output folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// New files.
    pub added: usize,
    /// Files with other bytes than before.
    pub changed: usize,
    /// Files that are gone.
    pub removed: usize,
    /// Files that were right already.
    pub unchanged: usize,
}

/// Why a site could not be published.
#[derive(Debug)]
pub struct PublishError;

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no publisher yet")
    }
}

impl std::error::Error for PublishError {}

/// Publishes a site.
pub fn publish(site: &Site, out: &Path, catalogue_root: &Path) -> Result<Published, PublishError> {
    let _ = (out, catalogue_root);
    if site.is_empty() { Ok(Published::default()) } else { Err(PublishError) }
}
