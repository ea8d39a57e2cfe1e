//! Catalogues that are not about business processes: controls, techniques of intruders, a suite of tests.
//!
//! In come the three sites below `tests/sites`, all invented, out goes what their pages must say if nothing in certalog is made for one framework only.
//! No code knows these catalogues; what each of them shows stands in its records.

mod conformance;
mod controls;
mod techniques;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use scraper::ElementRef;

use crate::harness::{Built, Fixture, repository};
use crate::page::{Page, Row, Table, decoded, first, text};

static CONTROLS: LazyLock<Built> = LazyLock::new(|| built("controls"));
static TECHNIQUES: LazyLock<Built> = LazyLock::new(|| built("techniques"));
static CONFORMANCE: LazyLock<Built> = LazyLock::new(|| built("conformance"));

fn built(name: &str) -> Built {
    Fixture::from_disk(&repository().join("tests/sites").join(name)).build()
}

fn catalogues() -> [(&'static str, &'static Built); 3] {
    [("controls", &CONTROLS), ("techniques", &TECHNIQUES), ("conformance", &CONFORMANCE)]
}

#[track_caller]
fn table<'p>(page: &'p Page, id: &str) -> Table<'p> {
    page.table(id).unwrap_or_else(|| panic!("{} has no table `{id}`", page.path))
}

/// The row whose cell below `head` reads `words`.
#[track_caller]
fn row<'p>(table: &Table<'p>, head: &str, words: &str) -> Row<'p> {
    let mut rows = table.rows().into_iter();
    rows.find(|row| row.text(head) == words).unwrap_or_else(|| panic!("no row “{words}” below “{head}”"))
}

/// The words of a cell for those who do not see the page, too.
fn heard(cell: ElementRef<'_>) -> String {
    cell.text().collect::<Vec<_>>().concat()
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|letter| letter.is_ascii_digit())
}

/// The names of the parts of a tree's item, without the parts of those.
fn parts(item: ElementRef<'_>) -> Vec<String> {
    let lists = item.child_elements().filter(|child| child.value().name() == "ul");
    let items = lists.flat_map(|list| list.child_elements().collect::<Vec<_>>());
    items.map(|item| text(first(item, "a").unwrap())).collect()
}

#[test]
fn they_build_with_the_findings_that_they_are_meant_to_have() {
    let expected: [&[&str]; 3] = [
        &["withdrawn-element", "lapsed-validity"],
        &["repeated-result", "name-differs", "coverage-differs"],
        &["unspecified-version"],
    ];
    for ((name, built), expected) in catalogues().into_iter().zip(expected) {
        assert!(!built.site().is_empty());
        let found: BTreeSet<_> = built.codes().into_iter().collect();
        assert_eq!(found, expected.iter().copied().collect(), "{name}\n{}", built.report());
        assert_eq!(built.build.diagnostics.len(), expected.len(), "{name}\n{}", built.report());
    }
}

#[test]
fn no_page_calls_anything_a_process() {
    for (name, built) in catalogues() {
        for (path, html) in built.pages_as_text() {
            let at = html.to_lowercase().find("process");
            let around = at.map(|at| &html[html.floor_char_boundary(at.saturating_sub(80))..]);
            assert_eq!(at, None, "{name}, {path}: {:.200}", around.unwrap_or_default());
        }
    }
}

#[test]
fn pages_use_the_noun_of_their_framework() {
    let pages = [
        (&*CONTROLS, "Control", "controls/control/ac-12", "harbour-vault-4"),
        (&*TECHNIQUES, "Technique", "matrix/technique/task-at-start", "lantern-sensor-9.2"),
        (&*CONFORMANCE, "Test", "exchange/test/greeting", "relay-3"),
    ];
    for (built, noun, element, certification) in pages {
        let element = built.page(&format!("frameworks/{element}/index.html"));
        assert!(text(element.one(".lead")).starts_with(&format!("{noun} of ")), "{}", element.path);
        let certification = built.page(&format!("certifications/{certification}/index.html"));
        assert_eq!(table(&certification, "results").heads()[0], noun);
    }
    assert_eq!(
        table(&CONTROLS.page("frameworks/controls/index.html"), "matrix-access").heads()[0],
        "Control"
    );
    let framework = CONFORMANCE.page("frameworks/exchange/index.html");
    assert!(text(framework.one(".lead")).contains("6 tests"));
    assert!(table(&framework, "releases").heads().contains(&"Tests".to_owned()));
}

/// What is absent has no number anywhere: in no row of results, in no cell of a heat map, on no element's page.
#[test]
fn what_was_not_assessed_is_never_a_number() {
    for (name, built) in catalogues() {
        let mut absent = 0;
        for page in built.pages() {
            for cell in
                page.all(".table:not(.matrix) tr:has(.tag.absent) td.number, td.cell:has(.tag.absent)")
            {
                absent += 1;
                assert!(!has_digit(&heard(cell)), "{name}, {}: {}", page.path, text(cell));
            }
        }
        assert!(absent > 3, "{name}: {absent} cells");
    }
}

#[test]
fn ratings_without_numbers_have_no_score_and_no_mean() {
    let mut cells = 0;
    for built in [&*TECHNIQUES, &*CONFORMANCE] {
        for page in built.pages() {
            for table in
                page.all("section.table").iter().filter_map(|section| page.table(section.attr("id")?))
            {
                let heads = table.heads();
                let numbers =
                    heads.iter().filter(|head| ["Score", "Mean", "Lowest"].contains(&head.as_str()));
                for (head, row) in
                    numbers.flat_map(|head| table.rows().into_iter().map(move |row| (head, row)))
                {
                    cells += 1;
                    assert!(!has_digit(&heard(row.cell(head))), "{}: {head} {}", page.path, row.text(head));
                }
            }
            assert!(page.all(".lead").into_iter().all(|lead| !text(lead).contains("Mean")), "{}", page.path);
        }
    }
    // Columns that can never say anything may go; then there is nothing to look at here.
    assert!(cells == 0 || cells > 20);
}

#[test]
fn links_to_odd_ids_arrive() {
    let mut odd = BTreeSet::new();
    for (name, built) in [("controls", &*CONTROLS), ("conformance", &*CONFORMANCE)] {
        for page in built.pages() {
            for link in page.all("#releases th a, #certifications tbody th a") {
                let href = link.attr("href").unwrap();
                let Some((address, fragment)) = href.split_once('#') else { continue };
                let Some(folder) = address.strip_prefix("../../../../") else { continue };
                let fragment = decoded(fragment);
                let target = built.page(&format!("{folder}index.html"));
                let found =
                    target.all("[id]").iter().filter(|element| element.attr("id") == Some(&fragment)).count();
                assert_eq!(found, 1, "{name}, {}: {href}", page.path);
                if !fragment.is_ascii() || fragment.contains(['/', '(', '_']) {
                    odd.insert((name, fragment));
                }
            }
        }
    }
    assert!(odd.contains(&("controls", "p-AC-2(10)".to_owned())), "{odd:?}");
    assert!(odd.contains(&("conformance", "検査 ３／後".to_owned())), "{odd:?}");
    assert!(odd.len() > 8, "{odd:?}");
}

#[test]
fn a_scale_speaks_in_its_own_words() {
    for (name, built) in catalogues() {
        for (path, html) in built.pages_as_text() {
            assert!(!html.to_lowercase().contains("fully conformant"), "{name}, {path}");
        }
    }
}

#[test]
fn a_framework_without_domains_does_not_speak_of_them() {
    for built in [&*TECHNIQUES, &*CONFORMANCE] {
        for (path, html) in built.pages_as_text() {
            assert!(!html.contains("No domain"), "{path}");
        }
    }
}
