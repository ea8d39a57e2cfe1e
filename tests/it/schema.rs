//! Schemas and readers are one: what the one refuses for its form, the other refuses, for every record and every broken one.
//!
//! In come all records of this repository, those of the broken catalogues, and mutations of them; out goes the first on which the two disagree.
//! What a schema cannot see is listed by rule, each with its reason.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use certalog::diagnostic::{Code, Finding};
use certalog::limits::Limits;
use certalog::model::{self, Kind};
use certalog::parse::definition::{Definition, Form, Key, Rule};
use certalog::parse::front_matter;
use certalog::schema::{RecordKind, kinds, reference};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

use crate::harness::{Fixture, compare_with_file, files_below, repository};

/// The kind of record at a path, by the folders that the kinds state.
fn kind_of(path: &str) -> Option<RecordKind> {
    kinds().into_iter().find(|kind| kind.files.iter().any(|files| fits(files, path)))
}

/// Whether a path is among files such as `content/pages/**/*.md`.
fn fits(files: &str, path: &str) -> bool {
    fn parts(files: &[&str], path: &[&str]) -> bool {
        match (files, path) {
            ([], []) => true,
            (["**", rest @ ..], _) => (0..path.len()).any(|skipped| parts(rest, &path[skipped..])),
            ([first, rest @ ..], [name, more @ ..]) => {
                let is_same = match first.split_once('*') {
                    Some((start, end)) => name.starts_with(start) && name.ends_with(end),
                    None => first == name,
                };
                is_same && parts(rest, more)
            }
            _ => false,
        }
    }
    parts(&files.split('/').collect::<Vec<_>>(), &path.split('/').collect::<Vec<_>>())
}

fn is_markdown(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == "md")
}

/// The table of a record, without the Markdown below it; `None` where there is none.
fn table_of<'t>(path: &str, text: &'t str) -> Option<&'t str> {
    if is_markdown(path) { Some(&text[front_matter::split(text).ok()?.table.range()]) } else { Some(text) }
}

/// A table as JSON, as Taplo sees it: a date is its text.
fn json_of(table: &str) -> Option<Value> {
    fn value(toml: toml::Value) -> Value {
        match toml {
            toml::Value::String(text) => json!(text),
            toml::Value::Integer(number) => json!(number),
            toml::Value::Float(number) => json!(number),
            toml::Value::Boolean(flag) => json!(flag),
            toml::Value::Datetime(date) => json!(date.to_string()),
            toml::Value::Array(items) => items.into_iter().map(value).collect(),
            toml::Value::Table(table) => table.into_iter().map(|(key, item)| (key, value(item))).collect(),
        }
    }
    toml::from_str(table).ok().map(value)
}

/// Mistakes of form: those that are seen without looking at another table, another file or the calendar.
fn is_of_form(finding: &Finding) -> bool {
    matches!(
        finding.code,
        Code::UnknownKey
            | Code::MissingKey
            | Code::ConflictingKeys
            | Code::WrongType
            | Code::InvalidValue
            | Code::EmptyValue
            | Code::InvalidDate
            | Code::InvalidCoverage
            | Code::InvalidCitation
            | Code::InvalidAlias
            | Code::InvalidScale
            | Code::InvalidFootprint
            | Code::ForbiddenAddress
            | Code::UnknownDiagnostic
            | Code::FixedDiagnostic
    )
}

/// Mistakes of form that a schema cannot see: the words of the message, and why.
const UNSEEN: &[(&str, &str)] = &[
    ("both a `description` and a text below", "the text below the front matter is not part of the table"),
    ("must be below `max`", "a schema compares no two values"),
    ("no score reaches this rating", "a schema compares no two values"),
    ("a rating of a numeric scale needs `from`", "what a rating needs depends on the table around it"),
    (
        "a rating of a scale without numbers needs an `id`",
        "what a rating needs depends on the table around it",
    ),
    ("certalog fills the folder", "which addresses certalog keeps for itself is decided part by part"),
    ("a part of the path is", "a path is taken apart by its own grammar"),
    ("is no coverage", "a schema compares no two numbers: `6/4` has the right form"),
    ("is no pattern of paths", "a pattern of paths is taken apart by its own grammar"),
    ("names no host", "an address is taken apart by its own grammar"),
    ("has a user name before its host", "an address is taken apart by its own grammar"),
    ("control or invisible characters", "invisible characters are counted by Unicode"),
];

fn is_seen(finding: &Finding) -> bool {
    is_of_form(finding) && !UNSEEN.iter().any(|(words, _)| finding.message.contains(words))
}

/// Whether the schema of its kind accepts a record.
fn accepts(kind: &RecordKind, record: &Value) -> bool {
    jsonschema::draft7::new(&kind.schema()).unwrap().is_valid(record)
}

/// The records of every catalogue in this repository that has no mistakes.
fn records() -> Vec<(String, String)> {
    let mut catalogues = vec![Fixture::of_this_repository(), Fixture::starter()];
    let sites = fs::read_dir(repository().join("tests/sites")).unwrap();
    let mut sites: Vec<_> = sites.map(|site| site.unwrap().path()).collect();
    sites.sort();
    catalogues.extend(sites.iter().map(|site| Fixture::from_disk(site)));
    let mut records = Vec::new();
    for catalogue in catalogues {
        for (path, bytes) in catalogue.contents() {
            if kind_of(path).is_some() {
                records.push((path.to_owned(), String::from_utf8(bytes.to_vec()).unwrap()));
            }
        }
    }
    records
}

#[test]
fn every_schema_is_a_schema_and_explains_every_key() {
    fn look(schema: &Value, path: &str) {
        match schema {
            Value::Object(map) => {
                assert!(!map.contains_key("$ref"), "{path} refers elsewhere");
                if let Some(Value::Object(keys)) = map.get("properties") {
                    let is_of_a_rule = path.contains("/allOf");
                    for (name, key) in keys {
                        let is_told =
                            key["description"].as_str().is_some_and(|text| text.ends_with(['.', ')']));
                        let is_code = path.ends_with("/checks");
                        assert!(is_of_a_rule || is_code || is_told, "{path}/{name} is not explained");
                        let examples = key["examples"].as_array().cloned().unwrap_or_default();
                        assert!(is_of_a_rule || !examples.is_empty(), "{path}/{name} has no example");
                        let validator = jsonschema::draft7::new(key).unwrap();
                        for example in &examples {
                            assert!(validator.is_valid(example), "{path}/{name}: {example}");
                        }
                    }
                }
                map.iter().for_each(|(key, inner)| look(inner, &format!("{path}/{key}")));
            }
            Value::Array(items) => items.iter().for_each(|inner| look(inner, path)),
            _ => {}
        }
    }
    for kind in kinds() {
        let schema = kind.schema();
        jsonschema::draft7::meta::validate(&schema).unwrap();
        look(&schema, kind.name);
    }
}

#[test]
fn the_folders_of_kinds_are_those_of_the_reader() {
    for (path, _) in records() {
        let kind = kind_of(&path).unwrap();
        let same = if path.starts_with("themes/") {
            kind.name == "theme"
        } else {
            Kind::of(&path).definition().is_some_and(|known| std::ptr::eq(known, kind.definition))
        };
        assert!(same, "{path} is read as another kind than {}", kind.name);
    }
    for path in ["content/a.toml", "content/pages/a.toml", "content/certifications/a/b.toml", "taplo.toml"] {
        assert!(kind_of(path).is_none() && Kind::of(path).definition().is_none(), "{path}");
    }
}

#[test]
fn every_record_is_accepted() {
    let records = records();
    assert!(records.len() > 60);
    for (path, text) in records {
        let record = json_of(table_of(&path, &text).unwrap()).unwrap();
        let schema = kind_of(&path).unwrap().schema();
        if let Err(error) = jsonschema::draft7::new(&schema).unwrap().validate(&record) {
            panic!("{path}: {error}");
        }
    }
}

/// Every record of the broken catalogues that can be parsed, with its catalogue's name.
fn broken() -> Vec<(String, String, String)> {
    let mut records = Vec::new();
    for file in files_below("tests/diagnostics") {
        if file.extension().is_none_or(|ending| ending != "txt") {
            continue;
        }
        let folder = file.parent().unwrap().file_name().unwrap().to_str().unwrap();
        let name = format!("{folder}/{}", file.file_stem().unwrap().to_str().unwrap());
        for (path, bytes) in Fixture::new(&fs::read_to_string(&file).unwrap()).contents() {
            if let (Some(_), Ok(text)) = (kind_of(path), std::str::from_utf8(bytes)) {
                records.push((name.clone(), path.to_owned(), text.to_owned()));
            }
        }
    }
    records
}

#[test]
fn every_broken_record_is_refused_and_the_list_for_taplo_is_complete() {
    let mut faults = String::new();
    let mut list = "# Records of tests/diagnostics that schemas refuse. `SNAPSHOTS=overwrite cargo test schema` writes this list.\n".to_owned();
    let mut refused = 0;
    for (case, path, text) in broken() {
        let kind = kind_of(&path).unwrap();
        let Some(record) = table_of(&path, &text).and_then(json_of) else { continue };
        let findings = findings(&path, &text);
        let is_seen = findings.iter().any(is_seen);
        let is_mistaken = |finding: &Finding| {
            is_of_form(finding) || [Code::InvalidId, Code::NestingTooDeep].contains(&finding.code)
        };
        let is_accepted = accepts(&kind, &record);
        let is_fault = if is_accepted { is_seen } else { !findings.iter().any(is_mistaken) };
        if is_fault && kind.name != "theme" {
            let messages: Vec<_> = findings.iter().map(|finding| &finding.message).collect();
            writeln!(faults, "{case}: {path}: accepted: {is_accepted}, reader: {messages:?}").unwrap();
        }
        if !is_accepted {
            refused += 1;
            writeln!(list, "{case} {path}").unwrap();
        }
    }
    assert!(faults.is_empty(), "{faults}");
    assert!(refused > 30, "{refused}");
    compare_with_file(list, &repository().join("tests/editors/refused.txt")).unwrap();
}

/// What the reader says of a record's table alone: its Markdown has mistakes of its own.
fn findings(path: &str, text: &str) -> Vec<Finding> {
    let end = table_of(path, text).map_or(text.len(), |table| text.find(table).unwrap_or(0) + table.len());
    let findings = model::read(&Kind::of(path), path, text, &Limits::default()).findings.into_iter();
    findings.filter(|finding| finding.span.start as usize <= end).collect()
}

/// Mistakes that have no catalogue of their own among the broken ones.
const ODD: &[(&str, &str)] = &[
    ("content/organizations/a.md", "+++\nname = \"A\"\ndescription = \"B\"\n+++\nC\n"),
    ("content/organizations/a.toml", "name = \"A\"\nurl = \"https://user@example.org/\"\n"),
    ("content/organizations/b.toml", "name = \"A\"\nurl = \"https://example.org/\u{200b}\"\n"),
    ("content/organizations/c.toml", "name = \"A\"\nurl = \"https:///a\"\n"),
    (
        "content/frameworks/a/framework.toml",
        "name = \"A\"\nrelease = [{ version = \"1\" }]\n[[scale]]\nid = \"a\"\nmin = 0\nmax = 5\nstep = 1\n\
         rating = [{ id = \"a\", label = \"A\", tone = \"full\" }, { from = 9, label = \"B\", tone = \"full\" }]\n\
         [[scale]]\nid = \"b\"\nrating = [{ from = 1, label = \"A\", tone = \"full\" }]\n\
         [[scale]]\nid = \"c\"\nmin = 5\nmax = 0\nstep = 1\n",
    ),
    ("content/organizations/d.toml", "name = \"A\"\naliases = [\"static/\"]\n"),
];

#[test]
fn every_reason_is_met() {
    let messages: BTreeSet<String> = broken()
        .iter()
        .flat_map(|(_, path, text)| findings(path, text))
        .chain(ODD.iter().flat_map(|(path, text)| findings(path, text)))
        .filter(is_of_form)
        .map(|finding| finding.message)
        .collect();
    for (words, why) in UNSEEN {
        assert!(messages.iter().any(|message| message.contains(words)), "nothing says “{words}” ({why})");
    }
}

#[test]
fn every_key_is_read_and_its_example_is_right() {
    for kind in kinds().into_iter().filter(|kind| kind.name != "theme") {
        let path = kind.files.last().unwrap().replace("**/", "").replace('*', "a");
        for definition in [Some(kind.definition), kind.list].into_iter().flatten() {
            let whole = example(definition, &[]);
            check_keys(
                definition,
                &mut Vec::new(),
                &|record| {
                    let mut table = Map::new();
                    wrap(&mut table, record, &whole);
                    let text = toml::to_string(&Value::Object(table)).unwrap();
                    if is_markdown(&path) { format!("+++\n{text}+++\n") } else { text }
                },
                &path,
            );
        }
    }
}

/// A record whose top is `record`, completed by what it cannot do without.
fn wrap(table: &mut Map<String, Value>, record: Map<String, Value>, whole: &Map<String, Value>) {
    table.extend(whole.clone());
    table.extend(record);
}

/// The least that a table can be, with further keys.
fn example(definition: &Definition, more: &[&Key]) -> Map<String, Value> {
    let value_of = |key: &Key| -> Value {
        let first: Vec<&Key> = key.form.inner().into_iter().filter_map(|inner| inner.keys.first()).collect();
        match key.form {
            Form::Table(inner) => {
                // a table in which every key may be left out has its first
                Value::Object(example(
                    inner,
                    if inner.keys.iter().any(|key| key.is_required) { &[] } else { &first[..] },
                ))
            }
            // the translation of a table that says nothing is nothing
            Form::Tables(inner) if inner.what.starts_with("a translat") => {
                let text = inner.keys.get(1).into_iter().collect::<Vec<_>>();
                json!([example(inner, &text)])
            }
            Form::Tables(inner) => json!([example(inner, &[])]),
            form if form.is_text() => json!(key.example),
            _ => json_of(&format!("value = {}", key.example)).unwrap()["value"].clone(),
        }
    };
    let mut keys: Vec<&Key> =
        definition.keys.iter().filter(|key| key.is_required).chain(more.iter().copied()).collect();
    for rule in definition.rules {
        match rule {
            Rule::AtLeastOne([first, ..]) => keys.extend(definition.key(first)),
            Rule::AllOrNone(names) if more.iter().any(|key| names.contains(&key.name)) => {
                keys.extend(names.iter().filter_map(|name| definition.key(name)));
            }
            _ => {}
        }
    }
    keys.into_iter().map(|key| (key.name.to_owned(), value_of(key))).collect()
}

/// Reads a record with each key of a table in turn: nothing may be wrong with its form, and it must make a difference.
fn check_keys(
    definition: &'static Definition,
    around: &mut Vec<(&'static Definition, &'static Key)>,
    text: &dyn Fn(Map<String, Value>) -> String,
    path: &str,
) {
    for key in definition.keys {
        // what goes with a key comes from the rules: the reader has its own words for each of them, tested with the diagnostics
        let with = put(around, example(definition, &[key]));
        let without = {
            let mut table = example(definition, &[]);
            table.remove(key.name);
            put(around, table)
        };
        let (with, without) = (text(with), text(without));
        let read = |text: &str| format!("{:?}", model::read(&Kind::of(path), path, text, &Limits::default()));
        // without a key that it needs there is no record at all
        let is_read = key.is_required || read(&with) != read(&without);
        assert!(is_read, "`{}` of {} is not read", key.name, definition.what);
        for finding in findings(path, &with) {
            let about_this = matches!(
                finding.code,
                Code::WrongType | Code::InvalidValue | Code::UnknownKey | Code::EmptyValue
            ) || matches!(
                finding.code,
                Code::InvalidDate
                    | Code::InvalidCoverage
                    | Code::InvalidCitation
                    | Code::ForbiddenAddress
                    | Code::InvalidAlias
            );
            assert!(!about_this, "`{}` of {}: {}\n{with}", key.name, definition.what, finding.message);
        }
        if let Form::Table(inner) | Form::Tables(inner) = key.form {
            around.push((definition, key));
            check_keys(inner, around, text, path);
            around.pop();
        }
    }
}

/// A table inside of those around it.
fn put(around: &[(&Definition, &Key)], table: Map<String, Value>) -> Map<String, Value> {
    around.iter().rev().fold(table, |inner, (definition, key)| {
        let value = match key.form {
            Form::Tables(_) => json!([inner]),
            _ => Value::Object(inner),
        };
        let mut outer = example(definition, &[]);
        outer.insert(key.name.to_owned(), value);
        outer
    })
}

#[test]
fn the_reference_is_that_of_the_definitions() {
    const MARK: &str = "\n# Reference\n\n";
    let path = repository().join("docs/record-format.md");
    let text = fs::read_to_string(&path).unwrap();
    let (introduction, _) = text.split_once(MARK).expect("the reference has a heading of its own");
    compare_with_file(format!("{introduction}{MARK}{}", reference()), &path).unwrap();
}

/// What may happen to a value of a record.
#[derive(Clone, Debug)]
enum Change {
    Take,
    Rename(String),
    Put(Value),
    List,
}

fn values() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!("")),
        Just(json!("  ")),
        Just(json!("16.0")),
        Just(json!("Not An Id")),
        Just(json!("2017-13")),
        Just(json!("3/6")),
        Just(json!("https://example.org/")),
        Just(json!("javascript:alert(1)")),
        Just(json!("full")),
        Just(json!("A B C D")),
        Just(json!(16)),
        Just(json!(-1)),
        Just(json!(100)),
        Just(json!(4.5)),
        Just(json!(true)),
        Just(json!([])),
        Just(json!(["a", 1])),
        Just(json!({})),
        Just(json!({ "title": "a" })),
        Just(json!([{ "step": "a" }, "b"])),
    ]
}

fn changes() -> impl Strategy<Value = Change> {
    let names =
        prop_oneof![Just("unknown"), Just("url"), Just("file"), Just("score"), Just("version"), Just("from")];
    prop_oneof![
        Just(Change::Take),
        names.prop_map(|name| Change::Rename(name.to_owned())),
        values().prop_map(Change::Put),
        Just(Change::List),
    ]
}

/// Every place of a value in a record.
fn places(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(table) => {
            for (key, value) in table {
                let path = format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"));
                found.push(path.clone());
                places(value, &path, found);
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                places(value, &format!("{path}/{at}"), found);
            }
        }
        _ => {}
    }
}

fn changed(record: &mut Value, place: Index, change: Change) {
    let mut found = Vec::new();
    places(record, "", &mut found);
    if found.is_empty() {
        return;
    }
    let path = place.get(&found).clone();
    let (parent, key) = path.rsplit_once('/').unwrap();
    let Some(Value::Object(parent)) = record.pointer_mut(parent) else { return };
    let Some(value) = parent.get(key).cloned() else { return };
    match change {
        Change::Take => drop(parent.remove(key)),
        Change::Rename(name) => {
            parent.remove(key);
            parent.insert(name, value);
        }
        Change::Put(value) => drop(parent.insert(key.to_owned(), value)),
        Change::List => drop(parent.insert(key.to_owned(), json!([value]))),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_changed_schema_and_reader_agree(
        record in any::<Index>(),
        edits in prop::collection::vec((any::<Index>(), changes()), 1..3),
    ) {
        thread_local! { static RECORDS: Vec<(String, Value)> = small_records(); }
        let (path, mut value) = RECORDS.with(|records| record.get(records).clone());
        for (place, change) in edits {
            changed(&mut value, place, change);
        }
        let text = toml::to_string(&value).unwrap();
        let text = if is_markdown(&path) { format!("+++\n{text}+++\n") } else { text };
        let findings = findings(&path, &text);
        let is_accepted = accepts(&kind_of(&path).unwrap(), &value);
        if is_accepted {
            let missed: Vec<_> = findings.iter().filter(|finding| is_seen(finding)).collect();
            prop_assert!(missed.is_empty(), "the schema accepts {path}\n{text}\n{missed:?}");
        } else {
            // an id that cannot be one is no mistake of form: nothing has it, and that is found when records are linked
            let is_about_ids = !accepts_texts_as_ids(&path, &value);
            prop_assert!(!findings.is_empty() || !is_about_ids, "the schema refuses {path}\n{text}");
        }
    }
}

/// Whether the record is refused even if every text may be an id.
fn accepts_texts_as_ids(path: &str, value: &Value) -> bool {
    fn relax(schema: &mut Value) {
        match schema {
            Value::Object(map) => {
                let is_id = map
                    .get("pattern")
                    .and_then(Value::as_str)
                    .is_some_and(|pattern| pattern.contains("[a-z0-9.-]"));
                if is_id {
                    map.insert("pattern".to_owned(), json!(r"\S"));
                }
                map.values_mut().for_each(relax);
            }
            Value::Array(items) => items.iter_mut().for_each(relax),
            _ => {}
        }
    }
    let mut schema = kind_of(path).unwrap().schema();
    relax(&mut schema);
    jsonschema::draft7::new(&schema).unwrap().is_valid(value)
}

/// Records that are not too long to be changed often; themes are read with the theme.
fn small_records() -> Vec<(String, Value)> {
    let records =
        records().into_iter().filter(|(path, text)| text.len() < 4000 && !path.starts_with("themes/"));
    records
        .filter_map(|(path, text)| {
            let value = json_of(table_of(&path, &text)?)?;
            Some((path, value))
        })
        .collect()
}
