//! Mappings that remember the definition they were made against, and are marked when it changes.
//!
//! In comes a catalogue whose mapping is to remember, out go its findings and its page after edits of the definition.
//! Which edits count is asked of the element's text alone, never of its name or its place.

use std::fs;

use certalog::build::BuildOptions;
use certalog::repair::repair;

use crate::harness::{Fixture, repository};

const ELEMENTS: &str = "content/frameworks/fw/elements/problem-handling.toml";
const MAPPING: &str = "content/certifications/example-crm-1/mapping.toml";
const PAGE: &str = "certifications/example-crm-1/mapping/index.html";

/// The catalogue with the fingerprint of today, as `check --fix` writes it.
fn remembered() -> Fixture {
    let path = repository().join("tests/diagnostics/empty-fingerprint/basic.txt");
    let fixture = Fixture::new(&fs::read_to_string(path).unwrap());
    assert_eq!(fixture.build().codes(), ["empty-fingerprint"]);
    let options = BuildOptions { as_of: fixture.as_of, base_url: None, language: None };
    let repaired = repair(&fixture.sources(), &[], &options);
    assert_eq!(repaired.mended.len(), 1);
    let (_, filled) = &repaired.files[MAPPING];
    let filled = filled.to_string();
    let fixture = fixture.with(MAPPING, filled);
    assert!(fixture.build().codes().is_empty(), "{}", fixture.build().report());
    fixture
}

#[test]
fn a_changed_definition_marks_its_mapping_until_somebody_has_looked() {
    let changed = remembered().edit(ELEMENTS, "how far it is", "when it will be mended");
    let built = changed.build();
    assert_eq!(built.codes(), ["suspect-claim"]);
    assert!(built.text(PAGE).contains("Definition changed since, for review"));
    // Nobody has looked yet, and no program says so in their place.
    let options = BuildOptions { as_of: changed.as_of, base_url: None, language: None };
    assert!(repair(&changed.sources(), &[], &options).mended.is_empty());
    let unchanged = remembered().build();
    assert!(!unchanged.text(PAGE).contains("for review"));
}

#[test]
fn what_is_set_otherwise_or_stands_elsewhere_is_no_change() {
    let edits: [(&str, &str); 4] = [
        ("problem is.\nTell", "problem is. Tell"),
        ("the customer", "the\u{a0}customer"),
        ("Tell the customer how far it is.", "Tell the customer\nhow   far it is."),
        ("name = \"Isolate Customer Problem\"", "name = \"Isolate Problem\""),
    ];
    for (from, to) in edits {
        let built = remembered().edit(ELEMENTS, from, to).build();
        assert!(built.codes().is_empty(), "{from:?} to {to:?}: {}", built.report());
    }
}

#[test]
fn a_translated_definition_is_not_what_the_clauses_were_made_against() {
    let translated = remembered().with(
        "content/translations/de/frameworks/fw/elements/isolate-customer-problem.md",
        "+++\n+++\nFinden, wo das Problem liegt.\n",
    );
    let site = "title = \"Test\"\nbase_url = \"https://example.org/\"\nlanguage = \"de\"\ncontent_language = \"en\"\n";
    let built = translated.with("site.toml", site).build();
    let element = built.text("frameworks/fw/element/isolate-customer-problem/index.html");
    assert!(element.contains("Finden, wo das Problem liegt."), "{}", built.report());
    assert!(!built.codes().contains(&"suspect-claim"), "{}", built.report());
    assert!(!built.text(PAGE).contains("Definition seither geändert"), "{}", built.report());
}
