//! Heat maps: every number is the certification's own, and a page of any size stays one that a browser shows well.
//!
//! In come the catalogue of this repository, the three of other kinds and invented ones, out goes what their heat maps say.
//! What a cell says is looked up where its link leads.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use scraper::ElementRef;

use crate::harness::{Built, Fixture, repository};
use crate::invented::{self, records::Size};
use crate::page::{Page, all, decoded, first, text};

static CATALOGUE: LazyLock<Built> = LazyLock::new(|| Fixture::of_this_repository().build());
/// One framework, up to 48 certifications for a release: side by side, on several pages.
static BROAD: LazyLock<Built> =
    LazyLock::new(|| built(Size { frameworks: 1, elements: 900, certifications: 60 }));
/// More certifications for a release than anybody reads side by side.
static CROWDED: LazyLock<Built> =
    LazyLock::new(|| built(Size { frameworks: 1, elements: 400, certifications: 160 }));

fn built(size: Size) -> Built {
    let files = invented::files(size).into_iter().map(|(path, content)| format!("=== {path}\n{content}\n"));
    Fixture::new(&format!("as-of: 2026-11-21\n{}", files.collect::<String>())).build()
}

fn small_ones() -> impl Iterator<Item = Built> {
    let sites = ["controls", "techniques", "conformance"].into_iter();
    sites.map(|name| Fixture::from_disk(&repository().join("tests/sites").join(name)).build())
}

/// The pages with a heat map of one release.
fn of_releases(built: &Built) -> Vec<Page> {
    let pages = built.pages_as_text().filter(|(_, html)| html.contains("<body class=\"domain-matrix\">"));
    let pages = pages.filter(|(path, _)| path.split('/').nth(3) == Some("matrix"));
    pages.map(|(path, html)| Page::parse(path, html)).collect()
}

/// The page and the anchor that a link on a page leads to.
fn target(page: &Page, link: ElementRef<'_>) -> (String, String) {
    let href = link.attr("href").unwrap();
    let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
    let mut folders: Vec<&str> = page.path.split('/').collect();
    folders.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(folders.pop()),
            "." | "" => {}
            part => folders.push(part),
        }
    }
    (format!("{}/index.html", folders.join("/")), decoded(anchor))
}

/// What the row of a certification says, in the words of a cell: the number, else the rating, else the reason for none.
fn said(certification: &Page, anchor: &str) -> (String, bool) {
    let rows = certification.all("#results tbody tr").into_iter();
    let row = rows.filter(|row| row.attr("id") == Some(anchor)).collect::<Vec<_>>();
    assert_eq!(row.len(), 1, "{} has one row {anchor}", certification.path);
    if let Some(score) = first(row[0], "td data") {
        // "Level 4" on the certification's page is 4 below a head that names the scale.
        let number = text(score);
        return (number.rsplit(' ').next().unwrap().to_owned(), false);
    }
    let tag = first(row[0], ".tag").unwrap();
    (text(tag), tag.value().classes().any(|class| class == "absent"))
}

#[test]
fn every_number_is_the_one_of_the_row_that_it_leads_to_and_no_row_is_left_out() {
    for built in small_ones().chain([Fixture::of_this_repository().build()]) {
        let certifications: BTreeMap<String, Page> = built
            .pages()
            .into_iter()
            .filter(|page| page.path.starts_with("certifications/") && page.path.matches('/').count() == 2)
            .map(|page| (page.path.clone(), page))
            .collect();
        let mut met = BTreeSet::new();
        for page in of_releases(&built) {
            for link in page.all(".matrix td.cell > a") {
                let (path, anchor) = target(&page, link);
                let (expected, is_absent) = said(&certifications[&path], &anchor);
                let cell: String = if is_absent { link.text().collect() } else { text(link) };
                assert_eq!(cell, expected, "{}: {path}#{anchor}", page.path);
                assert!(met.insert((path.clone(), anchor.clone())), "{path}#{anchor} stands twice");
            }
        }
        let rows: BTreeSet<(String, String)> = certifications
            .values()
            .flat_map(|page| {
                let rows = page.all("#results tbody tr[id]:not(.group):not(.repeated)").into_iter();
                let ids: BTreeSet<String> = rows.map(|row| row.attr("id").unwrap().to_owned()).collect();
                // A row that stands below several parents is one row.
                let base = |id: &String| id.rsplit_once('-').is_none_or(|(plain, _)| !ids.contains(plain));
                ids.iter().filter(|id| base(id)).map(|id| (page.path.clone(), id.clone())).collect::<Vec<_>>()
            })
            .collect();
        assert!(rows.len() > 5);
        assert_eq!(met, rows);
    }
}

#[test]
fn a_page_of_any_size_has_at_most_5000_elements_and_each_pair_stands_once() {
    for built in [&*BROAD, &*CROWDED] {
        let pages = of_releases(built);
        for page in &pages {
            let count = page.all("*").len();
            assert!(count <= 5000, "{}: {count} elements", page.path);
            assert!(page.all(".matrix thead th.cell").len() <= 24, "{}", page.path);
        }
    }
    let mut pairs = BTreeSet::new();
    let mut is_split_by = (false, false);
    for page in of_releases(&BROAD) {
        let release = page.path.split('/').nth(2).unwrap().to_owned();
        let heads = page.all(".matrix thead th.cell");
        let heads: Vec<String> =
            heads.iter().map(|head| target(&page, all(*head, "a").pop().unwrap()).0).collect();
        for row in page.all(".matrix tbody tr:not(.group)") {
            let element = target(&page, first(row, "th a").unwrap()).0;
            for (cell, certification) in all(row, "td.cell").into_iter().zip(&heads) {
                if first(cell, "a").is_some() {
                    let pair = (release.clone(), element.clone(), certification.clone());
                    assert!(pairs.insert(pair), "{}: {element} by {certification}", page.path);
                }
            }
        }
        let note = page.texts(".matrix caption small").concat();
        is_split_by.0 |= note.contains("here");
        is_split_by.1 |= note.contains(" of ") && note.ends_with("certifications");
        if note.contains("here") {
            assert!(!page.all("nav .links a").is_empty(), "{} leads to no other part", page.path);
        }
    }
    let rows = BROAD.pages().into_iter().filter(|page| page.path.starts_with("certifications/"));
    let rows: usize = rows.map(|page| page.all("#results tbody tr[id]:not(.group)").len()).sum();
    assert_eq!(pairs.len(), rows);
    assert_eq!(is_split_by, (true, true));
}

#[test]
fn where_certifications_are_many_a_row_says_how_many_there_are_of_each_kind() {
    let pages = of_releases(&CROWDED);
    assert!(pages.iter().all(|page| page.all(".matrix").is_empty()));
    let mut with_result = 0;
    for page in &pages {
        let sections = page.all(".table.summed");
        assert_eq!(sections.len(), 1, "{}", page.path);
        let table = page.table(sections[0].attr("id").unwrap()).unwrap();
        for row in table.rows() {
            let number = |head: &str| row.number(head).parse::<usize>().unwrap();
            let rated = ["Full", "Partial", "Not conformant", "Rated otherwise"].into_iter();
            let rated: usize = rated.filter(|head| row.has(head)).map(number).sum();
            assert_eq!(number("With a result"), rated, "{}: {}", page.path, text(row.row));
            with_result += rated;
        }
    }
    // The list of all is cut where a page ends; the data have every certification.
    let data = |path: &str| serde_json::from_str::<serde_json::Value>(CROWDED.text(path)).unwrap();
    let list = data("api/v1/certifications/index.json");
    let ids = list["certifications"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap());
    let totals =
        ids.map(|id| data(&format!("api/v1/certifications/{id}.json"))["totals"]["assessed"].as_u64());
    let submitted: u64 = totals.map(Option::unwrap).sum();
    assert_eq!(with_result as u64, submitted);
}

#[test]
fn the_legend_explains_every_step_and_mark_of_the_table_and_tells_unlike_scales_apart() {
    for built in small_ones().chain([Fixture::of_this_repository().build()]) {
        for page in of_releases(&built) {
            let explained: BTreeSet<String> = classes(&page, ".key .swatch, .key .tag");
            let drawn = classes(&page, ".matrix td.cell > a");
            let unexplained: Vec<_> = drawn.difference(&explained).collect();
            assert!(unexplained.is_empty(), "{}: {unexplained:?}", page.path);
        }
    }
    let page = CATALOGUE.page("frameworks/etom/16.0/matrix/customer/index.html");
    let key = page.texts(".key li");
    assert!(key.contains(&"4.0 to 4.9, Partially Conformant".to_owned()), "{key:?}");
    assert!(key.contains(&"5.0, Fully Conformant".to_owned()), "{key:?}");
    assert!(page.all(".caution").is_empty());
    let together = CATALOGUE.page("frameworks/etom/matrix/customer/index.html");
    assert_eq!(together.all(".caution").len(), 1);
    let names = together.texts(".key .note");
    assert_eq!(names, ["Conformance level", "Conformance score"]);
    let heads = together.texts(".matrix thead th.cell").join(" ");
    assert!(names.iter().all(|name| heads.contains(name)), "{heads}");
}

/// What cells and legends are drawn with; words for the eye only are no part of it.
fn classes(page: &Page, selector: &str) -> BTreeSet<String> {
    let elements = page.all(selector).into_iter();
    let classes =
        elements.flat_map(|element| element.value().classes().map(str::to_owned).collect::<Vec<_>>());
    classes.filter(|class| !["tag", "swatch", "absent"].contains(&class.as_str())).collect()
}

#[test]
fn nobody_is_said_to_have_certified_a_gap() {
    let page = CATALOGUE.page("frameworks/etom/16.0/matrix/customer/index.html");
    let with_result: BTreeSet<String> = page
        .all(".matrix tbody tr:has(td.cell > a[class^=step])")
        .into_iter()
        .map(|row| target(&page, first(row, "th a").unwrap()).0)
        .collect();
    let gaps: BTreeSet<String> = page.all(".gaps a").into_iter().map(|link| target(&page, link).0).collect();
    assert!(!gaps.is_empty() && !with_result.is_empty());
    assert_eq!(gaps.intersection(&with_result).count(), 0);
    let note = text(page.one("#gaps .note"));
    assert!(note.starts_with(&format!("{} of ", gaps.len())), "{note}");
}
