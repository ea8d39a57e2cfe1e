//! The published facts: what the built pages say of the three certifications is what their printed tables say.
//!
//! In come the real catalogue and `tests/facts/expected.json`, out goes every difference in a line of its own.
//! Only the HTML is looked at, as a reader would, and the comparison is shown to fail where one score is changed.

mod rows;
mod shared;

use std::fs;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde_json::Value;

use crate::harness::{Built, Fixture, repository};
use crate::page::{Page, Row, Table, all, first, text};

/// The words of column heads, which a theme engineer may change here and nowhere else.
mod head {
    pub(crate) const ROWS: &str = "Processes";
    pub(crate) const STATED: &str = "As stated";
    pub(crate) const CERTIFICATION: &str = "Certification";
    pub(crate) const ASSESSED_AS: &str = "Assessed as";
    pub(crate) const BASIS: &str = "How it is known";
    pub(crate) const MISSING: &str = "Without";

    /// How a page says how a change is known.
    pub(crate) fn basis(word: &str) -> &str {
        match word {
            "official" => "Stated by the framework",
            "editor" => "Found by an editor",
            "inferred" => "Inferred",
            _ => panic!("`{word}` is no basis"),
        }
    }
}

static EXPECTED: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(&fs::read_to_string(repository().join("tests/facts/expected.json")).unwrap())
        .unwrap()
});

static CATALOGUE: LazyLock<Built> = LazyLock::new(|| Fixture::of_this_repository().build());

/// Each certification with its facts and its page.
fn certifications() -> Vec<(&'static str, &'static Value, Page)> {
    let certifications = EXPECTED["certifications"].as_object().unwrap();
    certifications.iter().map(|(id, facts)| (id.as_str(), facts, certification(&CATALOGUE, id))).collect()
}

fn certification(built: &Built, id: &str) -> Page {
    built.page(&format!("certifications/{id}/index.html"))
}

fn text_of<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no number"))
}

/// A number of the facts, exactly as it is written there.
fn number(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Notes where a page says something else than the facts.
struct Differences(Vec<String>);

impl Differences {
    fn compare(&mut self, what: &str, found: Option<&str>, expected: &str) {
        if found != Some(expected) {
            self.0.push(format!("{what}: {}, not {expected}", found.unwrap_or("nothing")));
        }
    }

    fn compare_number(&mut self, what: &str, found: &str, expected: &Value) {
        let expected = number(expected);
        if found.parse().ok() != Some(decimal(&expected)) {
            self.0.push(format!("{what}: {found}, not {expected}"));
        }
    }

    #[track_caller]
    fn assert_none(self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}

/// The number in a column; a column that is left out would hold nothing but zeros.
fn number_in(row: &Row<'_>, head: &str) -> String {
    if row.has(head) { row.number(head) } else { "0".to_owned() }
}

/// The row of a table whose first cell names this.
fn row_of<'p>(table: Option<Table<'p>>, head: &str, name: &str) -> Option<Row<'p>> {
    table?.rows().into_iter().find(|row| row.text(head) == name)
}

#[test]
fn the_catalogue_has_no_errors() {
    assert!(!CATALOGUE.site().is_empty());
}

#[test]
fn the_facts_at_the_top_are_those_of_the_source() {
    let mut differences = Differences(Vec::new());
    for (id, facts, page) in certifications() {
        let mut compare = |term: &str, expected: &str| {
            differences.compare(&format!("{id}: {term}"), page.fact(term).as_deref(), expected);
        };
        compare("Organization", text_of(facts, "organization").unwrap());
        compare("Product", text_of(facts, "product").unwrap());
        let release = format!("Business Process Framework {}", text_of(facts, "release").unwrap());
        compare("Framework and release", &release);
        if let Some(suite) = text_of(facts, "suite") {
            compare("Suite", suite);
        }
        match text_of(facts, "version") {
            Some("unspecified") => compare("Version", "Not given by the source"),
            version => compare("Version", version.unwrap()),
        }
        let dates: Vec<_> = page
            .all("dl.facts time")
            .into_iter()
            .map(|time| time.attr("datetime").unwrap().to_owned())
            .collect();
        let valid = &facts["valid"];
        let expected = [text_of(facts, "completed"), text_of(valid, "from"), text_of(valid, "to")];
        let expected: Vec<_> = expected.into_iter().flatten().collect();
        assert_eq!(dates, expected, "{id}");
        let status =
            if valid.is_null() { "No end date published" } else { "Expired, valid until December 2012" };
        assert_eq!(page.texts("p.standing"), [status], "{id}");
    }
    differences.assert_none();
}

#[test]
fn counts_and_means_are_those_of_the_source() {
    let mut differences = Differences(Vec::new());
    for (id, facts, page) in certifications() {
        let totals = &facts["totals"];
        let by_level = &totals["by_level_distinct"]["L3"];
        // Where scores are given on several levels, the summary speaks of the lowest one.
        let expected = match by_level {
            Value::Null => [
                (head::ROWS, &totals["level_3"]),
                ("Submitted", &totals["submitted"]),
                ("Full", &totals["full"]),
                ("Partial", &totals["partial"]),
                ("Not submitted", &totals["not_submitted"]),
                ("Mean", &totals["mean"]),
                ("Lowest", &totals["lowest"]),
            ],
            level => [
                (head::ROWS, &level["rows"]),
                ("Submitted", &level["rows"]),
                ("Full", &level["by_score"]["5"]),
                ("Partial", &level["by_score"]["4"]),
                ("Not submitted", &totals["not_submitted"]),
                ("Mean", &level["mean"]),
                ("Lowest", &Value::Null),
            ],
        };
        // With one domain its row says it all.
        let mut rows = page.table("summary").unwrap().rows();
        let all = rows.pop().unwrap_or_else(|| panic!("{id} has no summary"));
        assert!(rows.is_empty() || all.text("Domain") == "All", "{id}");
        for (head, expected) in expected.into_iter().filter(|(_, expected)| !expected.is_null()) {
            differences.compare_number(&format!("{id}: {head}"), &number_in(&all, head), expected);
        }
        for (level, expected) in by_level
            .is_object()
            .then(|| totals["by_level_distinct"].as_object())
            .flatten()
            .into_iter()
            .flatten()
        {
            let name = level.replace('L', "Level ");
            let row = row_of(page.table("levels"), "Level", &name)
                .unwrap_or_else(|| panic!("{id}: no row for {name}"));
            differences.compare_number(
                &format!("{id}: {name}: count"),
                &row.number(head::ROWS),
                &expected["rows"],
            );
            differences.compare_number(
                &format!("{id}: {name}: Mean"),
                &row.number("Mean"),
                &expected["mean"],
            );
        }
        for domain in list(facts, "domains") {
            let name = text_of(domain, "name").unwrap();
            let row = row_of(page.table("summary"), "Domain", name);
            let row = row.unwrap_or_else(|| panic!("{id}: no row for {name}"));
            let keys = [
                (head::ROWS, "level_3"),
                ("Submitted", "submitted"),
                ("Full", "full"),
                ("Partial", "partial"),
                ("Not submitted", "not_submitted"),
                ("Mean", "mean"),
            ];
            for (head, key) in keys.into_iter().filter(|(_, key)| domain.get(key).is_some()) {
                differences.compare_number(
                    &format!("{id}: {name}: {head}"),
                    &number_in(&row, head),
                    &domain[key],
                );
            }
        }
    }
    differences.assert_none();
}

#[test]
fn coverage_is_that_of_the_source() {
    let mut differences = Differences(Vec::new());
    for (id, facts, page) in certifications() {
        let rows = page.table("coverage").unwrap().rows();
        for group in list(facts, "groups") {
            let element = text_of(group, "element").unwrap();
            let name = format!("{element} {}", text_of(group, "name").unwrap());
            let Some(row) = rows.iter().find(|row| row.text("Process") == name) else {
                differences.0.push(format!("{id}: no coverage of {name}"));
                continue;
            };
            let keys = [
                ("Submitted", "submitted"),
                ("Of", "total"),
                ("Full", "full"),
                ("Partial", "partial"),
                ("Not submitted", "not_submitted"),
                ("Mean", "mean"),
            ];
            for (head, key) in keys.into_iter().filter(|(_, key)| group.get(key).is_some()) {
                differences.compare_number(
                    &format!("{id}: {name}: {head}"),
                    &number_in(row, head),
                    &group[key],
                );
            }
            let stated = row.has(head::STATED).then(|| row.text(head::STATED));
            let expected = text_of(group, "coverage_printed").unwrap_or("–");
            differences.compare(&format!("{id}: {name}: stated"), stated.as_deref().or(Some("–")), expected);
        }
        let documents = page.table("documents").unwrap().rows().len();
        assert_eq!(documents as u64, facts["documents"].as_u64().unwrap(), "{id}");
    }
    differences.assert_none();
}

#[test]
fn the_process_page_says_what_the_framework_prints() {
    let process = &EXPECTED["process"];
    let key = text_of(process, "key").unwrap();
    let page = CATALOGUE.page(&format!("frameworks/etom/process/{key}/index.html"));
    let mut differences = Differences(Vec::new());
    let id = text_of(process, "id").unwrap();
    differences.compare(
        "heading",
        Some(&page.texts("h1")[0]),
        &format!("{id} {}", text_of(process, "name").unwrap()),
    );
    let facts = [
        ("Identifier", format!("{id} in {}", text_of(process, "model").unwrap())),
        ("Original identifier", number(&process["original_id"])),
        ("Level", number(&process["level"])),
        ("Domain", number(&process["domain"])),
        ("Maturity level of the definition", number(&process["maturity"])),
    ];
    for (term, expected) in facts {
        differences.compare(term, page.fact(term).as_deref(), &expected);
    }
    let history = page.table("history").unwrap().rows();
    assert_eq!(history.len(), list(process, "history").len());
    for (row, expected) in history.iter().zip(list(process, "history")) {
        differences.compare("release", Some(&row.text("Release")), text_of(expected, "release").unwrap());
        let change = row.text("Change").to_lowercase();
        differences.compare("change", Some(&change), text_of(expected, "change").unwrap());
    }
    let notes = page.texts("p.note").join(" ");
    for section in list(process, "reserved").iter().chain(list(process, "empty")) {
        assert!(notes.contains(section.as_str().unwrap()), "{section} in {notes}");
    }
    let points = all(page.one("#description"), "li").len();
    assert_eq!(points as u64, process["extended_points"].as_u64().unwrap());
    assert!(page.table("certifications").is_none() && notes.contains("No certification"), "{notes}");
    let model = page.fact("Definition taken from").unwrap();
    assert!(model.contains("16.0") && model.contains("13 June 2016"), "{model}");
    differences.assert_none();
}

/// The findings on a certification's own page: code and message.
fn findings_of(page: &Page) -> Vec<(String, String)> {
    let findings = page.all("section.findings li").into_iter();
    findings
        .map(|finding| {
            (text(first(finding, ".note code").unwrap()), text(first(finding, ".message").unwrap()))
        })
        .collect()
}

#[test]
fn the_expected_findings_are_made() {
    let checks = CATALOGUE.page("checks/index.html");
    let all_findings: Vec<_> = checks
        .table("findings")
        .unwrap()
        .rows()
        .iter()
        .map(|row| (text(all(row.row, "td code").pop().unwrap()), text(all(row.row, "th")[0])))
        .collect();
    let elements = CATALOGUE.build.diagnostics.iter().map(|finding| &finding.diagnostic);
    let gaps: Vec<_> = elements
        .filter(|finding| finding.code.name() == "id-gap")
        .map(|finding| finding.message.clone())
        .collect();
    for (id, facts, page) in certifications() {
        let own = findings_of(&page);
        for (code, expected) in facts["findings"].as_object().unwrap() {
            let is_about = |findings: &[(String, String)], word: &str| {
                findings.iter().any(|(found, message)| found == code && message.contains(word))
            };
            let words: Vec<_> = expected
                .as_array()
                .map_or(vec![""], |words| words.iter().filter_map(Value::as_str).collect());
            for word in words {
                assert!(is_about(&all_findings, word), "/checks/ says nothing of {id}: {code} {word}");
                // A gap belongs to the framework's records, not to the certification's.
                if code == "id-gap" {
                    assert!(gaps.iter().any(|message| message.contains(word)), "{gaps:?}");
                } else {
                    assert!(is_about(&own, word), "{id}: {code} {word} is not among {own:?}");
                }
            }
        }
    }
    let errors = checks.all("#findings .tag.error");
    assert!(errors.is_empty(), "{} errors", errors.len());
}
