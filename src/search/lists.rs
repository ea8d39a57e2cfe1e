//! Everything in two lists, by name and by id: what the search pages show without a script.
//!
//! In come the entries of the index, out go lines in order, each with the group in which it stands.
//! A line is a number of an entry: names and addresses are looked up where they are shown.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::entries::{Entry, Kind, Since};
use super::spelling::fold;
use crate::natural;

/// The two lists.
#[derive(Debug, Default)]
pub struct Lists<'c> {
    /// By name: every entry but steps, which are known by their ids.
    pub names: Vec<NameLine>,
    /// By id: every id of every element, framework by framework, then the steps of every mapping.
    pub ids: Vec<IdLine<'c>>,
}

/// A line of the list by name.
#[derive(Debug)]
pub struct NameLine {
    /// The entry, by its number.
    pub entry: usize,
    /// The letter under which it stands; none for what begins with a digit or a sign.
    pub letter: Option<char>,
}

/// A line of the list by id.
#[derive(Debug)]
pub struct IdLine<'c> {
    /// The entry, by its number.
    pub entry: usize,
    /// The id.
    pub id: &'c str,
    /// Since when it holds.
    pub from: Since,
    /// The last release in which it holds, where it does no longer.
    pub to: Option<usize>,
}

/// Makes the lists.
pub fn lists<'c>(entries: &[Entry<'c>]) -> Lists<'c> {
    let mut names: Vec<(String, NameLine)> = entries
        .par_iter()
        .enumerate()
        .filter(|(_, entry)| entry.kind != Kind::Step)
        .map(|(at, entry)| {
            let folded = fold(&entry.name).into_owned();
            let letter = folded.chars().find(|letter| letter.is_alphanumeric());
            let letter = letter.filter(|letter| letter.is_alphabetic());
            (folded, NameLine { entry: at, letter: letter.and_then(|letter| letter.to_uppercase().next()) })
        })
        .collect();
    names.par_sort_by(|(a_name, a), (b_name, b)| {
        a.letter.cmp(&b.letter).then_with(|| natural::compare(a_name, b_name)).then(a.entry.cmp(&b.entry))
    });
    let mut ids: Vec<IdLine<'_>> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        for (place, (from, id)) in entry.ids.iter().enumerate() {
            let Some(id) = *id else { continue };
            let until = entry.ids.get(place + 1).and_then(|(next, _)| *next);
            let to = until.map(|next| next.saturating_sub(1));
            ids.push(IdLine { entry: at, id, from: *from, to });
        }
    }
    ids.par_sort_by(|a, b| by_id(entries, a, b));
    Lists { names: names.into_iter().map(|(_, line)| line).collect(), ids }
}

fn by_id(entries: &[Entry<'_>], a: &IdLine<'_>, b: &IdLine<'_>) -> Ordering {
    let group = |line: &IdLine<'_>| {
        let entry = &entries[line.entry];
        let certification = if entry.kind == Kind::Step { entry.key } else { "" };
        (entry.kind, entry.framework.filter(|_| entry.kind == Kind::Element), certification)
    };
    group(a)
        .cmp(&group(b))
        .then_with(|| natural::compare(a.id, b.id))
        // The newest meaning of an id first.
        .then_with(|| b.to.is_none().cmp(&a.to.is_none()))
        .then_with(|| b.from.cmp(&a.from))
        .then_with(|| a.entry.cmp(&b.entry))
}
