//! The report as a GitLab Code Quality document: a list of issues that a merge request shows beside its lines.
//!
//! In comes a report, out goes one JSON list with the keys that GitLab reads, and no others.
//! A fingerprint does not depend on line numbers, so that an old finding is not a new one when lines above it change.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Report;
use super::document::document;
use super::sarif::fingerprint;
use super::visible::visible;
use crate::diagnostic::Severity;

const MESSAGE_LIMIT: usize = 800;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

/// Writes a report; an empty list where there is no finding. `folder` is where the catalogue lies in its repository.
pub fn render(report: &Report<'_>, folder: &str) -> String {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let issues = report.findings.iter().map(|finding| {
        let diagnostic = &finding.diagnostic;
        let said = match &diagnostic.help {
            Some(help) => format!("{}; {help}", diagnostic.message),
            None => diagnostic.message.clone(),
        };
        let fingerprint = fingerprint(report, diagnostic);
        let nth = seen.entry(fingerprint.clone()).or_default();
        *nth += 1;
        Issue {
            description: visible(&said, MESSAGE_LIMIT),
            check_name: diagnostic.code.name(),
            fingerprint: format!("{fingerprint}-{nth}"),
            severity: match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Waived => "info",
            },
            location: Location {
                path: format!("{folder}{}", report.sources.path(diagnostic.place.file)),
                lines: Lines { begin: report.position(diagnostic.place).line },
            },
        }
    });
    document(&issues.collect::<Vec<_>>())
}
