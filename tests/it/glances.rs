//! What is seen at a glance: histories as letters, validity on an axis of years, and how much of a release is certified.
//!
//! In come small catalogues and this repository's, out goes what their strips, timelines and bars say.
//! Every number is counted a second time here, from other parts of the site.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use scraper::ElementRef;

use crate::harness::{Built, Fixture, compare_with_file, repository};
use crate::page::{Page, all, first, text};

static CATALOGUE: LazyLock<Built> = LazyLock::new(|| Fixture::of_this_repository().build());

/// A framework with dated releases, an element with a full life, and certifications with dates of every precision.
const LIVES: &str = r#"as-of: 2024-07-01
=== site.toml
title = "Test"
base_url = "https://example.org/"
=== content/frameworks/f/framework.toml
name = "Model"
[[release]]
version = "1"
date = "2018"
[[release]]
version = "2"
date = "2020-03"
[[release]]
version = "3"
[[release]]
version = "4"
[[release]]
version = "5"
date = "2023-01-15"
[[domain]]
id = "d"
name = "Domain"
[[scale]]
id = "s"
min = 0
max = 5
step = 0.1
[[scale.rating]]
label = "Full"
from = 5
tone = "full"
[[scale.rating]]
label = "Partial"
from = 0.1
tone = "partial"
=== content/frameworks/f/elements/group.toml
name = "Group"
domain = "d"
level = 2
[[history]]
release = "1"
change = "addition"
id = "1"
=== content/frameworks/f/elements/part.toml
name = "Part"
level = 3
parent = "group"
[[history]]
release = "2"
change = "addition"
id = "1.1"
[[history]]
release = "3"
change = "renumbering"
id = "1.2"
name = "Renamed part"
[[history]]
release = "5"
change = "withdrawal"
=== content/frameworks/f/elements/other.toml
name = "Other"
level = 3
parent = "group"
[[history]]
release = "1"
change = "addition"
id = "1.9"
=== content/organizations/o.toml
name = "Maker"
=== content/certifications/a/certification.toml
organization = "o"
product = "Valid"
version = "1"
framework = "f"
release = "4"
valid = { from = "2022", to = "2025-03-31" }
scale = "s"
[[result]]
element = "1.2"
score = 5
=== content/certifications/b/certification.toml
organization = "o"
product = "Old"
version = "1"
framework = "f"
release = "2"
valid = { from = "2019-05", to = "2021" }
scale = "s"
[[result]]
element = "1.1"
score = 3.5
=== content/certifications/c/certification.toml
organization = "o"
product = "Open"
version = "1"
framework = "f"
release = "4"
completed = "2023-06"
scale = "s"
[[result]]
element = "1.9"
outcome = "not-submitted"
"#;

static LIVES_BUILT: LazyLock<Built> = LazyLock::new(|| Fixture::new(LIVES).build());

/// The markup of the section with an id.
fn section(built: &Built, path: &str, id: &str) -> String {
    let page = built.page(path);
    page.one(&format!("#{id}")).html() + "\n"
}

#[test]
fn a_strip_says_what_happened_in_each_release() {
    let actual = section(&LIVES_BUILT, "frameworks/f/element/part/index.html", "strip");
    compare_with_file(actual, &repository().join("tests/figures/strip.html")).unwrap();
}

#[test]
fn strips_and_the_table_of_releases_say_the_same() {
    let mut compared = 0;
    for built in [&*LIVES_BUILT, &*CATALOGUE] {
        for page in built.pages() {
            let Some(table) = page.table("releases").filter(|_| !page.all("body.element").is_empty()) else {
                continue;
            };
            let cells = page.all("#strip ol li");
            let rows = table.rows();
            assert_eq!(cells.len(), rows.len(), "{}", page.path);
            let legend = page.texts("#strip .key li");
            for (cell, row) in cells.into_iter().zip(rows) {
                assert_eq!(text(first(cell, "a > span").unwrap()), row.text("Release"));
                let heard: String = first(cell, ".hidden").unwrap().text().collect();
                assert_eq!(
                    heard.trim().to_lowercase(),
                    row.text("What happened").to_lowercase(),
                    "{}",
                    page.path
                );
                let letters = text(first(cell, "b").unwrap());
                for (letter, word) in letters.chars().zip(heard.trim().split(", ")) {
                    let explained = format!("{letter} {word}");
                    assert!(legend.contains(&explained), "{}: no “{explained}” in {legend:?}", page.path);
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 500, "{compared} cells");
}

#[test]
fn a_timeline_draws_dates_as_wide_as_they_are_known() {
    let actual = section(&LIVES_BUILT, "organizations/o/index.html", "timeline");
    compare_with_file(actual, &repository().join("tests/figures/timeline.html")).unwrap();
}

#[test]
fn timelines_and_their_tables_are_of_the_same_certifications() {
    for (built, path) in [
        (&*LIVES_BUILT, "index.html"),
        (&*CATALOGUE, "index.html"),
        (&*CATALOGUE, "organizations/huawei/index.html"),
    ] {
        let page = built.page(path);
        let table = page.table("timeline-numbers").unwrap();
        let drawn: Vec<String> = page.texts("#timeline svg text.head");
        for row in table.rows() {
            let product = row.text("Product");
            let is_drawn = drawn.iter().any(|name| product.starts_with(name.trim_end_matches('…')));
            assert!(is_drawn, "{path}: {product} is not among {drawn:?}");
        }
        let broken = page.all("#timeline svg line.unknown").len();
        let without_end = table.rows().iter().filter(|row| row.text("Valid until").starts_with('–')).count();
        assert_eq!(broken, without_end, "{path}");
    }
}

/// The share of its bar that a mark takes, in hundredths of a percent.
fn share(mark: ElementRef<'_>) -> usize {
    let width = mark.attr("width").unwrap().trim_end_matches('%');
    let (whole, part) = width.split_once('.').unwrap_or((width, "0"));
    whole.parse::<usize>().unwrap() * 100 + format!("{part:0<2}").parse::<usize>().unwrap()
}

#[test]
fn bars_are_as_long_as_their_numbers_say_and_count_what_the_tree_counts() {
    let built = [&*LIVES_BUILT, &*CATALOGUE];
    let pages = built.iter().flat_map(|built| built.pages());
    let mut compared = 0;
    for page in pages.filter(|page| !page.all("body.release").is_empty()) {
        let Some(table) = page.table("coverage") else { continue };
        for row in table.rows() {
            let number = |head: &str| row.number(head).parse::<usize>().unwrap();
            let (certified, of) = (number("Certified"), number("All"));
            let bar = share(first(row.row, ".bar rect").unwrap());
            assert_eq!(bar, (certified * 20_000 + of) / (2 * of), "{}: {}", page.path, text(row.row));
            let anchor =
                first(row.row, "a").unwrap().attr("href").unwrap().trim_start_matches('#').to_owned();
            let branch = leaves(&page, &anchor);
            let counted = branch.iter().filter(|leaf| first(**leaf, ".note").is_some()).count();
            assert_eq!((certified, of), (counted, branch.len()), "{}: {anchor}", page.path);
            compared += 1;
        }
    }
    assert!(compared > 20, "{compared} branches");
}

/// The items without parts below an item of the tree.
fn leaves<'p>(page: &'p Page, anchor: &str) -> Vec<ElementRef<'p>> {
    let item = page.all(".tree li").into_iter().find(|item| item.attr("id") == Some(anchor)).unwrap();
    all(item, "li").into_iter().filter(|item| first(*item, "ul").is_none()).collect()
}

#[test]
fn an_organization_covers_what_its_certifications_cover_together() {
    for (organization, certification) in [
        ("huawei", "huawei-digital-crm-r2.1"),
        ("asteros-labs", "asteros-business-contact-telecom"),
        ("ztesoft", "ztesoft-zsmart-7.0"),
    ] {
        let page = CATALOGUE.page(&format!("organizations/{organization}/index.html"));
        let table = page.table("coverage").unwrap();
        let covered: usize =
            table.rows().iter().map(|row| row.number("Certified").parse::<usize>().unwrap()).sum();
        // Of its only certification: the elements with a result that have no parts in the tree of its release.
        let results = CATALOGUE.page(&format!("certifications/{certification}/index.html"));
        let release =
            page.one("#coverage .group a").attr("href").unwrap().trim_start_matches("../").to_owned();
        let tree = CATALOGUE.page(&format!("{release}index.html"));
        let leaves: BTreeSet<String> = tree
            .all(".tree li[id]")
            .into_iter()
            .filter(|item| first(*item, "ul").is_none())
            .map(|item| text(first(item, ".id").unwrap()))
            .collect();
        let rows = results.all("#results tbody tr[id]:not(.group):not(.repeated)").into_iter();
        let rated = rows.filter(|row| first(*row, ".tag:not(.absent)").is_some());
        let rated: BTreeSet<String> = rated.map(|row| text(first(row, "th .id").unwrap())).collect();
        assert_eq!(covered, rated.intersection(&leaves).count(), "{organization}");
    }
}

#[test]
fn enough_scores_of_one_element_are_a_table_and_what_was_not_submitted_stands_apart() {
    let more = ["5", "5", "4.4", "2", "0"].iter().enumerate().map(|(at, score)| {
        format!(
            "=== content/certifications/more-{at}/certification.toml\norganization = \"o\"\nproduct = \"More\"\nversion = \"{at}\"\n\
             framework = \"f\"\nrelease = \"4\"\ncompleted = \"2023\"\nscale = \"s\"\n[[result]]\nelement = \"1.9\"\nscore = {score}\n"
        )
    });
    let catalogue = format!("{LIVES}{}", more.collect::<String>());
    let few = LIVES_BUILT.page("frameworks/f/element/other/index.html");
    assert!(few.table("spread").is_none());
    let built = Fixture::new(&catalogue).build();
    let page = built.page("frameworks/f/element/other/index.html");
    let table = page.table("spread").unwrap();
    let rows: Vec<(String, String)> =
        table.rows().iter().map(|row| (row.text("Score"), row.number("Certifications"))).collect();
    let expected = [
        ("5.0", "2"),
        ("4.0 to 4.9", "1"),
        ("3.0 to 3.9", "0"),
        ("2.0 to 2.9", "1"),
        ("1.0 to 1.9", "0"),
        ("0.0 to 0.9", "1"),
        ("Not submitted", "1"),
    ];
    assert_eq!(rows, expected.map(|(score, count)| (score.to_owned(), count.to_owned())));
    assert_eq!(table.groups().len(), 1);
}

#[test]
fn years_and_releases_count_every_certification_once() {
    for built in [&*LIVES_BUILT, &*CATALOGUE] {
        let all = built.page("certifications/index.html");
        let count = all.table("certifications").unwrap().rows().len();
        let home = built.page("index.html");
        for table in [all.table("years").unwrap(), home.table("releases").unwrap()] {
            let mut total = 0;
            for row in table.rows() {
                let number = |head: &str| row.number(head).parse::<usize>().unwrap();
                let kinds = ["Valid", "No end date", "Expired"].map(number).iter().sum::<usize>();
                assert_eq!(number("Certifications"), kinds, "{}", text(row.row));
                total += kinds;
            }
            assert_eq!(total, count);
        }
    }
}
