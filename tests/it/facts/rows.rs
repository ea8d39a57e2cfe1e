//! Every row of every detailed table: id, name, score, rating, outcome and the source's wording.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Differences, certification, certifications, decimal, list, text_of};
use crate::harness::Fixture;
use crate::page::{Page, Row, first, text};

/// The anchor of an element's row.
fn anchor(element: &str) -> String {
    format!("p-{element}")
}

/// What a page's detailed table says otherwise than the facts; one line for each row.
fn differences(page: &Page, facts: &Value) -> Differences {
    let mut differences = Differences(Vec::new());
    let table = page.table("results").unwrap();
    let rows = table.rows();
    let groups = table.groups();
    let mut expected_anchors = BTreeSet::new();
    for fact in list(facts, "rows") {
        let element = text_of(fact, "element").unwrap();
        let name = text_of(fact, "name").unwrap();
        if fact.get("score").is_none() && fact.get("outcome").is_none() {
            // A row that only states coverage is the head of its group.
            let words = groups.iter().map(|group| text(*group)).collect::<Vec<_>>();
            if !words.iter().any(|words| words.starts_with(&format!("{element} {name} "))) {
                differences.0.push(format!("{element}: no group of that id and name"));
            }
            continue;
        }
        let anchor = anchor(element) + if fact.get("repeats_row").is_some() { "-2" } else { "" };
        match rows.iter().find(|row| row.row.attr("id") == Some(&anchor)) {
            None => differences.0.push(format!("{element}: no row {anchor}")),
            Some(row) => {
                let faults = row_faults(row, fact);
                if !faults.is_empty() {
                    differences.0.push(format!("{element}: {}", faults.join(", ")));
                }
            }
        }
        expected_anchors.insert(anchor);
    }
    let found: BTreeSet<_> =
        rows.iter().map(|row| row.row.attr("id").unwrap_or_default().to_owned()).collect();
    differences
        .0
        .extend(found.difference(&expected_anchors).map(|anchor| format!("{anchor}: not in the source")));
    differences
}

fn row_faults(row: &Row<'_>, fact: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut compare = |what: &str, found: &str, expected: &str| {
        if found != expected {
            faults.push(format!("{what} {found}, not {expected}"));
        }
    };
    let [element, name] = ["element", "name"].map(|key| text_of(fact, key).unwrap());
    compare("process", &row.text("Process"), &format!("{element} {name}"));
    let tag = first(row.cell("Result"), ".tag").expect("every result has a tag");
    let (word, tone) = match (text_of(fact, "rating"), text_of(fact, "outcome")) {
        (Some("Fully Conformant"), None) => ("Fully Conformant", "full"),
        (Some("Partially Conformant"), None) => ("Partially Conformant", "partial"),
        (None, Some("not-submitted")) => ("Not submitted", "absent"),
        other => panic!("{element}: {other:?}"),
    };
    compare("result", &text(tag), word);
    compare("tone", tag.attr("class").unwrap(), &format!("tag {tone}"));
    match text_of(fact, "score") {
        Some(score) => {
            let found =
                first(row.cell("Score"), "data").and_then(|data| data.attr("value")).unwrap_or("nothing");
            let is_equal = found.parse().ok() == Some(decimal(score));
            compare("score", if is_equal { score } else { found }, score);
        }
        None => {
            let has_number = first(row.cell("Score"), "data").is_some();
            compare("score", if has_number { "a number" } else { "none" }, "none");
            let printed = text_of(fact, "printed").unwrap();
            let comment = row.text("Comment");
            let said =
                if comment.contains(&format!("Printed as “{printed}”")) { printed } else { &comment };
            compare("printed", said, printed);
        }
    }
    for missing in list(fact, "missing").iter().filter_map(Value::as_str) {
        let comment = row.text("Comment");
        let said = if comment.contains(missing) { missing } else { &comment };
        compare("part not submitted", said, missing);
    }
    let is_repeated = row.row.value().classes().any(|class| class == "repeated");
    compare("repeated", &is_repeated.to_string(), &fact.get("repeats_row").is_some().to_string());
    faults
}

#[test]
fn every_row_is_that_of_the_source() {
    let mut count = 0;
    for (id, facts, page) in certifications() {
        count += list(facts, "rows").len();
        let differences = differences(&page, facts);
        assert!(differences.0.is_empty(), "{id}\n{}", differences.0.join("\n"));
    }
    assert_eq!(count, 37 + 41 + 49);
}

#[test]
fn one_wrong_score_is_found_at_its_row() {
    const ID: &str = "huawei-digital-crm-r2.1";
    let (_, facts, _) = certifications().into_iter().find(|(id, ..)| *id == ID).unwrap();
    let path = format!("content/certifications/{ID}/certification.md");
    let fixture = Fixture::of_this_repository();
    let before = "element = \"1.3.7.4\"\nscore = 4.4\n";
    let built = fixture.clone().edit(&path, before, "element = \"1.3.7.4\"\nscore = 4.3\n").build();
    let found = differences(&certification(&built, ID), facts);
    assert_eq!(found.0, ["1.3.7.4: score 4.3, not 4.4"]);

    let full = fixture.clone().edit(&path, before, "element = \"1.3.7.4\"\nscore = 5\n").build();
    let found = differences(&certification(&full, ID), facts);
    assert_eq!(
        found.0,
        [
            "1.3.7.4: result Fully Conformant, not Partially Conformant, tone tag full, not tag partial, score 5, not 4.4"
        ]
    );

    let before = "[[result]]\nelement = \"1.3.7.6\"\n";
    let text = fixture.texts().find(|(found, _)| *found == path).unwrap().1;
    let start = text.find(before).unwrap();
    let end = text[start + 2..].find("\n[[").map_or(text.len(), |at| start + 2 + at);
    let without = format!("{}{}", &text[..start], &text[end..]);
    let found = differences(&certification(&fixture.with(&path, without).build(), ID), facts);
    assert_eq!(found.0, ["1.3.7.6: no row p-1.3.7.6"]);
}
