//! Catalogues that are not about business processes: controls, techniques of intruders, a suite of tests.
//!
//! In come the three sites below `tests/sites`, all invented, out goes what their pages must say if nothing in certalog is made for one framework only.
//! No code knows these catalogues; what each of them shows stands in its records.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use scraper::ElementRef;

use crate::harness::{Built, Fixture, repository};
use crate::page::{Page, Row, Table, all, first, text};

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

// All three

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

/// What is absent has no number anywhere: in no row of results, in no matrix, on no element's page.
#[test]
fn what_was_not_assessed_is_never_a_number() {
    for (name, built) in catalogues() {
        let mut absent = 0;
        for page in built.pages() {
            for cell in page.all("tr:has(.tag.absent) td.number, td.cell:has(.tag.absent)") {
                absent += 1;
                assert!(!has_digit(&heard(cell)), "{name}, {}: {}", page.path, text(cell));
            }
        }
        assert!(absent > 5, "{name}: {absent} cells");
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

// Controls

#[test]
fn a_withdrawn_control_says_so_and_since_when() {
    for (key, version, last) in
        [("ac-7", "3.0", "AC-7"), ("ac-3", "2.0", "AC-3"), ("ac-2-10", "3.0", "AC-2(10)")]
    {
        let page = CONTROLS.page(&format!("frameworks/controls/control/{key}/index.html"));
        assert_eq!(page.fact("Status").unwrap(), format!("Withdrawn in {version}"));
        page.one(".facts .tag.withdrawn");
        let releases = table(&page, "releases");
        assert_eq!(row(&releases, "Release", "1.0").text("Id"), last);
        assert_eq!(row(&releases, "Release", version).text("Name"), "Withdrawn");
        let gone = CONTROLS.page(&format!("frameworks/controls/{version}/index.html"));
        assert!(gone.all("[id]").into_iter().all(|element| element.attr("id") != Some(last)));
    }
    let alive = CONTROLS.page("frameworks/controls/control/ac-1/index.html");
    assert_eq!(alive.fact("Status"), None);
}

#[test]
fn splits_merges_and_moves_stand_on_the_page_of_changes() {
    let second = CONTROLS.page("frameworks/controls/2.0/changes/index.html");
    let split = row(&table(&second, "split"), "Control", "Sign-in and sessions");
    assert_eq!((split.text("Before"), split.text("Now")), ("AC-3".into(), "–".into()));
    assert_eq!(split.text("Known from"), "official");
    row(&table(&second, "withdrawn"), "Control", "Sign-in and sessions");
    row(&table(&second, "added"), "Control", "End of a session");
    let third = CONTROLS.page("frameworks/controls/3.0/changes/index.html");
    row(&table(&third, "merged"), "Control", "Accounts for a time");
    row(&table(&third, "withdrawn"), "Control", "Shared accounts");
    let moved = row(&table(&third, "moved"), "Control", "One clock");
    assert_eq!((moved.text("Before"), moved.text("Now")), ("LG-9".into(), "CM-4".into()));
    row(&table(&third, "renumbered"), "Control", "One clock");
    row(&table(&third, "modified"), "Control", "Account keeping");
    // A version that is no release changes nothing.
    assert_eq!(third.all("#withdrawn tbody tr").len(), 2);
}

#[test]
fn one_odd_id_means_different_controls_in_different_releases() {
    let led_to = |version: &str| {
        let page = CONTROLS.page(&format!("frameworks/controls/{version}/index.html"));
        let items = page.all("li[id='N/A'] > a");
        items.iter().map(|link| text(*link)).collect::<Vec<_>>()
    };
    assert_eq!(led_to("1.0"), ["Guests"]);
    assert_eq!(led_to("2.0"), [""; 0]);
    assert_eq!(led_to("3.0"), ["Spare parts"]);
    let second = CONTROLS.page("frameworks/controls/2.0/index.html");
    assert_eq!(text(second.one("li[id='AC_(no_number_yet)'] > a")), "Guests");
    let page = CONTROLS.page("reading/index.html");
    let hrefs: Vec<_> = page.all("main a").iter().filter_map(|link| link.attr("href")).collect();
    assert!(hrefs.contains(&"../frameworks/controls/1.0/#N/A"), "{hrefs:?}");
    assert!(hrefs.contains(&"../frameworks/controls/3.0/#N/A"), "{hrefs:?}");
}

#[test]
fn enhancements_stand_below_their_control_in_the_order_of_their_numbers() {
    let page = CONTROLS.page("frameworks/controls/2.0/index.html");
    let item = page.one("li[id='AC-2']");
    assert_eq!(parts(item), ["Checks by machine", "Accounts for a time", "Idle accounts", "Shared accounts"]);
    let control = CONTROLS.page("frameworks/controls/control/ac-2/index.html");
    assert_eq!(table(&control, "parts").rows().len(), 3);
}

#[test]
fn a_control_moves_from_one_family_to_another() {
    let family = |version: &str, id: &str| {
        let page = CONTROLS.page(&format!("frameworks/controls/{version}/index.html"));
        let mut family = String::new();
        for element in page.all("h2, li") {
            match element.attr("id") {
                Some(found) if found == id => return family,
                _ if element.value().name() == "h2" => family = text(element),
                _ => {}
            }
        }
        panic!("{version} has no {id}")
    };
    assert_eq!(family("2.0", "LG-9"), "Logging");
    assert_eq!(family("3.0", "CM-4"), "Change");
}

#[test]
fn each_result_keeps_its_rating_or_its_outcome() {
    let page = CONTROLS.page("certifications/harbour-vault-4/index.html");
    let results = table(&page, "results");
    let found: Vec<(String, String)> = results
        .rows()
        .iter()
        .map(|row| (text(first(row.cell("Control"), ".id").unwrap()), row.text("Result")))
        .collect();
    let expected = [
        ("AC-1", "Implemented"),
        ("AC-2", "Partly implemented"),
        ("AC-2(1)", "Implemented"),
        ("AC-2(2)", "Planned"),
        ("AC-2(3)", "Not submitted"),
        ("AC-7", "Not applicable"),
        ("AC-11", "Inherited"),
        ("AC-12", "Not implemented"),
        ("AC-13", "Out of scope"),
        ("LG-1", "Implemented"),
        ("LG-2", "Not assessed"),
        ("LG-9", "Implemented"),
        ("N/A", "Not applicable"),
    ];
    let expected: BTreeSet<_> =
        expected.iter().map(|(id, label)| ((*id).to_owned(), (*label).to_owned())).collect();
    assert_eq!(found.len(), expected.len());
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
    let tones = |label: &str| page.all(&format!("#results .tag.{label}")).len();
    assert_eq!((tones("full"), tones("partial"), tones("none"), tones("neutral")), (4, 1, 2, 1));
    let taken_over = results.rows().into_iter().find(|row| row.text("Control").starts_with("LG-9")).unwrap();
    assert!(taken_over.text("Comment").contains("Example Control Catalogue 2.0"));
    assert_eq!(table(&page, "documents").rows().len(), 4);
    assert!(CONTROLS.text("certifications/harbour-vault-4/accounts.csv").starts_with("account,"));
}

/// A score of 0 is a score: it has a rating and counts in a mean. What was not assessed has neither.
#[test]
fn the_older_certification_has_the_scale_of_its_time() {
    let page = CONTROLS.page("certifications/lighthouse-lamp-1.2/index.html");
    let results = table(&page, "results");
    let score = |id: &str| {
        let rows = results.rows().into_iter();
        let mut rows = rows.filter(|row| row.text("Control").starts_with(&format!("{id} ")));
        let row = rows.next().unwrap();
        (row.text("Score"), row.text("Result"))
    };
    assert_eq!(score("AC-1"), ("4.5".into(), "Managed".into()));
    assert_eq!(score("AC-2(10)"), ("0.0".into(), "Ad hoc".into()));
    assert_eq!(score("AC-7"), ("–".into(), "Not submitted".into()));
    let logging = row(&table(&page, "summary"), "Domain", "Logging");
    assert_eq!((logging.text("Rows"), logging.text("Mean")), ("1".into(), "–".into()));
    // Both scales meet on the page of a control, and nothing there adds them up.
    let control = CONTROLS.page("frameworks/controls/control/ac-2/index.html");
    let labels: Vec<_> =
        table(&control, "certifications").rows().iter().map(|row| row.text("Result")).collect();
    assert_eq!(labels, ["Partly implemented", "Ad hoc"]);
}

// Techniques

#[test]
fn a_technique_stands_below_every_tactic_that_it_serves() {
    let tactics = |version: &str| {
        let page = TECHNIQUES.page(&format!("frameworks/matrix/{version}/index.html"));
        ["TA01", "TA02", "TA03"].map(|id| parts(page.one(&format!("li[id='{id}']"))))
    };
    let [first, second, third] = tactics("2024.1");
    assert_eq!(first, ["Borrowed credentials", "Message with a lure", "Changed hardware"]);
    assert_eq!(second, ["Borrowed credentials", "Task at start", "Changed hardware"]);
    assert_eq!(third, ["Log removal"]);
    let [first, second, third] = tactics("2025.1");
    assert_eq!(first, ["Borrowed credentials", "Changed hardware", "Message with a lure"]);
    assert_eq!(second, ["Borrowed credentials", "Task at start", "Wedge in the door", "Changed hardware"]);
    assert_eq!(third, ["Borrowed credentials", "Trace removal", "Wedge in the door"]);
    let page = TECHNIQUES.page("frameworks/matrix/technique/changed-hardware/index.html");
    assert_eq!(page.fact("Parents").unwrap(), "Getting in, Staying in");
}

#[test]
fn a_technique_counts_in_the_coverage_of_each_of_its_tactics() {
    let page = TECHNIQUES.page("certifications/lantern-sensor-9.2/index.html");
    let coverage = table(&page, "coverage");
    let found: Vec<_> = coverage
        .rows()
        .iter()
        .map(|row| ["Technique", "Submitted", "Of", "Stated"].map(|head| row.text(head)))
        .collect();
    let expected = [
        ["TA01 Getting in", "3", "3", "3/3"],
        ["T1001 Borrowed credentials", "1", "2", "1/2"],
        ["TA02 Staying in", "3", "4", "3/4"],
        ["TA03 Going unseen", "2", "3", "3/3"],
    ];
    assert_eq!(found, expected.map(|row| row.map(str::to_owned)));
    assert_eq!(text(page.one("#coverage .tag.warning")), "3/3");
}

#[test]
fn numbers_and_names_change_and_the_technique_stays() {
    let page = TECHNIQUES.page("frameworks/matrix/2025.1/changes/index.html");
    let renumbered = row(&table(&page, "renumbered"), "Technique", "Message with a lure");
    assert_eq!((renumbered.text("Before"), renumbered.text("Now")), ("T1004".into(), "T1010".into()));
    assert!(
        row(&table(&page, "renamed"), "Technique", "Trace removal").text("Change").contains("Log removal")
    );
    assert_eq!(row(&table(&page, "added"), "Technique", "Wedge in the door").text("Now"), "T1004");
    let change = row(&table(&page, "moved"), "Technique", "Borrowed credentials").text("Change");
    assert!(change.contains("to Getting in, Staying in, Going unseen"), "{change}");
    // The result that the older certification gives for T1004 belongs to what is T1010 now.
    let page = TECHNIQUES.page("frameworks/matrix/technique/message-with-a-lure/index.html");
    let rows = table(&page, "certifications").rows();
    let found: Vec<_> = rows
        .iter()
        .map(|row| ["Product", "Id and name there", "Result"].map(|head| row.text(head)))
        .collect();
    let expected = [
        ["Lantern Sensor 9.2", "T1010 Message with a lure", "Blocked before it began"],
        ["Lantern Sensor 8.0", "T1004 Message with a lure", "Detected"],
    ];
    assert_eq!(found, expected.map(|row| row.map(str::to_owned)));
}

#[test]
fn a_row_that_is_printed_below_two_tactics_counts_once() {
    let page = TECHNIQUES.page("certifications/lantern-sensor-9.2/index.html");
    assert_eq!(page.all("#results tr.repeated").len(), 1);
    let matrix = TECHNIQUES.page("frameworks/matrix/index.html");
    let rows = table(&matrix, "matrix-other").rows();
    let hardware = rows.iter().filter(|row| row.text("Technique").ends_with("Changed hardware"));
    assert_eq!(hardware.count(), 1);
}

// A suite of tests

#[test]
fn tests_are_passed_or_failed() {
    let page = CONFORMANCE.page("certifications/relay-1/index.html");
    let results = table(&page, "results").rows();
    let labels: Vec<_> = results.iter().map(|row| row.text("Result")).collect();
    assert_eq!(labels, ["Pass", "Pass", "Fail", "Fail", "Not assessed"]);
    assert_eq!(page.texts("#results .tag.full"), ["Pass", "Pass"]);
    assert_eq!(page.texts("#results .tag.none"), ["Fail", "Fail"]);
}

#[test]
fn the_four_releases_of_a_product_meet_on_the_page_of_each_test() {
    for (key, expected) in [
        (
            "after-the-end",
            &[("Relay 3", "Pass"), ("Relay 3 beta", "Pass"), ("Relay 2", "Fail"), ("Relay 1", "Fail")][..],
        ),
        (
            "zero",
            &[
                ("Relay 3", "Pass"),
                ("Relay 3 beta", "Pass"),
                ("Relay 2", "Pass"),
                ("Relay 1", "Not assessed"),
            ],
        ),
        ("refuse-old-greeting", &[("Relay 2", "Fail"), ("Relay 1", "Pass"), ("Tin 0.1", "Fail")]),
    ] {
        let page = CONFORMANCE.page(&format!("frameworks/exchange/test/{key}/index.html"));
        let rows = table(&page, "certifications").rows();
        let found: Vec<_> = rows.iter().map(|row| (row.text("Product"), row.text("Result"))).collect();
        let found: Vec<_> =
            found.iter().map(|(product, result)| (product.as_str(), result.as_str())).collect();
        assert_eq!(found, expected, "{key}");
    }
}

#[test]
fn every_result_leads_to_its_evidence() {
    let page = CONFORMANCE.page("certifications/relay-3/index.html");
    let links = page.all("#results tr[id='p-greet_/_first'] td.text a");
    let links: Vec<_> = links.iter().map(|link| (text(*link), link.attr("href").unwrap())).collect();
    assert_eq!(links[0], ("Log 1".into(), "https://example.org/logs/relay-3/1"));
    assert_eq!(links[1], ("Log 1, second run".into(), "https://example.org/logs/relay-3/1b"));
    assert_eq!(page.one("#p-0 td.text a").attr("href"), Some("log-6.txt"));
    assert!(CONFORMANCE.text("certifications/relay-3/log-6.txt").starts_with("An empty message"));
    let address = CONFORMANCE.page("certifications/relay-1/index.html");
    let link = address.one("#results tr[id='p-greet_/_first'] td.text a");
    assert_eq!(link.attr("href"), Some("https://example.org/logs/relay-1/greet%20first?run=1&part=2"));
}

#[test]
fn ids_in_any_script_are_anchors() {
    let page = CONFORMANCE.page("frameworks/exchange/2024/index.html");
    let items = page.all(".tree > li");
    let found: Vec<_> =
        items.iter().map(|item| (item.attr("id").unwrap(), text(first(*item, ".id").unwrap()))).collect();
    let expected = [
        ("greet_/_first", "greet / first"),
        ("send/größe_>_1_MiB", "send/größe > 1 MiB"),
        ("検査_３／後", "検査 ３／後"),
        ("שם_#1_“כן”_100%", "שם #1 “כן” 100%"),
        ("0", "0"),
    ];
    assert_eq!(found, expected.map(|(anchor, id)| (anchor, id.to_owned())));
}

// What is still made for one framework only

#[test]
#[ignore = "tally::leaves takes the own result of a parent for a summary of its parts"]
fn a_control_with_enhancements_counts_as_well() {
    let page = CONTROLS.page("certifications/harbour-vault-4/index.html");
    let all = row(&table(&page, "summary"), "Domain", "All");
    assert_eq!((all.text("Rows"), all.text("Partial")), ("13".into(), "1".into()));
}

#[test]
#[ignore = "tally::by_domain asks the certification's release for the domain, and a withdrawn element has none there"]
fn a_withdrawn_control_stays_in_its_family() {
    let page = CONTROLS.page("certifications/harbour-vault-4/index.html");
    let domains: Vec<_> = table(&page, "summary").rows().iter().map(|row| row.text("Domain")).collect();
    assert_eq!(domains, ["Access", "Logging", "Change", "All"]);
}

#[test]
#[ignore = "pages::changes::details leaves `into` and `from` out, and pages::element prints keys for them"]
fn splits_and_merges_name_and_link_the_other_controls() {
    let second = CONTROLS.page("frameworks/controls/2.0/changes/index.html");
    let split = row(&table(&second, "split"), "Control", "Sign-in and sessions");
    let named: Vec<_> = all(split.cell("Change"), "a").into_iter().map(text).collect();
    assert_eq!(named, ["Sign-in", "End of a session"]);
    let page = CONTROLS.page("frameworks/controls/control/ac-7/index.html");
    let withdrawal = row(&table(&page, "history"), "Release", "3.0");
    assert_eq!(
        all(withdrawal.cell("From then on"), "a").into_iter().map(text).collect::<Vec<_>>(),
        ["Sign-in"]
    );
}

#[test]
#[ignore = "pages::changes::difference tells of parents only: “From the top to the top.”"]
fn a_move_between_families_names_both() {
    let page = CONTROLS.page("frameworks/controls/3.0/changes/index.html");
    let change = row(&table(&page, "moved"), "Control", "One clock").text("Change");
    assert!(change.contains("Logging") && change.contains("Change") && !change.contains("top"), "{change}");
}

#[test]
#[ignore = "pages::certification::lead has the label of one scale built in"]
fn a_scale_speaks_in_its_own_words() {
    for (name, built) in catalogues() {
        for (path, html) in built.pages_as_text() {
            assert!(!html.to_lowercase().contains("fully conformant"), "{name}, {path}");
        }
    }
}

#[test]
#[ignore = "pages::release, pages::matrix and pages::results head a list without domains with “No domain”"]
fn a_framework_without_domains_does_not_speak_of_them() {
    for built in [&*TECHNIQUES, &*CONFORMANCE] {
        for (path, html) in built.pages_as_text() {
            assert!(!html.contains("No domain"), "{path}");
        }
    }
}

#[test]
#[ignore = "pages::results::groups puts a row below the first parent only"]
fn a_result_stands_below_every_tactic_that_its_technique_serves() {
    let page = TECHNIQUES.page("certifications/lantern-sensor-9.2/index.html");
    let rows = page.texts("#results tbody tr");
    let start = rows.iter().position(|row| row.starts_with("TA02")).unwrap();
    let end = rows.iter().position(|row| row.starts_with("TA03")).unwrap();
    assert!(rows[start..end].iter().any(|row| row.starts_with("T1005")), "{rows:#?}");
}

#[test]
#[ignore = "pages::element::certifications shows nothing of a row that only states a coverage"]
fn a_tactic_shows_the_coverage_that_was_stated_for_it() {
    let page = TECHNIQUES.page("frameworks/matrix/technique/staying-in/index.html");
    assert!(text(page.one("#certifications tbody")).contains("3/4"));
}

#[test]
#[ignore = "pages::element::certifications leaves the evidence of a result out"]
fn the_page_of_a_test_leads_to_the_evidence() {
    let page = CONFORMANCE.page("frameworks/exchange/test/after-the-end/index.html");
    assert_eq!(page.all("#certifications a[href^='https://example.org/logs/']").len(), 4);
}

/// A catalogue whose one list of elements is this.
fn with_elements(elements: &[(&str, &str)]) -> Fixture {
    let tables =
        elements.iter().map(|(id, keys)| format!("[[element]]\nname = \"X\"\nid = \"{id}\"\n{keys}\n"));
    let path = "content/frameworks/exchange/elements/more.toml";
    let root = repository().join("tests/sites/conformance");
    Fixture::from_disk(&root).with(path, tables.collect::<String>())
}

#[test]
#[ignore = "route::anchor gives one anchor to two ids, and ids share their anchors with the page's own"]
fn two_ids_never_share_an_anchor() {
    let ids = ["get one", "get_one", "main", "domain-none", "certifications", "relay-3"];
    let elements = ids.iter().enumerate().map(|(at, id)| (*id, format!("key = \"more-{at}\"")));
    let elements: Vec<_> = elements.collect();
    let elements: Vec<_> = elements.iter().map(|(id, key)| (*id, key.as_str())).collect();
    let page = with_elements(&elements).build().page("frameworks/exchange/2024/index.html");
    let mut seen = BTreeSet::new();
    let anchors = page.all("[id]");
    let twice: Vec<_> =
        anchors.iter().filter_map(|element| element.attr("id")).filter(|id| !seen.insert(*id)).collect();
    assert_eq!(twice, [""; 0]);
}

#[test]
#[ignore = "check::tree::missing_ids looks for a number after a dot, and drops the zeros before it"]
fn gaps_are_found_in_the_form_that_the_ids_have() {
    let elements = [
        ("T1", "key = \"t\"\ncomplete_in = [\"2024\"]"),
        ("T1.001", "key = \"t-1\"\nparent = \"t\""),
        ("T1.003", "key = \"t-3\"\nparent = \"t\""),
        ("AC-2", "key = \"ac\"\ncomplete_in = [\"2024\"]"),
        ("AC-2(1)", "key = \"ac-1\"\nparent = \"ac\""),
        ("AC-2(3)", "key = \"ac-3\"\nparent = \"ac\""),
    ];
    let report = with_elements(&elements).build().short_report();
    assert!(report.contains("`T1.002`"), "{report}");
    assert!(report.contains("`AC-2(2)`"), "{report}");
}
