//! A comparison for programs: everything that differs, whole and in the form of `docs/schemas/diff.json`.
//!
//! In comes a comparison, out goes one JSON object, the same bytes for the same comparison.
//! Nothing is cut and nothing is put in words: what is missing on a side is `null`.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Sides;
use crate::diff::compare::{Change, Step, What};
use crate::diff::fact::Fact;
use crate::diff::measure::Seen;
use crate::diff::{Address, AddressChange, Diff, Pages, RecordChange, Subject, Told};
use crate::report::document::document;

/// The number of this form. It changes when a reader of an older form would misread a newer one.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Output<'d> {
    version: u32,
    before: &'d str,
    after: &'d str,
    /// `same`, `layout` where only the form of files differs, or `changed`.
    verdict: &'static str,
    sites: Sites,
    records: Vec<Value>,
    results: Vec<Value>,
    figures: Vec<Value>,
    addresses: Vec<Value>,
    findings: Value,
    /// `null` where a side has no site to compare.
    files: Option<Value>,
    layout: &'d [String],
}

/// Which side has a site: one with errors has none.
#[derive(Serialize)]
struct Sites {
    before: bool,
    after: bool,
}

/// Writes a comparison.
pub fn render(diff: &Diff, sides: &Sides) -> String {
    let verdict = match (diff.is_empty(), diff.is_only_layout()) {
        (true, _) => "same",
        (false, true) => "layout",
        (false, false) => "changed",
    };
    let figure = |figure: &crate::diff::FigureChange| json!({"record": figure.record, "figure": figure.figure, "before": figure.before, "after": figure.after});
    let result = |result: &crate::diff::ResultChange| {
        json!({
            "certification": result.certification,
            "result": result.row,
            "before": result.before.as_ref().map(seen),
            "after": result.after.as_ref().map(seen),
        })
    };
    let output = Output {
        version: VERSION,
        before: &sides.before,
        after: &sides.after,
        verdict,
        sites: Sites { before: diff.has_site.0, after: diff.has_site.1 },
        records: diff.records.iter().map(record).collect(),
        results: diff.results.iter().map(result).collect(),
        figures: diff.figures.iter().map(figure).collect(),
        addresses: diff.addresses.iter().map(address).collect(),
        findings: json!({
            "new": diff.appear.iter().map(told).collect::<Vec<_>>(),
            "gone": diff.gone.iter().map(told).collect::<Vec<_>>(),
        }),
        files: diff.pages.as_ref().map(files),
        layout: &diff.layout,
    };
    document(&output)
}

fn record(record: &RecordChange) -> Value {
    let subject = |subject: &Option<Subject>| {
        subject.as_ref().map(|subject| json!({"id": subject.id, "title": subject.title}))
    };
    let change = match (&record.before, &record.after) {
        (None, _) => "added",
        (_, None) => "removed",
        _ if record.is_renamed() => "renamed",
        _ => "changed",
    };
    json!({
        "kind": record.kind,
        "record": record.name(),
        "change": change,
        "before": subject(&record.before),
        "after": subject(&record.after),
        "facts": record.changes.iter().map(change_of).collect::<Vec<_>>(),
    })
}

fn change_of(change: &Change) -> Value {
    let step = |step: &Step| {
        let mut value = Map::from_iter([("key".to_owned(), json!(step.key))]);
        value.extend(step.item.as_ref().map(|item| ("item".to_owned(), json!(item))));
        value.extend(step.was.as_ref().map(|was| ("was".to_owned(), json!(was))));
        Value::Object(value)
    };
    let path: Vec<Value> = change.path.iter().map(step).collect();
    let (kind, before, after) = match &change.what {
        What::Added(after) => ("added", Value::Null, value(after)),
        What::Removed(before) => ("removed", value(before), Value::Null),
        What::Changed(before, after) => ("changed", value(before), value(after)),
        What::Reordered(before, after) => ("reordered", json!(before), json!(after)),
    };
    json!({"path": path, "change": kind, "before": before, "after": after})
}

/// A fact as JSON. Numbers are texts, as everywhere in the data of a catalogue, because they are exact decimals.
fn value(fact: &Fact) -> Value {
    match fact {
        Fact::Text(text) | Fact::Number(text) => json!(text),
        Fact::Flag(flag) => json!(flag),
        Fact::List(items) => items.iter().map(value).collect(),
        Fact::Table(table) => {
            Value::Object(table.iter().map(|(key, fact)| (key.clone(), value(fact))).collect())
        }
        Fact::Prose(prose) => json!(prose.words),
    }
}

fn seen(seen: &Seen) -> Value {
    json!({"name": seen.name, "says": seen.says, "rating": seen.rating})
}

fn address(change: &AddressChange) -> Value {
    let stands = |address: &Option<Address>| {
        address.as_ref().map(|address| match address {
            Address::Page => json!({"kind": "page", "leads_to": null}),
            Address::File => json!({"kind": "file", "leads_to": null}),
            Address::LeadsTo(to) => json!({"kind": "redirect", "leads_to": to}),
        })
    };
    json!({"address": change.address, "before": stands(&change.before), "after": stands(&change.after)})
}

fn told(told: &Told) -> Value {
    json!({
        "code": told.code.name(),
        "severity": told.severity.word(),
        "record": told.subject,
        "message": told.message,
        "path": told.path,
        "line": told.line,
    })
}

fn files(pages: &Pages) -> Value {
    json!({"changed": pages.changed, "added": pages.added, "removed": pages.removed})
}
