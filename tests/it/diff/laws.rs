//! Laws of the comparison: nothing that differs in the facts is left out, and what differs in their form alone is no change.
//!
//! In come random edits of small catalogues that use every part of the format, out goes the smallest one that breaks a law.
//! What counts as a fact is told by another reader of TOML, not by the one under test.

use std::collections::BTreeSet;

use certalog::diff::compare::{Change, What};
use certalog::diff::{AddressChange, Diff, FigureChange, RecordChange, ResultChange, Side, between};
use certalog::diff::{Pages, fact};
use certalog::sources::{Content, Source, Sources};
use proptest::prelude::*;
use proptest::sample::Index;

use super::side_of;
use crate::properties::{catalogue, edited, originals};

/// The same comparison, seen from the other side.
fn mirrored(diff: Diff) -> Diff {
    let change = |change: Change| {
        let mut path = change.path;
        for step in &mut path {
            if step.was.is_some() {
                std::mem::swap(&mut step.item, &mut step.was);
            }
        }
        let what = match change.what {
            What::Added(fact) => What::Removed(fact),
            What::Removed(fact) => What::Added(fact),
            What::Changed(before, after) => What::Changed(after, before),
            What::Reordered(before, after) => What::Reordered(after, before),
        };
        Change { path, what }
    };
    let records = diff.records.into_iter().map(|record| RecordChange {
        kind: record.kind,
        before: record.after,
        after: record.before,
        changes: record.changes.into_iter().map(change).collect(),
    });
    let results =
        diff.results.into_iter().map(|one| ResultChange { before: one.after, after: one.before, ..one });
    let figures =
        diff.figures.into_iter().map(|one| FigureChange { before: one.after, after: one.before, ..one });
    let addresses =
        diff.addresses.into_iter().map(|one| AddressChange { before: one.after, after: one.before, ..one });
    Diff {
        records: records.collect(),
        results: results.collect(),
        figures: figures.collect(),
        addresses: addresses.collect(),
        appear: diff.gone,
        gone: diff.appear,
        pages: diff.pages.map(|pages| Pages { added: pages.removed, removed: pages.added, ..pages }),
        has_site: (diff.has_site.1, diff.has_site.0),
        layout: diff.layout,
        titles: diff.titles,
    }
}

fn is_markdown(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == "md")
}

/// The table of a record as another reader takes it, without what only the form of values says.
fn table(path: &str, text: &str) -> Option<toml::Value> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let table = if is_markdown(path) {
        let rest = text.strip_prefix("+++\n").or_else(|| text.strip_prefix("+++\r\n"))?;
        let end = rest.match_indices("+++").map(|(at, _)| at).find(|at| {
            (*at == 0 || rest[..*at].ends_with('\n'))
                && rest[at + 3..].trim_start_matches('\r').starts_with('\n')
        })?;
        &rest[..end]
    } else {
        text
    };
    let table: toml::Table = table.parse().ok()?;
    Some(plain(toml::Value::Table(table)))
}

fn plain(value: toml::Value) -> toml::Value {
    use toml::Value;
    match value {
        Value::Integer(number) => Value::String(format!("number {number}")),
        Value::Float(number) => Value::String(format!("number {number}")),
        Value::Datetime(date) => Value::String(date.to_string()),
        Value::String(text) => Value::String(text.replace("\r\n", "\n")),
        Value::Array(mut items) if items.len() == 1 && items[0].is_str() => plain(items.remove(0)),
        Value::Array(items) => Value::Array(items.into_iter().map(plain).collect()),
        Value::Table(table) => {
            Value::Table(table.into_iter().map(|(key, value)| (key, plain(value))).collect())
        }
        other @ Value::Boolean(_) => other,
    }
}

fn text<'s>(sources: &'s Sources, path: &str) -> Option<&'s str> {
    sources.find(path).map(|file| sources.text(file))
}

/// The files of the records that a comparison names, on both sides.
fn told(diff: &Diff, sides: [&Side; 2]) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    for change in &diff.records {
        for (side, subject) in sides.iter().zip([&change.before, &change.after]) {
            let name = subject.as_ref().map(|subject| fact::name(change.kind, &subject.id));
            files.extend(
                name.iter().filter_map(|name| side.records.get(name)).flat_map(|record| record.files.clone()),
            );
        }
    }
    files
}

/// An edit that a reader of the site cannot see.
#[derive(Clone, Debug)]
enum Form {
    /// Other line ends in the whole file.
    LineEnds,
    /// A comment and empty lines before a table.
    Comment(Index),
    /// Other quotes around a text.
    Quotes(Index),
    /// Other white space around a sign.
    Space(Index),
    /// Two keys of one table change places.
    Keys(Index),
    /// Two lines of prose become one.
    Reflow(Index),
    /// A file that lists elements becomes two.
    Split(Index),
    /// A score with a zero that says nothing; one that is off its scale is quoted as written and stays as it is.
    Zero(Index),
}

fn form() -> impl Strategy<Value = Form> {
    prop_oneof![
        1 => Just(Form::LineEnds),
        2 => any::<Index>().prop_map(Form::Comment),
        3 => any::<Index>().prop_map(Form::Quotes),
        2 => any::<Index>().prop_map(Form::Space),
        3 => any::<Index>().prop_map(Form::Keys),
        2 => any::<Index>().prop_map(Form::Reflow),
        1 => any::<Index>().prop_map(Form::Split),
        1 => any::<Index>().prop_map(Form::Zero),
    ]
}

/// A line `key = value` with a value that ends on the line.
fn key_line(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.trim_end().split_once(" = ")?;
    let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let ends = value.ends_with(['"', ']', '}'])
        || value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    (is_key && ends && !value.contains("\"\"\"") && !value.contains('#')).then_some((key, value))
}

/// The lines of the table of a file, and those of its prose.
fn parts(path: &str, text: &str) -> (usize, Vec<String>) {
    let lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let end = if is_markdown(path) {
        lines.iter().enumerate().skip(1).find(|(_, line)| line.trim_end() == "+++").map_or(0, |(at, _)| at)
    } else {
        lines.len()
    };
    (end, lines)
}

/// The files of a text after an edit of its form; nothing where the edit has no place in it.
fn reformed(path: &str, text: &str, form: &Form) -> Option<Vec<(String, String)>> {
    let (end, mut lines) = parts(path, text);
    let pick =
        |index: &Index, places: Vec<usize>| (!places.is_empty()).then(|| places[index.index(places.len())]);
    let in_table =
        |is_place: &dyn Fn(usize) -> bool| -> Vec<usize> { (0..end).filter(|at| is_place(*at)).collect() };
    match form {
        Form::LineEnds => {
            let text = text.replace("\r\n", "\n");
            return Some(vec![(path.to_owned(), text.replace('\n', "\r\n"))]);
        }
        Form::Comment(index) => {
            let at = pick(index, in_table(&|at| lines[at].starts_with('[')))?;
            lines[at] = format!("# {}\n\n\n{}", "a remark = \"\"\"", lines[at]);
        }
        Form::Quotes(index) => {
            let is_plain = |value: &str| {
                let inner = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
                inner.is_some_and(|inner| !inner.contains(['"', '\'', '\\']))
            };
            let places = in_table(&|at| key_line(&lines[at]).is_some_and(|(_, value)| is_plain(value)));
            let at = pick(index, places)?;
            lines[at] = lines[at].replace('"', "'");
        }
        Form::Space(index) => {
            let at = pick(index, in_table(&|at| key_line(&lines[at]).is_some()))?;
            lines[at] = format!("  {}  # why\n", lines[at].trim_end().replacen(" = ", "\t=", 1));
        }
        Form::Keys(index) => {
            let places = in_table(&|at| {
                let next = lines.get(at + 1).filter(|_| at + 1 < end);
                key_line(&lines[at])
                    .zip(next.and_then(|next| key_line(next)))
                    .is_some_and(|(a, b)| a.0 != b.0)
            });
            let at = pick(index, places)?;
            lines.swap(at, at + 1);
        }
        Form::Reflow(index) => {
            let is_prose = |line: &str| {
                line.starts_with(|letter: char| letter.is_ascii_alphabetic()) && !line.contains(['|', '`'])
            };
            let places = (end + 1..lines.len().saturating_sub(1).max(end + 1)).filter(|at| {
                is_prose(&lines[*at]) && is_prose(&lines[at + 1]) && !lines[*at].ends_with("  \n")
            });
            let at = pick(index, places.collect())?;
            lines[at] = format!("{} ", lines[at].trim_end());
        }
        Form::Split(index) => {
            let places = in_table(&|at| lines[at].trim_end() == "[[element]]");
            let at = pick(index, places.into_iter().skip(1).collect())?;
            let rest = lines.split_off(at).concat();
            let other = path.replace(".toml", "-more.toml");
            return Some(vec![(path.to_owned(), lines.concat()), (other, rest)]);
        }
        Form::Zero(index) => {
            let places = in_table(&|at| {
                key_line(&lines[at])
                    .is_some_and(|(key, value)| key == "score" && value.contains('.') && value < "5")
            });
            let at = pick(index, places)?;
            lines[at] = format!("{}0\n", lines[at].trim_end());
        }
    }
    Some(vec![(path.to_owned(), lines.concat())])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_change_of_facts_is_left_out(edits in edited()) {
        let (fixture, sources) = catalogue(&edits);
        let before = side_of(&originals()[edits.0 % originals().len()], None);
        let after = side_of(&fixture, Some(sources.clone()));
        prop_assert!(between(&before, &before).is_empty());
        prop_assert!(between(&after, &after).is_empty());
        let diff = between(&before, &after);
        // what people call a record is said of one side
        let mirror = Diff { titles: diff.titles.clone(), ..between(&after, &before) };
        prop_assert_eq!(mirror, mirrored(diff.clone()));

        // every file that differs is one of a record that differs, or is said to differ in its form alone
        let told = told(&diff, [&before, &after]);
        let changed = sources.changed_since(&before.sources);
        for path in &changed {
            prop_assert!(told.contains(path) || diff.layout.contains(path), "{} is not told", path);
        }
        // and a file is not said to differ in its form alone when another reader finds other facts in it
        for path in &diff.layout {
            let (old, new) = (text(&before.sources, path), text(&sources, path));
            if let (Some(old), Some(new)) = (old, new) {
                let (old, new) = (table(path, old), table(path, new));
                prop_assert!(old == new, "{} differs: {:?} and {:?}", path, old, new);
            }
        }
        // what the site says differently has its reason in a record
        if diff.pages.as_ref().is_some_and(|pages| !pages.is_empty()) {
            prop_assert!(!diff.records.is_empty(), "{:?}", diff.pages);
        }
        prop_assert_eq!(diff.is_empty(), changed.is_empty());
    }

    #[test]
    fn another_form_is_no_change(original in any::<usize>(), forms in prop::collection::vec((any::<Index>(), form()), 1..8)) {
        let fixture = &originals()[original % originals().len()];
        let mut files: Vec<(String, String)> =
            fixture.texts().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        for (file, form) in &forms {
            let at = file.index(files.len());
            let (path, text) = files[at].clone();
            // a file that is no record, or a broken one, has no form apart from what it says
            let is_record = !path.starts_with("themes/") && table(&path, &text).is_some();
            if let Some(now) = reformed(&path, &text, form).filter(|_| is_record) {
                files.remove(at);
                files.extend(now);
            }
        }
        files.sort();
        files.dedup_by(|a, b| a.0 == b.0);
        let files = files.into_iter().map(|(path, text)| Source { path, content: Content::Text(text.into()) });
        let sources = Sources::from_files(files);
        let (before, after) = (side_of(fixture, None), side_of(fixture, Some(sources.clone())));
        let diff = between(&before, &after);
        prop_assert_eq!(&diff.layout, &sources.changed_since(&before.sources));
        prop_assert!(diff.is_empty() || diff.is_only_layout(), "{:#?}", diff);
    }
}
