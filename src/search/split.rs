//! The index of a large catalogue, split by what readers type.
//!
//! In come entries, out go parts that each hold all entries under the words and ids from one key to another; an entry stands in every part
//! where it may be looked for. No part depends on where another ends.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::columns;
use super::entries::{Entry, Kind};
use super::spelling::{fold, id_key, words};

/// About how large a part may be, in bytes before compression.
const PART: usize = 32_000;
/// A word must be as long for a slip to be forgiven, less one for the letter that was left out.
const SHORTEST: usize = 3;

/// A range of keys with the entries under them.
pub(super) struct Range<'e> {
    pub(super) first: String,
    pub(super) last: String,
    pub(super) entries: Vec<&'e Entry<'e>>,
}

/// A key in the order of the index: by UTF-16, as scripts compare texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key(pub(super) Box<str>);

impl Ord for Key {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        if self.0.is_ascii() && other.0.is_ascii() {
            return self.0.cmp(&other.0);
        }
        self.0.encode_utf16().cmp(other.0.encode_utf16())
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// What an entry can be looked for by: its ids, and the words of its names.
fn keys(entry: &Entry<'_>) -> BTreeSet<Key> {
    let mut keys = BTreeSet::new();
    let mut add = |key: &str| {
        if !key.is_empty() {
            keys.insert(Key(key.into()));
        }
    };
    for id in entry.ids.iter().filter_map(|(_, id)| *id) {
        add(&id_key(&fold(id)));
    }
    if !matches!(entry.kind, Kind::Element | Kind::Release | Kind::Step) {
        add(&id_key(entry.key));
    }
    let names = entry.names.iter().map(|(_, name)| *name);
    let owner = if entry.kind == Kind::Step { "" } else { entry.of.as_ref() };
    for name in names.chain([entry.name.as_ref(), owner]) {
        words(&fold(name), &mut add);
    }
    keys
}

/// The entries under every key.
pub(super) fn by_key<'e>(entries: &'e [Entry<'e>]) -> BTreeMap<Key, Vec<&'e Entry<'e>>> {
    let keys: Vec<BTreeSet<Key>> = entries.par_iter().map(keys).collect();
    let mut by_key: BTreeMap<Key, Vec<&Entry<'_>>> = BTreeMap::new();
    for (entry, keys) in entries.iter().zip(keys) {
        for key in keys {
            by_key.entry(key).or_default().push(entry);
        }
    }
    by_key
}

/// Packs keys into parts. A key with very many entries has several parts.
pub(super) fn ranges<'e>(by_key: &BTreeMap<Key, Vec<&'e Entry<'e>>>) -> Vec<Range<'e>> {
    let mut ranges: Vec<Range<'e>> = Vec::new();
    let mut held: BTreeSet<*const Entry<'_>> = BTreeSet::new();
    let mut size = 0;
    for (key, entries) in by_key {
        for entry in entries {
            let is_held = held.contains(&std::ptr::from_ref(*entry));
            let is_full = !is_held && size + columns::size(entry) > PART;
            if ranges.is_empty() || is_full {
                held.clear();
                size = 0;
                ranges.push(Range { first: key.0.to_string(), last: String::new(), entries: Vec::new() });
            }
            let Some(range) = ranges.last_mut() else { continue };
            if held.insert(std::ptr::from_ref(*entry)) {
                size += columns::size(entry);
                range.entries.push(entry);
            }
            range.last = key.0.to_string();
        }
    }
    ranges
}

/// The words in which a slip can be forgiven, by their length.
pub(super) fn vocabulary<'k>(by_key: &'k BTreeMap<Key, Vec<&Entry<'_>>>) -> BTreeMap<usize, Vec<&'k str>> {
    let mut vocabulary: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for Key(key) in by_key.keys() {
        let length = key.encode_utf16().count();
        if length >= SHORTEST && !key.contains(|letter: char| letter == ' ' || letter.is_numeric()) {
            vocabulary.entry(length).or_default().push(key);
        }
    }
    vocabulary
}
