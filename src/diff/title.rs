//! What people call a record, and in which order kinds of records are told.
//!
//! In comes a record with all others, out goes one line: the product with its version, an element with its newest id.
//! The texts are those of the record itself, as they are written; making them safe to show is the report's task.

use super::fact::{Fact, Record, Records, Table};

/// The kinds of records in the order in which a report tells of them.
const KINDS: [&str; 12] = [
    "certification",
    "mapping",
    "element",
    "framework",
    "crosswalk",
    "organization",
    "page",
    "notice",
    "home",
    "site",
    "translation",
    "file",
];

/// The place of a kind in a report.
pub fn rank(kind: &str) -> usize {
    KINDS.iter().position(|known| *known == kind).unwrap_or(KINDS.len())
}

/// What people call a record; its id where it says nothing of the kind.
pub fn of(record: &Record, all: &Records) -> String {
    let text = |key: &str| text(&record.facts, key);
    let title = match record.kind {
        "certification" => product(record, all),
        "mapping" => {
            let certification = all.get(&format!("certification/{}", record.id));
            certification.and_then(|certification| product(certification, all))
        }
        "element" => text("name").map(|name| match newest_id(&record.facts) {
            Some(id) => format!("{id} {name}"),
            None => name.to_owned(),
        }),
        "site" | "page" | "notice" | "home" => text("title").map(str::to_owned),
        _ => text("name").map(str::to_owned),
    };
    title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| record.id.clone())
}

fn text<'t>(facts: &'t Table, key: &str) -> Option<&'t str> {
    facts.get(key).and_then(Fact::as_text)
}

/// A product with its version, and whose it is against what.
fn product(record: &Record, all: &Records) -> Option<String> {
    let text = |key: &str| text(&record.facts, key);
    let version = text("version").filter(|version| *version != "unspecified");
    let product = [text("product"), version].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let name = |kind: &str, keys: [&str; 2]| {
        let id = text(kind)?;
        let found = all.get(&format!("{kind}/{id}"));
        let found = found.and_then(|found| keys.iter().find_map(|key| self::text(&found.facts, key)));
        Some(found.unwrap_or(id).to_owned())
    };
    let against = [name("framework", ["short_name", "name"]), text("release").map(str::to_owned)];
    let against: Vec<String> = against.into_iter().flatten().collect();
    let of = [name("organization", ["name", "name"]), Some(against.join(" "))];
    let of: Vec<String> = of.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    text("product")?;
    Some(if of.is_empty() { product } else { format!("{product} ({})", of.join(", ")) })
}

/// The last id that the history of an element gives it, or its own.
fn newest_id(facts: &Table) -> Option<&str> {
    let last = match facts.get("history") {
        Some(Fact::List(entries)) => entries.iter().rev().find_map(|entry| match entry {
            Fact::Table(entry) => text(entry, "id"),
            _ => None,
        }),
        _ => None,
    };
    last.or_else(|| text(facts, "id"))
}
