//! The footprint: every cell of its release once, in words what its look repeats, placed so that none lies upon another.
//!
//! In come built certifications, out go differences between map, tables and records; one map is compared as a whole.

use std::collections::BTreeMap;
use std::path::Path;

use scraper::ElementRef;

use super::{CATALOGUES, certifications, measure, percent};
use crate::harness::{Fixture, compare_with_file, repository};
use crate::page::{all, first, text};

fn has(element: ElementRef<'_>, class: &str) -> bool {
    element.value().classes().any(|found| found == class)
}

/// The id and name by which a cell calls its element.
fn name(cell: ElementRef<'_>) -> String {
    text(first(cell, "a").unwrap())
}

#[test]
fn cells_say_what_the_coverage_says() {
    let mut compared = 0;
    for (certification, page, _) in certifications() {
        let coverage = page.table("coverage").map(|table| table.rows()).unwrap_or_default();
        let coverage: BTreeMap<_, _> =
            coverage.into_iter().map(|row| (text(all(row.row, "th")[0]), row)).collect();
        for cell in page.all("#footprint li.cell") {
            let Some((number, length)) = measure(cell) else { continue };
            let row = &coverage[&name(cell)];
            let (submitted, of) = (row.number("Submitted"), row.number("Of"));
            assert_eq!(number.to_string(), submitted, "{certification}: {}", text(cell));
            assert!(text(cell).contains(&format!("{submitted} of {of}")), "{certification}: {}", text(cell));
            assert_eq!(length, percent(number, of.parse().unwrap()), "{certification}: {}", text(cell));
            compared += 1;
        }
    }
    assert!(compared > 20, "{compared}");
}

#[test]
fn the_table_of_a_footprint_has_its_cells_in_their_order() {
    for (certification, page, _) in certifications() {
        let cells: Vec<String> = page.all("#footprint li.cell").into_iter().map(name).collect();
        let Some(table) = page.table("footprint-numbers") else {
            assert!(cells.is_empty(), "{certification}");
            continue;
        };
        let rows: Vec<String> = table.rows().iter().map(|row| text(all(row.row, "th")[0])).collect();
        assert_eq!(cells, rows, "{certification}");
        assert!(!cells.is_empty(), "{certification}");
    }
}

#[test]
fn rows_count_their_cells_and_every_cell_says_whether_it_is_in_scope() {
    let mut outside = 0;
    for (certification, page, _) in certifications() {
        for row in page.all("#footprint .map > .row") {
            let cells = all(row, "li.cell");
            let in_scope = cells.iter().filter(|cell| !has(**cell, "out")).count();
            outside += cells.len() - in_scope;
            let heading = text(first(row, "h3 > small").unwrap());
            assert_eq!(heading, format!("{in_scope} of {} in scope", cells.len()), "{certification}");
            for cell in cells {
                assert!(has(cell, "in") || has(cell, "empty") || has(cell, "out"));
                assert_eq!(has(cell, "out"), text(first(cell, ".filling").unwrap()) == "not in scope");
            }
        }
    }
    assert!(outside > 5, "{outside}");
}

#[test]
fn a_map_with_a_layout_is_as_the_layout_says() {
    let built = &CATALOGUES.last().unwrap().1;
    let page = built.text("certifications/desk-1/index.html");
    let start = page.find("<section class=\"figure footprint\"").unwrap();
    let end = page[start..].find("<figcaption>").unwrap();
    let path = Path::new("tests/figures/footprint.html");
    compare_with_file(page[start..start + end].to_owned(), &repository().join(path)).unwrap();
}

/// A grid places one cell after another, each on the first line that its columns allow; this does the same.
#[test]
fn cells_with_columns_are_listed_line_by_line() {
    let page = CATALOGUES.last().unwrap().1.page("certifications/desk-1/index.html");
    let number = |cell: ElementRef<'_>, prefix: &str| {
        let classes =
            cell.value().classes().find_map(|class| class.strip_prefix(prefix)?.parse::<usize>().ok());
        classes.unwrap_or_default()
    };
    let row = page.all("#footprint .map > .row")[0];
    let (mut line, mut cursor, mut placed) = (1, 1, Vec::new());
    for cell in all(row, "li.cell").into_iter().filter(|cell| number(*cell, "from-") > 0) {
        let (from, over) = (number(cell, "from-"), number(cell, "over-"));
        if from < cursor {
            line += 1;
        }
        cursor = from + over;
        placed.push((name(cell), line, from, over));
    }
    let expected = [
        ("1.2 Contact", 1, 1, 3),
        ("1.1 Orders", 2, 2, 1),
        ("1.3 Problems", 2, 3, 1),
        ("1.4 Promises", 3, 2, 2),
    ];
    assert_eq!(placed, expected.map(|(name, line, from, over)| (name.to_owned(), line, from, over)));
}

#[test]
fn a_release_has_a_map_of_its_own() {
    let fixture = Fixture::new(include_str!("../../figures/layout.txt"));
    let record = "content/certifications/desk-1/certification.toml";
    let older = fixture.edit(record, "release = \"2.0\"", "release = \"1.0\"").edit(
        record,
        "[[result]]\nelement = \"2.2\"\nscore = 2.5\n",
        "",
    );
    let page = older.build().page("certifications/desk-1/index.html");
    let cells: Vec<String> = page.all("#footprint li.cell").into_iter().map(name).collect();
    assert!(!cells.iter().any(|cell| cell.contains("Repair")), "{cells:?}");
    assert_eq!(cells.len(), 6);
}

/// A module is numbered in the cells that its elements are, or are parts of.
#[test]
fn modules_are_numbered_notes() {
    let page = CATALOGUES.last().unwrap().1.page("certifications/desk-1/index.html");
    let calls: BTreeMap<String, Vec<String>> = page
        .all("#footprint li.cell")
        .into_iter()
        .map(|cell| {
            (
                name(cell),
                all(cell, "a.call").iter().map(|call| call.attr("href").unwrap().to_owned()).collect(),
            )
        })
        .collect();
    assert_eq!(calls["1.1 Orders"], ["#module-1", "#module-2"]);
    assert_eq!(calls["1.2 Contact"], ["#module-1"]);
    assert_eq!(calls["1.4 Promises"], ["#module-2"]);
    assert!(calls["1.3 Problems"].is_empty());
    let notes = page.texts("#footprint ol.modules > li");
    assert_eq!(notes[0], "Counter & <Till>: 1.1 Orders, 1.2.1 Answer");
    assert_eq!(notes[1], "Back office: 1.4.1 Write Promise, 1.1 Orders, 1 Customers Sold on its own.");
}

/// A plain list of many, all in scope: the map counts them and lists none.
#[test]
fn too_many_cells_are_counted() {
    use std::fmt::Write as _;
    let mut elements = String::new();
    let mut results = String::new();
    for at in 1..=650 {
        write!(elements, "[[element]]\nkey = \"e{at}\"\nname = \"Element {at}\"\nid = \"{at}\"\n").unwrap();
        if at <= 400 {
            write!(results, "[[result]]\nelement = \"{at}\"\nrating = \"pass\"\n").unwrap();
        }
    }
    let catalogue = |results: &str| {
        Fixture::new("=== site.toml\ntitle = \"Test\"\nbase_url = \"https://example.org/\"\n")
            .with(
                "content/frameworks/fw/framework.toml",
                "name = \"List\"\n[[release]]\nversion = \"1\"\n[[scale]]\nid = \"s\"\n[[scale.rating]]\nid = \"pass\"\nlabel = \"Pass\"\ntone = \"full\"\n",
            )
            .with("content/frameworks/fw/elements/all.toml", &elements)
            .with("content/organizations/o.toml", "name = \"O\"\n")
            .with(
                "content/certifications/c/certification.toml",
                format!("organization = \"o\"\nproduct = \"P\"\nversion = \"1\"\nframework = \"fw\"\nrelease = \"1\"\n{results}"),
            )
            .build()
            .page("certifications/c/index.html")
    };
    let page = catalogue(&results);
    assert_eq!(page.texts("#footprint li.cell"), ["400 in scope", "250 more, not in scope"]);
    assert!(page.all("#footprint *").len() < 100);
    let few: String = results.split_inclusive("\"pass\"\n").take(3).collect();
    let page = catalogue(&few);
    let cells = page.texts("#footprint li.cell");
    assert_eq!(cells, ["1 Element 1 Pass", "2 Element 2 Pass", "3 Element 3 Pass", "647 more, not in scope"]);
}
