//! Tables as JSON: a list of objects, alone or as the list inside another object.
//!
//! In come the bytes of a file, out goes a table with a column for every key; keys of inner objects are joined by a dot.
//! A row is told by its number, a score keeps its digits, and a list or an object too deep to be a cell stays JSON.

use serde::de::IgnoredAny;

use super::table::{Row, Table};
use super::{Loss, Unusable};

/// Objects inside each other become columns down to this depth.
const DEPTH: usize = 3;

/// No table has more columns.
const COLUMNS: usize = 256;

pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Table, Unusable> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Unusable::new(format!("`{name}` is not UTF-8, and JSON is")).help("save it in UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // From here on the text is taken apart without asking again whether it is JSON.
    serde_json::from_str::<IgnoredAny>(text)
        .map_err(|error| Unusable::new(format!("`{name}` is no JSON: {error}")))?;
    let whole = text.trim_ascii();
    let rows = if whole.starts_with('[') { whole } else { inner_list(name, whole)? };
    let items = items(rows);

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
        if !item.starts_with('{') {
            let why = "it is no object with a key for each column".to_owned();
            table.lost.push(Loss { file: name.to_owned(), line, words: item.to_owned(), why });
            continue;
        }
        for (key, value) in entries(item) {
            flatten(&key, value, DEPTH, &mut cells);
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

/// The list of rows in an object: the only list of objects, or the one that is called as lists of rows are.
fn inner_list<'t>(name: &str, whole: &'t str) -> Result<&'t str, Unusable> {
    let entries = if whole.starts_with('{') { entries(whole) } else { Vec::new() };
    let lists: Vec<(String, &str)> = entries
        .into_iter()
        .filter(|(_, value)| {
            value.starts_with('[') && items(value).first().is_some_and(|item| item.starts_with('{'))
        })
        .collect();
    let usual = ["rows", "results", "elements", "items", "data"];
    let chosen = usual.iter().find_map(|usual| lists.iter().find(|(key, _)| key == usual));
    match (chosen, lists.as_slice()) {
        (Some((_, list)), _) | (None, [(_, list)]) => Ok(list),
        (None, []) => Err(Unusable::new(format!("`{name}` holds no list of objects")).help(
            "a table is a list such as [{\"id\": \"1.1\", \"score\": 4.4}], alone or as a value of an object",
        )),
        (None, several) => {
            let keys: Vec<String> = several.iter().map(|(key, _)| format!("`{key}`")).collect();
            Err(Unusable::new(format!("`{name}` holds several lists of objects: {}", keys.join(", ")))
                .help("keep the list of rows, under the key `rows` or alone"))
        }
    }
}

/// The cells of a value: itself, or the parts of an object.
fn flatten(key: &str, value: &str, depth: usize, cells: &mut Vec<(String, String)>) {
    match value.as_bytes().first() {
        Some(b'n') => {}
        Some(b'{') if depth > 0 => {
            for (inner, value) in entries(value) {
                flatten(&format!("{key}.{inner}"), value, depth - 1, cells);
            }
        }
        Some(b'[') => {
            let items = items(value);
            let is_plain = items.iter().all(|item| !item.starts_with(['[', '{']));
            let joined = || items.iter().map(|item| scalar(item)).collect::<Vec<_>>().join("; ");
            cells.push((key.to_owned(), if is_plain { joined() } else { value.to_owned() }));
        }
        _ => cells.push((key.to_owned(), scalar(value))),
    }
}

/// A text, or a number with its digits as they are written.
fn scalar(value: &str) -> String {
    match value {
        "null" => String::new(),
        value => serde_json::from_str::<String>(value).unwrap_or_else(|_| value.to_owned()),
    }
}

/// The values of a list, each as it is written.
fn items(list: &str) -> Vec<&str> {
    let mut rest = Rest(&list[1..]);
    std::iter::from_fn(|| rest.value()).collect()
}

/// The keys of an object with their values as they are written, in order and with what is given twice.
fn entries(object: &str) -> Vec<(String, &str)> {
    let mut rest = Rest(&object[1..]);
    std::iter::from_fn(|| Some((scalar(rest.value()?), rest.value()?))).collect()
}

/// What is left of a list or an object that was found to be JSON.
struct Rest<'t>(&'t str);

impl<'t> Rest<'t> {
    /// The next value or key, without the signs that set it apart.
    fn value(&mut self) -> Option<&'t str> {
        let signs = |letter: char| letter.is_ascii_whitespace() || matches!(letter, ',' | ':');
        let rest = self.0.trim_start_matches(signs);
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        values.next()?.ok()?;
        let (value, rest) = rest.split_at(values.byte_offset());
        self.0 = rest;
        Some(value)
    }
}
