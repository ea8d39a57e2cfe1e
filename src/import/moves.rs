//! Which rows of several releases are one element, and what happened to it between them.
//!
//! In come the rows of every release, out go threads: one for each element, with what each release says of it and how that was found.
//! What is concluded is marked as inferred; where two answers are possible none is taken, and a person is told.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::cells::folded;
use super::keys::Keys;
use super::record::Writer;
use super::{Loss, Report};
use crate::model::is_usable_id;

/// What a row says of an element in one release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) file: String,
    pub(super) line: u64,
    pub(super) words: String,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) level: Option<u8>,
    pub(super) domain: Option<String>,
    pub(super) parents: String,
    pub(super) key: String,
    pub(super) original_id: String,
    pub(super) description: String,
}

impl Listed {
    /// The row, where it is in no record.
    pub(super) fn loss(&self, why: impl Into<String>) -> Loss {
        self.cell_loss(&self.words, why)
    }

    /// A part of the row that is in no record.
    pub(super) fn cell_loss(&self, words: &str, why: impl Into<String>) -> Loss {
        Loss { file: self.file.clone(), line: self.line, words: words.to_owned(), why: why.into() }
    }
}

/// Drops rows that give an id of the release once more.
pub(super) fn drop_repeated(listed: &mut Vec<Listed>, report: &mut Report) {
    let mut first: HashMap<String, (u64, String)> = HashMap::new();
    listed.retain(|one| {
        let Some((line, name)) = first.get(&one.id) else {
            first.insert(one.id.clone(), (one.line, one.name.clone()));
            return true;
        };
        report.lost.push(one.loss(if *name == one.name {
            format!("line {line} has the same id and name")
        } else {
            format!("`{}` is `{name}` on line {line}; an id means one element in a release", one.id)
        }));
        false
    });
}

/// How a row was found to be of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    First,
    ByKey,
    ByOriginalId,
    ByIdAndName,
    ByName,
}

/// One element through the releases.
#[derive(Debug)]
pub(super) struct Thread {
    /// What each release says of it, the oldest first; a release may be missing.
    pub(super) states: Vec<(usize, Listed)>,
    found: Vec<Found>,
    /// The release in whose list it was looked for and not found, the first after each state that has one.
    lost_in: Vec<Option<usize>>,
    /// The release before its first one, where that has a list.
    sought_in: Option<usize>,
}

/// Follows the elements through the releases, oldest first.
pub(super) fn follow(
    releases: BTreeMap<usize, Vec<Listed>>,
    versions: &[&str],
    report: &mut Report,
) -> Vec<Thread> {
    let mut threads: Vec<Thread> = Vec::new();
    let mut before: Option<usize> = None;
    for (release, rows) in releases {
        let matched = Candidates::new(&threads, before).matches(&rows);
        let mut continued = HashSet::new();
        for (row, found) in rows.into_iter().zip(matched) {
            match found {
                Some((at, how)) => {
                    continued.insert(at);
                    threads[at].states.push((release, row));
                    threads[at].found.push(how);
                    threads[at].lost_in.push(None);
                }
                None => {
                    doubt(&row, (&threads, before), (release, versions), report);
                    continued.insert(threads.len());
                    threads.push(Thread {
                        states: vec![(release, row)],
                        found: vec![Found::First],
                        lost_in: vec![None],
                        sought_in: before,
                    });
                }
            }
        }
        for (at, thread) in threads.iter_mut().enumerate() {
            if !continued.contains(&at)
                && let Some(lost @ None) = thread.lost_in.last_mut()
            {
                *lost = Some(release);
                let (_, last) = thread.states.last().expect("a thread has a state");
                let why = format!(
                    "`{}` was not found in release {}: it is untraced from there on; if it is known what became of it, say so",
                    last.name, versions[release]
                );
                report.doubts.push(last.cell_loss(&last.id, why));
            }
        }
        before = Some(release);
    }
    threads
}

/// Tells of a row that has the id of another element in the release before.
fn doubt(
    row: &Listed,
    (threads, before): (&[Thread], Option<usize>),
    (release, versions): (usize, &[&str]),
    report: &mut Report,
) {
    let Some(before) = before else { return };
    let namesake = threads
        .iter()
        .filter_map(|thread| thread.states.last())
        .find(|(at, last)| *at == before && last.id == row.id && folded(&last.name) != folded(&row.name));
    if let Some((_, last)) = namesake {
        let why = format!(
            "the id is `{}` in release {} and `{}` in {}; they are written as two elements, join them if it is a new name only",
            last.name, versions[before], row.name, versions[release]
        );
        report.doubts.push(row.cell_loss(&row.id, why));
    }
}

/// The elements that a row may be of, by what rows say.
struct Candidates<'t> {
    keys: HashMap<&'t str, usize>,
    /// Every id that an element had, with the one that had it last.
    ids: HashMap<&'t str, usize>,
    /// Ids with names in the release before.
    ids_and_names: HashMap<(&'t str, String), usize>,
    names: HashMap<String, Vec<usize>>,
}

impl<'t> Candidates<'t> {
    fn new(threads: &'t [Thread], before: Option<usize>) -> Self {
        let mut candidates = Self {
            keys: HashMap::new(),
            ids: HashMap::new(),
            ids_and_names: HashMap::new(),
            names: HashMap::new(),
        };
        let mut newest: HashMap<&str, usize> = HashMap::new();
        for (at, thread) in threads.iter().enumerate() {
            for (release, listed) in &thread.states {
                if !listed.key.is_empty() {
                    candidates.keys.insert(&listed.key, at);
                }
                let known = newest.entry(&listed.id).or_insert(*release);
                if *release >= *known {
                    *known = *release;
                    candidates.ids.insert(&listed.id, at);
                }
            }
            if let Some((release, last)) = thread.states.last()
                && Some(*release) == before
            {
                candidates.ids_and_names.insert((&last.id, folded(&last.name)), at);
                candidates.names.entry(folded(&last.name)).or_default().push(at);
            }
        }
        candidates
    }

    /// The element of each row. What is said goes before what is concluded, and an element is taken once.
    fn matches(&self, rows: &[Listed]) -> Vec<Option<(usize, Found)>> {
        let mut found: Vec<Option<(usize, Found)>> = vec![None; rows.len()];
        let mut taken = HashSet::new();
        let mut pass = |how: Found, find: &dyn Fn(&Listed) -> Option<usize>| {
            for (row, found) in rows.iter().zip(&mut found) {
                if found.is_none()
                    && let Some(at) = find(row).filter(|at| !taken.contains(at))
                {
                    taken.insert(at);
                    *found = Some((at, how));
                }
            }
        };
        pass(Found::ByKey, &|row| self.keys.get(row.key.as_str()).copied());
        pass(Found::ByOriginalId, &|row| {
            let id = row.original_id.as_str();
            if id.is_empty() { None } else { self.ids.get(id).copied() }
        });
        pass(Found::ByIdAndName, &|row| {
            self.ids_and_names.get(&(row.id.as_str(), folded(&row.name))).copied()
        });
        let mut named: HashMap<String, usize> = HashMap::new();
        for row in rows {
            *named.entry(folded(&row.name)).or_default() += 1;
        }
        pass(Found::ByName, &|row| {
            let name = folded(&row.name);
            match (self.names.get(&name).map(Vec::as_slice), named.get(&name)) {
                (Some([only]), Some(1)) if row.original_id.is_empty() => Some(*only),
                _ => None,
            }
        });
        found
    }
}

/// A key for every element: the one that a list gives, or a new one.
pub(super) fn keys(threads: &[Thread], mut taken: Keys) -> Vec<String> {
    let said = threads.iter().map(|thread| {
        let said = thread.states.iter().map(|(_, listed)| listed.key.as_str()).find(|key| !key.is_empty());
        said.filter(|key| is_usable_id(key) && taken.insert(key)).map(str::to_owned)
    });
    // all that are given are taken before one is made
    let said: Vec<Option<String>> = said.collect();
    let first = threads.iter().map(|thread| &thread.states[0].1);
    said.into_iter()
        .zip(first)
        .map(|(said, first)| said.unwrap_or_else(|| taken.make(&first.name, &first.id)))
        .collect()
}

impl Thread {
    /// The element's record, with the keys of its parents in each of its states.
    pub(super) fn record(&self, key: &str, parents: &[Vec<&str>], versions: &[&str]) -> Writer {
        let mut record = Writer::default();
        let (first, listed) = &self.states[0];
        record.table("element");
        record.text("key", key);
        record.text("name", &listed.name);
        let is_constant = self.is_constant(parents) && (self.states.len() == versions.len());
        if is_constant {
            record.text("id", &listed.id);
        }
        if let Some(level) = listed.level {
            record.integer("level", level.into());
        }
        record.text("domain", listed.domain.as_deref().unwrap_or_default());
        if !parents[0].is_empty() {
            record.texts("parent", &parents[0]);
        }
        self.original(&mut record, versions);
        let described = self.states.iter().rev().map(|(_, listed)| listed.description.as_str());
        record.text("description", described.into_iter().find(|text| !text.is_empty()).unwrap_or_default());
        if is_constant {
            return record;
        }
        record.table("element.history");
        record.text("release", versions[*first]);
        record.text("change", "addition");
        record.text("id", &listed.id);
        record.text("basis", "inferred");
        record.text(
            "note",
            &match self.sought_in {
                Some(before) => format!("It was not found in the list of release {}.", versions[before]),
                None => format!("Release {} is the first of which a list was imported.", versions[*first]),
            },
        );
        for at in 1..=self.states.len() {
            if let Some(release) = self.lost_in[at - 1] {
                record.table("element.history");
                record.text("release", versions[release]);
                record.text("change", "untraced");
                record.text("basis", "inferred");
                record
                    .text("note", &format!("It was not found in the list of release {}.", versions[release]));
            }
            if at < self.states.len() {
                self.changes(at, parents, versions, &mut record);
            }
        }
        record
    }

    /// What earlier lists say in other words than the record: an element has one description and one original identifier.
    pub(super) fn superseded(&self) -> Vec<Loss> {
        let newest = |of: fn(&Listed) -> &String| {
            self.states.iter().rev().map(|(_, listed)| of(listed)).find(|text| !text.is_empty())
        };
        let (description, original) =
            (newest(|listed| &listed.description), newest(|listed| &listed.original_id));
        let mut losses = Vec::new();
        for (_, listed) in &self.states {
            for (said, kept) in [(&listed.description, description), (&listed.original_id, original)] {
                if !said.is_empty() && Some(said) != kept {
                    losses.push(
                        listed.cell_loss(said, "an element has one, and that of the newest list is kept"),
                    );
                }
            }
        }
        losses
    }

    /// Whether every release says the same.
    fn is_constant(&self, parents: &[Vec<&str>]) -> bool {
        let (_, first) = &self.states[0];
        let is_same = |(_, listed): &(usize, Listed)| {
            (&listed.id, &listed.name, listed.level, &listed.domain)
                == (&first.id, &first.name, first.level, &first.domain)
        };
        self.states.iter().all(is_same) && parents.iter().all(|other| *other == parents[0])
    }

    /// The original identifier, with its release where an earlier list has it.
    fn original(&self, record: &mut Writer, versions: &[&str]) {
        let said =
            self.states.iter().enumerate().rev().find(|(_, (_, listed))| !listed.original_id.is_empty());
        let Some((at, (_, listed))) = said else { return };
        record.text("original_id", &listed.original_id);
        let earlier = self.states[..at].iter().rev().find(|(_, earlier)| earlier.id == listed.original_id);
        if let Some((release, _)) = earlier {
            record.text("original_release", versions[*release]);
        }
    }

    /// The entries for what changed with a state.
    fn changes(&self, at: usize, parents: &[Vec<&str>], versions: &[&str], record: &mut Writer) {
        let ((before, old), (release, new)) = (&self.states[at - 1], &self.states[at]);
        let (how, basis) = match self.found[at] {
            Found::ByKey => ("its key", "editor"),
            Found::ByOriginalId => ("its original identifier", "inferred"),
            Found::ByIdAndName => ("its id and name", "inferred"),
            Found::First | Found::ByName => ("its name", "inferred"),
        };
        let note =
            format!("Found in the lists of {} and {} by {how}.", versions[*before], versions[*release]);
        let mut entry = |change: &str, write: &dyn Fn(&mut Writer)| {
            record.table("element.history");
            record.text("release", versions[*release]);
            record.text("change", change);
            write(record);
            record.text("basis", basis);
            record.text("note", &note);
        };
        if old.id != new.id || self.lost_in[at - 1].is_some() {
            entry("renumbering", &|record| record.text("id", &new.id));
        }
        if old.name != new.name {
            entry("rename", &|record| record.text("name", &new.name));
        }
        let has_moved = parents[at - 1] != parents[at] || new.domain.is_some() && old.domain != new.domain;
        if has_moved || new.level.is_some() && old.level != new.level {
            entry("move", &|record| {
                if let Some(level) = new.level.filter(|level| Some(*level) != old.level) {
                    record.integer("level", level.into());
                }
                if parents[at - 1] != parents[at] {
                    record.texts("parent", &parents[at]);
                }
                record.text(
                    "domain",
                    new.domain.as_deref().filter(|_| old.domain != new.domain).unwrap_or_default(),
                );
            });
        }
    }
}
