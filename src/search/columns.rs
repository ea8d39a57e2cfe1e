//! Entries as columns: the form in which the index holds them.
//!
//! In come entries in their order, out go one group of columns a kind, without the columns that say nothing.
//! What follows from another column is not said again: a key that is the name in small letters is 0.

use std::collections::BTreeMap;

use serde::Serialize;

use super::entries::{Entry, Kind, Since};
use super::spelling;

/// Some of the entries, by kind.
pub(super) type Part<'e> = BTreeMap<&'static str, Group<'e>>;

/// The entries of one kind, column by column.
#[derive(Debug, Default, Serialize)]
pub(super) struct Group<'e> {
    name: Vec<&'e str>,
    #[serde(skip_serializing_if = "is_silent")]
    key: Vec<Cell<'e>>,
    #[serde(skip_serializing_if = "is_silent")]
    ids: Vec<Cell<'e>>,
    #[serde(skip_serializing_if = "is_silent")]
    names: Vec<Cell<'e>>,
    #[serde(skip_serializing_if = "is_silent")]
    framework: Vec<Cell<'e>>,
    #[serde(skip_serializing_if = "is_silent")]
    release: Vec<Cell<'e>>,
    #[serde(skip_serializing_if = "is_silent")]
    of: Vec<Cell<'e>>,
}

/// A value of a column; 0 where there is none.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Cell<'e> {
    Number(i32),
    Text(&'e str),
    List(Vec<Cell<'e>>),
}

const NONE: Cell<'static> = Cell::Number(0);

fn is_silent(column: &[Cell<'_>]) -> bool {
    column.iter().all(|cell| matches!(cell, Cell::Number(0)))
}

/// The name of a kind in the index.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Element => "element",
        Kind::Certification => "certification",
        Kind::Mapping => "mapping",
        Kind::Organization => "organization",
        Kind::Framework => "framework",
        Kind::Release => "release",
        Kind::Crosswalk => "crosswalk",
        Kind::Page => "page",
        Kind::Notice => "notice",
        Kind::Step => "step",
    }
}

/// Entries by kind, each kind in the order given.
pub(super) fn part<'e>(entries: impl Iterator<Item = &'e Entry<'e>>) -> Part<'e> {
    let mut part: Part<'e> = BTreeMap::new();
    for entry in entries {
        let group = part.entry(word(entry.kind)).or_default();
        let key = if spelling::slug(&entry.name) == entry.key { NONE } else { Cell::Text(entry.key) };
        group.name.push(&entry.name);
        group.key.push(key);
        group.ids.push(match entry.ids.as_slice() {
            [] => NONE,
            [(_, Some(id))] => Cell::Text(id),
            ids => Cell::List(
                ids.iter().flat_map(|(since, id)| [from(*since), id.map_or(NONE, Cell::Text)]).collect(),
            ),
        });
        group.names.push(match entry.names.as_slice() {
            [] => NONE,
            names => {
                Cell::List(names.iter().flat_map(|(since, name)| [from(*since), Cell::Text(name)]).collect())
            }
        });
        group.framework.push(Cell::Number(entry.framework.map_or(0, |framework| number(framework.index()))));
        group.release.push(Cell::Number(entry.release.map_or(0, number)));
        group.of.push(if entry.of.is_empty() { NONE } else { Cell::Text(&entry.of) });
    }
    part
}

/// The position of a framework or release.
fn number(position: usize) -> i32 {
    i32::try_from(position).unwrap_or(i32::MAX)
}

/// A release by its position; -1 for a time that is not known.
fn from(since: Since) -> Cell<'static> {
    Cell::Number(since.map_or(-1, number))
}

/// About how many bytes an entry takes.
pub(super) fn size(entry: &Entry<'_>) -> usize {
    let text = |text: &str| text.len() + 3;
    let ids: usize = entry.ids.iter().map(|(_, id)| text(id.unwrap_or_default()) + 2).sum();
    let names: usize = entry.names.iter().map(|(_, name)| text(name) + 3).sum();
    text(&entry.name) + text(entry.key) + text(&entry.of) + ids + names + 6
}
