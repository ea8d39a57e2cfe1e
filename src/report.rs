//! Reports: the findings of a build as text, for people and for programs.
//!
//! In come the sources and the levelled findings in their order, out goes text for a terminal, a log, an editor or a code host.
//! Nothing here decides what is wrong or how much it matters, and nothing from a record acts on who shows it.

pub mod visible;
mod excerpt;
mod selection;
mod region;
mod document;
pub mod human;
pub mod short;
pub mod json;
pub mod sarif;
pub mod github;
pub mod gitlab;
pub mod junit;
pub mod patch;
pub mod markup;
pub mod meaning;

use std::collections::BTreeSet;
use std::fmt;

use crate::diagnostic::{Leveled, Severity};
use crate::sources::Sources;
use crate::text::{LineColumn, Place, Span};

/// What every format shows: findings in the order of path and offset, and the texts they point into.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The texts.
    pub sources: &'a Sources,
    /// The findings, sorted.
    pub findings: &'a [Leveled],
}

impl Report<'_> {
    fn position(&self, place: Place) -> LineColumn {
        self.sources.line_column(place.file, place.span.start)
    }

    /// Whether a finding is about a file and not about a place in it: there is nothing to mark then.
    fn is_whole_file(&self, place: Place) -> bool {
        place.span == Span::start_of_file() || self.sources.text(place.file).is_empty()
    }
}

/// How many findings of each level there are, and in how many files; as text, `2 errors, 5 warnings in 3 files`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Findings that stop a build.
    pub errors: usize,
    /// Findings that do not.
    pub warnings: usize,
    /// Findings that their records accept.
    pub waived: usize,
    /// Files with at least one finding.
    pub files: usize,
}

impl Tally {
    /// Counts findings, shown or not.
    pub fn of(findings: &[Leveled]) -> Self {
        let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let files: BTreeSet<_> = findings.iter().map(|finding| finding.diagnostic.place.file).collect();
        Self {
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            waived: of(Severity::Waived),
            files: files.len(),
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut counted = Vec::with_capacity(3);
        for (count, noun) in [(self.errors, "error"), (self.warnings, "warning")] {
            if count > 0 {
                counted.push(Counted(count, noun).to_string());
            }
        }
        if self.waived > 0 {
            counted.push(format!("{} waived", self.waived));
        }
        if counted.is_empty() {
            return f.write_str("no findings");
        }
        write!(f, "{} in {}", counted.join(", "), Counted(self.files, "file"))
    }
}

/// A number with its noun: `1 file`, `2 files`. For nouns whose plural takes an `s`.
#[derive(Clone, Copy, Debug)]
pub struct Counted(pub usize, pub &'static str);

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(count, noun) = self;
        write!(f, "{count} {noun}{}", if *count == 1 { "" } else { "s" })
    }
}
