//! Two trees of facts, compared value by value.
//!
//! In come the facts of one record before and after, out goes everything that differs, each with the way of keys that leads to it.
//! Items of lists are told apart by what names them, not by their places; a list in another order is a difference of its own.

use std::collections::BTreeMap;

use super::fact::{Fact, Table};

/// One step on the way to a value: a key, and the item of a list where the key holds one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// The key.
    pub key: String,
    /// What names the item.
    pub item: Option<String>,
    /// What named it before, where it is the same item under a mended name.
    pub was: Option<String>,
}

impl Step {
    fn of(key: &str) -> Self {
        Self { key: key.to_owned(), item: None, was: None }
    }

    /// Where the step stands among others, whichever side is called the first.
    fn order(&self) -> (&str, Option<&String>, Option<&String>) {
        let was = self.was.as_ref().or(self.item.as_ref());
        (&self.key, self.item.as_ref().min(was), self.item.as_ref().max(was))
    }
}

/// Something that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The way that leads to it.
    pub path: Vec<Step>,
    /// What was there and what is there now.
    pub what: What,
}

/// How it differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It is there now.
    Added(Fact),
    /// It is there no more.
    Removed(Fact),
    /// It has another value.
    Changed(Fact, Fact),
    /// A list has the same items in another order: their names before and after.
    Reordered(Vec<String>, Vec<String>),
}

impl What {
    /// The value before.
    pub fn before(&self) -> Option<&Fact> {
        match self {
            Self::Removed(fact) | Self::Changed(fact, _) => Some(fact),
            _ => None,
        }
    }

    /// The value after.
    pub fn after(&self) -> Option<&Fact> {
        match self {
            Self::Added(fact) | Self::Changed(_, fact) => Some(fact),
            _ => None,
        }
    }
}

/// Everything that differs between two tables, in the order of keys.
pub fn tables(before: &Table, after: &Table) -> Vec<Change> {
    let mut changes = Vec::new();
    compare_tables(before, after, &mut Vec::new(), &mut changes);
    changes.sort_by(|a, b| a.path.iter().map(Step::order).cmp(b.path.iter().map(Step::order)));
    changes
}

fn compare_tables(before: &Table, after: &Table, way: &mut Vec<Step>, changes: &mut Vec<Change>) {
    let mut keys: Vec<&String> = before.keys().chain(after.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        way.push(Step::of(key));
        compare(before.get(key), after.get(key), way, changes);
        way.pop();
    }
}

fn compare(before: Option<&Fact>, after: Option<&Fact>, way: &mut Vec<Step>, changes: &mut Vec<Change>) {
    match (before, after) {
        (Some(before), Some(after)) if before == after => {}
        (Some(Fact::Table(before)), Some(Fact::Table(after))) => compare_tables(before, after, way, changes),
        (before, after) => {
            if let Some((before, after)) = both_items(before, after) {
                return compare_items(&before, &after, way, changes);
            }
            let what = match (before.cloned(), after.cloned()) {
                (Some(before), Some(after)) => What::Changed(before, after),
                (Some(before), None) => What::Removed(before),
                (None, Some(after)) => What::Added(after),
                (None, None) => return,
            };
            changes.push(Change { path: way.clone(), what });
        }
    }
}

/// The items of two lists of tables; one of the two may be missing altogether.
fn both_items<'f>(
    before: Option<&'f Fact>,
    after: Option<&'f Fact>,
) -> Option<(Vec<&'f Table>, Vec<&'f Table>)> {
    match (before.map(items), after.map(items)) {
        (Some(Some(before)), Some(Some(after))) => Some((before, after)),
        (Some(Some(before)), None) => Some((before, Vec::new())),
        (None, Some(Some(after))) => Some((Vec::new(), after)),
        _ => None,
    }
}

/// The items of a list of tables.
fn items(fact: &Fact) -> Option<Vec<&Table>> {
    let Fact::List(items) = fact else { return None };
    let tables = items.iter().map(|item| if let Fact::Table(table) = item { Some(table) } else { None });
    tables.collect::<Option<Vec<_>>>().filter(|items| !items.is_empty())
}

/// What names an item of a list, and whether an item with another name may be the same thing with its name mended.
fn identity(list: &str, item: &Table) -> (Option<String>, bool) {
    let text = |key: &str| item.get(key).and_then(Fact::as_text).map(str::to_owned);
    let pair = |one: Option<String>, between: &str, other: Option<String>| match (one, other) {
        (Some(one), Some(other)) => Some(format!("{one}{between}{other}")),
        (one, other) => one.or(other),
    };
    match list {
        "result" => (pair(text("element"), "@", text("release")), false),
        "mapping" | "cell" => (text("element"), false),
        "release" => (text("version"), false),
        "domain" | "scale" | "scenario" | "step" => (text("id").or_else(|| text("step")), false),
        "level" => (text("number"), false),
        "rating" => (text("id").or_else(|| text("label")).or_else(|| text("of")), true),
        "link" => (pair(text("from"), " to ", text("to")), false),
        "history" => (pair(text("change"), " in ", text("release").or_else(|| text("version"))), true),
        "module" => (text("name"), true),
        "document" | "work" | "evidence" | "navigation" => (text("title").or_else(|| text("step")), true),
        "clause" => (pair(text("part"), ": ", text("text")), true),
        "remark" => (text("text"), true),
        _ => (text("id").or_else(|| text("name")).or_else(|| text("title")), true),
    }
}

/// An item with the name by which it is looked for; the second of the same name has a number.
struct Named<'t> {
    name: String,
    table: &'t Table,
    may_be_mended: bool,
}

fn named<'t>(list: &str, items: &[&'t Table]) -> Vec<Named<'t>> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let named = items.iter().map(|table| {
        let (name, may_be_mended) = identity(list, table);
        let name = name.unwrap_or_else(|| Fact::Table((*table).clone()).shown());
        let times = seen.entry(name.clone()).or_default();
        *times += 1;
        let name = if *times > 1 { format!("{name} ({times})") } else { name };
        Named { name, table, may_be_mended }
    });
    named.collect()
}

fn compare_items(before: &[&Table], after: &[&Table], way: &mut Vec<Step>, changes: &mut Vec<Change>) {
    let list = way.last().map_or(String::new(), |step| step.key.clone());
    let (before, after) = (named(&list, before), named(&list, after));
    let place_after: BTreeMap<&str, usize> =
        after.iter().enumerate().map(|(at, item)| (item.name.as_str(), at)).collect();
    let mut partner: Vec<Option<usize>> =
        before.iter().map(|item| place_after.get(item.name.as_str()).copied()).collect();
    mend(&before, &after, &mut partner);
    let mut is_known = vec![false; after.len()];
    partner.iter().flatten().for_each(|at| is_known[*at] = true);
    let item = |way: &mut Vec<Step>, name: &str, was: Option<&str>| {
        let step = way.last_mut().expect("a list has a key");
        (step.item, step.was) = (Some(name.to_owned()), was.map(str::to_owned));
    };
    for (old, partner) in before.iter().zip(&partner) {
        match partner {
            Some(at) => {
                let new = &after[*at];
                item(way, &new.name, Some(old.name.as_str()).filter(|was| *was != new.name));
                compare_tables(old.table, new.table, way, changes);
            }
            None => {
                item(way, &old.name, None);
                let what = What::Removed(Fact::Table(old.table.clone()));
                changes.push(Change { path: way.clone(), what });
            }
        }
    }
    for (new, _) in after.iter().zip(&is_known).filter(|(_, is_known)| !**is_known) {
        item(way, &new.name, None);
        changes.push(Change { path: way.clone(), what: What::Added(Fact::Table(new.table.clone())) });
    }
    let step = way.last_mut().expect("a list has a key");
    (step.item, step.was) = (None, None);
    let common: Vec<usize> = partner.iter().flatten().copied().collect();
    if !common.is_sorted() {
        let names_before = before.iter().zip(&partner).filter(|(_, partner)| partner.is_some());
        let names_after = after.iter().zip(&is_known).filter(|(_, is_known)| **is_known);
        let what = What::Reordered(
            names_before.map(|(item, _)| item.name.clone()).collect(),
            names_after.map(|(item, _)| item.name.clone()).collect(),
        );
        changes.push(Change { path: way.clone(), what });
    }
}

/// How many unnamed items are tried with each other; a list that was replaced as a whole is not worth more.
const MOST_PAIRS: usize = 2_500;

/// Finds items that are the same but for what names them, such as a clause whose text was mended: at least half of what both
/// say is the same. Pairs are taken from the most alike on, so that it makes no difference which side is called the first.
fn mend(before: &[Named<'_>], after: &[Named<'_>], partner: &mut [Option<usize>]) {
    let taken: std::collections::BTreeSet<usize> = partner.iter().flatten().copied().collect();
    let old: Vec<usize> =
        (0..before.len()).filter(|at| partner[*at].is_none() && before[*at].may_be_mended).collect();
    let new: Vec<usize> =
        (0..after.len()).filter(|at| !taken.contains(at) && after[*at].may_be_mended).collect();
    if old.len().saturating_mul(new.len()) > MOST_PAIRS {
        return;
    }
    let mut pairs = Vec::new();
    for one in &old {
        for other in &new {
            let likeness = likeness(before[*one].table, after[*other].table);
            if likeness >= 50 {
                let names = [&before[*one].name, &after[*other].name];
                let key = (names.iter().min().copied(), names.iter().max().copied());
                pairs.push((
                    std::cmp::Reverse(likeness),
                    one.abs_diff(*other),
                    one + other,
                    key,
                    *one,
                    *other,
                ));
            }
        }
    }
    pairs.sort_unstable();
    let mut used = std::collections::BTreeSet::new();
    for (.., one, other) in pairs {
        if partner[one].is_none() && used.insert(other) {
            partner[one] = Some(other);
        }
    }
}

/// How much of what two tables say is the same, in hundredths. Keys whose values differ a little count half.
pub fn likeness(one: &Table, other: &Table) -> usize {
    let keys: std::collections::BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let score = |key: &&String| match (one.get(*key), other.get(*key)) {
        (Some(one), Some(other)) if one == other => 2,
        (Some(Fact::Text(one)), Some(Fact::Text(other))) => {
            usize::from(strsim::normalized_damerau_levenshtein(&cut(one), &cut(other)) > 0.6)
        }
        (Some(Fact::Prose(_)), Some(Fact::Prose(_))) => 1,
        (Some(Fact::List(one)), Some(Fact::List(other))) => {
            usize::from(one.iter().any(|item| other.contains(item)))
        }
        _ => 0,
    };
    match keys.len() {
        0 => 100,
        count => keys.iter().map(score).sum::<usize>() * 50 / count,
    }
}

/// Enough of a text to see whether it is like another.
fn cut(text: &str) -> String {
    text.chars().take(100).collect()
}
