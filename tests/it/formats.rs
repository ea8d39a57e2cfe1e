//! Reports for programs: each format is read back by a reader that is not ours, and says what the findings say.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use certalog::diagnostic::Leveled;
use certalog::report::{Report, Tally, github, gitlab, json, junit, sarif};
use certalog::sources::Sources;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use crate::harness::{Fixture, repository};

/// A catalogue with mistakes of many kinds, and texts that would act on whoever shows them.
fn faulty() -> (Sources, Vec<Leveled>) {
    let text = fs::read_to_string(repository().join("tests/diagnostics/many/all-at-once.txt")).unwrap();
    let text = format!(
        "{text}\n=== content/pages/a%,b:c.md\n+++\ntitle = \"x\"\n\"::error::\\u001b[31m]]>\\u0000<b>\" = 1\nscore = 4,4\n+++\n"
    );
    let built = Fixture::new(&text).build();
    (built.sources, built.build.diagnostics)
}

fn check(render: impl Fn(&Report<'_>) -> String) -> (String, Vec<Leveled>) {
    let (sources, findings) = faulty();
    assert!(findings.len() > 10, "the fixture lost its mistakes");
    (render(&Report { sources: &sources, findings: &findings }), findings)
}

fn assert_valid(schema: &Value, text: &str) {
    let document: Value = serde_json::from_str(text).unwrap();
    let validator = jsonschema::validator_for(schema).unwrap();
    let faults: Vec<_> =
        validator.iter_errors(&document).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn json_is_of_its_schema_and_leaves_nothing_out() {
    let (text, findings) = check(json::render);
    let schema = fs::read_to_string(repository().join("docs/schemas/report.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    assert_valid(&schema, &text);
    let document: Value = serde_json::from_str(&text).unwrap();
    let told = document["findings"].as_array().unwrap();
    assert_eq!(told.len(), findings.len());
    for (told, finding) in told.iter().zip(&findings) {
        assert_eq!(told["code"], finding.diagnostic.code.name());
        assert_eq!(told["message"], finding.diagnostic.message);
        assert_eq!(told["repair"].is_null(), finding.diagnostic.fix.is_none());
    }
    let (sources, _) = faulty();
    let empty = json::render(&Report { sources: &sources, findings: &[] });
    assert_valid(&schema, &empty);
}

#[test]
fn a_repair_in_json_can_be_applied_by_its_bytes() {
    let (text, _) = check(json::render);
    let document: Value = serde_json::from_str(&text).unwrap();
    let comma = document["findings"].as_array().unwrap().iter();
    let comma = comma.filter(|one| one["path"] == "content/pages/a%,b:c.md" && one["code"] == "invalid-toml");
    let repair = comma.map(|one| &one["repair"]).find(|repair| !repair.is_null()).unwrap();
    assert_eq!(repair["certainty"], "same-fact");
    let (sources, _) = faulty();
    let text = sources.text(sources.find("content/pages/a%,b:c.md").unwrap());
    let at = |end: &str| repair["range"][end]["byte"].as_u64().unwrap() as usize;
    let mended = [&text[..at("start")], repair["replacement"].as_str().unwrap(), &text[at("end")..]].concat();
    assert!(mended.contains("score = 4.4\n"), "{mended}");
}

/// The official schema, as the package of the SARIF types carries it.
fn sarif_schema() -> Value {
    let cargo = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(repository())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&cargo.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let types = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let manifest = std::path::PathBuf::from(types["manifest_path"].as_str().unwrap());
    serde_json::from_str(&fs::read_to_string(manifest.with_file_name("src/schema.json")).unwrap()).unwrap()
}

#[test]
fn sarif_is_of_the_official_schema_and_of_its_types() {
    let (text, findings) = check(sarif::render);
    assert_valid(&sarif_schema(), &text);
    let log: serde_sarif::sarif::Sarif = serde_json::from_str(&text).unwrap();
    let run = &log.runs[0];
    let rules = run.tool.driver.rules.as_ref().unwrap();
    let results = run.results.as_ref().unwrap();
    assert_eq!(results.len(), findings.len());
    let mut fingerprints = BTreeSet::new();
    for (result, finding) in results.iter().zip(&findings) {
        let rule = &rules[result.rule_index.unwrap() as usize];
        assert_eq!(Some(&rule.id), result.rule_id.as_ref());
        assert_eq!(rule.id, finding.diagnostic.code.name());
        let fingerprint = &result.partial_fingerprints.as_ref().unwrap()["finding/v1"];
        assert!(fingerprints.insert(fingerprint.clone()), "two findings with one fingerprint");
    }
    assert!(text.contains("content/pages/a%25,b%3Ac.md"), "paths are addresses");
}

#[test]
fn gitlab_finds_the_keys_that_it_reads() {
    let (text, findings) = check(gitlab::render);
    let issues: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(issues.len(), findings.len());
    let mut fingerprints = BTreeSet::new();
    for (issue, finding) in issues.iter().zip(&findings) {
        assert_eq!(issue["check_name"], finding.diagnostic.code.name());
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
        assert!(["major", "minor"].contains(&issue["severity"].as_str().unwrap()));
        assert!(fingerprints.insert(issue["fingerprint"].as_str().unwrap().to_owned()));
    }
}

#[test]
fn an_old_finding_keeps_its_fingerprint_when_lines_above_it_come() {
    let render = |lines: &str| {
        let fixture = Fixture::starter().with("content/pages/old.md", &format!("+++\n{lines}titel = \"x\"\ntitle = \"y\"\n+++\n"));
        let built = fixture.build();
        let text = gitlab::render(&Report { sources: &built.sources, findings: &built.build.diagnostics });
        let issues: Vec<Value> = serde_json::from_str(&text).unwrap();
        issues.iter().find(|issue| issue["check_name"] == "unknown-key").unwrap()["fingerprint"].clone()
    };
    assert_eq!(render(""), render("# one\n# two\n"));
}

#[test]
fn junit_is_xml_with_a_case_for_every_finding() {
    let (text, findings) = check(junit::render);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = true;
    let (mut cases, mut failures) = (0, 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == b"testcase" => cases += 1,
            Event::Start(tag) if tag.name().as_ref() == b"failure" => failures += 1,
            Event::Text(text) => {
                text.decode().unwrap();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!((cases, failures), (findings.len(), Tally::of(&findings).errors));
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    assert!(text.chars().all(is_allowed), "XML 1.0 forbids a character of it");
}

#[test]
fn github_gets_ten_of_a_level_and_is_told_of_the_others() {
    let (sources, findings) = faulty();
    let report = Report { sources: &sources, findings: &findings };
    let is_command = |line: &&str| line.starts_with("::");
    let text = github::render(&report, None);
    let tally = Tally::of(&findings);
    let count = |kind: &str| text.lines().filter(|line| line.starts_with(&format!("::{kind} "))).count();
    assert_eq!(count("error"), tally.errors.min(10));
    assert_eq!(count("warning"), tally.warnings.min(10));
    assert_eq!(text.lines().filter(|line| !is_command(line)).collect::<Vec<_>>(), [tally.to_string()]);
    assert!(!text.contains('\u{1b}') && !text.contains('\0'), "nothing acts on a terminal");

    let hostile = "content/pages/a%,b:c.md".to_owned();
    let first = github::render(&report, Some(&BTreeSet::from([hostile])));
    let shown = first.lines().next().unwrap();
    assert!(shown.starts_with("::error file=content/pages/a%25%2Cb%3Ac.md,line="), "{shown}");
    assert!(first.contains("of them in files of this change"), "{first}");
}
