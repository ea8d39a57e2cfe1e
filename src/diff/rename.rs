//! Records that are the same under another id.
//!
//! In come the records of both sides, out go the names that changed, old to new.
//! What lies in the folder of a renamed record goes with it; nothing is guessed where two records are not for the most part alike.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::compare::likeness;
use super::fact::{self, Record, Records};

/// How alike two records must be, in hundredths of what they say.
const LIKENESS: usize = 60;
/// How many records may be tried with each other.
const MOST_PAIRS: usize = 5_000;

/// The renamed records: old names to new names.
pub fn renames(before: &Records, after: &Records) -> BTreeMap<String, String> {
    let mut renames = BTreeMap::new();
    // frameworks and certifications take others with them, so they come first
    for kind in [
        "framework",
        "certification",
        "element",
        "organization",
        "crosswalk",
        "page",
        "notice",
        "mapping",
        "file",
    ] {
        let old: Vec<&Record> =
            lost(before, after, kind).filter(|one| !renames.contains_key(&one.name())).collect();
        let taken: BTreeSet<&String> = renames.values().collect();
        let new: Vec<&Record> =
            lost(after, before, kind).filter(|one| !taken.contains(&one.name())).collect();
        let found = pairs(&old, &new);
        for (old, new) in found {
            renames.insert(old.name(), new.name());
            for (from, to) in [follow(old, new), follow_files(old, new)].into_iter().flatten() {
                take_along(before, after, (&from, &to), &mut renames);
            }
        }
    }
    renames
}

/// The records of a kind that the other side does not have.
fn lost<'r>(one: &'r Records, other: &'r Records, kind: &'static str) -> impl Iterator<Item = &'r Record> {
    let prefix = format!("{kind}/");
    let of_kind = one.range(prefix.clone()..).take_while(move |(name, _)| name.starts_with(&prefix));
    of_kind.filter(|(name, _)| !other.contains_key(*name)).map(|(_, record)| record)
}

/// The pairs of most likeness first, each record in one of them. It makes no difference which side is called the first.
fn pairs<'r>(old: &[&'r Record], new: &[&'r Record]) -> Vec<(&'r Record, &'r Record)> {
    let mut candidates = Vec::new();
    let is_small = old.len().saturating_mul(new.len()) <= MOST_PAIRS;
    for (at, one) in old.iter().enumerate() {
        for (place, other) in new.iter().enumerate() {
            let is_same = one.facts == other.facts && !one.facts.is_empty();
            if !is_same && (!is_small || one.kind == "file") {
                continue;
            }
            let likeness = if is_same { 200 } else { likeness(&one.facts, &other.facts) };
            if likeness >= LIKENESS {
                let ids = [&one.id, &other.id];
                candidates.push((
                    Reverse(likeness),
                    ids.iter().min().copied(),
                    ids.iter().max().copied(),
                    at,
                    place,
                ));
            }
        }
    }
    candidates.sort_unstable();
    let (mut used, mut taken) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (.., at, place) in candidates {
        if !used.contains(&at) && !taken.contains(&place) {
            used.insert(at);
            taken.insert(place);
            pairs.push((old[at], new[place]));
        }
    }
    pairs
}

/// How the names of records below a renamed one begin.
fn follow(old: &Record, new: &Record) -> Option<(String, String)> {
    match old.kind {
        "framework" => Some((format!("element/{}/", old.id), format!("element/{}/", new.id))),
        "certification" => Some((fact::name("mapping", &old.id), fact::name("mapping", &new.id))),
        _ => None,
    }
}

/// How the names of files in the folder of a renamed record begin.
fn follow_files(old: &Record, new: &Record) -> Option<(String, String)> {
    let folder = match old.kind {
        "framework" => "frameworks",
        "certification" => "certifications",
        _ => return None,
    };
    let below = |id: &str| format!("file/content/{folder}/{id}/");
    Some((below(&old.id), below(&new.id)))
}

fn take_along(
    before: &Records,
    after: &Records,
    (from, to): (&str, &str),
    renames: &mut BTreeMap<String, String>,
) {
    for name in
        before.range(from.to_owned()..).map(|(name, _)| name).take_while(|name| name.starts_with(from))
    {
        let new = format!("{to}{}", &name[from.len()..]);
        if after.contains_key(&new) && !before.contains_key(&new) && !after.contains_key(name) {
            renames.insert(name.clone(), new);
        }
    }
}
