//! Elements find their parents and domains, and every release gets its tree.
//!
//! In come element records by framework and key, out go elements with linked states and the releases they add up to.
//! A cycle of parents is reported and left out of the tree, so that every later walk ends.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Collected, suggest};
use crate::catalogue::{Absence, Element, ElementIx, FrameworkIx, Release, Standing, State};
use crate::diagnostic::{Code, Diagnostic};
use crate::lineage::{self, NamedState};
use crate::model::element::{ElementRecord, When};
use crate::model::framework::FrameworkRecord;
use crate::natural;
use crate::near;
use crate::text::{FileId, Place, Span, Spanned};

/// Links the elements of all frameworks; the releases come in the order of frameworks by id.
pub(super) fn link(
    collected: &mut Collected,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Element>, Vec<Vec<Release>>) {
    let own = std::mem::take(&mut collected.elements);
    let collected = &*collected;
    let mut by_framework: BTreeMap<String, Vec<(FileId, Arc<ElementRecord>)>> = BTreeMap::new();
    for ((framework, _), element) in own {
        by_framework.entry(framework).or_default().push(element);
    }
    let mut first = 0;
    let frameworks: Vec<_> = collected
        .frameworks
        .iter()
        .enumerate()
        .map(|(index, (id, (_, record)))| {
            let records = by_framework.remove(id).unwrap_or_default();
            let start = first;
            first += records.len();
            (FrameworkIx::from(index), id, record, records, start)
        })
        .collect();
    // No framework knows of another: each is linked for itself.
    let linked = frameworks.into_par_iter().map(|(index, id, record, records, first)| {
        let mut found = Vec::new();
        let framework = FrameworkLinks::new(id, record, &records, first, collected);
        let linked = framework.link(&mut found);
        drop(framework);
        let own: Vec<Element> = records
            .into_iter()
            .zip(linked)
            .enumerate()
            .map(|(position, ((file, record), states))| Element {
                framework: index,
                position,
                file,
                record,
                states,
                results: Vec::new(),
            })
            .collect();
        let releases = trees(&own, first, &record.versions(), &mut found);
        (own, releases, found)
    });
    let linked: Vec<(Vec<Element>, Vec<Release>, Vec<Diagnostic>)> = linked.collect();
    let mut elements = Vec::with_capacity(first);
    let mut releases = Vec::with_capacity(linked.len());
    for (own, trees, mut found) in linked {
        elements.extend(own);
        releases.push(trees);
        diagnostics.append(&mut found);
    }
    // Elements of a framework that has no record at all are reported once, at the first of them.
    for (framework, records) in by_framework {
        if collected.is_broken("framework", &framework) {
            continue;
        }
        let (file, _) = &records[0];
        let message = format!("no framework has the id `{framework}`");
        let place = Place::new(*file, Span::start_of_file());
        diagnostics.push(
            Diagnostic::new(Code::UnknownFramework, place, message)
                .help(format!("add `content/frameworks/{framework}/framework.toml`")),
        );
    }
    (elements, releases)
}

type States = Vec<(usize, Result<State, Absence>)>;

/// What the elements of one framework can refer to.
struct FrameworkLinks<'r> {
    id: &'r str,
    record: &'r FrameworkRecord,
    records: &'r [(FileId, Arc<ElementRecord>)],
    keys: HashMap<&'r str, ElementIx>,
    collected: &'r Collected,
}

impl<'r> FrameworkLinks<'r> {
    fn new(
        id: &'r str,
        record: &'r FrameworkRecord,
        records: &'r [(FileId, Arc<ElementRecord>)],
        first: usize,
        collected: &'r Collected,
    ) -> Self {
        let keys = records.iter().enumerate();
        let keys = keys.map(|(at, (_, element))| (element.key.value.as_str(), (first + at).into()));
        Self { id, record, records, keys: keys.collect(), collected }
    }

    fn link(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<States> {
        let versions = self.record.versions();
        let linked = self.records.iter().map(|(file, record)| {
            self.check_names(*file, record, &versions, diagnostics);
            let states = lineage::states(record, &versions);
            if states.is_empty() && record.history.is_empty() && !record.is_history_broken {
                let place = Place::new(*file, record.key.span);
                let message = format!("the element `{}` has no id in any release", record.key.value);
                diagnostics.push(Diagnostic::new(Code::MissingKey, place, message).help(
                    "give it an `id` at the top, or a `[[history]]` entry with the `id` it has in a release",
                ));
            }
            states.into_iter().map(|(from, state)| (from, state.map(|state| self.resolve(&state)))).collect()
        });
        linked.collect()
    }

    fn resolve(&self, state: &NamedState<'_>) -> State {
        let parents = state.parents.iter().filter_map(|key| self.keys.get(key.value.as_str()).copied());
        State {
            id: state.id.value.to_owned(),
            name: state.name.to_owned(),
            level: state.level,
            parents: parents.collect(),
            domain: state.domain.and_then(|id| self.domain(&id.value)),
        }
    }

    fn domain(&self, id: &str) -> Option<usize> {
        self.record.domains.iter().position(|domain| domain.id.value == id)
    }

    /// Reports every name in an element's record that leads to nothing.
    fn check_names(
        &self,
        file: FileId,
        record: &ElementRecord,
        versions: &[&str],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let changes = || record.history.iter();
        let parents = changes().filter_map(|change| change.parents.as_ref()).flatten();
        for key in record.parents.iter().chain(parents) {
            self.check_key(Code::UnknownParent, file, key, diagnostics);
        }
        for key in changes().flat_map(|change| change.into.iter().chain(&change.from)) {
            self.check_key(Code::UnknownElement, file, key, diagnostics);
        }
        let domains = changes().filter_map(|change| change.domain.as_ref());
        for id in record.domain.iter().chain(domains) {
            if self.domain(&id.value).is_none() {
                let message = format!("the framework `{}` has no domain `{}`", self.id, id.value);
                let unknown = Diagnostic::new(Code::UnknownDomain, Place::new(file, id.span), message);
                let known = self.record.domains.iter().map(|domain| domain.id.value.as_str());
                diagnostics.push(suggest(unknown, &id.value, known, |id| {
                    format!("add a `[[domain]]` with `id = \"{id}\"` to framework.toml")
                }));
            }
        }
        let releases = changes().filter_map(|change| match &change.when {
            When::Release(release) => Some(release),
            When::Version(_) => None,
        });
        let is_unknown = |release: &&Spanned<String>| !versions.contains(&release.value.as_str());
        for release in releases.filter(is_unknown) {
            diagnostics.push(unknown_release(file, release, self.id, versions).help(
                "list it in framework.toml, or write `version` in place of `release` if it is not one of them",
            ));
        }
        for release in record.complete_in.iter().chain(&record.original_release).filter(is_unknown) {
            diagnostics.push(unknown_release(file, release, self.id, versions));
        }
    }

    fn check_key(&self, code: Code, file: FileId, key: &Spanned<String>, diagnostics: &mut Vec<Diagnostic>) {
        let is_broken = self.collected.is_broken("element", &format!("{}/{}", self.id, key.value));
        if self.keys.contains_key(key.value.as_str()) || is_broken {
            return;
        }
        if self.collected.incomplete.contains(self.id) {
            return;
        }
        let message = format!("no element record of `{}` is called `{}`", self.id, key.value);
        let unknown = Diagnostic::new(code, Place::new(file, key.span), message);
        let mut known: Vec<&str> = Vec::new();
        if !near::is_flood(diagnostics, code) {
            known.extend(self.keys.keys().copied());
            known.sort_unstable();
        }
        diagnostics.push(suggest(unknown, &key.value, known, |_| {
            "an element is named by its file's name or its `key`, not by its id or title".to_owned()
        }));
    }
}

/// A release that a framework does not have, with the nearest that it has.
pub(super) fn unknown_release(
    file: FileId,
    release: &Spanned<String>,
    framework: &str,
    versions: &[&str],
) -> Diagnostic {
    let message = format!("the framework `{framework}` has no release `{}`", release.value);
    let unknown = Diagnostic::new(Code::UnknownRelease, Place::new(file, release.span), message);
    // All are named and none is suggested: the nearest in letters is another release, and rarely the one that was meant.
    unknown.help(format!("its releases are {}", versions.join(", ")))
}

/// The tree of every release, from the states of the framework's elements.
fn trees(
    elements: &[Element],
    first: usize,
    versions: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Release> {
    let mut unreachable = BTreeMap::new();
    let mut clashes = BTreeMap::new();
    let releases = (0..versions.len()).map(|index| {
        let mut release =
            Release { standing: vec![Standing::default(); elements.len()], ..Release::default() };
        let states: Vec<Option<&State>> =
            elements.iter().map(|element| element.in_release(index).ok()).collect();
        for (at, state) in states.iter().enumerate() {
            let Some(state) = state else { continue };
            let element = ElementIx::from(first + at);
            if let Some(other) = release.ids.insert(state.id.as_str().into(), element) {
                release.ids.insert(state.id.as_str().into(), other);
                clashes.entry((other, element)).or_insert((state.id.clone(), versions[index].to_owned()));
            }
            let parents = state.parents.iter().filter(|parent| states[parent.index() - first].is_some());
            let mut has_parent = false;
            for parent in parents {
                has_parent = true;
                let children = &mut release.standing[parent.index() - first].children;
                // a parent that is named twice is named twice in a row
                if children.last() != Some(&element) {
                    children.push(element);
                }
            }
            if !has_parent {
                release.roots.push(element);
            }
        }
        for (at, element) in elements.iter().enumerate() {
            let former = lineage::last_id(&element.record, versions, index);
            let former = former.filter(|_| element.in_release(index) == Err(Absence::Withdrawn));
            if let Some(id) = former.filter(|id| !release.ids.contains_key(*id)) {
                release.withdrawn.entry(id.into()).or_insert(ElementIx::from(first + at));
            }
        }
        order(&mut release, (elements, first, &states));
        let is_lost = |at: &usize| states[*at].is_some() && release.standing[*at].order.is_none();
        for at in above_themselves((0..elements.len()).filter(is_lost).collect(), &states, first) {
            unreachable.entry(at).or_insert(index);
        }
        release
    });
    let releases = releases.collect();
    report_clashes(elements, first, clashes, diagnostics);
    report_cycles(elements, first, &unreachable, versions, diagnostics);
    releases
}

/// Of elements that no root leads to, those that can be their own ancestors: what merely hangs below others is taken away from the
/// lowest on, so that nobody has to go up from there.
fn above_themselves(lost: BTreeSet<usize>, states: &[Option<&State>], first: usize) -> BTreeSet<usize> {
    let parents = |at: usize| {
        let parents = states[at].into_iter().flat_map(|state| &state.parents);
        parents.map(|parent| parent.index() - first)
    };
    let mut children = vec![0_usize; states.len()];
    for parent in lost.iter().flat_map(|at| parents(*at)) {
        children[parent] += 1;
    }
    let mut left = lost;
    let mut waiting: Vec<usize> = left.iter().copied().filter(|at| children[*at] == 0).collect();
    while let Some(at) = waiting.pop() {
        left.remove(&at);
        for parent in parents(at) {
            children[parent] -= 1;
            if children[parent] == 0 && left.contains(&parent) {
                waiting.push(parent);
            }
        }
    }
    left
}

/// Orders roots and children, walks the tree once, and hands domains down to children.
fn order(release: &mut Release, (elements, first, states): (&[Element], usize, &[Option<&State>])) {
    let key = |index: &ElementIx| {
        let at = index.index() - first;
        let id = states[at].map_or("", |state| state.id.as_str());
        (elements[at].record.order, id)
    };
    let compare = |a: &ElementIx, b: &ElementIx| {
        let ((order_a, id_a), (order_b, id_b)) = (key(a), key(b));
        let by_order = order_a.unwrap_or(i64::MAX).cmp(&order_b.unwrap_or(i64::MAX));
        by_order.then_with(|| natural::compare(id_a, id_b))
    };
    for standing in &mut release.standing {
        standing.children.sort_by(compare);
    }
    let domain = |index: &ElementIx| {
        states[index.index() - first].and_then(|state| state.domain).unwrap_or(usize::MAX)
    };
    release.roots.sort_by(|a, b| domain(a).cmp(&domain(b)).then_with(|| compare(a, b)));
    let mut waiting: Vec<(ElementIx, Option<usize>)> =
        release.roots.iter().rev().map(|root| (*root, None)).collect();
    while let Some((element, inherited)) = waiting.pop() {
        let at = element.index() - first;
        let own = states[at].and_then(|state| state.domain).or(inherited);
        let order = release.members.len() as u32;
        let standing = &mut release.standing[at];
        if standing.order.is_some() {
            continue;
        }
        standing.order = Some(order);
        standing.domain = own;
        release.members.push(element);
        waiting.extend(standing.children.iter().rev().map(|child| (*child, own)));
    }
}

fn report_clashes(
    elements: &[Element],
    first: usize,
    clashes: BTreeMap<(ElementIx, ElementIx), (String, String)>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for ((one, other), (id, version)) in clashes {
        let (one, other) = (&elements[one.index() - first], &elements[other.index() - first]);
        let message = format!(
            "`{id}` is the id of both `{}` and `{}` in release {version}",
            one.record.key.value, other.record.key.value
        );
        diagnostics.push(
            Diagnostic::new(Code::DuplicateId, id_place(other, &id), message)
                .label(id_place(one, &id), "the id is given here first")
                .help("an id means one element in one release; results could not tell them apart"),
        );
    }
}

/// Where an element's record gives an id.
fn id_place(element: &Element, id: &str) -> Place {
    let ids = element.record.history.iter().filter_map(|change| change.id.as_ref());
    let written = ids.chain(&element.record.id).find(|written| written.value == id);
    written.map_or_else(|| element.place(), |written| Place::new(element.file, written.span))
}

/// One report for every cycle; elements that merely hang below one are not at fault.
fn report_cycles(
    elements: &[Element],
    first: usize,
    unreachable: &BTreeMap<usize, usize>,
    versions: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut told = BTreeSet::new();
    for (&start, &release) in unreachable {
        if told.contains(&start) {
            continue;
        }
        let Some(path) = path_to_itself(elements, first, start, release) else { continue };
        told.extend(path.iter().copied());
        let element = &elements[start].record;
        let names: Vec<String> =
            path.iter().map(|at| format!("`{}`", elements[*at].record.key.value)).collect();
        let message = format!(
            "`{}` is its own ancestor in release {}: {}",
            element.key.value,
            versions[release],
            names.join(" → ")
        );
        let changed = element.history.iter().rev().find_map(|change| change.parents.as_ref()?.first());
        let parent = changed.or(element.parents.first());
        let span = parent.map_or(element.key.span, |parent| parent.span);
        let place = Place::new(elements[start].file, span);
        diagnostics.push(Diagnostic::new(Code::ParentCycle, place, message));
    }
}

/// The way from an element over its parents back to itself, if there is one.
fn path_to_itself(elements: &[Element], first: usize, start: usize, release: usize) -> Option<Vec<usize>> {
    let mut came_from = BTreeMap::new();
    let mut waiting = vec![start];
    while let Some(at) = waiting.pop() {
        let parents = elements[at].in_release(release).ok()?.parents.iter();
        for parent in parents.map(|parent| parent.index() - first) {
            if parent == start {
                let mut path = vec![start, at];
                while *path.last()? != start {
                    path.push(*came_from.get(path.last()?)?);
                }
                path.reverse();
                return Some(path);
            }
            if elements[parent].in_release(release).is_ok() && !came_from.contains_key(&parent) {
                came_from.insert(parent, at);
                waiting.push(parent);
            }
        }
    }
    None
}
