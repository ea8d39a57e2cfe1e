//! Applies the repairs that keep the facts, as often as there are any.
//!
//! In come the files of a catalogue, out go the same files with the edits in, what was mended, and the build of what they say now.
//! Nothing is written to the disk, nothing that a person has to decide is touched, and every byte outside of an edit stays as it was.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::build::{Build, BuildOptions, Builder};
use crate::diagnostic::{Certainty, Diagnostic, Fix, Leveled, Severity};
use crate::sources::Sources;
use crate::text::{FileId, LineColumn};

/// How often a catalogue is built: an edit may let a reader get further and find the next mistake. No real record needs more than
/// three passes; what is left after the last one is left to a person.
const PASSES: usize = 16;

/// A catalogue with its repairs.
#[derive(Debug)]
pub struct Repaired {
    /// The files as they are now.
    pub sources: Sources,
    /// What they say.
    pub build: Build,
    /// What was mended, pass by pass, in the order of files and places.
    pub mended: Vec<Mended>,
    /// The files that were changed, by path, as they were and as they are.
    pub files: BTreeMap<String, (Arc<str>, Arc<str>)>,
}

/// One repair that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The file.
    pub path: String,
    /// Where the finding stood when it was mended.
    pub at: LineColumn,
    /// What was found.
    pub diagnostic: Diagnostic,
}

/// Whether a finding has a repair that keeps the facts and that nobody decided against.
pub fn is_certain(finding: &Leveled) -> bool {
    certain(finding).is_some()
}

fn certain(finding: &Leveled) -> Option<&Fix> {
    let fix = finding.diagnostic.fix.as_deref().filter(|fix| fix.certainty == Certainty::SameFact)?;
    (finding.severity != Severity::Waived).then_some(fix)
}

/// Repairs a catalogue. `found_while_reading` are the diagnostics that reading the disk gave.
pub fn repair(sources: &Sources, found_while_reading: &[Diagnostic], options: &BuildOptions) -> Repaired {
    let mut builder = Builder::default();
    let mut build = |sources: &Sources| builder.build(sources, found_while_reading.to_vec(), options);
    let mut repaired = Repaired {
        build: build(sources),
        sources: sources.clone(),
        mended: Vec::new(),
        files: BTreeMap::new(),
    };
    for _ in 1..PASSES {
        let texts = repaired.pass();
        if texts.is_empty() {
            break;
        }
        repaired.sources = repaired.sources.with_texts(&texts);
        repaired.build = build(&repaired.sources);
        for (file, text) in &texts {
            let path = sources.path(*file);
            let before = Arc::from(sources.text(*file));
            repaired.files.entry(path.to_owned()).or_insert_with(|| (before, Arc::clone(text))).1 =
                Arc::clone(text);
        }
    }
    repaired
}

impl Repaired {
    /// Applies, in every file, the repairs that do not overlap; the others find themselves again in the next pass.
    fn pass(&mut self) -> BTreeMap<FileId, Arc<str>> {
        let mut by_file: BTreeMap<FileId, Vec<(&Diagnostic, &Fix)>> = BTreeMap::new();
        for finding in &self.build.diagnostics {
            if let Some(fix) = certain(finding) {
                by_file.entry(finding.diagnostic.place.file).or_default().push((&finding.diagnostic, fix));
            }
        }
        let mut texts = BTreeMap::new();
        for (file, mut fixes) in by_file {
            fixes.sort_by_key(|(_, fix)| fix.span);
            let before = self.sources.text(file);
            let mut after = String::with_capacity(before.len());
            let mut copied = 0;
            for (diagnostic, fix) in fixes {
                let range = fix.span.range();
                // Two edits that touch are not independent of each other.
                let is_apart = range.start > copied || (copied == 0 && range.start == 0);
                if !is_apart || before.get(range.clone()).is_none_or(|text| text == fix.replacement) {
                    continue;
                }
                after.push_str(&before[copied..range.start]);
                after.push_str(&fix.replacement);
                copied = range.end;
                let at = self.sources.line_column(file, diagnostic.place.span.start);
                let path = self.sources.path(file).to_owned();
                self.mended.push(Mended { path, at, diagnostic: diagnostic.clone() });
            }
            after.push_str(&before[copied..]);
            if after != before {
                texts.insert(file, Arc::from(after));
            }
        }
        texts
    }
}
