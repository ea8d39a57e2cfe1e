//! Examples of keys and of whole tables.
//!
//! In comes a definition, out go values that its reader accepts; the example of a table is made of those of its keys.
//! An example names records that no catalogue has to have: it shows a form and proves nothing.

use serde_json::{Map, Value, json};

use crate::parse::definition::{Definition, Form, Key, Rule};

/// An example of the value of a key.
pub(super) fn of_key(key: &Key) -> Value {
    match key.form {
        Form::Table(inner) => of_table(inner),
        Form::Tables(inner) => json!([of_table(inner)]),
        form if form.is_text() => Value::String(key.example.to_owned()),
        _ => parsed(key.example),
    }
}

/// An example of a table: what it cannot do without, or else its first key.
pub(super) fn of_table(definition: &Definition) -> Value {
    let mut table = Map::new();
    let mut add = |key: &Key| {
        table.insert(key.name.to_owned(), of_key(key));
    };
    definition.keys.iter().filter(|key| key.is_required).for_each(&mut add);
    for rule in definition.rules {
        if let Rule::AtLeastOne([first, ..]) = rule {
            definition.key(first).into_iter().for_each(&mut add);
        }
    }
    if table.is_empty() {
        table.extend(definition.keys.first().map(|key| (key.name.to_owned(), of_key(key))));
    }
    Value::Object(table)
}

/// A key with its example, as a record has it.
pub(super) fn line(key: &Key) -> String {
    if key.form.is_text() {
        format!("{} = {:?}", key.name, key.example)
    } else {
        format!("{} = {}", key.name, key.example)
    }
}

/// A value as TOML writes it.
fn parsed(example: &str) -> Value {
    let text = format!("value = {example}");
    let table: toml::Table = toml::from_str(&text).expect("an example is a value");
    serde_json::to_value(&table["value"]).expect("TOML holds nothing that JSON cannot")
}
