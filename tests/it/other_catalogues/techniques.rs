//! A matrix of techniques: tactics are elements of the first level, and a technique may stand below several of them.
//!
//! In comes the site below `tests/sites/techniques`, out goes whether each tactic has all of its techniques and each technique is one.

use super::{TECHNIQUES, parts, row, table};
use crate::page::{all, text};

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
        .map(|row| ["Technique", "Submitted", "Of", "As stated"].map(|head| row.text(head)))
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
    let (before, after) = change.split_once(" to ").unwrap();
    assert!(before.contains("Staying in") && !before.contains("Going unseen"), "{change}");
    assert!(after.contains("Staying in") && after.contains("Going unseen"), "{change}");
    // The result that the older certification gives for T1004 belongs to what is T1010 now.
    let page = TECHNIQUES.page("frameworks/matrix/technique/message-with-a-lure/index.html");
    let rows = table(&page, "certifications").rows();
    let found: Vec<_> = rows
        .iter()
        .map(|row| [text(all(row.row, "th a")[0]), text(all(row.row, ".id")[0]), row.text("Result")])
        .collect();
    let expected = [
        ["Lantern Sensor 9.2", "T1010", "Blocked before it began"],
        ["Lantern Sensor 8.0", "T1004", "Detected"],
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

#[test]
fn a_result_stands_below_every_tactic_that_its_technique_serves() {
    let page = TECHNIQUES.page("certifications/lantern-sensor-9.2/index.html");
    let rows = page.texts("#results tbody tr");
    let start = rows.iter().position(|row| row.starts_with("TA02")).unwrap();
    let end = rows.iter().position(|row| row.starts_with("TA03")).unwrap();
    assert!(rows[start..end].iter().any(|row| row.starts_with("T1005")), "{rows:#?}");
}

#[test]
fn a_tactic_shows_how_many_of_its_techniques_were_submitted() {
    let page = TECHNIQUES.page("frameworks/matrix/technique/staying-in/index.html");
    assert!(text(page.one("#certifications tbody")).contains("3 of 4"));
}
