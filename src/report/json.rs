//! The report as JSON, for programs: every finding with its places and its repair as an edit.
//!
//! In comes a report, out goes one document whose form `docs/schemas/report.json` describes and a test holds it to.
//! Nothing is left out or cut: a program can count, sort and repair without reading a catalogue itself.

use serde::Serialize;

use super::region::Region;
use super::{Report, Tally};
use crate::diagnostic::{Certainty, Label, LevelReason, Leveled};
use crate::text::{LineColumn, Place};

/// The version of the form; it changes when a key goes or changes its meaning, not when one is added.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    generator: Generator,
    errors: usize,
    warnings: usize,
    waived: usize,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Generator {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    group: &'static str,
    level: &'static str,
    level_from: &'static str,
    waiver: Option<Waiver<'a>>,
    message: &'a str,
    help: Option<&'a str>,
    path: &'a str,
    range: Option<Range>,
    related: Vec<Related<'a>>,
    repair: Option<Repair<'a>>,
}

#[derive(Serialize)]
struct Waiver<'a> {
    reason: &'a str,
    until: Option<&'a str>,
}

#[derive(Serialize)]
struct Related<'a> {
    path: &'a str,
    range: Option<Range>,
    message: &'a str,
}

#[derive(Serialize)]
struct Repair<'a> {
    certainty: &'static str,
    range: Range,
    replacement: &'a str,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
    byte: u32,
}

/// Writes a report; a document without findings where there is none.
pub fn render(report: &Report<'_>) -> String {
    let tally = Tally::of(report.findings);
    let document = Document {
        version: VERSION,
        generator: Generator { name: "certalog", version: env!("CARGO_PKG_VERSION") },
        errors: tally.errors,
        warnings: tally.warnings,
        waived: tally.waived,
        findings: report.findings.iter().map(|leveled| finding(report, leveled)).collect(),
    };
    super::document::document(&document)
}

fn finding<'a>(report: &Report<'a>, leveled: &'a Leveled) -> Finding<'a> {
    let diagnostic = &leveled.diagnostic;
    let code = diagnostic.code;
    let repair = diagnostic.fix.as_ref().map(|fix| Repair {
        certainty: match fix.certainty {
            Certainty::SameFact => "same-fact",
            Certainty::Guess => "guess",
        },
        range: Region::of_edit(report, Place::new(diagnostic.place.file, fix.span)).into(),
        replacement: &fix.replacement,
    });
    Finding {
        code: code.name(),
        group: code.group().name(),
        level: leveled.severity.word(),
        level_from: match leveled.reason {
            LevelReason::Default => "default",
            LevelReason::Configured => "site.toml",
            LevelReason::Profile => "profile",
            LevelReason::Waived { .. } => "waiver",
        },
        waiver: match &leveled.reason {
            LevelReason::Waived { reason, until } => Some(Waiver { reason, until: until.as_deref() }),
            _ => None,
        },
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        path: report.sources.path(diagnostic.place.file),
        range: range(report, diagnostic.place),
        related: diagnostic.labels.iter().map(|label| related(report, label)).collect(),
        repair,
    }
}

fn related<'a>(report: &Report<'a>, label: &'a Label) -> Related<'a> {
    Related {
        path: report.sources.path(label.place.file),
        range: range(report, label.place),
        message: &label.text,
    }
}

fn range(report: &Report<'_>, place: Place) -> Option<Range> {
    Region::of(report, place).map(Range::from)
}

impl From<Region> for Range {
    fn from(region: Region) -> Self {
        let position = |at: LineColumn, byte| Position { line: at.line, column: at.column, byte };
        Self { start: position(region.start, region.span.start), end: position(region.end, region.span.end) }
    }
}
