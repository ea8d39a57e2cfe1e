//! A catalogue of controls: families, enhancements, two scales, and controls that were withdrawn, split, merged and moved.
//!
//! In comes the site below `tests/sites/controls`, out goes whether its pages tell all of that as the records do.

use std::collections::BTreeSet;

use super::{CONTROLS, parts, row, table};
use crate::page::{all, first, text};

#[test]
fn a_withdrawn_control_says_so_and_since_when() {
    for (key, version, last) in
        [("ac-7", "3.0", "AC-7"), ("ac-3", "2.0", "AC-3"), ("ac-2-10", "3.0", "AC-2(10)")]
    {
        let page = CONTROLS.page(&format!("frameworks/controls/control/{key}/index.html"));
        assert_eq!(page.texts("main .tag.withdrawn"), [format!("Withdrawn in {version}")]);
        let releases = table(&page, "releases");
        assert_eq!(row(&releases, "Release", "1.0").text("Id"), last);
        assert!(row(&releases, "Release", version).text("What happened").starts_with("Withdrawn"));
        let gone = CONTROLS.page(&format!("frameworks/controls/{version}/index.html"));
        assert!(gone.all("[id]").into_iter().all(|element| element.attr("id") != Some(last)));
    }
    let alive = CONTROLS.page("frameworks/controls/control/ac-1/index.html");
    assert!(alive.all(".tag.withdrawn").is_empty());
}

#[test]
fn splits_merges_and_moves_stand_on_the_page_of_changes() {
    let second = CONTROLS.page("frameworks/controls/2.0/changes/index.html");
    let split = row(&table(&second, "split"), "Control", "Sign-in and sessions");
    assert_eq!((split.text("Before"), split.text("Now")), ("AC-3".into(), "–".into()));
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
    assert_eq!(text(second.one("li[id='AC (no number yet)'] > a")), "Guests");
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
    assert_eq!((logging.text("Not assessed"), logging.text("Mean")), ("1".into(), "–".into()));
    // Both scales meet on the page of a control, and nothing there adds them up.
    let control = CONTROLS.page("frameworks/controls/control/ac-2/index.html");
    let labels: Vec<_> =
        table(&control, "certifications").rows().iter().map(|row| row.text("Result")).collect();
    assert_eq!(labels, ["Partly implemented", "Ad hoc"]);
}

#[test]
fn a_control_with_enhancements_counts_as_well() {
    let page = CONTROLS.page("certifications/harbour-vault-4/index.html");
    let all = row(&table(&page, "summary"), "Domain", "All");
    assert_eq!(all.text("Partial"), "1");
}

#[test]
fn a_withdrawn_control_stays_in_its_family() {
    let page = CONTROLS.page("certifications/harbour-vault-4/index.html");
    let domains: Vec<_> = table(&page, "summary").rows().iter().map(|row| row.text("Domain")).collect();
    assert_eq!(domains, ["Access", "Logging", "Change", "All"]);
}

#[test]
fn splits_and_merges_name_the_other_controls_on_the_page_of_changes() {
    let second = CONTROLS.page("frameworks/controls/2.0/changes/index.html");
    let split = row(&table(&second, "split"), "Control", "Sign-in and sessions");
    let named: Vec<_> = all(split.cell("Change"), "a").into_iter().map(text).collect();
    assert_eq!(named, ["Sign-in", "End of a session"]);
}

#[test]
fn a_history_leads_to_the_controls_that_took_over() {
    let page = CONTROLS.page("frameworks/controls/control/ac-7/index.html");
    let withdrawal = row(&table(&page, "history"), "Release", "3.0");
    let named: Vec<_> = all(withdrawal.cell("From then on"), "a").into_iter().map(text).collect();
    assert_eq!(named, ["Sign-in"]);
}

#[test]
fn a_move_between_families_names_both() {
    let page = CONTROLS.page("frameworks/controls/3.0/changes/index.html");
    let change = row(&table(&page, "moved"), "Control", "One clock").text("Change");
    assert!(change.contains("Logging") && change.contains("Change") && !change.contains("top"), "{change}");
}
