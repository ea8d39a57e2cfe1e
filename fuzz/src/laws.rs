//! The laws themselves: in comes what certalog made of an input, and where a law does not hold, there is a panic.
//!
//! They ask what any reader could ask: does a finding point into its file, is a report well-formed, does a page do what no text may make it do.
//! Nothing here knows how certalog comes to its answers.

use certalog::build::Build;
use certalog::diagnostic::{Finding, Leveled, Severity};
use certalog::report::human::{self, Paint};
use certalog::report::{Report, github, gitlab, json, junit, sarif, short};
use certalog::sources::Sources;
use certalog::text::{Place, Span};

pub(crate) fn finding_is_within(finding: &Finding, text: &str) {
    let spans = [finding.span].into_iter().chain(finding.labels.iter().map(|(span, _)| *span));
    for span in spans.chain(finding.fix.iter().map(|fix| fix.span)) {
        assert!(text.get(span.range()).is_some(), "{finding:?} points outside of its file");
    }
    assert!(!finding.message.is_empty(), "{finding:?} says nothing");
}

pub(crate) fn findings_are_within(findings: &[Leveled], sources: &Sources) {
    let is_within = |place: Place| {
        place.file.index() < sources.len() && sources.text(place.file).get(place.span.range()).is_some()
    };
    for Leveled { diagnostic, .. } in findings {
        let file = diagnostic.place.file;
        let fix = diagnostic.fix.iter().map(|fix: &Box<_>| -> Span { fix.span });
        let places = [diagnostic.place].into_iter().chain(diagnostic.labels.iter().map(|label| label.place));
        for place in places.chain(fix.map(|span| Place::new(file, span))) {
            assert!(is_within(place), "{diagnostic:?} points outside of its file");
        }
    }
}

pub(crate) fn reports_can_be_written(findings: &[Leveled], sources: &Sources) {
    let report = Report { sources, findings };
    let shown = human::render(&report, Paint::Plain);
    let is_harmless = |text: &str| !text.chars().any(|one| one.is_control() && one != '\n');
    assert!(is_harmless(&shown), "a control character in a report for a terminal: {shown:?}");
    assert!(is_harmless(&short::render(&report)), "a control character in a short report");
    for text in [json::render(&report), sarif::render(&report, ""), gitlab::render(&report, "")] {
        serde_json::from_str::<serde_json::Value>(&text).expect("a report is JSON");
    }
    github::render(&report, "", None);
    junit::render(&report);
}

pub(crate) fn there_is_a_site_unless_there_are_errors(built: &Build, sources: &Sources) {
    let has_errors = built.diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    assert_eq!(built.site.is_empty(), has_errors || sources.is_empty(), "a site, or errors: one of both");
}

/// How many scripts a page has.
pub(crate) fn scripts(page: &str) -> usize {
    page.to_ascii_lowercase().matches("<script").count()
}

/// No address of a page is of a kind that runs something.
pub(crate) fn addresses_are_harmless(page: &str) {
    for attribute in [" href=\"", " src=\"", " action=\""] {
        for (at, _) in page.match_indices(attribute) {
            let value = page[at + attribute.len()..].split('"').next().unwrap_or_default();
            let scheme = value.split(['/', '?', '#']).next().unwrap_or_default().split_once(':');
            let is_known = scheme.is_none_or(|(scheme, _)| ["https", "http", "mailto"].contains(&scheme));
            assert!(is_known, "an address of another kind: {value:?}");
            assert!(!value.contains("&colon;") && !value.contains("&#"), "an address in disguise: {value:?}");
        }
    }
}
