//! The manual for contributors: ten usual mistakes, each with the answer that it gets.
//!
//! In comes the starting catalogue with one mistake after the other, out go the reports that docs/contributing.md shows.
//! A report that the manual shows otherwise is stale; `SNAPSHOTS=overwrite` renews the manual.

use std::fs;

use crate::harness::{Fixture, repository};

const RECORD: &str = "content/certifications/example-care-desk-3.2/certification.md";

/// A mistake: its name in the manual, and what somebody did to the record.
const EDITS: &[(&str, &str, &str)] = &[
    (
        "missing quotation mark",
        "comment = \"Contacts by letter are entered by hand.\"",
        "comment = \"Contacts by letter are entered by hand.",
    ),
    ("wrong id", "element = \"1.3\"", "element = \"1.33\""),
    ("score with a comma", "score = 4.5", "score = 4,5"),
    ("unknown key", "comment = \"Contacts", "coment = \"Contacts"),
    ("wrong date", "completed = \"2026-03\"", "completed = \"03/2026\""),
    ("row given twice", "element = \"1.3\"\noutcome = \"not-submitted\"", "element = \"1.2\"\nscore = 4"),
    ("wrong organization", "organization = \"example-networks\"", "organization = \"Example Networks\""),
    (
        "pasted HTML link",
        "Whatever stands here describes the product.",
        "Whatever stands here describes the product, see <a href=\"https://example.com/desk\">its page</a>.",
    ),
    (
        "pasted HTML in a comment",
        "entered by hand.\"",
        "entered by hand: <a href='https://example.com/desk'>see here</a>\"",
    ),
];

/// The catalogue with each mistake, by its name.
fn mistakes() -> Vec<(&'static str, Fixture)> {
    let mut mistakes: Vec<(&str, Fixture)> =
        EDITS.iter().map(|(name, from, to)| (*name, Fixture::starter().edit(RECORD, from, to))).collect();
    let record = Fixture::starter().texts().find(|(path, _)| *path == RECORD).unwrap().1.to_owned();
    // the home page names the certification, and would report its loss too
    let copy = record.replace("3.2", "4.0");
    let misplaced = Fixture::starter().with("content/certifications/example-care-desk-4.0.md", copy);
    mistakes.push(("file in the wrong folder", misplaced));
    let restored = "content/frameworks/service-map/elements/service.toml";
    let renumbered = Fixture::starter()
        .edit(
            restored,
            "name = \"Restore Service\"\nid = \"2.2\"",
            "name = \"Restore Service\"",
        )
        .edit(
            restored,
            "description = \"Find out why a service does not work and make it work again.\"",
            "description = \"Find out why a service does not work and make it work again.\"\n\n[[element.history]]\nrelease = \"1.0\"\n\
             change = \"addition\"\nid = \"2.9\"\n\n[[element.history]]\nrelease = \"2.0\"\nchange = \"renumbering\"\nid = \"2.2\"",
        )
        // no number is missing where the list does not claim to be whole
        .edit(restored, "complete_in = [\"1.0\", \"2.0\"]\n", "")
        .edit(RECORD, "element = \"2.2\"", "element = \"2.9\"");
    mistakes.push(("id of another release", renumbered));
    mistakes
}

#[test]
fn the_manual_shows_what_contributors_see() {
    let path = repository().join("docs/contributing.md");
    let manual = fs::read_to_string(&path).unwrap();
    let mut renewed = manual.clone();
    for (name, fixture) in mistakes() {
        let report = fixture.build().report();
        let start = format!("<!-- report: {name} -->\n\n```text\n");
        let at =
            renewed.find(&start).unwrap_or_else(|| panic!("the manual does not show “{name}”")) + start.len();
        let end = at + renewed[at..].find("```\n").unwrap();
        renewed.replace_range(at..end, &report);
    }
    assert_eq!(
        renewed.matches("<!-- report: ").count(),
        mistakes().len(),
        "the manual shows a mistake that nobody makes"
    );
    if std::env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite") {
        fs::write(&path, &renewed).unwrap();
    } else {
        assert!(renewed == manual, "docs/contributing.md is stale: SNAPSHOTS=overwrite renews it\n{renewed}");
    }
}

#[test]
fn an_answer_is_one_that_people_can_go_on_from() {
    for (name, fixture) in mistakes() {
        let built = fixture.build();
        let findings = &built.build.diagnostics;
        assert_eq!(
            findings.len(),
            1,
            "{name} is told once, and nothing that follows from it: {}",
            built.short_report()
        );
        let finding = &findings[0].diagnostic;
        assert!(
            finding.help.is_some() || finding.fix.is_some(),
            "{name} is answered without a word on what to do"
        );
    }
}
