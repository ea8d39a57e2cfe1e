//! The report as workflow commands that GitHub shows beside the lines of a pull request.
//!
//! In come a report and the files that the change touches, out go at most ten errors and ten warnings, those of changed files first.
//! A record cannot forge a command: what acts in one is encoded, and every line starts with a command of our own.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::region::Region;
use super::visible::visible;
use super::{Counted, Report, Tally};
use crate::diagnostic::{Leveled, Severity};

/// How many annotations of a level GitHub keeps of one step; it drops the others without a word.
const STEP_LIMIT: usize = 10;
const MESSAGE_LIMIT: usize = 800;

/// Writes a report. `folder` is where the catalogue lies in its repository; `changed` are the paths in it that a change touches, or
/// none where that is not known.
pub fn render(report: &Report<'_>, folder: &str, changed: Option<&BTreeSet<String>>) -> String {
    let mut text = String::new();
    for severity in [Severity::Error, Severity::Warning] {
        let of_level = report.findings.iter().filter(|finding| finding.severity == severity);
        let mut findings: Vec<&Leveled> = of_level.collect();
        // Stable: within changed and unchanged files the order of the report stays.
        findings.sort_by_key(|finding| !is_changed(report, finding, changed));
        for finding in findings.iter().take(STEP_LIMIT) {
            text.push_str(&command(report, folder, finding));
        }
        let left: Vec<_> = findings.iter().skip(STEP_LIMIT).collect();
        if left.is_empty() {
            continue;
        }
        let more =
            Counted(left.len(), if severity == Severity::Error { "more error" } else { "more warning" });
        write!(text, "::notice title=certalog::{more} not shown here").expect("a string takes any text");
        let of_change = left.iter().filter(|finding| is_changed(report, finding, changed)).count();
        if changed.is_some() {
            write!(text, ", {of_change} of them in files of this change").expect("a string takes any text");
        }
        text.push_str("; `certalog check` lists all\n");
    }
    if !report.findings.is_empty() {
        writeln!(text, "{}", Tally::of(report.findings)).expect("a string takes any text");
    }
    text
}

fn is_changed(report: &Report<'_>, finding: &Leveled, changed: Option<&BTreeSet<String>>) -> bool {
    let path = report.sources.path(finding.diagnostic.place.file);
    changed.is_some_and(|changed| changed.contains(path))
}

fn command(report: &Report<'_>, folder: &str, finding: &Leveled) -> String {
    let diagnostic = &finding.diagnostic;
    let mut command = format!(
        "::{} file={},",
        finding.severity.word(),
        property(&format!("{folder}{}", report.sources.path(diagnostic.place.file))),
    );
    if let Some(Region { start, end, .. }) = Region::of(report, diagnostic.place) {
        write!(command, "line={},endLine={},", start.line, end.line).expect("a string takes any text");
        // Columns of a mark over several lines are not taken by GitHub.
        if start.line == end.line {
            write!(command, "col={},endColumn={},", start.column, end.column)
                .expect("a string takes any text");
        }
    }
    let mut message = visible(&diagnostic.message, MESSAGE_LIMIT);
    if let Some(help) = &diagnostic.help {
        message.push('\n');
        message.push_str(&visible(help, MESSAGE_LIMIT));
    }
    write!(command, "title={}::{}", property(diagnostic.code.name()), data(&message))
        .expect("a string takes any text");
    command.push('\n');
    command
}

/// A text after `::`, as GitHub's own toolkit encodes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property: what ends it is encoded too.
fn property(text: &str) -> String {
    data(&visible(text, MESSAGE_LIMIT)).replace(':', "%3A").replace(',', "%2C")
}
