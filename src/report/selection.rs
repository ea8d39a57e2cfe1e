//! Which findings a report shows, so that one broken file cannot bury the rest.
//!
//! In come all findings, out go those that fit the limits, by file, with the number of those that do not.
//! An error is never left out in favour of a warning, and the order of the findings is kept.

use std::collections::BTreeMap;

use super::Report;
use crate::diagnostic::{Leveled, Severity};
use crate::text::FileId;

/// The findings of one file.
#[derive(Debug)]
pub(super) struct FileFindings<'a> {
    pub(super) file: FileId,
    pub(super) shown: Vec<&'a Leveled>,
    pub(super) withheld: usize,
}

/// The findings that are shown, by file in the order of paths; files of which nothing is shown come as numbers.
#[derive(Debug, Default)]
pub(super) struct Selection<'a> {
    pub(super) files: Vec<FileFindings<'a>>,
    pub(super) withheld_files: usize,
    pub(super) withheld_in_them: usize,
}

impl<'a> Selection<'a> {
    pub(super) fn of(report: &Report<'a>) -> Self {
        let findings = report.findings;
        let limits = report.sources.limits();
        let (of_file, of_run) = (limits.findings_of_file as usize, limits.findings as usize);
        let mut shown = vec![false; findings.len()];
        let mut in_file = BTreeMap::<FileId, usize>::new();
        let mut in_run = 0;
        for severity in [Severity::Error, Severity::Warning, Severity::Waived] {
            for (finding, shown) in findings.iter().zip(&mut shown) {
                let in_file = in_file.entry(finding.diagnostic.place.file).or_default();
                if finding.severity == severity && *in_file < of_file && in_run < of_run {
                    (*shown, *in_file, in_run) = (true, *in_file + 1, in_run + 1);
                }
            }
        }
        let mut files = BTreeMap::<FileId, FileFindings<'a>>::new();
        for (finding, shown) in findings.iter().zip(shown) {
            let file = finding.diagnostic.place.file;
            let of_file = files.entry(file).or_insert(FileFindings { file, shown: Vec::new(), withheld: 0 });
            if shown {
                of_file.shown.push(finding);
            } else {
                of_file.withheld += 1;
            }
        }
        let mut selection = Self::default();
        for of_file in files.into_values() {
            if of_file.shown.is_empty() {
                selection.withheld_files += 1;
                selection.withheld_in_them += of_file.withheld;
            } else {
                selection.files.push(of_file);
            }
        }
        selection
    }
}
