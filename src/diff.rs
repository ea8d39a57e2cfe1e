//! What a change of a catalogue means.
//!
//! In come two sides, each a catalogue that went through the build, out goes one value with everything that differs.
//! Nothing is read, built or printed here; what differs in the facts is never left out, and what differs only in their form is not called a change.

pub mod fact;
pub mod compare;
pub mod rename;
pub mod measure;
pub mod told;
pub mod title;
pub mod side;

use std::collections::{BTreeMap, BTreeSet};

use compare::Change;
use fact::{Fact, Record};
use measure::Seen;
pub use side::Side;
pub use told::{Address, AddressChange, Pages, Told};

/// Everything that differs between two sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The records that were added, removed, renamed or changed.
    pub records: Vec<RecordChange>,
    /// The results that moved, in certifications that both sides have.
    pub results: Vec<ResultChange>,
    /// The counts, means, coverages and states that moved.
    pub figures: Vec<FigureChange>,
    /// The addresses that appear, vanish or lead elsewhere.
    pub addresses: Vec<AddressChange>,
    /// The findings that are new.
    pub appear: Vec<Told>,
    /// The findings that are gone.
    pub gone: Vec<Told>,
    /// The files of the site that differ; nothing where errors keep a side from having a site.
    pub pages: Option<Pages>,
    /// Which of the two sides has a site.
    pub has_site: (bool, bool),
    /// Files whose text differs and whose facts do not.
    pub layout: Vec<String>,
    /// What people call the records whose results and figures moved, by name; where both sides have one, on the newer side.
    pub titles: BTreeMap<String, String>,
}

/// A record on one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// How many values it states.
    pub size: usize,
}

/// A record that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordChange {
    /// What kind of record.
    pub kind: &'static str,
    /// What it was; nothing where it is new.
    pub before: Option<Subject>,
    /// What it is; nothing where it is gone.
    pub after: Option<Subject>,
    /// What differs in a record that both sides have; in one that only one of them has, all it says.
    pub changes: Vec<Change>,
}

impl RecordChange {
    /// The side on which there is one: the newer, if both.
    pub fn subject(&self) -> &Subject {
        self.after.as_ref().or(self.before.as_ref()).expect("a record is on one side at least")
    }

    /// Whether it has another id.
    pub fn is_renamed(&self) -> bool {
        self.before.as_ref().zip(self.after.as_ref()).is_some_and(|(before, after)| before.id != after.id)
    }

    /// The name of the record among all, the newer where it has two.
    pub fn name(&self) -> String {
        fact::name(self.kind, &self.subject().id)
    }
}

/// A result that moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultChange {
    /// The id of its certification, the newer where it has two.
    pub certification: String,
    /// The element's id as the certification states it.
    pub row: String,
    /// What it was.
    pub before: Option<Seen>,
    /// What it is.
    pub after: Option<Seen>,
}

/// A figure that moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureChange {
    /// The name of its record, the newer where it has two.
    pub record: String,
    /// Which figure.
    pub figure: String,
    /// What it was.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
}

impl Diff {
    /// Whether nothing differs, not even the form of a file.
    pub fn is_empty(&self) -> bool {
        self.layout.is_empty() && self.has_same_facts()
    }

    /// Whether nothing differs but the form of some files.
    pub fn is_only_layout(&self) -> bool {
        !self.layout.is_empty() && self.has_same_facts()
    }

    fn has_same_facts(&self) -> bool {
        let lists = [self.records.len(), self.results.len(), self.figures.len(), self.addresses.len()];
        lists.iter().all(|count| *count == 0)
            && self.appear.is_empty()
            && self.gone.is_empty()
            && self.pages.as_ref().is_none_or(Pages::is_empty)
    }
}

/// What differs between two sides.
pub fn between(before: &Side, after: &Side) -> Diff {
    let renames = rename::renames(&before.records, &after.records);
    let names = Names(&renames);
    let records = records(before, after, &names);
    let layout = layout(before, after, &records);
    let (appear, gone) = told::findings(&before.findings, &after.findings, &|subject| names.of(subject));
    let pages = before.pages.as_ref().zip(after.pages.as_ref());
    let (results, figures) = (results(before, after, &names), figures(before, after, &names));
    let certifications = results.iter().map(|result| fact::name("certification", &result.certification));
    let named = certifications.chain(figures.iter().map(|figure| figure.record.clone()));
    let title = |side: &Side, name: &String| Some(title::of(side.records.get(name)?, &side.records));
    let titles = named.filter_map(|name| Some((title(after, &name).or_else(|| title(before, &name))?, name)));
    Diff {
        titles: titles.map(|(title, name)| (name, title)).collect(),
        results,
        figures,
        addresses: told::addresses(&before.addresses, &after.addresses),
        appear,
        gone,
        pages: pages.map(|(before, after)| Pages::between(before, after)),
        has_site: (before.pages.is_some(), after.pages.is_some()),
        layout,
        records,
    }
}

/// The names of the older side's records on the newer side.
struct Names<'r>(&'r BTreeMap<String, String>);

impl Names<'_> {
    fn of(&self, name: &str) -> String {
        self.0.get(name).map_or(name, String::as_str).to_owned()
    }
}

fn records(before: &Side, after: &Side, names: &Names<'_>) -> Vec<RecordChange> {
    let mut changes = Vec::new();
    let mut met = BTreeSet::new();
    for (name, old) in &before.records {
        let new_name = names.of(name);
        let new = after.records.get(&new_name);
        met.insert(new_name);
        changes.extend(record(before, after, (Some(old), new)));
    }
    let new = after.records.iter().filter(|(name, _)| !met.contains(*name));
    changes.extend(new.filter_map(|(_, new)| record(before, after, (None, Some(new)))));
    let order = |change: &RecordChange| {
        let ids = [change.before.as_ref(), change.after.as_ref()].map(|one| one.map(|one| one.id.clone()));
        let mut ids: Vec<String> = ids.into_iter().flatten().collect();
        ids.sort();
        (title::rank(change.kind), ids)
    };
    changes.sort_by_cached_key(order);
    changes
}

fn record<'s>(
    before: &'s Side,
    after: &'s Side,
    (old, new): (Option<&'s Record>, Option<&'s Record>),
) -> Option<RecordChange> {
    let nothing = fact::Table::new();
    let facts = |record: Option<&'s Record>| record.map_or(&nothing, |record| &record.facts);
    let changes = compare::tables(facts(old), facts(new));
    let subject = |side: &Side, record: &Record| Subject {
        id: record.id.clone(),
        title: title::of(record, &side.records),
        size: record.facts.values().map(Fact::size).sum(),
    };
    let is_same = old.zip(new).is_some_and(|(old, new)| old.id == new.id && changes.is_empty());
    let kind = old.or(new)?.kind;
    (!is_same).then(|| RecordChange {
        kind,
        before: old.map(|old| subject(before, old)),
        after: new.map(|new| subject(after, new)),
        changes,
    })
}

fn results(before: &Side, after: &Side, names: &Names<'_>) -> Vec<ResultChange> {
    let mut changes = Vec::new();
    for (id, old) in &before.measures.rows {
        let name = names.of(&fact::name("certification", id));
        let certification = name.trim_start_matches("certification/").to_owned();
        let Some(new) = after.measures.rows.get(&certification) else { continue };
        let rows: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let moved = rows.into_iter().filter_map(|row| {
            let (before, after) = (old.get(row), new.get(row));
            let says = |seen: Option<&Seen>| seen.map(|seen| (seen.says.clone(), seen.rating.clone()));
            (says(before) != says(after)).then(|| ResultChange {
                certification: certification.clone(),
                row: row.clone(),
                before: before.cloned(),
                after: after.cloned(),
            })
        });
        changes.extend(moved);
    }
    changes.sort_by(|a, b| (&a.certification, &a.row).cmp(&(&b.certification, &b.row)));
    changes
}

/// The figures that moved, those of new and of lost records among them.
fn figures(before: &Side, after: &Side, names: &Names<'_>) -> Vec<FigureChange> {
    let renamed = before.measures.figures.iter();
    let old: BTreeMap<(String, String), &String> =
        renamed.map(|((record, figure), value)| ((names.of(record), figure.clone()), value)).collect();
    let new = &after.measures.figures;
    let keys: BTreeSet<&(String, String)> = old.keys().chain(new.keys()).collect();
    let changes = keys.into_iter().filter_map(|key| {
        let (before, after) = (old.get(key).copied(), new.get(key));
        (before != after).then(|| FigureChange {
            record: key.0.clone(),
            figure: key.1.clone(),
            before: before.cloned(),
            after: after.cloned(),
        })
    });
    changes.collect()
}

/// The files whose text differs, without those of records that say something else now.
fn layout(before: &Side, after: &Side, changes: &[RecordChange]) -> Vec<String> {
    let mut told: BTreeSet<&String> = BTreeSet::new();
    for change in changes {
        for (side, subject) in [(before, &change.before), (after, &change.after)] {
            let name = subject.as_ref().map(|subject| fact::name(change.kind, &subject.id));
            let record = name.and_then(|name| side.records.get(&name));
            told.extend(record.into_iter().flat_map(|record| &record.files));
        }
    }
    let changed = after.sources.changed_since(&before.sources);
    changed.into_iter().filter(|path| !told.contains(path)).collect()
}
