//! What histories say of each other: additions, original identifiers, splits and merges, parents that are gone.
//!
//! In come elements with their histories and states, out go `late-addition`, `unknown-original-id`, `split-without-targets`,
//! `one-sided-lineage` and `withdrawn-parent`. An element without any entry for a release says nothing about it and is not at fault.

use std::collections::BTreeMap;

use crate::catalogue::{Absence, Catalogue, Element, Framework};
use crate::diagnostic::{Code, Diagnostic};
use crate::lineage::release_of;
use crate::model::date::Day;
use crate::model::element::{Change, ChangeKind};
use crate::text::{Place, Spanned};

/// Every element with its framework and the framework's versions.
fn each<'c>(catalogue: &'c Catalogue, mut check: impl FnMut(&'c Framework, &[&str], &'c Element)) {
    for framework in &catalogue.frameworks {
        let versions = framework.record.versions();
        for element in &framework.elements {
            check(framework, &versions, catalogue.element(*element));
        }
    }
}

/// The entries of a history that belong to releases of the framework, in the order of the releases.
fn entries<'c>(element: &'c Element, versions: &[&str]) -> Vec<(usize, &'c Change)> {
    let history = element.record.history.iter();
    let mut entries: Vec<_> =
        history.filter_map(|change| Some((release_of(change, versions)?, change))).collect();
    entries.sort_by_key(|(release, _)| *release);
    entries
}

pub(super) fn additions_come_first(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    each(catalogue, |_, versions, element| {
        let entries = entries(element, versions);
        for (at, (release, change)) in entries.iter().enumerate() {
            if change.kind != ChangeKind::Addition {
                continue;
            }
            // What was withdrawn or lost may come again; what stands in the release before cannot.
            let stood_before =
                release.checked_sub(1).is_some_and(|before| element.in_release(before).is_ok());
            let twice = entries[..at]
                .iter()
                .find(|(other, earlier)| other == release && earlier.kind == ChangeKind::Addition);
            if !stood_before && twice.is_none() {
                continue;
            }
            let version = versions[*release];
            let message = match twice {
                Some(_) => format!("`{}` is added to release {version} twice", element.name()),
                None => format!(
                    "`{}` is added in release {version} and stands in release {} already",
                    element.name(),
                    versions[release - 1]
                ),
            };
            let mut late = Diagnostic::new(Code::LateAddition, Place::new(element.file, change.span), message)
                .help("an element is added once; what happens to it later is a `modification`, `renumbering` or another change");
            let first = twice.or(entries.first()).filter(|(_, first)| first.span != change.span);
            if let Some((_, first)) = first {
                late = late.label(Place::new(element.file, first.span), "its history begins here");
            }
            found.push(late);
        }
    });
}

pub(super) fn original_ids_exist(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    each(catalogue, |framework, versions, element| {
        let record = &element.record;
        let (Some(id), Some(release)) = (&record.original_id, &record.original_release) else { return };
        let Some(at) = versions.iter().position(|version| *version == release.value) else { return };
        let version = &release.value;
        let (message, help) = match element.in_release(at) {
            Ok(state) if state.id == id.value => return,
            Ok(state) => (
                format!(
                    "`{}` is stated as the original identifier in release {version}, and the history says `{}`",
                    id.value, state.id
                ),
                "correct the identifier, or the `id` of the history's entry",
            ),
            Err(absence) => {
                let why = match absence {
                    Absence::NotYet => "the history does not begin before a later release",
                    Absence::Withdrawn => "the history says that the element was withdrawn by then",
                    Absence::Untraced => "the history says that the element is not traced there",
                };
                (
                    format!("`{}` is stated as an identifier of release {version}, and {why}", id.value),
                    "give the history an entry with this `id` for the release, or leave `original_release` out",
                )
            }
        };
        let place = Place::new(element.file, id.span);
        let mut unknown = Diagnostic::new(Code::UnknownOriginalId, place, message).help(help);
        if let Some(other) = framework.releases[at].ids.get(id.value.as_str()) {
            let other = catalogue.element(*other);
            unknown = unknown.label(other.place(), format!("the element that has this id in {version}"));
        }
        found.push(unknown);
    });
}

pub(super) fn splits_have_targets(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    each(catalogue, |framework, _, element| {
        for change in &element.record.history {
            // Both sides may tell of it: the one that was split names `into`, each that came of it names `from`.
            if !change.into.is_empty() || !change.from.is_empty() {
                continue;
            }
            let (what, key, noun) = match change.kind {
                ChangeKind::Split => ("a split", "into", "it became"),
                ChangeKind::Merge => ("a merge", "from", "went into this one"),
                _ => continue,
            };
            let message =
                format!("{what} of `{}` names no other {}", element.name(), framework.record.noun.one);
            found.push(
                Diagnostic::new(Code::SplitWithoutTargets, Place::new(element.file, change.span), message)
                    .help(format!("list in `{key}` the keys of what {noun}")),
            );
        }
    });
}

pub(super) fn both_sides_tell(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for framework in &catalogue.frameworks {
        let versions = framework.record.versions();
        let elements = || framework.elements.iter().map(|element| catalogue.element(*element));
        let by_key: BTreeMap<&str, &Element> =
            elements().map(|element| (element.record.key.value.as_str(), element)).collect();
        for element in elements() {
            for change in &element.record.history {
                let Some(release) = release_of(change, &versions) else { continue };
                let sides = [(&change.into, "into", "from"), (&change.from, "from", "into")];
                for (keys, here, there) in sides {
                    for key in keys {
                        let Some(other) = by_key.get(key.value.as_str()) else { continue };
                        found.extend(one_sided(element, (here, key), (there, other), (release, &versions)));
                    }
                }
            }
        }
    }
}

/// The finding about one name in `into` or `from` that the other element does not return.
fn one_sided(
    element: &Element,
    (here, key): (&str, &Spanned<String>),
    (there, other): (&str, &Element),
    (release, versions): (usize, &[&str]),
) -> Option<Diagnostic> {
    let own = &element.record.key.value;
    // What takes another in may stay itself, and say so: "from this one and that one".
    if key.value == *own {
        return None;
    }
    let mut entries =
        other.record.history.iter().filter(|change| release_of(change, versions) == Some(release)).peekable();
    let first = entries.peek()?.span;
    let returns = |change: &Change| {
        let keys = if there == "from" { &change.from } else { &change.into };
        keys.iter().any(|key| key.value == *own)
    };
    if entries.any(returns) {
        return None;
    }
    let version = versions[release];
    let message = format!(
        "`{own}` names `{}` in `{here}` for release {version}, whose own history does not name it in `{there}`",
        key.value
    );
    Some(
        Diagnostic::new(Code::OneSidedLineage, Place::new(element.file, key.span), message)
            .label(Place::new(other.file, first), format!("what its history says for {version}"))
            .help(format!("add `{there} = [\"{own}\"]` there, or remove the name here")),
    )
}

pub(super) fn parents_stand(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    each(catalogue, |_, versions, element| {
        let mut releases = Vec::new();
        let mut gone: BTreeMap<&str, (&Element, Absence)> = BTreeMap::new();
        for (release, version) in versions.iter().enumerate() {
            let Ok(state) = element.in_release(release) else { continue };
            let parents = state.parents.iter().map(|parent| catalogue.element(*parent));
            for parent in parents {
                let Err(absence @ (Absence::Withdrawn | Absence::Untraced)) = parent.in_release(release)
                else {
                    continue;
                };
                gone.entry(&parent.record.key.value).or_insert((parent, absence));
                if releases.last() != Some(version) {
                    releases.push(*version);
                }
            }
        }
        let Some((parent, absence)) = gone.values().next() else { return };
        let what = match absence {
            Absence::Withdrawn => "withdrawn",
            _ => "not traced",
        };
        let names: Vec<String> = gone.keys().map(|key| format!("`{key}`")).collect();
        let message = format!(
            "`{}` stands in {} {} under {}, which {} {what} there",
            element.name(),
            if releases.len() == 1 { "release" } else { "releases" },
            releases.join(", "),
            names.join(" and "),
            if names.len() == 1 { "is" } else { "are" },
        );
        found.push(
            Diagnostic::new(Code::WithdrawnParent, element.place(), message)
                .label(parent.place(), "this parent's history tells since when")
                .help("give an entry of that release the new `parent`, or `parent = []` where there is none"),
        );
    });
}
