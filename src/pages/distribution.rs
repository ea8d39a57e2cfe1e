//! How the results of a certification are distributed: for each domain a panel with one bar for each rating.
//!
//! In come the counts of a certification, out goes one figure with the table of its numbers.
//! What was not assessed stands below a gap, hatched, and is never drawn as a low rating.

use super::shared::{domain_words, isolated};
use super::{Frame, source};
use crate::catalogue::Certification;
use crate::figure::{Anchor, Area, At, Caption, Drawing, FigureWriter, Measure, Says, Share, fit};
use crate::html::Html;
use crate::table::{Column, ColumnKind, Heading, TableWriter, column};
use crate::tally::distribution::{self, Counts, OUTCOMES};
use crate::words::Words;

/// The anchor of the figure.
const ID: &str = "distribution";
/// How wide a panel is at least, and with it how long a label may be.
const NARROWEST: u32 = 208;
/// From one bar to the next, label included.
const PITCH: u32 = 34;
/// Where the first label's line begins, below the panel's head.
const FIRST: u32 = 26;
/// Between what was assessed and what was not.
const GAP: u32 = 14;
/// How much of the width the longest bar takes; its count stands beside it.
const LONGEST: (usize, usize) = (86, 100);

/// Something that is counted.
struct Band<'w> {
    label: &'w str,
    class: &'static str,
    is_absent: bool,
    number: Box<dyn Fn(&Counts) -> usize + 'w>,
}

/// The figure, where anything was rated or is absent.
pub(super) fn figure(page: &Frame<'_>, certification: &Certification) -> Option<Html> {
    let words = page.words();
    let framework = page.catalogue().framework(certification.framework);
    let domains = distribution::by_domain(page.catalogue(), certification);
    let mut all = Counts::default();
    for (_, counts) in &domains {
        all.add(counts);
    }
    let bands = bands(page, certification, &all);
    if all.largest() == 0 || bands.len() < 2 {
        return None;
    }
    let largest = domains.iter().map(|(_, counts)| counts.largest()).max().unwrap_or_default();
    let mut rows: Vec<(String, Counts)> = domains
        .into_iter()
        .map(|(domain, counts)| (domain_words(words, framework, domain), counts))
        .collect();
    let title = words.get("distribution.title");
    let source = source::line(page, certification);
    let mut figure = FigureWriter::new(Caption { id: ID, class: ID, title, source: &source, is_part: false });
    figure.content(|html| {
        html.literal("<div class=\"panels\">\n");
        for (at, (name, counts)) in rows.iter().enumerate() {
            html.html(&panel(words, (at + 1, name), counts, (&bands, largest)));
        }
        html.literal("</div>\n");
    });
    if rows.len() > 1 {
        rows.push((words.get("term.all").to_owned(), all));
    }
    let numbers = numbers(page, &rows, &bands)?;
    Some(figure.finish(words.get("figure.numbers"), &numbers))
}

/// The ratings of the scale, all of them, then what else occurs.
fn bands<'w>(page: &'w Frame<'_>, certification: &Certification, all: &Counts) -> Vec<Band<'w>> {
    let words = page.words();
    let ratings = page.catalogue().scale(certification).map_or(&[][..], |scale| &scale.ratings);
    let mut bands: Vec<Band<'w>> = Vec::new();
    for (at, rating) in ratings.iter().enumerate() {
        let number = move |counts: &Counts| counts.ratings.get(at).copied().unwrap_or_default();
        let class = rating.tone.word();
        bands.push(Band { label: &rating.label, class, is_absent: false, number: Box::new(number) });
    }
    if all.below > 0 {
        let label = words.get("rating.below");
        bands.push(Band { label, class: "none", is_absent: false, number: Box::new(|counts| counts.below) });
    }
    for (at, outcome) in OUTCOMES.iter().enumerate().filter(|(at, _)| all.absent[*at] > 0) {
        let number = move |counts: &Counts| counts.absent[at];
        let label = words.of(*outcome);
        bands.push(Band { label, class: "absent", is_absent: true, number: Box::new(number) });
    }
    bands
}

/// One domain: the name, then label and bar by turns.
fn panel(
    words: &Words,
    (at, name): (usize, &str),
    counts: &Counts,
    (bands, largest): (&[Band<'_>], usize),
) -> Html {
    let has_gap = bands.iter().any(|band| band.is_absent) && bands.iter().any(|band| !band.is_absent);
    let height = FIRST + PITCH * bands.len() as u32 + if has_gap { GAP } else { 0 };
    let id = format!("{ID}-{at}");
    let title = finding(words, name, counts, bands);
    let says = Says { id: &id, title: &title, description: words.get("distribution.reading") };
    let mut drawing = Drawing::fluid(says, height);
    if bands.iter().any(|band| band.is_absent && (band.number)(counts) > 0) {
        drawing.define_hatch();
    }
    let text = |class, y, dx, x: Share, drawing: &mut Drawing, text: &str| {
        drawing.text(class, At { x: x.into(), dx, y, anchor: Anchor::Start }, text);
    };
    text("head", 14, 0, Share::NONE, &mut drawing, &fit::fitting(name, NARROWEST, fit::HEAD));
    let mut top = FIRST;
    let mut was_absent = false;
    for band in bands {
        if band.is_absent && !was_absent && has_gap {
            drawing.line(
                "gap",
                (Share::NONE.into(), top + GAP / 2 - 1),
                (Share::ALL.into(), top + GAP / 2 - 1),
            );
            top += GAP;
        }
        was_absent = band.is_absent;
        let count = (band.number)(counts);
        let longest = Share::of_count(LONGEST.0, LONGEST.1);
        let share = Measure::count(count, largest).share().within(longest);
        text(
            "label",
            top + 11,
            0,
            Share::NONE,
            &mut drawing,
            &fit::fitting(band.label, NARROWEST, fit::PLAIN),
        );
        let area = Area { x: Share::NONE.into(), y: top + 17, width: share.into(), height: 10 };
        match (count, band.is_absent) {
            (0, _) => {}
            (_, true) => {
                drawing.hatched("mark absent", area);
            }
            (_, false) => {
                drawing.rect(mark(band.class), area);
            }
        }
        let dx = if count == 0 { 0 } else { 6 };
        text("count", top + 26, dx, share, &mut drawing, &words.number(count));
        top += PITCH;
    }
    drawing.finish()
}

fn mark(tone: &'static str) -> &'static str {
    match tone {
        "full" => "mark full",
        "partial" => "mark partial",
        "none" => "mark none",
        _ => "mark neutral",
    }
}

/// "Customer: of 24 processes, 16 are “Fully Conformant” …": what the panel shows, as a sentence.
fn finding(words: &Words, name: &str, counts: &Counts, bands: &[Band<'_>]) -> String {
    let kinds = bands.iter().filter_map(|band| {
        let count = (band.number)(counts);
        let label = isolated(band.label);
        (count > 0).then(|| words.count_with("distribution.kind", count, &[("label", &label)]))
    });
    let kinds: Vec<String> = kinds.collect();
    let total = counts.assessed() + counts.absent.iter().sum::<usize>();
    words.fill(
        "distribution.finding",
        &[("domain", &isolated(name)), ("count", &words.number(total)), ("kinds", &words.list(&kinds))],
    )
}

/// The same numbers as a table.
fn numbers(page: &Frame<'_>, rows: &[(String, Counts)], bands: &[Band<'_>]) -> Option<Html> {
    let words = page.words();
    let mut columns: Vec<Column<'_>> = vec![column(words.get("term.domain"), ColumnKind::Name)];
    columns.extend(bands.iter().map(|band| column(band.label, ColumnKind::Number)));
    let title = words.get("distribution.numbers");
    let heading = Heading { is_part: true, ..Heading::new("distribution-numbers", title, "") };
    let mut table = TableWriter::new(heading, &columns);
    for (name, counts) in rows {
        table.row();
        table.header(|html| {
            html.text(name);
        });
        for band in bands {
            table.number((band.number)(counts));
        }
    }
    page.with_file(table, "distribution")
}
