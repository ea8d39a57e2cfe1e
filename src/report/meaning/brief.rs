//! The short story: a few lines from which a reviewer knows what a change does.
//!
//! In comes a comparison, out go its alarms and its lines, the heaviest first.
//! Each line is bounded, and so is their number; what they leave out stands in the sections.

use super::{Line, Part, Words, counted, cut, names, noun, own, text};
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Severity;
use crate::diff::compare::{Change, Step};
use crate::diff::told::Told;
use crate::diff::{Diff, FigureChange, Pages, RecordChange, ResultChange, fact};

/// How many new errors are named before the rest is counted.
const ERRORS: usize = 10;
/// How many certifications have a line of their own.
const CERTIFICATIONS: usize = 8;
/// How many results of one certification are named before they are counted.
const RESULTS: usize = 3;
/// How many names stand in one line.
const NAMES: usize = 3;
/// The figures that a short line names, in this order.
const HEADLINES: [&str; 5] = ["status", "mean", "assessed", "results", "not submitted"];

/// New errors, which keep the newer side from being published.
pub(super) fn alarms(diff: &Diff) -> Vec<Line> {
    let errors: Vec<&Told> = diff.appear.iter().filter(|told| told.severity == Severity::Error).collect();
    let mut lines: Vec<Line> = errors.iter().take(ERRORS).map(|told| finding(told)).collect();
    if errors.len() > ERRORS {
        lines.push(vec![own(("and ", errors.len() - ERRORS, " more"))]);
    }
    lines
}

/// A finding on one line.
pub(super) fn finding(told: &Told) -> Line {
    vec![
        text(told.code.name()),
        own(" in "),
        text(format!("{}:{}", told.path, told.line)),
        own(": "),
        text(cut(&told.message, 300)),
    ]
}

/// What the change means.
pub(super) fn lines(diff: &Diff) -> Vec<Line> {
    if diff.is_empty() {
        return vec![vec![own("Nothing differs.")]];
    }
    if diff.is_only_layout() {
        let files: Vec<&str> = diff.layout.iter().map(String::as_str).collect();
        let head = ("Only the layout of ", counted(files.len(), "file"), " changed, and no fact: ");
        return vec![[vec![own(head)], names(&files, NAMES)].concat()];
    }
    let mut lines = state(diff);
    lines.extend(lost(diff));
    lines.extend(of_certifications(diff));
    for kind in kinds(diff) {
        lines.extend(of_kind(diff, kind));
    }
    lines.extend(findings(diff));
    lines.extend(pages(diff));
    lines
}

/// Where a side has no site, nobody should take silence for agreement.
fn state(diff: &Diff) -> Vec<Line> {
    let line = match diff.has_site {
        (true, true) => return Vec::new(),
        (true, false) => "The new side has errors: it cannot be published, and its pages are not compared.",
        (false, true) => "The errors of the old side are gone: it had no pages to compare with.",
        (false, false) => "Both sides have errors: neither can be published, and pages are not compared.",
    };
    vec![vec![own(line)]]
}

/// Addresses that leave whoever follows them without an answer.
fn lost(diff: &Diff) -> Option<Line> {
    let lost: Vec<&str> = diff
        .addresses
        .iter()
        .filter(|change| change.is_lost())
        .map(|change| change.address.as_str())
        .collect();
    if lost.is_empty() {
        return None;
    }
    let noun = if lost.len() == 1 { " address vanishes" } else { " addresses vanish" };
    let head = (lost.len(), noun, ", and no alias leads on from there: ");
    Some([vec![own(head)], names(&lost, NAMES)].concat())
}

/// The certifications on both sides of which something moved, with their titles.
pub(super) fn certifications(diff: &Diff) -> Vec<(String, String)> {
    let mut titles: BTreeMap<String, String> = BTreeMap::new();
    let mut lonely = BTreeSet::new();
    for record in diff.records.iter().filter(|record| matches!(record.kind, "certification" | "mapping")) {
        let subject = record.subject();
        if record.kind == "certification" && (record.before.is_none() || record.after.is_none()) {
            lonely.insert(subject.id.clone());
        }
        titles.insert(subject.id.clone(), subject.title.clone());
    }
    for (name, title) in &diff.titles {
        if let Some(id) = name.strip_prefix("certification/") {
            titles.entry(id.to_owned()).or_insert_with(|| title.clone());
        }
    }
    titles.into_iter().filter(|(id, _)| !lonely.contains(id)).collect()
}

/// Whether a change is told by a result's value before and after.
pub(super) fn is_verdict(change: &Change) -> bool {
    match change.path.as_slice() {
        [Step { key, item: Some(_), .. }] => key == "result",
        [Step { key, item: Some(_), .. }, Step { key: inner, .. }] => {
            key == "result" && matches!(inner.as_str(), "score" | "rating" | "outcome")
        }
        _ => false,
    }
}

/// One line for each certification whose results, facts or report changed, or whose figures moved.
fn of_certifications(diff: &Diff) -> Vec<Line> {
    let mut lines = Vec::new();
    let changed = certifications(diff);
    for (id, title) in changed.iter().take(CERTIFICATIONS) {
        let said = said_of(diff, id);
        if !said.is_empty() {
            let mut line = vec![Part::Title(cut(title, 120)), own(": ")];
            for (at, part) in said.into_iter().enumerate() {
                line.push(own(if at > 0 { "; " } else { "" }));
                line.extend(part);
            }
            lines.push(line);
        }
    }
    if changed.len() > CERTIFICATIONS {
        let more = changed.len() - CERTIFICATIONS;
        lines.push(vec![own(("and ", counted(more, "certification"), " more"))]);
    }
    lines
}

fn said_of(diff: &Diff, id: &str) -> Vec<Line> {
    let mut said = Vec::new();
    let results = || diff.results.iter().filter(|result| result.certification == id);
    if results().count() <= RESULTS {
        said.extend(results().map(result));
    } else {
        said.extend(counts_of(&results().collect::<Vec<_>>()));
    }
    let name = fact::name("certification", id);
    let figures: Vec<&FigureChange> = diff.figures.iter().filter(|figure| figure.record == name).collect();
    for headline in HEADLINES {
        said.extend(figures.iter().find(|figure| figure.figure == headline).map(|one| figure(one)));
    }
    let coverages = figures.iter().filter(|figure| figure.figure.starts_with("coverage of ")).count();
    if coverages > 0 {
        said.push(vec![own(("the coverage of ", counted(coverages, "parent"), " moves"))]);
    }
    let others = diff.records.iter().filter(|record| {
        matches!(record.kind, "certification" | "mapping")
            && record.subject().id == id
            && record.before.is_some()
            && record.after.is_some()
    });
    for record in others {
        let is_told = |change: &&Change| is_verdict(change);
        let count = record.changes.iter().filter(|change| !is_told(change)).count();
        if count > 0 {
            let of = if record.kind == "mapping" { " of its report" } else { "" };
            said.push(vec![own((counted(count, "other fact"), of, " changed"))]);
        }
    }
    said
}

/// How many results changed, came and went.
fn counts_of(results: &[&ResultChange]) -> Vec<Line> {
    let changed = results.iter().filter(|one| one.before.is_some() && one.after.is_some()).count();
    let added = results.iter().filter(|one| one.before.is_none()).count();
    let counts = [(changed, "changed"), (added, "added"), (results.len() - changed - added, "removed")];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    counts.map(|(count, words)| vec![own((counted(count, "result"), " ", words))]).collect()
}

/// A result with its values.
fn result(result: &ResultChange) -> Line {
    let mut line = vec![text(cut(&result.row, 40)), own(" ")];
    line.extend(moved(
        result.before.as_ref().map(|seen| seen.says.as_str()),
        result.after.as_ref().map(|seen| seen.says.as_str()),
    ));
    line
}

/// A value before and after, or that it is new or gone.
fn moved(before: Option<&str>, after: Option<&str>) -> Line {
    match (before, after) {
        (Some(before), Some(after)) => vec![text(cut(before, 60)), own(" → "), text(cut(after, 60))],
        (None, Some(after)) => vec![own("now "), text(cut(after, 60))],
        (Some(before), None) => vec![own("no longer "), text(cut(before, 60))],
        (None, None) => Vec::new(),
    }
}

/// The name of a figure: the report's own words, unless it names something of the catalogue.
pub(super) fn figure_name(name: &str) -> Part {
    let is_own = !name.contains(" in ") && !name.contains(" of ");
    Words::plain(name).filter(|_| is_own).map_or_else(|| text(name), Part::Own)
}

/// A figure with its values.
fn figure(figure: &FigureChange) -> Line {
    let mut line = vec![figure_name(&figure.figure), own(" ")];
    line.extend(moved(figure.before.as_deref(), figure.after.as_deref()));
    line
}

/// The kinds of records that changed, in the order of the story.
fn kinds(diff: &Diff) -> Vec<&'static str> {
    let mut kinds: Vec<&'static str> = diff.records.iter().map(|record| record.kind).collect();
    kinds.dedup();
    kinds
}

/// What happened to the records of a kind.
fn of_kind(diff: &Diff, kind: &'static str) -> Vec<Line> {
    let of_kind: Vec<&RecordChange> = diff.records.iter().filter(|record| record.kind == kind).collect();
    let line = |verb: &'static str, records: Vec<&RecordChange>, name: &dyn Fn(&RecordChange) -> String| {
        let all: Vec<String> = records.iter().map(|record| name(record)).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let head = (counted(all.len(), noun(kind)), " ", (verb, ": "));
        (!all.is_empty()).then(|| [vec![own(head)], names(&all, NAMES)].concat())
    };
    let of = |is_of: &dyn Fn(&RecordChange) -> bool| -> Vec<&RecordChange> {
        of_kind.iter().copied().filter(|record| is_of(record)).collect()
    };
    let title = |record: &RecordChange| record.subject().title.clone();
    let ids = |record: &RecordChange| {
        let id = |subject: &Option<crate::diff::Subject>| {
            subject.as_ref().map_or(String::new(), |subject| subject.id.clone())
        };
        format!("{} → {}", id(&record.before), id(&record.after))
    };
    let is_told = matches!(kind, "certification" | "mapping");
    let lines = [
        line("added", of(&|record| record.before.is_none()), &title),
        line("removed", of(&|record| record.after.is_none()), &title),
        line("with another id", of(&RecordChange::is_renamed), &ids),
        line(
            "changed",
            of(&|record| {
                !is_told && record.before.is_some() && record.after.is_some() && !record.is_renamed()
            }),
            &title,
        ),
    ];
    lines.into_iter().flatten().collect()
}

/// How many findings come and go.
fn findings(diff: &Diff) -> Option<Line> {
    let count = |told: &[Told], severity| told.iter().filter(|told| told.severity == severity).count();
    let parts = [
        (count(&diff.appear, Severity::Error), "new error"),
        (count(&diff.appear, Severity::Warning), "new warning"),
        (count(&diff.gone, Severity::Error), "error"),
        (count(&diff.gone, Severity::Warning), "warning"),
    ];
    let parts = parts.into_iter().enumerate().filter(|(_, (count, _))| *count > 0);
    let parts =
        parts.map(|(at, (count, noun))| own((counted(count, noun), if at > 1 { " gone" } else { "" })));
    list("Findings: ", parts)
}

/// How many pages come, go and change.
fn pages(diff: &Diff) -> Option<Line> {
    let pages = diff.pages.as_ref()?;
    let is_page = |path: &&String| Pages::is_page(path);
    let count = |paths: &[String]| paths.iter().filter(is_page).count();
    let (changed, added, removed) = (count(&pages.changed), count(&pages.added), count(&pages.removed));
    let parts = [(changed, "changed"), (added, "new"), (removed, "gone")];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    list("Pages: ", parts.map(|(count, what)| own((count, " ", what))))
}

/// A sentence that lists some parts; nothing where there is none.
fn list(head: &'static str, parts: impl Iterator<Item = Part>) -> Option<Line> {
    let mut line = vec![own(head)];
    for (at, part) in parts.enumerate() {
        line.extend((at > 0).then(|| own(", ")));
        line.push(part);
    }
    (line.len() > 1).then(|| [line, vec![own(".")]].concat())
}
