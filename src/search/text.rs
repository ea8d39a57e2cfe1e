//! The full text: which word stands on which page, and how much it weighs there.
//!
//! In come entries with the texts of their records, out go shards of words in order, each word with its pages.
//! A shard never grows past its bound: of a word that stands almost everywhere, the pages where it weighs most are kept.

use rustc_hash::FxHashMap;

use rayon::prelude::*;
use serde::Serialize;

use super::entries::{Entry, Kind};
use super::spelling::{fold, words};
use super::split::Key;
use crate::catalogue::Catalogue;
use crate::catalogue::mapping::Mapping;
use crate::model::shared::Remark;
use crate::route::Route;

/// How large a shard may be, in bytes before compression.
const SHARD: usize = 26_000;
/// So many pages are read by one thread at a time.
const BATCH: usize = 128;
/// Weights go from 0 to one less than this.
const WEIGHTS: u32 = 4;

/// A shard: words in order, and for each its pages.
#[derive(Debug, Serialize)]
pub(super) struct Shard {
    pub(super) stamp: String,
    pub(super) words: Vec<Box<str>>,
    /// For each word the numbers of its pages, each as its distance from the one before, times four, plus the word's weight there.
    pages: Vec<Vec<u32>>,
    /// For each word on how many pages it stands, where not all of them are kept; else 0.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    totals: Vec<usize>,
}

/// The pages of each word, as number of the page and weight.
type Postings = FxHashMap<Box<str>, Vec<(u32, u32)>>;

/// Makes the shards. Entries are numbered by their order.
pub(super) fn shards(catalogue: &Catalogue, entries: &[Entry<'_>], stamp: &str) -> Vec<Shard> {
    let batches: Vec<Postings> = entries
        .par_chunks(BATCH)
        .enumerate()
        .map(|(batch, entries)| postings(catalogue, entries, batch * BATCH))
        .collect();
    let mut all: Postings = FxHashMap::default();
    for batch in batches {
        let words: Vec<_> = batch.into_iter().collect();
        for (word, mut pages) in words {
            match all.get_mut(&word) {
                Some(known) => known.append(&mut pages),
                None => {
                    all.insert(word, pages);
                }
            }
        }
    }
    let mut sorted: Vec<(Key, Vec<(u32, u32)>)> =
        all.into_iter().map(|(word, pages)| (Key(word), pages)).collect();
    sorted.par_sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let coded: Vec<(Key, Vec<u32>, usize)> = sorted
        .into_par_iter()
        .map(|(word, pages)| {
            let total = pages.len();
            let coded = coded(pages);
            let is_cut = coded.len() < total;
            (word, coded, if is_cut { total } else { 0 })
        })
        .collect();
    pack(coded, stamp)
}

fn pack(words: Vec<(Key, Vec<u32>, usize)>, stamp: &str) -> Vec<Shard> {
    let mut shards: Vec<Shard> = Vec::new();
    let mut size = SHARD;
    for (word, pages, total) in words {
        let bytes = word.0.len() + 6 + length(&pages);
        if size + bytes > SHARD {
            shards.push(Shard {
                stamp: stamp.to_owned(),
                words: Vec::new(),
                pages: Vec::new(),
                totals: Vec::new(),
            });
            size = 0;
        }
        size += bytes;
        let Some(shard) = shards.last_mut() else { continue };
        shard.words.push(word.0);
        shard.pages.push(pages);
        shard.totals.push(total);
    }
    for shard in &mut shards {
        if shard.totals.iter().all(|total| *total == 0) {
            shard.totals.clear();
        }
    }
    shards
}

/// The digits and commas of a list.
fn length(numbers: &[u32]) -> usize {
    numbers.iter().map(|number| number.checked_ilog10().unwrap_or(0) as usize + 2).sum()
}

/// Pages as distances with weights; those of least weight are left out while the list is too long.
fn coded(mut pages: Vec<(u32, u32)>) -> Vec<u32> {
    let mut least = 0;
    loop {
        let mut before = 0;
        let coded: Vec<u32> = pages
            .iter()
            .map(|(page, weight)| {
                let distance = page - std::mem::replace(&mut before, *page);
                distance * WEIGHTS + weight
            })
            .collect();
        if length(&coded) <= SHARD / 2 {
            return coded;
        }
        least += 1;
        if least < WEIGHTS {
            pages.retain(|(_, weight)| *weight >= least);
        } else {
            pages.truncate(pages.len() * 3 / 4);
        }
    }
}

/// Reads some pages.
fn postings(catalogue: &Catalogue, entries: &[Entry<'_>], first: usize) -> Postings {
    let mut numbers: FxHashMap<Box<str>, usize> = FxHashMap::default();
    let mut pages: Vec<Vec<(u32, u32)>> = Vec::new();
    // how often each word stands on the page that is read, and which words do
    let mut times: Vec<usize> = Vec::new();
    let mut here: Vec<usize> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let mut total = 0;
        for text in texts(catalogue, entry) {
            let folded = fold(text);
            words(&folded, |word| {
                let number = match numbers.get(word) {
                    Some(number) => *number,
                    None => {
                        numbers.insert(word.into(), pages.len());
                        pages.push(Vec::new());
                        times.push(0);
                        pages.len() - 1
                    }
                };
                if times[number] == 0 {
                    here.push(number);
                }
                times[number] += 1;
                total += 1;
            });
        }
        for number in here.drain(..) {
            pages[number].push(((first + at) as u32, weight(std::mem::take(&mut times[number]), total)));
        }
    }
    numbers.into_iter().map(|(word, number)| (word, std::mem::take(&mut pages[number]))).collect()
}

/// How much a word weighs on a page: the more often it stands there and the shorter the page, as in BM25, in whole numbers.
fn weight(times: usize, words: usize) -> u32 {
    let times = 1000 * times;
    (WEIGHTS as usize * times / (times + 300 + 3 * words)) as u32
}

/// Everything that a page says in words of its record, its names included.
fn texts<'c>(catalogue: &'c Catalogue, entry: &'c Entry<'c>) -> Vec<&'c str> {
    let mut texts: Vec<&str> = Vec::new();
    match entry.route {
        Route::Element(index) => {
            let record = &catalogue.element(index).record;
            texts.push(&record.body.plain);
            texts.extend(
                record
                    .history
                    .iter()
                    .flat_map(|change| change.note.iter().chain(&change.printed))
                    .map(String::as_str),
            );
            texts.extend(remarks(&record.remarks));
        }
        Route::Certification(index) => {
            let record = &catalogue.certification(index).record;
            texts.push(&record.body.plain);
            for result in &record.results {
                texts.extend(result.comment.as_deref());
                texts.extend(result.evidence.iter().map(|(title, _)| &**title));
            }
            texts.extend(record.documents.iter().map(|document| document.title.as_str()));
            texts.extend(record.printed.iter().flat_map(|one| &one.texts).map(|text| text.value.as_str()));
            texts.extend(remarks(&record.remarks));
        }
        Route::Mapping(index) => {
            texts.extend(catalogue.certification(index).mapping.iter().flat_map(mapping));
        }
        Route::Organization(index) => {
            let record = &catalogue.organization(index).record;
            texts.push(&record.body.plain);
            texts.extend(record.country.as_deref());
            texts.extend(remarks(&record.remarks));
        }
        Route::Framework(index) => {
            let record = &catalogue.framework(index).record;
            texts.push(&record.body.plain);
            texts.extend(record.publisher.as_deref());
            for domain in &record.domains {
                texts.push(&domain.name);
                texts.extend(domain.description.as_deref());
            }
            for scale in &record.scales {
                texts.push(&scale.name);
                texts.extend(scale.note.as_deref());
                texts.extend(
                    scale
                        .ratings
                        .iter()
                        .flat_map(|rating| [Some(rating.label.as_str()), rating.meaning.as_deref()])
                        .flatten(),
                );
            }
        }
        Route::Release(index, release) => {
            texts.extend(catalogue.framework(index).record.releases[release].note.as_deref());
        }
        Route::Crosswalk(index) => {
            let record = &catalogue.crosswalks[index].record;
            texts.push(&record.body.plain);
            texts.extend(record.note.as_deref());
            texts.extend(record.links.iter().filter_map(|link| link.reason.as_deref()));
        }
        Route::Page(index) => texts.push(&catalogue.pages[index].record.body.plain),
        Route::Notice(index) => texts.push(&catalogue.notices[index].record.body.plain),
        _ => {}
    }
    // Its names count for queries of a name and a word of the text; alone they are no text.
    if entry.kind == Kind::Step || texts.iter().all(|text| text.is_empty()) {
        return Vec::new();
    }
    texts.extend([entry.name.as_ref(), entry.of.as_ref()]);
    texts.extend(entry.names.iter().map(|(_, name)| *name));
    texts
}

fn remarks(remarks: &[Remark]) -> impl Iterator<Item = &str> {
    remarks.iter().map(|remark| remark.text.value.as_str())
}

fn mapping(mapping: &Mapping) -> Vec<&str> {
    let mut texts: Vec<&str> = mapping.technique.iter().map(String::as_str).collect();
    texts.extend(mapping.works.iter().map(|work| work.record.title.as_str()));
    for scenario in &mapping.scenarios {
        texts.push(&scenario.record.name);
        texts.extend(scenario.record.note.as_deref());
    }
    for step in &mapping.steps {
        let record = &step.record;
        texts.extend(
            [&record.name, &record.actor, &record.description].into_iter().flatten().map(String::as_str),
        );
    }
    for element in &mapping.elements {
        let record = &element.record;
        texts.extend(record.note.as_deref());
        texts.extend(record.name.iter().map(|name| name.value.as_str()));
        for clause in &record.clauses {
            texts.push(&clause.text.value);
            texts.extend(clause.note.as_deref());
        }
    }
    texts.extend(mapping.remarks.iter().map(|(_, remark)| remark.text.value.as_str()));
    texts
}
