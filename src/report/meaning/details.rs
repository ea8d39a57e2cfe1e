//! Everything that differs, in sections: certifications with their results, other records, figures, addresses, findings, pages.
//!
//! In comes a comparison, out go sections in the order of their weight.
//! What has no sentence of its own is listed as key and value, so that nothing is left out.

use std::collections::BTreeMap;

use super::brief::{certifications, figure_name, finding, is_verdict};
use super::{Block, Line, Part, Section, Words, counted, cut, from_to, own, text};
use crate::diff::compare::{Change, Step, What};
use crate::diff::measure::Seen;
use crate::diff::told::AddressChange;
use crate::diff::{Address, Diff, Pages, RecordChange, ResultChange, fact};

pub(super) fn sections(diff: &Diff) -> Vec<Section> {
    let mut sections = Vec::new();
    for (id, title) in certifications(diff) {
        sections.extend(certification(diff, &id, &title));
    }
    sections.extend(records(diff));
    sections.extend(totals(diff));
    sections.extend(addresses(diff));
    sections.extend(findings(diff));
    sections.extend(pages(diff));
    sections.extend(layout(diff));
    sections
}

fn section(title: impl Into<Words>, blocks: Vec<Block>) -> Option<Section> {
    let blocks: Vec<Block> = blocks.into_iter().filter(|block| !block.is_empty()).collect();
    (!blocks.is_empty()).then(|| Section { title: vec![own(title)], blocks })
}

fn certification(diff: &Diff, id: &str, title: &str) -> Option<Section> {
    let name = fact::name("certification", id);
    let of = |kind: &str| {
        let found = diff.records.iter().find(|record| record.kind == kind && record.subject().id == id);
        found.filter(|record| record.before.is_some() && record.after.is_some())
    };
    let own_changes = of("certification").map_or(&[][..], |record| &record.changes);
    let (in_rows, others): (Vec<&Change>, Vec<&Change>) = own_changes.iter().partition(|change| {
        change.path.first().is_some_and(|step| step.key == "result" && step.item.is_some())
    });
    let results: Vec<&ResultChange> =
        diff.results.iter().filter(|result| result.certification == id).collect();
    let mut lines: Vec<Line> = Vec::new();
    if let Some(record) = of("certification").filter(|record| record.is_renamed()) {
        lines.push(renamed(record));
    }
    lines.extend(others.into_iter().map(change));
    let report = of("mapping").map_or(&[][..], |record| &record.changes);
    lines.extend(report.iter().map(|one| [vec![own("report: ")], change(one)].concat()));
    let figures: Vec<Vec<Line>> = diff
        .figures
        .iter()
        .filter(|figure| figure.record == name)
        .map(|figure| {
            let value = |value: &Option<String>| value.iter().map(|value| text(value.clone())).collect();
            vec![vec![figure_name(&figure.figure)], value(&figure.before), value(&figure.after)]
        })
        .collect();
    let blocks = [
        Block::Table(vec!["result", "before", "after", "besides"], rows(&results, &in_rows)),
        Block::Table(vec!["figure", "before", "after"], figures),
        Block::List(lines),
    ];
    let blocks: Vec<Block> = blocks.into_iter().filter(|block| !block.is_empty()).collect();
    (!blocks.is_empty()).then(|| Section { title: vec![Part::Title(cut(title, 120))], blocks })
}

/// One row for each result of which anything differs.
fn rows(results: &[&ResultChange], changes: &[&Change]) -> Vec<Vec<Line>> {
    let mut besides: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    let mut names: Vec<&str> = results.iter().map(|result| result.row.as_str()).collect();
    for change in changes {
        let Some(item) = change.path.first().and_then(|step| step.item.as_deref()) else { continue };
        names.push(item);
        // a result that is new or gone is told by its value; what it says besides is worth as much
        if !is_verdict(change) || change.path.len() == 1 {
            besides.entry(item).or_default().push(change);
        }
    }
    names.sort_by(|a, b| crate::natural::compare(a, b));
    names.dedup();
    let rows = names.into_iter().map(|name| {
        let moved = results.iter().find(|result| result.row == name);
        let seen = moved.and_then(|result| result.after.as_ref().or(result.before.as_ref()));
        let title = seen.map_or(name.to_owned(), |seen| format!("{name} {}", seen.name));
        let value = |seen: Option<&Seen>| seen.map_or_else(Vec::new, verdict);
        vec![
            vec![text(cut(title.trim_end(), 120))],
            moved.map_or_else(Vec::new, |result| value(result.before.as_ref())),
            moved.map_or_else(Vec::new, |result| value(result.after.as_ref())),
            besides.get(name).map_or_else(Vec::new, |changes| beside(changes)),
        ]
    });
    rows.collect()
}

fn verdict(seen: &Seen) -> Line {
    let mut line = vec![text(seen.says.clone())];
    if let Some(rating) = seen.rating.as_ref().filter(|rating| **rating != seen.says) {
        line.extend([own(" "), text(cut(rating, 60))]);
    }
    line
}

fn beside(changes: &[&Change]) -> Line {
    let mut line = Line::new();
    for change in changes {
        if !line.is_empty() {
            line.push(own("; "));
        }
        if let [_] = change.path.as_slice() {
            let is_added = change.what.after().is_some();
            line.push(own(if is_added { "new result" } else { "result removed" }));
            let Some(fact::Fact::Table(table)) = change.what.after().or(change.what.before()) else {
                continue;
            };
            let told = ["element", "release", "score", "rating", "outcome"];
            for (key, value) in table.iter().filter(|(key, _)| !told.contains(&key.as_str())) {
                line.extend([own(", "), key_of(key), own(": "), text(cut(&value.shown(), 200))]);
            }
        } else {
            line.extend(way(&change.path[1..]));
            line.push(own(": "));
            line.extend(what(&change.what));
        }
    }
    line
}

/// A change with the way that leads to it.
fn change(change: &Change) -> Line {
    let mut line = way(&change.path);
    line.push(own(": "));
    line.extend(what(&change.what));
    line
}

fn way(path: &[Step]) -> Line {
    let mut line = Line::new();
    for (at, step) in path.iter().enumerate() {
        if at > 0 {
            line.push(own(" › "));
        }
        line.push(key_of(&step.key));
        if let Some(item) = &step.item {
            line.extend([own(" "), text(cut(item, 80))]);
        }
    }
    line
}

/// A key is the report's own word where the record format could have it, and else a text of the record.
fn key_of(key: &str) -> Part {
    let is_word = key.len() <= 30 && !key.contains(' ');
    Words::plain(key).filter(|_| is_word).map_or_else(|| text(cut(key, 60)), Part::Own)
}

fn what(what: &What) -> Line {
    match what {
        What::Reordered(before, after) => {
            let shown = |names: &[String]| text(cut(&names.join(", "), 200));
            vec![own("in another order: "), shown(before), own(" → "), shown(after)]
        }
        what => from_to(what.before(), what.after()),
    }
}

fn renamed(record: &RecordChange) -> Line {
    let id = |subject: &Option<crate::diff::Subject>| {
        text(subject.as_ref().map_or(String::new(), |subject| subject.id.clone()))
    };
    vec![own("id: "), id(&record.before), own(" → "), id(&record.after)]
}

/// The other records, one section for each kind.
fn records(diff: &Diff) -> Vec<Section> {
    let mut by_kind: Vec<(&'static str, Vec<Line>)> = Vec::new();
    for record in &diff.records {
        let is_lonely = record.before.is_none() || record.after.is_none();
        if !is_lonely && matches!(record.kind, "certification" | "mapping") {
            continue;
        }
        if by_kind.last().is_none_or(|(kind, _)| *kind != record.kind) {
            by_kind.push((record.kind, Vec::new()));
        }
        let lines = &mut by_kind.last_mut().expect("a kind was just added").1;
        lines.extend(of_record(diff, record));
    }
    let title = |kind: &str| match kind {
        "site" => "The settings",
        "home" => "The home page",
        "certification" => "Certifications",
        "mapping" => "Certification reports",
        "element" => "Elements",
        "framework" => "Frameworks",
        "crosswalk" => "Crosswalks",
        "organization" => "Organizations",
        "page" => "Text pages",
        "notice" => "Notices",
        "translation" => "Translations",
        _ => "Files",
    };
    by_kind.into_iter().filter_map(|(kind, lines)| section(title(kind), vec![Block::List(lines)])).collect()
}

fn of_record(diff: &Diff, record: &RecordChange) -> Vec<Line> {
    let subject = record.subject();
    let mut head = vec![Part::Title(cut(&subject.title, 120))];
    if record.kind != "file" && subject.id != subject.title && !subject.id.is_empty() {
        head.extend([own(", "), text(subject.id.clone())]);
    }
    if record.before.is_none() || record.after.is_none() {
        head.push(own(if record.before.is_none() { ": new" } else { ": removed" }));
        let name = record.name();
        for figure in diff.figures.iter().filter(|figure| figure.record == name) {
            if ["results", "assessed", "mean", "status"].contains(&figure.figure.as_str()) {
                let value = figure.after.as_ref().or(figure.before.as_ref());
                head.extend([own(", "), figure_name(&figure.figure), own(" ")]);
                head.extend(value.map(|value| text(value.clone())));
            }
        }
        return vec![head];
    }
    if record.kind == "file" {
        return vec![file(record, head)];
    }
    let mut lines = Vec::new();
    if record.is_renamed() {
        lines.push([head.clone(), vec![own(": ")], renamed(record)].concat());
    }
    lines.extend(record.changes.iter().map(|one| [head.clone(), vec![own(": ")], change(one)].concat()));
    lines
}

/// A file: that it has other bytes, and how many.
fn file(record: &RecordChange, mut head: Line) -> Line {
    if record.is_renamed() {
        head.push(own(": "));
        head.extend(renamed(record));
    }
    if !record.changes.is_empty() {
        let size =
            record.changes.iter().find(|change| change.path.first().is_some_and(|step| step.key == "size"));
        head.push(own(": other content"));
        if let Some(What::Changed(before, after)) = size.map(|change| &change.what) {
            head.extend([own(", "), text(before.shown()), own(" → "), text(after.shown()), own(" bytes")]);
        }
    }
    head
}

/// The counts of the site and of its frameworks, and whatever else has no section of its own.
fn totals(diff: &Diff) -> Option<Section> {
    let others = diff.figures.iter().filter(|figure| !figure.record.starts_with("certification/"));
    let rows = others.map(|figure| {
        let value = |value: &Option<String>| value.iter().map(|value| text(value.clone())).collect();
        let record = if figure.record == "site" { own("the site") } else { text(figure.record.clone()) };
        vec![vec![record], vec![figure_name(&figure.figure)], value(&figure.before), value(&figure.after)]
    });
    section("Totals", vec![Block::Table(vec!["of", "count", "before", "after"], rows.collect())])
}

fn addresses(diff: &Diff) -> Option<Section> {
    let line = |change: &AddressChange| {
        let mut line = vec![text(change.address.clone()), own(": ")];
        line.extend(match (&change.before, &change.after) {
            (None, Some(Address::LeadsTo(to))) => vec![own("new, leads to "), text(to.clone())],
            (None, Some(_)) => vec![own("new")],
            (_, None) => vec![own("gone, and no alias leads on")],
            (_, Some(Address::LeadsTo(to))) => vec![own("now leads to "), text(to.clone())],
            (_, Some(Address::Page)) => vec![own("now a page of its own")],
            (_, Some(Address::File)) => vec![own("now a file")],
        });
        line
    };
    // what is lost comes first
    let (lost, kept): (Vec<&AddressChange>, Vec<&AddressChange>) =
        diff.addresses.iter().partition(|change| change.is_lost());
    section("Addresses", vec![Block::List(lost.into_iter().chain(kept).map(line).collect())])
}

fn findings(diff: &Diff) -> Option<Section> {
    let lines = |all: &[crate::diff::Told], word: &'static str| -> Vec<Line> {
        let line = |told: &crate::diff::Told| {
            [vec![own((word, " ", (told.severity.word(), ": ")))], finding(told)].concat()
        };
        all.iter().map(line).collect()
    };
    let all = [lines(&diff.appear, "new"), lines(&diff.gone, "gone")].concat();
    section("Findings", vec![Block::List(all)])
}

/// The pages that differ, and how many other files: those say in tables what the pages say.
fn pages(diff: &Diff) -> Option<Section> {
    let pages = diff.pages.as_ref()?;
    let is_page = |path: &&String| Pages::is_page(path);
    let lists = [(&pages.changed, ""), (&pages.added, ": new"), (&pages.removed, ": gone")];
    let mut lines: Vec<Line> = Vec::new();
    for (paths, word) in lists {
        lines.extend(paths.iter().filter(is_page).map(|path| vec![text(path.clone()), own(word)]));
    }
    let others = lists.iter().flat_map(|(paths, _)| paths.iter()).filter(|path| !is_page(path)).count();
    if others > 0 {
        lines.push(vec![own(("and ", counted(others, "file"), " of tables, data and documents"))]);
    }
    section("Files of the site", vec![Block::List(lines)])
}

fn layout(diff: &Diff) -> Option<Section> {
    let lines = diff.layout.iter().map(|path| vec![text(path.clone())]).collect();
    section("Only the layout changed", vec![Block::List(lines)])
}
