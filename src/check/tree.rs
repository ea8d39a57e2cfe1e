//! The tree of each release: levels descend, and complete lists of children have no gaps.
//!
//! In come releases with their trees, out go `level-order` and `id-gap`.
//! A level is stated and never counted from an id; a gap is looked for only where an editor says that the list is complete.

use std::collections::BTreeMap;

use crate::catalogue::{Catalogue, Element};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::date::Day;
use crate::text::Place;

pub(super) fn levels_descend(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for element in &catalogue.elements {
        let mistake = element.states.iter().find_map(|(release, state)| {
            let state = state.as_ref().ok()?;
            let level = state.level?;
            state.parents.iter().find_map(|parent| {
                let parent = catalogue.element(*parent).in_release(*release).ok()?;
                (level <= parent.level?).then_some((*release, level, parent))
            })
        });
        let Some((release, level, parent)) = mistake else { continue };
        let framework = catalogue.framework(element.framework);
        let message = format!(
            "`{}` has level {level} in release {}, and its parent `{}` has level {}",
            element.name(),
            framework.record.releases[release].version.value,
            parent.name,
            parent.level.unwrap_or_default()
        );
        found.push(
            Diagnostic::new(Code::LevelOrder, element.place(), message)
                .help("a child's level is a greater number than its parent's"),
        );
    }
}

pub(super) fn without_gaps(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for element in &catalogue.elements {
        let framework = catalogue.framework(element.framework);
        // One report per gap, naming every release that has it.
        let mut gaps: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for complete in &element.record.complete_in {
            let versions = framework.record.releases.iter();
            let release =
                versions.map(|release| &release.version.value).position(|known| *known == complete.value);
            let Some(release) = release else { continue };
            for id in missing_ids(catalogue, element, release) {
                gaps.entry(id).or_default().push(&complete.value);
            }
        }
        for (id, releases) in gaps {
            let message = format!(
                "`{id}` is missing among the parts of `{}` in {}",
                element.name(),
                in_words(&releases)
            );
            let span = element.record.complete_in.first().map_or(element.record.key.span, |first| first.span);
            found.push(
                Diagnostic::new(Code::IdGap, Place::new(element.file, span), message)
                    .help("add it, or keep the gap if the framework skips the number"),
            );
        }
    }
}

/// The numbers that are skipped between the first and the last child, as ids.
fn missing_ids(catalogue: &Catalogue, element: &Element, release: usize) -> Vec<String> {
    let standing = &catalogue.framework(element.framework).releases[release].standing[element.position];
    let ids = standing.children.iter().filter_map(|child| catalogue.element(*child).in_release(release).ok());
    let own_id = element.in_release(release).ok().map(|state| state.id.as_str());
    // Numbers by what stands before and after them: `AC-2(` and `)`, or `1.1.1.5.` and nothing.
    let mut numbers: BTreeMap<(&str, &str), Vec<(u32, usize)>> = BTreeMap::new();
    for id in ids.map(|state| state.id.as_str()) {
        let Some(end) = id.rfind(|letter: char| letter.is_ascii_digit()).map(|at| at + 1) else { continue };
        let start = id[..end].rfind(|letter: char| !letter.is_ascii_digit());
        let start = start.map_or(0, |at| at + id[at..].chars().next().map_or(1, char::len_utf8));
        // Only numbers that continue the parent's id count its parts: T1005 below TA01 is one of another series.
        let continues = own_id.is_some_and(|own| id[..start].starts_with(own));
        if let (true, Ok(number)) = (continues, id[start..end].parse()) {
            numbers.entry((&id[..start], &id[end..])).or_default().push((number, end - start));
        }
    }
    let mut missing = Vec::new();
    for ((before, after), mut numbers) in numbers {
        numbers.sort_unstable();
        for pair in numbers.windows(2) {
            let ((first, width), (next, next_width)) = (pair[0], pair[1]);
            // A jump of a hundred is another series and not a gap; equal widths keep their leading zeros.
            let width = if width == next_width { width } else { 1 };
            if next - first < 100 {
                missing.extend((first + 1..next).map(|number| format!("{before}{number:0width$}{after}")));
            }
        }
    }
    missing
}

/// "release 8.0", "releases 8.0 and 12.0".
fn in_words(releases: &[&str]) -> String {
    match releases {
        [one] => format!("release {one}"),
        [first @ .., last] => format!("releases {} and {last}", first.join(", ")),
        [] => String::new(),
    }
}
