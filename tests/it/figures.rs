//! Figures: what is drawn is what the tables say, nothing lies upon anything else, and everything can be read.
//!
//! In come the catalogue of this repository, three of other kinds and one with a layout of its own, as built pages;
//! bars, panels and cells are read back from the markup and compared with the numbers beside them and with the data.

mod drawings;
mod footprint;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_decimal::{Decimal, RoundingStrategy};
use scraper::ElementRef;
use serde_json::Value;

use crate::harness::{Built, Fixture, repository};
use crate::page::{Page, Row, all, first, text};

/// Every catalogue of the tests that has certifications.
static CATALOGUES: LazyLock<Vec<(&'static str, Built)>> = LazyLock::new(|| {
    let site =
        |name: &'static str| (name, Fixture::from_disk(&repository().join("tests/sites").join(name)).build());
    let layout = Fixture::new(include_str!("../figures/layout.txt"));
    vec![
        ("content", Fixture::of_this_repository().build()),
        site("controls"),
        site("techniques"),
        site("conformance"),
        ("layout", layout.build()),
    ]
});

/// Every certification with its page and its data.
fn certifications() -> Vec<(String, Page, Value)> {
    let mut found = Vec::new();
    for (name, built) in CATALOGUES.iter() {
        for (path, _) in built.pages_as_text() {
            let Some(id) =
                path.strip_prefix("certifications/").and_then(|rest| rest.strip_suffix("/index.html"))
            else {
                continue;
            };
            if id.contains('/') {
                continue;
            }
            let data = serde_json::from_str(built.text(&format!("api/v1/certifications/{id}.json"))).unwrap();
            found.push((format!("{name}: {id}"), built.page(path), data));
        }
    }
    assert!(found.len() > 10, "{}", found.len());
    found
}

fn decimal(text: &str) -> Decimal {
    text.trim().replace('−', "-").parse().unwrap_or_else(|_| panic!("`{text}` is no number"))
}

/// The width of a mark as drawn, in percent.
fn drawn(mark: ElementRef<'_>) -> Decimal {
    decimal(mark.attr("width").unwrap().strip_suffix('%').unwrap())
}

/// A part of a whole in percent, as far as drawings are exact.
fn percent(part: Decimal, whole: Decimal) -> Decimal {
    let hundred = Decimal::ONE_HUNDRED;
    (part * hundred / whole).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// The number of a cell and how long its bar is.
fn measure(cell: ElementRef<'_>) -> Option<(Decimal, Decimal)> {
    let bar = first(cell, "svg.bar")?;
    assert_eq!(bar.attr("aria-hidden"), Some("true"));
    let number = first(cell, "data").expect("a bar stands beside its number");
    Some((decimal(number.attr("value").unwrap()), drawn(first(bar, "rect").unwrap())))
}

#[test]
fn every_bar_is_as_long_as_its_number() {
    let mut bars = BTreeMap::new();
    for (name, page, data) in certifications() {
        let scale = &data["scale"];
        let range = scale["min"].as_str().map(|min| (decimal(min), decimal(scale["max"].as_str().unwrap())));
        let on_scale = |value: Decimal| {
            let (min, max) = range.expect("only scores have bars on the scale");
            percent(value - min, max - min)
        };
        let mut compare = |row: &Row<'_>, head: &'static str, expected: &dyn Fn(Decimal) -> Decimal| {
            let Some((value, length)) = row.has(head).then(|| measure(row.cell(head))).flatten() else {
                return;
            };
            assert_eq!(length, expected(value), "{name}: {head} of {}", text(row.row));
            *bars.entry(head).or_insert(0) += 1;
        };
        for id in ["results", "summary", "levels", "coverage"] {
            let elements = page.table("summary").map(|table| table.heads()[1].clone()).unwrap_or_default();
            for row in page.table(id).iter().flat_map(crate::page::Table::rows) {
                compare(&row, "Score", &on_scale);
                compare(&row, "Mean", &on_scale);
                let whole = if id == "coverage" { "Of" } else { &elements };
                compare(&row, "Submitted", &|value| match decimal(&row.number(whole)) {
                    whole if whole.is_zero() => whole,
                    whole => percent(value, whole),
                });
            }
        }
    }
    assert!(bars.values().all(|count| *count > 10) && bars.len() == 3, "{bars:?}");
}

#[test]
fn a_bar_has_the_tone_of_the_rating_beside_it_and_absence_has_none() {
    for (name, page, _) in certifications() {
        for row in page.table("results").iter().flat_map(crate::page::Table::rows) {
            let tag = first(row.cell("Result"), ".tag").unwrap();
            let tone = tag.value().classes().find(|class| *class != "tag").unwrap();
            let bar = first(row.row, ".bar").map(|bar| bar.value().classes().collect::<Vec<_>>());
            match bar {
                Some(classes) => assert!(classes.contains(&tone), "{name}: {}", text(row.row)),
                None => assert!(tone == "absent" || !row.has("Score"), "{name}: {}", text(row.row)),
            }
        }
    }
}

/// A panel of the distribution: its name, and each label with its count and the length of its bar.
type Panel = (String, Vec<(String, usize, Option<Decimal>)>);

fn panels(page: &Page) -> Vec<Panel> {
    let panels = page.all("#distribution svg").into_iter().map(|panel| {
        let lines =
            |class: &str| all(panel, &format!("text.{class}")).into_iter().map(text).collect::<Vec<_>>();
        let marks: BTreeMap<u32, Decimal> = all(panel, "rect.mark")
            .iter()
            .map(|mark| (mark.attr("y").unwrap().parse().unwrap(), drawn(*mark)))
            .collect();
        let counts = all(panel, "text.count").into_iter().map(|count| {
            // The count stands on the line of its bar.
            let line: u32 = count.attr("y").unwrap().parse().unwrap();
            let mark = marks.iter().find(|(top, _)| (**top..**top + 10).contains(&line));
            (text(count).parse().unwrap(), mark.map(|(_, length)| *length))
        });
        let bands = lines("label").into_iter().zip(counts).map(|(label, (count, mark))| (label, count, mark));
        (lines("head").concat(), bands.collect())
    });
    panels.collect()
}

#[test]
fn the_distribution_counts_what_the_data_and_its_own_table_say() {
    let mut figures = 0;
    for (name, page, data) in certifications() {
        let panels = panels(&page);
        let mut counted: BTreeMap<String, usize> = BTreeMap::new();
        for row in data["rows"].as_array().unwrap() {
            if row["summary"] == true || row["repeated"] == true || row["kind"] == "coverage" {
                continue;
            }
            let label = row["rating"]["label"]
                .as_str()
                .or(row["outcome"]["words"].as_str())
                .unwrap_or("Below every rating");
            *counted.entry(label.to_owned()).or_default() += 1;
        }
        if panels.is_empty() {
            assert!(counted.len() < 2, "{name}: {counted:?}");
            continue;
        }
        figures += 1;
        let largest = panels.iter().flat_map(|(_, bands)| bands).map(|(_, count, _)| *count).max().unwrap();
        let mut drawn: BTreeMap<String, usize> = BTreeMap::new();
        let numbers = page.table("distribution-numbers").unwrap().rows();
        for (at, (domain, bands)) in panels.iter().enumerate() {
            for (label, count, mark) in bands {
                *drawn.entry(label.clone()).or_default() += count;
                assert_eq!(numbers[at].text(label), count.to_string(), "{name}: {domain}: {label}");
                let expected = percent(Decimal::from(*count) * Decimal::new(86, 2), Decimal::from(largest));
                let length = mark.unwrap_or_default();
                assert!(
                    (length - expected).abs() <= Decimal::new(1, 2),
                    "{name}: {label}: {length}, {expected}"
                );
                assert_eq!(mark.is_some(), *count > 0, "{name}: {domain}: {label}");
            }
        }
        drawn.retain(|_, count| *count > 0);
        assert_eq!(drawn, counted, "{name}");
    }
    assert!(figures > 5, "{figures}");
}

/// What was not submitted is below the line, hatched, and no bar of a rating.
#[test]
fn what_was_not_assessed_stands_apart_in_every_panel() {
    let mut absent = 0;
    for (name, page, _) in certifications() {
        for panel in page.all("#distribution svg") {
            let top =
                |element: ElementRef<'_>, name: &str| element.attr(name).unwrap().parse::<u32>().unwrap();
            let gap = first(panel, "line.gap").map(|line| top(line, "y1"));
            for mark in all(panel, "rect.mark") {
                let is_absent = mark.value().classes().any(|class| class == "absent");
                let is_below = gap.is_some_and(|gap| top(mark, "y") > gap);
                assert_eq!(is_absent, is_below || gap.is_none() && is_absent, "{name}");
                assert_eq!(
                    mark.attr("fill").is_some_and(|fill| fill.starts_with("url(#")),
                    is_absent,
                    "{name}"
                );
                absent += usize::from(is_absent);
            }
        }
    }
    assert!(absent > 5, "{absent}");
}

#[test]
fn every_figure_says_where_its_numbers_are_from_and_has_them_as_a_table_and_a_file() {
    for (name, page, _) in certifications() {
        for figure in page.all("section.figure") {
            let source = text(first(figure, "figcaption > p").unwrap());
            assert!(source.contains("Source: "), "{name}: {source}");
            let table = first(figure, "figcaption details section.table").unwrap();
            assert!(first(table, "a[download]").is_some(), "{name}: no file");
        }
    }
    let page = CATALOGUES[0].1.page("certifications/huawei-digital-crm-r2.1/index.html");
    assert_eq!(
        page.texts("#distribution figcaption > p"),
        ["Source: Huawei Digital CRM Fx16.0 Conformance Certification Report V1.1 (Huawei). \
          Business Process Framework 16.0, February 2017."]
    );
}
