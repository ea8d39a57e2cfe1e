//! Reports for programs: each format is read back by a reader that is not ours, and says what the findings say.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process;

use certalog::diagnostic::{Leveled, Severity};
use certalog::report::human::{self, Paint};
use certalog::report::{Report, Tally, github, gitlab, json, junit, sarif, short};
use certalog::sources::Sources;
use certalog::text::line_column;
use serde_json::Value;

use crate::harness::{Fixture, repository};

/// A catalogue with mistakes of many kinds, and texts that would act on whoever shows them.
fn faulty() -> (Sources, Vec<Leveled>) {
    let text = fs::read_to_string(repository().join("tests/diagnostics/many/all-at-once.txt")).unwrap();
    let hostile = r##""%0A\n::error::x\r\u001b[31m\u009b\u202e]]>\u0000<b>[x](https://e.example){0}" = 1"##;
    let text = format!(
        "{text}\n=== content/pages/a%,b:c.md\n+++\ntitle = \"x\"\nscore = 4,4\n+++\n\
         === content/pages/::error::x.md\n+++\ntitle = \"x\"\n{hostile}\n+++\n"
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

/// What this computer is called where packages are chosen for it.
fn host() -> String {
    let version = process::Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

/// The official schema, as the package of the SARIF types carries it.
fn sarif_schema() -> Value {
    let cargo = process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", &host()])
        .current_dir(repository())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&cargo.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let types = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let manifest = std::path::PathBuf::from(types["manifest_path"].as_str().unwrap());
    let schema = fs::read_to_string(manifest.with_file_name("src/schema.json")).unwrap();
    let mut schema: Value = serde_json::from_str(&schema).unwrap();
    // The pattern as it was published has a bracket too many and is no regular expression; no report says its language.
    for part in ["run", "toolComponent"] {
        let language = schema["definitions"][part]["properties"]["language"].as_object_mut().unwrap();
        assert_eq!(language.remove("pattern").unwrap(), "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$");
    }
    schema
}

#[test]
fn sarif_is_of_the_official_schema_and_of_its_types() {
    let (text, findings) = check(|report| sarif::render(report, "a b/"));
    assert_valid(&sarif_schema(), &text);
    let log: serde_sarif::sarif::Sarif = serde_json::from_str(&text).unwrap();
    let run = &log.runs[0];
    let rules = run.tool.driver.rules.as_ref().unwrap();
    let results = run.results.as_ref().unwrap();
    assert_eq!(results.len(), findings.len());
    let mut fingerprints = BTreeSet::new();
    for (result, finding) in results.iter().zip(&findings) {
        let rule = &rules[usize::try_from(result.rule_index.unwrap()).unwrap()];
        assert_eq!(Some(&rule.id), result.rule_id.as_ref());
        assert_eq!(rule.id, finding.diagnostic.code.name());
        let fingerprint = &result.partial_fingerprints.as_ref().unwrap()["finding/v1"];
        assert!(fingerprints.insert(fingerprint.clone()), "two findings with one fingerprint");
    }
    assert!(text.contains("a%20b/content/pages/a%25,b%3Ac.md"), "paths are addresses");
}

#[test]
fn sarif_has_as_many_results_as_code_hosts_take_and_counts_the_rest() {
    let (sources, findings) = faulty();
    let mut many: Vec<Leveled> = findings.iter().cycle().take(26_000).cloned().collect();
    for finding in &mut many {
        finding.severity = Severity::Warning;
    }
    many.last_mut().unwrap().severity = Severity::Error;
    let log = sarif::render(&Report { sources: &sources, findings: &many }, "");
    let log: Value = serde_json::from_str(&log).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!((results.len(), &results[24_999]["level"]), (25_000, &"error".into()));
    let told = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert!(told.as_str().unwrap().starts_with("1000 more findings"), "{told}");
}

#[test]
fn gitlab_finds_the_keys_that_it_reads() {
    let (text, findings) = check(|report| gitlab::render(report, ""));
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
        let fixture = Fixture::starter()
            .with("content/pages/old.md", format!("+++\n{lines}titel = \"x\"\ntitle = \"y\"\n+++\n"));
        let built = fixture.build();
        let text =
            gitlab::render(&Report { sources: &built.sources, findings: &built.build.diagnostics }, "");
        let issues: Vec<Value> = serde_json::from_str(&text).unwrap();
        issues.iter().find(|issue| issue["check_name"] == "unknown-key").unwrap()["fingerprint"].clone()
    };
    assert_eq!(render(""), render("# one\n# two\n"));
}

#[test]
fn junit_is_xml_with_a_case_for_every_finding() {
    let (text, findings) = check(junit::render);
    let document = roxmltree::Document::parse(&text).unwrap();
    let elements = |name: &'static str| document.descendants().filter(move |node| node.has_tag_name(name));
    let (cases, failures) = (elements("testcase").count(), elements("failure").count());
    assert_eq!((cases, failures), (findings.len(), Tally::of(&findings).errors));
    for suite in elements("testsuite") {
        let told = |name: &str| suite.attribute(name).unwrap().parse::<usize>().unwrap();
        assert_eq!(told("tests"), suite.children().filter(|node| node.has_tag_name("testcase")).count());
        assert_eq!(told("failures"), suite.descendants().filter(|node| node.has_tag_name("failure")).count());
    }
    let said: String = document.descendants().filter_map(|node| node.text()).collect();
    assert!(said.contains("\\u{202e}]]>\\u{0}<b>"), "what a record says is told, and ends nothing");
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    assert!(text.chars().all(is_allowed), "XML 1.0 forbids a character of it");
}

/// A command as the runner of a workflow reads it: `::name key=value,key=value::data`.
#[derive(Debug)]
struct Command {
    name: String,
    properties: BTreeMap<String, String>,
    data: String,
}

/// Reads a line as the runner does, and refuses what it would read in another way than it was meant.
fn command(line: &str) -> Option<Command> {
    let decoded = |text: &str, codes: &[(&str, &str)]| {
        let escapes = text.matches('%').count();
        let known: usize = codes.iter().map(|(code, _)| text.matches(code).count()).sum();
        assert_eq!(escapes, known, "a percent sign that is no escape: {text}");
        codes.iter().fold(text.to_owned(), |text, (code, meant)| text.replace(code, meant))
    };
    let (head, data) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let (name, rest) = head.split_once(' ').unwrap_or((head, ""));
    let properties = rest.split(',').map(|property| {
        let (key, value) = property.split_once('=').unwrap_or_else(|| panic!("{property} in {line}"));
        assert!(key.bytes().all(|byte| byte.is_ascii_alphabetic()), "{key}");
        let codes = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")];
        (key.to_owned(), decoded(value, &codes))
    });
    let data = decoded(data, &[("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]);
    Some(Command { name: name.to_owned(), properties: properties.collect(), data })
}

#[test]
fn github_reads_back_what_was_found_and_no_other_command() {
    let (sources, findings) = faulty();
    let text = github::render(&Report { sources: &sources, findings: &findings }, "", None);
    let mut told = 0;
    for line in text.lines() {
        let Some(command) = command(line) else {
            assert_eq!(line, Tally::of(&findings).to_string());
            continue;
        };
        if command.name == "notice" {
            continue;
        }
        told += 1;
        let of = |key: &str| command.properties.get(key).map_or("", String::as_str);
        let found = findings.iter().find(|finding| {
            let Leveled { diagnostic, severity, .. } = finding;
            let at = line_column(sources.text(diagnostic.place.file), diagnostic.place.span.start);
            severity.word() == command.name
                && sources.path(diagnostic.place.file) == of("file")
                && diagnostic.code.name() == of("title")
                && (of("line").is_empty() || of("line") == at.line.to_string())
        });
        assert!(found.is_some(), "{command:?}");
        assert!(!command.data.contains('\r') && command.data.lines().count() <= 2, "{command:?}");
    }
    assert!(told > 10);
}

#[test]
fn what_a_record_says_acts_on_nobody() {
    let formats: [(&str, String); 7] = [
        ("human", check(|report| human::render(report, Paint::Plain)).0),
        ("short", check(short::render).0),
        ("json", check(json::render).0),
        ("sarif", check(|report| sarif::render(report, "a b/")).0),
        ("github", check(|report| github::render(report, "", None)).0),
        ("gitlab", check(|report| gitlab::render(report, "")).0),
        ("junit", check(junit::render).0),
    ];
    let is_active = |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
    for (format, text) in &formats {
        assert!(!text.contains(is_active), "{format}");
        assert!(text.contains("e.example"), "{format} leaves the hostile text out");
        let commands = text.lines().filter(|line| line.trim_start().starts_with("::"));
        let forged = commands.filter(|line| *format != "github" || command(line).is_none());
        assert_eq!(forged.collect::<Vec<_>>(), [""; 0], "{format}");
    }
    let sarif = &formats[3].1;
    assert!(sarif.contains(r"\\[x\\](https://e.example){{0}}"), "neither a link nor a placeholder");
}

#[test]
fn github_gets_ten_of_a_level_and_is_told_of_the_others() {
    let (sources, findings) = faulty();
    let report = Report { sources: &sources, findings: &findings };
    let is_command = |line: &&str| line.starts_with("::");
    let text = github::render(&report, "", None);
    let tally = Tally::of(&findings);
    let count = |kind: &str| text.lines().filter(|line| line.starts_with(&format!("::{kind} "))).count();
    assert_eq!(count("error"), tally.errors.min(10));
    assert_eq!(count("warning"), tally.warnings.min(10));
    assert_eq!(text.lines().filter(|line| !is_command(line)).collect::<Vec<_>>(), [tally.to_string()]);
    assert!(!text.contains('\u{1b}') && !text.contains('\0'), "nothing acts on a terminal");

    let hostile = "content/pages/a%,b:c.md".to_owned();
    let first = github::render(&report, "catalogue/", Some(&BTreeSet::from([hostile])));
    let shown = first.lines().next().unwrap();
    assert!(shown.starts_with("::error file=catalogue/content/pages/a%25%2Cb%3Ac.md,"), "{shown}");
    assert!(first.contains("of them in files of this change"), "{first}");
}
