//! `new` and `migrate` as they are typed: what they write passes the checks, holds what the catalogue knows, and takes no place that is taken.
//!
//! In come the starting catalogue and this repository's, each in a folder of its own, out go new records.
//! Rows are counted against the release itself, so that no element in scope is left out.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use certalog::limits::Limits;
use certalog::model::certification::Value;
use certalog::model::{self, Kind, Record};
use tempfile::TempDir;

use crate::harness::{Fixture, repository};

/// The files of a catalogue in a folder.
fn folder(catalogue: &Fixture) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in catalogue.contents() {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_certalog"));
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[track_caller]
fn succeeds(folder: &Path, arguments: &[&str]) -> String {
    let (status, out, err) = run(folder, arguments);
    assert_eq!(status, 0, "{arguments:?}\n{out}\n{err}");
    out
}

/// What is said of a command that is refused; nothing may be written.
#[track_caller]
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let files = || {
        walkdir::WalkDir::new(folder)
            .into_iter()
            .map(|entry| entry.unwrap().into_path())
            .collect::<BTreeSet<_>>()
    };
    let before = files();
    let (status, out, err) = run(folder, arguments);
    assert_eq!((status, out.as_str()), (2, ""), "{arguments:?}\n{err}");
    assert_eq!(files(), before);
    err
}

#[track_caller]
fn passes(folder: &Path) {
    let (status, out, err) = run(folder, &["check", "--format", "short"]);
    assert_eq!(status, 0, "{out}\n{err}");
}

/// The rows of a certification's record: element and value.
fn rows(folder: &Path, path: &str) -> Vec<(String, Value)> {
    let text = fs::read_to_string(folder.join(path)).unwrap();
    let Some(Record::Certification(record)) =
        model::read(&Kind::of(path), path, &text, &Limits::default()).record
    else {
        panic!("{path} is no certification")
    };
    record
        .results
        .iter()
        .map(|result| (result.element.value.to_string(), result.value.value.clone()))
        .collect()
}

/// The ids of a release's elements, of certain domains and levels, from the data of the built site.
fn ids(release: &str, is_wanted: impl Fn(&str, Option<u8>) -> bool) -> BTreeSet<String> {
    let fixture = Fixture::of_this_repository();
    let catalogue = certalog::build::link_records(&fixture.sources());
    let framework = &catalogue.frameworks[0];
    let at = framework.record.versions().iter().position(|version| *version == release).unwrap();
    let members = framework.releases[at].members.iter().copied();
    let wanted = members.filter_map(|element| {
        let state = catalogue.element(element).in_release(at).unwrap();
        let domain =
            catalogue.domain(element, at).map_or("", |domain| &framework.record.domains[domain].id.value);
        is_wanted(domain, state.level).then(|| state.id.clone())
    });
    wanted.collect()
}

#[test]
fn a_certification_lists_every_element_in_scope() {
    let folder = folder(&Fixture::of_this_repository());
    let folder = folder.path();
    let out = succeeds(
        folder,
        &[
            "new",
            "certification",
            "Huawei",
            "Digital CRM",
            "--product-version",
            "R3",
            "--domain",
            "customer",
            "--level",
            "3",
        ],
    );
    let path = "content/certifications/huawei-digital-crm-r3/certification.toml";
    assert!(out.contains(path) && out.contains("next:"), "{out}");
    let found = rows(folder, path);
    let expected = ids("16.0", |domain, level| domain == "customer" && level == Some(3));
    assert!(expected.len() > 20);
    assert_eq!(found.iter().map(|(id, _)| id.clone()).collect::<BTreeSet<_>>(), expected);
    assert_eq!(found.len(), expected.len());
    assert!(found.iter().all(|(_, value)| matches!(value, Value::Outcome(_))), "nothing is scored");
    let text = fs::read_to_string(folder.join(path)).unwrap();
    assert!(text.contains("# Close Customer Problem Report\n"), "names stand beside ids");
    assert!(text.starts_with("organization = \"huawei\"\n"), "no schema is named where none is kept");
    passes(folder);
    let message =
        refused(folder, &["new", "certification", "huawei", "Digital CRM", "--product-version", "R3"]);
    assert!(message.contains("is there already") && message.contains("--id"), "{message}");
    let other = ["new", "certification", "huawei", "Digital CRM", "--product-version", "R3", "--markdown"];
    assert!(refused(folder, &other).contains("is there already"), "the record has one file");
    succeeds(folder, &["new", "certification", "ztesoft", "Other", "--release", "8.0", "--markdown"]);
    passes(folder);
}

#[test]
fn a_record_names_the_schema_that_the_catalogue_keeps() {
    let folder = folder(&Fixture::starter());
    let folder = folder.path();
    succeeds(folder, &["schema", "--out", "tools/schemas"]);
    assert!(folder.join("taplo.toml").is_file());
    succeeds(folder, &["new", "organization", "Second Networks"]);
    let text = fs::read_to_string(folder.join("content/organizations/second-networks.toml")).unwrap();
    let line = text.lines().next().unwrap();
    assert_eq!(line, "#:schema ../../tools/schemas/organization.json");
    assert!(folder.join("content/organizations/../../tools/schemas/organization.json").is_file());
    passes(folder);
    // settings that are there stay, and what they need is said
    fs::write(folder.join("taplo.toml"), "exclude = []\n").unwrap();
    let (status, out, err) = run(folder, &["schema", "--out", "tools/schemas"]);
    assert_eq!(status, 0);
    assert!(out.contains("[[rule]]") && err.contains("was left alone"), "{out}{err}");
    assert_eq!(fs::read_to_string(folder.join("taplo.toml")).unwrap(), "exclude = []\n");
}

#[test]
fn every_kind_of_record_that_is_begun_passes_the_checks() {
    let folder = folder(&Fixture::starter());
    let folder = folder.path();
    succeeds(folder, &["new", "organization", "Büro für Prüfungen"]);
    succeeds(folder, &["new", "framework", "Second Map", "--release", "2026", "--markdown"]);
    succeeds(folder, &["new", "element", "Care", "--framework", "second-map", "--id", "1", "--level", "1"]);
    succeeds(
        folder,
        &[
            "new",
            "element",
            "Answer",
            "--framework",
            "second-map",
            "--id",
            "1.1",
            "--parent",
            "1",
            "--markdown",
        ],
    );
    succeeds(
        folder,
        &[
            "new",
            "certification",
            "buro-fur-prufungen",
            "A \"quoted\" \\ product",
            "--framework",
            "second-map",
        ],
    );
    passes(folder);
    let element =
        fs::read_to_string(folder.join("content/frameworks/second-map/elements/answer.md")).unwrap();
    assert!(element.contains("level = 2\nparent = \"care\"\n"), "{element}");
}

#[test]
fn a_name_that_leads_to_nothing_is_answered_with_the_nearest() {
    let folder = folder(&Fixture::of_this_repository());
    let folder = folder.path();
    for (arguments, answer) in [
        (&["new", "certification", "huawey", "X"][..], "did you mean `huawei`?"),
        (&["new", "certification", "huawei", "X", "--framework", "etam"], "did you mean `etom`?"),
        (&["new", "certification", "huawei", "X", "--release", "16"], "there is `8.0`, `12.0`"),
        (&["new", "certification", "huawei", "X", "--domain", "costumer"], "did you mean `customer`?"),
        (&["new", "certification", "huawei", "X", "--level", "9"], "have the levels"),
        (&["new", "certification", "huawei", "X", "--id", "No Id"], "cannot be a record's id"),
        (&["new", "element", "X", "--id", "1.3.7"], "is the id of “Problem Handling”"),
        (
            &["new", "element", "X", "--id", "9.9", "--parent", "problem-handlin"],
            "did you mean `problem-handling`?",
        ),
        (&["new", "organization", "huawei"], "already"),
        (&["new", "release", "16.0"], "has the release `16.0` already"),
        (&["migrate", "huawei-digital-crm", "--to", "16.0"], "huawei-digital-crm-r2.1"),
        (&["migrate", "huawei-digital-crm-r2.1", "--to", "12.0"], "not later"),
        (
            &["migrate", "asteros-business-contact-telecom", "--from", "8.0", "--to", "16.0"],
            "against release 12.0",
        ),
    ] {
        let message = refused(folder, arguments);
        assert!(message.contains(answer), "{arguments:?}: {message}");
    }
}

#[test]
fn the_worksheet_of_a_release_has_every_element_of_the_last() {
    let folder = folder(&Fixture::of_this_repository());
    let sheet = succeeds(folder.path(), &["new", "release", "17.0"]);
    for id in ids("16.0", |_, _| true) {
        assert!(
            sheet.contains(&format!("\n# {id} — ")) && sheet.contains(&format!("# id = \"{id}\"\n")),
            "{id}"
        );
    }
    assert!(
        sheet.lines().all(|line| line.is_empty() || line.starts_with('#')),
        "nothing takes effect by itself"
    );
    assert!(toml::from_str::<toml::Table>(&sheet).unwrap().is_empty());
}

#[test]
fn a_proposal_accounts_for_every_row_and_carries_no_score_over() {
    let folder = folder(&Fixture::of_this_repository());
    let folder = folder.path();
    let old = "content/certifications/asteros-business-contact-telecom/certification.md";
    let arguments = ["migrate", "asteros-business-contact-telecom", "--from", "12.0", "--to", "16.0"];
    let out = succeeds(folder, &arguments);
    let path = "content/certifications/asteros-business-contact-telecom-16.0/certification.toml";
    let text = fs::read_to_string(folder.join(path)).unwrap();
    for (id, value) in rows(folder, old) {
        let is_told = text.contains(&format!(" {id} score = "))
            || text.contains(&format!(" {id} outcome = "))
            || text.contains(&format!("Without a row: {id} "));
        assert!(is_told || value == Value::Unstated, "{id} is lost");
    }
    let found = rows(folder, path);
    assert!(found.iter().all(|(_, value)| !matches!(value, Value::Score(_))), "{found:?}");
    let known = ids("16.0", |_, _| true);
    assert!(found.iter().all(|(id, _)| known.contains(id)), "{found:?}");
    assert!(out.contains("to take:"), "{out}");
    passes(folder);
    assert!(refused(folder, &arguments).contains("is there already"));
    let keeping = [&arguments[..], &["--keep-scores", "--id", "kept"]].concat();
    succeeds(folder, &keeping);
    let kept = rows(folder, "content/certifications/kept/certification.toml");
    assert!(kept.iter().any(|(_, value)| matches!(value, Value::Score(_))), "{kept:?}");
    passes(folder);
    assert!(repository().join(old).is_file());
}
