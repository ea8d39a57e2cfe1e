//! Findings, addresses and pages of two sides, compared.
//!
//! In come the lists of both sides, out goes what is on one of them only or differs.
//! A finding is known by what it says of which record, never by its line.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Severity};

/// A finding, by what it says. Where it stands is for people: it does not make it another.
#[derive(Clone, Debug)]
pub struct Told {
    /// How much it matters.
    pub severity: Severity,
    /// What kind of mistake.
    pub code: Code,
    /// The record that it is about.
    pub subject: String,
    /// What is wrong.
    pub message: String,
    /// The file in which it was found.
    pub path: String,
    /// The line of that file.
    pub line: u32,
}

impl Told {
    fn key(&self) -> (std::cmp::Reverse<Severity>, Code, &str, &str) {
        (std::cmp::Reverse(self.severity), self.code, &self.subject, &self.message)
    }
}

impl Told {
    /// Where it stands in a report: errors first, then as in the sources.
    fn place(&self) -> (std::cmp::Reverse<Severity>, &str, u32) {
        (std::cmp::Reverse(self.severity), &self.path, self.line)
    }
}

impl PartialEq for Told {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Told {}

impl PartialOrd for Told {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Told {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

/// The findings that are only on the newer side, and those that are only on the older one. `name` gives the newer name of a record.
pub(super) fn findings(
    before: &[Told],
    after: &[Told],
    name: &dyn Fn(&str) -> String,
) -> (Vec<Told>, Vec<Told>) {
    let mut counts: BTreeMap<Told, (Vec<&Told>, Vec<&Told>)> = BTreeMap::new();
    for old in before {
        let known = Told { subject: name(&old.subject), ..old.clone() };
        counts.entry(known).or_default().0.push(old);
    }
    for new in after {
        counts.entry(new.clone()).or_default().1.push(new);
    }
    let (mut appear, mut gone) = (Vec::new(), Vec::new());
    for (old, new) in counts.into_values() {
        // the same said twice is told twice: by how many there are more
        appear.extend(new.iter().skip(old.len()).map(|one| (*one).clone()));
        gone.extend(old.iter().skip(new.len()).map(|one| (*one).clone()));
    }
    for list in [&mut appear, &mut gone] {
        list.sort_by(|a: &Told, b: &Told| a.place().cmp(&b.place()).then_with(|| a.cmp(b)));
    }
    (appear, gone)
}

/// What stands at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// A page.
    Page,
    /// A document or a picture.
    File,
    /// A redirect to this address.
    LeadsTo(String),
}

/// An address that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressChange {
    /// The address below the site's root, with the slash before it.
    pub address: String,
    /// What stood there.
    pub before: Option<Address>,
    /// What stands there.
    pub after: Option<Address>,
}

impl AddressChange {
    /// Whether whoever follows it is left without an answer.
    pub fn is_lost(&self) -> bool {
        self.after.is_none()
    }
}

pub(super) fn addresses(
    before: &BTreeMap<String, Address>,
    after: &BTreeMap<String, Address>,
) -> Vec<AddressChange> {
    let mut all: Vec<&String> = before.keys().chain(after.keys()).collect();
    all.sort_unstable();
    all.dedup();
    let changes = all.into_iter().filter(|address| before.get(*address) != after.get(*address));
    let changes = changes.map(|address| AddressChange {
        address: address.clone(),
        before: before.get(address).cloned(),
        after: after.get(address).cloned(),
    });
    changes.collect()
}

/// The files of the site that differ, each list in the order of paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// Only on the newer side.
    pub added: Vec<String>,
    /// Only on the older side.
    pub removed: Vec<String>,
    /// On both, with other bytes.
    pub changed: Vec<String>,
}

impl Pages {
    pub(super) fn between(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Self {
        let only = |one: &BTreeMap<String, String>, other: &BTreeMap<String, String>| {
            one.keys().filter(|path| !other.contains_key(*path)).cloned().collect()
        };
        let changed =
            after.iter().filter(|(path, digest)| before.get(*path).is_some_and(|was| was != *digest));
        Self {
            added: only(after, before),
            removed: only(before, after),
            changed: changed.map(|(path, _)| path.clone()).collect(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether one of the files is a page; the others say in tables and data what pages say.
    pub fn is_page(path: &str) -> bool {
        path.rsplit_once('.').is_some_and(|(_, ending)| ending == "html")
    }
}
