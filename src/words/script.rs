//! The generated module `static/words.js`: what scripts say, and how the language writes numbers and counts things.
//!
//! In come the texts of the section `script`, out goes JavaScript that is valid whatever a text holds.
//! Words of pages never go there, so that a script stays as small as what it says.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::{Text, Words};

/// How a text is filled and counted: the part of the module that is the same in every language.
const FORMS: &str = include_str!("forms.js");

/// The module.
pub(super) fn module(words: &Words, keys: &[&str]) -> String {
    let mut root = Map::new();
    for key in keys {
        let Some(name) = key.strip_prefix("script.") else { continue };
        let value = match &words.texts[*key] {
            Text::One(text) => Value::from(text.as_str()),
            Text::Counted(forms) => {
                Value::Object(forms.iter().map(|(name, text)| (name.to_owned(), text.into())).collect())
            }
        };
        insert(&mut root, name, value);
    }
    let mut module = String::from("// Made by certalog from the theme's language file.\n");
    for (name, value) in [
        ("language", Value::from(words.rules.language())),
        ("decimalMark", words.get("form.decimal").into()),
        ("groupMark", words.get("form.group").into()),
        ("words", Value::Object(root)),
    ] {
        writeln!(module, "export const {name} = {};", literal(&value))
            .expect("writing to a string cannot fail");
    }
    module + FORMS
}

fn insert(table: &mut Map<String, Value>, key: &str, value: Value) {
    match key.split_once('.') {
        None => {
            table.insert(key.to_owned(), value);
        }
        Some((name, rest)) => {
            let inner = table.entry(name).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

/// A value as JavaScript: JSON without the characters that end a line of a script or a script element.
fn literal(value: &Value) -> String {
    let json = value.to_string();
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}
