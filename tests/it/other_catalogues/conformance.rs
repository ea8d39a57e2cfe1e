//! A suite of tests that are passed or failed: no levels, no domains, ids in any script, one product in four releases.
//!
//! In comes the site below `tests/sites/conformance`, out goes whether the four meet and nothing is added up.

use std::collections::BTreeSet;

use super::{CONFORMANCE, table};
use crate::harness::{Fixture, repository};
use crate::page::{first, text};

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
        let found: Vec<_> =
            rows.iter().map(|row| (text(first(row.row, "th a").unwrap()), row.text("Result"))).collect();
        let found: Vec<_> =
            found.iter().map(|(product, result)| (product.as_str(), result.as_str())).collect();
        assert_eq!(found, expected, "{key}");
    }
}

#[test]
fn every_result_leads_to_its_evidence() {
    let page = CONFORMANCE.page("certifications/relay-3/index.html");
    let links = page.all("#results tr[id='p-greet / first'] td.text a");
    let links: Vec<_> = links.iter().map(|link| (text(*link), link.attr("href").unwrap())).collect();
    assert_eq!(links[0], ("Log 1".into(), "https://example.net/logs/relay-3/1"));
    assert_eq!(links[1], ("Log 1, second run".into(), "https://example.net/logs/relay-3/1b"));
    assert_eq!(page.one("#p-0 td.text a").attr("href"), Some("log-6.txt"));
    assert!(CONFORMANCE.text("certifications/relay-3/log-6.txt").starts_with("An empty message"));
    let address = CONFORMANCE.page("certifications/relay-1/index.html");
    let link = address.one("#results tr[id='p-greet / first'] td.text a");
    assert_eq!(link.attr("href"), Some("https://example.net/logs/relay-1/greet%20first?run=1&part=2"));
}

#[test]
fn ids_in_any_script_are_anchors() {
    let page = CONFORMANCE.page("frameworks/exchange/2024/index.html");
    let items = page.all(".tree > li");
    let found: Vec<_> =
        items.iter().map(|item| (item.attr("id").unwrap(), text(first(*item, ".id").unwrap()))).collect();
    let expected = [
        ("greet / first", "greet / first"),
        ("send/größe > 1 MiB", "send/größe > 1 MiB"),
        ("検査 ３／後", "検査 ３／後"),
        ("שם #1 “כן” 100%", "שם #1 “כן” 100%"),
        ("0", "0"),
    ];
    assert_eq!(found, expected.map(|(anchor, id)| (anchor, id.to_owned())));
}

/// From the page of each element to its place in every release's tree and to its rows in certifications.

#[test]
fn the_page_of_a_test_leads_to_the_evidence() {
    let page = CONFORMANCE.page("frameworks/exchange/test/after-the-end/index.html");
    assert_eq!(page.all("#certifications a[href^='https://example.net/logs/']").len(), 4);
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

#[test]
fn a_test_that_was_gone_from_the_start_keeps_its_number() {
    let history = "key = \"gone\"\n[[element.history]]\nrelease = \"2022\"\nchange = \"withdrawal\"";
    let page = with_elements(&[("T-13", history)]).build().page("frameworks/exchange/test/gone/index.html");
    assert_eq!(page.texts("main .tag.withdrawn"), ["Withdrawn in 2022"]);
    assert!(text(page.one("h1")).starts_with("T-13"), "{}", text(page.one("h1")));
}
