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

use std::collections::BTreeSet;
use std::fmt;

use crate::diagnostic::{Leveled, Severity};
use crate::sources::Sources;
use crate::text::{LineColumn, Place, Span, line_column};

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
        line_column(self.sources.text(place.file), place.span.start)
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
    /// Files with at least one finding.
    pub files: usize,
}

impl Tally {
    /// Counts findings, shown or not.
    pub fn of(findings: &[Leveled]) -> Self {
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        let files: BTreeSet<_> = findings.iter().map(|finding| finding.diagnostic.place.file).collect();
        Self { errors, warnings: findings.len() - errors, files: files.len() }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.errors, self.warnings) {
            (0, 0) => return f.write_str("no findings"),
            (errors, 0) => write!(f, "{}", Counted(errors, "error"))?,
            (0, warnings) => write!(f, "{}", Counted(warnings, "warning"))?,
            (errors, warnings) => {
                write!(f, "{}, {}", Counted(errors, "error"), Counted(warnings, "warning"))?;
            }
        }
        write!(f, " in {}", Counted(self.files, "file"))
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
