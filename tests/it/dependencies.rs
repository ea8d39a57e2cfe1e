//! What certalog is built from is what docs/dependencies.md says: every crate with a reason, its licence, and what of it runs while it is compiled.
//!
//! In come Cargo.toml, Cargo.lock as cargo understands it, deny.toml and the document, out goes the first line in which they differ.
//! Known weaknesses are not looked up here: they come with the day and not with a change (`cargo deny check`).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::harness::repository;

fn text(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap()
}

/// The part of the document below a heading.
fn part<'d>(document: &'d str, heading: &str) -> &'d str {
    let start = document.find(&format!("## {heading}\n")).unwrap_or_else(|| panic!("no heading {heading}"));
    let rest = &document[start + 3..];
    rest.split("\n## ").next().unwrap()
}

/// The rows of the table below a heading: crate, reason, licence.
fn rows(document: &str, heading: &str) -> BTreeMap<String, (String, String)> {
    let rows = part(document, heading).lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_end_matches(" |").split(" | ").collect();
        let [name, why, licence] = cells[..] else { panic!("three cells: {row}") };
        (name.trim_end_matches('`').to_owned(), (why.to_owned(), licence.to_owned()))
    })
    .collect()
}

/// The names in backticks of the paragraph that begins with these words.
fn names(document: &str, words: &str) -> BTreeSet<String> {
    let start = document.find(words).unwrap_or_else(|| panic!("no paragraph {words}"));
    let paragraph = document[start..].split("\n\n").next().unwrap();
    paragraph.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(repository()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// Every package that cargo knows for the platform, by name and version.
fn packages() -> BTreeMap<(String, String), Value> {
    let text =
        cargo(&["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", PLATFORM]);
    let mut metadata: Value = serde_json::from_str(&text).unwrap();
    let packages = metadata["packages"].take();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let packages = packages.as_array().unwrap().iter();
    packages.map(|package| ((word(&package["name"]), word(&package["version"])), package.clone())).collect()
}

/// What is really compiled, for the program or for its tests as well.
fn compiled(edges: &str) -> BTreeSet<(String, String)> {
    let tree = cargo(&[
        "tree",
        "--offline",
        "--locked",
        "--prefix",
        "none",
        "--edges",
        edges,
        "--target",
        PLATFORM,
        "--format",
        "{p}",
    ]);
    let lines = tree.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let mut words = line.split(' ');
            (words.next().unwrap().to_owned(), words.next().unwrap().trim_start_matches('v').to_owned())
        })
        .collect()
}

fn licence(package: &Value) -> String {
    package["license"].as_str().unwrap_or("none").to_owned()
}

#[test]
fn every_direct_dependency_has_a_reason_and_no_reason_is_left_over() {
    let manifest: toml::Table = text("Cargo.toml").parse().unwrap();
    let document = text("docs/dependencies.md");
    for (table, heading) in [("dependencies", "In the program"), ("dev-dependencies", "In its tests alone")] {
        let wanted: Vec<_> = manifest[table]
            .as_table()
            .unwrap()
            .keys()
            .cloned()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let rows = rows(&document, heading);
        assert_eq!(rows.keys().cloned().collect::<Vec<_>>(), wanted, "docs/dependencies.md, {heading}");
        for (name, (why, _)) in rows {
            assert!(why.len() > 3, "{name} has no reason");
        }
    }
}

/// Whether an expression of licences can be met by those that are allowed.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let expression = expression.trim();
    let split = |word: &str| {
        let mut depth = 0;
        let places = expression.char_indices().filter(|(at, character)| {
            depth += i32::from(*character == '(') - i32::from(*character == ')');
            depth == 0 && expression[*at..].starts_with(word)
        });
        let places: Vec<usize> = places.map(|(at, _)| at).collect();
        let starts = std::iter::once(0).chain(places.iter().map(|at| at + word.len()));
        let ends = places.iter().copied().chain([expression.len()]);
        starts.zip(ends).map(|(start, end)| expression[start..end].to_owned()).collect::<Vec<_>>()
    };
    for (word, needs_all) in [(" OR ", false), ("/", false), (" AND ", true)] {
        let parts = split(word);
        if parts.len() > 1 {
            let mut met = parts.iter().map(|part| is_met(part, allowed));
            return if needs_all { met.all(|met| met) } else { met.any(|met| met) };
        }
    }
    match expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => is_met(inner, allowed),
        None => allowed.contains(expression),
    }
}

#[test]
fn an_expression_of_licences_is_met_by_one_side_of_or_and_both_of_and() {
    let allowed = BTreeSet::from(["MIT".to_owned(), "Unicode-3.0".to_owned()]);
    for met in ["MIT", "GPL-3.0 OR MIT", "X/MIT", "(X OR MIT) AND Unicode-3.0", "X OR MIT AND Unicode-3.0"] {
        assert!(is_met(met, &allowed), "{met}");
    }
    for unmet in ["X", "MIT AND X", "(X OR Y) AND MIT", "none", "X OR MIT AND Y"] {
        assert!(!is_met(unmet, &allowed), "{unmet}");
    }
}

// What is compiled differs between systems, and a machine has fetched what its own needs.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn licences_and_what_runs_while_compiling_are_as_written() {
    let document = text("docs/dependencies.md");
    let packages = packages();
    let program = compiled("normal,build");
    let all = compiled("normal,build,dev");
    for heading in ["In the program", "In its tests alone"] {
        for (name, (_, written)) in rows(&document, heading) {
            let found: BTreeSet<_> =
                all.iter().filter(|(known, _)| *known == name).map(|key| licence(&packages[key])).collect();
            assert!(found.contains(&written), "{name}: {found:?}, not {written}");
        }
    }
    let deny: toml::Table = text("deny.toml").parse().unwrap();
    let texts = |value: &toml::Value| -> BTreeSet<String> {
        value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let allowed = texts(&deny["licenses"]["allow"]);
    let exceptions = deny["licenses"]["exceptions"].as_array().unwrap().iter();
    let exceptions: BTreeMap<&str, _> =
        exceptions.map(|one| (one["crate"].as_str().unwrap(), texts(&one["allow"]))).collect();
    for key in &all {
        let licence = licence(&packages[key]);
        let is_excepted = || exceptions.get(key.0.as_str()).is_some_and(|more| is_met(&licence, more));
        assert!(is_met(&licence, &allowed) || is_excepted(), "{} has the licence {licence}", key.0);
        assert!(!program.contains(key) || is_met(&licence, &allowed), "{} is no crate of tests alone", key.0);
    }
    let banned = deny["bans"]["deny"].as_array().unwrap().iter();
    let banned: BTreeSet<_> = banned.map(|one| one["crate"].as_str().unwrap()).collect();
    assert!(all.iter().all(|(name, _)| !banned.contains(name.as_str())), "a crate that deny.toml refuses");

    let with = |kind: &str| -> BTreeSet<String> {
        let is_of_kind = |target: &Value| target["kind"].as_array().unwrap().iter().any(|one| one == kind);
        let of_kind =
            program.iter().filter(|key| packages[*key]["targets"].as_array().unwrap().iter().any(is_of_kind));
        of_kind.map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(names(&document, "**Build scripts**"), with("custom-build"));
    assert_eq!(names(&document, "**Macros that are programs**"), with("proc-macro"));
}
