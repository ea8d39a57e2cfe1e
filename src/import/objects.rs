//! Tables as JSON: a list of objects, alone or as the list inside another object.
//!
//! In come the bytes of a file, out goes a table with a column for every key; keys of inner objects are joined by a dot.
//! A row is told by its number, a number stays as it is written, and a list or an object too deep to be a cell stays JSON.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::table::{Row, Table};
use super::{Loss, Unusable};

/// Objects inside each other become columns down to this depth.
const DEPTH: usize = 3;

/// No table has more columns.
const COLUMNS: usize = 256;

/// The keys and values of an object, in order and with what is given twice.
struct Object<'t>(Vec<(String, &'t RawValue)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut keys = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    keys.push(entry);
                }
                Ok(Object(keys))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Table, Unusable> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Unusable::new(format!("`{name}` is not UTF-8, and JSON is")).help("save it in UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let broken = |error: serde_json::Error| Unusable::new(format!("`{name}` is no JSON: {error}"));
    let whole: &RawValue = serde_json::from_str(text).map_err(broken)?;
    let rows = if is_list(whole) { whole } else { inner_list(name, whole)? };
    let items: Vec<&RawValue> = serde_json::from_str(rows.get()).map_err(broken)?;

    let mut table = Table {
        name: name.to_owned(),
        headings: Vec::new(),
        rows: Vec::new(),
        lost: Vec::new(),
        counts_rows: true,
    };
    let mut found = Vec::with_capacity(items.len());
    for (line, item) in (1..).zip(items) {
        let mut cells = Vec::new();
        match serde_json::from_str::<Object<'_>>(item.get()) {
            Ok(Object(keys)) => keys.iter().for_each(|(key, value)| flatten(key, value, DEPTH, &mut cells)),
            Err(_) => {
                let why = "it is no object with a key for each column".to_owned();
                let words = item.get().to_owned();
                table.lost.push(Loss { file: name.to_owned(), line, words, why });
                continue;
            }
        }
        for (key, _) in &cells {
            if !table.headings.contains(key) {
                table.headings.push(key.clone());
            }
        }
        if table.headings.len() > COLUMNS {
            return Err(Unusable::new(format!(
                "the objects of `{name}` have more than {COLUMNS} different keys: they are not rows of one table"
            )));
        }
        found.push((line, cells));
    }
    for (line, cells) in found {
        let mut row = Row { line, cells: vec![String::new(); table.headings.len()] };
        let mut twice = None;
        for (key, cell) in cells {
            let at = table.headings.iter().position(|heading| *heading == key);
            let place = &mut row.cells[at.expect("every key became a heading")];
            if place.is_empty() {
                *place = cell;
            } else {
                twice = Some((key, cell));
            }
        }
        match twice {
            Some((key, cell)) => {
                row.cells.push(cell);
                table.lost.push(table.loss(&row, format!("it gives `{key}` twice")));
            }
            None => table.push(row),
        }
    }
    if table.rows.is_empty() && table.lost.is_empty() {
        return Err(Unusable::new(format!("`{name}` has no rows")));
    }
    Ok(table)
}

fn is_list(value: &RawValue) -> bool {
    value.get().starts_with('[')
}

/// The list of rows in an object: the only list of objects, or the one that is called as lists of rows are.
fn inner_list<'t>(name: &str, whole: &'t RawValue) -> Result<&'t RawValue, Unusable> {
    let none = || {
        Unusable::new(format!("`{name}` holds no list of objects")).help(
            "a table is a list such as [{\"id\": \"1.1\", \"score\": 4.4}], alone or as a value of an object",
        )
    };
    let Object(keys) = serde_json::from_str(whole.get()).map_err(|_| none())?;
    let lists: Vec<(&str, &RawValue)> = keys
        .iter()
        .filter(|(_, value)| {
            let items = serde_json::from_str::<Vec<&RawValue>>(value.get()).unwrap_or_default();
            items.first().is_some_and(|item| item.get().starts_with('{'))
        })
        .map(|(key, value)| (key.as_str(), *value))
        .collect();
    let usual = ["rows", "results", "elements", "items", "data"];
    let chosen = usual.iter().find_map(|usual| lists.iter().find(|(key, _)| key == usual));
    match (chosen, lists.as_slice()) {
        (Some((_, list)), _) | (None, [(_, list)]) => Ok(list),
        (None, []) => Err(none()),
        (None, several) => {
            let keys: Vec<String> = several.iter().map(|(key, _)| format!("`{key}`")).collect();
            Err(Unusable::new(format!("`{name}` holds several lists of objects: {}", keys.join(", ")))
                .help("keep the list of rows, under the key `rows` or alone"))
        }
    }
}

/// The cells of a value: itself, or the parts of an object.
fn flatten(key: &str, value: &RawValue, depth: usize, cells: &mut Vec<(String, String)>) {
    let text = value.get();
    match text.as_bytes()[0] {
        b'n' => {}
        b'{' if depth > 0 => {
            if let Ok(Object(keys)) = serde_json::from_str(text) {
                for (inner, value) in &keys {
                    flatten(&format!("{key}.{inner}"), value, depth - 1, cells);
                }
            }
        }
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
            let is_plain = items.iter().all(|item| !item.get().starts_with(['[', '{']));
            let joined = || items.iter().map(|item| scalar(item)).collect::<Vec<_>>().join("; ");
            cells.push((key.to_owned(), if is_plain { joined() } else { text.to_owned() }));
        }
        _ => cells.push((key.to_owned(), scalar(value))),
    }
}

fn scalar(value: &RawValue) -> String {
    match value.get() {
        "null" => String::new(),
        text => serde_json::from_str::<String>(text).unwrap_or_else(|_| text.to_owned()),
    }
}
