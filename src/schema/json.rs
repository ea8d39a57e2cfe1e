//! JSON Schemas, draft 7.
//!
//! In comes the definition of a record, out goes its schema with every table inside written out where it stands.
//! A schema refuses nothing that certalog accepts: where the two cannot say the same, the schema lets pass.

use serde_json::{Map, Value, json};

use super::{RecordKind, example, patterns};
use crate::diagnostic::Code;
use crate::parse::definition::{Definition, Form, Key, Rule};

/// The name by which the rules of draft 7 are known.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// The schema of a kind of record.
pub(super) fn schema(kind: &RecordKind) -> Value {
    let mut schema = match kind.list {
        Some(list) => either(kind.definition, list),
        None => table(kind.definition),
    };
    schema.insert("$schema".to_owned(), json!(DRAFT));
    schema.insert("title".to_owned(), json!(kind.definition.what.replace('`', "")));
    Value::Object(schema)
}

/// A file with one record, or with many under one key and nothing besides. The keys of both are offered, so that an editor
/// knows them before it knows which of the two the file will be.
fn either(one: &Definition, many: &Definition) -> Map<String, Value> {
    let mut schema = table(one);
    let needed = schema.remove("required").unwrap_or_default();
    let list = table(many);
    let names: Vec<&str> = many.keys.iter().map(|key| key.name).collect();
    for (name, property) in list["properties"].as_object().into_iter().flatten() {
        schema["properties"][name] = property.clone();
    }
    schema.insert("if".to_owned(), json!({ "required": names }));
    schema.insert("then".to_owned(), json!({ "propertyNames": { "enum": names } }));
    if needed != Value::Null {
        schema.insert("else".to_owned(), json!({ "required": needed }));
    }
    schema
}

/// The schema of a table.
fn table(definition: &Definition) -> Map<String, Value> {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("description".to_owned(), json!(definition.says));
    extend(&mut schema, keys(definition));
    schema
}

/// What a table's keys ask, without its type.
fn keys(definition: &Definition) -> Value {
    let properties: Map<String, Value> =
        definition.keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let required: Vec<&str> =
        definition.keys.iter().filter(|key| key.is_required).map(|key| key.name).collect();
    let mut schema = json!({ "additionalProperties": false, "properties": properties });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    let rules: Vec<Value> = definition.rules.iter().flat_map(|rule| self::rules(*rule)).collect();
    if !rules.is_empty() {
        schema["allOf"] = json!(rules);
    }
    schema
}

/// What keys ask of each other.
fn rules(rule: Rule) -> Vec<Value> {
    match rule {
        Rule::AtMostOne(names) => {
            let pairs = names.iter().enumerate().flat_map(|(at, first)| {
                names[at + 1..].iter().map(move |second| json!({ "not": { "required": [first, second] } }))
            });
            pairs.collect()
        }
        Rule::AtLeastOne(names) => {
            let each: Vec<Value> = names.iter().map(|name| json!({ "required": [name] })).collect();
            vec![json!({ "anyOf": each })]
        }
        Rule::AllOrNone(names) => {
            let all: Map<String, Value> =
                names.iter().map(|name| ((*name).to_owned(), json!(names))).collect();
            vec![json!({ "dependencies": all })]
        }
        Rule::Count(name, least, most) => {
            let mut count = json!({ "minItems": least });
            if most < usize::MAX {
                count["maxItems"] = json!(most);
            }
            vec![json!({ "properties": { name: count } })]
        }
        Rule::WithWord(key, word, needed) => vec![json!({
            "if": { "properties": { key: { "const": word } }, "required": [key] },
            "then": { "required": [needed] },
        })],
    }
}

/// The schema of a key's value.
fn property(key: &Key) -> Value {
    let mut schema = Map::new();
    schema.insert("description".to_owned(), json!(key.says));
    schema.insert("examples".to_owned(), json!([example::of_key(key)]));
    extend(&mut schema, form(key.form));
    Value::Object(schema)
}

fn form(form: Form) -> Value {
    match form {
        Form::Text | Form::LongText | Form::Prose => text(patterns::TEXT),
        Form::AnyText => json!({ "type": "string" }),
        Form::Texts => list(text(patterns::TEXT)),
        Form::TextOrTexts => one_or_many(patterns::TEXT),
        Form::Id => text(patterns::ID),
        Form::Ids => list(text(patterns::ID)),
        Form::IdOrIds => one_or_many(patterns::ID),
        Form::PageId => text(patterns::PAGE_ID),
        Form::Integer(i64::MIN, i64::MAX) => json!({ "type": "integer" }),
        Form::Integer(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Form::Decimal => json!({ "type": "number" }),
        Form::Flag => json!({ "type": "boolean" }),
        Form::Word(words) => json!({ "type": "string", "enum": words() }),
        Form::Words(words) => list(json!({ "type": "string", "enum": words() })),
        // A year may stand without quotation marks; a pattern is for texts and a range for numbers.
        Form::Date => json!({
            "type": ["string", "integer"], "pattern": patterns::DATE, "minimum": 1000, "maximum": 9999,
        }),
        Form::Address => text(patterns::ADDRESS),
        Form::SiteAddress => text(patterns::SITE_ADDRESS),
        Form::Language => text(patterns::LANGUAGE),
        Form::Coverage => text(patterns::COVERAGE),
        Form::FormerAddresses => list(text(patterns::FORMER_ADDRESS)),
        Form::Citations(inner) => {
            let mut item = json!({ "type": ["string", "object"], "pattern": patterns::CITATION });
            if let Value::Object(item) = &mut item {
                extend(item, keys(inner));
            }
            let mut schema = item.clone();
            schema["type"] = json!(["string", "object", "array"]);
            schema["items"] = item;
            schema
        }
        Form::Levels => levels(),
        Form::Table(inner) => {
            let mut schema = keys(inner);
            schema["type"] = json!("object");
            schema
        }
        Form::Tables(inner) => list(Value::Object(table(inner))),
    }
}

fn text(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

fn list(items: Value) -> Value {
    let mut list = json!({ "type": "array" });
    list["items"] = items;
    list
}

fn one_or_many(pattern: &str) -> Value {
    json!({ "type": ["string", "array"], "pattern": pattern, "items": text(pattern) })
}

/// The levels of diagnostics, by their codes.
fn levels() -> Value {
    let levels = Code::ALL.iter().map(|code| {
        let words: &[&str] = if code.is_configurable() { &["off", "warning", "error"] } else { &["error"] };
        let schema = json!({
            "type": "string", "description": code.summary(), "enum": words, "examples": [words[0]],
        });
        (code.name().to_owned(), schema)
    });
    let levels: Map<String, Value> = levels.collect();
    json!({ "type": "object", "additionalProperties": false, "properties": levels })
}

fn extend(schema: &mut Map<String, Value>, more: Value) {
    if let Value::Object(more) = more {
        schema.extend(more);
    }
}
