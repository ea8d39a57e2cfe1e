//! One build: sources in, site and findings out. STUB of the report branch; the pipeline replaces it.

use crate::diagnostic::{Diagnostic, Leveled};
use crate::site::Site;
use crate::sources::Sources;

/// What a build depends on besides the files.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The day for questions of validity.
    pub as_of: jiff::civil::Date,
    /// Where the site will be published, in place of what `site.toml` says.
    pub base_url: Option<String>,
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Frameworks.
    pub frameworks: usize,
    /// Elements of all frameworks.
    pub elements: usize,
    /// Certifications.
    pub certifications: usize,
    /// Organizations.
    pub organizations: usize,
    /// Pages of the site.
    pub pages: usize,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Build {
    /// The site.
    pub site: Site,
    /// The findings, sorted.
    pub diagnostics: Vec<Leveled>,
    /// How much there is.
    pub counts: Counts,
}

/// Builds a catalogue.
pub fn build(sources: &Sources, found_while_reading: Vec<Diagnostic>, options: &BuildOptions) -> Build {
    let _ = (sources, found_while_reading, options);
    Build::default()
}
