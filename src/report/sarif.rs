//! The report as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines it is about.
//!
//! In comes a report, out goes one log with one run: the kinds of findings that occur, and every finding.
//! Messages are plain text and paths are addresses relative to the catalogue, so nothing in a record acts on the viewer.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::document::document;
use super::region::Region;
use super::visible::visible;
use super::{Counted, Report};
use crate::diagnostic::{Code, Diagnostic, Fix, LevelReason, Leveled, Severity};
use crate::route::encode_path;
use crate::text::{Place, hexadecimal};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What paths are relative to, by the name that code hosts know.
const ROOT: &str = "%SRCROOT%";
const MESSAGE_LIMIT: usize = 800;
/// How many results of a run GitHub takes; it refuses a log with more.
const RUN_LIMIT: usize = 25_000;

/// Writes a report; a log without results where there is none. `folder` is where the catalogue lies in its repository.
pub fn render(report: &Report<'_>, folder: &str) -> String {
    let report = &Located { report, folder };
    let shown = shown(report.report.findings);
    let mut rules: BTreeMap<Code, usize> = shown.iter().map(|finding| (finding.diagnostic.code, 0)).collect();
    for (at, index) in rules.values_mut().enumerate() {
        *index = at;
    }
    // Where a fingerprint would repeat, the number of the repetition tells the findings apart.
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let results: Vec<Value> = shown
        .iter()
        .map(|finding| {
            let fingerprint = fingerprint(report.report, &finding.diagnostic);
            let nth = seen.entry(fingerprint.clone()).or_default();
            *nth += 1;
            result(report, finding, rules[&finding.diagnostic.code], &format!("{fingerprint}:{nth}"))
        })
        .collect();
    let mut log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver(&rules.keys().map(|code| rule(*code)).collect::<Vec<_>>()) },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { ROOT: { "description": { "text": "The top of the repository, or the catalogue's folder where it lies in none." } } },
            "results": results,
        }],
    });
    let left = report.report.findings.len() - shown.len();
    if left > 0 {
        let more = Counted(left, "more finding");
        log["runs"][0]["invocations"] = json!([{
            "executionSuccessful": true,
            "toolExecutionNotifications": [{
                "level": "warning",
                "message": { "text": format!("{more} not in this log; `certalog check --format json` lists all") },
            }],
        }]);
    }
    document(&log)
}

/// As many findings as code hosts take, errors first, in the order of the report.
fn shown(findings: &[Leveled]) -> Vec<&Leveled> {
    let mut shown: Vec<(usize, &Leveled)> = findings.iter().enumerate().collect();
    if shown.len() > RUN_LIMIT {
        shown.sort_by_key(|(_, finding)| Reverse(finding.severity));
        shown.truncate(RUN_LIMIT);
        shown.sort_unstable_by_key(|(at, _)| *at);
    }
    shown.into_iter().map(|(_, finding)| finding).collect()
}

/// A report with the folder of the repository that its paths lie in.
struct Located<'a> {
    report: &'a Report<'a>,
    folder: &'a str,
}

/// The program, as its package says.
fn driver(rules: &[Value]) -> Value {
    let mut driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "shortDescription": { "text": env!("CARGO_PKG_DESCRIPTION") },
        "rules": rules,
    });
    let homes = [env!("CARGO_PKG_HOMEPAGE"), env!("CARGO_PKG_REPOSITORY")];
    if let Some(home) = homes.into_iter().find(|home| !home.is_empty()) {
        driver["informationUri"] = json!(home);
    }
    driver
}

/// A text of a record as a message of SARIF, in which brackets can make a link and braces a placeholder.
fn plain(text: &str) -> String {
    let text = visible(text, MESSAGE_LIMIT).replace('{', "{{").replace('}', "}}");
    if !text.contains("](") {
        return text;
    }
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.name(),
        "shortDescription": { "text": code.summary() },
        "help": { "text": code.explanation().trim(), "markdown": code.explanation().trim() },
        "defaultConfiguration": { "level": code.default_severity().word() },
        "properties": { "tags": [code.group().name()] },
    })
}

fn result(report: &Located<'_>, finding: &Leveled, rule: usize, fingerprint: &str) -> Value {
    let diagnostic = &finding.diagnostic;
    let text = match &diagnostic.help {
        Some(help) => format!("{}; {}", plain(&diagnostic.message), plain(help)),
        None => plain(&diagnostic.message),
    };
    let mut result = json!({
        "ruleId": diagnostic.code.name(),
        "ruleIndex": rule,
        "level": match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Waived => "note",
        },
        "message": { "text": text },
        "locations": [location(report, diagnostic.place)],
        "partialFingerprints": { "finding/v1": fingerprint },
    });
    if !diagnostic.labels.is_empty() {
        let related = diagnostic.labels.iter().map(|label| {
            let mut location = location(report, label.place);
            location["message"] = json!({ "text": plain(&label.text) });
            location
        });
        result["relatedLocations"] = related.collect();
    }
    if let LevelReason::Waived { reason, .. } = &finding.reason {
        let reason = visible(reason, MESSAGE_LIMIT);
        result["suppressions"] =
            json!([{ "kind": "inSource", "status": "accepted", "justification": reason }]);
    }
    if let Some(fix) = &diagnostic.fix {
        result["fixes"] = json!([edit(report, diagnostic, fix)]);
    }
    result
}

fn location(report: &Located<'_>, place: Place) -> Value {
    let mut physical = json!({ "artifactLocation": artifact(report, place) });
    if let Some(marked) = Region::of(report.report, place) {
        physical["region"] = region(marked);
    }
    json!({ "physicalLocation": physical })
}

fn region(Region { start, end, .. }: Region) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn artifact(report: &Located<'_>, place: Place) -> Value {
    json!({ "uri": encode_path(&format!("{}{}", report.folder, report.report.sources.path(place.file))), "uriBaseId": ROOT })
}

fn edit(report: &Located<'_>, diagnostic: &Diagnostic, fix: &Fix) -> Value {
    json!({
        "description": { "text": diagnostic.help.as_deref().map_or("write this instead".into(), plain) },
        "artifactChanges": [{
            "artifactLocation": artifact(report, diagnostic.place),
            "replacements": [{
                "deletedRegion": region(Region::of_edit(report.report, Place::new(diagnostic.place.file, fix.span))),
                "insertedContent": { "text": fix.replacement },
            }],
        }],
    })
}

/// What stays the same while lines above the finding come and go: its code, its file and what it says.
pub(super) fn fingerprint(report: &Report<'_>, diagnostic: &Diagnostic) -> String {
    let path = report.sources.path(diagnostic.place.file);
    let said = [diagnostic.code.name(), path, &diagnostic.message].join("\0");
    hexadecimal(&Sha256::digest(said.as_bytes())[..16])
}
