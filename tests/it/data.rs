//! The data files: each is what its schema says, and all of them read back are the catalogue that they were made of.
//!
//! In come this repository's catalogue and five of other kinds, out goes the first file, field or fact that differs.
//! Schemas are read by a validator that is not certalog's own; what is read back is compared with the linked records.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use certalog::build::link_records;
use certalog::catalogue::{Absence, Catalogue};
use certalog::data::schemas::{KINDS, of_kind};
use certalog::model::certification::Value as Stated;
use certalog::tally;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::harness::{Built, Fixture, compare_with_file, repository};
use crate::lineage;

/// Every catalogue with its site, made once.
static SITES: LazyLock<Vec<(&'static str, Fixture, Built)>> = LazyLock::new(|| {
    let folder = |name| (name, Fixture::from_disk(&repository().join("tests/sites").join(name)));
    let others = ["conformance", "controls", "techniques"].map(folder);
    let own = [
        ("this repository", Fixture::of_this_repository()),
        ("the starter", Fixture::starter()),
        ("two frameworks", Fixture::new(lineage::CROSSWALK)),
    ];
    let sites = own.into_iter().chain(others);
    sites.map(|(name, fixture)| (name, fixture.clone(), fixture.build())).collect()
});

fn json(built: &Built, path: &str) -> Value {
    serde_json::from_str(built.text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The kind of a data file, by the path that the kind states.
fn kind_of(path: &str) -> Option<usize> {
    let fits = |pattern: &str| {
        let (parts, names): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
        parts.len() == names.len()
            && parts.iter().zip(names).all(|(part, name)| match part.strip_prefix('{') {
                Some(part) => {
                    part.split_once('}').is_some_and(|(_, end)| name.len() > end.len() && name.ends_with(end))
                }
                None => *part == name,
            })
    };
    // a list is not the thing with the id `index`
    let exact = KINDS.iter().position(|kind| kind.path == path);
    exact.or_else(|| KINDS.iter().position(|kind| fits(kind.path)))
}

/// The same schema, which takes no field that it does not name.
fn closed(schema: &Value) -> Value {
    match schema {
        Value::Object(map) => {
            let mut closed: Map<String, Value> =
                map.iter().map(|(key, inner)| (key.clone(), self::closed(inner))).collect();
            if map.contains_key("properties") {
                closed.insert("unevaluatedProperties".to_owned(), json!(false));
            }
            Value::Object(closed)
        }
        Value::Array(items) => items.iter().map(closed).collect(),
        other => other.clone(),
    }
}

#[test]
fn every_file_is_what_its_schema_says_and_no_more() {
    let validators: Vec<_> =
        (0..KINDS.len()).map(|kind| jsonschema::draft202012::new(&closed(of_kind(kind))).unwrap()).collect();
    let mut seen = BTreeSet::new();
    for (site, _, built) in SITES.iter() {
        for (path, _) in built.site().iter().filter(|(path, _)| path.as_str().starts_with("api/")) {
            if path.as_str().starts_with("api/v1/schemas/") || path.as_str() == "api/v1/openapi.json" {
                continue;
            }
            let kind = kind_of(path.as_str()).unwrap_or_else(|| panic!("{site}: {path:?} has no schema"));
            let data = json(built, path.as_str());
            if let Err(error) = validators[kind].validate(&data) {
                panic!("{site}: {path:?}: {} at {}", error, error.instance_path());
            }
            seen.insert(KINDS[kind].name);
        }
    }
    let unseen: Vec<_> = KINDS.iter().map(|kind| kind.name).filter(|name| !seen.contains(name)).collect();
    assert!(unseen.is_empty(), "no site has {unseen:?}");
}

#[test]
fn every_schema_explains_every_field_and_every_absence() {
    fn look(schema: &Value, path: &str) {
        if let Some(Value::Object(fields)) = schema.get("properties") {
            for (name, field) in fields {
                let says = field["description"].as_str().unwrap_or_default();
                assert!(says.ends_with(['.', '…']), "{path}/{name} is not explained: {says:?}");
                let may_be_null = field.to_string().contains("null");
                assert_eq!(says.contains("`null`"), may_be_null, "{path}/{name}: when is it null? {says:?}");
            }
        }
        match schema {
            Value::Object(map) => map.iter().for_each(|(key, inner)| look(inner, &format!("{path}/{key}"))),
            Value::Array(items) => items.iter().for_each(|inner| look(inner, path)),
            _ => {}
        }
    }
    for (at, kind) in KINDS.iter().enumerate() {
        jsonschema::draft202012::meta::validate(of_kind(at)).unwrap();
        look(of_kind(at), kind.name);
        let text = serde_json::to_string_pretty(of_kind(at)).unwrap() + "\n";
        compare_with_file(text, &repository().join(format!("docs/schemas/api/{}.json", kind.name))).unwrap();
    }
}

#[test]
fn the_description_of_the_interface_names_every_file() {
    for (_, _, built) in SITES.iter() {
        let description = json(built, "api/v1/openapi.json");
        let paths: BTreeSet<&str> =
            description["paths"].as_object().unwrap().keys().map(String::as_str).collect();
        let expected: Vec<String> = KINDS.iter().map(|kind| format!("/{}", kind.path)).collect();
        assert_eq!(paths, expected.iter().map(String::as_str).collect());
        assert_eq!(description["servers"][0]["url"], json(built, "api/v1/index.json")["site"]);
        // what it refers to is in it
        let text = description.to_string();
        for reference in text.split("\"$ref\":\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(description.pointer(reference).is_some(), "{reference}");
        }
        for listed in json(built, "api/v1/index.json")["schemas"].as_array().unwrap() {
            let at = KINDS.iter().position(|kind| listed["kind"] == kind.name).unwrap();
            assert_eq!(&json(built, listed["address"].as_str().unwrap()), of_kind(at));
        }
    }
}

#[test]
fn every_address_in_the_data_leads_to_a_file() {
    fn addresses<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
        match value {
            Value::Object(map) => {
                for (key, inner) in map {
                    match inner.as_str() {
                        Some(text)
                            if ["address", "data", "lineage", "report", "changes"]
                                .contains(&key.as_str()) =>
                        {
                            found.push(text);
                        }
                        _ => addresses(inner, found),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|inner| addresses(inner, found)),
            _ => {}
        }
    }
    for (site, _, built) in SITES.iter() {
        let files: BTreeSet<&str> = built.site().iter().map(|(path, _)| path.as_str()).collect();
        let mut led = BTreeSet::new();
        for path in files.iter().filter(|path| path.starts_with("api/") && !path.contains("/schemas/")) {
            if **path == *"api/v1/openapi.json" {
                continue;
            }
            let data = json(built, path);
            let mut found = Vec::new();
            addresses(&data, &mut found);
            for address in found {
                let file = percent_encoding::percent_decode_str(address).decode_utf8().unwrap().into_owned();
                let file = if file.ends_with('/') { format!("{file}index.html") } else { file };
                assert!(files.contains(file.as_str()), "{site}: {path}: `{address}` leads nowhere");
                led.insert(file);
            }
            for list in data["lists"].as_object().into_iter().flat_map(Map::values) {
                led.insert(list.as_str().unwrap().to_owned());
            }
            let ids = data["certifications"].as_array().into_iter().flatten();
            led.extend(
                ids.filter_map(|one| Some(format!("api/v1/certifications/{}.json", one["id"].as_str()?))),
            );
        }
        let fixed = ["api/v1/index.json", "api/v1/openapi.json"];
        for path in files.iter().filter(|path| path.starts_with("api/") && !fixed.contains(path)) {
            assert!(led.contains(*path), "{site}: nothing leads to {path}");
        }
    }
}

fn decimal(value: &Value) -> Option<Decimal> {
    value.as_str().map(|text| text.parse().unwrap())
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

/// What the record of a certification says against what its file says; gives how many rows there are.
fn certification_read_back(catalogue: &Catalogue, at: usize, data: &Value) -> usize {
    let one = &catalogue.certifications[at];
    let record = &one.record;
    let framework = catalogue.framework(one.framework);
    assert_eq!(data["product"], record.product);
    assert_eq!(data["version"].as_str(), record.version.as_ref().map(|version| version.value.as_str()));
    assert_eq!(data["organization"]["id"], record.organization.value);
    assert_eq!(data["framework"]["id"], framework.id);
    assert_eq!(data["release"], framework.record.releases[one.release].version.value);
    for (key, date) in
        [("completed", &record.completed), ("valid_from", &record.valid_from), ("valid_to", &record.valid_to)]
    {
        assert_eq!(data[key].as_str(), date.as_ref().map(|date| date.value.to_string()).as_deref(), "{key}");
    }
    assert_eq!(data["documents"].as_array().unwrap().len(), record.documents.len());
    assert_eq!(data["remarks"].as_array().unwrap().len(), record.remarks.len());
    let rows = data["rows"].as_array().unwrap();
    assert_eq!(rows.len(), record.results.len(), "{}", one.id);
    let mut counted: BTreeMap<&str, u64> = BTreeMap::new();
    let mut scores: Vec<Decimal> = Vec::new();
    for (row, (linked, result)) in rows.iter().zip(one.results()) {
        assert_eq!(row["id"], *result.element.value);
        let element = catalogue.element(linked.element.unwrap());
        assert_eq!(row["element"]["key"], *element.record.key.value);
        assert_eq!(row["comment"].as_str(), result.comment.as_deref());
        assert_eq!(row["repeated"], linked.repeated);
        let score = decimal(&row["score"]);
        match &result.value.value {
            Stated::Score(stated) => assert_eq!(score, Some(*stated)),
            Stated::Rating(id) => {
                let rating = catalogue.rating(one, linked).unwrap();
                assert_eq!(rating.id.as_ref().unwrap().value, **id);
                assert_eq!(row["rating"]["label"], rating.label);
            }
            Stated::Outcome(_) => assert!(row["outcome"]["id"].is_string() && row["score"].is_null()),
            Stated::Unstated => assert_eq!(row["kind"], "coverage"),
        }
        assert_eq!(score.is_some(), row["kind"] == "score", "an absence is no number");
        // counted again from the file alone
        if row["kind"] != "coverage" && row["repeated"] == false && row["summary"] == false {
            *counted.entry("rows").or_default() += 1;
            let outcome = row["outcome"]["id"].as_str();
            let tone = row["rating"]["tone"].as_str().unwrap_or("none");
            *counted
                .entry(match outcome {
                    Some("not-submitted") => "not_submitted",
                    Some(_) => "otherwise_absent",
                    None => tone,
                })
                .or_default() += 1;
            scores.extend(score);
        }
    }
    let totals = &data["totals"];
    for key in ["rows", "full", "partial", "none", "neutral", "not_submitted", "otherwise_absent"] {
        assert_eq!(totals[key], counted.get(key).copied().unwrap_or(0), "{}: {key}", one.id);
    }
    let tally = tally::whole(catalogue, one);
    assert_eq!(decimal(&totals["mean"]), tally.mean(4));
    assert_eq!(totals["scored"], scores.len());
    assert_eq!(decimal(&totals["lowest"]), scores.iter().min().copied());
    assert_eq!(decimal(&totals["highest"]), scores.iter().max().copied());
    rows.len()
}

#[test]
fn the_data_read_back_are_the_catalogue() {
    let (mut rows, mut states, mut citations) = (0, 0, 0);
    for (_, fixture, built) in SITES.iter() {
        let catalogue = link_records(&fixture.sources());
        let index = json(built, "api/v1/index.json");
        assert_eq!(index["counts"]["elements"], catalogue.elements.len());
        for (at, one) in catalogue.certifications.iter().enumerate() {
            let data = json(built, &format!("api/v1/certifications/{}.json", one.id));
            rows += certification_read_back(&catalogue, at, &data);
            let Some(mapping) = &one.mapping else {
                assert!(data["report"].is_null());
                continue;
            };
            let report = json(built, data["report"].as_str().unwrap());
            let cited = report["elements"].as_array().unwrap().iter().flat_map(|element| {
                element["clauses"].as_array().unwrap().iter().flat_map(|clause| {
                    clause["evidence"].as_array().unwrap().iter().flat_map(|cited| {
                        std::iter::once(&cited["step"]).chain(Some(&cited["to"]).filter(|to| !to.is_null()))
                    })
                })
            });
            let cited: Vec<&str> = cited.map(|step| step.as_str().unwrap()).collect();
            let expected: Vec<&str> = mapping
                .citations()
                .map(|cited| mapping.steps[cited.step.unwrap()].record.id.value.as_str())
                .collect();
            assert_eq!(cited, expected, "{}", one.id);
            citations += cited.len();
        }
        let list = json(built, "api/v1/organizations/index.json");
        let ids: Vec<&str> =
            list["organizations"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!(ids, catalogue.organizations.iter().map(|one| one.id.as_str()).collect::<Vec<_>>());
        for one in &catalogue.organizations {
            let data = json(built, &format!("api/v1/organizations/{}.json", one.id));
            let expected: Vec<&str> =
                one.certifications.iter().map(|at| catalogue.certification(*at).id.as_str()).collect();
            assert_eq!(texts(&data["certifications"]), expected);
        }
        for framework in &catalogue.frameworks {
            let data = json(built, &format!("api/v1/frameworks/{}/index.json", framework.id));
            assert_eq!(data["scales"].as_array().unwrap().len(), framework.record.scales.len());
            let lineage = json(built, data["lineage"].as_str().unwrap());
            let listed = lineage["elements"].as_array().unwrap();
            assert_eq!(listed.len(), framework.elements.len());
            for (release, facts) in data["releases"].as_array().unwrap().iter().enumerate() {
                let tree = json(built, facts["data"].as_str().unwrap());
                let in_tree: BTreeMap<&str, &Value> = tree["elements"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|element| (element["key"].as_str().unwrap(), element))
                    .collect();
                assert_eq!(in_tree.len(), framework.releases[release].members.len());
                for (element, said) in framework.elements.iter().zip(listed) {
                    let element = catalogue.element(*element);
                    let key = element.record.key.value.as_str();
                    let said = &said["states"][release];
                    states += 1;
                    match element.in_release(release) {
                        Ok(state) => {
                            let there = in_tree[key];
                            assert_eq!(said["presence"], "present");
                            for facts in [said, there] {
                                assert_eq!(facts["id"], state.id);
                                assert_eq!(facts["name"], state.name);
                                assert_eq!(facts["level"].as_u64(), state.level.map(u64::from));
                            }
                        }
                        Err(absence) => {
                            let word = match absence {
                                Absence::NotYet => "not-yet",
                                Absence::Withdrawn => "withdrawn",
                                Absence::Untraced => "untraced",
                            };
                            assert!(said["presence"] == word && said["id"].is_null(), "{key}: {said}");
                            assert!(!in_tree.contains_key(key));
                        }
                    }
                }
            }
        }
        let findings = json(built, "api/v1/diagnostics.json");
        assert_eq!(findings["findings"].as_array().unwrap().len(), built.build.diagnostics.len());
    }
    assert!(rows > 100 && states > 100 && citations > 100, "{rows} {states} {citations}");
}
