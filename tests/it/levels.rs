//! How much findings count: profiles of `site.toml`, and what records accept.

use std::collections::BTreeMap;

use certalog::diagnostic::LevelReason;
use certalog::diagnostic::Severity::{self, Error, Waived, Warning};

use crate::harness::{Built, Fixture};

const SITE: &str = "=== site.toml\ntitle = \"Test\"\nbase_url = \"https://example.org/\"\n";
const REST: &str = r#"=== content/frameworks/fw/framework.toml
name = "Example Process Framework"
[[release]]
version = "1.0"
[[scale]]
id = "score"
min = 0
max = 5
step = 0.1
[[scale.rating]]
label = "Good"
from = 1
tone = "full"
=== content/frameworks/fw/elements/list.toml
[[element]]
key = "a"
name = "First"
id = "1"
[[element]]
key = "b"
name = "Second"
id = "2"
=== content/organizations/example.toml
name = "Example"
"#;

/// Two certifications whose two rows print other names than the release has.
fn catalogue(profiles: &str, waivers: &str) -> Built {
    let record = |completed: &str, more: &str| {
        format!(
            "organization = \"example\"\nproduct = \"P\"\nversion = \"1\"\nframework = \"fw\"\nrelease = \"1.0\"\n{completed}\
             [[result]]\nelement = \"1\"\nscore = 4\nname = \"1st\"\n[[result]]\nelement = \"2\"\nscore = 4\nname = \"2nd\"\n{more}"
        )
    };
    Fixture::new(&format!("{SITE}{profiles}\n{REST}"))
        .with("content/certifications/old/certification.toml", record("completed = \"2014\"\n", waivers))
        .with("content/certifications/young/certification.toml", record("completed = \"2015-03\"\n", ""))
        .with("content/certifications/undated/certification.toml", record("", ""))
        .build()
}

/// The levels of the names that differ, by certification.
fn levels(built: &Built) -> BTreeMap<String, Vec<Severity>> {
    let mut levels: BTreeMap<String, Vec<Severity>> = BTreeMap::new();
    for finding in &built.build.diagnostics {
        assert_eq!(finding.diagnostic.code.name(), "name-differs", "{}", built.report());
        let path = built.sources.path(finding.diagnostic.place.file);
        let id = path.split('/').nth(2).unwrap().to_owned();
        levels.entry(id).or_default().push(finding.severity);
    }
    levels
}

#[track_caller]
fn check(profiles: &str, waivers: &str, expected: &[(&str, [Severity; 2])]) {
    let built = catalogue(profiles, waivers);
    let expected: BTreeMap<_, _> =
        expected.iter().map(|(id, levels)| ((*id).to_owned(), levels.to_vec())).collect();
    assert_eq!(levels(&built), expected, "{}", built.report());
}

#[test]
fn a_profile_is_for_records_of_an_age_or_of_a_place() {
    check("", "", &[("old", [Warning; 2]), ("young", [Warning; 2]), ("undated", [Warning; 2])]);
    let before = "[[profile]]\ncompleted_before = \"2015\"\nchecks = { name-differs = \"off\" }\n";
    check(before, "", &[("young", [Warning; 2]), ("undated", [Warning; 2])]);
    let from = "[[profile]]\ncompleted_from = 2015\nchecks = { name-differs = \"error\" }\n";
    check(from, "", &[("old", [Warning; 2]), ("young", [Error; 2]), ("undated", [Warning; 2])]);
    // In March 2015 it is not certain that the 15th was past.
    let within = "[[profile]]\ncompleted_before = 2015-03-15\nchecks = { name-differs = \"off\" }\n";
    check(within, "", &[("young", [Warning; 2]), ("undated", [Warning; 2])]);
    let paths =
        "[[profile]]\npaths = \"content/certifications/u*/**\"\nchecks = { name-differs = \"error\" }\n";
    check(paths, "", &[("old", [Warning; 2]), ("young", [Warning; 2]), ("undated", [Error; 2])]);
}

#[test]
fn what_is_said_last_counts() {
    let profiles = "[checks]\nname-differs = \"error\"\n\
                    [[profile]]\npaths = [\"content/**\"]\n[profile.checks]\nname-differs = \"warning\"\n\
                    [[profile]]\npaths = [\"**/*.toml\"]\ncompleted_from = 2015\n[profile.checks]\nname-differs = \"off\"\n";
    check(profiles, "", &[("old", [Warning; 2]), ("undated", [Warning; 2])]);
}

#[test]
fn what_a_record_accepts_is_listed_and_does_not_count() {
    let waiver =
        |more: &str| format!("[[waiver]]\ncode = \"name-differs\"\nreason = \"As <printed>.\"\n{more}");
    let others = [("young", [Warning; 2]), ("undated", [Warning; 2])];
    let with = |old: [Severity; 2]| [&[("old", old)][..], &others].concat();
    check("", &waiver(""), &with([Waived; 2]));
    check("", &waiver("until = \"2026\"\n"), &with([Waived; 2]));
    check("", &waiver("element = \"2\"\n"), &with([Warning, Waived]));

    let built = catalogue(
        "[checks]\nname-differs = \"error\"\n[[profile]]\npaths = \"**/[yu]*/*\"\nchecks = { name-differs = \"off\" }\n",
        &waiver("until = 2026-01-01\n"),
    );
    let page = built.page("checks/index.html");
    let table = page.one("#findings").text().collect::<String>();
    assert!(table.contains("Accepted until 1 January 2026: As <printed>."), "{table}");
    assert!(built.report().contains("waived[name-differs]"), "{}", built.report());
    assert!(built.report().ends_with("2 waived in 1 file\n"), "{}", built.report());
    let reason = &built.build.diagnostics[0].reason;
    assert!(matches!(reason, LevelReason::Waived { until: Some(until), .. } if until == "2026-01-01"));
}
