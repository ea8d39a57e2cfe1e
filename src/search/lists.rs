//! Everything in two lists, by name and by id: what the search pages show without a script.
//!
//! In come the entries of the index, out go lines in order, each with the group in which it stands.
//! A line is a place in the catalogue: names and addresses are looked up where they are shown.

use std::cmp::Ordering;

use super::entries::{self, Entry, Item, Kind};
use super::spelling::fold;
use crate::catalogue::Catalogue;
use crate::natural;

/// The two lists.
#[derive(Debug, Default)]
pub struct Lists {
    /// By name: everything but steps, which are known by their ids.
    pub names: Vec<NameLine>,
    /// By id: every id of every element, framework by framework, then the steps of every mapping.
    pub ids: Vec<IdLine>,
}

/// A line of the list by name.
#[derive(Clone, Copy, Debug)]
pub struct NameLine {
    /// What it leads to.
    pub item: Item,
    /// The letter under which it stands; none for what begins with a digit or a sign.
    pub letter: Option<char>,
}

/// A line of the list by id.
#[derive(Clone, Copy, Debug)]
pub struct IdLine {
    /// What it leads to.
    pub item: Item,
    /// Which of its ids.
    pub place: usize,
}

impl Lists {
    /// Makes the lists.
    pub fn of(catalogue: &Catalogue) -> Self {
        let items = entries::items(catalogue);
        // On one thread: whoever waits for these lists is a worker, and one that fetched other work in here could wait for itself.
        let entries: Vec<(Item, Entry<'_>)> =
            items.into_iter().map(|item| (item, Entry::of(catalogue, item))).collect();
        let mut names: Vec<(String, NameLine)> = entries
            .iter()
            .filter(|(item, _)| item.kind() != Kind::Step)
            .map(|(item, entry)| {
                let folded = fold(&entry.name).into_owned();
                let first = folded.chars().find(|letter| letter.is_alphanumeric());
                let letter = first.filter(|letter| letter.is_alphabetic());
                let letter = letter.and_then(|letter| letter.to_uppercase().next());
                (folded, NameLine { item: *item, letter })
            })
            .collect();
        names.sort_by(|(a_name, a), (b_name, b)| {
            a.letter.cmp(&b.letter).then_with(|| natural::compare(a_name, b_name))
        });
        let mut ids: Vec<(&Entry<'_>, IdLine)> = Vec::new();
        for (item, entry) in &entries {
            let places = entry.ids.iter().enumerate().filter(|(_, (_, id))| id.is_some());
            ids.extend(places.map(|(place, _)| (entry, IdLine { item: *item, place })));
        }
        ids.sort_by(|(a, a_line), (b, b_line)| by_id((a, a_line.place), (b, b_line.place)));
        Self {
            names: names.into_iter().map(|(_, line)| line).collect(),
            ids: ids.into_iter().map(|(_, line)| line).collect(),
        }
    }
}

fn by_id((a, a_place): (&Entry<'_>, usize), (b, b_place): (&Entry<'_>, usize)) -> Ordering {
    let group = |entry: &Entry<'_>| match entry.kind {
        Kind::Step => (1, None, entry.key.to_owned()),
        _ => (0, entry.framework, String::new()),
    };
    let is_former = |entry: &Entry<'_>, place: usize| place + 1 < entry.ids.len();
    group(a)
        .cmp(&group(b))
        .then_with(|| {
            natural::compare(a.ids[a_place].1.unwrap_or_default(), b.ids[b_place].1.unwrap_or_default())
        })
        // The newest meaning of an id first.
        .then_with(|| is_former(a, a_place).cmp(&is_former(b, b_place)))
        .then_with(|| b.ids[b_place].0.cmp(&a.ids[a_place].0))
        .then_with(|| a.key.cmp(b.key))
}
