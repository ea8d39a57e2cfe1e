//! Where a page or a file stands in the published site, as a checked relative path.
//!
//! In come parts that were made from record ids and file names, out goes a path that can never leave the output folder.
//! A path with `..`, a drive, a leading slash, a control character or a reserved device name cannot be built.

use std::fmt;

/// A relative path with `/` between its parts, such as `certifications/x/index.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(String);

impl SitePath {
    /// The path as text, with `/` between its parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
