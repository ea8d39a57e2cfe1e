//! What is written for other fields: OSCAL documents, layers of ATT&CK, and descriptions of tables.
//!
//! In come catalogues, hostile ones among them, out goes the first reference that leads nowhere, the first text that is more than a text,
//! and the first value that is another one than the record's. What the programs of those fields say, `tests/interchange/` asks.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use certalog::build::link_records;
use certalog::catalogue::{Catalogue, CertificationIx};
use certalog::interchange::{Exported, OSCAL, documents, layers};
use certalog::model::date::Day;
use pulldown_cmark::{Event, Parser, Tag};
use serde_json::{Value, json};

use crate::hard_input::canaries;
use crate::harness::{Built, Fixture, repository};

/// The catalogues that are exported: of frameworks of several kinds.
fn fixtures() -> Vec<(&'static str, Fixture)> {
    let other = |name: &str| Fixture::from_disk(&repository().join("tests/sites").join(name));
    vec![
        ("starter", Fixture::starter()),
        ("own", Fixture::of_this_repository()),
        ("controls", other("controls")),
        ("techniques", other("techniques")),
        ("conformance", other("conformance")),
    ]
}

fn day() -> Day {
    "2026-11-26".parse().unwrap()
}

fn all(catalogue: &Catalogue) -> Vec<CertificationIx> {
    (0..catalogue.certifications.len()).map(Into::into).collect()
}

fn oscal(fixture: &Fixture) -> (Catalogue, Exported) {
    let catalogue = link_records(&fixture.sources());
    let exported = documents(&catalogue, &all(&catalogue), day());
    (catalogue, exported)
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Every value of a key, wherever it stands.
fn under<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                if name == key {
                    found.push(inner);
                }
                under(inner, key, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|inner| under(inner, key, found)),
        _ => {}
    }
}

fn texts(value: &Value, key: &str) -> Vec<String> {
    let mut found = Vec::new();
    under(value, key, &mut found);
    found.into_iter().filter_map(|value| Some(value.as_str()?.to_owned())).collect()
}

#[test]
fn documents_of_oscal_refer_to_what_is_there() {
    for (name, fixture) in fixtures() {
        let (catalogue, exported) = oscal(&fixture);
        let mut documents_of_all = BTreeSet::new();
        for (path, text) in &exported.files {
            let document = value(text);
            let uuids = texts(&document, "uuid");
            let own: BTreeSet<_> = uuids.iter().cloned().collect();
            assert_eq!(texts(&document, "oscal-version"), [OSCAL]);
            for uuid in &uuids {
                assert_eq!(uuid.chars().nth(14), Some('5'), "{name}/{path}: {uuid}");
            }
            // Everything but the component, which two documents name, is named once.
            let component = document["component-definition"]["components"][0]["uuid"].as_str();
            let body = document.as_object().unwrap().values().next().unwrap();
            assert!(documents_of_all.insert(body["uuid"].as_str().unwrap().to_owned()), "{name}/{path}");
            assert!(own.len() == uuids.len() || component.is_none(), "{name}/{path} has an identifier twice");
            for reference in ["observation-uuid", "subject-uuid"] {
                for uuid in texts(&document, reference) {
                    assert!(own.contains(&uuid), "{name}/{path}: {reference} {uuid}");
                }
            }
            let controls = controls_for(&exported, path, &document);
            for control in texts(&document, "control-id") {
                assert!(controls.contains(&control), "{name}/{path}: no control {control}");
            }
            for target in texts(&document, "target-id") {
                assert!(controls.contains(target.strip_suffix("_smt").unwrap()), "{name}/{path}: {target}");
            }
            let fragments = texts(&document, "href").into_iter().filter(|href| href.starts_with('#'));
            for href in fragments {
                let id = &href[1..];
                assert!(own.contains(id) || controls.contains(id), "{name}/{path}: {href}");
            }
        }
        let dated = |index: &CertificationIx| {
            let record = &catalogue.certification(*index).record;
            record.completed.is_some() || record.valid_from.is_some()
        };
        let results = exported.files.iter().filter(|(path, _)| path.ends_with("results.json")).count();
        assert_eq!(results, all(&catalogue).iter().filter(|index| dated(index)).count(), "{name}");
    }
}

/// The ids of the controls of a document's catalogues.
fn controls_for(exported: &Exported, path: &str, document: &Value) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let is_catalog = path.starts_with("catalogs/");
    let sources = texts(document, "source");
    for (other, text) in exported.files.iter().filter(|(other, _)| other.starts_with("catalogs/")) {
        // Results name no catalogue; a definition names each of its own.
        if is_catalog && other != path || !sources.is_empty() && !sources.contains(&format!("../{other}")) {
            continue;
        }
        ids.extend(texts(&value(text), "id"));
    }
    ids
}

#[test]
fn a_result_is_satisfied_where_it_is_full_and_an_absence_is_no_finding() {
    for (name, fixture) in fixtures() {
        let (catalogue, exported) = oscal(&fixture);
        for certification in &catalogue.certifications {
            let path = format!("{}/assessment-results.json", certification.id);
            let Some((_, text)) = exported.files.iter().find(|(known, _)| *known == path) else { continue };
            let document = value(text);
            let (mut full, mut judged, mut said) = (0, 0, 0);
            for (row, result) in
                certification.results().filter(|(row, _)| !row.repeated && row.element.is_some())
            {
                use certalog::catalogue::Verdict::{Absent, Assessed, Unstated};
                use certalog::model::scale::Tone;
                match catalogue.verdict(certification, row, result) {
                    Assessed(Tone::Neutral) | Absent(_) => said += 1,
                    Assessed(tone) => {
                        said += 1;
                        judged += 1;
                        full += usize::from(tone == Tone::Full);
                    }
                    Unstated => {}
                }
            }
            let result = &document["assessment-results"]["results"][0];
            assert_eq!(result["observations"].as_array().unwrap().len(), said, "{name}/{path}");
            let findings = result["findings"].as_array().map_or(0, Vec::len);
            let satisfied = texts(result, "state").into_iter().filter(|state| state == "satisfied").count();
            assert_eq!((findings, satisfied), (judged, full), "{name}/{path}");
        }
    }
}

#[test]
fn exports_are_the_same_whenever_they_are_made_and_identifiers_on_every_day() {
    let (_, first) = oscal(&Fixture::of_this_repository());
    let (catalogue, second) = oscal(&Fixture::of_this_repository());
    assert_eq!(first, second);
    let later = documents(&catalogue, &all(&catalogue), "2027-01-01".parse().unwrap());
    for ((path, one), (_, other)) in first.files.iter().zip(&later.files) {
        assert_eq!(texts(&value(one), "uuid"), texts(&value(other), "uuid"), "{path}");
        assert_ne!(one, other, "{path} says when it was made");
    }
}

/// A text of OSCAL as a reader of Markdown shows it; anything but one paragraph of text fails.
fn shown(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Paragraph) | Event::End(_) => {}
            Event::Text(part) => text.push_str(&part),
            other => panic!("{other:?} in {markdown:?}"),
        }
    }
    text
}

#[test]
fn whatever_a_record_says_is_text_in_oscal_and_in_layers() {
    for mark in canaries::CANARIES.iter() {
        let fixture = canaries::fixture(mark);
        let (catalogue, exported) = oscal(&fixture);
        assert!(exported.files.len() > 2, "{exported:?}");
        let plain = mark.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut told = 0;
        for (path, text) in &exported.files {
            assert!(!text.contains(['<', '>', '&']), "{path}: {mark}");
            let document = value(text);
            for key in ["title", "description", "prose"] {
                told += texts(&document, key).iter().filter(|text| shown(text).contains(&plain)).count();
            }
            for (key, form) in [("control-id", true), ("id", true), ("name", false), ("value", false)] {
                for text in texts(&document, key) {
                    let is_token = text.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
                        && text.chars().all(|letter| letter.is_alphanumeric() || "._-".contains(letter));
                    assert!(!form || is_token, "{path}: {key} {text:?}");
                    assert!(
                        !text.is_empty() && text.trim() == text && !text.contains('\n'),
                        "{path}: {key} {text:?}"
                    );
                }
            }
        }
        assert!(told > 5, "`{mark}` is told {told} times");
        for (path, text) in layers(&catalogue, &all(&catalogue), "enterprise-attack").files {
            assert!(jsonschema::is_valid(&layer_schema(), &value(&text)), "{path}: {mark}");
        }
    }
}

/// The layer format, version 4.5, as its description has it.
fn layer_schema() -> Value {
    let colour = json!({ "type": "string", "pattern": "^#[0-9a-f]{6}$" });
    let named = |first: &str, second: &str| {
        json!({
            "type": "array",
            "items": {
                "type": "object",
                "required": [first, second],
                "properties": { first: { "type": "string" }, second: { "type": "string" } },
                "additionalProperties": false,
            },
        })
    };
    json!({
        "type": "object",
        "required": ["name", "versions", "domain", "techniques"],
        "properties": {
            "name": { "type": "string", "minLength": 1 },
            "versions": {
                "type": "object",
                "required": ["layer"],
                "properties": { "layer": { "const": "4.5" }, "attack": { "type": "string" }, "navigator": { "type": "string" } },
                "additionalProperties": false,
            },
            "domain": { "type": "string", "minLength": 1 },
            "description": { "type": "string" },
            "techniques": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["techniqueID"],
                    "properties": {
                        "techniqueID": { "type": "string", "minLength": 1 },
                        "comment": { "type": "string" },
                        "enabled": { "type": "boolean" },
                        "score": { "type": "integer", "minimum": 0, "maximum": 100 },
                        "color": colour,
                        "metadata": named("name", "value"),
                    },
                    "oneOf": [{ "required": ["score"] }, { "required": ["color"] }],
                    "additionalProperties": false,
                },
            },
            "gradient": {
                "type": "object",
                "required": ["colors", "minValue", "maxValue"],
                "properties": { "colors": { "type": "array", "minItems": 2, "items": colour }, "minValue": { "type": "integer" }, "maxValue": { "type": "integer" } },
                "additionalProperties": false,
            },
            "legendItems": { "type": "array", "items": { "type": "object", "required": ["label", "color"], "properties": { "label": { "type": "string" }, "color": colour }, "additionalProperties": false } },
            "metadata": named("name", "value"),
            "links": named("label", "url"),
        },
        "additionalProperties": false,
    })
}

#[test]
fn layers_have_the_form_of_their_format_and_no_number_for_a_name() {
    for (name, fixture) in fixtures() {
        let catalogue = link_records(&fixture.sources());
        let exported = layers(&catalogue, &all(&catalogue), "enterprise-attack");
        assert!(!exported.files.is_empty(), "{name}");
        for (path, text) in &exported.files {
            let layer = value(text);
            assert!(jsonschema::is_valid(&layer_schema(), &layer), "{name}/{path}");
            let certification =
                catalogue.certifications.iter().find(|one| format!("{}.json", one.id) == *path).unwrap();
            let is_numeric = catalogue.scale(certification).is_some_and(|scale| scale.range.is_some());
            let scores =
                layer["techniques"].as_array().unwrap().iter().filter(|one| one["score"].is_number());
            assert_eq!(scores.count() > 0, is_numeric, "{name}/{path}");
        }
    }
    let catalogue = link_records(&Fixture::of_this_repository().sources());
    let exported = layers(&catalogue, &all(&catalogue), "x");
    let (_, text) = exported.files.iter().find(|(path, _)| path.starts_with("huawei")).unwrap();
    let layer = value(text);
    let technique =
        layer["techniques"].as_array().unwrap().iter().find(|one| one["techniqueID"] == "1.3.7.4").unwrap();
    assert_eq!(technique["score"], 88, "4.4 of 5");
    assert_eq!(layer["domain"], "x");
}

/// The fields of the lines of a file for spreadsheets.
fn lines(built: &Built, path: &str) -> Vec<Vec<String>> {
    let text = built.text(path).trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_description_says_of_a_table_what_the_table_is() {
    let decimal = |field: &str| field.parse::<rust_decimal::Decimal>().is_ok();
    let date =
        |field: &str| field.len() >= 4 && field.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let mut fields_seen = 0;
    for (name, fixture) in fixtures() {
        let built = fixture.build();
        let paths: Vec<String> = built
            .site()
            .iter()
            .map(|(path, _)| path.as_str().to_owned())
            .filter(|path| path.ends_with("/csv-metadata.json"))
            .collect();
        let mut described = BTreeSet::new();
        for path in &paths {
            let description = value(built.text(path));
            assert_eq!(description["@context"][0], "http://www.w3.org/ns/csvw");
            let folder = path.strip_suffix("csv-metadata.json").unwrap();
            let one = vec![description.clone()];
            for table in description["tables"].as_array().unwrap_or(&one) {
                let file = format!("{folder}{}", table["url"].as_str().unwrap());
                let lines = lines(&built, &file);
                let columns = table["tableSchema"]["columns"].as_array().unwrap();
                let headings: Vec<_> =
                    columns.iter().map(|column| column["titles"].as_str().unwrap()).collect();
                assert_eq!(lines[0], headings, "{name}/{file}");
                let names: BTreeSet<_> =
                    columns.iter().map(|column| column["name"].as_str().unwrap()).collect();
                assert_eq!(names.len(), columns.len());
                for line in &lines[1..] {
                    for (field, column) in line.iter().zip(columns).filter(|(field, _)| !field.is_empty()) {
                        fields_seen += 1;
                        let datatype = &column["datatype"];
                        let is_right = match datatype.as_str().or(datatype["base"].as_str()).unwrap() {
                            "decimal" => decimal(field),
                            "nonNegativeInteger" => field.parse::<u64>().is_ok(),
                            "boolean" => ["0", "1"].contains(&field.as_str()),
                            "anyURI" => url::Url::parse(field).is_ok(),
                            _ if datatype.is_object() => date(field),
                            _ => true,
                        };
                        assert!(is_right, "{name}/{file}: {field:?} is no {datatype}");
                    }
                }
                if let Some(key) = table["tableSchema"]["primaryKey"].as_str() {
                    let at = columns.iter().position(|column| column["name"] == key).unwrap();
                    let keys: BTreeSet<_> = lines[1..].iter().map(|line| &line[at]).collect();
                    assert_eq!(keys.len(), lines.len() - 1, "{name}/{file}");
                }
                described.insert(file);
            }
        }
        let large = built.site().iter().map(|(path, _)| path.as_str()).filter(|path| {
            let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
            folder.starts_with("frameworks/") && ["histories.csv", "elements.csv"].contains(&file)
                || folder.matches('/').count() == 1
                    && folder.starts_with("frameworks/")
                    && file.starts_with("results")
        });
        for path in large {
            assert!(described.contains(path), "{name}: {path} has no description");
        }
    }
    assert!(fields_seen > 3000, "{fields_seen} fields");
}

/// Runs `export` in a catalogue; its status and what it says on both streams.
fn export(root: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_certalog"))
        .arg("export")
        .args(arguments)
        .args(["--as-of", "2026-11-26", "--root"])
        .arg(root)
        .current_dir(root)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn the_command_writes_what_is_asked_for_and_replaces_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in Fixture::starter().contents() {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let root = folder.path();
    assert_eq!(export(root, &["oscal"]), (Some(0), "`oscal`: 3 files\n".to_owned()));
    let written = root.join("oscal/example-care-desk-3.2/component-definition.json");
    let first = fs::read(&written).unwrap();
    fs::write(&written, "changed").unwrap();
    fs::write(root.join("oscal/note.txt"), "kept").unwrap();
    assert_eq!(export(root, &["oscal", "example-care-desk-3.2"]).0, Some(0));
    assert!(fs::read(&written).unwrap() == first && root.join("oscal/note.txt").exists());
    assert_eq!(
        export(root, &["navigator", "example-care-desk", "--out", "layers"]),
        (Some(2), "error: no certification has the id `example-care-desk`\n  help: did you mean `example-care-desk-3.2`?\n".to_owned())
    );
    assert!(!root.join("layers").exists());
    fs::write(root.join("content/organizations/example-networks.toml"), "name = 1\n").unwrap();
    let (status, said) = export(root, &["navigator"]);
    assert!(status == Some(1) && said.contains("nothing was written"), "{said}");
    assert!(!root.join("navigator").exists());
}
