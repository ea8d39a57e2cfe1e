//! The short report: one line a finding, for editors, `grep` and logs.
//!
//! In comes a report, out go lines of the form `path:line:column: warning[code]: message` and a summary.
//! A line never holds a second finding, however a record or a file is named.

use std::fmt::Write as _;

use super::selection::Selection;
use super::visible::visible;
use super::{Counted, Report, Tally};
use crate::diagnostic::Leveled;

const PATH_LIMIT: usize = 400;
const MESSAGE_LIMIT: usize = 800;

/// Writes a report, one line a finding; empty where there is none.
pub fn render(report: &Report<'_>) -> String {
    let mut lines = String::new();
    let selection = Selection::of(report);
    for of_file in &selection.files {
        for finding in &of_file.shown {
            lines.push_str(&line(report, finding));
            lines.push('\n');
        }
        if of_file.withheld > 0 {
            let more = Counted(of_file.withheld, "more finding");
            writeln!(lines, "{}: and {more}", path(report, of_file.shown[0]))
                .expect("a string takes any text");
        }
    }
    if selection.withheld_files > 0 {
        let (more, files) = (
            Counted(selection.withheld_in_them, "more finding"),
            Counted(selection.withheld_files, "other file"),
        );
        writeln!(lines, "and {more} in {files}").expect("a string takes any text");
    }
    if !report.findings.is_empty() {
        writeln!(lines, "{}", Tally::of(report.findings)).expect("a string takes any text");
    }
    lines
}

fn line(report: &Report<'_>, finding: &Leveled) -> String {
    let diagnostic = &finding.diagnostic;
    let at = report.position(diagnostic.place);
    let message = visible(&diagnostic.message, MESSAGE_LIMIT);
    format!(
        "{}:{}:{}: {}[{}]: {message}",
        path(report, finding),
        at.line,
        at.column,
        finding.severity.word(),
        diagnostic.code.name(),
    )
}

/// The path, so written that a file cannot be named like a command to the service that shows the log (`::error …`).
fn path(report: &Report<'_>, finding: &Leveled) -> String {
    let path = visible(report.sources.path(finding.diagnostic.place.file), PATH_LIMIT);
    if path.starts_with(|first: char| first.is_ascii_alphanumeric()) { path } else { format!("./{path}") }
}
