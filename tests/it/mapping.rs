//! Certification reports: what the real one says, and that clauses and steps lead to each other.
//!
//! In come the catalogue of this repository with `tests/facts/mapping.json`, and small catalogues with one process each.
//! Only the HTML and the findings are looked at; a changed clause is shown to be noticed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use crate::harness::{Built, Fixture, repository};
use crate::page::{Page, all, first, text};

const REPORT: &str = "certifications/ztesoft-zsmart-7.0/mapping/index.html";

fn facts() -> Value {
    serde_json::from_str(&fs::read_to_string(repository().join("tests/facts/mapping.json")).unwrap()).unwrap()
}

/// What a page says of the whole report and of each element, in the form of the facts.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    clauses: usize,
    citations: usize,
    by_support: BTreeMap<String, usize>,
    by_part: BTreeMap<String, usize>,
    by_mode: BTreeMap<String, usize>,
}

fn count(page: &Page, section: &str) -> Counts {
    let mut counts = Counts::default();
    for row in page.all(&format!("{section} .clauses tbody tr")) {
        counts.clauses += 1;
        let support = match text(first(row, "td.status .tag").unwrap()).as_str() {
            "Supported" => "full",
            "Partially supported" => "partial",
            "Not supported" => "none",
            "Not applicable" => "not-applicable",
            "Done elsewhere" => "elsewhere",
            "Covered below" => "covered-below",
            "Not stated" => "unstated",
            other => panic!("what is “{other}”?"),
        };
        *counts.by_support.entry(support.to_owned()).or_default() += 1;
        let part = text(first(row, "th small").unwrap()).to_lowercase();
        *counts.by_part.entry(part).or_default() += 1;
        let steps = first(row, "td.id").unwrap();
        counts.citations += all(steps, "a").len();
        for citation in text(steps).split(", ").filter(|citation| *citation != "–") {
            let mode = match citation.split_once('·').map(|(_, mode)| mode.split('(').next().unwrap().trim())
            {
                Some("automated") => "A",
                Some("manual") => "M",
                Some("both") => "AM",
                None => "unstated",
                Some(other) => panic!("what is “{other}”?"),
            };
            // A range counts as its two ends.
            *counts.by_mode.entry(mode.to_owned()).or_default() +=
                if citation.contains(" – ") { 2 } else { 1 };
        }
    }
    counts
}

fn numbers(facts: &Value) -> BTreeMap<String, usize> {
    let entries = facts.as_object().unwrap().iter();
    entries.map(|(key, number)| (key.clone(), number.as_u64().unwrap() as usize)).collect()
}

fn number(facts: &Value, key: &str) -> usize {
    facts[key].as_u64().unwrap() as usize
}

/// Every difference between a page and the facts.
fn differences(page: &Page) -> Vec<String> {
    let facts = facts();
    let totals = &facts["totals"];
    let mut found = Vec::new();
    let mut compare = |what: &str, is: String, should: String| {
        if is != should {
            found.push(format!("{what}: {is}, not {should}"));
        }
    };
    let whole = count(page, "main");
    compare("clauses", whole.clauses.to_string(), number(totals, "clauses").to_string());
    compare("citations", whole.citations.to_string(), number(totals, "citations").to_string());
    compare("support", format!("{:?}", whole.by_support), format!("{:?}", numbers(&facts["by_support"])));
    compare("parts", format!("{:?}", whole.by_part), format!("{:?}", numbers(&facts["by_part"])));
    compare("modes", format!("{:?}", whole.by_mode), format!("{:?}", numbers(&facts["by_mode"])));
    let steps = page.all(".steps tbody tr");
    compare("steps", steps.len().to_string(), number(totals, "steps").to_string());
    let elements = page.all("#mapped > .mapped").len();
    compare("elements", elements.to_string(), number(totals, "elements").to_string());
    let scenarios = page.all("#scenarios > .mapped").len();
    compare("scenarios", scenarios.to_string(), number(totals, "scenarios").to_string());
    let works = page.table("works").unwrap().rows().len();
    compare("works", works.to_string(), number(totals, "works_cited").to_string());
    for element in facts["elements"].as_array().unwrap() {
        let id = element["element"].as_str().unwrap();
        let own = count(page, &format!("[id=\"m-{id}\"]"));
        compare(id, own.clauses.to_string(), number(element, "clauses").to_string());
        compare(id, own.citations.to_string(), number(element, "citations").to_string());
        compare(id, format!("{:?}", own.by_support), format!("{:?}", numbers(&element["by_support"])));
    }
    let rows = page.table("totals").unwrap().rows();
    let last = rows.last().unwrap();
    compare("sum of clauses", last.text("Clauses"), number(totals, "clauses").to_string());
    compare("sum of citations", last.text("Citations"), number(totals, "citations").to_string());
    for (head, mode) in [("Automated", "A"), ("Manual", "M"), ("Both", "AM"), ("No mode", "unstated")] {
        compare(head, last.text(head), number(&facts["by_mode"], mode).to_string());
    }
    for fact in facts["steps"].as_array().unwrap() {
        let id = fact["step"].as_str().unwrap();
        let row = page.one(&format!("[id=\"s-{id}\"]"));
        compare(id, text(first(row, "td.number").unwrap()), format!("{}×", number(fact, "citations")));
    }
    found
}

#[test]
fn the_page_says_what_the_report_says() {
    let page = Fixture::of_this_repository().build().page(REPORT);
    assert_eq!(differences(&page), Vec::<String>::new());
}

#[test]
fn a_changed_clause_is_noticed() {
    let file = "content/certifications/ztesoft-zsmart-7.0/mapping/bill-invoice-management.toml";
    let changed = Fixture::of_this_repository().edit(file, "support = \"partial\"", "support = \"full\"");
    let found = differences(&changed.build().page(REPORT));
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn the_faults_of_the_report_come_out_as_findings() {
    let built = Fixture::of_this_repository().build();
    let facts = &facts()["findings"];
    let found = |code: &str| {
        let of_report = built.build.diagnostics.iter().map(|leveled| &leveled.diagnostic);
        let of_report = of_report.filter(|finding| finding.code.name() == code);
        let of_report = of_report.filter(|finding| built.sources.path(finding.place.file).contains("zsmart"));
        of_report.map(|finding| finding.message.clone()).collect::<Vec<_>>()
    };
    for (code, key) in [
        ("unknown-step", "unknown-step"),
        ("conflicting-modes", "conflicting-modes"),
        ("step-without-mode", "step-without-mode"),
        ("repeated-citation", "repeated-citation"),
        ("clause-without-evidence", "clause-without-evidence"),
        ("full-score-unsupported", "full-score-unsupported"),
        ("unexplained-score", "lower-score-without-deviation"),
        ("uncited-scenario", "uncited-scenario"),
    ] {
        let (found, expected) = (found(code), facts[key].as_array().unwrap());
        assert_eq!(found.len(), expected.len(), "{code}: {found:?}");
    }
    let spellings = facts["step-spelling-differs"]["elements"].as_array().unwrap();
    assert_eq!(found("step-spelling-differs").len(), spellings.len(), "one finding an element");
    for fact in facts["conflicting-modes"].as_array().unwrap() {
        let step = fact["step"].as_str().unwrap();
        assert!(found("conflicting-modes").iter().any(|message| message.contains(step)), "{step}");
    }
    assert_eq!(found("result-without-mapping"), [""; 0], "what is not mapped only sums up what is");
    assert_eq!((found("mapping-without-result"), found("uncited-step")), (vec![], vec![]));
}

/// Which clause refers to which step, read from one side or from the other.
fn references(page: &Page, rows: &str, cells: &str, to: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for row in page.all(rows) {
        let own = row.attr("id").unwrap();
        for link in all(row, &format!("{cells} a")) {
            let other = link.attr("href").unwrap().strip_prefix('#').unwrap();
            assert!(other.starts_with(to), "{own} leads to {other}");
            found.insert((own.to_owned(), other.to_owned()));
        }
    }
    found
}

#[test]
fn steps_lead_back_to_every_clause_that_refers_to_them() {
    let page = Fixture::of_this_repository().build().page(REPORT);
    let forth = references(&page, ".clauses tbody tr", "td", "s-");
    let back = references(&page, ".steps tbody tr", "td.text", "c-");
    let forth: BTreeSet<_> = forth.into_iter().map(|(clause, step)| (step, clause)).collect();
    assert!(forth.len() > 250);
    assert_eq!(forth.difference(&back).collect::<Vec<_>>(), Vec::<&(String, String)>::new());
    // Steps within the one range are led back to it, and the range names its ends alone.
    let more: BTreeSet<_> = back.difference(&forth).map(|(_, clause)| clause.as_str()).collect();
    assert_eq!(more, BTreeSet::from(["c-1.1.2.2.10-2"]));
    for link in page.all("a[href^=\"#\"]") {
        let id = &link.attr("href").unwrap()[1..];
        assert_eq!(page.all(&format!("[id=\"{id}\"]")).len(), 1, "#{id}");
    }
}

#[test]
fn the_page_is_not_too_heavy() {
    let built = Fixture::of_this_repository().build();
    let html = built.text(REPORT);
    let elements = html.match_indices('<').filter(|(at, _)| html[at + 1..].starts_with(char::is_alphabetic));
    let (elements, bytes) = (elements.count(), html.len());
    assert!(elements < 5_500 && bytes < 400_000, "{elements} elements, {bytes} bytes");
}

/// A catalogue with one process, one scenario of two steps, and what else is given.
fn small(mapping: &str) -> Fixture {
    Fixture::new(
        r#"=== site.toml
title = "Test"
base_url = "https://example.org/"
=== content/frameworks/fw/framework.toml
name = "Example Process Framework"
[[release]]
version = "1.0"
[[scale]]
id = "verdict"
[[scale.rating]]
id = "pass"
label = "Passed"
tone = "full"
[[scale.rating]]
id = "fail"
label = "Failed"
tone = "none"
=== content/frameworks/fw/elements/all.toml
[[element]]
key = "isolate"
name = "Isolate Customer Problem"
id = "3.7.1"
=== content/organizations/example-networks.toml
name = "Example Networks"
=== content/certifications/example-crm-1/certification.toml
organization = "example-networks"
product = "Example CRM"
version = "1"
framework = "fw"
release = "1.0"
description = "It starts with [[PR_001]] and goes on with [[PR_002|the second step]]."
[[result]]
element = "3.7.1"
rating = "pass"
=== content/certifications/example-crm-1/mapping/scenarios.toml
[[scenario]]
id = "problem"
name = "Problem <Reported>"
[[scenario.step]]
id = "PR_001"
mode = "A"
[[scenario.step]]
id = "PR_002"
mode = "M"
"#,
    )
    .with("content/certifications/example-crm-1/mapping/elements.toml", mapping)
}

const CLAUSES: &str = r#"
[[mapping]]
element = "3.7.1"
scenario = "problem"
[[mapping.clause]]
part = "brief"
text = "Find the place of the problem & say so."
support = "full"
evidence = ["PR_001"]
[[mapping.clause]]
part = "extended"
text = "Tell the customer."
support = "none"
mentions = ["PR_002"]
note = "Somebody else does."
"#;

fn report(built: &Built) -> Page {
    built.page("certifications/example-crm-1/mapping/index.html")
}

#[test]
fn several_files_add_up_and_texts_are_escaped() {
    let built = small(CLAUSES).build();
    assert_eq!(built.codes(), ["full-score-unsupported"]);
    let page = report(&built);
    assert_eq!(page.mistakes(), [""; 0]);
    assert_eq!(page.texts("#mapped h3"), ["3.7.1 Isolate Customer Problem"]);
    assert_eq!(page.texts("#scenarios h3"), ["Problem <Reported>"]);
    assert_eq!(page.texts(".steps td.text"), ["3.7.1 clause 1.", "Named by 3.7.1 clause 2."]);
    let row = page.one("[id=\"c-3.7.1-1\"]");
    assert_eq!(text(first(row, "th").unwrap()), "1. Find the place of the problem & say so. Brief");
    let total = &page.table("totals").unwrap().rows()[0];
    assert_eq!((total.text("Automated"), total.text("Manual")), ("1".to_owned(), "0".to_owned()));
}

#[test]
fn other_pages_lead_to_the_report() {
    let built = small(CLAUSES).build();
    let certification = built.page("certifications/example-crm-1/index.html");
    assert_eq!(certification.fact("Mapping").unwrap(), "1 element, 2 clauses");
    let links = certification.all("section.prose a");
    let hrefs: Vec<_> = links.iter().map(|link| link.attr("href").unwrap()).collect();
    let here = "../../certifications/example-crm-1/mapping/";
    assert_eq!(hrefs, [format!("{here}#s-PR_001"), format!("{here}#s-PR_002")]);
    assert_eq!(links.into_iter().map(text).collect::<Vec<_>>(), ["PR_001", "the second step"]);
    let deviation = certification.one("#deviations .lacking a");
    assert_eq!(deviation.attr("href"), Some(format!("{here}#c-3.7.1-2").as_str()));
    assert_eq!(text(deviation), "Tell the customer.");
    let section = format!("{here}#m-3.7.1");
    assert_eq!(certification.all(&format!("#results a[href=\"{section}\"]")).len(), 1);
    let element = built.page("frameworks/fw/element/isolate/index.html");
    let section = "../../../../certifications/example-crm-1/mapping/#m-3.7.1";
    assert_eq!(element.all(&format!("#certifications a[href=\"{section}\"]")).len(), 1);
}

#[test]
fn a_step_is_known_in_its_own_certification_only() {
    let page = "+++\ntitle = \"Guide\"\n+++\nSee [[PR_001]].\n";
    let built = small(CLAUSES).with("content/pages/guide.md", page).build();
    assert!(built.codes().contains(&"broken-link"), "{}", built.short_report());
}

#[test]
fn what_could_not_be_read_is_not_called_missing() {
    let scenarios = "content/certifications/example-crm-1/mapping/scenarios.toml";
    let broken = small("[[mapping]\n").with(scenarios, "[[scenario]\n");
    assert_eq!(broken.build().codes(), ["invalid-toml"]);
    let broken =
        small(CLAUSES).with("content/certifications/example-crm-1/mapping/more.toml", "[[mapping]\n");
    assert_eq!(broken.build().codes(), ["invalid-toml", "full-score-unsupported"]);
    let without_id = small(CLAUSES).edit(scenarios, "id = \"PR_002\"\n", "");
    assert_eq!(without_id.build().codes(), ["missing-key", "full-score-unsupported"]);
}

#[test]
fn a_mapping_needs_its_certification() {
    let orphan = small(CLAUSES).with("content/certifications/example-crm-2/mapping.toml", CLAUSES);
    assert_eq!(orphan.build().codes(), ["misplaced-file", "full-score-unsupported"]);
    let broken = small(CLAUSES).with("content/certifications/example-crm-1/certification.toml", "a = \n");
    assert_eq!(broken.build().codes(), ["invalid-toml"]);
}

#[test]
fn repairs_keep_the_rest_of_a_citation() {
    let wrong = CLAUSES.replace("[\"PR_001\"]", "[\"PR_01 A\", \"PR_001 - PR_02 M\", { step = \"PR_01\" }]");
    let built = small(&wrong).build();
    let fixes = built.build.diagnostics.iter().filter_map(|leveled| leveled.diagnostic.fix.as_ref());
    let fixes: Vec<_> = fixes.map(|fix| fix.replacement.as_str()).collect();
    assert_eq!(fixes, ["\"PR_001 A\"", "\"PR_001 - PR_002 M\"", "\"PR_001\""]);
}

#[test]
fn a_report_without_printed_modes_takes_those_of_its_scenarios() {
    let built = small(&CLAUSES.replace("[\"PR_001\"]", "[\"PR_001\", \"PR_002\"]")).build();
    assert_eq!(built.codes(), ["full-score-unsupported"]);
    assert_eq!(report(&built).texts("#matrices td"), ["A", "M"]);
    let built = small(&CLAUSES.replace("[\"PR_001\"]", "[\"PR_001 A\", \"PR_002\"]")).build();
    assert_eq!(built.codes(), ["step-without-mode", "full-score-unsupported"]);
    assert_eq!(report(&built).texts("#matrices td"), ["A", "?"]);
}
