//! The search index: static files that a script of the theme looks things up in.
//!
//! In comes the catalogue, out go JSON files below `search/`: a directory, the entries with their names and ids, and the words of all texts.
//! Their form is the script's business and no interface; no interface word stands in them, and the same catalogue gives the same bytes.

mod spelling;
pub mod entries;
pub mod lists;
mod columns;
mod split;
mod text;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::catalogue::{Catalogue, Framework};
use crate::json;
use crate::route::{self, Route};
use columns::Part;
use entries::Entry;

pub use spelling::{fold, id_key, words};

/// How large the directory may be with all entries in it, in bytes before compression; a larger index is split.
const WHOLE: usize = 120_000;
/// How many entries a numbered part has.
const NUMBERED: usize = 128;

/// The file that a search begins with.
#[derive(Serialize)]
struct Directory<'e> {
    /// What the numbers of pages mean; parts of another build have another.
    stamp: &'e str,
    frameworks: Vec<FrameworkNames<'e>>,
    /// How many entries there are.
    count: usize,
    /// All of them, where there are few enough.
    entries: Option<Part<'e>>,
    /// How many entries each numbered part has.
    numbered: usize,
    /// The first and last key of each part.
    parts: Vec<[&'e str; 2]>,
    /// The lengths of words of which there is a list.
    lengths: Vec<usize>,
    /// The first word of each shard of the full text.
    text: Vec<&'e str>,
}

#[derive(Serialize)]
struct FrameworkNames<'e> {
    name: &'e str,
    short: &'e str,
    one: &'e str,
    many: &'e str,
    /// Where the pages of its elements stand.
    elements: String,
    /// Its releases, each with its page.
    releases: Vec<[String; 2]>,
    current: usize,
}

/// A part of the entries.
#[derive(Serialize)]
struct Entries<'e> {
    stamp: &'e str,
    entries: Part<'e>,
}

/// Words of one length.
#[derive(Serialize)]
struct Vocabulary<'e> {
    stamp: &'e str,
    words: Vec<&'e str>,
}

/// Every file of the index: its path below the site's root, and its bytes.
pub fn files(catalogue: &Catalogue) -> Vec<(String, Vec<u8>)> {
    let items = entries::items(catalogue);
    let entries: Vec<Entry<'_>> = items.into_par_iter().map(|item| Entry::of(catalogue, item)).collect();
    let entries = entries.as_slice();
    let stamp = stamp(catalogue, entries);
    let is_whole = entries.iter().map(columns::size).sum::<usize>() <= WHOLE;
    let by_key = if is_whole { BTreeMap::new() } else { split::by_key(entries) };
    let ranges = split::ranges(&by_key);
    let vocabulary = split::vocabulary(&by_key);
    let shards = text::shards(catalogue, entries, &stamp);
    let frameworks = catalogue.frameworks.iter().enumerate();
    let directory = Directory {
        stamp: &stamp,
        frameworks: frameworks.map(|(at, framework)| names(catalogue, at, framework)).collect(),
        count: entries.len(),
        entries: is_whole.then(|| columns::part(entries.iter())),
        numbered: NUMBERED,
        parts: ranges.iter().map(|range| [range.first.as_str(), range.last.as_str()]).collect(),
        lengths: vocabulary.keys().copied().collect(),
        text: shards.iter().filter_map(|shard| Some(shard.words.first()?.as_ref())).collect(),
    };
    let mut files = vec![(route::SEARCH_INDEX.to_owned(), json::file(&directory))];
    let part = |kind: &str, at: usize, part: Part<'_>| {
        (route::search_part(kind, at), json::file(&Entries { stamp: &stamp, entries: part }))
    };
    if !is_whole {
        let numbered = entries.par_chunks(NUMBERED).enumerate();
        files.par_extend(numbered.map(|(at, entries)| part("entries", at, columns::part(entries.iter()))));
        let ranges = ranges.par_iter().enumerate();
        files.par_extend(
            ranges.map(|(at, range)| part("names", at, columns::part(range.entries.iter().copied()))),
        );
        files.extend(vocabulary.into_iter().map(|(length, words)| {
            (route::search_part("words", length), json::file(&Vocabulary { stamp: &stamp, words }))
        }));
    }
    let shards = shards.par_iter().enumerate();
    files.par_extend(shards.map(|(at, shard)| (route::search_part("text", at), json::file(shard))));
    files
}

/// A digest of what stands under which number.
fn stamp(catalogue: &Catalogue, entries: &[Entry<'_>]) -> String {
    let mut digest = Sha256::new();
    for entry in entries {
        digest.update(entry.route.folder(catalogue));
        digest.update([0]);
    }
    let digest = digest.finalize();
    let start: u64 = digest.iter().take(6).fold(0, |start, byte| start << 8 | u64::from(*byte));
    format!("{start:012x}")
}

fn names<'e>(catalogue: &'e Catalogue, at: usize, framework: &'e Framework) -> FrameworkNames<'e> {
    let record = &framework.record;
    let releases = record.versions().into_iter().enumerate();
    FrameworkNames {
        name: &record.name,
        short: record.short_name.as_deref().unwrap_or(&record.name),
        one: &record.noun.one,
        many: &record.noun.many,
        elements: route::elements_folder(framework),
        releases: releases
            .map(|(release, version)| {
                [version.to_owned(), Route::Release(at.into(), release).folder(catalogue)]
            })
            .collect(),
        current: framework.current,
    }
}
